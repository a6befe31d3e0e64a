"""What an engine must be able to do to be measured, and what most of them share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from peers.graphs import ZONES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from peers.graphs import BenchGraph

    Path = Sequence[int] | NDArray[np.int64]
    """Nodes or arcs of a path, as the library has them."""

__all__ = ["Engine", "km_by_zone"]


class Engine(ABC):
    """A routing library behind one set of verbs.

    Attributes
    ----------
    package
        Name to import.
    threads
        How many threads it works with, in words.
    path_of
        Whether its paths are lists of ``nodes`` or of ``arcs``.
    row_by_row
        Whether a table takes as long as its rows one by one, so that a sample of them will do.
    builds_anew
        Whether other weights mean another graph, so that W4 is measured on a marked sample.
    has_tree
        Whether it tells the costs from one node to all.
    """

    package: ClassVar[str]
    threads: ClassVar[str] = "1"
    path_of: ClassVar[str] = "nodes"
    row_by_row: ClassVar[bool] = True
    builds_anew: ClassVar[bool] = False
    has_tree: ClassVar[bool] = True

    def __init__(self, graph: BenchGraph) -> None:
        """Take a graph; nothing is built yet."""
        self.graph = graph

    @abstractmethod
    def build(self) -> None:
        """Make of the graph whatever the library searches on (timed as build)."""

    @abstractmethod
    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Return the cost and the path from one node to another."""

    def tree(self, source: int) -> NDArray[np.float64]:
        """Return the costs from one node to all."""
        msg = f"{self.package} has no search from node {source} to all"
        raise LookupError(msg)

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Return the costs from every source to every target."""
        return np.array([self.tree(int(source))[targets] for source in sources])

    def paths(self, pairs: NDArray[np.int64]) -> list[Path]:
        """Return the path of each pair."""
        return [self.pair(int(source), int(target))[1] for source, target in pairs]

    def by_zone(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the cost of each pair's path, broken down by zone; float64[pairs, zones]."""
        return km_by_zone(self.graph, self.paths(pairs), path_of=self.path_of)

    def scenarios(
        self,
        weights: NDArray[np.uint32],
        sources: NDArray[np.int64],
        targets: NDArray[np.int64],
    ) -> NDArray[Any]:
        """Return the costs of a table under each of several weight vectors."""
        tables = []
        for weight in weights:
            self.reweigh(weight)
            tables.append(self.matrix(sources, targets))
        return np.array(tables)

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Search under other weights from now on."""
        self.graph = replace(self.graph, weight=weight)
        self.build()


def km_by_zone(graph: BenchGraph, paths: Sequence[Path], *, path_of: str) -> NDArray[np.float64]:
    """Sum the cost of paths by zone, in one sweep of NumPy for all of them."""
    lengths = np.array([len(path) for path in paths])
    flat = np.concatenate([np.asarray(path, np.int64) for path in paths])
    of_path = np.repeat(np.arange(len(paths)), lengths)
    if path_of == "nodes":
        joined = of_path[1:] == of_path[:-1]
        key = graph.tail.astype(np.int64) * graph.n_nodes + graph.head
        flat = np.searchsorted(key, flat[:-1][joined] * graph.n_nodes + flat[1:][joined])
        of_path = of_path[1:][joined]
    cell = of_path * ZONES + graph.zone[flat]
    sums = np.bincount(cell, graph.weight[flat].astype(np.float64), len(paths) * ZONES)
    return np.asarray(sums, np.float64).reshape(len(paths), ZONES)
