"""Builds a railway network from the track of OpenStreetMap: the layers and what was done.

As the network that ships: cut at borders, crossings and known lines found, chains contracted; but
gauges, power, speed, use and status come from the tags.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.network.borders import (
    BorderCut,
    border_vertices,
    corrections_of,
    cut_at_borders,
    match_crossings,
)
from geo.network.chains import contract_chains
from geo.network.gauges import gauge_areas_of, gauges_at
from geo.network.osm.changes import with_gauge_links
from geo.network.osm.graph import check_not_swapped, simplified
from geo.network.osm.layers import CLASS_COLUMNS, DIGITS, edge_layer, part_layer
from geo.network.osm.lines import KnownLines, found_lines, station_vertices
from geo.network.rail import LEAST_GAUGE_MM
from geo.network.rail_build import node_layer, states_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.network.matching import LineMatches
    from geo.network.osm.track import Origin, OsmTrack
    from geo.network.rail_source import RailGraph

__all__ = ["OsmNetwork", "OsmReport", "build_osm_network", "matched_gauges"]

_PASSENGER = ("passenger", "passenger-high-speed")
_SAME_GAUGE_MM = 5


@dataclass(frozen=True)
class OsmReport:
    """What was read, mended, left out and found.

    Attributes
    ----------
    counts
        By name; see `mended` and the names themselves.
    left_out, doubts
        Ways by what they are, and tags not understood, each with its number.
    km
        Length of track, km, by what is told apart: ``state``, ``gauges``, ``use``, ``status``,
        ``power``.
    crossings, crossings_missed
        Listed crossings that were found, and those that lie by the track and were not.
    lines
        Lines found, with the number of their parts.
    parts_refused
        Parts of lines that were traced and left out, in words.
    """

    counts: Mapping[str, float]
    left_out: Mapping[str, int]
    doubts: Mapping[str, int]
    km: Mapping[str, Mapping[str, float]]
    crossings: tuple[str, ...]
    crossings_missed: tuple[str, ...]
    lines: Mapping[str, int]
    parts_refused: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class OsmNetwork:
    """Layers of a network, in the columns of those that ship, and the report."""

    edges: gpd.GeoDataFrame
    nodes: pd.DataFrame
    parts: pd.DataFrame
    report: OsmReport


def build_osm_network(
    track: OsmTrack,
    atlas: Atlas,
    origin: Origin,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> OsmNetwork:
    """Build the layers.

    Parameters
    ----------
    track
        Track of OpenStreetMap, mended.
    atlas
        Boundaries, crossings, gauges of states and areas, lines and places.
    origin
        Where the track comes from, for errors.
    progress
        Called with the name of each step.

    Returns
    -------
    OsmNetwork

    Raises
    ------
    DataError
        Longitude and latitude were exchanged.
    """
    progress("save points")
    states = states_of(atlas.boundaries)
    check_not_swapped(track, states, atlas.places[["lon", "lat"]].to_numpy(dtype=float), origin)
    graph, way, twins = simplified(track)
    ways = _way_table(track)
    progress("find lines")
    foreign = np.isin(ways["use"].to_numpy()[way], _PASSENGER)
    shut = (ways["status"].to_numpy() != "open")[way]
    known = _known_lines(atlas)
    lines = found_lines(graph, known, avoid=foreign | shut, foreign=foreign)
    progress("cut at borders")
    cut = cut_at_borders(graph, states, corrections=corrections_of(atlas.border_corrections))
    cut = replace(cut, graph=_rejoined(cut.graph, twins))
    edges, counts = _edge_table(cut, ways, way, lines[0], atlas)
    progress("find crossings and stations")
    return _finished(track, cut, edges, lines, atlas, counts)


def _way_table(track: OsmTrack) -> pd.DataFrame:
    """Tabulate the tags of the ways."""
    names = ("status", "use", "gauges", "power", "speed_kmh", "tracks", "usage", "service", "name")
    columns = {name: [getattr(tags, name) for tags in track.tags] for name in names}
    return pd.DataFrame(columns | {"osm_way": track.way_id})


def _known_lines(atlas: Atlas) -> KnownLines:
    """Take the freight lines of the atlas, with the length of their parts where it is known."""
    freight = atlas.lines.loc[atlas.lines["freight"].astype(bool), "line_id"]
    stations = atlas.line_stations
    parts = atlas.line_parts
    keys = zip(parts["line_id"].astype(str), parts["part_order"].astype(int), strict=True)
    return KnownLines(
        places=atlas.places,
        line_stations=stations[stations["line_id"].isin(freight)],
        length_km=dict(zip(keys, parts["length_km"].astype(float), strict=True)),
    )


def _rejoined(graph: RailGraph, twins: NDArray[np.int64]) -> RailGraph:
    """Make one of the two vertices that a cut at 180 degrees left, now that borders are cut."""
    same = np.arange(graph.n_vertices)
    same[twins[:, 1]] = twins[:, 0]
    return replace(graph, tail=same[graph.tail], head=same[graph.head])


def _edge_table(
    cut: BorderCut,
    ways: pd.DataFrame,
    way: NDArray[np.int64],
    matches: LineMatches,
    atlas: Atlas,
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Tabulate what each edge is after the cut: tags, state, line, gauges."""
    graph, source = cut.graph, cut.source_edge
    line_id = matches.line_id[source]
    normal = gauges_at(
        (graph.lon[graph.tail] + graph.lon[graph.head]) / 2.0,
        (graph.lat[graph.tail] + graph.lat[graph.head]) / 2.0,
        cut.iso3,
        by_state=dict(zip(atlas.states["iso3"], atlas.states["gauge_mm"].astype(str), strict=True)),
        areas=gauge_areas_of(atlas.gauge_areas),
    )
    table = ways.iloc[way[source]].reset_index(drop=True)
    tagged = table["gauges"].to_numpy(dtype=object)
    table["gauges"] = matched_gauges(tagged, normal)
    on_line = line_id != ""
    known_use = table["use"].to_numpy(dtype=object)
    table["use"] = np.where(on_line & (known_use == "unknown"), "freight", known_use)
    table = table.assign(
        iso3=cut.iso3,
        line_id=line_id,
        part_order=matches.part_order[source],
        kind=graph.kind,
        tariff_km=matches.tariff_km[source] * cut.share,
        length_km=graph.length_km,
    )
    blank = tagged == ""
    narrow = table["gauges"].str.rpartition(";")[2].astype("int64") < LEAST_GAUGE_MM
    counts = {
        "narrow_km": float(graph.length_km[narrow.to_numpy()].sum()),
        "gauge_not_tagged_km": float(graph.length_km[blank].sum()),
        "gauge_made_that_of_the_state_km": float(
            graph.length_km[~blank & (tagged != table["gauges"].to_numpy())].sum()
        ),
    }
    return table, counts


def matched_gauges(tagged: NDArray[np.object_], normal: NDArray[np.str_]) -> NDArray[np.object_]:
    """Give gauges by the tags, and where there is none by the state.

    Parameters
    ----------
    tagged
        Gauges of each edge by its tags, joined by ``;``; "" for none.
    normal
        Gauges of the state or area.

    Returns
    -------
    object[edges]
        A gauge within 5 mm of the state's own is the state's: vehicles of 1520 and 1524 mm run
        on each other's track.
    """
    pairs = pd.DataFrame({"tagged": tagged, "normal": normal})
    told = {}
    for pair in pairs.drop_duplicates().itertuples(index=False):
        own = [int(gauge) for gauge in str(pair.normal).split(";")]
        found = {
            next((mine for mine in own if abs(mine - int(gauge)) <= _SAME_GAUGE_MM), int(gauge))
            for gauge in str(pair.tagged).split(";")
            if gauge
        }
        told[pair] = ";".join(str(gauge) for gauge in sorted(found or own))
    keys = pd.MultiIndex.from_frame(pairs)
    return np.asarray(keys.map(told), dtype=object)


@dataclass(frozen=True)
class _Found:
    """What the steps before the layers found.

    Attributes
    ----------
    track
        The track as read.
    matches, refused
        Lines found, and their parts left out.
    counts
        What was counted on the way.
    borders, away_km
        Border vertices with their crossings, and how far each crossing lies from its own.
    stations
        How many stations were joined by nearness.
    """

    track: OsmTrack
    matches: LineMatches
    refused: tuple[str, ...]
    counts: Mapping[str, float]
    borders: pd.DataFrame
    away_km: Mapping[str, float]
    stations: int


def _finished(
    track: OsmTrack,
    cut: BorderCut,
    edges: pd.DataFrame,
    lines: tuple[LineMatches, tuple[str, ...]],
    atlas: Atlas,
    counts: Mapping[str, float],
) -> OsmNetwork:
    """Find crossings and stations, contract, and make the layers and the report."""
    matches, refused = lines
    graph, usable = cut.graph, _for_freight(edges)
    borders = border_vertices(graph, cut.iso3)
    known_use = edges["use"].isin(["freight", "mixed"]).to_numpy()
    borders["crossing_id"], away_km = match_crossings(
        graph, borders, atlas.crossings, main_line=usable & known_use
    )
    counts = {**track.counts, **graph.counts, **counts}
    graph, edges, links = with_gauge_links(
        graph, edges, borders=borders, crossings=atlas.crossings, usable=usable
    )
    taken = np.full(graph.n_vertices, "", dtype=object)
    taken[: len(matches.place_ids)] = matches.place_ids
    place_ids, stations = station_vertices(
        graph,
        atlas.places,
        iso3=edges["iso3"].to_numpy(dtype=np.str_),
        usable=_for_freight(edges),
        taken=taken.astype(np.str_),
    )
    keep = place_ids != ""
    keep[borders.index] = True
    same = edges[list(CLASS_COLUMNS)].assign(priced=edges["tariff_km"].notna())
    number = np.asarray(same.groupby(list(same), sort=True).ngroup(), dtype=np.int64)
    chains = contract_chains(graph, keep=keep, edge_class=number)
    layer = edge_layer(graph, chains, edges)
    nodes = node_layer(graph, chains, borders, place_ids, digits=DIGITS)
    loops = chains.tail == chains.head
    counts |= {
        **links,
        "loops_dropped": int(loops.sum()),
        "loops_dropped_km": float(chains.length_km[loops].sum()),
        "nodes": len(nodes),
        "edges": len(layer),
        "edges_km": float(layer["length_km"].sum()),
    }
    found = _Found(track, matches, refused, counts, borders, away_km, stations)
    return OsmNetwork(layer, nodes, part_layer(matches), _report(found, graph, layer, atlas))


def _report(found: _Found, graph: RailGraph, layer: pd.DataFrame, atlas: Atlas) -> OsmReport:
    """Tell what was done; lengths are those of the layer written."""
    parts = found.matches.parts
    return OsmReport(
        counts={
            **found.counts,
            "border_vertices": len(found.borders),
            "stations_on_lines": len({name for name in found.matches.place_ids.tolist() if name}),
            "stations_by_nearness": found.stations,
            "line_parts": len(parts),
        },
        left_out=dict(sorted(found.track.left_out.items())),
        doubts=dict(sorted(found.track.doubts.items())),
        km={
            name: _km_by(layer, "iso3" if name == "state" else name)
            for name in ("state", "gauges", "use", "status", "power")
        },
        crossings=tuple(sorted(set(found.borders["crossing_id"]) - {""})),
        crossings_missed=_missed(graph, atlas, found.away_km),
        lines=Counter(part.line_id for part in parts),
        parts_refused=found.refused,
    )


def _for_freight(edges: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which edges containers may use: of a known line, or open, wide, not for passengers."""
    widest = edges["gauges"].str.rpartition(";")[2].astype("int64")
    fit = ~edges["use"].isin(_PASSENGER) & (edges["status"] == "open")
    fit &= widest >= LEAST_GAUGE_MM
    return np.asarray(fit | (edges["line_id"] != ""), dtype=np.bool_)


def _missed(graph: RailGraph, atlas: Atlas, away: Mapping[str, float]) -> tuple[str, ...]:
    """Name crossings within the area of the track at which no track passes the border."""
    table = atlas.crossings.dropna(subset=["lon", "lat"])
    used = np.unique(np.concatenate([graph.tail, graph.head]))
    lon, lat = graph.lon[used], graph.lat[used]
    inside = table["lon"].between(lon.min(), lon.max()) & table["lat"].between(lat.min(), lat.max())
    return tuple(name for name in table.loc[inside, "crossing_id"] if np.isinf(away[str(name)]))


def _km_by(edges: pd.DataFrame, column: str) -> dict[str, float]:
    """Add up the length of track by what a column says."""
    km = edges["length_km"].groupby(edges[column].astype(str)).sum().round(1)
    blank = "in no state" if column == "iso3" else "not said"
    return {str(name) or blank: float(value) for name, value in km.sort_index().items()}
