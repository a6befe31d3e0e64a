"""Builds the railway layers: source, joins, lines, borders, gauges, chains, and the files.

`build_rail` is the one call; what each step did is in its report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.files import whole_file
from geo.network.borders import border_vertices, cut_at_borders, match_crossings
from geo.network.chains import contract_chains
from geo.network.gauges import gauges_at
from geo.network.matching import LineMatches, match_lines
from geo.network.rail_source import RailGraph, load_raw_railways
from geo.network.states import States
from geo.network.topology import add_links, join_dead_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.network.borders import BorderCut, Correction
    from geo.network.chains import Chains
    from geo.network.gauges import GaugeArea
    from geo.network.topology import Allowed, CuratedLink

__all__ = [
    "RailFacts",
    "RailReport",
    "build_rail",
    "joined_track",
    "node_layer",
    "states_of",
    "write_rail",
]

# Rows of the boundaries that bear no ISO 3166 code, yet have railways of their own.
_UNCODED = {"Kosovo": "XKX"}


@dataclass(frozen=True)
class RailFacts:
    """What the builder knows beside the track itself.

    Attributes
    ----------
    boundaries
        Layer of boundaries: iso3, geometry, and name if some rows have no iso3.
    crossings
        Table of crossings: crossing_id, iso3_a, iso3_b, lon, lat.
    gauge_by_state
        Gauges of each state's network, mm: ``{"KOR": "1435"}``.
    gauge_by_line
        Gauges of lines that differ from their state's.
    places, line_stations
        Tables whose lines are matched onto the track; None matches none.
    passenger_lines
        Lines that carry no freight: track that only they use is closed to it.
    """

    boundaries: gpd.GeoDataFrame
    crossings: pd.DataFrame
    gauge_by_state: Mapping[str, str]
    gauge_by_line: Mapping[str, str] | None = None
    places: pd.DataFrame | None = None
    line_stations: pd.DataFrame | None = None
    passenger_lines: frozenset[str] = frozenset()
    links: Sequence[CuratedLink] = ()
    allow: Sequence[Allowed] = ()
    gauge_areas: Sequence[GaugeArea] = ()
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True)
class RailReport:
    """What was built.

    Attributes
    ----------
    counts
        Of every step, by name.
    km_by_state
        Length of track, km, by iso3.
    crossing_km
        Distance of each crossing from its border vertex, km; infinite: no track found there.
    given_back, long_incursions
        Track in a foreign state that was given back, and that was not.
    matches
        The lines as matched.
    """

    counts: Mapping[str, float]
    km_by_state: pd.Series
    crossing_km: Mapping[str, float]
    given_back: pd.DataFrame
    long_incursions: pd.DataFrame
    matches: LineMatches


def build_rail(
    source: Path | str,
    layers: Path,
    facts: RailFacts,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> RailReport:
    """Build ``rail_edges.parquet``, ``rail_nodes.parquet`` and ``line_parts.parquet``.

    Parameters
    ----------
    source
        ``world_railways.py`` of the package ``scgraph-data``.
    layers
        Folder that the two files are written to.
    facts
        Boundaries, crossings, gauges and lines.
    progress
        Called with the name of each step and of each line.

    Returns
    -------
    RailReport
        Counts of everything that was dropped, joined, cut or given back.
    """
    progress("read the source")
    raw = load_raw_railways(source)
    states = states_of(facts.boundaries)
    progress("join dead ends")
    joined = joined_track(raw, states, facts)
    progress("match lines")
    matches = _matched(joined, facts, progress)
    progress("cut at borders")
    cut = cut_at_borders(matches.graph, states, corrections=facts.corrections)
    progress("contract and write")
    crossing_km, counts = write_rail(layers, cut, matches, facts)
    return RailReport(
        counts={**cut.graph.counts, **counts},
        km_by_state=pd.Series(cut.graph.length_km).groupby(cut.iso3).sum(),
        crossing_km=crossing_km,
        given_back=cut.given_back,
        long_incursions=cut.long_incursions,
        matches=matches,
    )


def joined_track(raw: RailGraph, states: States, facts: RailFacts) -> RailGraph:
    """Add curated links and join dead ends of one state and gauge, or where a gap is allowed."""
    graph = add_links(raw, facts.links)
    iso3 = states.at(graph.lon, graph.lat)
    gauges = gauges_at(
        graph.lon, graph.lat, iso3, by_state=facts.gauge_by_state, areas=facts.gauge_areas
    )
    zone = np.where(iso3 == "", "", np.char.add(np.char.add(iso3, "|"), gauges))
    return join_dead_ends(graph, zone=zone, allow=facts.allow)


def write_rail(
    layers: Path,
    cut: BorderCut,
    matches: LineMatches,
    facts: RailFacts,
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Contract a cut graph and write the layers `rail_edges`, `rail_nodes` and `line_parts`.

    Parameters
    ----------
    layers
        Folder to write to.
    cut
        The graph with a state for each edge.
    matches
        Lines on the graph before it was cut.
    facts
        Crossings and gauges.

    Returns
    -------
    Mapping
        km between each crossing and its border vertex; infinite where none was found.
    Mapping
        Counts: nodes, edges, loops dropped, bytes of both files.
    """
    edges = _edge_attributes(cut, matches, facts)
    graph = cut.graph
    borders = border_vertices(graph, cut.iso3)
    on_line = edges["line_id"].to_numpy(dtype=np.str_) != ""
    borders["crossing_id"], crossing_km = match_crossings(
        graph, borders, facts.crossings, main_line=on_line
    )
    place_ids = np.full(graph.n_vertices, "", dtype=object)
    place_ids[: len(matches.place_ids)] = matches.place_ids
    keep = place_ids != ""
    keep[borders.index] = True
    same = edges.drop(columns="tariff_km").assign(priced=edges["tariff_km"].notna())
    number = np.asarray(same.groupby(list(same), sort=True).ngroup(), dtype=np.int64)
    chains = contract_chains(graph, keep=keep, edge_class=number)
    table = _edge_layer(graph, chains, edges)
    nodes = node_layer(graph, chains, borders, place_ids)
    sizes = {}
    layers_made = {"rail_edges": table, "rail_nodes": nodes, "line_parts": matches.part_table()}
    for name, frame in layers_made.items():
        path = layers / f"{name}.parquet"
        with whole_file(path) as temporary:
            frame.to_parquet(temporary, compression="zstd", compression_level=19, index=False)
        sizes[f"{name}_bytes"] = path.stat().st_size
    loops = chains.tail == chains.head
    return crossing_km, {
        "nodes": len(nodes),
        "edges": len(table),
        "edges_km": float(table["length_km"].sum()),
        "loops_dropped": int(loops.sum()),
        "loops_dropped_km": float(chains.length_km[loops].sum()),
        "rings_without_junction": chains.cycles,
        "border_vertices": len(borders),
        "border_vertices_listed": int((borders["crossing_id"] != "").sum()),
        "crossings_without_track": int(np.isinf(list(crossing_km.values())).sum()),
        **sizes,
    }


def states_of(boundaries: gpd.GeoDataFrame) -> States:
    """Give a code to rows without one that have railways."""
    named = boundaries.copy()
    if "name" in named:
        named["iso3"] = named["iso3"].fillna(named["name"].map(_UNCODED))
    return States(named)


def _matched(
    graph: RailGraph,
    facts: RailFacts,
    progress: Callable[[str], None],
) -> LineMatches:
    """Match the lines, or say of every edge that it has none."""
    if facts.places is not None and facts.line_stations is not None:
        return match_lines(
            graph,
            facts.places,
            facts.line_stations,
            passenger_lines=facts.passenger_lines,
            progress=progress,
        )
    return LineMatches(
        graph=graph,
        parts=(),
        line_id=np.full(graph.n_edges, ""),
        part_order=np.zeros(graph.n_edges, dtype=np.int64),
        tariff_km=np.full(graph.n_edges, np.nan),
        place_ids=np.full(graph.n_vertices, ""),
        use=np.full(graph.n_edges, "unknown"),
    )


def _edge_attributes(cut: BorderCut, matches: LineMatches, facts: RailFacts) -> pd.DataFrame:
    """Tabulate what each piece of track is, after the cut at borders."""
    graph, source = cut.graph, cut.source_edge
    line_id = matches.line_id[source]
    gauges = gauges_at(
        (graph.lon[graph.tail] + graph.lon[graph.head]) / 2.0,
        (graph.lat[graph.tail] + graph.lat[graph.head]) / 2.0,
        cut.iso3,
        by_state=facts.gauge_by_state,
        areas=facts.gauge_areas,
        line_id=line_id,
        by_line=facts.gauge_by_line,
    )
    return pd.DataFrame(
        {
            "tariff_km": matches.tariff_km[source] * cut.share,
            "iso3": cut.iso3,
            "gauges": gauges,
            "line_id": line_id,
            "part_order": matches.part_order[source],
            "kind": graph.kind,
            "use": matches.use[source],
        },
    )


def _edge_layer(graph: RailGraph, chains: Chains, edges: pd.DataFrame) -> gpd.GeoDataFrame:
    """Make the layer of edges, without loops, numbered from 0."""
    lon, lat = np.round(graph.lon, 4), np.round(graph.lat, 4)
    tariff_km = np.zeros(len(chains.tail))
    np.add.at(tariff_km, chains.edge_chain, edges["tariff_km"].to_numpy())
    first = edges.iloc[chains.first_edge].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "from_node": chains.tail,
            "to_node": chains.head,
            "length_km": np.round(chains.length_km, 3),
            "tariff_km": np.round(tariff_km, 3),
            "iso3": first["iso3"],
            "gauges": first["gauges"],
            "line_id": first["line_id"],
            "part_order": first["part_order"].astype(np.int64),
            "kind": first["kind"],
            "use": first["use"],
        },
    )
    lines = chains.lines(lon, lat)
    frame = gpd.GeoDataFrame(table, geometry=lines, crs="EPSG:4326")
    frame = frame[frame["from_node"] != frame["to_node"]].reset_index(drop=True)
    frame.insert(0, "edge_id", np.arange(len(frame), dtype=np.int64))
    return frame


def node_layer(
    graph: RailGraph,
    chains: Chains,
    borders: pd.DataFrame,
    place_ids: NDArray[np.object_],
    *,
    digits: int = 4,
) -> pd.DataFrame:
    """Make the layer of nodes, their positions rounded to so many digits of a degree."""
    real = chains.tail != chains.head
    degree = np.bincount(
        np.concatenate([chains.tail[real], chains.head[real]]), minlength=len(chains.vertex)
    )
    kind = np.full(len(degree), "junction", dtype=object)
    kind[degree == 2] = "plain"
    kind[degree <= 1] = "end"
    kind[place_ids[chains.vertex] != ""] = "station"
    at_border = borders.reindex(chains.vertex).fillna("").reset_index(drop=True)
    kind[(at_border["iso3_a"] != "").to_numpy()] = "border"
    return pd.DataFrame(
        {
            "node_id": np.arange(len(degree), dtype=np.int64),
            "lon": np.round(graph.lon[chains.vertex], digits),
            "lat": np.round(graph.lat[chains.vertex], digits),
            "kind": kind,
            "place_ids": place_ids[chains.vertex].astype(str),
            **{name: at_border[name] for name in ("iso3_a", "iso3_b", "crossing_id")},
        },
    )
