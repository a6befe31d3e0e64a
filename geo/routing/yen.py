"""The k cheapest loopless paths between two nodes, by Yen's method; parallel arcs are different.

Yen (1971), with the partition of Lawler (1972), and a search put off until its bound is the least.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError
from geo.routing.incidence import arcs_from
from geo.routing.kernel import kernel
from geo.routing.weights import check_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.routing.metric import Metric

__all__ = ["cheapest_paths", "paths_by_cost"]


Field = tuple[
    "NDArray[np.int64]",
    "NDArray[np.int64]",
    "NDArray[np.int64]",
    "NDArray[np.int64]",
    "NDArray[np.float64]",
    "NDArray[np.float64]",
]
"""Arcs by the node that they leave (see `Incidence`), the tail and the weight of each arc, and the
least cost from each node to the target: no path does better, whatever is barred."""


@dataclass(frozen=True, eq=False)
class _Room:
    """A part of the room of all loopless paths: those with one beginning, and not some next arcs.

    Attributes
    ----------
    beginning : int64[arcs]
    spent : float
        What the beginning costs.
    barred : int64[arcs]
        Arcs that may not come next.
    """

    beginning: NDArray[np.int64]
    spent: float
    barred: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Ground:
    """Where all searches of one question take place.

    Attributes
    ----------
    field : Field
    head : int64[arcs]
    cost : float64[nodes]
        What a search has spent: infinity again after each of them.
    by : int64[nodes]
        The arc by which a search came.
    source, target : int
    """

    field: Field
    head: NDArray[np.int64]
    cost: NDArray[np.float64]
    by: NDArray[np.int64]
    source: int
    target: int

    @property
    def tail(self) -> NDArray[np.int64]:
        """The node that each arc leaves."""
        return self.field[3]

    @property
    def weights(self) -> NDArray[np.float64]:
        """The cost of each arc."""
        return self.field[4]

    def best_in(self, room: _Room) -> NDArray[np.int64] | None:
        """Return the cheapest path of a room; nothing if it is empty."""
        spur = int(self.head[room.beginning[-1]]) if len(room.beginning) else self.source
        found = _detour(
            self.field,
            self.cost,
            self.by,
            (spur, self.target),
            self.tail[room.beginning],
            room.barred,
        )
        if not len(found):
            return None
        return np.concatenate((room.beginning, found))

    def parted(self, room: _Room, path: NDArray[np.int64]) -> Iterator[tuple[float, _Room]]:
        """Part a room, less its cheapest path, into rooms; yield those that may have a path.

        Each comes with a bound that no path in it beats.
        """
        begin = len(room.beginning)
        bounds = _bounds(self.field, path, begin, room.barred)
        spent = room.spent + np.cumsum(np.concatenate(([0.0], self.weights[path[begin:]])))
        for step in np.flatnonzero(np.isfinite(bounds)).tolist():
            leaving = path[begin + step : begin + step + 1]
            barred = np.concatenate((room.barred, leaving)) if step == 0 else leaving
            part = _Room(path[: begin + step], float(spent[step]), barred)
            yield float(spent[step] + bounds[step]), part


def paths_by_cost(metric: Metric, *, source: int, target: int) -> Iterator[NDArray[np.int64]]:
    """Yield every loopless path between two nodes, the cheapest first, without an end in advance.

    A path is told from another by its arcs. Paths over closed arcs are none. From a node to itself
    there is one path, of no arc.

    Parameters
    ----------
    metric : Metric
        A graph and the weight of each arc.
    source, target : int

    Yields
    ------
    int64[arcs of the path]
        In the order of travel; costs ascend up to the rounding of their sums.

    Raises
    ------
    GraphError
        If a node does not exist.
    """
    rest = metric.tree(target=target).cost
    graph = metric.graph
    check_node(graph, source)
    if source == target:
        yield np.empty(0, np.int64)
        return
    if np.isinf(rest[source]):
        return
    ground = _Ground(
        field=(*arcs_from(graph), graph.tail, metric.weights, rest),
        head=graph.head,
        cost=np.full(graph.n_nodes, np.inf),
        by=np.full(graph.n_nodes, -1, np.int64),
        source=source,
        target=target,
    )
    none = np.empty(0, np.int64)
    # Of equal bounds the earlier first, so that the order is the same on every run.
    number = count()
    waiting: list[tuple[float, int, _Room, NDArray[np.int64] | None]] = []
    heapq.heappush(waiting, (float(rest[source]), next(number), _Room(none, 0.0, none), None))
    while waiting:
        _, _, room, path = heapq.heappop(waiting)
        if path is None:
            path = ground.best_in(room)
            if path is not None:
                cost = room.spent + float(ground.weights[path[len(room.beginning) :]].sum())
                heapq.heappush(waiting, (cost, next(number), room, path))
            continue
        yield path
        for bound, part in ground.parted(room, path):
            heapq.heappush(waiting, (bound, next(number), part, None))


def cheapest_paths(
    metric: Metric, *, source: int, target: int, k: int
) -> tuple[NDArray[np.int64], ...]:
    """Return the k cheapest loopless paths between two nodes: fewer if there are no more.

    Parameters
    ----------
    metric : Metric
    source, target : int
    k : int
        How many, at least 1.

    Returns
    -------
    tuple of int64[arcs of the path]
        The cheapest first; empty if no path leads to the target.

    Raises
    ------
    UsageError
        If k is less than 1.
    GraphError
        If a node does not exist.

    References
    ----------
    Yen (1971), Finding the k shortest loopless paths in a network. Lawler (1972), A procedure for
    computing the k best solutions to discrete optimization problems. Putting a search off until its
    lower bound comes to the top: Kurz and Mutzel (2016), A sidetrack-based algorithm for finding
    the k shortest simple paths in a directed graph.
    """
    if k < 1:
        message = f"{k} paths cannot be found; ask for 1 or more"
        raise UsageError(message)
    return tuple(islice(paths_by_cost(metric, source=source, target=target), k))


@kernel
def _bounds(
    field: Field, path: NDArray[np.int64], begin: int, barred: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Bound what it costs to reach the target from each node of a path, leaving the path there.

    Parameters
    ----------
    field
    path
    begin
        The first step at which the path may be left; there the `barred` arcs are no way out.

    Returns
    -------
    float64[steps from begin]
    """
    first, arcs, heads, tail, weights, rest = field
    nodes = tail[path]
    behind = set(nodes[:begin])
    bounds = np.full(len(path) - begin, np.inf)
    for step in range(begin, len(path)):
        node = nodes[step]
        behind.add(node)
        for at in range(first[node], first[node + 1]):
            arc, ahead = arcs[at], heads[at]
            bound = weights[arc] + rest[ahead]
            if bound >= bounds[step - begin] or arc == path[step] or ahead in behind:
                continue
            if step == begin and arc in barred:
                continue
            bounds[step - begin] = bound
    return bounds


@kernel
def _steps(
    tail: NDArray[np.int64], by: NDArray[np.int64], ends: tuple[int, int]
) -> NDArray[np.int64]:
    """Follow the arcs by which a search came, from its target back to its source."""
    source, node = ends
    steps = [0][:0]
    while node != source:
        steps.append(by[node])
        node = tail[by[node]]
    return np.array(steps[::-1], np.int64)


@kernel
def _detour(
    field: Field,
    cost: NDArray[np.float64],
    by: NDArray[np.int64],
    ends: tuple[int, int],
    behind: NDArray[np.int64],
    barred: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Find the cheapest path that enters no node behind it and does not begin with a barred arc.

    A* with the exact cost of the rest where nothing is barred: it leaves the cheapest path only
    where that is barred.
    """
    first, arcs, heads, tail, weights, rest = field
    source, target = ends
    # Nothing costs less than that, so what lies behind is never entered.
    cost[behind] = -np.inf
    cost[source] = 0.0
    met = [source]
    frontier = [(rest[source], source)]
    while len(frontier) > 0:
        key, node = heapq.heappop(frontier)
        if node == target:
            break
        # Put into the heap again since, with a lower key.
        if key > cost[node] + rest[node]:
            continue
        for at in range(first[node], first[node + 1]):
            arc, ahead = arcs[at], heads[at]
            reached = cost[node] + weights[arc]
            if reached >= cost[ahead] or rest[ahead] == np.inf:
                continue
            if node == source and arc in barred:
                continue
            if cost[ahead] == np.inf:
                met.append(ahead)
            cost[ahead] = reached
            by[ahead] = arc
            heapq.heappush(frontier, (reached + rest[ahead], ahead))
    found = _steps(tail, by, ends) if cost[target] < np.inf else behind[:0]
    for node in met:
        cost[node] = np.inf
    cost[behind] = np.inf
    return found
