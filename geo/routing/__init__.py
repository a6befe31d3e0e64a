"""Shortest paths over pure arrays: a graph, contracted once, and weighted and searched at will.

Knows neither the earth nor money: nodes and arcs are indices, weights are float64.
"""

from __future__ import annotations

from geo.routing.batch import BatchGroup, batch_groups, costs_batch, sums_batch
from geo.routing.graph import Graph
from geo.routing.hierarchy import Hierarchy
from geo.routing.metric import Metric
from geo.routing.paths import Paths
from geo.routing.tree import Tree
from geo.routing.vectors import ClosedInTurn, Products
from geo.routing.weights import check_weights

__all__ = [
    "BatchGroup",
    "ClosedInTurn",
    "Graph",
    "Hierarchy",
    "Metric",
    "Paths",
    "Products",
    "Tree",
    "batch_groups",
    "check_weights",
    "costs_batch",
    "sums_batch",
]
