"""Traces an ordered list of stations along the track of a railway graph.

A hidden Markov model without the probabilities: snap penalty plus network distance (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from geo.earth.geodesic import distance_km
from geo.earth.nearest import unit_vectors

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["Gap", "Station", "Trace", "Tracer"]

_EARTH_KM = 6371.0088
_KM_PER_DEGREE = 111.2
# Added to every arc of a search: SciPy drops explicit zeros. A millimetre.
_EPSILON_KM = 1e-6


class Station(NamedTuple):
    """A station to pass: degrees, and the vertices that earlier lines gave to its place."""

    place_id: str
    lon: float
    lat: float
    known: Collection[int] = ()


class Trace(NamedTuple):
    """Track from one station to the next: edges in order, and whether each runs tail to head."""

    edges: NDArray[np.int64]
    forward: NDArray[np.bool_]
    from_vertex: int
    to_vertex: int


class Gap(Exception):  # noqa: N818 - a fact about the graph, which the caller turns into an error
    """No track leads from one station to the next.

    Parameters
    ----------
    from_place, to_place
        The two stations.
    km
        Length of the gap: between the nearest two vertices that can be reached from either
        side, or from the station to its nearest track.
    where
        (lon, lat) of both ends of the gap, degrees.
    """

    def __init__(
        self,
        from_place: str,
        to_place: str,
        km: float,
        where: tuple[tuple[float, float], tuple[float, float]],
    ) -> None:
        self.from_place, self.to_place, self.km, self.where = from_place, to_place, km, where
        self.args = (from_place, to_place, km, where)

    def __str__(self) -> str:
        """Say between which stations, and how far."""
        (lon_a, lat_a), (lon_b, lat_b) = self.where
        return (
            f"no track from {self.from_place} to {self.to_place}: a gap of {self.km:.1f} km "
            f"between ({lon_a:.3f}, {lat_a:.3f}) and ({lon_b:.3f}, {lat_b:.3f})"
        )


@dataclass(frozen=True)
class _Step:
    """What the search from one station to the next left, for the way back."""

    vertices: NDArray[np.int64]
    number: NDArray[np.int64]
    predecessor: NDArray[np.int32]


@dataclass(frozen=True)
class Tracer:
    """Traces stations on one graph.

    Attributes
    ----------
    graph
        The graph.
    snap_km
        How far from a station its track may lie, km.
    penalty
        Cost of a km of snapping, in km of track. Below 2, or a station off the line would draw
        the trace into a siding and back.
    end_penalty
        The same at the first and the last station: more, since a trace that may end early would
        stop short of a station beside the line.
    moved_km
        Added cost of leaving the vertex that an earlier line gave to the station, km.
    offset_km
        For each vertex what counts as snapping on top of its distance from the station, km:
        how far a vertex set into an edge lies from the edge as drawn. None is none.
    burden
        For each edge how many times its length it costs to use it. None is one.
    """

    graph: RailGraph
    snap_km: float = 6.0
    penalty: float = 1.5
    end_penalty: float = 5.0
    moved_km: float = 2.0
    offset_km: NDArray[np.float64] | None = None
    burden: NDArray[np.float64] | None = None

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(unit_vectors(self.graph.lon, self.graph.lat))

    @cached_property
    def _used(self) -> NDArray[np.bool_]:
        return self.graph.degree > 0

    @cached_property
    def _edge_of(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Keys of vertex pairs, sorted, and the shortest edge of each."""
        graph = self.graph
        low, high = np.minimum(graph.tail, graph.head), np.maximum(graph.tail, graph.head)
        key = low * graph.n_vertices + high
        order = np.lexsort((graph.length_km, key))
        unique, first = np.unique(key[order], return_index=True)
        return unique, order[first]

    def trace(self, stations: Sequence[Station]) -> list[Trace]:
        """Find the track through all stations that costs least in length and snapping.

        Parameters
        ----------
        stations
            At least two, in order.

        Returns
        -------
        list of Trace
            One from each station to the next.

        Raises
        ------
        Gap
            No track within reach of a station, or none between two.
        """
        current, label = self._candidates(stations[0], stations[1], self.end_penalty)
        steps: list[_Step] = []
        for i, station in enumerate(stations[1:], start=1):
            before = stations[i - 1]
            weight = self.end_penalty if i == len(stations) - 1 else self.penalty
            candidates, penalty = self._candidates(station, before, weight)
            step, distance = self._search(before, station, current, label, candidates)
            total = distance[step.number[candidates]] + penalty
            reached = np.isfinite(total)
            if not reached.any():
                raise self._gap(before, station, step, distance, candidates)
            current, label = candidates[reached], total[reached]
            steps.append(step)
        return self._way_back(steps, int(current[np.argmin(label)]))

    def _candidates(
        self, station: Station, other: Station, weight: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give the vertices within reach of a station, and what each costs."""
        point = unit_vectors(np.array([station.lon]), np.array([station.lat]))[0]
        # A hundredth more than asked: the tree measures chords, the bound is on the ellipsoid.
        found = self._tree.query_ball_point(point, 1.01 * self.snap_km / _EARTH_KM)
        vertex = np.sort(np.array(found, dtype=np.int64))
        vertex = vertex[self._used[vertex]]
        away = distance_km(self.graph.lon[vertex], self.graph.lat[vertex], station.lon, station.lat)
        vertex, away = vertex[away <= self.snap_km], away[away <= self.snap_km]
        if not len(vertex):
            used = np.flatnonzero(self._used)
            lon, lat = self.graph.lon[used], self.graph.lat[used]
            all_km = distance_km(lon, lat, station.lon, station.lat)
            near = int(np.argmin(all_km))
            ends = (station.lon, station.lat), (float(lon[near]), float(lat[near]))
            raise Gap(other.place_id, station.place_id, float(all_km[near]), ends)
        offset = 0.0 if self.offset_km is None else self.offset_km[vertex]
        cost = weight * (away + offset)
        if station.known:
            same = np.isin(vertex, np.array(list(station.known)))
            cost = np.where(same, 0.0, cost + self.moved_km)
        return vertex, cost

    def _box(self, a: Station, b: Station) -> NDArray[np.bool_]:
        """Mark the vertices in a box round two stations, half their distance wider each way."""
        lon, lat = self.graph.lon, self.graph.lat
        apart_km = float(distance_km(a.lon, a.lat, b.lon, b.lat))
        north = max(20.0, apart_km / 2) / _KM_PER_DEGREE
        widest = min(max(abs(a.lat), abs(b.lat)) + north, 85.0)
        east = north / np.cos(np.radians(widest))
        inside = (lat > min(a.lat, b.lat) - north) & (lat < max(a.lat, b.lat) + north)
        inside &= (lon > min(a.lon, b.lon) - east) & (lon < max(a.lon, b.lon) + east)
        return np.asarray(inside, dtype=np.bool_)

    def _search(
        self,
        before: Station,
        station: Station,
        current: NDArray[np.int64],
        label: NDArray[np.float64],
        candidates: NDArray[np.int64],
    ) -> tuple[_Step, NDArray[np.float64]]:
        """Search from all candidates at once, each starting at its label, within a box."""
        graph = self.graph
        inside = self._box(before, station)
        inside[current] = inside[candidates] = True
        vertices = np.flatnonzero(inside)
        number = np.full(graph.n_vertices, -1, dtype=np.int64)
        number[vertices] = np.arange(len(vertices))
        _, edges = self._edge_of
        edges = edges[inside[graph.tail[edges]] & inside[graph.head[edges]]]
        tail, head = number[graph.tail[edges]], number[graph.head[edges]]
        # One vertex more, from which an arc as long as its label leads to each candidate: one
        # search then does the minimum over all of them that Viterbi asks for.
        n = len(vertices)
        start = np.full(len(current), n)
        km = graph.length_km[edges] * (1.0 if self.burden is None else self.burden[edges])
        cost = np.concatenate([km, km, label])
        ends = np.concatenate([tail, head, start]), np.concatenate([head, tail, number[current]])
        matrix = csr_array((cost + _EPSILON_KM, ends), shape=(n + 1, n + 1))
        found = dijkstra(matrix, indices=np.array([n]), return_predecessors=True)
        return _Step(vertices, number, found[1][0]), found[0][0]

    def _way_back(self, steps: list[_Step], vertex: int) -> list[Trace]:
        """Walk the searches back from the last station to the first."""
        traces = []
        for step in reversed(steps):
            start = len(step.vertices)
            path = [int(step.number[vertex])]
            while step.predecessor[path[-1]] != start:
                path.append(int(step.predecessor[path[-1]]))
            way = step.vertices[np.array(path[::-1], dtype=np.int64)]
            edges = self._edges_along(way)
            forward = self.graph.tail[edges] == way[:-1]
            traces.append(Trace(edges, forward, int(way[0]), int(way[-1])))
            vertex = int(way[0])
        return traces[::-1]

    def _edges_along(self, way: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the shortest edge between each two vertices that follow one another."""
        keys, edges = self._edge_of
        low, high = np.minimum(way[:-1], way[1:]), np.maximum(way[:-1], way[1:])
        found = edges[np.searchsorted(keys, low * self.graph.n_vertices + high)]
        return np.asarray(found, dtype=np.int64)

    def _gap(
        self,
        before: Station,
        station: Station,
        step: _Step,
        distance: NDArray[np.float64],
        candidates: NDArray[np.int64],
    ) -> Gap:
        """Measure the gap between what both sides reach inside the box."""
        graph, vertices = self.graph, step.vertices
        inside = step.number >= 0
        edges = np.flatnonzero(inside[graph.tail] & inside[graph.head])
        ends = step.number[graph.tail[edges]], step.number[graph.head[edges]]
        shape = (len(vertices), len(vertices))
        _, part = connected_components(csr_array((np.ones(len(edges)), ends), shape=shape))
        there = vertices[np.isin(part, np.unique(part[step.number[candidates]]))]
        here = vertices[np.isfinite(distance[:-1])]
        tree = cKDTree(unit_vectors(graph.lon[here], graph.lat[here]))
        away, nearest = tree.query(unit_vectors(graph.lon[there], graph.lat[there]))
        closest = int(np.argmin(away))
        a, b = int(here[np.asarray(nearest)[closest]]), int(there[closest])
        where = (
            (float(graph.lon[a]), float(graph.lat[a])),
            (float(graph.lon[b]), float(graph.lat[b])),
        )
        km = float(distance_km(*where[0], *where[1]))
        return Gap(before.place_id, station.place_id, km, where)
