"""Through prices by rail: one charge from border to border, with the track that it runs on.

A service has steps of its own at both borders, so that nothing can leave it half way, and no
haulage, wagon or inner border of its states is charged beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array
from shapely.geometry import LineString, MultiLineString

from geo.atlas import ids_of
from geo.network.blocks import ArcBlock
from geo.network.crossings import BorderBook, listed_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.routing import Graph

__all__ = ["service_block", "superseded_services"]


@dataclass(frozen=True, eq=False)
class _Track:
    """The arcs that a through train can run on."""

    graph: Graph
    columns: pd.DataFrame
    shapes: NDArray[np.object_]
    links: Sequence[tuple[NDArray[np.int64], NDArray[np.object_]]]

    def links_of(self, way: NDArray[np.int64]) -> list[str]:
        """Return what can close any of some arcs: their states, lines and parts."""
        met = [names[np.isin(arcs, way)] for arcs, names in self.links]
        return sorted({str(name) for name in np.concatenate(met)})


def superseded_services(services: pd.DataFrame, day: str) -> dict[str, str]:
    """Return the links of through prices that another one stands for on a day, with the reason.

    Of several between the same crossings the newest that is not later than the day holds; if all
    are later, the oldest.
    """
    closed: dict[str, str] = {}
    for _, rivals in services.groupby(["from_crossing", "to_crossing"], sort=False):
        dates = [str(date) for date in rivals["valid_from"]]
        past = [date for date in dates if date <= day]
        held = max(past) if past else min(dates)
        for service, date in zip(rivals["service_id"], dates, strict=True):
            if date != held:
                closed[f"service:{service}"] = f"the price {service} is not that of {day}"
    return closed


def _way(
    graph: Graph,
    columns: pd.DataFrame,
    states: set[str],
    starts: Sequence[int],
    end: int,
) -> NDArray[np.int64]:
    """Arcs of the shortest track inside the service's states between two borders."""
    from scipy.sparse.csgraph import dijkstra

    inside = columns["iso3"].isin(states) & columns["mode"].isin(["rail", "border"])
    length_km = columns["length_km"].to_numpy(dtype=np.float64)
    arcs = np.flatnonzero(inside)
    # Of parallel arcs the shortest, which SciPy would add up.
    arcs = arcs[np.lexsort((length_km[arcs], graph.head[arcs], graph.tail[arcs]))]
    pair = graph.tail[arcs] * graph.n_nodes + graph.head[arcs]
    pair, first = np.unique(pair, return_index=True)
    arcs = arcs[first]
    matrix = csr_array(
        (length_km[arcs], (graph.tail[arcs], graph.head[arcs])), shape=(graph.n_nodes,) * 2
    )
    _, before, _ = dijkstra(matrix, indices=list(starts), min_only=True, return_predecessors=True)
    nodes = [end]
    while (previous := int(before[nodes[-1]])) >= 0:
        nodes.append(previous)
    steps = np.array(nodes[::-1], np.int64)
    return arcs[np.searchsorted(pair, steps[:-1] * graph.n_nodes + steps[1:])]


def _shape_of(
    way: NDArray[np.int64], columns: pd.DataFrame, shapes: NDArray[np.object_]
) -> MultiLineString:
    """One geometry for all the track of a way."""
    shape, backwards = columns["shape"].to_numpy(), columns["reverse"].to_numpy()
    lines: list[LineString] = []
    for arc in way:
        if shape[arc] >= 0:
            line = shapes[shape[arc]]
            lines.append(line.reverse() if backwards[arc] else line)
    return MultiLineString(lines)


def service_block(
    services: pd.DataFrame,
    borders: BorderBook,
    *,
    graph: Graph,
    columns: pd.DataFrame,
    shapes: NDArray[np.object_],
    links: Sequence[tuple[NDArray[np.int64], NDArray[np.object_]]],
) -> tuple[ArcBlock, list[BaseGeometry]]:
    """Make the arcs of every through price by rail.

    Parameters
    ----------
    services : DataFrame
        The table `services`.
    borders : BorderBook
    graph, columns : Graph, DataFrame
        The arcs of rail and borders made so far.
    shapes : object[shapes]
        Geometries that `columns.shape` counts.
    links : sequence of (arc, link)
        What can close the arcs of rail: it closes a through train too.

    Returns
    -------
    block : ArcBlock
    geometries : list of MultiLineString
        One for each service arc, to follow `shapes`.
    """
    rows: list[dict[str, Any]] = []
    geometries: list[BaseGeometry] = []
    first = len(shapes)
    vertex_of = {
        str(row["crossing_id"]): vertex
        # The first vertex of a crossing counts: further ones are of tracks laid beside it.
        for vertex, row in reversed(list(borders.vertices.items()))
        if row["crossing_id"]
    }
    for service in services.to_dict("records"):
        for entry in ids_of(service["from_crossing"]):
            for leaving in ids_of(service["to_crossing"]):
                if entry not in vertex_of or leaving not in vertex_of:
                    continue
                made, shape = _service_rows(
                    service,
                    borders,
                    (vertex_of[entry], vertex_of[leaving]),
                    track=_Track(graph, columns, shapes, links),
                    shape=first + len(geometries),
                )
                rows += made
                geometries.append(shape)
    return ArcBlock.of(rows), geometries


def _service_rows(
    service: Mapping[Any, Any],
    borders: BorderBook,
    ends: tuple[int, int],
    *,
    track: _Track,
    shape: int,
) -> tuple[list[dict[str, Any]], BaseGeometry]:
    """Arcs of one through price: over the border, along the track, over the other border."""
    columns = track.columns
    entry, leaving = ends
    states = set(ids_of(service["states"]))
    link = f"service:{service['service_id']}"
    start_state, outside = _sides(borders, entry, states)
    end_state, beyond = _sides(borders, leaving, states)
    into = listed_rows(borders, entry, outside, start_state, transit=True)
    out = listed_rows(borders, leaving, end_state, beyond)
    gauge = int(
        np.bincount(
            columns.loc[(columns["iso3"] == start_state) & (columns["mode"] == "rail"), "gauge_mm"]
        ).argmax()
    )
    starts = list(borders.nodes(entry, start_state).values())
    last = borders.nodes(leaving, end_state)[gauge]
    way = _way(track.graph, columns, states, starts, last)

    twins: dict[int, int] = {}

    def twin(node: int) -> int:
        if node not in twins:
            twins[node] = borders.book.copy_of(node, kind="service")
        return twins[node]

    rows = [
        row
        | {
            "tail": row["tail"] if row["mode"] == "border" else twin(row["tail"]),
            "head": twin(row["head"]),
            "links": (*row["links"], link),
        }
        for row in into
    ]
    end = twin(last)
    rows += [
        row | {"tail": end, "links": (*row["links"], link)}
        for row in out
        if row["mode"] == "border" and row["tail"] == last
    ]
    energy = _energy(way, columns, borders)
    km = float(columns["length_km"].to_numpy()[way].sum())
    carried = (*(f"transit:{iso3}" for iso3 in sorted(states)), *track.links_of(way))
    rows += [
        {
            "tail": twin(node),
            "head": end,
            "mode": "rail",
            "line_id": service["service_id"],
            "iso3": ";".join(dict.fromkeys(columns["iso3"].to_numpy()[way])),
            "gauge_mm": gauge,
            "length_km": km,
            "tariff_km": float(service["tariff_km"]),
            "where": service["name"],
            "shape": shape,
            "uses": {str(service["item"]): 1.0} | energy,
            "links": (link, *carried),
        }
        for node in starts
        if node == borders.nodes(entry, start_state).get(gauge)
    ]
    return rows, _shape_of(way, columns, track.shapes)


def _sides(borders: BorderBook, vertex: int, states: set[str]) -> tuple[str, str]:
    """Return the state of the service and the state outside, at a border vertex."""
    here, there = next(
        (a, b) for a, b in borders.directions(vertex) if a in states and b not in states
    )
    return here, there


def _energy(way: NDArray[np.int64], columns: pd.DataFrame, borders: BorderBook) -> dict[str, float]:
    """Km run on the power of each tariff zone."""
    along = columns.iloc[way]
    km = along.groupby("iso3")["length_km"].sum()
    uses: dict[str, float] = {}
    for iso3, length in km.items():
        if length > 0:
            item = "energy-" + borders.zone_of.get(str(iso3), "other")
            uses[item] = uses.get(item, 0.0) + float(length)
    return uses
