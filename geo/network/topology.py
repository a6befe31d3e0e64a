"""Mends a raw railway graph: joins dead ends over small gaps and adds curated links.

Chains are contracted in `geo.network.chains`; state borders are cut in `geo.network.borders`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.earth.geodesic import distance_km
from geo.earth.nearest import NearestPoints, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["Allowed", "CuratedLink", "add_links", "curated_links_of", "join_dead_ends"]

# A chord of the unit sphere, in km, a hundredth too long: gaps are measured on the ellipsoid after.
_CHORD_KM = 6371.0088 / 1.01


class Allowed(NamedTuple):
    """A gap that may be joined over a border: a railway runs there. Degrees, EPSG:4326."""

    lon_a: float
    lat_a: float
    lon_b: float
    lat_b: float


@dataclass(frozen=True)
class CuratedLink:
    """A piece of line that the source lacks.

    Attributes
    ----------
    name
        What it is, for the report.
    points
        (lon, lat) of its points in order, degrees.
    length_km
        Length of its track, km; None takes the length of the points on the ellipsoid.
    kind
        ``curated`` for a known line, ``schematic`` for one drawn from its stations.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    length_km: float | None = None
    kind: str = "curated"


def curated_links_of(table: pd.DataFrame) -> tuple[CuratedLink, ...]:
    """Read the table `rail_additions`: points of links in order, the length on the last one."""
    return tuple(
        CuratedLink(
            name=str(link),
            points=tuple(zip(rows["lon"], rows["lat"], strict=True)),
            length_km=None if rows["length_km"].isna().all() else float(rows["length_km"].sum()),
        )
        for link, rows in table.sort_values(["link_id", "order"]).groupby("link_id")
    )


def add_links(
    graph: RailGraph,
    links: Sequence[CuratedLink],
    *,
    snap_km: float = 0.5,
) -> RailGraph:
    """Add curated pieces of line to a graph.

    Parameters
    ----------
    graph
        The graph; earlier vertices and edges keep their numbers.
    links
        What to add. A point within ``snap_km`` of a vertex uses that vertex (so a link that
        follows another joins it); other points become new vertices.
    snap_km
        How far a point may be moved onto a vertex, km.

    Returns
    -------
    RailGraph
        The graph with the links' pieces as edges. Counts: links, links_km, and how many
        link ends touch no track (links_ends_loose).
    """
    km, loose = 0.0, 0
    for link in links:
        if len(link.points) < 2:
            message = f"link {link.name!r} needs two points"
            raise ValueError(message)
        old = graph.n_vertices
        lon, lat = (np.array(values, dtype=np.float64) for values in zip(*link.points, strict=True))
        near, away_km = NearestPoints(graph.lon, graph.lat).query(lon, lat)
        new = away_km > snap_km
        vertex = np.where(new, old - 1 + np.cumsum(new), near).astype(np.int64)
        loose += int(new[0]) + int(new[-1])
        graph = replace(
            graph,
            lon=np.concatenate([graph.lon, lon[new]]),
            lat=np.concatenate([graph.lat, lat[new]]),
        )
        chain = [pair for pair in pairwise(vertex.tolist()) if pair[0] != pair[1]]
        tail, head = np.array(chain, dtype=np.int64).reshape(-1, 2).T
        straight = distance_km(graph.lon[tail], graph.lat[tail], graph.lon[head], graph.lat[head])
        scale = 1.0 if link.length_km is None else link.length_km / straight.sum()
        graph = graph.with_edges(tail, head, straight * scale, kind=link.kind)
        km += float((straight * scale).sum())
    return graph.counted(links=len(links), links_km=km, links_ends_loose=loose)


def join_dead_ends(
    graph: RailGraph,
    *,
    max_km: float = 3.0,
    zone: NDArray[np.str_] | None = None,
    allow: Sequence[Allowed] = (),
    detour_km: float = 10.0,
) -> RailGraph:
    """Join dead ends over gaps in the source.

    Each dead end is joined to the nearest other dead end within reach; one that finds none,
    to the nearest vertex of another component. A link is refused when its ends lie in
    different zones (unless allowed) or when track already links them within ``detour_km``.

    Parameters
    ----------
    graph
        The graph; its vertices and edges keep their numbers, links come after them.
    max_km
        Longest gap that is joined, km.
    zone
        State and gauges of each vertex, ``"PRK|1435;1520"``: one state and a gauge in common
        make one zone; "" fits none. None puts all vertices in one zone.
    allow
        Gaps that may be joined over a border; a link is allowed when its two ends lie within
        1.5 km of the two ends given.
    detour_km
        Dead ends that track already links within this length are sidings, not a gap; km.

    Returns
    -------
    RailGraph
        The graph with links of kind ``join``. Counts: joins to dead ends and to other
        vertices, joins_km, joins_over_border, links refused and why, components
        before and after.
    """
    labels = np.full(graph.n_vertices, "all") if zone is None else zone
    before, _ = graph.components()
    pairs, refused, sidings = _nearest_dead_ends(graph, labels, allow, max_km, detour_km)
    first = _linked(graph, pairs)
    _, component = first.components()
    lonely = np.setdiff1d(np.flatnonzero(graph.degree == 1), pairs)
    others, refused_others = _nearest_of_others(graph, lonely, component, labels, allow, max_km)
    joined = _linked(first, others)
    new = slice(graph.n_edges, None)
    mended = np.concatenate([joined.tail[new], joined.head[new]])
    state = np.array([label.partition("|")[0] for label in labels.tolist()], dtype=np.str_)
    over = state[joined.tail[new]] != state[joined.head[new]]
    return joined.counted(
        joins_dead_ends=first.n_edges - graph.n_edges,
        joins_to_other_component=joined.n_edges - first.n_edges,
        joins_km=float(joined.length_km[new].sum()),
        joins_over_border=int(over.sum()),
        joins_refused_zone=len(np.setdiff1d(np.union1d(refused, refused_others), mended)),
        joins_refused_sidings=sidings,
        components_before_joining=before,
        components_after_joining=joined.components()[0],
    )


def _linked(graph: RailGraph, pairs: NDArray[np.int64]) -> RailGraph:
    """Add links of kind join, as long as the gap."""
    tail, head = pairs.T
    return graph.with_edges(tail, head, _gaps_km(graph, pairs), kind="join")


def _permitted(
    graph: RailGraph,
    pairs: NDArray[np.int64],
    zone: NDArray[np.str_],
    allow: Sequence[Allowed],
) -> NDArray[np.bool_]:
    """Say of each pair of vertices whether one zone or an allowed gap holds both."""
    tail, head = pairs.T
    known, number = np.unique(zone, return_inverse=True)
    fine = np.asarray(_one_zone(known)[number[tail], number[head]], dtype=np.bool_)
    lon, lat = graph.lon, graph.lat

    def close(vertex: NDArray[np.int64], at: tuple[float, float]) -> NDArray[np.bool_]:
        there = np.full(len(vertex), at[0]), np.full(len(vertex), at[1])
        return distance_km(lon[vertex], lat[vertex], *there) <= 1.5

    for gap in allow:
        a, b = gap[:2], gap[2:]
        fine |= (close(tail, a) & close(head, b)) | (close(tail, b) & close(head, a))
    return fine


def _one_zone(zones: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Say of each pair of labels whether they have one state and share a gauge."""
    parts = [str(zone).partition("|") for zone in zones]
    gauges = [frozenset(part[2].split(";")) for part in parts]
    return np.array(
        [
            [
                a[0] == b[0] != "" and not of_a.isdisjoint(of_b)
                for b, of_b in zip(parts, gauges, strict=True)
            ]
            for a, of_a in zip(parts, gauges, strict=True)
        ],
        dtype=np.bool_,
    ).reshape(len(zones), len(zones))


def _nearest_dead_ends(
    graph: RailGraph,
    zone: NDArray[np.str_],
    allow: Sequence[Allowed],
    max_km: float,
    detour_km: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Pair dead ends with the nearest fit one; give those refused by zone, count sidings."""
    ends = np.flatnonzero(graph.degree == 1)
    tree = cKDTree(unit_vectors(graph.lon[ends], graph.lat[ends]))
    found = tree.query_pairs(max_km / _CHORD_KM, output_type="ndarray").astype(np.int64)
    pairs = _within(graph, ends[found].reshape(-1, 2), max_km)
    fine = _permitted(graph, pairs, zone, allow)
    refused = np.setdiff1d(pairs[~fine], pairs[fine])
    near = _already_linked(graph, pairs[fine], detour_km)
    sidings = np.setdiff1d(pairs[fine][near], pairs[fine][~near])
    pairs = pairs[fine][~near]
    closest = _closest(graph, np.concatenate([pairs, pairs[:, ::-1]]))
    return closest, refused, len(sidings)


def _nearest_of_others(
    graph: RailGraph,
    lonely: NDArray[np.int64],
    component: NDArray[np.int64],
    zone: NDArray[np.str_],
    allow: Sequence[Allowed],
    max_km: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each lonely dead end with the nearest permitted vertex of another component."""
    tree = cKDTree(unit_vectors(graph.lon, graph.lat))
    lonely_tree = cKDTree(unit_vectors(graph.lon[lonely], graph.lat[lonely]))
    balls = lonely_tree.query_ball_tree(tree, max_km / _CHORD_KM)
    sizes = np.array([len(ball) for ball in balls], dtype=np.int64)
    pairs = np.empty((int(sizes.sum()), 2), dtype=np.int64)
    pairs[:, 0] = np.repeat(lonely, sizes)
    pairs[:, 1] = np.concatenate([np.empty(0, dtype=np.int64), *balls])
    pairs = pairs[component[pairs[:, 0]] != component[pairs[:, 1]]]
    pairs = _within(graph, pairs, max_km)
    fine = _permitted(graph, pairs, zone, allow)
    refused = np.setdiff1d(pairs[~fine, 0], pairs[fine, 0])
    return _closest(graph, pairs[fine]), refused


def _gaps_km(graph: RailGraph, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the distance between the two vertices of each pair, km."""
    tail, head = pairs.T
    return distance_km(graph.lon[tail], graph.lat[tail], graph.lon[head], graph.lat[head])


def _within(graph: RailGraph, pairs: NDArray[np.int64], max_km: float) -> NDArray[np.int64]:
    """Keep pairs of vertices that lie within a distance."""
    return pairs[_gaps_km(graph, pairs) <= max_km]


def _closest(graph: RailGraph, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Keep the nearest partner of each first vertex; unordered, each link once."""
    tail, head = pairs.T
    order = np.lexsort((head, _gaps_km(graph, pairs), tail))
    _, first = np.unique(tail[order], return_index=True)
    best = np.sort(pairs[order][first], axis=1)
    return np.unique(best, axis=0)


def _already_linked(
    graph: RailGraph,
    pairs: NDArray[np.int64],
    detour_km: float,
    batch: int = 64,
) -> NDArray[np.bool_]:
    """Say of each pair whether track links its two vertices within the bound."""
    n = graph.n_vertices
    # Edges are unique here, but a matrix adds up doubles: keep the shorter of any.
    low, high = np.minimum(graph.tail, graph.head), np.maximum(graph.tail, graph.head)
    order = np.lexsort((graph.length_km, high, low))
    _, first = np.unique(low[order] * n + high[order], return_index=True)
    pick = order[first]
    weight = np.maximum(graph.length_km[pick], 1e-9)
    matrix = coo_array((weight, (low[pick], high[pick])), (n, n)).tocsr()
    near = np.zeros(len(pairs), dtype=bool)
    for start in range(0, len(pairs), batch):
        part = pairs[start : start + batch]
        reach = dijkstra(matrix, directed=False, indices=part[:, 0], limit=detour_km)
        near[start : start + batch] = np.isfinite(reach[np.arange(len(part)), part[:, 1]])
    return near
