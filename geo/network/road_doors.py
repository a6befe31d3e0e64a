"""Joins of places and terminals to the road network, and the ways by road between them.

The straight line times the circuity stands only for the last stretch to the road.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from geo.earth.geodesic import distance_km
from geo.network.blocks import ArcBlock
from geo.network.road import road_uses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array
    from shapely.geometry.base import BaseGeometry

    from geo.network.road import RoadLayer

__all__ = ["RoadJoins", "RoadSpot", "RoadWay", "door_block"]

_KM_PER_DEGREE = 110.5
_ON_THE_NODE_KM = 0.05
_NEAR_KM = 2.0


@dataclass(frozen=True)
class RoadSpot:
    """Where a point meets the road.

    Attributes
    ----------
    edge : int
        Row of the layer `road_edges`.
    along_km : float
        How far along it, km of its own length.
    stub_km : float
        Straight line from the point to it, km.
    """

    edge: int
    along_km: float
    stub_km: float


@dataclass(frozen=True, eq=False)
class RoadWay:
    """A way by road between two points.

    Attributes
    ----------
    km : float
        Road, and the straight stretches to it times the circuity.
    line : LineString
        lon and lat in degrees.
    """

    km: float
    line: shapely.LineString


@dataclass(frozen=True, eq=False)
class RoadJoins:
    """The road network as it is joined to what lies beside it.

    Attributes
    ----------
    road : RoadLayer
    edges : DataFrame
        The layer `road_edges`.
    bound_km : float
        Nothing is joined to a road further away than this (geodesic).
    circuity : float
        Road km over geodesic km of the last stretch.
    most_circuity : float
        A way by the network longer than this times the straight line is a gap of the layer: a
        smaller road must lead there.
    """

    road: RoadLayer
    edges: pd.DataFrame
    bound_km: float
    circuity: float
    most_circuity: float

    @cached_property
    def _lines(self) -> NDArray[np.object_]:
        return np.asarray(self.edges["geometry"].to_numpy(), dtype=np.object_)

    @cached_property
    def _states(self) -> NDArray[np.object_]:
        return self.edges["iso3"].to_numpy(dtype=object)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._lines)

    @cached_property
    def _km(self) -> NDArray[np.float64]:
        return self.edges["length_km"].to_numpy(dtype=np.float64)

    def spots(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], iso3: Sequence[str]
    ) -> dict[int, RoadSpot]:
        """Find where points meet the road of their own state.

        Parameters
        ----------
        lon, lat
            Degrees.
        iso3
            State of each point.

        Returns
        -------
        dict
            By the number of the point; without those that no road lies near.
        """
        lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        states = np.asarray(iso3, dtype=object)
        found: dict[int, RoadSpot] = {}
        # Most points lie at a road: few need the wide search, that meets hundreds of edges.
        for within_km in (min(_NEAR_KM, self.bound_km), self.bound_km):
            left = np.array([at for at in range(len(lon)) if at not in found], dtype=np.int64)
            near = self._nearest(lon[left], lat[left], states[left], within_km)
            found |= {int(left[at]): spot for at, spot in near.items()}
        return found

    def _nearest(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        iso3: NDArray[np.object_],
        within_km: float,
    ) -> dict[int, RoadSpot]:
        """Find the nearest road of its state to each point, within a bound."""
        shrink = np.maximum(np.cos(np.radians(lat)), 0.1)
        reach = within_km / _KM_PER_DEGREE / shrink
        points = shapely.points(lon, lat)
        which, edge = self._tree.query(points, predicate="dwithin", distance=reach)
        own = self._states[edge] == iso3[which]
        which, edge = which[own], edge[own]
        # Degrees of longitude are shortened before anything is measured at a point.
        flat = _shrunk(self._lines[edge], shrink[which])
        spot = shapely.points(lon[which] * shrink[which], lat[which])
        share = shapely.line_locate_point(flat, spot, normalized=True)
        foot = shapely.get_coordinates(shapely.line_interpolate_point(flat, share, normalized=True))
        away = distance_km(lon[which], lat[which], foot[:, 0] / shrink[which], foot[:, 1])
        order = np.lexsort((edge, away, which))
        order = order[away[order] <= within_km]
        _, first = np.unique(which[order], return_index=True)
        return {
            int(which[at]): RoadSpot(
                int(edge[at]), float(share[at] * self._km[edge[at]]), float(away[at])
            )
            for at in order[first]
        }

    def ends(self, spot: RoadSpot) -> tuple[tuple[int, float], ...]:
        """Return the nodes at the ends of a spot's edge and the km to each from the point."""
        stub = spot.stub_km * self.circuity
        rest_km = self._km[spot.edge] - spot.along_km
        start, end = int(self.road.start[spot.edge]), int(self.road.end[spot.edge])
        if spot.along_km <= _ON_THE_NODE_KM:
            return ((start, stub + spot.along_km),)
        if rest_km <= _ON_THE_NODE_KM:
            return ((end, stub + rest_km),)
        return ((start, stub + spot.along_km), (end, stub + rest_km))

    @cached_property
    def _position(self) -> dict[int, int]:
        return {int(node): at for at, node in enumerate(self.road.node)}

    @cached_property
    def _matrix(self) -> csr_array:
        at = np.searchsorted(self.road.node, np.concatenate([self.road.start, self.road.end]))
        tail, head = np.split(at, 2)
        size = len(self.road.node)
        return coo_array((np.maximum(self._km, 1e-9), (tail, head)), shape=(size, size)).tocsr()

    def way(self, points: NDArray[np.float64], iso3: str) -> RoadWay | None:
        """Find the way by road between two points of one state that lie near.

        Parameters
        ----------
        points : float64[2, 2]
            lon and lat of both, degrees.
        iso3
            Their state.

        Returns
        -------
        RoadWay or None
            None where the layer has no road there that leads from one to the other.
        """
        spots = self.spots(points[:, 0], points[:, 1], [iso3, iso3])
        if len(spots) < len(points):
            return None
        here, there = spots[0], spots[1]
        straight = float(distance_km(*points[0], *points[1]))
        stubs_km = (here.stub_km + there.stub_km) * self.circuity
        if here.edge == there.edge:
            km = stubs_km + abs(here.along_km - there.along_km)
            middle = [self._part(here.edge, here.along_km, there.along_km)]
        else:
            found = self._shortest(here, there, limit_km=self.most_circuity * straight)
            if found is None:
                return None
            km, middle = found
        if km > self.most_circuity * straight:
            return None
        drawn = [points[:1], *(shapely.get_coordinates(line) for line in middle), points[1:]]
        return RoadWay(km, shapely.LineString(np.concatenate(drawn)))

    def _part(self, edge: int, from_km: float, to_km: float) -> BaseGeometry:
        """Cut a part out of an edge, turned the way it is driven."""
        line, whole = self._lines[edge], max(self._km[edge], 1e-9)
        return substring(line, from_km / whole, to_km / whole, normalized=True)

    def _shortest(
        self, here: RoadSpot, there: RoadSpot, *, limit_km: float
    ) -> tuple[float, list[Any]] | None:
        """Find the way between spots on two edges: its km and the pieces of road in order."""
        starts, goals = self.ends(here), self.ends(there)
        sources = [self._position[node] for node, _ in starts]
        cost, before = dijkstra(
            self._matrix,
            directed=False,
            indices=sources,
            limit=max(limit_km, 1.0),
            return_predecessors=True,
        )
        options = [
            (start_km + cost[row, self._position[node]] + goal_km, row, self._position[node])
            for row, (_, start_km) in enumerate(starts)
            for node, goal_km in goals
        ]
        km, row, goal = min(options)
        if not np.isfinite(km):
            return None
        chain = [goal]
        while before[row, chain[-1]] >= 0:
            chain.append(int(before[row, chain[-1]]))
        pieces = [self._between(a, b) for a, b in zip(chain[:0:-1], chain[-2::-1], strict=True)]
        first = self._from_spot(here, self.road.node[sources[row]])
        last = self._from_spot(there, self.road.node[goal])
        return float(km), [first, *pieces, last.reverse()]

    def _from_spot(self, spot: RoadSpot, node: int) -> BaseGeometry:
        """Return the piece of a spot's edge that leads from it to one of the edge's nodes."""
        at_start = int(self.road.start[spot.edge]) == int(node)
        return self._part(spot.edge, spot.along_km, 0.0 if at_start else self._km[spot.edge])

    def _between(self, a: int, b: int) -> shapely.LineString:
        """Return the shortest edge between two road nodes, by position, drawn from a to b."""
        tail, head = self.road.node[a], self.road.node[b]
        there = (self.road.start == tail) & (self.road.end == head)
        back = (self.road.start == head) & (self.road.end == tail)
        edge = int(np.flatnonzero(there | back)[0])
        line: shapely.LineString = self._lines[edge]
        return line if there[edge] else line.reverse()


def _shrunk(lines: NDArray[np.object_], shrink: NDArray[np.float64]) -> NDArray[np.object_]:
    """Multiply the longitudes of each line by a factor of its own."""
    coords, owner = shapely.get_coordinates(lines, return_index=True)
    coords[:, 0] *= shrink[owner]
    return np.asarray(shapely.linestrings(coords, indices=owner), dtype=np.object_)


def door_block(
    joins: RoadJoins, places: pd.DataFrame, doors: Mapping[str, int], zone_of: Mapping[str, str]
) -> ArcBlock:
    """Make the arcs between the doors of places and the road.

    Parameters
    ----------
    joins : RoadJoins
    places : DataFrame
        place_id, name, iso3, lon, lat.
    doors : mapping place_id -> node id
    zone_of : mapping iso3 -> tariff zone

    Returns
    -------
    ArcBlock
        To each end of the nearest road of the place's own state, there and back. A place that no
        road lies near has none.
    """
    iso3 = places["iso3"].to_numpy(dtype=object)
    spots = joins.spots(places["lon"].to_numpy(), places["lat"].to_numpy(), list(iso3))
    ids = places["place_id"].to_numpy(dtype=object)
    rows: list[dict[str, Any]] = []
    for at, spot in sorted(spots.items()):
        door = doors[ids[at]]
        for node, km in joins.ends(spot):
            common = {
                "mode": "road",
                "iso3": iso3[at],
                "where": iso3[at],
                "length_km": km,
                "tariff_km": km,
                "uses": road_uses(zone_of.get(iso3[at], "other"), km),
                "links": (f"state:{iso3[at]}",) if iso3[at] else (),
            }
            rows.append(common | {"tail": door, "head": node})
            rows.append(common | {"tail": node, "head": door})
    return ArcBlock.of(rows)
