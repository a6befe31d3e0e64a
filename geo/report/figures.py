"""Figures for notebooks and papers, in one style; the only module that uses matplotlib.

Each function returns a `matplotlib.figure.Figure`: show it, or save it with `savefig`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.report.charges import BUCKETS, usd_by_bucket
from geo.report.wording import INDICATIVE_NOTE, duration, money, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.route import Route

__all__ = ["BUCKET_COLOURS", "STYLE", "cost_breakdown"]

BUCKET_COLOURS = {
    "rail": "#0072b2",
    "through": "#56b4e9",
    "sea": "#009e73",
    "border": "#d55e00",
    "gauge": "#e69f00",
    "handling": "#aa4499",
    "road": "#8c6d1f",
    "other": "#9a9a9a",
}
"""Colour of each bucket of charges, told apart by colour-blind eyes too."""

STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": "#66737f",
    "axes.axisbelow": True,
    "grid.color": "#dfe4e8",
    "text.color": "#22303c",
    "axes.labelcolor": "#51606e",
    "xtick.color": "#51606e",
    "ytick.color": "#22303c",
    "legend.frameon": False,
    # the same figure gives the same bytes
    "svg.hashsalt": "crescent",
}
_WIDTH_IN = 9.0
_ROW_IN = 0.42


def cost_breakdown(
    routes: Sequence[Route],
    categories: Mapping[str, str],
    *,
    labels: Sequence[str] | None = None,
    title: str = "",
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
        Title; by default the ends, if all routes share them.

    Returns
    -------
    matplotlib.figure.Figure
        Money in USD per FEU. A thin line reaches from every rate at its low to every rate at
        its high; the total and the time stand at its end.

    Raises
    ------
    ValueError
        If there is no route, or not one label for each.
    """
    if not routes:
        msg = "there is no route to draw"
        raise ValueError(msg)
    words = list(labels) if labels is not None else [_label(route, routes) for route in routes]
    if len(words) != len(routes):
        msg = f"{len(routes)} routes, but {len(words)} labels"
        raise ValueError(msg)
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        height = 1.3 + _ROW_IN * len(routes)
        figure = Figure(figsize=(_WIDTH_IN, height), layout="constrained")
        axes = figure.add_subplot()
        used = _draw_bars(axes, routes, categories)
        _draw_totals(axes, routes)
        _dress(axes, words, title or _ends(routes))
        figure.legend(
            *axes.get_legend_handles_labels(),
            loc="outside lower center",
            ncols=min(len(used), 5),
            handlelength=1.1,
        )
        if any(route.indicative for route in routes):
            axes.text(
                *(1.0, 1.02),
                INDICATIVE_NOTE,
                transform=axes.transAxes,
                ha="right",
                fontsize=7.5,
                color="#7d8893",
            )
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
            edgecolor="white",
            linewidth=0.6,
            label=BUCKETS[bucket],
        )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    return used


def _draw_totals(axes: Axes, routes: Sequence[Route]) -> None:
    for row, route in enumerate(routes):
        ends = [route.usd_low, route.usd_high]
        known = [amount for amount in (*ends, route.usd_per_feu) if not math.isnan(amount)]
        if not any(map(math.isnan, ends)):
            axes.plot(ends, [row, row], color="#22303c", linewidth=1.0, marker="|", markersize=5)
        total = money(route.usd_per_feu, indicative=route.indicative)
        words = f"  {total} · {duration(route.hours)}" + (" · incomplete" if route.missing else "")
        axes.text(max(known, default=0.0), row, words, va="center", fontsize=8.5)


def _dress(axes: Axes, words: Sequence[str], title: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_yticks(range(len(words)), words)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_xlabel("USD of 2024 per FEU")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: money(value)))
    axes.set_title(title, loc="left", fontweight="bold")
    # room for the words at the end of the longest line
    axes.set_xlim(0.0, axes.get_xlim()[1] * 1.16)


def _ends(routes: Sequence[Route]) -> str:
    ends = {(short_name(r.origin.name), short_name(r.destination.name)) for r in routes}
    return " → ".join(next(iter(ends))) if len(ends) == 1 else ""


def _label(route: Route, routes: Sequence[Route]) -> str:
    words = [route.corridor]
    if len({one.scenario for one in routes}) > 1:
        words.append(route.scenario)
    if not _ends(routes):
        words.insert(0, f"{short_name(route.origin.name)} → {short_name(route.destination.name)}")
    return " · ".join(words)
