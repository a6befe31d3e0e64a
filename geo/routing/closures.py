"""What each pair costs when some arcs are closed, for one group of arcs after another.

A tree of cheapest paths is mended below what is closed; the rest of it stays as it is.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.routing.incidence import arcs_from, arcs_into
from geo.routing.kernel import kernel
from geo.routing.threads import cores, spread
from geo.routing.weights import check_arcs, check_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.routing.incidence import Incidence
    from geo.routing.metric import Metric

__all__ = ["ClosureCosts", "costs_when_closed"]


@dataclass(frozen=True, eq=False)
class ClosureCosts:
    """Costs with nothing more closed than before, and with each group closed in its turn.

    Attributes
    ----------
    before : float64[sources, targets]
        Infinity where there is no way.
    closed : float64[groups, sources, targets]
    """

    before: NDArray[np.float64]
    closed: NDArray[np.float64]

    @property
    def added(self) -> NDArray[np.float64]:
        """What each closure adds; infinity where it leaves no way, 0 where there was none.

        float64[groups, sources, targets].
        """
        reachable = np.isfinite(self.before)
        return np.where(reachable, self.closed, 0.0) - np.where(reachable, self.before, 0.0)


def costs_when_closed(
    metric: Metric,
    groups: Sequence[ArrayLike],
    *,
    sources: ArrayLike,
    targets: ArrayLike,
    threads: int | None = None,
) -> ClosureCosts:
    """Return the cost of every pair of nodes when each group of arcs is closed, one at a time.

    Parameters
    ----------
    metric : Metric
    groups : sequence of int64[]
        Arcs that close together, such as all arcs of one link. A group may be empty.
    sources, targets : int64[]
        Nodes.
    threads : int, optional
        By default one for each core.

    Returns
    -------
    ClosureCosts

    Raises
    ------
    GraphError
        If a node or an arc does not exist.

    Notes
    -----
    Only pairs whose path in the tree of their source runs over the group can change: the others
    keep their path. For these, costs are known of all nodes that are not below a closed arc of the
    tree; Dijkstra's rule goes on from there (Ramalingam and Reps 1996, An incremental algorithm for
    a generalization of the shortest-path problem).
    """
    graph = metric.graph
    starts = check_nodes(graph, sources, what="sources")
    ends = check_nodes(graph, targets, what="targets")
    closing = [check_arcs(group, graph.n_arcs) for group in groups]
    bounds = np.concatenate(([0], np.cumsum([len(group) for group in closing]))).astype(np.int64)
    members = np.concatenate([np.empty(0, np.int64), *closing])
    outward, inward = arcs_from(graph), arcs_into(graph)
    before = np.empty((len(starts), len(ends)))
    closed = np.empty((len(closing), len(starts), len(ends)))

    def answer(rows: NDArray[np.int64]) -> None:
        for row in rows.tolist():
            tree = metric.tree(source=int(starts[row]))
            before[row] = tree.cost[ends]
            closed[:, row] = _mended(
                (outward, inward),
                (graph.tail, graph.head),
                metric.weights,
                (tree.cost, tree.arc_before),
                ends,
                (bounds, members),
            )

    spread(answer, np.array_split(np.arange(len(starts)), cores(threads)))
    return ClosureCosts(before, closed)


@kernel
def _children(
    tail: NDArray[np.int64], by: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the children of each node of a tree begin, and the children, node after node."""
    begins = np.zeros(len(by) + 1, np.int64)
    for node in range(len(by)):
        if by[node] >= 0:
            begins[tail[by[node]] + 1] += 1
    begins = np.cumsum(begins)
    free = begins[:-1].copy()
    children = np.empty(begins[-1], np.int64)
    for node in range(len(by)):
        if by[node] >= 0:
            parent = tail[by[node]]
            children[free[parent]] = node
            free[parent] += 1
    return begins, children


@kernel
def _below(
    tops: list[int],
    children: tuple[NDArray[np.int64], NDArray[np.int64]],
    is_below: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Mark and return the nodes of a tree below some others, and these themselves."""
    begins, under = children
    below = [0][:0]
    for top in tops:
        if not is_below[top]:
            is_below[top] = True
            below.append(top)
    done = 0
    while done < len(below):
        node = below[done]
        done += 1
        for at in range(begins[node], begins[node + 1]):
            child = under[at]
            if not is_below[child]:
                is_below[child] = True
                below.append(child)
    return np.array(below, np.int64)


@kernel
def _regrow(
    incidences: tuple[Incidence, Incidence],
    weights: NDArray[np.float64],
    is_closed: NDArray[np.bool_],
    is_below: NDArray[np.bool_],
    below: NDArray[np.int64],
    cost: NDArray[np.float64],
) -> None:
    """Find the costs of some nodes anew, from those of all other nodes, by Dijkstra's rule."""
    (out_first, out_arcs, heads), (in_first, in_arcs, tails) = incidences
    cost[below] = np.inf
    frontier = [(0.0, 0)][:0]
    for node in below:
        for at in range(in_first[node], in_first[node + 1]):
            arc, before = in_arcs[at], tails[at]
            if not is_below[before] and not is_closed[arc]:
                cost[node] = min(cost[node], cost[before] + weights[arc])
        if cost[node] < np.inf:
            heapq.heappush(frontier, (cost[node], node))
    while len(frontier) > 0:
        reached, node = heapq.heappop(frontier)
        # Put into the heap again since, with a lower cost.
        if reached > cost[node]:
            continue
        for at in range(out_first[node], out_first[node + 1]):
            arc, ahead = out_arcs[at], heads[at]
            further = reached + weights[arc]
            # Nothing gets cheaper by a closure, so nodes that are not below stay as they are, even
            # where a way that costs the same comes out lower by the rounding of its sum.
            if is_below[ahead] and further < cost[ahead] and not is_closed[arc]:
                cost[ahead] = further
                heapq.heappush(frontier, (further, ahead))


@kernel
def _on_the_way(
    tail: NDArray[np.int64], by: NDArray[np.int64], targets: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Mark the nodes that the paths to some targets pass."""
    passed = np.zeros(len(by), np.bool_)
    for target in targets:
        node = target
        while not passed[node]:
            passed[node] = True
            if by[node] >= 0:
                node = tail[by[node]]
    return passed


@kernel
def _mended(
    incidences: tuple[Incidence, Incidence],
    ways: tuple[NDArray[np.int64], NDArray[np.int64]],
    weights: NDArray[np.float64],
    tree: tuple[NDArray[np.float64], NDArray[np.int64]],
    targets: NDArray[np.int64],
    groups: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.float64]:
    """Return the costs from one source to its targets when each group is closed.

    Parameters
    ----------
    incidences
        Of arcs by the node that they leave, and by the node that they enter.
    ways
        Tail and head of each arc.
    weights
    tree
        Cost of each node, and the last arc on the way to it.
    targets
    groups
        Where the arcs of each group begin, and the arcs, group after group.

    Returns
    -------
    float64[groups, targets]
    """
    tail, head = ways
    by = tree[1]
    bounds, members = groups
    n_groups = len(bounds) - 1
    costs = np.empty((n_groups, len(targets)))
    cost = tree[0].copy()
    children = _children(tail, by)
    passed = _on_the_way(tail, by, targets)
    is_closed = np.zeros(len(tail), np.bool_)
    is_below = np.zeros(len(by), np.bool_)
    for group in range(n_groups):
        arcs = members[bounds[group] : bounds[group + 1]]
        tops = [head[arc] for arc in arcs if by[head[arc]] == arc]
        changes = False
        for top in tops:
            changes = changes or passed[top]
        if not changes:
            costs[group] = cost[targets]
            continue
        is_closed[arcs] = True
        below = _below(tops, children, is_below)
        _regrow(incidences, weights, is_closed, is_below, below, cost)
        # Sums in another order may round to less than before, which no closure does.
        costs[group] = np.maximum(cost[targets], tree[0][targets])
        cost[below] = tree[0][below]
        is_below[below] = False
        is_closed[arcs] = False
    return costs
