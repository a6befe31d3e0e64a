"""Dijkstra's search from one node, or from many with a head start each, by SciPy.

Of parallel arcs the cheapest is taken and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geo.errors import GraphError, UnreachableError
from geo.routing.weights import check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph
    from geo.routing.weighted import WeightedGraph

__all__ = ["ShortestTree", "shortest_tree"]


@dataclass(frozen=True, eq=False)
class ShortestTree:
    """The cheapest paths from the sources to every node.

    Parameters
    ----------
    cost
        Cost of each node, its source's label included; infinity if it cannot be reached.
    before
        The node before each node on its cheapest path; -1 where a path begins, and at a node
        that cannot be reached.
    weighted
        The graph that was searched.
    """

    cost: NDArray[np.float64]
    before: NDArray[np.int64]
    weighted: WeightedGraph

    @property
    def graph(self) -> Graph:
        """The graph that was searched."""
        return self.weighted.graph

    @cached_property
    def _steps(self) -> list[int]:
        """The nodes before, as plain numbers: quick to follow one by one."""
        steps: list[int] = self.before.tolist()
        return steps

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
        nodes = [node]
        while (node := self._steps[node]) >= 0:
            nodes.append(node)
        along = np.array(nodes[::-1], np.int64)
        pairs = self.graph.pairs
        key = along[:-1] * self.graph.n_nodes + along[1:]
        return self.weighted.winner[np.searchsorted(pairs.key, key)]


def shortest_tree(
    weighted: WeightedGraph,
    *,
    source: int | None = None,
    labels: ArrayLike | None = None,
) -> ShortestTree:
    """Grow the tree of cheapest paths from one source, or from several that have labels.

    Parameters
    ----------
    weighted
        Where to search, and what each arc costs.
    source
        The one node to start from, at cost 0.
    labels
        Or the cost that each node starts with: infinity where no path may begin.

    Raises
    ------
    GraphError
        If a label is NaN or negative, or their number or the source is wrong.
    TypeError
        Unless just one of `source` and `labels` is given.
    """
    if (source is None) == (labels is None):
        message = "give either source or labels"
        raise TypeError(message)
    n_nodes = weighted.graph.n_nodes
    if source is not None:
        start = np.full(n_nodes, np.inf)
        start[_checked_node(weighted.graph, source)] = 0.0
    else:
        start = check_weights(np.asarray(labels), n_nodes, of="node")
    matrix = weighted.from_labels(start)
    costs, steps = dijkstra(matrix, indices=[n_nodes], return_predecessors=True)
    cost, before = costs[0, :n_nodes].copy(), steps[0, :n_nodes].astype(np.int64)
    # SciPy marks with numbers of its own what is not reached, and what the extra node leads to.
    before[np.isinf(cost) | (before < 0) | (before >= n_nodes)] = -1
    for array in (cost, before):
        array.flags.writeable = False
    return ShortestTree(cost, before, weighted)


def _checked_node(graph: Graph, node: int) -> int:
    """Return a node's id, or say that the graph has no such node."""
    if not 0 <= node < graph.n_nodes:
        message = f"there is no node {node}: the graph has {graph.n_nodes} nodes"
        raise GraphError(message)
    return int(node)
