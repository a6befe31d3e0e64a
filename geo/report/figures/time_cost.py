"""Figure: what each way costs against how long it takes, and the front of the ways that none beats.

A way is beaten where another is neither dearer nor slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from geo.errors import UsageError
from geo.report.figures.breakdown import title_of
from geo.report.figures.labels import Label, place_labels
from geo.report.figures.layout import finish, headline, new_sheet
from geo.report.figures.style import COLOURS, DASHES, HUES, MARKERS, Width, styled
from geo.report.wording import INDICATIVE_NOTE, USD_PER_FEU, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from geo.route import Route

__all__ = ["front_of", "time_cost_figure"]

_HOURS_PER_DAY = 24.0
_SAME_DIGITS = 6
_HEIGHTS_IN = {Width.page: 3.9, Width.column: 3.5}


class _Spot(NamedTuple):
    """A way in the chart."""

    days: float
    usd: float
    route: Route


def front_of(routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes that no other equals or beats in both money and time.

    Parameters
    ----------
    routes : sequence of Route
        Between the same two places, in one state of the world.

    Returns
    -------
    tuple of Route
        The fastest first, each of the others cheaper than those before it. A route for which a
        rate is missing is none of them.
    """
    kept: list[Route] = []
    known = [route for route in routes if not route.missing]
    for route in sorted(known, key=lambda one: (one.hours, one.usd_per_feu)):
        if not kept or route.usd_per_feu < kept[-1].usd_per_feu:
            kept.append(route)
    return tuple(kept)


def time_cost_figure(
    routes: Sequence[Route],
    *,
    others: Sequence[Route] = (),
    tops: Sequence[Route] = (),
    title: str = "",
    width: Width | str = Width.page,
) -> Figure:
    """Draw money against time, a mark a way, with the Pareto front of each state of the world.

    Parameters
    ----------
    routes : sequence of Route
        The ways that are named, such as those of corridors; the scenario gives their marker.
    others : sequence of Route
        Further ways without a name, such as those of `Study.pareto`; they are part of the front.
    tops : sequence of Route
        The best way of each state of the world by the objective asked for; a ring marks it.
    title : str
        Title; by default the ends, if all routes share them.
    width : Width or str
        ``page`` (17 cm) or ``column`` (8.4 cm).

    Returns
    -------
    matplotlib.figure.Figure
        Days and USD per FEU. The front is stepped: at each time, what the cheapest way costs that
        is as fast. An empty mark is indicative.

    Raises
    ------
    UsageError
        If no way has both its money and its time known.
    ValueError
        If there is no such width.
    """
    named = [route for route in routes if not route.missing]
    nameless = [route for route in others if not route.missing]
    if not named + nameless:
        msg = "no way between the two places has a cost that could be drawn"
        raise UsageError(msg)
    width = Width(width)
    scenarios = list(dict.fromkeys(route.scenario for route in (*named, *nameless)))
    with styled():
        figure = new_sheet(width, _HEIGHTS_IN[width])
        axes = figure.add_subplot()
        fronts = []
        for number, scenario in enumerate(scenarios):
            mine = [_spot(route) for route in named if route.scenario == scenario]
            rest = [_spot(route) for route in nameless if route.scenario == scenario]
            fronts.append(_draw_front(axes, [*mine, *rest], number))
            # Those of the next are smaller, so that marks in one spot are all seen.
            _draw_marks(axes, mine, number, size=max(7.0 - 2.0 * number, 3.0))
            _draw_marks(axes, rest, number, size=max(4.2 - 1.0 * number, 2.0))
        _draw_tops(axes, [_spot(route) for route in tops if not route.missing])
        _dress(axes)
        headline(figure, title or title_of([*named, *nameless]))
        drop = [route.corridor for route in routes if route.missing]
        finish(
            figure,
            handles=[
                *_keys(scenarios, any(route.indicative for route in named), bool(nameless)),
                *_top_keys(tops),
            ],
            note=_note([*named, *nameless], drop),
        )
        place_labels(
            axes,
            [*_labels(scenarios, named), *_extremes(nameless, named)],
            marks=[(s.days, s.usd) for s in map(_spot, nameless)],
            lines=fronts,
        )
    return figure


def _spot(route: Route) -> _Spot:
    return _Spot(route.hours / _HOURS_PER_DAY, route.usd_per_feu, route)


def _labels(scenarios: Sequence[str], routes: Sequence[Route]) -> list[Label]:
    """Name each spot by the corridors that meet in it, in the colour of their state of the world.

    What is the same in several states, or in the only one, is named once and in ink.
    """
    spots: dict[tuple[float, float], list[Route]] = {}
    for route in routes:
        key = round(route.hours, _SAME_DIGITS), round(route.usd_per_feu, _SAME_DIGITS)
        spots.setdefault(key, []).append(route)
    labels = []
    for mine in spots.values():
        worlds = {route.scenario for route in mine}
        hue = COLOURS["ink"]
        if len(scenarios) > 1 and len(worlds) == 1:
            hue = HUES[scenarios.index(mine[0].scenario) % len(HUES)]
        names = ", ".join(dict.fromkeys(route.corridor for route in mine))
        labels.append(Label(mine[0].hours / _HOURS_PER_DAY, mine[0].usd_per_feu, names, hue))
    return labels


def _draw_front(axes: Axes, spots: Sequence[_Spot], number: int) -> list[tuple[float, float]]:
    """Draw the stepped front, out to the slowest way; return its corners."""
    best = [_spot(route) for route in front_of([spot.route for spot in spots])]
    end = max(spot.days for spot in spots)
    corners = []
    for spot, after in zip(best, [*(one.days for one in best[1:]), end], strict=True):
        corners += [(spot.days, spot.usd), (after, spot.usd)]
    axes.plot(
        *zip(*corners, strict=True),
        color=HUES[number % len(HUES)],
        linestyle=DASHES[number % len(DASHES)],
        linewidth=1.2,
        zorder=3,
        gid=f"front-{number}",
    )
    return corners


def _draw_marks(axes: Axes, spots: Sequence[_Spot], number: int, *, size: float) -> None:
    hue = HUES[number % len(HUES)]
    for spot in spots:
        axes.plot(
            spot.days,
            spot.usd,
            linestyle="none",
            marker=MARKERS[number % len(MARKERS)],
            markersize=size,
            color=hue,
            markerfacecolor="white" if spot.route.indicative else hue,
            markeredgewidth=1.2,
            zorder=4,
        )


_TOP_LOOK: dict[str, Any] = {
    "linestyle": "none",
    "marker": "o",
    "markersize": 12,
    "markerfacecolor": "none",
    "color": COLOURS["ink"],
    "markeredgewidth": 0.9,
}


def _draw_tops(axes: Axes, spots: Sequence[_Spot]) -> None:
    for spot in spots:
        axes.plot(spot.days, spot.usd, zorder=5, gid="best", **_TOP_LOOK)


def _top_keys(tops: Sequence[Route]) -> list[Line2D]:
    from matplotlib.lines import Line2D

    return [Line2D([], [], label="ring: best way", **_TOP_LOOK)] if tops else []


def _extremes(nameless: Sequence[Route], named: Sequence[Route]) -> list[Label]:
    """Name the first of the ways without a name to pass each first gate, by ports and crossings.

    Where marks of named ways lie in the same spot, these have named it.
    """
    taken = {
        (round(one.hours, _SAME_DIGITS), round(one.usd_per_feu, _SAME_DIGITS)) for one in named
    }
    told: dict[str, Label] = {}
    for route in sorted(nameless, key=lambda one: one.hours):
        spot = round(route.hours, _SAME_DIGITS), round(route.usd_per_feu, _SAME_DIGITS)
        if route.way is None or not route.way.gates or spot in taken:
            continue
        name = route.way.gates[0].removeprefix("ship ").partition(" by ")[0].replace("-", "–")
        told.setdefault(name, Label(spot[0] / _HOURS_PER_DAY, spot[1], name, COLOURS["quiet"]))
    return list(told.values())


def _keys(scenarios: Sequence[str], some_indicative: bool, some_nameless: bool) -> list[Line2D]:  # noqa: FBT001
    from matplotlib.lines import Line2D

    keys = [
        Line2D(
            *([], []),
            color=HUES[number % len(HUES)],
            linestyle=DASHES[number % len(DASHES)],
            marker=MARKERS[number % len(MARKERS)],
            markersize=5,
            linewidth=1.2,
            label=f"{scenario}, with its front",
        )
        for number, scenario in enumerate(scenarios)
    ]
    look: dict[str, Any] = {"linestyle": "none", "color": COLOURS["ink"], "marker": "o"}
    if some_indicative:
        keys.append(Line2D([], [], markerfacecolor="white", label="empty: ≈ indicative", **look))
    if some_nameless:
        keys.append(Line2D([], [], markersize=3, label="small: other ways found", **look))
    return keys


def _note(routes: Sequence[Route], dropped: Sequence[str]) -> str:
    goods = {one.goods.name for one in routes}
    notes = [
        "Front: what the cheapest way costs that is as fast; none drawn lies below or left of it."
    ]
    if len(goods) == 1:
        notes.append(f"Goods: {routes[0].goods.name}.")
    if any(route.indicative for route in routes):
        notes.append(f"{INDICATIVE_NOTE}.")
    if dropped:
        notes.append(f"Not drawn, for want of a rate: {', '.join(dict.fromkeys(dropped))}.")
    return " ".join(notes)


def _dress(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.grid()
    axes.spines["left"].set_visible(True)
    axes.set_xlabel("Days, door to door")
    axes.set_ylabel(USD_PER_FEU)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: money(value)))
    axes.margins(x=0.09, y=0.12)
