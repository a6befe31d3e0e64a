"""Crescent's own engine, behind the same verbs as its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from geo.routing import Graph, Hierarchy, costs_batch
from peers.engine import Engine
from peers.graphs import ZONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from peers.engine import Path

__all__ = ["Crescent"]


class Crescent(Engine):
    """The customizable contraction hierarchy of `geo.routing`, on float64 weights."""

    package = "geo"
    row_by_row: ClassVar[bool] = False
    threads: ClassVar[str] = "all, but for single pairs and trees"
    path_of: ClassVar[str] = "arcs"

    def build(self) -> None:
        """Make the order, unless it is kept on disk, and the shortcuts, and customize them."""
        graph = self.graph
        ends = (graph.tail.astype(np.int64), graph.head.astype(np.int64))
        self._hierarchy = Hierarchy.of(Graph(graph.n_nodes, *ends))
        self.reweigh(graph.weight)

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Query one pair."""
        arcs = self._metric.path(source, target)
        return float(self._metric.weights[arcs].sum()), arcs

    def tree(self, source: int) -> NDArray[np.float64]:
        """Sweep from one node to all."""
        cost: NDArray[np.float64] = self._metric.tree(source=source).cost
        return cost

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Ask for the table."""
        return self._metric.costs(sources, targets)

    def by_zone(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Unpack all paths in one call, and sum what they use."""
        paths = self._metric.paths(pairs[:, 0], pairs[:, 1])
        sums: NDArray[np.float64] = paths.sums(self._km_of_zones())
        return sums

    def _km_of_zones(self) -> Any:
        """Cost of each arc in the column of its zone; sparse, arcs x zones."""
        from scipy.sparse import csr_array

        rows = np.arange(self.graph.n_arcs + 1)
        content = (self.graph.weight.astype(float), self.graph.zone, rows)
        return csr_array(content, shape=(self.graph.n_arcs, ZONES))

    def scenarios(
        self,
        weights: NDArray[np.uint32],
        sources: NDArray[np.int64],
        targets: NDArray[np.int64],
    ) -> NDArray[Any]:
        """Customize and ask for all vectors in one call."""
        return costs_batch(self._hierarchy, weights.astype(np.float64), sources, targets)

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Customize for other weights."""
        self._metric = self._hierarchy.customized(weight.astype(np.float64))
