"""What a figure shows, for tests: its words, where they stand, and what covers what."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D


def texts(figure: Figure) -> list[Text]:
    """Return everything that is written and seen; ticks beyond the ends of a scale are not."""
    found: list[Any] = figure.findobj(Text)
    unseen = {
        id(tick.label1)
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    return [
        one
        for one in found
        if one.get_text().strip() and one.get_visible() and id(one) not in unseen
    ]


def corners(line: Line2D) -> list[tuple[float, float]]:
    """Return the points of a line, in the units of its axes."""
    x, y = (np.asarray(data, dtype=np.float64) for data in line.get_data())
    return [(float(a), float(b)) for a, b in zip(x, y, strict=True)]


def words(figure: Figure) -> str:
    """Join all words of a figure, line breaks read as spaces."""
    return "\n".join(" ".join(one.get_text().split()) for one in texts(figure))


def outside(figure: Figure) -> list[str]:
    """Return the words that the sheet's edge cuts off, by more than a pixel."""
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    figure.draw_without_rendering()
    sheet = figure.bbox
    cut = []
    for one in texts(figure):
        box = one.get_window_extent(renderer)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1:
            cut.append(one.get_text())
    return cut


def covered(figure: Figure, some: Iterable[Text]) -> list[tuple[str, str]]:
    """Return which two of some words cover each other."""
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    figure.draw_without_rendering()
    boxes = [(one.get_text(), one.get_window_extent(renderer)) for one in some]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]
