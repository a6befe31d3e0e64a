"""Tree: cheapest paths between every node and one source, one target, or several labelled nodes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UnreachableError
from geo.routing.sweep import (
    climb_from,
    climb_from_labels,
    from_the_roots,
    last_arcs,
    path_ways,
    sweep_down,
)
from geo.routing.weights import check_node, check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph
    from geo.routing.metric import Metric

__all__ = ["Tree"]


@dataclass(frozen=True, eq=False)
class Tree:
    """The cheapest paths from the sources to every node, or from every node to a target.

    Parameters
    ----------
    metric
        What was searched.
    backward
        Whether the paths lead to a target.
    cost
        The cost of each node's path, its source's label included; infinity if there is none.
    way_of
        By rank: the way of the hierarchy by which the path enters each node (and leaves it, if
        backward: then seen against the travel); -1 where paths begin and where none leads.
    """

    metric: Metric
    backward: bool
    cost: NDArray[np.float64]
    way_of: NDArray[np.int32]

    @classmethod
    def grow(
        cls,
        metric: Metric,
        *,
        source: int | None = None,
        labels: ArrayLike | None = None,
        target: int | None = None,
    ) -> Tree:
        """Search from one node, from all that have a label, or backwards from one.

        Raises
        ------
        GraphError
            If a node does not exist, a label is NaN or negative, or their number is wrong.
        TypeError
            Unless just one of the three is given.
        """
        if sum(given is not None for given in (source, labels, target)) != 1:
            message = "give just one of source, labels and target"
            raise TypeError(message)
        hierarchy = metric.hierarchy
        n_nodes = hierarchy.graph.n_nodes
        slots = metric.slots if target is None else metric.slots.turned
        way_of = np.full(n_nodes, -1, dtype=np.int32)
        cost = np.full(n_nodes, np.inf)
        root = source if target is None else target
        if root is not None:
            start = hierarchy.rank[check_node(hierarchy.graph, root)]
            climb_from(start, hierarchy.stairs, slots.up, cost, way_of)
        else:
            cost[hierarchy.rank] = check_weights(np.asarray(labels), n_nodes, of="node")
            climb_from_labels(hierarchy.stairs, slots.up, cost, way_of)
        out = np.empty(n_nodes)
        sweep_down(hierarchy.stairs, hierarchy.node_of, slots.down, cost, way_of, out)
        out.flags.writeable = False
        return cls(metric, target is not None, out, way_of)

    @property
    def graph(self) -> Graph:
        """The graph that was searched."""
        return self.metric.graph

    def path(self, node: int) -> NDArray[np.int64]:
        """Return the arcs of the path to a node, or from it to the target, in the order of travel.

        Raises
        ------
        UnreachableError
            If there is none.
        GraphError
            If the node does not exist.
        """
        node = check_node(self.graph, node)
        if np.isinf(self.cost[node]):
            raise UnreachableError(node)
        hierarchy = self.metric.hierarchy
        ways = path_ways(hierarchy.rank[node], self.way_of, hierarchy.lower, hierarchy.upper)
        # Seen from the node, a path to the target is in the order of travel, but each way is seen
        # against it; the path from a source is the other way about.
        ways = ways ^ 1 if self.backward else ways[::-1].copy()
        return self.metric.unpacked(np.array([0, len(ways)], dtype=np.int32), ways)[1]

    @cached_property
    def arc_before(self) -> NDArray[np.int64]:
        """The last arc to each node (backward: the first from it); -1 where there is none.

        They make one tree, whatever costs nothing: following them ends where a path begins.
        """
        hierarchy = self.metric.hierarchy
        ranks = from_the_roots(self.way_of, hierarchy.lower, hierarchy.upper)
        ways = self.way_of[ranks]
        end_of = self.graph.head
        if self.backward:
            ways, end_of = ways[::-1] ^ 1, self.graph.tail
        first, arcs = self.metric.unpacked(np.arange(len(ways) + 1, dtype=np.int32), ways)
        if self.backward:
            # Turned round as a whole: the ways from the target outwards, and so the arcs of each.
            first, arcs = first[-1] - first[::-1], arcs[::-1]
        before = np.full(self.graph.n_nodes, -1, dtype=np.int64)
        roots = hierarchy.node_of[self.way_of < 0]
        before[roots] = -2
        last_arcs(first.copy(), arcs.copy(), end_of, before)
        before[roots] = -1
        before.flags.writeable = False
        return before
