"""Builds the road layers: source, links, borders, thinning, chains, and the files.

`build_road` is the one call; what each step did is in its report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.earth.nearest import NearestPoints
from geo.files import whole_file
from geo.network.borders import border_vertices, cut_at_borders, match_crossings
from geo.network.chains import contract_chains
from geo.network.rail_source import RailGraph
from geo.network.road_source import load_roads
from geo.network.road_thin import dead_end_edges, short_ways, shortest_parallels
from geo.network.states import States

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.network.chains import Chains
    from geo.network.topology import CuratedLink

__all__ = ["RoadFacts", "RoadReport", "build_road"]

JOIN_KM = 30.0
"""A place further than this from the road of its state is not joined to it."""

STATION = "station"
"""The kind of a place that is nothing else."""

WAYS_KM, GATES_KM = 1000.0, 2500.0
"""Shortest ways are sought up to this far between places and crossings, and between crossings."""

CROSSING_KM = 30.0
"""A crossing further than this from every border vertex is not on the road: straight edges over
mountains meet the boundary far from the pass."""

LEAST_COMPONENT = 50
"""Road in a piece of fewer vertices than this leads nowhere, and is left out."""

SIMPLIFY_DEGREES = 0.003
"""The drawn line may be this far from the source's; lengths are those of the source."""


@dataclass(frozen=True)
class RoadFacts:
    """What the source does not know.

    Attributes
    ----------
    boundaries
        States (EPSG:4326), with ``iso3``.
    crossings
        The table `road_crossings`: crossing_id, iso3_a, iso3_b, lon, lat.
    places
        The table `places`: place_id, iso3, lon, lat, kinds.
    national
        States (iso3) whose whole network stays, but for dead ends that serve no place.
    thinned
        States of which only shortest ways between places (other than mere stations) and crossings
        stay.
    unions
        Pairs of states between which roads pass anywhere.
    links
        Curated pieces of road that the source lacks.
    """

    boundaries: gpd.GeoDataFrame
    crossings: pd.DataFrame
    places: pd.DataFrame
    national: Collection[str]
    thinned: Collection[str]
    unions: Collection[tuple[str, str]]
    links: Sequence[CuratedLink] = ()


@dataclass(frozen=True)
class RoadReport:
    """What was built.

    Attributes
    ----------
    counts
        Of every step, by name.
    km_by_state
        Length of road, km, by iso3.
    crossing_km
        Distance of each crossing from its border vertex, km; infinite: no road found there.
    far_places
        km from each place to the road of its state, where more than 30.
    """

    counts: Mapping[str, float]
    km_by_state: pd.Series
    crossing_km: Mapping[str, float]
    far_places: Mapping[str, float]


class _Sides(NamedTuple):
    """The road graph with a vertex of its own for each state at a border.

    Attributes
    ----------
    graph : RailGraph
        Steps over passable borders come last, with length zero and kind ``border``.
    vertex : int64[sides]
        The vertex of the graph before.
    iso3 : str[edges]
        State of each edge; "" for a step over a border.
    state : str[sides]
    """

    graph: RailGraph
    vertex: NDArray[np.int64]
    iso3: NDArray[np.str_]
    state: NDArray[np.str_]


def build_road(
    source: Path | str,
    layers: Path,
    facts: RoadFacts,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> RoadReport:
    """Build ``road_edges.parquet`` and ``road_nodes.parquet``.

    Parameters
    ----------
    source
        ``world_highways.py`` of the package ``scgraph-data``.
    layers
        Folder that the two files are written to.
    facts
        Boundaries, crossings, places, states and links.
    progress
        Called with the name of each step.

    Returns
    -------
    RoadReport
    """
    progress("read the source")
    states = States(facts.boundaries)
    known = sorted({*facts.national, *facts.thinned})
    places = _served(facts)
    graph = load_roads(source, states, known, links=facts.links, places=places)
    progress("cut at borders")
    cut = cut_at_borders(graph, states)
    borders = border_vertices(cut.graph, cut.iso3)
    borders["crossing_id"], crossing_km = match_crossings(
        cut.graph, borders, facts.crossings, within_km=CROSSING_KM
    )
    sides = _sides(cut.graph, cut.iso3, borders, facts.unions)
    progress("find the shortest ways")
    ends, far = _place_ends(sides, places)
    listed = borders.index[borders["crossing_id"] != ""].to_numpy()
    gates = np.flatnonzero(np.isin(sides.vertex, listed))
    kept, counts = _thinned(sides, ends, gates, facts.national)
    progress("contract and write")
    counts |= _write(layers, sides, kept, borders, ends)
    return RoadReport(
        counts={**cut.graph.counts, **counts},
        km_by_state=pd.Series(sides.graph.length_km[kept]).groupby(sides.iso3[kept]).sum(),
        crossing_km=crossing_km,
        far_places=far,
    )


def _served(facts: RoadFacts) -> pd.DataFrame:
    """Choose the places that roads are kept for: of thinned states no mere stations."""
    places = facts.places
    iso3 = places["iso3"]
    national = iso3.isin(sorted(facts.national))
    thinned = iso3.isin(sorted(facts.thinned)) & (places["kinds"] != STATION)
    return places[national | thinned].reset_index(drop=True)


def _sides(
    graph: RailGraph,
    iso3: NDArray[np.str_],
    borders: pd.DataFrame,
    unions: Collection[tuple[str, str]],
) -> _Sides:
    """Part the vertices at borders by state, and join them again where a road may pass."""
    names, code = np.unique(iso3, return_inverse=True)
    size = len(names)
    keys = np.concatenate([graph.tail * size + code, graph.head * size + code])
    known, number = np.unique(keys, return_inverse=True)
    tail, head = np.split(number.astype(np.int64), 2)
    pairs = zip(borders["iso3_a"], borders["iso3_b"], strict=True)
    united = np.array([pair in unions for pair in pairs], dtype=np.bool_)
    passed = borders[united | (borders["crossing_id"] != "").to_numpy()]
    at = passed.index.to_numpy(dtype=np.int64) * size
    over = [
        np.searchsorted(known, at + np.searchsorted(names, passed[side].to_numpy(dtype=np.str_)))
        for side in ("iso3_a", "iso3_b")
    ]
    vertex = known // size
    parted = replace(graph, lon=graph.lon[vertex], lat=graph.lat[vertex], tail=tail, head=head)
    joined = parted.with_edges(over[0], over[1], np.zeros(len(over[0])), kind="border")
    states = np.concatenate([iso3, np.full(len(over[0]), "", dtype=iso3.dtype)])
    return _Sides(joined, vertex, states, names[known % size])


def _place_ends(sides: _Sides, places: pd.DataFrame) -> tuple[dict[str, int], dict[str, float]]:
    """Find the side that each place is joined to: the nearest road of its state that leads on."""
    _, label = sides.graph.components()
    leads = np.bincount(label)[label] >= LEAST_COMPONENT
    ends: dict[str, int] = {}
    far: dict[str, float] = {}
    for iso3, rows in places.groupby("iso3"):
        own = np.flatnonzero((sides.state == iso3) & leads)
        if not len(own):
            far |= dict.fromkeys(rows["place_id"], float("inf"))
            continue
        near, km = NearestPoints(sides.graph.lon[own], sides.graph.lat[own]).query(
            rows["lon"], rows["lat"]
        )
        for place, side, away in zip(rows["place_id"], own[near], km, strict=True):
            if away <= JOIN_KM:
                ends[str(place)] = int(side)
            else:
                far[str(place)] = float(away)
    return ends, far


def _thinned(
    sides: _Sides,
    ends: Mapping[str, int],
    gates: NDArray[np.int64],
    national: Collection[str],
) -> tuple[NDArray[np.bool_], dict[str, float]]:
    """Choose the edges that stay: bool[edges of the graph of sides]."""
    graph = sides.graph
    stops = np.unique(np.concatenate([np.array(sorted(ends.values()), dtype=np.int64), gates]))
    keep = np.zeros(graph.n_vertices, dtype=np.bool_)
    keep[stops] = True
    _, label = graph.components()
    leads = np.bincount(label)[label] >= LEAST_COMPONENT
    live = leads[graph.tail] & ~dead_end_edges(graph, keep)
    part = _some_edges(graph, live)
    states, code = np.unique(sides.iso3[live], return_inverse=True)
    chains = contract_chains(part, keep=keep, edge_class=code.astype(np.int64))
    short = _contracted(part, chains)
    single = shortest_parallels(short)
    short = _some_edges(short, single)
    used = np.zeros(len(single), dtype=np.bool_)
    for at, within_km in ((stops, WAYS_KM), (gates, GATES_KM)):
        nodes = np.flatnonzero(np.isin(chains.vertex, at))
        used[single] |= short_ways(short, nodes, within_km=within_km)
    whole = np.isin(states[code[chains.first_edge]], sorted(national)) & single
    border = part.kind[chains.first_edge] == "border"
    stay = np.zeros(graph.n_edges, dtype=np.bool_)
    stay[np.flatnonzero(live)] = (used | whole | border)[chains.edge_chain]
    stay[np.flatnonzero(stay)] = ~dead_end_edges(_some_edges(graph, stay), keep)
    stay &= graph.kind != "border"
    return stay, {
        "source_km_in_states": float(graph.length_km.sum()),
        "dead_ends_dropped_km": float(graph.length_km[~live].sum()),
        "kept_km": float(graph.length_km[stay].sum()),
        "places_joined": len(ends),
    }


def _some_edges(graph: RailGraph, edges: NDArray[np.bool_]) -> RailGraph:
    """Keep some edges; vertices keep their numbers."""
    return replace(
        graph,
        tail=graph.tail[edges],
        head=graph.head[edges],
        length_km=graph.length_km[edges],
        kind=graph.kind[edges],
    )


def _contracted(graph: RailGraph, chains: Chains) -> RailGraph:
    """Give the graph of chains."""
    return RailGraph(
        lon=graph.lon[chains.vertex],
        lat=graph.lat[chains.vertex],
        tail=chains.tail,
        head=chains.head,
        length_km=chains.length_km,
        kind=graph.kind[chains.first_edge],
    )


def _write(
    layers: Path,
    sides: _Sides,
    kept: NDArray[np.bool_],
    borders: pd.DataFrame,
    ends: Mapping[str, int],
) -> dict[str, float]:
    """Contract what stays and write the two layers."""
    graph, vertex = sides.graph, sides.vertex
    size = int(vertex.max()) + 1
    lon, lat = np.zeros(size), np.zeros(size)
    lon[vertex], lat[vertex] = graph.lon, graph.lat
    joined = RailGraph(
        lon=lon,
        lat=lat,
        tail=vertex[graph.tail[kept]],
        head=vertex[graph.head[kept]],
        length_km=graph.length_km[kept],
        kind=graph.kind[kept],
    )
    keep = np.zeros(size, dtype=np.bool_)
    keep[vertex[sorted(ends.values())]] = True
    placed = keep.copy()
    keep[borders.index] = True
    same = pd.DataFrame({"iso3": sides.iso3[kept], "kind": joined.kind})
    number = np.asarray(same.groupby(list(same), sort=True).ngroup(), dtype=np.int64)
    chains = contract_chains(joined, keep=keep, edge_class=number)
    single = shortest_parallels(_contracted(joined, chains))
    # Positions are rounded first, so that drawn lines end where nodes lie.
    lines = chains.lines(np.round(lon, 4), np.round(lat, 4))[single]
    edges = gpd.GeoDataFrame(
        {
            "edge_id": np.arange(int(single.sum()), dtype=np.int64),
            "from_node": chains.tail[single],
            "to_node": chains.head[single],
            "length_km": np.round(chains.length_km[single], 3),
            "iso3": same["iso3"].to_numpy()[chains.first_edge[single]],
            "kind": np.where(joined.kind == "track", "road", joined.kind)[
                chains.first_edge[single]
            ],
        },
        geometry=shapely.simplify(lines, SIMPLIFY_DEGREES),
        crs="EPSG:4326",
    )
    nodes = _nodes(joined, chains, single, borders, placed)
    counts: dict[str, float] = {"nodes": len(nodes), "edges": len(edges)}
    for name, frame in {"road_edges": edges, "road_nodes": nodes}.items():
        path = layers / f"{name}.parquet"
        with whole_file(path) as temporary:
            frame.to_parquet(temporary, compression="zstd", compression_level=19, index=False)
        counts[f"{name}_bytes"] = path.stat().st_size
    return counts


def _nodes(
    graph: RailGraph,
    chains: Chains,
    single: NDArray[np.bool_],
    borders: pd.DataFrame,
    placed: NDArray[np.bool_],
) -> pd.DataFrame:
    """Make the layer of nodes."""
    ends = np.concatenate([chains.tail[single], chains.head[single]])
    degree = np.bincount(ends, minlength=len(chains.vertex))
    kind = np.full(len(degree), "junction", dtype=object)
    kind[degree == 2] = "plain"
    kind[degree <= 1] = "end"
    kind[placed[chains.vertex]] = "place"
    at_border = borders.reindex(chains.vertex).fillna("").reset_index(drop=True)
    kind[(at_border["iso3_a"] != "").to_numpy()] = "border"
    return pd.DataFrame(
        {
            "node_id": np.arange(len(degree), dtype=np.int64),
            "lon": np.round(graph.lon[chains.vertex], 4),
            "lat": np.round(graph.lat[chains.vertex], 4),
            "kind": kind,
            **{name: at_border[name] for name in ("iso3_a", "iso3_b", "crossing_id")},
        }
    )
