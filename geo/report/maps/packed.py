"""Coordinates as short texts: steps between points, in whole units, a few letters each.

The method is that of encoded polylines, with letters that JSON and HTML leave alone;
`page/decode.js` reads it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["LETTERS", "decimals_of", "packed"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BYTES = np.frombuffer(LETTERS.encode(), dtype=np.uint8)
_MORE = 32  # added to a digit that another one follows
_MOST = 4  # decimals of a degree: eleven metres
_CLOSE = 1e-6  # units; rounding of a figure in degrees to a decimal


def decimals_of(geometries: Iterable[Mapping[str, Any]]) -> int:
    """Tell how many decimals coordinates have, 4 at most.

    Parameters
    ----------
    geometries
        GeoJSON geometries.

    Returns
    -------
    int
        Decimals of a degree.
    """
    lines = [line for one in geometries for part in _parts(one) for line in part]
    if not lines:
        return 0
    xy = np.concatenate([np.asarray(line, dtype=np.float64) for line in lines])
    for decimals in range(_MOST):
        units = xy * 10**decimals
        if np.all(np.abs(units - np.round(units)) < _CLOSE):
            return decimals
    return _MOST


def packed(geometry: Mapping[str, Any], decimals: int) -> str:
    """Write a geometry as a text.

    Parameters
    ----------
    geometry
        A GeoJSON geometry: points, lines or polygons in degrees (EPSG:4326).
    decimals
        Decimals of a degree that are kept.

    Returns
    -------
    str
        ``P``, ``L`` or ``A`` for a point, lines or areas; lines and rings apart by blanks,
        polygons by commas.

    Raises
    ------
    TypeError
        If the geometry is of another kind.
    """
    parts = _parts(geometry)
    texts = iter(_texts([line for part in parts for line in part], decimals))
    written = [" ".join(next(texts) for _ in part) for part in parts]
    kind = {"Point": "P", "LineString": "L", "MultiLineString": "L"}.get(geometry["type"], "A")
    return kind + ",".join(written)


def _parts(geometry: Mapping[str, Any]) -> list[list[Sequence[Sequence[float]]]]:
    """Return the polygons of an area, each a list of rings; lines and a point as one part."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "MultiPolygon":
        return [list(polygon) for polygon in coordinates]
    if kind in {"Polygon", "MultiLineString"}:
        return [list(coordinates)]
    if kind == "LineString":
        return [[coordinates]]
    if kind == "Point":
        return [[[coordinates]]]
    msg = f"a map draws points, lines and areas, not a {kind}"
    raise TypeError(msg)


def _texts(lines: Sequence[Sequence[Sequence[float]]], decimals: int) -> list[str]:
    """Write the steps from point to point of each line; its first is that from the origin."""
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    if not lengths.sum():
        return [""] * len(lines)
    xy = np.array([point[:2] for line in lines for point in line], dtype=np.float64)
    whole: NDArray[np.int64] = np.round(xy * 10**decimals).astype(np.int64)
    starts = (np.cumsum(lengths) - lengths)[lengths > 0]
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    steps[starts] = whole[starts]
    moved: NDArray[np.bool_] = np.any(steps != 0, axis=1)
    moved[starts] = True
    letters, counts = _letters(steps[moved].ravel())
    line = np.repeat(np.repeat(np.arange(len(lines)), lengths)[moved], 2)
    ends = np.cumsum(np.bincount(line, weights=counts, minlength=len(lines)).astype(np.int64))
    return [letters[first:last] for first, last in zip([0, *ends[:-1]], ends, strict=True)]


def _letters(values: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """Write whole numbers, the sign in the lowest bit, five bits a letter, lowest first.

    Returns
    -------
    tuple of str and array of int64
        All letters; how many of them each number has.
    """
    rest = np.where(values < 0, -2 * values - 1, 2 * values)
    digits: list[NDArray[np.uint8]] = []
    used: list[NDArray[np.bool_]] = []
    while not used or rest.any():
        used.append(rest > 0 if used else np.ones(len(rest), dtype=bool))
        more = rest >= _MORE
        digits.append(_BYTES[rest % _MORE + _MORE * more])
        rest = rest // _MORE
    written = np.stack(used, axis=1)
    text = np.stack(digits, axis=1)[written].tobytes().decode("ascii")
    return text, written.sum(axis=1)
