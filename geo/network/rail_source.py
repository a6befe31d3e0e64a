"""Reads the world's railways from the text of ``scgraph_data``'s module into plain arrays.

The module is never imported or executed: its literals are taken with `ast.literal_eval`.
"""

from __future__ import annotations

import ast
import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.errors import DataError, MissingDataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["EURASIA", "RailGraph", "load_raw_railways"]

# Europe and Asia without Iceland; the southern side runs through the Mediterranean, along the
# Egyptian border, down the Red Sea and just south of Singapore. No railway reaches 180 degrees.
EURASIA = shapely.Polygon(
    [
        (-12.0, 62.0),
        (-12.0, 36.2),
        (-6.5, 35.95),
        (-5.0, 35.98),
        (-1.8, 36.4),
        (3.0, 38.0),
        (8.0, 38.2),
        (11.3, 37.7),
        (12.0, 36.2),
        (15.0, 35.2),
        (32.0, 33.0),
        (34.2, 31.3),
        (34.95, 29.45),
        (34.6, 28.0),
        (38.5, 20.5),
        (43.2, 12.6),
        (51.5, 12.8),
        (60.0, 1.0),
        (180.0, 1.0),
        (180.0, 80.0),
        (-8.0, 80.0),
    ],
)


@dataclass(frozen=True)
class RailGraph:
    """An undirected graph of straight pieces of track.

    Attributes
    ----------
    lon, lat
        Position of each vertex, degrees (EPSG:4326).
    tail, head
        Vertices at the ends of each edge.
    length_km
        Length of track of each edge, km; at least about the distance of its ends.
    kind
        What each edge is: ``track``, ``join``, ``curated`` or ``schematic``.
    counts
        What was dropped, joined or added on the way, for the report.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length_km: NDArray[np.float64]
    kind: NDArray[np.str_]
    counts: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that the arrays fit together."""
        sizes = {len(self.tail), len(self.head), len(self.length_km), len(self.kind)}
        if len(self.lon) != len(self.lat) or len(sizes) != 1:
            message = f"arrays of unequal length: {len(self.lon)}, {len(self.lat)}, {sizes}"
            raise ValueError(message)
        ends = np.concatenate([self.tail, self.head])
        if len(ends) and (ends.min() < 0 or ends.max() >= len(self.lon)):
            message = f"an edge names a vertex outside 0..{len(self.lon) - 1}"
            raise ValueError(message)
        if np.isnan(self.length_km).any() or (self.length_km < 0).any():
            message = "a length of track is negative or not a number"
            raise ValueError(message)

    @property
    def n_vertices(self) -> int:
        """Number of vertices."""
        return len(self.lon)

    @property
    def n_edges(self) -> int:
        """Number of undirected edges."""
        return len(self.tail)

    @property
    def degree(self) -> NDArray[np.int64]:
        """Number of edge ends at each vertex."""
        ends = np.concatenate([self.tail, self.head])
        return np.bincount(ends, minlength=self.n_vertices).astype(np.int64)

    def segments(self) -> NDArray[np.object_]:
        """Give a straight line from tail to head for each edge."""
        coords = np.stack(
            [
                np.column_stack([self.lon[self.tail], self.lat[self.tail]]),
                np.column_stack([self.lon[self.head], self.lat[self.head]]),
            ],
            axis=1,
        )
        return np.asarray(shapely.linestrings(coords), dtype=np.object_)

    def components(self) -> tuple[int, NDArray[np.int64]]:
        """Give the number of connected components and each vertex's component."""
        shape = (self.n_vertices, self.n_vertices)
        matrix = coo_array((np.ones(self.n_edges, dtype=np.int8), (self.tail, self.head)), shape)
        count, label = connected_components(matrix, directed=False)
        return int(count), label.astype(np.int64)

    def counted(self, **counts: float) -> RailGraph:
        """Give the same graph with more counts noted."""
        return replace(self, counts={**self.counts, **counts})

    def with_edges(
        self,
        tail: NDArray[np.int64],
        head: NDArray[np.int64],
        length_km: NDArray[np.float64],
        *,
        kind: str,
    ) -> RailGraph:
        """Give the graph with edges added at the end; earlier edges keep their numbers."""
        return replace(
            self,
            tail=np.concatenate([self.tail, tail]).astype(np.int64),
            head=np.concatenate([self.head, head]).astype(np.int64),
            length_km=np.concatenate([self.length_km, length_km]),
            kind=np.concatenate([self.kind, np.full(len(tail), kind)]),
        )


def load_raw_railways(
    path: Path | str,
    region: shapely.Geometry | tuple[float, float, float, float] | None = EURASIA,
) -> RailGraph:
    """Read the railways that lie within a region.

    Parameters
    ----------
    path
        ``world_railways.py`` of the package ``scgraph-data``.
    region
        Polygon, or (west, south, east, north) in degrees; None keeps the whole world.

    Returns
    -------
    RailGraph
        Unique undirected edges without self-loops, all of kind ``track``. The counts hold
        the nodes, edges, km and self-loops of the source and what the region left of them.

    Raises
    ------
    MissingDataError
        There is no such file.
    DataError
        The file holds no readable literals ``graph`` and ``nodes``, or nothing in the region.
    """
    literals = _literals(Path(path), ("graph", "nodes"))
    nodes = np.asarray(literals["nodes"], dtype=np.float64)
    tail, head, length_km, loops = _unique_edges(literals["graph"])
    graph = RailGraph(
        lon=nodes[:, 1].copy(),
        lat=nodes[:, 0].copy(),
        tail=tail,
        head=head,
        length_km=length_km,
        kind=np.full(len(tail), "track"),
    )
    graph = graph.counted(
        source_nodes=graph.n_vertices,
        source_edges=graph.n_edges,
        source_km=float(length_km.sum()),
        self_loops_dropped=loops,
    )
    kept = _within(graph, region)
    if not kept.n_edges:
        raise DataError(str(path), None, None, "no railway of it lies in the region")
    return kept


def _literals(path: Path, names: tuple[str, ...]) -> dict[str, Any]:
    """Take the literals assigned to names, one assignment a line, without executing anything."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingDataError(str(path), None, None, "no such file") from error
    found: dict[str, Any] = {}
    for line in text.splitlines():
        name, mark, value = line.partition("=")
        if mark and name.strip() in names:
            try:
                found[name.strip()] = ast.literal_eval(value.strip())
            except (ValueError, SyntaxError) as error:
                raise DataError(str(path), None, name.strip(), f"no literal: {error}") from error
    for name in names:
        if name not in found:
            raise DataError(str(path), None, name, "is not assigned in the file")
    return found


def _unique_edges(
    neighbours: list[dict[int, float]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], int]:
    """Turn a list of {neighbour: km} into unique pairs (tail < head), km and self-loops seen."""
    n = len(neighbours)
    sizes = np.fromiter(map(len, neighbours), dtype=np.int64, count=n)
    total = int(sizes.sum())
    tail = np.repeat(np.arange(n, dtype=np.int64), sizes)
    head = np.fromiter(itertools.chain.from_iterable(neighbours), dtype=np.int64, count=total)
    values = itertools.chain.from_iterable(each.values() for each in neighbours)
    length_km = np.fromiter(values, dtype=np.float64, count=total)
    real = tail != head
    key = np.minimum(tail, head)[real] * n + np.maximum(tail, head)[real]
    # The shorter of the two directions first, so that an unequal pair gives one sure answer.
    order = np.lexsort((length_km[real], key))
    unique, first = np.unique(key[order], return_index=True)
    return unique // n, unique % n, length_km[real][order][first], int(total - real.sum())


def _within(
    graph: RailGraph,
    region: shapely.Geometry | tuple[float, float, float, float] | None,
) -> RailGraph:
    """Keep edges with both ends in the region, and the vertices that still have an edge."""
    if region is None:
        inside = np.ones(graph.n_vertices, dtype=bool)
    else:
        area = shapely.box(*region) if isinstance(region, tuple) else region
        shapely.prepare(area)
        inside = np.asarray(shapely.contains_xy(area, graph.lon, graph.lat), dtype=bool)
    keep = inside[graph.tail] & inside[graph.head]
    used = np.zeros(graph.n_vertices, dtype=bool)
    used[graph.tail[keep]] = True
    used[graph.head[keep]] = True
    number = np.cumsum(used) - 1
    kept = RailGraph(
        lon=graph.lon[used],
        lat=graph.lat[used],
        tail=number[graph.tail[keep]],
        head=number[graph.head[keep]],
        length_km=graph.length_km[keep],
        kind=graph.kind[keep],
        counts=graph.counts,
    )
    return kept.counted(
        region_nodes=kept.n_vertices,
        region_edges=kept.n_edges,
        region_km=float(kept.length_km.sum()),
        nodes_without_edge_dropped=int((inside & ~used).sum()),
        components_read=kept.components()[0],
    )
