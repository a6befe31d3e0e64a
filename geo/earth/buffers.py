"""Buffers: all ground within a distance of a geometry, on the WGS84 ellipsoid.

A geometry is buffered piece by piece, each in a projection centred on it, and joined again.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Proj
from shapely import MultiPolygon, Polygon

from geo.earth.antimeridian import split_at_antimeridian
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["buffer_km", "rings_km"]

LARGEST_KM = 9000.0
"""Beyond a quarter of the globe a piece of some size is no longer near the centre of its map."""

_PIECE_DEGREES = 4.0
"""Lines are cut into pieces of about this height and width.

Within 300 km of its centre the azimuthal equidistant projection is right to 0.04 % in every
direction; and from there to a point at any distance r it errs by at most
e**2 / 2 * (1/r - 1 / (R tan(r/R))), which for e = 300 km stays below 0.1 % of r up to the largest
radius.
"""
_FINE_DEGREES = 0.5
"""The geodesic leaves an edge that is straight in degrees; it is followed in steps of this."""
_ARC_STEPS = 12
"""Segments to a quarter of a circle: the chord lies within 0.22 % of the radius."""
_GRID_DEGREES = 1e-8
_HALF = 180.0
_TOLERANCE = 0.001
"""Borders are simplified by this share of the radius before they are buffered."""


def buffer_km(
    geometries: BaseGeometry | Iterable[BaseGeometry | None], radius_km: float
) -> Polygon | MultiPolygon:
    """Return the ground within a distance of any of some geometries.

    Parameters
    ----------
    geometries
        One geometry or several, of any kind, in degrees (EPSG:4326). A step of more than 180
        degrees of longitude is taken the short way round.
    radius_km
        Geodesic distance, km: above 0 and up to 9,000. The boundary lies within 0.5 % of it.

    Returns
    -------
    Polygon or MultiPolygon
        Dissolved and valid, cut at the 180th meridian as RFC 7946 asks; the geometries themselves
        lie inside it. Empty if there is nothing to buffer.

    Raises
    ------
    UsageError
        If the radius is out of range.

    Notes
    -----
    Pieces in local azimuthal equidistant projections (Snyder 1987, chapter 25), which are true
    to scale from their centre on the ellipsoid.
    """
    _check(radius_km)
    parts = _simple_parts(geometries)
    areas = [part for part in parts if isinstance(part, Polygon)]
    outlines = [part.boundary if isinstance(part, Polygon) else part for part in parts]
    around = [
        split_at_antimeridian(area)
        for group in _neighbourhoods(outlines)
        for area in shapely.get_parts(_around(group, radius_km))
    ]
    # On a grid of a millimetre the two sides of a seam are one.
    joined = shapely.union_all([*areas, *around], grid_size=_GRID_DEGREES)
    return _areas_of(joined)


def rings_km(
    geometries: BaseGeometry | Iterable[BaseGeometry | None], radii_km: Sequence[float]
) -> list[Polygon | MultiPolygon]:
    """Return the ground between successive distances of some geometries.

    Parameters
    ----------
    geometries
        As for `buffer_km`.
    radii_km
        Distances in rising order, km.

    Returns
    -------
    list of Polygon or MultiPolygon
        One a radius: the first from the geometries themselves outwards, each later one from the
        radius before it. They do not overlap.

    Raises
    ------
    UsageError
        If the radii do not rise, or one is out of range.
    """
    if not radii_km or any(low >= high for low, high in itertools.pairwise(radii_km)):
        msg = f"radii must rise, such as 25, 50, 100 km; got {list(radii_km)}"
        raise UsageError(msg)
    kept = list(_simple_parts(geometries))
    discs = [buffer_km(kept, radius) for radius in radii_km]
    outer = [_areas_of(shapely.difference(b, a)) for a, b in itertools.pairwise(discs)]
    return [discs[0], *outer]


def _check(radius_km: float) -> None:
    """Refuse a radius that is no distance, or too far for the method."""
    if not 0 < radius_km <= LARGEST_KM:
        msg = f"a buffer's radius must be above 0 and at most {LARGEST_KM:,.0f} km, not {radius_km}"
        raise UsageError(msg)


def _simple_parts(
    geometries: BaseGeometry | Iterable[BaseGeometry | None],
) -> list[BaseGeometry]:
    """Return points, lines and polygons, none of which crosses the 180th meridian."""
    given = [geometries] if isinstance(geometries, shapely.Geometry) else list(geometries)
    parts = shapely.get_parts(shapely.get_parts(np.array(given, dtype=object)))
    parts = parts[~shapely.is_empty(parts)]
    west, _, east, _ = shapely.bounds(parts).T
    # A part that crosses has a step, and so a width, of more than half a turn.
    whole = (np.abs(west) <= _HALF) & (np.abs(east) <= _HALF) & (east - west <= _HALF)
    cut = [split_at_antimeridian(part) for part in parts[~whole]]
    return [*parts[whole], *shapely.get_parts(np.array(cut, dtype=object))]


def _neighbourhoods(outlines: Iterable[BaseGeometry]) -> Iterator[list[BaseGeometry]]:
    """Gather pieces that lie near one another, so that one map serves them all."""
    groups: dict[tuple[int, int], list[BaseGeometry]] = {}
    for outline in outlines:
        for piece in _pieces(outline):
            lon, lat = _middle(piece.bounds)
            row = int(lat // _PIECE_DEGREES)
            column = int(lon // _cell_width(row * _PIECE_DEGREES))
            groups.setdefault((row, column), []).append(piece)
    yield from groups.values()


def _around(pieces: list[BaseGeometry], radius_km: float) -> BaseGeometry:
    """Buffer pieces on their own map, and bring the area back to degrees."""
    together = np.array(pieces, dtype=object)
    lon, lat = _middle(shapely.total_bounds(together))
    there = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84", units="km")
    flat = shapely.transform(shapely.segmentize(together, _FINE_DEGREES), _by(there))
    # Within the tolerance a coast is as good as its outline.
    flat = shapely.simplify(flat, _TOLERANCE * radius_km)
    # One by one and then joined: much quicker than the buffer of a tangle of lines.
    area = shapely.union_all(shapely.buffer(flat, radius_km, quad_segs=_ARC_STEPS))
    # Edges that are straight on the map are not in degrees.
    fine = shapely.segmentize(area, max(radius_km / 8, 1.0))
    return shapely.transform(fine, _by(there, back=True))


def _cell_width(low: float) -> float:
    """Width in degrees of the cells of a row; towards the poles the meridians close in."""
    return _PIECE_DEGREES / max(math.cos(math.radians(abs(low + _PIECE_DEGREES / 2))), 0.02)


def _pieces(outline: BaseGeometry) -> Iterator[BaseGeometry]:
    """Cut a long outline along a grid whose cells are about as wide as they are high."""
    west, south, east, north = outline.bounds
    if max(east - west, north - south) < _PIECE_DEGREES:
        yield outline
        return
    shapely.prepare(outline)
    for row in range(int(south // _PIECE_DEGREES), int(north // _PIECE_DEGREES) + 1):
        low = row * _PIECE_DEGREES
        width = _cell_width(low)
        for column in range(int(west // width), int(east // width) + 1):
            left = column * width
            cell = shapely.box(left, low, left + width, low + _PIECE_DEGREES)
            if shapely.intersects(outline, cell):
                inside = shapely.intersection(outline, cell)
                if not inside.is_empty:
                    yield inside


def _middle(bounds: Iterable[float]) -> tuple[float, float]:
    west, south, east, north = (float(edge) for edge in bounds)
    return (west + east) / 2, (south + north) / 2


class _by:  # noqa: N801  # reads as a preposition where it is used
    """Applies a projection to an array of coordinates."""

    def __init__(self, projection: Proj, *, back: bool = False) -> None:
        self.projection, self.back = projection, back

    def __call__(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = self.projection(coordinates[:, 0], coordinates[:, 1], inverse=self.back)
        return np.column_stack((lon, lat))


def _areas_of(geometry: BaseGeometry) -> Polygon | MultiPolygon:
    """Keep the areas of what a union or difference left, without slivers of no width."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    areas = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
    return areas[0] if len(areas) == 1 else MultiPolygon(areas)
