"""Lengths and distances along the geodesic of the WGS84 ellipsoid.

Never planar: a degree is no unit of length.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely import GeometryType

from geo.earth.antimeridian import split_at_antimeridian

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["distance_km", "geodesic_line", "line_length_km"]

_WGS84 = Geod(ellps="WGS84")
_LINES = (GeometryType.LINESTRING, GeometryType.LINEARRING)


def distance_km(
    lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike
) -> NDArray[np.float64]:
    """Return the geodesic distances between points, elementwise with broadcasting.

    Parameters
    ----------
    lon1, lat1, lon2, lat2
        Degrees.

    Returns
    -------
    NDArray[np.float64]
        Kilometres, in the shape that the arguments have together. NaN where one is NaN.
    """
    ends = (np.asarray(degrees, np.float64) for degrees in (lon1, lat1, lon2, lat2))
    west, south, east, north = np.broadcast_arrays(*ends)
    metres = _WGS84.inv(west.ravel(), south.ravel(), east.ravel(), north.ravel())[2]
    return np.asarray(metres, np.float64).reshape(west.shape) / 1000


def line_length_km(
    geometries: Sequence[BaseGeometry | None] | NDArray[np.object_] | BaseGeometry,
) -> NDArray[np.float64]:
    """Return the geodesic length of each line.

    Parameters
    ----------
    geometries
        LineStrings and MultiLineStrings in degrees: an array, a list or a GeoSeries. A step of
        more than 180 degrees of longitude is taken the short way round.

    Returns
    -------
    NDArray[np.float64]
        Kilometres, one per geometry: 0 for an empty one, NaN for a missing one.

    Raises
    ------
    TypeError
        If a geometry is not a line.
    """
    lines = np.atleast_1d(np.asarray(geometries, dtype=object))
    parts, owner = shapely.get_parts(lines, return_index=True)
    if not np.isin(shapely.get_type_id(parts), _LINES).all():
        message = "only lines have a length in km"
        raise TypeError(message)
    (lon, lat), part = _columns(parts)
    joined = part[1:] == part[:-1]
    steps = distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])[joined]
    # The count of no steps at all comes as whole numbers, which know no NaN.
    length = np.bincount(owner[part[1:][joined]], steps, len(lines)).astype(np.float64)
    length[shapely.is_missing(lines)] = np.nan
    return length


def geodesic_line(
    start: tuple[float, float], end: tuple[float, float], *, step_km: float = 100.0
) -> BaseGeometry:
    """Draw the shortest line between two points of the ellipsoid.

    Parameters
    ----------
    start, end
        Degrees, lon before lat.
    step_km
        Points are set at most so far apart.

    Returns
    -------
    LineString or MultiLineString
        Degrees; split where it crosses 180 degrees.
    """
    between = math.ceil(float(distance_km(*start, *end)) / step_km) - 1
    points = _WGS84.npts(*start, *end, between) if between > 0 else []
    line = shapely.LineString([start, *points, end])
    return split_at_antimeridian(line)


def _columns(parts: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the coordinates as two rows, lon and lat, and the part that each belongs to."""
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    return np.ascontiguousarray(coordinates.T), part
