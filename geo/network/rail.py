"""Rail: the nodes and arcs of track, one for each gauge that an edge carries.

Haulage is charged by tariff distance, running time and energy follow geometric distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.network.blocks import ARC_COLUMNS, ArcBlock, NodeBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["ELECTRIFIED", "LEAST_GAUGE_MM", "TRACK_LINKS", "RailLayer", "rail_layer"]

TRACK_LINKS = {
    "track:passenger": "track for passengers alone",
    "track:narrow": "track too narrow for containers of 40 feet",
    "track:closed": "track that is disused or abandoned",
    "track:building": "track under construction",
    "track:planned": "track that is only planned",
}
"""What shuts track of no known line, in words: its tags in OpenStreetMap say so."""

ELECTRIFIED = "electrified"
"""The tagged power of track under wires whose system is not said, or is none of the tables."""

LEAST_GAUGE_MM = 1000
"""Track narrower than metre gauge carries no containers of 40 feet, save on a known line."""

_FOR_FREIGHT = ("freight", "mixed")


@dataclass(frozen=True, eq=False)
class RailLayer:
    """Rail nodes and arcs.

    Attributes
    ----------
    block : ArcBlock
        Two arcs (there and back) for each edge and gauge.
    vertex, node : int64[rail nodes]
        The vertex of track of each node, ascending, and its id.
    iso3 : object[rail nodes]
    gauge_mm : int64[rail nodes]
    """

    block: ArcBlock
    vertex: NDArray[np.int64]
    node: NDArray[np.int64]
    iso3: NDArray[np.object_]
    gauge_mm: NDArray[np.int64]

    def nodes_at(self, vertex: int) -> dict[tuple[str, int], int]:
        """Return node ids by (iso3, gauge in mm) at a vertex of track."""
        first, last = np.searchsorted(self.vertex, [vertex, vertex + 1])
        return {
            (str(self.iso3[at]), int(self.gauge_mm[at])): int(self.node[at])
            for at in range(first, last)
        }


def _tracks(edges: pd.DataFrame) -> pd.DataFrame:
    """One row for each edge and gauge."""
    code, kinds = pd.factorize(edges["gauges"])
    gauges = [np.array(str(kind).split(";"), dtype=np.int64) for kind in kinds]
    each = np.array([len(kind) for kind in gauges])[code]
    row = np.repeat(np.arange(len(edges)), each)
    # Which of its edge's gauges each track has: 0 for the first, 1 for the second, ...
    place = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    widest = max(map(len, gauges))
    table = np.array([np.resize(kind, widest) for kind in gauges])
    plain = pd.DataFrame(edges.drop(columns=["geometry"], errors="ignore"))
    return (
        plain.iloc[row].reset_index(drop=True).assign(gauge_mm=table[code[row], place], shape=row)
    )


def _number_nodes(
    tracks: pd.DataFrame, vertices: pd.DataFrame, book: NodeBook
) -> tuple[NDArray[np.int64], NDArray[np.int64], pd.DataFrame]:
    """Enter the rail nodes and return the ends of each track and the keys of the nodes."""
    ends = pd.concat(
        [
            tracks[[end, "iso3", "gauge_mm"]].set_axis(["vertex", "iso3", "gauge_mm"], axis=1)
            for end in ("from_node", "to_node")
        ],
        ignore_index=True,
    )
    states, state_names = pd.factorize(ends["iso3"], sort=True)
    vertex, gauge = (ends[name].to_numpy(dtype=np.int64) for name in ("vertex", "gauge_mm"))
    # One number in the order of vertex, state and gauge; gauges are below 10 m.
    key = (vertex * len(state_names) + states) * 10_000 + gauge
    _, first, codes = np.unique(key, return_index=True, return_inverse=True)
    keys = pd.DataFrame(
        {
            "vertex": vertex[first],
            "iso3": np.asarray(state_names, dtype=object)[states[first]],
            "gauge_mm": gauge[first],
        }
    )
    at = vertices.set_index("node_id").loc[keys["vertex"]]
    ids = book.enter(
        at["lon"].to_numpy(),
        at["lat"].to_numpy(),
        name=at["name"].to_numpy(dtype=object),
        iso3=keys["iso3"].to_numpy(dtype=object),
        kind="rail",
    )
    numbered = ids[codes]
    return numbered[: len(tracks)], numbered[len(tracks) :], keys.assign(node=ids)


def rail_layer(
    edges: pd.DataFrame,
    vertices: pd.DataFrame,
    *,
    zone_of: Mapping[str, str],
    lines: pd.DataFrame,
    parts: pd.DataFrame,
    book: NodeBook,
) -> RailLayer:
    """Make the rail nodes and arcs.

    Parameters
    ----------
    edges, vertices : DataFrame
        The layers `rail_edges` and `rail_nodes` (with a `name` for each vertex).
    zone_of : mapping
        Tariff zone by iso3.
    lines, parts : DataFrame
        The tables `lines` and `line_stations`.
    book : NodeBook
        Where the nodes are entered.

    Returns
    -------
    RailLayer
    """
    tracks = _tracks(edges)
    tracks["line_id"] = tracks["line_id"].fillna("").astype(str)
    tracks["tariff_km"] = tracks["tariff_km"].fillna(tracks["length_km"])
    start, end, keys = _number_nodes(tracks, vertices, book)
    zone = tracks["iso3"].map(zone_of).fillna("other").to_numpy(dtype=object)
    run_by_line = lines.set_index("line_id")["run_item"].fillna("")
    run = tracks["line_id"].map(run_by_line).fillna("").to_numpy(dtype=object)
    run = np.where(run == "", "run-" + zone, run)
    arcs = np.arange(2 * len(tracks), dtype=np.int64)
    haul_km = np.tile(tracks["tariff_km"].to_numpy(dtype=np.float64), 2)
    run_km = np.tile(tracks["length_km"].to_numpy(dtype=np.float64), 2)
    return RailLayer(
        block=ArcBlock(
            tail=np.concatenate([start, end]),
            head=np.concatenate([end, start]),
            columns=_columns(tracks, parts),
            quantities=(
                (arcs, np.tile("haul-" + zone, 2), haul_km),
                (arcs, np.tile(run, 2), run_km),
                (arcs, np.tile("energy-" + zone, 2), run_km),
            ),
            links=_rail_links(tracks),
        ),
        vertex=keys["vertex"].to_numpy(),
        node=keys["node"].to_numpy(),
        iso3=keys["iso3"].to_numpy(dtype=object),
        gauge_mm=keys["gauge_mm"].to_numpy(),
    )


def _columns(tracks: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the arcs, there and back."""
    power = (
        tracks[["line_id", "part_order"]]
        .merge(
            parts[["line_id", "order", "power"]],
            how="left",
            left_on=["line_id", "part_order"],
            right_on=["line_id", "order"],
        )["power"]
        .fillna("")
    )

    columns = pd.DataFrame(
        {name: pd.Series([default] * len(tracks)) for name, default in ARC_COLUMNS.items()}
    )
    columns["mode"] = "rail"
    for name in ("line_id", "iso3", "gauge_mm", "length_km", "tariff_km", "shape"):
        columns[name] = tracks[name].to_numpy()
    columns["where"] = tracks["iso3"].to_numpy()
    # What the track itself is tagged with goes before what is known of the line as a whole, save
    # that it only says that there are wires.
    tagged = _text(tracks, "power")
    columns["power"] = np.where(np.isin(tagged, ("", ELECTRIFIED)), power, tagged)
    columns["track_name"] = _text(tracks, "name")
    columns["schematic"] = (tracks["kind"] == "schematic").to_numpy()
    known_use = np.isin(_text(tracks, "use"), _FOR_FREIGHT)
    columns["unlisted"] = (tracks["line_id"] == "").to_numpy() & ~known_use
    return pd.concat([columns, columns.assign(reverse=True)], ignore_index=True)


def _rail_links(
    tracks: pd.DataFrame,
) -> tuple[tuple[NDArray[np.int64], NDArray[np.object_]], ...]:
    """Return what can close a rail arc: its state, its line and its part of it, or its tags."""
    arcs = np.arange(2 * len(tracks), dtype=np.int64)
    state = np.tile(("state:" + tracks["iso3"]).to_numpy(dtype=object), 2)
    unlisted = (tracks["line_id"] == "").to_numpy()
    for_people = np.array(["passenger" in text for text in _text(tracks, "use")], dtype=np.bool_)
    shut = ~np.isin(_text(tracks, "status"), ("", "open"))
    narrow = (tracks["gauge_mm"] < LEAST_GAUGE_MM).to_numpy()
    tagged = np.where(shut, _text(tracks, "status"), np.where(narrow, "narrow", "passenger"))
    tags = np.flatnonzero(unlisted & (shut | narrow | for_people))
    by_tags = np.array([f"track:{word}" for word in tagged[tags]], dtype=object)
    on_line = np.flatnonzero((tracks["line_id"] != "").to_numpy())
    part = (
        "part:"
        + tracks["line_id"].iloc[on_line]
        + "/"
        + tracks["part_order"].iloc[on_line].astype(int).astype(str)
    ).to_numpy(dtype=object)
    on_line_both = np.concatenate([on_line, on_line + len(tracks)])
    line = ("line:" + tracks["line_id"].iloc[on_line]).to_numpy(dtype=object)
    return (
        (arcs, state),
        (on_line_both, np.tile(part, 2)),
        (on_line_both, np.tile(line, 2)),
        (np.concatenate([tags, tags + len(tracks)]), np.tile(by_tags, 2)),
    )


def _text(tracks: pd.DataFrame, name: str) -> NDArray[np.object_]:
    """Return a column of text that the track of some networks lacks; "" is not said."""
    if name not in tracks:
        return np.full(len(tracks), "", dtype=object)
    return tracks[name].fillna("").to_numpy(dtype=object)
