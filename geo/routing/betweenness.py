"""How much demand each arc carries, when all of it takes its cheapest path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError
from geo.routing.kernel import kernel
from geo.routing.threads import spread
from geo.routing.weights import check_nodes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.metric import Metric

__all__ = ["Load", "betweenness"]

SHARES = 4
"""Into how many threads the sources are parted: as many everywhere, so that sums are the same."""


@dataclass(frozen=True, eq=False)
class Load:
    """What arcs carry, and what has no way.

    Attributes
    ----------
    carried : float64[arcs]
        In the unit of the demand.
    unserved : float64[sources, targets]
        The demand of pairs between which there is no way; 0 elsewhere.
    """

    carried: NDArray[np.float64]
    unserved: NDArray[np.float64]


def betweenness(
    metric: Metric, demand: ArrayLike, *, sources: ArrayLike, targets: ArrayLike
) -> Load:
    """Return the betweenness of every arc, weighted by demand.

    All demand of a pair takes one path, that of the tree of its source: of equally cheap ones it
    is not shared out. What goes from a node to itself uses no arc.

    Parameters
    ----------
    metric : Metric
    demand : float64[sources, targets]
        From each source to each target, >= 0, in any unit.
    sources, targets : int64[]
        Nodes; one that is named twice counts twice.

    Returns
    -------
    Load

    Raises
    ------
    GraphError
        If a node does not exist, or the demand has another shape or is not a finite number >= 0.

    References
    ----------
    Brandes (2001), A faster algorithm for betweenness centrality: one sum from the leaves of each
    tree to its root; here for demand, and one path a pair.
    """
    graph = metric.graph
    starts = check_nodes(graph, sources, what="sources")
    ends = check_nodes(graph, targets, what="targets")
    wanted = np.asarray(demand, np.float64)
    if wanted.shape != (len(starts), len(ends)):
        message = (
            f"the demand has the shape {wanted.shape}, not ({len(starts)}, {len(ends)}), one "
            "for each source and target"
        )
        raise GraphError(message)
    if not (np.isfinite(wanted) & (wanted >= 0)).all():
        row, column = np.argwhere(~(np.isfinite(wanted) & (wanted >= 0)))[0]
        message = (
            f"the demand of source {row} and target {column} is {wanted[row, column]}, "
            "not a finite number >= 0"
        )
        raise GraphError(message)
    unserved = np.zeros(wanted.shape)

    def carried_from(rows: NDArray[np.int64]) -> NDArray[np.float64]:
        carried = np.zeros(graph.n_arcs)
        for row in rows.tolist():
            tree = metric.tree(source=int(starts[row]))
            served = np.isfinite(tree.cost[ends])
            unserved[row] = np.where(served, 0.0, wanted[row])
            bound_for = np.zeros(graph.n_nodes)
            np.add.at(bound_for, ends[served], wanted[row, served])
            _pile_up(graph.tail, tree.arc_before, bound_for, carried)
        return carried

    shares = spread(carried_from, np.array_split(np.arange(len(starts)), SHARES))
    return Load(np.sum(shares, axis=0), unserved)


@kernel
def _pile_up(
    tail: NDArray[np.int64],
    by: NDArray[np.int64],
    bound_for: NDArray[np.float64],
    carried: NDArray[np.float64],
) -> None:
    """Add to each arc of a tree what is bound for the nodes beyond it.

    Parameters
    ----------
    tail : int64[arcs]
    by : int64[nodes]
        The last arc on the way to each node; -1 at the root.
    bound_for : float64[nodes]
        What is bound for each node; used up.
    carried : float64[arcs]
        Added to.
    """
    open_children = np.zeros(len(by), np.int64)
    for node in range(len(by)):
        if by[node] >= 0:
            open_children[tail[by[node]]] += 1
    for leaf in range(len(by)):
        node = leaf
        # A node is done after its last child, and only once: as a leaf, or on the way up.
        while open_children[node] == 0 and by[node] >= 0:
            open_children[node] = -1
            parent = tail[by[node]]
            carried[by[node]] += bound_for[node]
            bound_for[parent] += bound_for[node]
            open_children[parent] -= 1
            node = parent
