"""Order: which node is taken out of the graph first, by nested dissection.

It depends on the topology alone: whatever the arcs will cost, and whether they are open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph

__all__ = ["check_order", "nested_dissection"]


def nested_dissection(graph: Graph) -> NDArray[np.int64]:
    """Order the nodes of a graph, separators last.

    METIS cuts the graph in two by a small separator, gives the separator the highest ranks, and
    does the same with both halves (George 1973; Karypis and Kumar 1998). Shortcuts then stay few,
    because no shortcut crosses a separator.

    Returns
    -------
    int64[nodes]
        The rank of each node: 0 is taken out first.
    """
    from pymetis import CSRAdjacency
    from pymetis import nested_dissection as dissect

    first, beside = _neighbours(graph)
    joined = np.diff(first) > 0
    n_alone = graph.n_nodes - int(joined.sum())
    rank = np.empty(graph.n_nodes, dtype=np.int64)
    # METIS fails where no arc is, so nodes without one are left out; they come first.
    rank[~joined] = np.arange(n_alone)
    if joined.any():
        number = np.cumsum(joined) - 1
        bounds = np.append(first[:-1][joined], len(beside))
        adjacency = CSRAdjacency(bounds.astype(np.int32), number[beside].astype(np.int32))
        _, ranks = dissect(adjacency)
        rank[joined] = np.asarray(ranks, dtype=np.int64) + n_alone
    return rank


def check_order(graph: Graph, order: ArrayLike) -> NDArray[np.int64]:
    """Return an order that was given.

    Raises
    ------
    GraphError
        If it does not give each node a rank of its own.
    """
    given = np.asarray(order)
    if not np.issubdtype(given.dtype, np.integer) or not _is_order(given, graph.n_nodes):
        message = f"an order gives each of the {graph.n_nodes} nodes a rank of its own"
        raise GraphError(message)
    return given.astype(np.int64)


def _neighbours(graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the neighbours of each node, whichever way the arcs lead, without repetition."""
    apart = graph.tail != graph.head
    tail, head = graph.tail[apart], graph.head[apart]
    n_nodes = max(graph.n_nodes, 1)
    key = np.unique(np.concatenate((tail * n_nodes + head, head * n_nodes + tail)))
    degree = np.bincount(key // n_nodes, minlength=graph.n_nodes)
    return np.concatenate(([0], np.cumsum(degree))), key % n_nodes


def _is_order(array: NDArray[np.generic], n_nodes: int) -> bool:
    """Say whether an array gives each node a rank of its own."""
    if array.shape != (n_nodes,):
        return False
    found = np.zeros(n_nodes, dtype=np.bool_)
    ranks = array.astype(np.int64)
    found[ranks[(ranks >= 0) & (ranks < n_nodes)]] = True
    return bool(found.all())
