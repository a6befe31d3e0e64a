"""Labels of points in a chart that cover no other label, and no mark or line where there is room.

Everything is measured in the letters that are drawn, in pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.report.figures.layout import renderer_of
from geo.report.figures.style import COLOURS, SMALL_PT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["Label", "place_labels"]

_POINTS_PER_INCH: Final = 72.0
_BEARINGS: Final = (0, 180, 90, 270, 45, 315, 135, 225, 20, 340, 160, 200, 65, 115, 245, 295)
_RADII_PT: Final = (5.0, 9.0, 15.0, 23.0, 33.0, 45.0, 60.0, 80.0, 105.0)
_LED_FROM_PT: Final = 12.0
_MARK_PT: Final = 4.5
_STEP_PT: Final = 3.0
_NOTHING: Final = 1e-6
_MARKS_WEIGHT: Final = 3.0
_WORDS_WEIGHT: Final = 100.0
_NO_BOX: Final = np.empty((0, 4))


@dataclass(frozen=True)
class Label:
    """Words that belong to a point of a chart.

    Parameters
    ----------
    x, y
        The point, in the units of the axes.
    text
        The words.
    colour
        Their colour.
    """

    x: float
    y: float
    text: str
    colour: str = COLOURS["ink"]


def place_labels(
    axes: Axes,
    labels: Sequence[Label],
    *,
    marks: Sequence[tuple[float, float]] = (),
    lines: Sequence[Sequence[tuple[float, float]]] = (),
    size_pt: float = SMALL_PT,
) -> list[Any]:
    """Write a label beside each point, where it covers no other label, mark or line.

    Each takes the nearest free place around its point; one further away is led to it by a thin
    line. Call it when all else is laid out (`finish`).

    Parameters
    ----------
    axes : Axes
    labels : sequence of Label
        In the order of importance.
    marks : sequence of (float, float)
        Further points that no label may cover, in the units of the axes.
    lines : sequence of sequences of (float, float)
        Lines that labels keep off.
    size_pt : float
        Size of the letters, points.

    Returns
    -------
    list of matplotlib.text.Annotation
    """
    figure: Any = axes.get_figure()
    scale = figure.get_dpi() / _POINTS_PER_INCH
    renderer = renderer_of(figure)
    drawn = [_words(axes, label, size_pt) for label in labels]
    extents = [words.get_window_extent(renderer) for words in drawn]
    spots = [(label.x, label.y) for label in labels]
    at = axes.transData.transform(np.reshape([*spots, *marks], (-1, 2)))
    beads = [_beads(axes.transData.transform(np.array(line)), scale) for line in lines]
    crowd = _Crowd(
        at=at[: len(labels)],
        half=np.array([(box.width / 2 + 1.0, box.height / 2) for box in extents]).reshape(-1, 2),
        dots=_boxes(at, np.full((len(at), 2), _MARK_PT * scale)),
        lines=np.concatenate([_NO_BOX, *beads]),
        inside=np.array(axes.get_window_extent(renderer).extents),
        scale=scale,
    )
    for label, words, place in zip(labels, drawn, crowd.best(), strict=True):
        words.set_position((place.offset[0] / scale, place.offset[1] / scale))
        if place.lead is not None:
            _lead(axes, label, place.lead, scale)
    return drawn


def _words(axes: Axes, label: Label, size_pt: float) -> Any:
    """Write a label upon its point."""
    words = axes.annotate(
        label.text,
        (label.x, label.y),
        xytext=(0, 0),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=size_pt,
        color=label.colour,
        zorder=8,
    )
    words.set_in_layout(False)
    return words


def _lead(axes: Axes, label: Label, lead: NDArray[np.float64], scale: float) -> None:
    """Draw the thin line from a point to the nearest edge of its label."""
    line = axes.annotate(
        "",
        (label.x, label.y),
        xytext=tuple((lead[1] - lead[0]) / scale),
        textcoords="offset points",
        arrowprops={"arrowstyle": "-", "color": COLOURS["quiet"], "linewidth": 0.5, "shrinkB": 2},
        zorder=2.5,
    )
    line.set_in_layout(False)


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a label goes, pixels.

    Attributes
    ----------
    offset : float64[2]
        From its point to its middle.
    lead : float64[2, 2] or None
        The line from its point to its edge, where it is far.
    loss : float
        How bad the place is: what it covers, and how far it is away.
    """

    offset: NDArray[np.float64]
    lead: NDArray[np.float64] | None
    loss: float


@dataclass(frozen=True, eq=False)
class _Crowd:
    """Labels that look for free places among dots and lines; all in pixels.

    Attributes
    ----------
    at, half : float64[labels, 2]
        The point of each label, and half the width and height of its words.
    dots, lines : float64[boxes, 4]
        What no label may cover: left, low, right and high.
    inside : float64[4]
        The chart.
    scale : float
        Pixels in a point.
    """

    at: NDArray[np.float64]
    half: NDArray[np.float64]
    dots: NDArray[np.float64]
    lines: NDArray[np.float64]
    inside: NDArray[np.float64]
    scale: float

    def best(self) -> list[_Place]:
        """Place the labels in several orders, and return the places of the best of these."""
        count = len(self.at)
        x, y = self.at.T
        orders = (np.arange(count), *(np.argsort(key, kind="stable") for key in (x, -x, y, -y)))
        tried = [self._placed(order) for order in orders]
        return min(tried, key=lambda places: sum(place.loss for place in places))

    def _placed(self, order: NDArray[np.int64]) -> list[_Place]:
        """Place the labels one after the other, each where it covers none before it."""
        labels = _NO_BOX
        lines = self.lines
        found: dict[int, _Place] = {}
        for number in map(int, order):
            place = self._free(number, labels, lines)
            found[number] = place
            middle = (self.at[number] + place.offset)[np.newaxis]
            labels = np.concatenate([labels, _boxes(middle, self.half[number][np.newaxis])])
            if place.lead is not None:
                lines = np.concatenate([lines, _beads(place.lead, self.scale)])
        return [found[number] for number in range(len(order))]

    def _free(self, number: int, labels: NDArray[np.float64], lines: NDArray[np.float64]) -> _Place:
        """Find the nearest place that covers nothing, and whose lead crosses no dot or label."""
        at, half = self.at[number], self.half[number]
        mine = (self.dots[:, :2] <= at).all(axis=1) & (self.dots[:, 2:] >= at).all(axis=1)
        others = self.dots[~mine]
        best: _Place | None = None
        for radius in _RADII_PT:
            for bearing in _BEARINGS:
                turn = np.array([math.cos(math.radians(bearing)), math.sin(math.radians(bearing))])
                offset = turn * (radius * self.scale + half)
                box = _boxes((at + offset)[np.newaxis], half[np.newaxis])
                loss = 4 * float(half.prod()) - _shared(box, self.inside[np.newaxis])
                loss += _MARKS_WEIGHT * (_shared(box, self.dots) + _shared(box, lines))
                # Words on words are the worst.
                loss += _WORDS_WEIGHT * _shared(box, labels)
                lead = None
                if radius >= _LED_FROM_PT:
                    lead = np.array([at, at + offset - np.clip(offset, -half, half)])
                    beads = _beads(lead, self.scale)
                    loss += _MARKS_WEIGHT * _shared(beads, others) + _WORDS_WEIGHT * _shared(
                        beads, labels
                    )
                if best is None or loss + radius < best.loss:
                    best = _Place(offset, lead, loss + radius)
            if best is not None and best.loss <= radius + _NOTHING:
                break
        if best is None:
            return _Place(np.zeros(2), None, 0.0)
        return best


def _boxes(middles: NDArray[np.float64], halves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return boxes around points: left, low, right, high; float64[boxes, 4]."""
    return np.concatenate([middles - halves, middles + halves], axis=1)


def _shared(some: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Return the area that some boxes share with others, square pixels."""
    low = np.maximum(some[:, np.newaxis, :2], others[np.newaxis, :, :2])
    high = np.minimum(some[:, np.newaxis, 2:], others[np.newaxis, :, 2:])
    return float(np.clip(high - low, 0.0, None).prod(axis=2).sum())


def _beads(line: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Cover a line by small boxes a few pixels apart; float64[boxes, 4]."""
    points = [line[:1]]
    for start, end in pairwise(line):
        count = max(1, math.ceil(math.hypot(*(end - start)) / (_STEP_PT * scale)))
        points.append(start + np.linspace(0.0, 1.0, count + 1)[1:, np.newaxis] * (end - start))
    middles = np.concatenate(points)
    return _boxes(middles, np.ones_like(middles))
