"""A graph under one vector of weights: checked once, parallel arcs reduced once, searched often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geo.routing.weights import check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph

__all__ = ["WeightedGraph"]


@dataclass(frozen=True, eq=False)
class WeightedGraph:
    """A graph and the cost of each of its arcs.

    Parameters
    ----------
    graph
        Where to search. Self-loops are ignored.
    weights
        The cost of each arc: >= 0, infinity where it is closed.
    winner
        The cheapest arc of each of the graph's pairs.
    heads, costs, bounds
        The open pairs by tail: where each leads, what it costs, and where each tail's begin.
    """

    graph: Graph
    weights: NDArray[np.float64]
    winner: NDArray[np.int64]
    heads: NDArray[np.int64]
    costs: NDArray[np.float64]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, graph: Graph, weights: ArrayLike) -> WeightedGraph:
        """Check weights and keep the cheapest of parallel arcs; SciPy alone would add them up.

        Raises
        ------
        GraphError
            If a weight is NaN or negative, or their number is wrong.
        """
        checked = check_weights(weights, graph.n_arcs)
        least, winner = graph.pairs.cheapest(checked)
        # SciPy would follow an infinite arc, and takes an explicit zero for one that costs nothing.
        is_open = np.isfinite(least)
        degree = np.bincount(graph.pairs.tail[is_open], minlength=graph.n_nodes)
        bounds = np.concatenate(([0], np.cumsum(degree)))
        return cls(graph, checked, winner, graph.pairs.head[is_open], least[is_open], bounds)

    def from_labels(self, labels: NDArray[np.float64]) -> csr_array:
        """Return the matrix to search from one extra node that leads to every labelled node.

        Parameters
        ----------
        labels
            What each node costs to begin at: infinity where no path begins; float64[nodes].
        """
        n_nodes = self.graph.n_nodes
        begins = np.flatnonzero(np.isfinite(labels))
        heads = np.concatenate((self.heads, begins))
        costs = np.concatenate((self.costs, labels[begins]))
        bounds = np.append(self.bounds, len(heads))
        return csr_array((costs, heads, bounds), shape=(n_nodes + 1, n_nodes + 1))
