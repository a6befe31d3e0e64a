"""Matches lines, given as ordered stations, onto the track of a railway graph.

Tracing is in `geo.network.trace`; here are lines, hand-drawn parts, splits and shares of tariff.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geo.earth.geodesic import distance_km
from geo.errors import DataError
from geo.network.splits import find_splits, split_edges
from geo.network.trace import Gap, Station, Trace, Tracer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["LineMatches", "PartMatch", "match_lines"]

_TABLE = "line_stations.csv"
# A line that carries freight is traced along its own track, not the straighter one of a passenger
# line beside it, as long as it is no longer than this: the old Seoul - Busan line is 1.06 times
# as long as the new one, the old Chongqing - Guiyang line 1.3 times.
_SHYNESS = 1.35


@dataclass(frozen=True)
class PartMatch:
    """A line's part between two stations that follow one another.

    Attributes
    ----------
    line_id
        The line.
    order
        Order of the station at the part's end.
    from_place, to_place
        Its stations.
    geometry
        ``matched``, ``curated`` or ``schematic``.
    edges, forward
        Edges in order, and whether each is passed from tail to head.
    from_vertex, to_vertex
        Vertices of its stations.
    length_km
        Length of the edges, km.
    tariff_km
        Published length, km; NaN if none.
    from_snap_km, to_snap_km
        Distance of each station's coordinates from its vertex, km.
    """

    line_id: str
    order: int
    from_place: str
    to_place: str
    geometry: str
    edges: NDArray[np.int64]
    forward: NDArray[np.bool_]
    from_vertex: int
    to_vertex: int
    length_km: float
    tariff_km: float
    from_snap_km: float
    to_snap_km: float


@dataclass(frozen=True)
class LineMatches:
    """Lines on the track.

    Attributes
    ----------
    graph
        The graph with the stations set into long edges and the hand-drawn parts. An edge keeps
        its number; the second half of a split edge, and new parts, come at the end.
    parts
        Every part of every line, in the order of the table.
    line_id
        Line of each edge; "" for none. Where lines share an edge, the first in the table.
    part_order
        Part of that line: the order of the station at its end; 0 for none.
    tariff_km
        The edge's share of the part's published length, km; NaN where none is published.
    place_ids
        Places whose station is at each vertex, joined by ";".
    use
        What each edge serves: ``freight`` (a line that carries freight), ``mixed`` (such a line
        and one for passengers alone), ``passenger-high-speed`` (only one for passengers alone)
        or ``unknown`` (no line).
    """

    graph: RailGraph
    parts: tuple[PartMatch, ...]
    line_id: NDArray[np.str_]
    part_order: NDArray[np.int64]
    tariff_km: NDArray[np.float64]
    place_ids: NDArray[np.str_]
    use: NDArray[np.str_]

    def part_table(self) -> pd.DataFrame:
        """Tabulate the parts as the layer `line_parts`.

        Returns
        -------
        DataFrame
            line_id, part_order, from_place, to_place, kind (`track`, or what of it was drawn by
            hand), length_km, drawn_km, from_snap_km, to_snap_km.
        """
        by_hand = np.isin(self.graph.kind, ("curated", "schematic"))
        rows = []
        for part in self.parts:
            drawn = part.edges[by_hand[part.edges]]
            rows.append(
                {
                    "line_id": part.line_id,
                    "part_order": part.order,
                    "from_place": part.from_place,
                    "to_place": part.to_place,
                    "kind": max(map(str, self.graph.kind[drawn]), default="track"),
                    "length_km": round(part.length_km, 3),
                    "drawn_km": round(float(self.graph.length_km[drawn].sum()), 3),
                    "from_snap_km": round(part.from_snap_km, 3),
                    "to_snap_km": round(part.to_snap_km, 3),
                }
            )
        return pd.DataFrame(rows)


class _Row(NamedTuple):
    """A row of the stations with its coordinates, degrees."""

    line_id: str
    order: int
    place_id: str
    geometry: str
    tariff_km: float
    lon: float
    lat: float


def match_lines(  # noqa: PLR0913 - each by its name
    graph: RailGraph,
    places: pd.DataFrame,
    line_stations: pd.DataFrame,
    *,
    snap_km: float = 6.0,
    split: bool = True,
    passenger_lines: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
) -> LineMatches:
    """Match lines onto track.

    Parameters
    ----------
    graph
        Track with its gaps joined, before it is cut at borders and its chains contracted.
    places
        Table `places`: place_id, lon, lat.
    line_stations
        Table `line_stations`: line_id, order, place_id, tariff_km, geometry. A line's rows
        follow one another; lines that come first keep the track they share with later ones.
    snap_km
        How far from a station its track may lie, km.
    split
        Whether a station may be set into a long edge that passes it.
    passenger_lines
        Lines that carry no freight. They are traced last and take only track that no other
        line has, wherever they stand in the table.
    progress
        Called with each line's id before it is traced.

    Returns
    -------
    LineMatches

    Raises
    ------
    DataError
        A place is unknown, or no track leads from one station to the next: the message names
        the line, the stations and the length of the gap.
    """
    last = line_stations["line_id"].isin(list(passenger_lines))
    rows = _joined(places, pd.concat([line_stations[~last], line_stations[last]]))
    runs = _runs(rows)
    stations = {rows[i].place_id: rows[i] for run in runs for i in run}
    lon = np.array([row.lon for row in stations.values()])
    lat = np.array([row.lat for row in stations.values()])
    traced, offsets = graph, np.zeros(graph.n_vertices)
    if split:
        edge, place, offset_km = find_splits(graph, lon, lat)
        trial, first = split_edges(graph, edge, lon[place], lat[place])
        offsets = np.concatenate([np.zeros(first), offset_km])
        tracer = Tracer(trial, snap_km=snap_km, offset_km=offsets)
        found = _trace_all(tracer, rows, runs, passenger_lines, progress)
        at = [vertex for trace in found.values() for vertex in trace[2:]]
        # Only the splits that a line uses stay.
        kept = np.isin(first + np.arange(len(edge)), at)
        traced, _ = split_edges(graph, edge[kept], lon[place[kept]], lat[place[kept]])
        offsets = np.concatenate([np.zeros(first), offset_km[kept]])
    tracer = Tracer(traced, snap_km=snap_km, offset_km=offsets)
    found = _trace_all(tracer, rows, runs, passenger_lines, progress)
    drawn, traces = _draw(traced, rows, found)
    return _matches(drawn, rows, traces, frozenset(passenger_lines))


def _joined(places: pd.DataFrame, line_stations: pd.DataFrame) -> list[_Row]:
    """Give each row of the stations its coordinates; refuse unknown places."""
    where = {
        str(place): (float(lon), float(lat))
        for place, lon, lat in zip(places["place_id"], places["lon"], places["lat"], strict=True)
    }
    names = ("line_id", "order", "place_id", "geometry", "tariff_km")
    rows: list[_Row] = []
    for values in zip(*(line_stations[name] for name in names), strict=True):
        line, order, place, geometry, km = values
        if place not in where:
            problem = f"unknown place {place!r}"
            raise DataError(_TABLE, len(rows) + 2, "place_id", problem)
        tariff_km = float("nan") if pd.isna(km) else float(km)
        row = _Row(str(line), int(order), str(place), str(geometry), tariff_km, *where[place])
        rows.append(row)
    return rows


def _runs(rows: Sequence[_Row]) -> list[list[int]]:
    """Cut the lines into runs of matched parts that follow one another: rows of their stations."""
    runs: list[list[int]] = []
    for i, row in enumerate(rows):
        if i and rows[i - 1].line_id == row.line_id and row.geometry == "matched":
            runs[-1].append(i)
        else:
            runs.append([i])
    return [run for run in runs if len(run) > 1]


def _trace_all(
    tracer: Tracer,
    rows: Sequence[_Row],
    runs: Sequence[Sequence[int]],
    passenger_lines: Collection[str],
    progress: Callable[[str], None] | None,
) -> dict[int, Trace]:
    """Trace every run: freight lines first, and shy of the track of the passenger lines."""
    alone = [run for run in runs if rows[run[0]].line_id in passenger_lines]
    others = [run for run in runs if rows[run[0]].line_id not in passenger_lines]
    burden = np.ones(tracer.graph.n_edges)
    for trace in _trace(tracer, rows, alone, defaultdict(set), None).values():
        burden[trace.edges] = _SHYNESS
    known: dict[str, set[int]] = defaultdict(set)
    found = _trace(replace(tracer, burden=burden), rows, others, known, progress)
    return found | _trace(tracer, rows, alone, known, progress)


def _trace(
    tracer: Tracer,
    rows: Sequence[_Row],
    runs: Sequence[Sequence[int]],
    known: dict[str, set[int]],
    progress: Callable[[str], None] | None,
) -> dict[int, Trace]:
    """Trace runs; give the trace of the part that ends at each row, and note their vertices."""
    found: dict[int, Trace] = {}
    for run in runs:
        line = rows[run[0]].line_id
        if progress is not None:
            progress(line)
        stations = [
            Station(place, rows[i].lon, rows[i].lat, frozenset(known[place]))
            for i in run
            for place in [rows[i].place_id]
        ]
        try:
            traces = tracer.trace(stations)
        except Gap as gap:
            problem = f"line {line}: {gap}"
            raise DataError(_TABLE, None, None, problem) from gap
        for i, trace in zip(run[1:], traces, strict=True):
            found[i] = trace
            known[rows[i - 1].place_id].add(trace.from_vertex)
            known[rows[i].place_id].add(trace.to_vertex)
    return found


def _draw(
    graph: RailGraph, rows: Sequence[_Row], found: dict[int, Trace]
) -> tuple[RailGraph, dict[int, Trace]]:
    """Add the parts that are not matched as straight edges between their stations."""
    # A station's vertex: what its own line found, else what any line found, else a new one.
    vertex: dict[tuple[str, str], int] = {}
    for i, trace in found.items():
        for row, at in ((rows[i - 1], trace.from_vertex), (rows[i], trace.to_vertex)):
            vertex[row.line_id, row.place_id] = at
            vertex.setdefault(("", row.place_id), at)
    traces = dict(found)
    for i, row in enumerate(rows):
        if not i or rows[i - 1].line_id != row.line_id or row.geometry == "matched":
            continue
        ends: list[int] = []
        for each in (rows[i - 1], row):
            end = vertex.get((row.line_id, each.place_id), vertex.get(("", each.place_id)))
            if end is None:
                end = vertex["", each.place_id] = graph.n_vertices
                lon, lat = np.append(graph.lon, each.lon), np.append(graph.lat, each.lat)
                graph = replace(graph, lon=lon, lat=lat)
            ends.append(end)
        tail, head = np.array(ends[:1]), np.array(ends[1:])
        length = np.array([row.tariff_km])
        if np.isnan(row.tariff_km):
            lon, lat = graph.lon, graph.lat
            length = distance_km(lon[tail], lat[tail], lon[head], lat[head])
        traces[i] = Trace(np.array([graph.n_edges]), np.array([True]), ends[0], ends[1])
        graph = graph.with_edges(tail, head, length, kind=row.geometry)
    return graph, traces


def _matches(
    graph: RailGraph,
    rows: Sequence[_Row],
    traces: dict[int, Trace],
    passenger_lines: frozenset[str],
) -> LineMatches:
    """Gather the parts and what they give to edges and vertices."""
    longest = max((len(row.line_id) for row in rows), default=1)
    line_id = np.full(graph.n_edges, "", dtype=f"<U{longest}")
    part_order = np.zeros(graph.n_edges, dtype=np.int64)
    tariff_km = np.full(graph.n_edges, np.nan)
    freight, passenger = np.zeros((2, graph.n_edges), dtype=np.bool_)
    at_vertex: dict[int, set[str]] = defaultdict(set)
    parts: list[PartMatch] = []
    for i in sorted(traces):
        part = _part(graph, rows[i - 1], rows[i], traces[i])
        parts.append(part)
        at_vertex[part.from_vertex].add(part.from_place)
        at_vertex[part.to_vertex].add(part.to_place)
        (passenger if part.line_id in passenger_lines else freight)[part.edges] = True
        mine = part.edges[line_id[part.edges] == ""]
        line_id[mine], part_order[mine] = part.line_id, part.order
        if part.length_km > 0:
            tariff_km[mine] = graph.length_km[mine] * (part.tariff_km / part.length_km)
    place_ids = np.full(graph.n_vertices, "", dtype=object)
    for vertex, names in at_vertex.items():
        place_ids[vertex] = ";".join(sorted(names))
    return LineMatches(
        graph=graph,
        parts=tuple(parts),
        line_id=line_id,
        part_order=part_order,
        tariff_km=tariff_km,
        place_ids=place_ids.astype(np.str_),
        use=np.select(
            [freight & passenger, freight, passenger],
            ["mixed", "freight", "passenger-high-speed"],
            default="unknown",
        ),
    )


def _part(graph: RailGraph, start: _Row, end: _Row, trace: Trace) -> PartMatch:
    """Describe the part between two rows."""
    at = np.array([trace.from_vertex, trace.to_vertex])
    lon, lat = np.array([start.lon, end.lon]), np.array([start.lat, end.lat])
    snap = distance_km(graph.lon[at], graph.lat[at], lon, lat)
    return PartMatch(
        line_id=end.line_id,
        order=end.order,
        from_place=start.place_id,
        to_place=end.place_id,
        geometry=end.geometry,
        edges=trace.edges,
        forward=trace.forward,
        from_vertex=trace.from_vertex,
        to_vertex=trace.to_vertex,
        length_km=float(graph.length_km[trace.edges].sum()),
        tariff_km=end.tariff_km,
        from_snap_km=float(snap[0]),
        to_snap_km=float(snap[1]),
    )
