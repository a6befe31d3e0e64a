"""Reads the roads of some states and mends them: small gaps joined, links added, places set in.

The source draws remote roads as one straight edge of hundreds of km, with its true length.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.earth.nearest import NearestPoints
from geo.network.rail_source import load_raw_railways
from geo.network.splits import find_splits, split_edges
from geo.network.topology import add_links

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph
    from geo.network.states import States
    from geo.network.topology import CuratedLink

__all__ = ["join_pieces", "load_roads", "set_places", "subgraph"]

GAP_KM = 1.5
"""Pieces of one state's network are joined over gaps up to this."""

FAR_KM = 2.0
"""A place further than this from every vertex is set into a long edge, if one may pass it."""

BESIDE_KM = 60.0
BESIDE_SHARE = 1 / 7
"""No place is set into an edge drawn further away than this, nor than this part of its length."""


def load_roads(
    source: Path | str,
    states: States,
    known: Sequence[str],
    *,
    links: Sequence[CuratedLink] = (),
    places: pd.DataFrame,
) -> RailGraph:
    """Read the roads of some states as a graph that hangs together.

    Parameters
    ----------
    source
        ``world_highways.py`` of the package ``scgraph-data``; its literals are read, and nothing
        of it is executed.
    states
        Areas of the states.
    known
        States (iso3) to keep.
    links
        Pieces of road that the source lacks.
    places
        Columns lon, lat (degrees): set into long edges where no vertex is near.

    Returns
    -------
    RailGraph
        Edges of kind ``track`` (the source's), ``curated`` and ``join``.

    Raises
    ------
    MissingDataError
        There is no such file.
    DataError
        The file holds no readable literals ``graph`` and ``nodes``.
    """
    raw = load_raw_railways(source)
    iso3 = states.at(raw.lon, raw.lat)
    inside = np.isin(iso3, known)
    graph = subgraph(raw, inside[raw.tail] & inside[raw.head])
    graph = add_links(graph, links)
    graph = join_pieces(graph, states.at(graph.lon, graph.lat))
    return set_places(graph, places)


def subgraph(graph: RailGraph, edges: NDArray[np.bool_]) -> RailGraph:
    """Keep some edges (bool[edges]) and the vertices that they use."""
    used = np.zeros(graph.n_vertices, dtype=np.bool_)
    used[graph.tail[edges]] = True
    used[graph.head[edges]] = True
    number = np.cumsum(used) - 1
    return replace(
        graph,
        lon=graph.lon[used],
        lat=graph.lat[used],
        tail=number[graph.tail[edges]],
        head=number[graph.head[edges]],
        length_km=graph.length_km[edges],
        kind=graph.kind[edges],
    )


def join_pieces(graph: RailGraph, iso3: NDArray[np.str_], *, max_km: float = GAP_KM) -> RailGraph:
    """Join each piece of a state's network to its nearest neighbour over a small gap.

    Parameters
    ----------
    graph
        The graph.
    iso3
        State of each vertex; no gap is joined over a border.
    max_km
        Longest gap that is joined, km.

    Returns
    -------
    RailGraph
        With edges of kind ``join`` at the end, as long as their gaps. Counts: road_joins and
        road_joins_km.
    """
    joined, km = 0, 0.0
    # A piece may be joined to another small one: a second round joins the two to the rest.
    for _ in range(2):
        pairs, gaps = _gaps(graph, iso3, max_km)
        graph = graph.with_edges(pairs[:, 0], pairs[:, 1], gaps, kind="join")
        joined, km = joined + len(pairs), km + float(gaps.sum())
    return graph.counted(road_joins=joined, road_joins_km=km)


def _gaps(
    graph: RailGraph, iso3: NDArray[np.str_], max_km: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find the gap between each smaller piece and the largest of its state, or the next."""
    _, label = graph.components()
    size = np.bincount(label)
    pairs: list[tuple[int, int]] = []
    gaps: list[float] = []
    for state in np.unique(iso3):
        own = np.flatnonzero(iso3 == state)
        main = label[own[np.argmax(size[label[own]])]]
        small = own[label[own] != main]
        if not len(small):
            continue
        # Of each small vertex the nearest few, for the nearest ones are of its own piece.
        near, km = NearestPoints(graph.lon[own], graph.lat[own]).query(
            graph.lon[small], graph.lat[small], k=min(30, len(own))
        )
        there = own[near]
        other = (label[there] != label[small][:, np.newaxis]) & (km <= max_km)
        best = np.where(other, km, np.inf)
        column = best.argmin(axis=1)
        row = np.arange(len(small))
        table = pd.DataFrame(
            {
                "piece": label[small],
                "km": best[row, column],
                "a": small,
                "b": there[row, column],
            }
        )
        table = table[np.isfinite(table["km"])].sort_values(["piece", "km", "a", "b"])
        first = table.drop_duplicates("piece")
        pairs += list(zip(first["a"].tolist(), first["b"].tolist(), strict=True))
        gaps += first["km"].tolist()
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(gaps)


def set_places(graph: RailGraph, places: pd.DataFrame) -> RailGraph:
    """Set places into long edges that may pass them, where no vertex is near.

    Parameters
    ----------
    graph
        The graph.
    places
        Columns lon, lat, degrees.

    Returns
    -------
    RailGraph
        Lengths between the vertices there before do not change. Counts: places_set_into_edges.
    """
    _, km = NearestPoints(graph.lon, graph.lat).query(places["lon"], places["lat"])
    lone = places[km > FAR_KM].reset_index(drop=True)
    lon, lat = lone["lon"].to_numpy(), lone["lat"].to_numpy()
    edge, place, beside_km = find_splits(graph, lon, lat)
    reach = np.minimum(BESIDE_KM, graph.length_km[edge] * BESIDE_SHARE)
    fits = pd.DataFrame({"edge": edge, "place": place, "km": beside_km})[beside_km <= reach]
    best = fits.sort_values(["km", "edge"]).drop_duplicates("place").sort_values("place")
    at = best["place"].to_numpy()
    split, _ = split_edges(graph, best["edge"].to_numpy(), lon[at], lat[at])
    return split.counted(places_set_into_edges=len(at))
