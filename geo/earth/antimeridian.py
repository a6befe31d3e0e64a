"""Cutting lines and areas where they cross the 180th meridian.

As RFC 7946, section 3.1.9, asks: no part crosses it, and every longitude is in [-180, 180].
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.affinity import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["split_at_antimeridian"]

_TURN = 360.0
_HALF = 180.0
_POLE = 90.0


def split_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Cut a line or an area where it crosses the 180th meridian.

    Parameters
    ----------
    geometry
        LineString, MultiLineString, Polygon or MultiPolygon in degrees. A step of more than 180
        degrees of longitude is a crossing; longitudes beyond +-180 are understood too. A ring
        that goes round a pole encloses that pole.

    Returns
    -------
    BaseGeometry
        The same object if nothing crosses, else a MultiLineString or a MultiPolygon (a LineString
        or a Polygon if one part remains). Latitudes at the cut are interpolated linearly. An area
        that crosses and whose ring meets itself is made valid on the way.

    Raises
    ------
    TypeError
        If the geometry is neither a line nor an area.
    """
    if not isinstance(geometry, LineString | MultiLineString | Polygon | MultiPolygon):
        message = f"only lines and areas can be cut, not a {geometry.geom_type}"
        raise TypeError(message)
    if not _crosses(geometry):
        return geometry
    if isinstance(geometry, LineString | MultiLineString):
        lines = [piece for line in shapely.get_parts(geometry) for piece in _cut_line(line)]
        return lines[0] if len(lines) == 1 else MultiLineString(lines)
    areas = [piece for area in shapely.get_parts(geometry) for piece in _cut_area(area)]
    return areas[0] if len(areas) == 1 else MultiPolygon(areas)


def _crosses(geometry: BaseGeometry) -> bool:
    """Tell whether a longitude is out of range, or a step within one part jumps."""
    for part in shapely.get_parts(geometry):
        rings = shapely.get_rings(part) if isinstance(part, Polygon) else (part,)
        for ring in rings:
            lon = shapely.get_coordinates(ring)[:, 0]
            if np.any(np.abs(lon) > _HALF) or not np.array_equal(lon, _unwrap(lon)):
                return True
    return False


def _unwrap(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take every step the short way round, save one along the edge of a map of the whole globe."""
    step = np.diff(lon)
    on_edge = np.abs(lon) == _HALF
    turns = np.trunc(step / _TURN + np.copysign(0.5, step))
    # From 180 to -180: the side of a map of the globe, but a crossing where all is near the cut.
    if on_edge.all() or np.abs(lon).min() < _HALF / 2:
        turns[on_edge[1:] & on_edge[:-1]] = 0.0
    # A step of exactly half a turn goes as it is drawn.
    turns[np.abs(step) == _HALF] = 0.0
    return lon - _TURN * np.concatenate(([0.0], np.cumsum(turns)))


def _strip(lon: NDArray[np.float64] | np.float64) -> NDArray[np.int64]:
    """Return the turn of the globe that a longitude lies in: 0 from above -180 to 180."""
    return np.asarray(np.ceil((lon - _HALF) / _TURN), np.int64)


def _cut_line(line: LineString) -> Iterator[LineString]:
    """Yield the pieces of a line in their order, each within one turn of the globe."""
    lon, lat = shapely.get_coordinates(line).T
    lon, lat = _with_cut_points(_unwrap(lon), lat)
    strip = _strip((lon[:-1] + lon[1:]) / 2)
    bounds = [0, *(np.flatnonzero(np.diff(strip)) + 1), len(strip)]
    for first, last in itertools.pairwise(bounds):
        piece = slice(first, last + 1)
        yield LineString(np.column_stack((lon[piece] - _TURN * strip[first], lat[piece])))


def _with_cut_points(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Insert a point wherever a step passes an odd multiple of 180 degrees."""
    low, high = np.minimum(lon[:-1], lon[1:]), np.maximum(lon[:-1], lon[1:])
    cut = _HALF + _TURN * np.floor((low + _HALF) / _TURN)
    at = np.flatnonzero((low < cut) & (cut < high))
    share = (cut[at] - lon[at]) / (lon[at + 1] - lon[at])
    return (
        np.insert(lon, at + 1, cut[at]),
        np.insert(lat, at + 1, lat[at] + share * (lat[at + 1] - lat[at])),
    )


def _cut_area(area: Polygon) -> Iterator[Polygon]:
    """Yield the pieces of an area, from west to east before they are shifted back."""
    shell = _unwrapped_ring(area.exterior)
    whole: BaseGeometry = Polygon(
        shell, [_beside(shell, _unwrapped_ring(hole)) for hole in area.interiors]
    )
    if not whole.is_valid:
        whole = shapely.make_valid(whole, method="structure", keep_collapsed=False)
    west, _, east, _ = whole.bounds
    first, last = _strip(np.array([west, east]))
    for turn in range(first, last + 1):
        middle = _TURN * turn
        band = shapely.box(middle - _HALF, -_POLE, middle + _HALF, _POLE)
        for piece in shapely.get_parts(shapely.intersection(whole, band)):
            if isinstance(piece, Polygon) and not piece.is_empty:
                yield translate(piece, -middle)


def _unwrapped_ring(ring: BaseGeometry) -> NDArray[np.float64]:
    """Return the ring's coordinates in one sweep, closed over the pole if it goes round one."""
    lon, lat = shapely.get_coordinates(ring).T
    lon = _unwrap(lon)
    if lon[0] == lon[-1]:
        return np.column_stack((lon, lat))
    pole = np.copysign(_POLE, lat.mean())
    lon = np.concatenate((lon, [lon[-1], lon[0], lon[0]]))
    lat = np.concatenate((lat, [pole, pole, lat[0]]))
    return np.column_stack((lon, lat))


def _beside(shell: NDArray[np.float64], hole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shift a hole by whole turns to where its shell is."""
    middle = (hole[:, 0].min() + hole[:, 0].max()) / 2
    for turn in (0.0, _TURN, -_TURN):
        if shell[:, 0].min() <= middle + turn <= shell[:, 0].max():
            return hole + np.array([turn, 0.0], np.float64)
    return hole
