"""Known lines and known stations on the track of OpenStreetMap, as far as it reaches.

A part that the track does not hold, or holds at another length, is left out and told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.atlas import ids_of
from geo.earth.geodesic import distance_km
from geo.earth.nearest import NearestPoints
from geo.network.matching import LineMatches, PartMatch
from geo.network.trace import Gap, Station, Trace, Tracer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["KnownLines", "found_lines", "station_vertices"]

SNAP_KM = 6.0
"""How far from its station a line's track may lie, km; as for the network that ships."""

_LENGTH_SHARE, _LENGTH_KM = 0.2, 5.0
# A line is led over track that is not for it only where there is no other within this factor.
_AVOID = 4.0
_MOST_FOREIGN = 0.1
_LEAST_PIECE_KM = 10.0


@dataclass(frozen=True)
class KnownLines:
    """What the atlas knows of freight lines.

    Attributes
    ----------
    places
        place_id, iso3, lon, lat, kinds.
    line_stations
        line_id, order, place_id, tariff_km of lines that carry freight, in their order.
    length_km
        Length of each part where the network that ships has it, by (line_id, order).
    """

    places: pd.DataFrame
    line_stations: pd.DataFrame
    length_km: dict[tuple[str, int], float]


def found_lines(
    graph: RailGraph, known: KnownLines, *, avoid: NDArray[np.bool_], foreign: NDArray[np.bool_]
) -> tuple[LineMatches, tuple[str, ...]]:
    """Trace known freight lines wherever the track has their stations.

    Parameters
    ----------
    graph
        The track.
    known
        The lines.
    avoid
        Edges that a line takes only for want of others: closed ones, or for passengers alone.
    foreign
        Edges for passengers alone: a part with more than a tenth of them is left out.

    Returns
    -------
    matches : LineMatches
        On the same graph; `use` says ``freight`` on lines and ``unknown`` elsewhere.
    refused : tuple of str
        Parts that were traced and left out, in words.
    """
    where = known.places.set_index("place_id")[["lon", "lat"]]
    stations = known.line_stations.merge(where, left_on="place_id", right_index=True, how="left")
    _, away = NearestPoints(graph.lon, graph.lat).query(stations["lon"], stations["lat"])
    stations = stations.assign(near=away <= SNAP_KM)
    # Most lines of a continent are nowhere near.
    stations = stations[stations.groupby("line_id")["near"].transform("sum") > 1]
    weighted = replace(graph, length_km=graph.length_km * np.where(avoid, _AVOID, 1.0))
    tracer = Tracer(weighted, snap_km=SNAP_KM)
    at_place: dict[str, set[int]] = defaultdict(set)
    parts: list[PartMatch] = []
    refused: list[str] = []
    for line, rows in stations.groupby("line_id", sort=False):
        for run in _runs(rows):
            for part in _traced(graph, tracer, str(line), run, at_place):
                problem = _problem(part, known, foreign, graph)
                if problem:
                    refused.append(problem)
                else:
                    parts.append(part)
                    at_place[part.from_place].add(part.from_vertex)
                    at_place[part.to_place].add(part.to_vertex)
    return _gathered(graph, parts), tuple(refused)


def _runs(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Cut a line into runs of stations that all have track near."""
    number = (~rows["near"]).cumsum()[rows["near"]]
    return [run for _, run in rows[rows["near"]].groupby(number) if len(run) > 1]


def _traced(
    graph: RailGraph,
    tracer: Tracer,
    line: str,
    run: pd.DataFrame,
    at_place: dict[str, set[int]],
) -> list[PartMatch]:
    """Trace a run of stations; where track ends between two, go on behind."""
    stations = [
        Station(str(place), float(lon), float(lat), frozenset(at_place[str(place)]))
        for place, lon, lat in zip(run["place_id"], run["lon"], run["lat"], strict=True)
    ]
    if len(stations) < 2:
        return []
    try:
        traces = tracer.trace(stations)
    except Gap as gap:
        names = [station.place_id for station in stations]
        end = max(at for at in range(1, len(names)) if names[at] == gap.to_place)
        return [
            *_traced(graph, tracer, line, run.iloc[:end], at_place),
            *_traced(graph, tracer, line, run.iloc[end:], at_place),
        ]
    orders, tariffs = run["order"].to_list(), run["tariff_km"].to_list()
    return [
        _part(graph, line, stations[at : at + 2], trace, (int(order), float(tariff_km)))
        for at, (trace, order, tariff_km) in enumerate(
            zip(traces, orders[1:], tariffs[1:], strict=True)
        )
    ]


def _part(
    graph: RailGraph, line: str, ends: Sequence[Station], trace: Trace, row: tuple[int, float]
) -> PartMatch:
    """Describe a part that was traced; `row` is its order and its tariff km."""
    at = np.array([trace.from_vertex, trace.to_vertex])
    lon, lat = np.array([end.lon for end in ends]), np.array([end.lat for end in ends])
    snap = distance_km(graph.lon[at], graph.lat[at], lon, lat)
    return PartMatch(
        line_id=line,
        order=row[0],
        from_place=ends[0].place_id,
        to_place=ends[1].place_id,
        geometry="matched",
        edges=trace.edges,
        forward=trace.forward,
        from_vertex=trace.from_vertex,
        to_vertex=trace.to_vertex,
        length_km=float(graph.length_km[trace.edges].sum()),
        tariff_km=row[1],
        from_snap_km=float(snap[0]),
        to_snap_km=float(snap[1]),
    )


def _problem(
    part: PartMatch, known: KnownLines, foreign: NDArray[np.bool_], graph: RailGraph
) -> str:
    """Say why a traced part is not the line's, or nothing."""
    name = f"{part.line_id}: {part.from_place} - {part.to_place}"
    if not len(part.edges):
        return f"{name}: both stations at one spot"
    other = float(graph.length_km[part.edges[foreign[part.edges]]].sum())
    if other > _MOST_FOREIGN * part.length_km:
        return f"{name}: {other:.0f} of {part.length_km:.0f} km are for passengers alone"
    expected = known.length_km.get((part.line_id, part.order), part.tariff_km)
    if np.isfinite(expected):
        bound = max(_LENGTH_KM, _LENGTH_SHARE * expected)
        if abs(part.length_km - expected) > bound:
            return f"{name}: {part.length_km:.0f} km of track where {expected:.0f} are known"
    return ""


def _gathered(graph: RailGraph, parts: Sequence[PartMatch]) -> LineMatches:
    """Gather what the parts give to edges and vertices; a line that comes first keeps its track."""
    line_id = np.full(graph.n_edges, "", dtype=object)
    part_order = np.zeros(graph.n_edges, dtype=np.int64)
    tariff_km = np.full(graph.n_edges, np.nan)
    at_vertex: dict[int, set[str]] = defaultdict(set)
    for part in parts:
        at_vertex[part.from_vertex].add(part.from_place)
        at_vertex[part.to_vertex].add(part.to_place)
        mine = part.edges[line_id[part.edges] == ""]
        line_id[mine], part_order[mine] = part.line_id, part.order
        tariff_km[mine] = graph.length_km[mine] * (part.tariff_km / part.length_km)
    place_ids = np.full(graph.n_vertices, "", dtype=object)
    for vertex, names in at_vertex.items():
        place_ids[vertex] = ";".join(sorted(names))
    return LineMatches(
        graph=graph,
        parts=tuple(parts),
        line_id=line_id.astype(np.str_),
        part_order=part_order,
        tariff_km=tariff_km,
        place_ids=place_ids.astype(np.str_),
        use=np.where(line_id == "", "unknown", "freight"),
    )


def station_vertices(
    graph: RailGraph,
    places: pd.DataFrame,
    *,
    iso3: NDArray[np.str_],
    usable: NDArray[np.bool_],
    taken: NDArray[np.str_],
    within_km: float = SNAP_KM,
) -> tuple[NDArray[np.object_], int]:
    """Put stations that no line has brought to the track onto the nearest track of their state.

    Parameters
    ----------
    graph
        The track, cut at borders.
    places
        place_id, iso3, lon, lat, kinds.
    iso3, usable
        Of each edge: its state, and whether goods trains may use it.
    taken
        Places at each vertex so far, joined by ``;``.
    within_km
        How far from its track a station may lie, km.

    Returns
    -------
    place_ids : object[vertices]
        Those taken and the new ones.
    found : int
        How many new ones.
    """
    at_vertex = np.asarray(taken, dtype=object).copy()
    there = {place for ids in set(at_vertex) for place in ids_of(ids)}
    fit = usable & _on_large_piece(graph, usable)
    wanted = places[
        places["kinds"].fillna("").str.split(";").map(lambda kinds: "station" in kinds)
        & ~places["place_id"].isin(there)
    ]
    found = 0
    for state, rows in wanted.groupby("iso3"):
        own = fit & (iso3 == state)
        vertex = np.unique(np.concatenate([graph.tail[own], graph.head[own]]))
        if not len(vertex):
            continue
        near, away = NearestPoints(graph.lon[vertex], graph.lat[vertex]).query(
            rows["lon"], rows["lat"]
        )
        for place, at, km in zip(rows["place_id"], vertex[near], away, strict=True):
            if km <= within_km:
                names = {*ids_of(at_vertex[at]), str(place)}
                at_vertex[at] = ";".join(sorted(names))
                found += 1
    return at_vertex, found


def _on_large_piece(graph: RailGraph, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which usable edges hang together with a good length of others."""
    part = replace(
        graph,
        tail=graph.tail[usable],
        head=graph.head[usable],
        length_km=graph.length_km[usable],
        kind=graph.kind[usable],
    )
    _, label = part.components()
    km = np.bincount(label[part.tail], weights=part.length_km, minlength=int(label.max()) + 1)
    large = np.zeros(graph.n_edges, dtype=np.bool_)
    large[usable] = km[label[part.tail]] >= min(_LEAST_PIECE_KM, float(km.max(initial=0.0)))
    return large
