"""Ways that differ: via paths of bounded stretch, limited sharing and local optimality.

After Abraham, Delling, Goldberg and Werneck (2013), Alternative routes in road networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError
from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from geo.routing.metric import Metric
    from geo.routing.tree import Tree

__all__ = ["Difference", "alternatives"]

SAME = 1e-9
"""Sums of the same weights in another order differ by less than this share."""


@dataclass(frozen=True)
class Difference:
    """When a path is an alternative to those chosen before it.

    Attributes
    ----------
    stretch : float
        It costs at most this share more than the best path; >= 0.
    sharing : float
        What it has in common with the paths chosen before it costs at most this share of the best
        path; 0 to 1.
    local : float
        Each stretch of it that costs at most this share of the best path is itself a cheapest way
        between its ends, so that there are no senseless detours; 0 to 1.
    """

    stretch: float = 0.5
    sharing: float = 0.8
    local: float = 0.1

    def __post_init__(self) -> None:
        """Check the limits."""
        for name, most in (("stretch", np.inf), ("sharing", 1.0), ("local", 1.0)):
            value = getattr(self, name)
            if not 0 <= value <= most:
                what = "0 or more" if most == np.inf else "from 0 to 1"
                message = f"{name} must be {what}, not {value}"
                raise UsageError(message)


def alternatives(
    metric: Metric,
    *,
    source: int,
    target: int,
    k: int,
    difference: Difference | None = None,
    admit: Callable[[NDArray[np.int64]], bool] | None = None,
) -> tuple[NDArray[np.int64], ...]:
    """Return the best path between two nodes and the next best ones that differ from it.

    A candidate is the cheapest path by way of some node. All nodes are tried, the cheapest way
    first; what passes the tests is taken, and is one more that later ones have to differ from.

    Parameters
    ----------
    metric : Metric
        A graph and the weight of each arc.
    source, target : int
    k : int
        How many paths at most, with the best; at least 1.
    difference : Difference, optional
        When a path is an alternative.
    admit : callable, optional
        A last word: given the arcs of an alternative, says whether to take it. The best path is
        not asked about.

    Returns
    -------
    tuple of int64[arcs of the path]
        In the order of travel, none passes a node twice, costs ascend; empty if no path leads to
        the target.

    Raises
    ------
    UsageError
        If k is less than 1.
    GraphError
        If a node does not exist.
    """
    if k < 1:
        message = f"{k} ways cannot be found; ask for 1 or more"
        raise UsageError(message)
    out, back = metric.tree(source=source), metric.tree(target=target)
    if np.isinf(out.cost[target]):
        return ()
    limits = difference or Difference()
    return tuple(islice(_chosen(metric, (out, back), target, limits, admit), k))


def _chosen(
    metric: Metric,
    trees: tuple[Tree, Tree],
    target: int,
    limits: Difference,
    admit: Callable[[NDArray[np.int64]], bool] | None,
) -> Iterator[NDArray[np.int64]]:
    """Yield the best path, and one alternative after another."""
    out, back = trees
    tail, head = metric.graph.tail, metric.graph.head
    ways = (tail, head, out.arc_before, back.arc_before)
    best = out.path(target)
    yield best
    least = float(out.cost[target])
    chosen = {best.tobytes()}
    common = np.zeros(len(tail))
    common[best] = metric.weights[best]
    shared = _shared(*ways, common)
    for via in _candidates(trees, tail, least * (1 + limits.stretch)).tolist():
        # Sharing only grows with what is chosen, so that a candidate is looked at once.
        if shared[via] > limits.sharing * least * (1 + SAME):
            continue
        path = _loopless(*ways, via)
        if not len(path) or path.tobytes() in chosen:
            continue
        if not _locally_best(metric, path, via, limits.local * least):
            continue
        if admit is not None and not admit(path):
            continue
        yield path
        chosen.add(path.tobytes())
        common[path] = metric.weights[path]
        shared = _shared(*ways, common)


def _candidates(
    trees: tuple[Tree, Tree], tail: NDArray[np.int64], most: float
) -> NDArray[np.int64]:
    """Return the nodes by way of which the cheapest path is cheap enough, the cheapest first.

    Where both trees run along the same arcs (a plateau), all its nodes stand for one path: only
    the first of them is returned.
    """
    out, back = trees
    cost = out.cost + back.cost
    arc = out.arc_before
    inside = arc >= 0
    inside[inside] = back.arc_before[tail[arc[inside]]] == arc[inside]
    nodes = np.flatnonzero(~inside & (cost <= most * (1 + SAME)))
    return nodes[np.argsort(cost[nodes], kind="stable")]


def _locally_best(metric: Metric, path: NDArray[np.int64], via: int, stretch: float) -> bool:
    """Test a via path for local optimality (the T-test).

    Up to the via node, and from it, the path is a cheapest one. So what may not be is around it:
    the test asks whether there is a cheaper way from a point so much before it to one so much
    after it.
    """
    graph = metric.graph
    spent = np.concatenate(([0.0], np.cumsum(metric.weights[path])))
    nodes = np.append(graph.tail[path], graph.head[path[-1]])
    at = int(np.flatnonzero(nodes == via)[0])
    first = max(int(np.searchsorted(spent, spent[at] - stretch, side="right")) - 1, 0)
    last = min(int(np.searchsorted(spent, spent[at] + stretch, side="left")), len(path))
    along = float(metric.weights[path[first:last]].sum())
    return along <= metric.cost(int(nodes[first]), int(nodes[last])) * (1 + SAME)


@kernel
def _shared(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    out: NDArray[np.int64],
    back: NDArray[np.int64],
    amount: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum an amount of arcs along the path by way of each node.

    Parameters
    ----------
    tail, head : int64[arcs]
    out, back : int64[nodes]
        The last arc on the way to each node, and the first on the way from it.
    amount : float64[arcs]

    Returns
    -------
    float64[nodes]
    """
    total = np.zeros(len(out))
    for backwards in range(2):
        by, near = (back, head) if backwards else (out, tail)
        # NaN: not summed yet.
        summed = np.full(len(by), np.nan)
        for node in range(len(by)):
            steps = 0
            at = node
            while np.isnan(summed[at]) and by[at] >= 0:
                steps += 1
                at = near[by[at]]
            if np.isnan(summed[at]):
                summed[at] = 0.0
            met = np.empty(steps, np.int64)
            at = node
            for step in range(steps):
                met[step] = at
                at = near[by[at]]
            for step in range(steps - 1, -1, -1):
                arc = by[met[step]]
                summed[met[step]] = summed[near[arc]] + amount[arc]
        total += summed
    return total


@kernel
def _loopless(
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    out: NDArray[np.int64],
    back: NDArray[np.int64],
    via: int,
) -> NDArray[np.int64]:
    """Return the path by way of a node; no arc if it would pass another node twice."""
    before = [via]
    passed = {via}
    at = via
    while out[at] >= 0:
        at = tail[out[at]]
        before.append(at)
        passed.add(at)
    path = [out[node] for node in before[::-1] if out[node] >= 0]
    at = via
    while back[at] >= 0:
        path.append(back[at])
        at = head[back[at]]
        if at in passed:
            return np.empty(0, np.int64)
    return np.array(path)
