"""Sets stations into long edges: the source draws remote track as one straight edge.

An edge may pass a station when the way over it is no longer than the edge's own track.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.earth.geodesic import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["find_splits", "split_edges"]

# Only an edge of at least this length is split, at least so far from both its ends, and when the
# way over the station is no longer than the edge, give or take the slack.
_LONG_EDGE_KM = 4.0
_FROM_END_KM = 0.8
_SLACK_KM = 1.0
_SPLITS_PER_PLACE = 6
# A degree of latitude is nowhere shorter.
_KM_PER_DEGREE = 110.0


def find_splits(
    graph: RailGraph, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Find the long edges that may pass each place.

    Parameters
    ----------
    graph
        The graph.
    lon, lat
        The places, degrees.

    Returns
    -------
    edge : NDArray[np.int64]
        The edges, at most six for a place.
    place : NDArray[np.int64]
        Which place each may pass.
    offset_km : NDArray[np.float64]
        How far the place lies from the edge as drawn, km.
    """
    long = np.flatnonzero(graph.length_km >= _LONG_EDGE_KM)
    tail, head, own_km = graph.tail[long], graph.head[long], graph.length_km[long]
    edges: list[NDArray[np.int64]] = []
    offsets: list[NDArray[np.float64]] = []
    for x, y in zip(lon, lat, strict=True):
        # Nearer in latitude than the edge is long: a cheap bound before the ellipsoid.
        near = np.flatnonzero(np.abs(graph.lat[tail] - y) * _KM_PER_DEGREE <= own_km + _SLACK_KM)
        to_tail = distance_km(graph.lon[tail[near]], graph.lat[tail[near]], x, y)
        to_head = distance_km(graph.lon[head[near]], graph.lat[head[near]], x, y)
        excess = to_tail + to_head - own_km[near]
        fits = (excess <= _SLACK_KM) & (np.minimum(to_tail, to_head) >= _FROM_END_KM)
        best = long[near[fits][np.argsort(excess[fits], kind="stable")][:_SPLITS_PER_PLACE]]
        edges.append(best)
        offsets.append(_beside_km(graph, best, float(x), float(y)))
    place = np.repeat(np.arange(len(edges)), [len(each) for each in edges])
    edge = np.concatenate([np.empty(0, dtype=np.int64), *edges])
    return edge, place, np.concatenate([np.empty(0), *offsets])


def split_edges(
    graph: RailGraph,
    edge: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> tuple[RailGraph, int]:
    """Set places into edges.

    Parameters
    ----------
    graph
        The graph. An edge keeps its number and becomes its first piece; the other pieces are
        added at the end.
    edge
        The edge that each place goes into; one edge may take several.
    lon, lat
        The places, degrees.

    Returns
    -------
    graph : RailGraph
        The graph with a vertex more for each place. The pieces share the edge's length by
        the distances between their ends.
    first : int
        Number of the first place's vertex; the others follow in order.
    """
    first = graph.n_vertices
    lon, lat = np.concatenate([graph.lon, lon]), np.concatenate([graph.lat, lat])
    new = first + np.arange(len(edge))
    start = graph.tail[edge]
    order = np.lexsort((distance_km(lon[start], lat[start], lon[new], lat[new]), edge))
    head, length_km = graph.head.copy(), graph.length_km.copy()
    pieces: list[tuple[int, int, float, str]] = []
    for each in np.unique(edge):
        way = np.concatenate([graph.tail[[each]], new[order][edge[order] == each], head[[each]]])
        steps = distance_km(lon[way[:-1]], lat[way[:-1]], lon[way[1:]], lat[way[1:]])
        steps = steps * (graph.length_km[each] / steps.sum())
        head[each], length_km[each] = way[1], steps[0]
        kind = str(graph.kind[each])
        pieces += [
            (int(a), int(b), float(km), kind)
            for a, b, km in zip(way[1:-1], way[2:], steps[1:], strict=True)
        ]
    graph = replace(graph, lon=lon, lat=lat, head=head, length_km=length_km)
    for kind in sorted({piece[3] for piece in pieces}):
        rows = [piece for piece in pieces if piece[3] == kind]
        graph = graph.with_edges(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.int64),
            np.array([row[2] for row in rows]),
            kind=kind,
        )
    return graph, first


def _beside_km(
    graph: RailGraph, edge: NDArray[np.int64], lon: float, lat: float
) -> NDArray[np.float64]:
    """Give the distance of a point from edges as drawn, km: Heron's height of the triangle."""
    tail, head = graph.tail[edge], graph.head[edge]
    a = distance_km(graph.lon[tail], graph.lat[tail], lon, lat)
    b = distance_km(graph.lon[head], graph.lat[head], lon, lat)
    base = distance_km(graph.lon[tail], graph.lat[tail], graph.lon[head], graph.lat[head])
    half = (a + b + base) / 2
    square = np.maximum(half * (half - a) * (half - b) * (half - base), 0.0)
    return np.asarray(2 * np.sqrt(square) / np.maximum(base, 1e-9), dtype=np.float64)
