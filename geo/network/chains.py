"""Contracts chains of track between vertices that matter into one edge each.

Distances between the vertices kept do not change; lengths and geometry are kept whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["Chains", "contract_chains"]


@dataclass(frozen=True)
class Chains:
    """A graph after contraction.

    Attributes
    ----------
    vertex
        The vertex of the first graph that each node is.
    tail, head
        Nodes at the ends of each chain; the same node where a chain is a loop.
    length_km
        Sum of the lengths of the chain's edges, km.
    edge_chain
        The chain that each edge of the first graph is in.
    first_edge
        An edge of each chain, to read from it what all its edges have in common.
    start, path
        Vertices of chain i from tail to head: ``path[start[i]:start[i + 1]]``.
    cycles
        Number of rings without any vertex that matters; each keeps one.
    """

    vertex: NDArray[np.int64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length_km: NDArray[np.float64]
    edge_chain: NDArray[np.int64]
    first_edge: NDArray[np.int64]
    start: NDArray[np.int64]
    path: NDArray[np.int64]
    cycles: int

    def lines(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
        """Give a LineString from tail to head for each chain, from positions of vertices."""
        owner = np.repeat(np.arange(len(self.tail)), np.diff(self.start))
        coords = np.column_stack([lon[self.path], lat[self.path]])
        return np.asarray(shapely.linestrings(coords, indices=owner), dtype=np.object_)


def contract_chains(
    graph: RailGraph,
    *,
    keep: NDArray[np.bool_],
    edge_class: NDArray[np.int64],
) -> Chains:
    """Contract chains of vertices of degree 2.

    Parameters
    ----------
    graph
        The graph; it may hold parallel edges, but no edge from a vertex to itself.
    keep
        Vertices to keep whatever their degree: stations, borders.
    edge_class
        A number of each edge's attributes; a vertex where it changes is kept.

    Returns
    -------
    Chains
        Kept are vertices that were asked for, those with other than two edge ends, and those
        where the class changes; vertices without an edge are left out.
    """
    if (graph.tail == graph.head).any():
        message = "the graph holds an edge from a vertex to itself"
        raise ValueError(message)
    # Half-edge 2e runs from tail to head of edge e, 2e + 1 back; h ^ 1 is the way back of h.
    source = np.column_stack([graph.tail, graph.head]).ravel()
    target = np.column_stack([graph.head, graph.tail]).ravel()
    by_source = np.argsort(source, kind="stable")
    first = np.searchsorted(source[by_source], np.arange(graph.n_vertices))
    through = np.asarray((graph.degree == 2) & ~keep)
    at = np.flatnonzero(through)
    one, other = by_source[first[at]], by_source[first[at] + 1]
    through[at[edge_class[one // 2] != edge_class[other // 2]]] = False

    following = np.full(len(source), -1, dtype=np.int64)
    at = np.flatnonzero(through)
    one, other = by_source[first[at]], by_source[first[at] + 1]
    following[one ^ 1] = other
    following[other ^ 1] = one
    ring_vertices = _ring_vertices(following, source)
    closing = np.isin(target, ring_vertices)
    following[closing] = -1
    through[ring_vertices] = False
    return _chains(graph, source, target, following, through, len(ring_vertices))


def _ranked(
    following: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Follow each half-edge to the end of its chain, by doubling.

    Returns
    -------
    last, steps, least
        The last half-edge reached, how many steps away it is, and the smallest half-edge met.
        In a ring there is no last one, and the smallest of the whole ring is met.
    """
    n = len(following)
    ends = following < 0
    jump = np.where(ends, np.arange(n), following)
    steps = (~ends).astype(np.int64)
    least = np.minimum(np.arange(n), jump)
    for _ in range(max(1, n).bit_length()):
        nearer = np.minimum(least, least[jump])
        longer = steps + steps[jump]
        onward = jump[jump]
        if np.array_equal(onward, jump) and np.array_equal(nearer, least):
            break
        jump, steps, least = onward, longer, nearer
    return jump, steps, least


def _ring_vertices(
    following: NDArray[np.int64],
    source: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Give one vertex of each ring of half-edges that never ends."""
    last, _, least = _ranked(following)
    in_ring = following[last] >= 0
    # Both ways round one ring have their smallest half-edges on one edge: take the even one.
    start = np.unique(least[in_ring] & ~np.int64(1))
    return np.unique(source[start])


def _chains(
    graph: RailGraph,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    following: NDArray[np.int64],
    through: NDArray[np.bool_],
    cycles: int,
) -> Chains:
    """Order the chains by their first half-edge and list their vertices."""
    last, steps, _ = _ranked(following)
    opening = np.flatnonzero(~through[source])
    # Each chain is found twice, once a way; the one with the smaller first half-edge is kept.
    opening = opening[opening < (last[opening] ^ 1)]
    chain_of_last = np.full(len(source), -1, dtype=np.int64)
    chain_of_last[last[opening]] = np.arange(len(opening))
    half = np.flatnonzero(chain_of_last[last] >= 0)
    chain = chain_of_last[last[half]]
    half = half[np.lexsort((-steps[half], chain))]
    chain = chain_of_last[last[half]]

    sizes = np.bincount(chain, minlength=len(opening))
    start = np.concatenate([[0], np.cumsum(sizes + 1)]).astype(np.int64)
    path = np.empty(int(start[-1]), dtype=np.int64)
    path[np.arange(len(half)) + chain] = source[half]
    path[start[1:] - 1] = target[last[opening]]
    edge_chain = np.empty(graph.n_edges, dtype=np.int64)
    edge_chain[half // 2] = chain
    length_km = np.zeros(len(opening))
    np.add.at(length_km, edge_chain, graph.length_km)
    used = np.unique(path[np.concatenate([start[:-1], start[1:] - 1])])
    number = np.full(graph.n_vertices, -1, dtype=np.int64)
    number[used] = np.arange(len(used))
    return Chains(
        vertex=used,
        tail=number[source[opening]],
        head=number[target[last[opening]]],
        length_km=length_km,
        edge_chain=edge_chain,
        first_edge=opening // 2,
        start=start,
        path=path,
        cycles=cycles,
    )
