"""Search through waypoints: one tree of cheapest paths for each stage of a corridor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.corridor import Waypoint
    from geo.routing import Metric, Tree

__all__ = ["StagedSearch", "search"]


@dataclass(frozen=True, eq=False)
class StagedSearch:
    """Cheapest paths from one origin to every node, by way of the waypoints in their order.

    Attributes
    ----------
    trees : tuple of Tree
        One a stage. A waypoint that no path reaches ends the stages early.
    entries : tuple of int64[nodes]
        For each waypoint, the arc of it that leads to a node best (-1: the node itself is it).
    waypoints : tuple of Waypoint
    """

    trees: tuple[Tree, ...]
    entries: tuple[NDArray[np.int64], ...]
    waypoints: tuple[Waypoint, ...]

    @property
    def blocked_at(self) -> Waypoint | None:
        """The first waypoint that no path reaches."""
        reached = len(self.trees) - 1
        return self.waypoints[reached] if reached < len(self.waypoints) else None

    def cost(self, target: int) -> float:
        """Return the least cost to a node (infinity if it cannot be reached)."""
        return np.inf if self.blocked_at else float(self.trees[-1].cost[target])

    def path(self, target: int) -> NDArray[np.int64]:
        """Return the arcs of the cheapest path to a node that can be reached."""
        pieces: list[NDArray[np.int64]] = []
        node = target
        for stage in range(len(self.trees) - 1, -1, -1):
            tree = self.trees[stage]
            piece = tree.path(node)
            pieces.insert(0, piece)
            if stage:
                root = int(tree.graph.tail[piece[0]]) if len(piece) else node
                entry = int(self.entries[stage - 1][root])
                node = root
                if entry >= 0:
                    pieces.insert(0, np.array([entry], dtype=np.int64))
                    node = int(tree.graph.tail[entry])
        return np.concatenate(pieces)


def search(
    metric: Metric,
    *,
    source: int,
    waypoints: Sequence[Waypoint],
    first: Tree | None = None,
) -> StagedSearch:
    """Search from a node through waypoints.

    Parameters
    ----------
    metric : Metric
        The network, and the objective of each arc.
    source : int
        The node to start from.
    waypoints : sequence of Waypoint
        To be passed in this order.
    first : Tree, optional
        The tree from the source under these weights, if it is known already.

    Returns
    -------
    StagedSearch
    """
    graph, weights = metric.graph, metric.weights
    trees = [first or metric.tree(source=source)]
    entries: list[NDArray[np.int64]] = []
    for waypoint in waypoints:
        reached = trees[-1].cost
        labels = np.full(graph.n_nodes, np.inf)
        entry = np.full(graph.n_nodes, -1, dtype=np.int64)
        labels[waypoint.nodes] = reached[waypoint.nodes]
        heads = graph.head[waypoint.arcs]
        cost = reached[graph.tail[waypoint.arcs]] + weights[waypoint.arcs]
        by_arc = cost < labels[heads]
        np.minimum.at(labels, heads, cost)
        best = np.flatnonzero(by_arc & (cost == labels[heads]))[::-1]
        # Of arcs that cost the same the first counts: it is written last.
        entry[heads[best]] = waypoint.arcs[best]
        if not np.isfinite(labels).any():
            break
        entries.append(entry)
        trees.append(metric.tree(labels=labels))
    return StagedSearch(tuple(trees), tuple(entries), tuple(waypoints))
