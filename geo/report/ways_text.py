"""Several ways between two places told in the terminal: a row each, and what sets it apart.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.terminal import WIDE
from geo.report.wording import (
    INDICATIVE_NOTE,
    USD_PER_FEU,
    duration,
    money,
    number,
    percent,
    short_name,
    span,
    status_words,
)
from geo.routing.pareto import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.route import Route

__all__ = ["folded_ways", "way_words", "ways_view"]

_FOLD = 0.01
"""Points of a front that differ by no more than this share in anything are one row."""

_CRITERIA: dict[str, Callable[[Route], float]] = {
    "money": lambda route: route.usd_per_feu,
    "hours": lambda route: route.hours,
    "co2": lambda route: route.kg_co2_per_feu,
}
_NAMES = {"money": "money", "hours": "hours", "co2": "CO₂"}


def ways_view(
    routes: Sequence[Route],
    *,
    criteria: Sequence[str] = (),
    tolerance: float = TOLERANCE,
    width: int = WIDE,
) -> Group:
    """Draw several routes between the same two places, one below the other.

    Parameters
    ----------
    routes : sequence of Route
        At least one, each with its `way`.
    criteria : sequence of str
        Those of a Pareto front; none where the routes are alternatives.
    tolerance : float
        Of the front.
    width : int, default 120
        Columns of the terminal; a narrow one gets fewer figures.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    first = routes[0]
    ends = f"{short_name(first.origin.name)} → {short_name(first.destination.name)}"
    title = Text(ends, style="bold")
    title.append(f"   {first.scenario}", style="cyan")
    title.append(f"   {_count(len(routes), criteria)}", style="dim")
    notes = _notes(routes, criteria, tolerance)
    return Group(
        title, _table(routes, criteria, width), *(Text(note, style="dim") for note in notes)
    )


def way_words(routes: Sequence[Route]) -> list[str]:
    """Say in a few words how each of several routes goes.

    Parameters
    ----------
    routes : sequence of Route
        Each with its `way`.

    Returns
    -------
    list of str
        The gates, or the number of the route that has the same gates and what is different; for
        example ``Sinuiju–Dandong · Zabaikalsk–Manzhouli`` and ``as 1, by Jining - Datong``.
    """
    first: dict[tuple[str, ...], int] = {}
    words = []
    for place, route in enumerate(routes, start=1):
        if route.way is None:
            words.append("")
            continue
        gates, mark = route.way.gates, _bare(route.way.mark)
        same = first.setdefault(gates, place)
        if same < place:
            words.append(f"as {same}, {mark}" if mark else f"as {same}, on other track")
        else:
            words.append(" · ".join(map(_bare, gates)) or mark or "one state, one line")
    return words


def _bare(name: str) -> str:
    """Shorten a gate or a mark: no brackets, and a dash between two places."""
    return short_name(name).replace(" - ", "–")


def _count(ways: int, criteria: Sequence[str]) -> str:
    if not criteria:
        return f"{ways} ways that differ" if ways > 1 else "1 way"
    return f"{ways} {'ways' if ways > 1 else 'way'} that no other beats in {_listed(criteria)}"


def _listed(criteria: Sequence[str]) -> str:
    *most, last = (_NAMES[name] for name in criteria)
    return f"{', '.join(most)} and {last}"


def _table(routes: Sequence[Route], criteria: Sequence[str], width: int) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold dim"
    )
    table.add_column("", justify="right", no_wrap=True, style="dim")
    table.add_column("Way", overflow="fold", ratio=1)
    figures = [figure for figure in _FIGURES if figure[2] or width >= WIDE]
    for head, *_ in figures:
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Status", overflow="fold", max_width=15)
    least = {head: min(map(value, routes)) for head, value, *_ in figures if value is not None}
    folded = folded_ways(routes, criteria)
    for place, (route, words) in enumerate(zip(routes, way_words(routes), strict=True), start=1):
        if place - 1 in folded:
            continue
        like = sum(shown == place - 1 for shown in folded.values())
        words += f" (and {like} more within {percent(_FOLD)})" if like else ""  # noqa: PLW2901
        cells: list[RenderableType] = [Text(str(place)), Text(words)]
        for head, value, _, write in figures:
            is_least = len(routes) > 1 and value is not None and value(route) <= least[head]
            cells.append(Text(write(route), style="bold green" if is_least else ""))
        cells.append(Text(status_words(route.physical_status, route.legal_status)))
        table.add_row(*cells)
    return table


def folded_ways(routes: Sequence[Route], criteria: Sequence[str]) -> dict[int, int]:
    """Give, of each route of a front hardly other than one before it, the place of that one.

    A route that a shown one is told by, for it has the same gates, is itself shown.

    Parameters
    ----------
    routes : sequence of Route
        Of the front, in its order.
    criteria : sequence of str
        Those of the front; without any, nothing is folded.

    Returns
    -------
    dict of int to int
        Places from 0: of a route, that of the one that stands for it.
    """
    if not criteria:
        return {}
    figures = [[_CRITERIA[name](route) for name in criteria] for route in routes]
    shown: list[int] = []
    folded: dict[int, int] = {}
    for place, mine in enumerate(figures):
        like = next((at for at in shown if _within(mine, figures[at])), None)
        if like is None:
            shown.append(place)
        else:
            folded[place] = like
    gates = [route.way.gates if route.way else () for route in routes]
    for place in shown:
        folded.pop(gates.index(gates[place]), None)
    return folded


def _within(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= _FOLD * abs(b) for a, b in zip(one, other, strict=True))


def _shared(route: Route) -> str:
    return "" if route.way is None else percent(route.way.shared)


_Figure = tuple[str, "Callable[[Route], float] | None", bool, "Callable[[Route], str]"]

_FIGURES: tuple[_Figure, ...] = (
    # Head; what is compared, the least being the best; whether a narrow terminal has it; words.
    (
        "USD/FEU",
        lambda route: route.usd_per_feu,
        True,
        lambda route: money(route.usd_per_feu, indicative=route.indicative),
    ),
    ("low–high", None, False, lambda route: span(route.usd_low, route.usd_high)),
    ("Time", lambda route: route.hours, True, lambda route: duration(route.hours)),
    (
        "kg CO₂",
        lambda route: route.kg_co2_per_feu,
        True,
        lambda route: number(route.kg_co2_per_feu),
    ),
    (
        "USD gen.",
        lambda route: route.generalised_usd_per_feu,
        False,
        lambda route: number(route.generalised_usd_per_feu),
    ),
    ("km", None, True, lambda route: number(route.distance_km)),
    ("shared", None, True, _shared),
)


def _notes(routes: Sequence[Route], criteria: Sequence[str], tolerance: float) -> list[str]:
    first = routes[0]
    if criteria:
        chosen = (
            f"By {_NAMES[criteria[0]]}, ascending. Any other way costs no less than one of these "
            f"in all of {_listed(criteria)}, to within {100 * tolerance:g} %; in that, track of no "
            "known freight line counts double."
        )
    else:
        chosen = (
            f"In the order of choice, by {first.objective}: known freight lines are preferred, "
            "other track counts double."
        )
    notes = [
        chosen,
        (
            "shared: part of the km on the same track and lanes as the way above that is most like "
            "it. Green: least of the column."
        ),
        f"Money in {USD_PER_FEU}; time d = days, h = hours; km along the way.",
        f"USD gen. = generalised cost: money and the value of time ({first.time_value.method}).",
    ]
    if folded_ways(routes, criteria):
        notes.append(
            f"Ways within {percent(_FOLD)} of a shown one in all of it: --json lists them."
        )
    if any(route.indicative for route in routes):
        notes.append(f"{INDICATIVE_NOTE}.")
    return notes
