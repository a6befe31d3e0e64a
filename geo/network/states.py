"""The areas of states, asked for many points and lines at once.

Which state holds a point, which coast is nearest, and where lines meet boundaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.earth.geodesic import distance_km

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["States", "state_at"]

_KM_PER_DEGREE = 111.2


def state_at(boundaries: gpd.GeoDataFrame, lon: float, lat: float) -> str:
    """Return the state (iso3) at one point, in degrees; "" far at sea."""
    point = shapely.Point(lon, lat)
    inside = boundaries.iloc[boundaries.sindex.query(point, predicate="intersects")]
    named = sorted(inside["iso3"].dropna())
    if named:
        return str(named[0])
    return str(States(boundaries).at(np.array([lon]), np.array([lat]))[0])


class States:
    """The areas of states, ready for many questions.

    Parameters
    ----------
    boundaries
        Columns ``iso3`` and ``geometry`` (valid polygons, EPSG:4326); rows without iso3 are
        left out. Several rows may bear one iso3.
    """

    def __init__(self, boundaries: gpd.GeoDataFrame) -> None:
        named = boundaries[boundaries["iso3"].fillna("") != ""]
        parts, owner = shapely.get_parts(named.geometry.to_numpy(), return_index=True)
        # A mended geometry may be a collection of areas, several areas and stray lines.
        areas, within = shapely.get_parts(parts, return_index=True)
        is_area = shapely.get_type_id(areas) == shapely.GeometryType.POLYGON
        areas = areas[is_area]
        self._areas = areas
        self._iso3 = named["iso3"].to_numpy(dtype=np.str_)[owner[within[is_area]]]
        self._tree = shapely.STRtree(areas)
        rings = shapely.get_rings(areas)
        coords, ring = shapely.get_coordinates(rings, return_index=True)
        step = np.flatnonzero(ring[1:] == ring[:-1])
        pieces = shapely.linestrings(np.stack([coords[step], coords[step + 1]], axis=1))
        self._lines = np.asarray(pieces, dtype=np.object_)
        self._line_tree = shapely.STRtree(self._lines)

    def at(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        *,
        within_km: float = 20.0,
    ) -> NDArray[np.str_]:
        """Give the state at each point; at sea the nearest within a bound, else "".

        Parameters
        ----------
        lon, lat
            Degrees.
        within_km
            How far from the coast a point may lie, km.
        """
        points = np.asarray(shapely.points(lon, lat), dtype=np.object_)
        found = np.full(len(points), "", dtype="<U3")
        # The tree is of the points, for only what a tree is asked with is prepared.
        area, which = shapely.STRtree(points).query(self._areas, predicate="intersects")
        # Where areas touch or overlap, the first in the alphabet: any rule, but always the same.
        order = np.argsort(self._iso3[area], kind="stable")[::-1]
        found[which[order]] = self._iso3[area[order]]
        lost = np.flatnonzero(found == "")
        if len(lost):
            found[lost] = self._nearest(points[lost], within_km)
        return found

    def _nearest(self, points: NDArray[np.object_], within_km: float) -> NDArray[np.str_]:
        """Give the nearest state of points at sea.

        Degrees of longitude shrink northwards, so candidates come from a wide search in degrees
        and are ranked by their distance on the ellipsoid.
        """
        found = np.full(len(points), "", dtype="<U3")
        lat = shapely.get_y(points)
        reach = within_km / _KM_PER_DEGREE / np.maximum(np.cos(np.radians(lat)), 0.05)
        which, area = self._tree.query(points, predicate="dwithin", distance=reach)
        if not len(which):
            return found
        there = shapely.get_coordinates(
            shapely.shortest_line(points[which], self._tree.geometries[area]),
        ).reshape(-1, 2, 2)
        away = distance_km(there[:, 0, 0], there[:, 0, 1], there[:, 1, 0], there[:, 1, 1])
        order = np.lexsort((self._iso3[area], away))[::-1]
        order = order[away[order] <= within_km]
        found[which[order]] = self._iso3[area[order]]
        return found

    def crossings_of(
        self,
        segments: NDArray[np.object_],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give where straight lines meet boundaries: which line, and how far along it (0 to 1)."""
        which, line = self._line_tree.query(segments, predicate="intersects")
        if not len(which):
            return np.empty(0, dtype=np.int64), np.empty(0)
        meet, part = shapely.get_coordinates(
            shapely.intersection(segments[which], self._lines[line]),
            return_index=True,
        )
        which = which[part]
        start = shapely.get_coordinates(shapely.get_point(segments[which], 0))
        end = shapely.get_coordinates(shapely.get_point(segments[which], 1))
        along = np.einsum("ij,ij->i", meet - start, end - start)
        share = along / np.maximum(np.einsum("ij,ij->i", end - start, end - start), 1e-18)
        return which.astype(np.int64), share
