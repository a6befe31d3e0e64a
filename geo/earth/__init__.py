"""The ellipsoid: lengths and distances, the antimeridian, and nearest points.

Degrees are in the order lon, lat on WGS84; lengths are in km along the geodesic.
"""

from __future__ import annotations

from geo.earth.antimeridian import split_at_antimeridian
from geo.earth.geodesic import distance_km, line_length_km
from geo.earth.nearest import NearestPoints

__all__ = ["NearestPoints", "distance_km", "line_length_km", "split_at_antimeridian"]
