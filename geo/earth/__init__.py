"""The ellipsoid: lengths, areas, buffers, the antimeridian, and nearest points.

Degrees are in the order lon, lat on WGS84; lengths are in km along the geodesic.
"""

from __future__ import annotations

from geo.earth.antimeridian import split_at_antimeridian
from geo.earth.areas import area_km2
from geo.earth.buffers import buffer_km, rings_km
from geo.earth.geodesic import distance_km, geodesic_line, line_length_km
from geo.earth.nearest import NearestPoints

__all__ = [
    "NearestPoints",
    "area_km2",
    "buffer_km",
    "distance_km",
    "geodesic_line",
    "line_length_km",
    "rings_km",
    "split_at_antimeridian",
]
