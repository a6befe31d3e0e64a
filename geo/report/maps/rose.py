"""A rose of bearings: in which directions something lies, as a small picture."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["rose", "runs"]

_OUTER, _INNER = 46.0, 30.0


def rose(covered: NDArray[np.bool_], *, colour: str, words: str) -> str:
    """Draw a ring of 360 degrees, filled where something lies.

    Parameters
    ----------
    covered : bool[sectors]
        Sectors of equal width, clockwise from north.
    colour
        CSS colour of what is covered.
    words
        What the picture says, for those who cannot see it.

    Returns
    -------
    str
        SVG.
    """
    arcs = "".join(
        f'<path d="{_ring(begin, end)}" fill="{escape(colour)}"/>' for begin, end in runs(covered)
    )
    marks = "".join(
        f'<text x="{60 + 54 * dx}" y="{60 + 54 * dy}" text-anchor="middle" '
        f'dominant-baseline="central" font-size="10">{name}</text>'
        for name, dx, dy in (("N", 0, -1), ("E", 1, 0), ("S", 0, 1), ("W", -1, 0))
    )
    return (
        f'<svg class="cr-rose" width="120" height="120" viewBox="0 0 120 120" role="img" '
        f'aria-label="{escape(words)}"><path d="{_ring(0.0, 360.0)}" fill="#e4e8ec" '
        f'fill-rule="evenodd"/>{arcs}{marks}</svg>'
    )


def runs(covered: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Find the runs of covered sectors.

    Parameters
    ----------
    covered : bool[sectors]
        Clockwise from north.

    Returns
    -------
    list of tuple of float
        Begin and end of each, degrees; the end of one that passes north is above 360.
    """
    if covered.all():
        return [(0.0, 360.0)]
    if not covered.any():
        return []
    start = int(np.argmin(covered))  # outside any run, so that none is cut in two
    turned = np.concatenate(([False], np.roll(covered, -start), [False]))
    change = np.flatnonzero(np.diff(turned.astype(np.int8)))
    width = 360.0 / len(covered)
    found = []
    for first, last in zip(change[::2].tolist(), change[1::2].tolist(), strict=True):
        begin = (first + start) % len(covered) * width
        found.append((begin, begin + (last - first) * width))
    return sorted(found)


def _ring(begin: float, end: float) -> str:
    """Write the path of a part of the ring."""
    if end - begin >= 360.0:
        return " ".join(
            f"M{60 - r:g} 60a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"
            for r in (_OUTER, _INNER)
        )
    large = int(end - begin > 180.0)
    (a, b), (c, d) = (_spot(angle, _OUTER) for angle in (begin, end))
    (e, f), (g, h) = (_spot(angle, _INNER) for angle in (end, begin))
    return (
        f"M{a} {b}A{_OUTER:g} {_OUTER:g} 0 {large} 1 {c} {d}"
        f"L{e} {f}A{_INNER:g} {_INNER:g} 0 {large} 0 {g} {h}z"
    )


def _spot(angle: float, radius: float) -> tuple[str, str]:
    """Return where an angle clockwise from north meets a circle."""
    turn = math.radians(angle)
    return f"{60 + radius * math.sin(turn):.2f}", f"{60 - radius * math.cos(turn):.2f}"
