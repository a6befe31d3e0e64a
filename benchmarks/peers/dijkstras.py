"""Peers that search anew for every question, most of them by Dijkstra's algorithm."""

from __future__ import annotations

import importlib
import itertools
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from peers.engine import Engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from peers.engine import Path

__all__ = ["IGraph", "NetworKit", "NetworkX", "RustworkX", "ScGraph", "SciPy"]


def _filled(costs: dict[int, float], n_nodes: int) -> NDArray[np.float64]:
    """Turn costs by node into an array, infinite where there is none."""
    filled = np.full(n_nodes, np.inf)
    filled[np.fromiter(costs.keys(), int, len(costs))] = np.fromiter(costs.values(), float)
    return filled


class SciPy(Engine):
    """SciPy's `csgraph.dijkstra`."""

    package = "scipy"

    def build(self) -> None:
        """Make the sparse matrix."""
        sparse = importlib.import_module("scipy.sparse")
        self._dijkstra = importlib.import_module("scipy.sparse.csgraph").dijkstra
        content = (self.graph.weight.astype(float), self.graph.head.astype(np.int32))
        bounds = self.graph.bounds.astype(np.int32)
        self._matrix = sparse.csr_array((*content, bounds), shape=(self.graph.n_nodes,) * 2)

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from one node to all, and follow the predecessors back."""
        cost, before = self._dijkstra(self._matrix, indices=source, return_predecessors=True)
        path = [target]
        while path[-1] != source:
            path.append(int(before[path[-1]]))
        return float(cost[target]), path[::-1]

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all."""
        cost: NDArray[np.float64] = self._dijkstra(self._matrix, indices=source)
        return cost

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Change the matrix in place."""
        self._matrix.data[:] = weight


class NetworkX(Engine):
    """NetworkX, dictionaries of dictionaries."""

    package = "networkx"

    def build(self) -> None:
        """Make the `DiGraph`."""
        self._nx = importlib.import_module("networkx")
        self._graph = self._nx.DiGraph()
        arcs = (self.graph.tail.tolist(), self.graph.head.tolist(), self.graph.weight.tolist())
        self._graph.add_weighted_edges_from(zip(*arcs, strict=True))

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from both ends."""
        found: tuple[float, list[int]] = self._nx.bidirectional_dijkstra(
            self._graph, source, target
        )
        return found

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all."""
        costs = self._nx.single_source_dijkstra_path_length(self._graph, source)
        return _filled(costs, self.graph.n_nodes)

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Change the attributes of the edges."""
        arcs = (self.graph.tail.tolist(), self.graph.head.tolist(), weight.tolist())
        for tail, head, cost in zip(*arcs, strict=True):
            self._graph[tail][head]["weight"] = cost


class IGraph(Engine):
    """python-igraph, in C."""

    package = "igraph"
    path_of: ClassVar[str] = "arcs"

    def build(self) -> None:
        """Make the graph."""
        igraph = importlib.import_module("igraph")
        edges = np.column_stack([self.graph.tail, self.graph.head]).astype(np.int64)
        self._graph = igraph.Graph(n=self.graph.n_nodes, edges=edges, directed=True)
        self._graph.es["weight"] = self.graph.weight.astype(float)

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from one node to another."""
        arcs = self._arcs(source, target)
        return float(self.graph.weight[arcs].sum(dtype=float)), arcs

    def _arcs(self, source: int, target: int) -> list[int]:
        arcs: list[int] = self._graph.get_shortest_path(
            source, target, weights="weight", output="epath"
        )
        return arcs

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all."""
        return np.array(self._graph.distances(source, weights="weight")[0])

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Search from every source."""
        ends = (sources.tolist(), targets.tolist())
        return np.array(self._graph.distances(*ends, weights="weight"))

    def paths(self, pairs: NDArray[np.int64]) -> list[Path]:
        """Search pair by pair."""
        return [self._arcs(int(source), int(target)) for source, target in pairs]

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Change the attribute of the edges."""
        self._graph.es["weight"] = weight.astype(float)


class RustworkX(Engine):
    """rustworkx, in Rust."""

    package = "rustworkx"

    def build(self) -> None:
        """Make the `PyDiGraph`."""
        self._rx = importlib.import_module("rustworkx")
        self._graph = self._rx.PyDiGraph()
        self._graph.add_nodes_from(range(self.graph.n_nodes))
        weight = self.graph.weight.astype(float).tolist()
        arcs = (self.graph.tail.tolist(), self.graph.head.tolist(), weight)
        self._graph.add_edges_from(list(zip(*arcs, strict=True)))

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from one node to another; the cost is that of the path."""
        found = self._rx.dijkstra_shortest_paths(self._graph, source, target, weight_fn=float)
        nodes = list(found[target])
        steps = itertools.pairwise(nodes)
        return sum(self._graph.get_edge_data(tail, head) for tail, head in steps), nodes

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all; the source itself is not told of."""
        costs = self._rx.dijkstra_shortest_path_lengths(self._graph, source, float)
        filled = _filled(costs, self.graph.n_nodes)
        filled[source] = 0
        return filled

    def reweigh(self, weight: NDArray[np.uint32]) -> None:
        """Change the edges one by one."""
        for arc, cost in enumerate(weight.tolist()):
            self._graph.update_edge_by_index(arc, float(cost))


class NetworKit(Engine):
    """networkit, in C++."""

    package = "networkit"

    def build(self) -> None:
        """Make the graph from coordinates."""
        self._nk = importlib.import_module("networkit")
        ends = (self.graph.tail.astype(np.uint64), self.graph.head.astype(np.uint64))
        self._graph = self._nk.GraphFromCoo(
            (self.graph.weight.astype(float), ends),
            n=self.graph.n_nodes,
            weighted=True,
            directed=True,
        )

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from both ends."""
        search = self._nk.distance.BidirectionalDijkstra(self._graph, source, target, True)
        search.run()
        return float(search.getDistance()), [source, *search.getPath(), target]

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all."""
        search = self._nk.distance.Dijkstra(self._graph, source, storePaths=False)
        search.run()
        return np.array(search.getDistances(asarray=True))

    def matrix(self, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[Any]:
        """Search from every source until the targets are met."""
        rows = []
        for source in sources:
            search = self._nk.distance.MultiTargetDijkstra(
                self._graph, int(source), targets.tolist()
            )
            search.run()
            rows.append(search.getDistances())
        return np.array(rows)


class ScGraph(Engine):
    """scgraph, in plain Python."""

    package = "scgraph"

    def build(self) -> None:
        """Make the list of dictionaries."""
        scgraph = importlib.import_module("scgraph")
        head, weight = self.graph.head.tolist(), self.graph.weight.astype(float).tolist()
        bounds = self.graph.bounds.tolist()
        self._graph = scgraph.Graph(
            [
                dict(zip(head[begin:end], weight[begin:end], strict=True))
                for begin, end in itertools.pairwise(bounds)
            ]
        )

    def pair(self, source: int, target: int) -> tuple[float, Path]:
        """Search from both ends."""
        found = self._graph.bidirectional_dijkstra(source, target)
        return float(found["length"]), found["path"]

    def tree(self, source: int) -> NDArray[np.float64]:
        """Search from one node to all."""
        return np.array(self._graph.get_shortest_path_tree(source)["distance_matrix"])
