"""Shortest paths over pure arrays: a graph, its weights, and the trees they grow.

Knows neither the earth nor money: nodes and arcs are indices, weights are float64.
"""

from __future__ import annotations

from geo.routing.graph import Graph
from geo.routing.shortest import ShortestTree, shortest_tree
from geo.routing.weighted import WeightedGraph
from geo.routing.weights import check_weights

__all__ = ["Graph", "ShortestTree", "WeightedGraph", "check_weights", "shortest_tree"]
