"""Dijkstra's search from one node, or from many with a head start each, by SciPy.

Of parallel arcs the cheapest is taken and remembered; SciPy alone would add them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.errors import GraphError, UnreachableError
from geo.routing.weights import check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph

__all__ = ["ShortestTree", "shortest_tree"]


@dataclass(frozen=True, eq=False)
class ShortestTree:
    """The cheapest paths from the sources to every node.

    Parameters
    ----------
    cost
        Cost of each node, its source's label included; infinity if it cannot be reached.
    before
        The node before each node on its cheapest path; less than 0, or the number of nodes, where
        there is none.
    winner
        The cheapest arc of each of the graph's pairs.
    graph
        The graph that was searched.
    """

    cost: NDArray[np.float64]
    before: NDArray[np.int64]
    winner: NDArray[np.int64]
    graph: Graph

    @cached_property
    def entering_arc(self) -> NDArray[np.int64]:
        """The arc by which the cheapest path enters each node.

        It is -1 at a source where a path begins and at a node that cannot be reached. Found on
        first use: many trees are asked for their costs alone.
        """
        n_nodes, pairs = self.graph.n_nodes, self.graph.pairs
        entering = np.full(n_nodes, -1, np.int64)
        reached = np.isfinite(self.cost)
        entered = np.flatnonzero(reached & (self.before >= 0) & (self.before < n_nodes))
        key = self.before[entered] * n_nodes + entered
        entering[entered] = self.winner[np.searchsorted(pairs.key, key)]
        entering.flags.writeable = False
        return entering

    def path(self, target: int) -> NDArray[np.int64]:
        """Return the arcs of the cheapest path to a node, in the order of travel.

        Raises
        ------
        UnreachableError
            If there is none.
        GraphError
            If the node does not exist.
        """
        node = _checked_node(self.graph, target)
        if np.isinf(self.cost[node]):
            raise UnreachableError(node)
        arcs: list[int] = []
        while (arc := int(self.entering_arc[node])) >= 0:
            arcs.append(arc)
            node = int(self.graph.tail[arc])
        return np.array(arcs[::-1], np.int64)


def shortest_tree(
    graph: Graph,
    weights: ArrayLike,
    *,
    source: int | None = None,
    labels: ArrayLike | None = None,
) -> ShortestTree:
    """Grow the tree of cheapest paths from one source, or from several that have labels.

    Parameters
    ----------
    graph
        Where to search. Self-loops are ignored.
    weights
        The cost of each arc: >= 0, infinity where it is closed.
    source
        The one node to start from, at cost 0.
    labels
        Or the cost that each node starts with: infinity where no path may begin.

    Raises
    ------
    GraphError
        If a weight or a label is NaN or negative, or their number or the source is wrong.
    TypeError
        Unless just one of `source` and `labels` is given.
    """
    if (source is None) == (labels is None):
        message = "give either source or labels"
        raise TypeError(message)
    checked = check_weights(weights, graph.n_arcs)
    if source is not None:
        start = np.full(graph.n_nodes, np.inf)
        start[_checked_node(graph, source)] = 0.0
    else:
        start = check_weights(np.asarray(labels), graph.n_nodes, of="node")
    least, winner = graph.pairs.cheapest(checked)
    cost, before = _search(graph, least, start)
    for array in (cost, before, winner):
        array.flags.writeable = False
    return ShortestTree(cost, before, winner, graph)


def _search(
    graph: Graph, least: NDArray[np.float64], start: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Search from one extra node with an arc to every node that may begin a path.

    The matrix holds only what is open, zeros too: SciPy takes an explicit zero of a sparse matrix
    for an arc that costs nothing, but would follow an infinite one.
    """
    n_nodes = graph.n_nodes
    is_open = np.isfinite(least)
    begins = np.flatnonzero(np.isfinite(start))
    heads = np.concatenate((graph.pairs.head[is_open], begins))
    degree = np.bincount(graph.pairs.tail[is_open], minlength=n_nodes)
    bounds = np.concatenate(([0], np.cumsum(degree), [len(heads)]))
    data = np.concatenate((least[is_open], start[begins]))
    matrix = csr_array((data, heads, bounds), shape=(n_nodes + 1, n_nodes + 1))
    cost, before = dijkstra(matrix, indices=[n_nodes], return_predecessors=True)
    return cost[0, :n_nodes].copy(), before[0, :n_nodes].astype(np.int64)


def _checked_node(graph: Graph, node: int) -> int:
    """Return a node's id, or say that the graph has no such node."""
    if not 0 <= node < graph.n_nodes:
        message = f"there is no node {node}: the graph has {graph.n_nodes} nodes"
        raise GraphError(message)
    return int(node)
