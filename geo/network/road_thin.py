"""Thins a road graph: dead ends that serve no place go, and of dense states all but short ways.

A way stays if it is part of a shortest way between two places or crossings that lie near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["dead_end_edges", "short_ways", "shortest_parallels"]

_LEAST_KM = 1e-9
"""A matrix does not hold what is zero: a step over a border counts this much."""

_BATCH = 40


def dead_end_edges(graph: RailGraph, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find the edges that lead nowhere.

    Parameters
    ----------
    graph
        The graph.
    keep
        Vertices that a dead end may lead to: places and borders.

    Returns
    -------
    bool[edges]
        True for edges of trees that hang on the rest and hold no vertex to keep.
    """
    dead = np.zeros(graph.n_edges, dtype=np.bool_)
    degree = graph.degree.copy()
    while True:
        hanging = (degree == 1) & ~keep
        goes = ~dead & (hanging[graph.tail] | hanging[graph.head])
        if not goes.any():
            return dead
        dead |= goes
        ends = np.concatenate([graph.tail[goes], graph.head[goes]])
        degree -= np.bincount(ends, minlength=graph.n_vertices)


def shortest_parallels(graph: RailGraph) -> NDArray[np.bool_]:
    """Find the edges to keep where several join the same two vertices: the shortest of each.

    Returns
    -------
    bool[edges]
        An edge from a vertex to itself is never kept.
    """
    low, high = np.minimum(graph.tail, graph.head), np.maximum(graph.tail, graph.head)
    order = np.lexsort((graph.length_km, high, low))
    _, first = np.unique(low[order] * graph.n_vertices + high[order], return_index=True)
    keep = np.zeros(graph.n_edges, dtype=np.bool_)
    keep[order[first]] = True
    return np.asarray(keep & (graph.tail != graph.head), dtype=np.bool_)


def short_ways(graph: RailGraph, ends: NDArray[np.int64], *, within_km: float) -> NDArray[np.bool_]:
    """Find the edges that lie on a shortest way between two ends.

    Parameters
    ----------
    graph
        The graph, at most one edge between two vertices.
    ends
        Vertices between which ways are sought.
    within_km
        Only ways up to this length are sought: a longer one is made of such.

    Returns
    -------
    bool[edges]
        The union of the ways, one shortest way for each pair.
    """
    n = graph.n_vertices
    low, high = np.minimum(graph.tail, graph.head), np.maximum(graph.tail, graph.head)
    weight = np.maximum(graph.length_km, _LEAST_KM)
    matrix = csr_array((weight, (low, high)), shape=(n, n))
    ends = np.unique(ends)
    used: NDArray[np.int64] = np.empty(0, dtype=np.int64)
    for first in range(0, len(ends), _BATCH):
        batch = ends[first : first + _BATCH]
        cost, before = dijkstra(
            matrix, directed=False, indices=batch, limit=within_km, return_predecessors=True
        )
        steps = [
            _steps_back(row.astype(np.int64), ends[np.isfinite(km[ends])])
            for row, km in zip(before, cost, strict=True)
        ]
        used = np.unique(np.concatenate([used, *steps]))
    return np.asarray(np.isin(low * n + high, used), dtype=np.bool_)


def _steps_back(before: NDArray[np.int64], reached: NDArray[np.int64]) -> NDArray[np.int64]:
    """Walk from the vertices reached back to the source; give each step as one number."""
    n = len(before)
    steps: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    seen = np.zeros(n, dtype=np.bool_)
    at = reached[before[reached] >= 0]
    while len(at):
        seen[at] = True
        back = before[at]
        steps.append(np.minimum(at, back) * n + np.maximum(at, back))
        at = np.unique(back)
        at = at[(before[at] >= 0) & ~seen[at]]
    return np.concatenate(steps)
