"""Figure: the Two-Track Crescent Strategy.

The grid of sanctions against integration, with the parallel, the sequential and the stalled path.
"""

from __future__ import annotations

import itertools
from textwrap import fill
from typing import TYPE_CHECKING, Any

from geo.analysis.levels import Ladders
from geo.analysis.two_track import compose, path_steps
from geo.report.figures.paper.sheet import CAPTION_PT, Sheet
from geo.report.figures.style import COLOURS, SMALL_PT, styled
from geo.report.wording import INDICATIVE_MARK, duration, money, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.analysis.two_track import CellCosts
    from geo.atlas import Atlas

    _Spot = tuple[float, float]

__all__ = ["two_track_figure"]

_GRID_IN, _BELOW_IN = 4.4, 0.78
_BESIDE = 0.2

_PATHS: dict[str, tuple[str, Any, float, str]] = {
    "parallel": (COLOURS["blue"], "-", 0.0, "Parallel: both tracks at once, as the paper proposes"),
    "sequential": (COLOURS["red"], (0, (6, 2)), 0.0, "Sequential: denuclearisation first"),
    "stalled": (COLOURS["purple"], (0, (1.2, 1.4)), -0.17, "Stalled: begun, halted, turned back"),
}
_TREATMENTS = {
    "banned": ("#c9d3dc", "Goods of the zones barred in the US", "xxxx"),
    "column-2": ("#f3d5c4", "in the US at Column 2 rates", "////"),
    "mfn": ("#f6e6bd", "in the US at general rates", "...."),
    "korus": ("#bfe3d3", "in the US free under KORUS", ""),
}
"""How the United States treat goods of the zones, from the hardest to the easiest."""


def two_track_figure(atlas: Atlas, costs: Sequence[CellCosts] = ()) -> Figure:
    """Draw the grid of the two tracks with the three paths through it.

    Parameters
    ----------
    atlas : Atlas
    costs : sequence of CellCosts
        What `geo.analysis.two_track` returned: the first pair's cost and time are written into
        its cell.

    Returns
    -------
    matplotlib.figure.Figure
        One square a cell, coloured by how the United States treat goods of the zones there; each
        row says how many kinds of goods the Security Council bars.
    """
    with styled():
        sheet = Sheet.of(
            "Two-Track Crescent Strategy",
            _subtitle(costs),
            _caption(),
            body_in=_GRID_IN + _BELOW_IN,
            legend_rows=4,
        )
        left, low, across, high = sheet.body
        below = high * _BELOW_IN / (_GRID_IN + _BELOW_IN)
        place = (left + _BESIDE * across, low + below, (1 - _BESIDE) * across, high - below)
        axes = sheet.figure.add_axes(place)
        ladders = Ladders.of(atlas).by_axis
        told = {(one.cell.sanctions, one.cell.integration): _words(one) for one in costs}
        _cells(atlas, axes, len(ladders["integration"]), len(ladders["sanctions"]), told)
        for path in _PATHS:
            _path(atlas, axes, path)
        _titles(atlas, axes, ladders)
        _legend(sheet)
    return sheet.figure


def _subtitle(costs: Sequence[CellCosts]) -> str:
    text = "Each cell is a scenario: what is sanctioned, and how far the two Koreas are joined."
    if not costs:
        return f"{text} Steps have no length in time."
    pair = costs[0].outcomes[0]
    ends = f"{short_name(pair.origin.name)} to {short_name(pair.destination.name)}"
    mark = any(one.outcomes[0].route and one.outcomes[0].route.indicative for one in costs)
    return f"{text} In the cells, USD and time per FEU, {ends}" + (
        f"; {INDICATIVE_MARK} indicative." if mark else "."
    )


def _words(cell: CellCosts) -> str:
    """Tell what the first pair costs in a cell, and how long it takes."""
    route = cell.outcomes[0].route
    if route is None:
        return "no way"
    usd = money(route.usd_per_feu, indicative=route.indicative)
    return f"{usd}\n{duration(route.hours)}"


def _cells(
    atlas: Atlas, axes: Axes, across: int, up: int, costs: Mapping[tuple[int, int], str]
) -> None:
    from matplotlib.patches import Rectangle
    from matplotlib.patheffects import withStroke

    rim = withStroke(linewidth=2.0, foreground="white", alpha=0.8)
    for sanctions in range(up):
        for integration in range(across):
            cell = compose(atlas, sanctions=sanctions, integration=integration)
            colour, _, hatch = _TREATMENTS[cell.treatment]
            corner = (integration - 0.5, sanctions - 0.5)
            axes.add_patch(
                Rectangle(corner, 1, 1, facecolor=colour, hatch=hatch, edgecolor="white", lw=2.0)
            )
            words = costs.get((sanctions, integration), "")
            small: dict[str, Any] = {"va": "top", "fontsize": CAPTION_PT, "color": COLOURS["ink"]}
            small |= {"zorder": 7, "path_effects": [rim]}
            # The paths keep to the diagonal and to the first column and last row.
            if integration > sanctions:
                look = small | {"ha": "right", "va": "bottom"}
                axes.text(integration + 0.46, sanctions - 0.45, words, **look)
            else:
                axes.text(integration - 0.46, sanctions + 0.45, words, ha="left", **small)
    axes.set_xlim(-0.5, across - 0.5)
    axes.set_ylim(-0.5, up - 0.5)


def _path(atlas: Atlas, axes: Axes, name: str) -> None:
    """Draw a path with an arrow a step; a step back lies beside the step forth."""
    colour, dashes, shift, _ = _PATHS[name]
    steps = path_steps(atlas, name)
    spots = []
    for number, step in enumerate(steps):
        side = shift if number <= len(steps) // 2 else 2 * shift
        spots.append((step.integration - side, step.sanctions + side))
    for start, end in itertools.pairwise(spots):
        if start == end:
            continue
        # The line is dashed and the head is not: a dashed head is ragged.
        middle, neck = _between(start, end, 0.88), _between(start, end, 0.8)
        axes.plot(*zip(start, middle, strict=True), color=colour, ls=dashes, lw=2.2, zorder=5)
        head = {"arrowstyle": "-|>,head_width=0.32,head_length=0.6", "color": colour, "shrinkA": 0}
        axes.annotate(
            "", xy=end, xytext=neck, arrowprops=head | {"shrinkB": 4, "lw": 0.5}, zorder=5
        )
    x, y = zip(*spots, strict=True)
    axes.plot(x, y, "o", color=colour, markersize=4.5, markeredgecolor="white", zorder=6)


def _between(start: _Spot, end: _Spot, part: float) -> _Spot:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _titles(atlas: Atlas, axes: Axes, ladders: dict[str, Any]) -> None:
    columns = [fill(_title_words(level.title), 13) for level in ladders["integration"]]
    rows = [
        f"{fill(level.title, 17)}\n(UN: {len(barred)} barred)"
        for level, barred in zip(ladders["sanctions"], _barred(atlas, ladders), strict=True)
    ]
    axes.set_xticks(range(len(columns)), columns, fontsize=SMALL_PT)
    axes.set_yticks(range(len(rows)), rows, fontsize=SMALL_PT)
    axes.tick_params(length=0, colors=COLOURS["ink"])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("Integration of the two Koreas  →", fontweight="bold", labelpad=8)
    axes.set_ylabel("Denuclearisation and the lifting of sanctions  →", fontweight="bold")


def _title_words(title: str) -> str:
    """Say what the three tongs are: the Korean word for post, travel and customs."""
    return title.replace("Three tongs", "Post, travel, customs")


def _barred(atlas: Atlas, ladders: dict[str, Any]) -> list[Any]:
    """Return the kinds of goods that the Security Council bars, by level of sanctions."""
    across = len(ladders["integration"]) - 1
    return [
        compose(atlas, sanctions=rank, integration=across).barred
        for rank in range(len(ladders["sanctions"]))
    ]


def _legend(sheet: Sheet) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    lines = [
        Line2D([], [], color=colour, ls=dashes, lw=2.2, label=label)
        for colour, dashes, _, label in _PATHS.values()
    ]
    sheet.legend(lines, 2, row=2)
    fills = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words)
        for colour, words, hatch in _TREATMENTS.values()
    ]
    sheet.legend(fills, 2)


def _caption() -> str:
    return (
        "Redrawn from data after the figure missing from the text of Im Hyug-baeg (2008). The "
        "three paths are our reading of its argument; each level lists the links, goods and laws "
        "that it changes, with its sources, in the data. No step is "
        "foretold. UN: kinds of goods that the "
        "Security Council bars."
    )
