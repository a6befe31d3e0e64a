"""Areas in square kilometres, by an equal-area projection of the WGS84 ellipsoid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["area_km2"]

_STEP_DEGREES = 0.25
"""The projection bends an edge that is straight in degrees; it is followed in steps of this."""


def area_km2(
    geometries: Sequence[BaseGeometry | None] | NDArray[np.object_] | BaseGeometry,
) -> NDArray[np.float64]:
    """Return the area of each geometry on the ellipsoid.

    Parameters
    ----------
    geometries
        Areas in degrees (EPSG:4326) whose edges are straight in degrees, cut at the 180th
        meridian: an array, a list or a GeoSeries. Points and lines have no area.

    Returns
    -------
    NDArray[np.float64]
        Square kilometres, one per geometry: NaN for a missing one.
    """
    areas = np.atleast_1d(np.asarray(geometries, dtype=object))
    fine = shapely.segmentize(areas, _STEP_DEGREES)
    flat = shapely.transform(fine, _projected)
    return np.asarray(shapely.area(flat), np.float64) / 1e6


@cache
def _equal_area() -> Transformer:
    """Return Lambert's cylindrical equal-area projection (Snyder 1987, chapter 10).

    It is exact up to the poles; PROJ takes a while to open its database, so that it waits.
    """
    return Transformer.from_crs(
        "EPSG:4326", "+proj=cea +ellps=WGS84 +units=m +type=crs", always_xy=True
    )


def _projected(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_equal_area().transform(coordinates[:, 0], coordinates[:, 1]))
