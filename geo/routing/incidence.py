"""Arcs by the node at which a search meets them, for searches that go from node to node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.routing.graph import Graph

__all__ = ["Incidence", "arcs_from", "arcs_into"]

Incidence = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.int64]"]
"""Where the arcs of each node begin, the arcs node after node, and where each of them leads."""


def arcs_from(graph: Graph) -> Incidence:
    """Return the arcs by the node that they leave: for a search in the direction of travel."""
    return _by_node(graph.n_nodes, graph.tail, graph.head)


def arcs_into(graph: Graph) -> Incidence:
    """Return the arcs by the node that they enter: for a search against it."""
    return _by_node(graph.n_nodes, graph.head, graph.tail)


def _by_node(n_nodes: int, near: NDArray[np.int64], far: NDArray[np.int64]) -> Incidence:
    """Group arcs by one of their ends, the lower id first."""
    first = np.concatenate(([0], np.cumsum(np.bincount(near, minlength=n_nodes))))
    arcs = np.argsort(near, kind="stable")
    return first, arcs, far[arcs]
