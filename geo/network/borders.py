"""Gives every piece of track its state, and cuts track where it leaves one for another.

Border vertices are then matched to the listed crossings; gauges are in `geo.network.gauges`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.earth.geodesic import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph
    from geo.network.states import States

__all__ = [
    "BorderCut",
    "Correction",
    "border_vertices",
    "corrections_of",
    "cut_at_borders",
    "match_crossings",
]

# States so small that a short piece of track in them is no error of the boundary.
SMALL_STATES = frozenset({"MCO", "SMR", "VAT", "LIE", "SGP", "HKG", "MAC"})


class Correction(NamedTuple):
    """Track in a box (west, south, east, north, degrees) that belongs to another state."""

    name: str
    wrong: str
    right: str
    box: tuple[float, float, float, float]


def corrections_of(table: pd.DataFrame) -> tuple[Correction, ...]:
    """Read the table `border_corrections`, in its order."""
    return tuple(
        Correction(
            name=row["name"],
            wrong=row["wrong"],
            right=row["right"],
            box=(row["west"], row["south"], row["east"], row["north"]),
        )
        for row in table.to_dict("records")
    )


@dataclass(frozen=True)
class BorderCut:
    """A graph cut at state borders.

    Attributes
    ----------
    graph
        The graph; earlier vertices keep their numbers, border vertices come after them.
    iso3
        State of each edge.
    source_edge
        Edge of the graph before the cut that each edge is a piece of.
    share
        Which part of that edge it is, 0 to 1.
    given_back, long_incursions
        Track in a foreign state that was given back, and that was too long for it (up to five
        times the bound): iso3, other, km, lon, lat.
    """

    graph: RailGraph
    iso3: NDArray[np.str_]
    source_edge: NDArray[np.int64]
    share: NDArray[np.float64]
    given_back: pd.DataFrame = field(default_factory=pd.DataFrame)
    long_incursions: pd.DataFrame = field(default_factory=pd.DataFrame)


def cut_at_borders(
    graph: RailGraph,
    states: States,
    *,
    corrections: Sequence[Correction] = (),
    incursion_km: float = 12.0,
    within_km: float = 20.0,
) -> BorderCut:
    """Give each edge one state; an edge over a border is cut there.

    Parameters
    ----------
    graph
        Graph of straight pieces of track.
    states
        Areas of the states.
    corrections
        Where straight pieces of track stray over a border that the railway does not cross.
    incursion_km
        Track in a foreign state shorter than this, between border vertices that all lead back
        to one other state, is given to that state: either the boundary is drawn too coarsely
        there, or trains pass that corner of the neighbour without a stop.
    within_km
        Track at sea belongs to the nearest state within this distance.

    Returns
    -------
    BorderCut
        Counts: border_cuts (before incursions are given back) and border_cuts_kept,
        incursions_given_back and their km, edges_far_at_sea (their iso3 is "").
    """
    edge, start, end = _pieces(graph, states)
    middle = (start + end) / 2.0
    lon = graph.lon[graph.tail[edge]] * (1 - middle) + graph.lon[graph.head[edge]] * middle
    lat = graph.lat[graph.tail[edge]] * (1 - middle) + graph.lat[graph.head[edge]] * middle
    iso3 = states.at(lon, lat, within_km=within_km)
    for each in corrections:
        west, south, east, north = each.box
        inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        iso3[inside & (iso3 == each.wrong)] = each.right
    # Neighbouring pieces of one edge in one state are one piece: a bay, a coast.
    opens = np.ones(len(edge), dtype=bool)
    opens[1:] = (edge[1:] != edge[:-1]) | (iso3[1:] != iso3[:-1])
    last = np.append(np.flatnonzero(opens)[1:], len(edge)) - 1
    edge, start, end, iso3 = edge[opens], start[opens], end[last], iso3[opens]
    cut = _rebuilt(graph, edge, start, end, iso3)
    cuts = cut.graph.n_vertices - graph.n_vertices
    iso3, given = _give_back(cut.graph, cut.iso3, incursion_km)
    cut = _merged(graph, replace(cut, iso3=iso3), start, end)
    return replace(
        cut,
        graph=cut.graph.counted(
            border_cuts=cuts,
            incursions_given_back=len(given),
            incursions_given_back_km=float(given["km"].sum()),
            border_cuts_kept=cut.graph.n_vertices - graph.n_vertices,
            edges_far_at_sea=int((cut.iso3 == "").sum()),
        ),
        given_back=given,
        long_incursions=_incursions(cut.graph, cut.iso3, 5 * incursion_km)[0],
    )


def _pieces(
    graph: RailGraph,
    states: States,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Split every edge wherever it meets a boundary: edge, and its start and end (0 to 1)."""
    which, share = states.crossings_of(graph.segments())
    inner = (share > 1e-6) & (share < 1 - 1e-6)
    whole = np.arange(graph.n_edges, dtype=np.int64)
    edge = np.concatenate([whole, which[inner]])
    start = np.concatenate([np.zeros(len(whole)), share[inner]])
    order = np.lexsort((start, edge))
    edge, start = edge[order], start[order]
    # Two states share a boundary, so most crossings are found twice.
    twin = np.zeros(len(edge), dtype=bool)
    twin[1:] = (edge[1:] == edge[:-1]) & (start[1:] - start[:-1] < 1e-6)
    edge, start = edge[~twin], start[~twin]
    end = np.ones(len(edge))
    follows = edge[1:] == edge[:-1]
    end[:-1][follows] = start[1:][follows]
    return edge, start, end


def _rebuilt(
    graph: RailGraph,
    edge: NDArray[np.int64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    iso3: NDArray[np.str_],
) -> BorderCut:
    """Make the graph whose edges are pieces of the edges of another, in order along each."""
    tail, head = graph.tail[edge].copy(), graph.head[edge].copy()
    cut = np.flatnonzero(edge[1:] == edge[:-1])
    new = graph.n_vertices + np.arange(len(cut), dtype=np.int64)
    head[cut] = new
    tail[cut + 1] = new
    at, on = end[cut], edge[cut]
    lon = graph.lon[graph.tail[on]] * (1 - at) + graph.lon[graph.head[on]] * at
    lat = graph.lat[graph.tail[on]] * (1 - at) + graph.lat[graph.head[on]] * at
    return BorderCut(
        graph=replace(
            graph,
            lon=np.concatenate([graph.lon, lon]),
            lat=np.concatenate([graph.lat, lat]),
            tail=tail,
            head=head,
            length_km=graph.length_km[edge] * (end - start),
            kind=graph.kind[edge],
        ),
        iso3=iso3,
        source_edge=edge,
        share=end - start,
    )


def _merged(
    graph: RailGraph,
    cut: BorderCut,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
) -> BorderCut:
    """Undo cuts that no longer part two states."""
    edge, iso3 = cut.source_edge, cut.iso3
    opens = np.ones(len(edge), dtype=bool)
    opens[1:] = (edge[1:] != edge[:-1]) | (iso3[1:] != iso3[:-1])
    last = np.append(np.flatnonzero(opens)[1:], len(edge)) - 1
    return _rebuilt(graph, edge[opens], start[opens], end[last], iso3[opens])


def _incursions(
    graph: RailGraph,
    iso3: NDArray[np.str_],
    below_km: float,
) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Find track of one state that lies wholly between border vertices with one other state.

    Returns
    -------
    pandas.DataFrame
        iso3, other, km, lon, lat of each patch; the index is the patch.
    NDArray[np.int64]
        The patch of each edge.
    """
    # Edges of one state that meet at a vertex hang together: link edges through
    # (vertex, state) as if that were a vertex of its own.
    _, code = np.unique(iso3, return_inverse=True)
    n_codes = int(code.max()) + 1 if len(code) else 1
    keys = np.concatenate([graph.tail, graph.head]) * n_codes + np.tile(code, 2)
    _, spot = np.unique(keys, return_inverse=True)
    n, size = graph.n_edges, int(spot.max()) + 1 if len(spot) else 0
    link = coo_array((np.ones(n, dtype=np.int8), (spot[:n], spot[n:])), (size, size))
    _, label = connected_components(link, directed=False)
    patch = label[spot[:n]].astype(np.int64)
    km = np.bincount(patch, weights=graph.length_km)
    ends = pd.DataFrame(
        {
            "vertex": np.concatenate([graph.tail, graph.head]),
            "patch": np.tile(patch, 2),
            "iso3": np.tile(iso3, 2),
        },
    ).drop_duplicates()
    ends = ends[ends["vertex"].isin(border_vertices(graph, iso3).index)]
    pairs = ends.merge(ends, on="vertex", suffixes=("", "_other"))
    pairs = pairs[pairs["iso3"] != pairs["iso3_other"]]
    table = pairs.groupby("patch").agg(
        iso3=("iso3", "first"), other=("iso3_other", "first"), others=("iso3_other", "nunique")
    )
    at = ends[["patch", "vertex"]].drop_duplicates()
    at = at.assign(lon=graph.lon[at["vertex"]], lat=graph.lat[at["vertex"]])
    box = at.groupby("patch")[["lon", "lat"]].agg(["min", "max"]).loc[table.index]
    corners = [box["lon", side].to_numpy() for side in ("min", "max")]
    corners += [box["lat", side].to_numpy() for side in ("min", "max")]
    spread = distance_km(corners[0], corners[2], corners[1], corners[3])
    table = table.assign(km=km[table.index], lon=corners[0], lat=corners[2])
    # Borders close together are the two tracks of one line, that ends in the other state.
    chosen = (table["km"] < below_km) & (table["others"] == 1) & (spread >= table["km"] / 10.0)
    chosen &= ~table["iso3"].isin(SMALL_STATES)
    return table[chosen].drop(columns="others"), patch


def _give_back(
    graph: RailGraph,
    iso3: NDArray[np.str_],
    incursion_km: float,
) -> tuple[NDArray[np.str_], pd.DataFrame]:
    """Give short incursions to the state round them, the shortest first, until none is left."""
    given: list[pd.DataFrame] = []
    while True:
        table, patch = _incursions(graph, iso3, incursion_km)
        if table.empty:
            return iso3, pd.concat([*given, table], ignore_index=True)
        # Giving one back may lengthen its neighbour, so of neighbours only the shortest goes.
        rank = pd.Series(np.arange(len(table)), index=table.sort_values(["km", "lon"]).index)
        ends = pd.DataFrame(
            {
                "vertex": np.concatenate([graph.tail, graph.head]),
                "rank": rank.reindex(np.tile(patch, 2)).to_numpy(),
            },
        ).dropna()
        least = ends.groupby("vertex")["rank"].transform("min")
        beaten = ends.loc[ends["rank"] > least, "rank"].unique()
        first = table.loc[rank[~rank.isin(beaten)].index]
        given.append(first)
        owner = pd.Series(patch).map(first["other"])
        iso3 = np.where(owner.isna(), iso3, owner.fillna("")).astype("<U3")


def border_vertices(graph: RailGraph, iso3: NDArray[np.str_]) -> pd.DataFrame:
    """Find the vertices where track of two states meets.

    Returns
    -------
    pandas.DataFrame
        iso3_a < iso3_b; index: the vertex. Where three states meet at one vertex, the
        first two of the alphabet.
    """
    vertex = np.concatenate([graph.tail, graph.head])
    ends = pd.DataFrame({"vertex": vertex, "iso3": np.tile(iso3, 2)}).drop_duplicates()
    ends = ends[ends["vertex"].duplicated(keep=False)].sort_values(["vertex", "iso3"])
    by_vertex = ends.groupby("vertex")["iso3"]
    columns = {f"iso3_{side}": by_vertex.nth(n).to_numpy() for n, side in enumerate("ab")}
    return pd.DataFrame(columns, index=by_vertex.first().index)


def match_crossings(
    graph: RailGraph,
    borders: pd.DataFrame,
    crossings: pd.DataFrame,
    *,
    main_line: NDArray[np.bool_] | None = None,
    within_km: float = 15.0,
) -> tuple[pd.Series, Mapping[str, float]]:
    """Match border vertices to listed crossings.

    Parameters
    ----------
    graph
        The graph that the border vertices belong to.
    borders
        As `border_vertices` gives them.
    crossings
        Columns crossing_id, iso3_a, iso3_b, lon, lat.
    main_line
        Of each edge, whether it is part of a matched line: a border vertex on one goes before
        a nearer one that is not.
    within_km
        Farthest distance of a border vertex from its crossing, km.

    Returns
    -------
    pandas.Series
        crossing_id by vertex, "" where there is none; a crossing has one vertex at most.
    Mapping
        km between each matched crossing and its vertex; infinite where none was found.
    """
    on_line = np.zeros(graph.n_vertices, dtype=bool)
    if main_line is not None:
        on_line[graph.tail[main_line]] = True
        on_line[graph.head[main_line]] = True
    known = crossings.dropna(subset=["lon", "lat"]).copy()
    known[["iso3_a", "iso3_b"]] = np.sort(known[["iso3_a", "iso3_b"]].to_numpy(dtype=str), axis=1)
    pairs = borders.rename_axis("vertex").reset_index().merge(known, on=["iso3_a", "iso3_b"])
    vertex = pairs["vertex"].to_numpy(dtype=np.int64)
    pairs["km"] = distance_km(graph.lon[vertex], graph.lat[vertex], pairs["lon"], pairs["lat"])
    pairs["aside"] = ~on_line[vertex]
    pairs = pairs[pairs["km"] <= within_km].sort_values(["aside", "km", "crossing_id", "vertex"])
    found = dict.fromkeys(borders.index.to_list(), "")
    away = dict.fromkeys(crossings["crossing_id"].astype(str), float("inf"))
    nearest_first = zip(
        *(pairs[name].to_list() for name in ("vertex", "crossing_id", "km")), strict=True
    )
    for at, name, km in nearest_first:
        if found[at] == "" and np.isinf(away[name]):
            found[at], away[name] = str(name), float(km)
    return pd.Series(found, index=borders.index, name="crossing_id", dtype=str), away
