"""Peers that prepare the graph first: contraction hierarchies, customizable or not."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from peers.engine import Engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from peers.engine import Path

__all__ = ["ChRouter", "Pandana", "PyRoutingKit"]


class PyRoutingKit(Engine):
    """RoutingKit's customizable contraction hierarchy, in C++, on whole-number weights."""

    package = "pyroutingkit"
    row_by_row: ClassVar[bool] = False
    path_of: ClassVar[str] = "arcs"

    def build(self) -> None:
        """Make the order and the shortcuts, and customize them."""
        kit = importlib.import_module("pyroutingkit")
        at = (self.graph.lat.astype(np.float32), self.graph.lon.astype(np.float32))
        topology = kit.CCHTopology()
        topology.build(self.graph.tail, self.graph.head, *at, self.graph.n_nodes)
        self._metric = kit.CCHMetric(topology)
        self._everywhere = np.arange(self.graph.n_nodes, dtype=np.uint32)
        self.reweigh(self.graph.weight)

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Query one pair."""
        cost, _, arcs = self._metric.query(source, target)
        return float(cost), arcs

    def tree(self, source: int) -> NDArray[np.float64]:
        """Ask for a table of one row; there is no sweep of its own."""
        row = self.matrix(np.array([source]), self._everywhere.astype(np.int64))[0]
        return np.asarray(row, np.float64)

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Ask for the table."""
        table: NDArray[np.uint32] = self._metric.distances_many_to_many(
            sources.astype(np.uint32), targets.astype(np.uint32)
        )
        return table

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Customize on one thread, its default: on two it stalls where cores are shared."""
        self._metric.customize(weight, 0)


class ChRouter(Engine):
    """RoutingKit's contraction hierarchy by way of Rust, on whole-number weights."""

    package = "routingkit_ch"
    path_of: ClassVar[str] = "arcs"
    builds_anew: ClassVar[bool] = True
    has_tree: ClassVar[bool] = False

    def build(self) -> None:
        """Contract the graph."""
        kit = importlib.import_module("routingkit_ch")
        graph = self.graph
        hierarchy = kit.ContractionHierarchy.build(
            graph.n_nodes, graph.tail, graph.head, graph.weight
        )
        self._query = kit.CHQuery(hierarchy)

    def _run(self, source: int, target: int) -> Any:
        return self._query.reset().add_source(source).add_target(target).run()

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Query one pair."""
        done = self._run(source, target)
        return float(done.get_distance()), done.get_arc_path()

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Query pair by pair; it has no tables."""
        ends = (sources.tolist(), targets.tolist())
        return np.array([[self._run(a, b).get_distance() for b in ends[1]] for a in ends[0]])


class Pandana(Engine):
    """pandana's contraction hierarchy, in C++; a cost is kept as a whole number of thousandths."""

    package = "pandana"
    threads: ClassVar[str] = "all, for tables and lists of paths"
    builds_anew: ClassVar[bool] = True
    has_tree: ClassVar[bool] = False

    def build(self) -> None:
        """Contract the graph."""
        pd, pandana = importlib.import_module("pandas"), importlib.import_module("pandana")
        # A quarter more, so that truncation to thousandths gives the weight back.
        cost = (self.graph.weight.astype(float) + 0.25) / 1000
        self._network = pandana.Network(
            pd.Series(self.graph.lon),
            pd.Series(self.graph.lat),
            pd.Series(self.graph.tail.astype(np.int64)),
            pd.Series(self.graph.head.astype(np.int64)),
            pd.DataFrame({"cost": cost}),
            twoway=False,
        )

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Query one pair, once for the path and once for its cost."""
        cost = self._network.shortest_path_length(source, target) * 1000
        return float(np.rint(cost)), self._network.shortest_path(source, target)

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Query the list of all pairs."""
        ends = (np.repeat(sources, len(targets)), np.tile(targets, len(sources)))
        costs = np.array(self._network.shortest_path_lengths(*ends)) * 1000
        return np.asarray(np.rint(costs)).reshape(len(sources), len(targets))

    def paths(self, pairs: NDArray[np.int64]) -> list[Path]:
        """Query the list of pairs."""
        found: list[Path] = self._network.shortest_paths(pairs[:, 0], pairs[:, 1])
        return found
