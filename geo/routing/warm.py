"""Warming: every kernel run once, so that its machine code lies on the disk when it is needed.

`make setup` does it; without it the first question of each kind waits for the compiler.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from geo.routing.alternatives import Difference, alternatives
from geo.routing.batch import costs_batch, sums_batch
from geo.routing.betweenness import betweenness
from geo.routing.closures import costs_when_closed
from geo.routing.graph import Graph
from geo.routing.hierarchy import Hierarchy
from geo.routing.pareto import pareto_front
from geo.routing.vectors import ClosedInTurn, Products
from geo.routing.yen import cheapest_paths

__all__ = ["warm_up"]


def warm_up() -> None:
    """Ask every question of a triangle of three nodes."""
    graph = Graph(3, np.array([0, 1, 2, 2]), np.array([1, 2, 0, 1]))
    weights, ends = np.ones(graph.n_arcs), ([0, 1], [2, 0])
    hierarchy = Hierarchy.of(graph)
    metric = hierarchy.customized(weights)
    metric.costs(*ends)
    metric.costs_to_all([0])
    metric.paths(*ends).sums(weights)
    for tree in (metric.tree(source=0), metric.tree(target=0), metric.tree(labels=np.zeros(3))):
        tree.path(1)
        _ = tree.arc_before
    costs_batch(hierarchy, Products(csr_array(np.eye(graph.n_arcs)), [weights]), *ends)
    costs_batch(hierarchy, ClosedInTurn(weights, [[0]]), *ends)
    sums_batch(hierarchy, [weights], *ends, weights)
    cheapest_paths(metric, source=0, target=2, k=2)
    alternatives(metric, source=0, target=2, k=2, difference=Difference(local=0.0, sharing=1.0))
    pareto_front([metric, metric], source=0, target=2)
    costs_when_closed(metric, [[0]], sources=[0], targets=[2])
    betweenness(metric, [[1.0]], sources=[0], targets=[2])


if __name__ == "__main__":
    warm_up()
