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
    parts = [" ".join(_steps(line, decimals) for line in part) for part in _parts(geometry)]
    kind = {"Point": "P", "LineString": "L", "MultiLineString": "L"}.get(geometry["type"], "A")
    return kind + ",".join(parts)


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


def _steps(line: Sequence[Sequence[float]], decimals: int) -> str:
    """Write the steps from point to point; the first is that from the origin."""
    xy = np.asarray(line, dtype=np.float64)[:, :2]
    whole: NDArray[np.int64] = np.round(xy * 10**decimals).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = np.append([True], steps[1:].any(axis=1))
    return "".join(_number(step) for step in steps[moved].ravel().tolist())


def _number(value: int) -> str:
    """Write a whole number, its sign in the lowest bit, five bits a letter, lowest first."""
    rest = -2 * value - 1 if value < 0 else 2 * value
    letters = ""
    while rest >= _MORE:
        letters += LETTERS[_MORE + rest % _MORE]
        rest //= _MORE
    return letters + LETTERS[rest]
