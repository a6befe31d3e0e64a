"""The first view of a map: the box around what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

__all__ = ["VIEW", "view_of"]

VIEW = ((2.0, 6.0), (63.0, 140.0))
"""The first view of a map of it all, half of Eurasia: south-west and north-east corner, (lat, lon)
in degrees as Leaflet has it."""

_MARGIN = 0.06
_LEAST = 3.0  # degrees either way around a single place
_NORTH = 80.0  # Mercator's map has no end beyond it


def view_of(
    geometries: Iterable[BaseGeometry],
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the corners of a box around geometries, with a margin.

    Parameters
    ----------
    geometries
        In degrees (EPSG:4326); empty ones are left out.

    Returns
    -------
    tuple
        South-west and north-east corner, (lat, lon) in degrees as Leaflet has it; `VIEW` where
        there is nothing.
    """
    drawn = np.array([one for one in geometries if not one.is_empty], dtype=object)
    if not len(drawn):
        return VIEW
    west, south, east, north = shapely.total_bounds(drawn).tolist()
    wide = max(_MARGIN * (east - west), (_LEAST - (east - west)) / 2, 0.5)
    high = max(_MARGIN * (north - south), (_LEAST - (north - south)) / 2, 0.5)
    return (
        (round(max(south - high, -_NORTH), 2), round(max(west - wide, -180.0), 2)),
        (round(min(north + high, _NORTH), 2), round(min(east + wide, 180.0), 2)),
    )
