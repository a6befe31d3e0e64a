"""Lengths and distances along the geodesic of the WGS84 ellipsoid.

Never planar: a degree is no unit of length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely import GeometryType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["distance_km", "line_length_km"]

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


def _columns(parts: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the coordinates as two rows, lon and lat, and the part that each belongs to."""
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    return np.ascontiguousarray(coordinates.T), part
