"""Figure: what each route costs, as a stacked bar parted by what is paid for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.report.charges import BUCKETS, usd_by_bucket
from geo.report.figures.layout import finish, headline, new_sheet
from geo.report.figures.style import (
    BUCKET_COLOURS,
    BUCKET_HATCHES,
    COLOURS,
    SMALL_PT,
    Width,
    place_words,
    styled,
)
from geo.report.wording import INDICATIVE_NOTE, USD_PER_FEU, duration, money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.text import Text

    from geo.route import Route

__all__ = ["cost_breakdown", "ends_of", "route_label", "title_of"]

_ROW_IN = 0.36
_FURNITURE_IN = 0.85


def cost_breakdown(
    routes: Sequence[Route],
    categories: Mapping[str, str],
    *,
    labels: Sequence[str] | None = None,
    title: str = "",
    width: Width | str = Width.page,
) -> Figure:
    """Draw what each route costs as a stacked bar, parted by what is paid for.

    Parameters
    ----------
    routes : sequence of Route
        One bar each, from top to bottom.
    categories : mapping of str to str
        Category of each item by its id: columns `item_id` and `category` of the table `items`.
    labels : sequence of str, optional
        Words beside the bars; by default corridor and scenario.
    title : str, default ""
        Title; by default the ends and the state of the world, if all routes share them.
    width : Width or str
        ``page`` (17 cm) or ``column`` (8.4 cm).

    Returns
    -------
    matplotlib.figure.Figure
        Money in USD per FEU. A thin line reaches from every rate at its low to every rate at
        its high; the total and the time stand at its end.

    Raises
    ------
    ValueError
        If there is no route, not one label for each, or no such width.
    """
    if not routes:
        msg = "there is no route to draw"
        raise ValueError(msg)
    words = list(labels) if labels is not None else [route_label(one, routes) for one in routes]
    if len(words) != len(routes):
        msg = f"{len(routes)} routes, but {len(words)} labels"
        raise ValueError(msg)
    with styled():
        figure = new_sheet(width, _FURNITURE_IN + _ROW_IN * len(routes))
        axes = figure.add_subplot()
        used = _draw_bars(axes, routes, categories)
        totals = _draw_totals(axes, routes)
        _dress(axes, words, Width(width))
        headline(figure, title or title_of(routes))
        finish(figure, handles=[_key(bucket) for bucket in used], note=_note(routes))
        _make_room(axes, totals)
    return figure


def _draw_bars(axes: Axes, routes: Sequence[Route], categories: Mapping[str, str]) -> list[str]:
    """Stack the buckets that any route pays for; return them."""
    sums = [usd_by_bucket(route.charges, categories) for route in routes]
    rows = range(len(routes))
    left = [0.0] * len(routes)
    used = [bucket for bucket in BUCKETS if any(one[bucket] > 0 for one in sums)]
    for bucket in used:
        widths = [0.0 if math.isnan(one[bucket]) else one[bucket] for one in sums]
        axes.barh(
            rows,
            widths,
            left=left,
            height=0.62,
            color=BUCKET_COLOURS[bucket],
            hatch=BUCKET_HATCHES[bucket],
            edgecolor="white",
            linewidth=0.6,
            label=BUCKETS[bucket],
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    return used


def _key(bucket: str) -> Patch:
    from matplotlib.patches import Patch

    return Patch(
        facecolor=BUCKET_COLOURS[bucket],
        hatch=BUCKET_HATCHES[bucket],
        edgecolor="white",
        label=BUCKETS[bucket],
    )


def _draw_totals(axes: Axes, routes: Sequence[Route]) -> list[Text]:
    """Draw the range of each total, and write it and the time at its end; return the words."""
    written = []
    for row, route in enumerate(routes):
        ends = [route.usd_low, route.usd_high]
        known = [amount for amount in (*ends, route.usd_per_feu) if not math.isnan(amount)]
        if not any(map(math.isnan, ends)):
            axes.plot(
                ends, [row, row], color=COLOURS["ink"], linewidth=1.0, marker="|", markersize=5
            )
        total = money(route.usd_per_feu, indicative=route.indicative)
        words = f"  {total} · {duration(route.hours)}" + (" · incomplete" if route.missing else "")
        end = max(known, default=0.0)
        written.append(axes.text(end, row, words, va="center", fontsize=SMALL_PT))
    for text in written:
        text.set_in_layout(False)
    return written


def _make_room(axes: Axes, totals: Sequence[Text]) -> None:
    """Widen the scale until the words at the ends of the lines are inside."""
    axes.set_xlim(left=0.0)
    for _ in range(3):
        inside = axes.get_window_extent()
        over = max(text.get_window_extent().x1 for text in totals) - inside.x1
        if over <= 0:
            break
        axes.set_xlim(0.0, axes.get_xlim()[1] * (1.02 + 1.3 * over / inside.width))


def _dress(axes: Axes, words: Sequence[str], width: Width) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_yticks(range(len(words)), words)
    axes.set_ylim(len(words) - 0.5, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel(USD_PER_FEU)
    axes.xaxis.set_major_locator(MaxNLocator(6 if width is Width.page else 4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: money(value)))


def _note(routes: Sequence[Route]) -> str:
    notes = ["Thin line: every rate at its low, and at its high."]
    if any(route.indicative for route in routes):
        notes.append(f"{INDICATIVE_NOTE}.")
    return " ".join(notes)


def ends_of(routes: Sequence[Route]) -> str:
    """Name the two ends that all routes share.

    Parameters
    ----------
    routes : sequence of Route
        The routes.

    Returns
    -------
    str
        With an arrow between them; "" if the routes share none.
    """
    ends = {(place_words(r.origin), place_words(r.destination)) for r in routes}
    return " → ".join(next(iter(ends))) if len(ends) == 1 else ""


def title_of(routes: Sequence[Route]) -> str:
    """Name the two ends and the state of the world that all routes share.

    Parameters
    ----------
    routes : sequence of Route
        The routes.

    Returns
    -------
    str
        What they do not share is left out.
    """
    worlds = {route.scenario for route in routes}
    shared = [ends_of(routes), *(worlds if len(worlds) == 1 else ())]
    return ", ".join(part for part in shared if part)


def route_label(route: Route, routes: Sequence[Route]) -> str:
    """Name a route among others: by its corridor, and by what else sets it apart.

    Parameters
    ----------
    route : Route
        The route.
    routes : sequence of Route
        All that are shown, itself among them.

    Returns
    -------
    str
        Its ends, where they differ among the routes; its corridor; and its scenario, where there
        are several; with points between them.
    """
    words = [route.corridor]
    if len({one.scenario for one in routes}) > 1:
        words.append(route.scenario)
    if not ends_of(routes):
        words.insert(0, f"{place_words(route.origin)} → {place_words(route.destination)}")
    return " · ".join(words)
