"""The graphs that every engine is fed: the project's railways, the source's, and a synthetic one.

Weights are whole numbers, so that engines of integers and of floats must agree to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from geo.atlas import Atlas
from geo.network.rail_source import load_raw_railways

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["GRAPHS", "ZONES", "BenchGraph"]

ZONES = 32
"""Parts of the plane by which the length of a path is broken down, as if by country."""

RAW = Path(__file__).parents[2] / ".cache" / "raw" / "scgraph_data" / "scgraph_data"


@dataclass(frozen=True, eq=False)
class BenchGraph:
    """A strongly connected directed graph without parallel arcs or self-loops, sorted by tail.

    Parameters
    ----------
    name
        Name of the graph in the results.
    n_nodes
        Number of nodes.
    tail, head
        Ends of each arc; uint32[arcs].
    weight
        Whole-number cost of each arc, at least 1; uint32[arcs].
    lon, lat
        Position of each node; float64[nodes].
    zone
        Zone of each arc, below `ZONES`; int64[arcs].
    """

    name: str
    n_nodes: int
    tail: NDArray[np.uint32]
    head: NDArray[np.uint32]
    weight: NDArray[np.uint32]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    zone: NDArray[np.int64]

    @property
    def n_arcs(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    @property
    def bounds(self) -> NDArray[np.int64]:
        """Where the arcs of each node begin; int64[nodes + 1]."""
        return np.searchsorted(self.tail, np.arange(self.n_nodes + 1)).astype(np.int64)

    def arcs_of_nodes(self, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the arcs between the nodes of a path, one after the other."""
        key = self.tail.astype(np.int64) * self.n_nodes + self.head
        return np.searchsorted(key, nodes[:-1] * self.n_nodes + nodes[1:])

    def save(self, path: Path) -> None:
        """Write the graph, so that an engine can be fed it in a process of its own."""
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def load(cls, path: Path) -> BenchGraph:
        """Read what `save` wrote."""
        with np.load(path) as content:
            fields = {name: content[name] for name in content.files}
        return cls(**fields | {"name": str(fields["name"]), "n_nodes": int(fields["n_nodes"])})


def _finished(
    name: str,
    ends: tuple[NDArray[np.int64], NDArray[np.int64]],
    cost: NDArray[np.float64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> BenchGraph:
    """Drop self-loops, keep the cheapest of parallel arcs and the largest strong component."""
    arcs = pd.DataFrame({"tail": ends[0], "head": ends[1], "cost": np.maximum(np.rint(cost), 1)})
    arcs = arcs[arcs["tail"] != arcs["head"]]
    arcs = arcs.groupby(["tail", "head"])[["cost"]].min().reset_index()
    tail, head = arcs["tail"].to_numpy(), arcs["head"].to_numpy()
    matrix = coo_array((np.ones(len(arcs)), (tail, head)), shape=(len(lon), len(lon)))
    _, component = connected_components(matrix, directed=True, connection="strong")
    kept = np.flatnonzero(component == np.bincount(component).argmax())
    number = np.full(len(lon), -1, np.int64)
    number[kept] = np.arange(len(kept))
    inside = (number[tail] >= 0) & (number[head] >= 0)
    tail, head = number[tail[inside]], number[head[inside]]
    lon, lat = lon[kept], lat[kept]
    column = np.minimum((lon - lon.min()) / np.ptp(lon) * 8, 7).astype(np.int64)
    row = np.minimum((lat - lat.min()) / np.ptp(lat) * 4, 3).astype(np.int64)
    return BenchGraph(
        name,
        len(kept),
        tail.astype(np.uint32),
        head.astype(np.uint32),
        arcs["cost"].to_numpy()[inside].astype(np.uint32),
        lon,
        lat,
        (column * 4 + row)[tail],
    )


def _both_ways(
    tail: NDArray[np.int64], head: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.concatenate((tail, head)), np.concatenate((head, tail))


def rail() -> BenchGraph:
    """Return the project's own rail layer, chains contracted; costs in metres."""
    atlas = Atlas()
    nodes, edges = atlas.rail_nodes, atlas.rail_edges
    number = pd.Series(np.arange(len(nodes)), index=nodes["node_id"].to_numpy())
    tail, head = (number[edges[end]].to_numpy(np.int64) for end in ("from_node", "to_node"))
    metres = edges["length_km"].to_numpy(np.float64) * 1000
    lon, lat = (nodes[axis].to_numpy(np.float64) for axis in ("lon", "lat"))
    return _finished("rail", _both_ways(tail, head), np.tile(metres, 2), lon, lat)


def rail_uncontracted() -> BenchGraph:
    """Return the railways of the source vertex by vertex, the whole world of them; in metres.

    Raises
    ------
    MissingDataError
        If the source was not fetched; `make data` does.
    """
    graph = load_raw_railways(RAW / "world_railways.py", None)
    ends = _both_ways(graph.tail.astype(np.int64), graph.head.astype(np.int64))
    metres = np.tile(graph.length_km * 1000, 2)
    return _finished("rail-uncontracted", ends, metres, graph.lon, graph.lat)


def synthetic(n_nodes: int = 1_000_000, *, seed: int = 1) -> BenchGraph:
    """Return a road-like graph: a random Delaunay triangulation that lost 45 % of its edges.

    Its mean degree is near that of roads (3.3); the two ways of an edge cost unlike.
    """
    random = np.random.default_rng(seed)
    points = random.random((n_nodes, 2))
    triangles = Delaunay(points).simplices
    edges = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]))
    edges = np.unique(edges, axis=0)
    edges = edges[random.random(len(edges)) > 0.45].astype(np.int64)
    length = np.hypot(*(points[edges[:, 0]] - points[edges[:, 1]]).T)
    cost = np.tile(length, 2) * (1 + random.random(2 * len(edges))) * 1e7
    ends = _both_ways(*edges.T.astype(np.int64))
    return _finished("synthetic-1m", ends, cost, points[:, 0], points[:, 1])


GRAPHS: dict[str, Callable[[], BenchGraph]] = {
    "rail": rail,
    "rail-uncontracted": rail_uncontracted,
    "synthetic-1m": synthetic,
}
