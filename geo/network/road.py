"""Road: nodes and arcs of the road network, and the crossings where it passes a state line.

A road carries one mode and no gauge: a node is a vertex as one state sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.atlas import ids_of
from geo.network.blocks import ARC_COLUMNS, ArcBlock, NodeBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["UNION_ITEM", "RoadLayer", "road_crossing_block", "road_layer", "road_uses"]

UNION_ITEM = "road-border-union"
"""What a lorry meets at a state line inside a union of states."""


@dataclass(frozen=True, eq=False)
class RoadLayer:
    """Road nodes and arcs.

    Attributes
    ----------
    block : ArcBlock
        Two arcs (there and back) for each edge, in the order of the edges and then back.
    vertex, node : int64[road nodes]
        The vertex of each node, ascending, and its id.
    iso3 : object[road nodes]
    start, end : int64[edges]
        Node ids at the ends of each edge.
    """

    block: ArcBlock
    vertex: NDArray[np.int64]
    node: NDArray[np.int64]
    iso3: NDArray[np.object_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def node_at(self, vertex: int, iso3: str) -> int | None:
        """Return the node of a state at a vertex, if there is one."""
        first, last = np.searchsorted(self.vertex, [vertex, vertex + 1])
        for at in range(first, last):
            if self.iso3[at] == iso3:
                return int(self.node[at])
        return None


def road_uses(zone: str, km: float) -> dict[str, float]:
    """Return what a way by road uses in a tariff zone.

    Parameters
    ----------
    zone
        Tariff zone of the state.
    km
        Length, km.
    """
    return {f"haul-road-{zone}": km, f"run-road-{zone}": km, "energy-road": km}


def road_layer(
    edges: pd.DataFrame,
    vertices: pd.DataFrame,
    *,
    zone_of: Mapping[str, str],
    names: Mapping[str, str],
    book: NodeBook,
    first_shape: int,
) -> RoadLayer:
    """Make the road nodes and arcs.

    Parameters
    ----------
    edges, vertices : DataFrame
        The layers `road_edges` and `road_nodes`.
    zone_of : mapping
        Tariff zone by iso3.
    names : mapping
        Names of road crossings by id.
    book : NodeBook
        Where the nodes are entered.
    first_shape : int
        Number of the first edge's shape.

    Returns
    -------
    RoadLayer
    """
    code, states = pd.factorize(edges["iso3"], sort=True)
    size = len(states)
    tail, head = (edges[name].to_numpy(dtype=np.int64) for name in ("from_node", "to_node"))
    keys, number = np.unique(
        np.concatenate([tail * size + code, head * size + code]), return_inverse=True
    )
    vertex, state = keys // size, np.asarray(states, dtype=object)[keys % size]
    lon, lat = (vertices[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    name = _border_names(vertices, names)[vertex]
    ids = book.enter(lon[vertex], lat[vertex], name=name, iso3=state, kind="road")
    start, end = np.split(ids[number], 2)
    return RoadLayer(
        block=_arcs(edges, start, end, zone_of=zone_of, first_shape=first_shape),
        vertex=vertex,
        node=ids,
        iso3=state,
        start=start,
        end=end,
    )


def _border_names(vertices: pd.DataFrame, names: Mapping[str, str]) -> NDArray[np.object_]:
    """Name the vertices at borders, by their crossing or by the two states."""
    name = np.full(len(vertices), "", dtype=object)
    border = vertices[vertices["kind"] == "border"]
    for at, row in zip(border.index, border.to_dict("records"), strict=True):
        sides = f"{row['iso3_a']}-{row['iso3_b']} border"
        name[at] = names.get(str(row["crossing_id"]), sides)
    return name


def _arcs(
    edges: pd.DataFrame,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    *,
    zone_of: Mapping[str, str],
    first_shape: int,
) -> ArcBlock:
    """Make the arcs there and back."""
    count = len(edges)
    columns = pd.DataFrame(
        {name: pd.Series([default] * count) for name, default in ARC_COLUMNS.items()}
    )
    columns["mode"] = "road"
    columns["iso3"] = edges["iso3"].to_numpy()
    columns["where"] = edges["iso3"].to_numpy()
    km = edges["length_km"].to_numpy(dtype=np.float64)
    columns["length_km"] = km
    columns["tariff_km"] = km
    columns["shape"] = np.arange(first_shape, first_shape + count, dtype=np.int64)
    columns["schematic"] = (edges["kind"] == "curated").to_numpy()
    zone = np.array([zone_of.get(state, "other") for state in edges["iso3"]], dtype=object)
    arcs = np.arange(2 * count, dtype=np.int64)
    both_km = np.tile(km, 2)
    state = ("state:" + edges["iso3"]).to_numpy(dtype=object)
    return ArcBlock(
        tail=np.concatenate([start, end]),
        head=np.concatenate([end, start]),
        columns=pd.concat([columns, columns.assign(reverse=True)], ignore_index=True),
        quantities=(
            (arcs, np.tile("haul-road-" + zone, 2), both_km),
            (arcs, np.tile("run-road-" + zone, 2), both_km),
            (arcs, np.full(2 * count, "energy-road", dtype=object), both_km),
        ),
        links=((arcs, np.tile(state, 2)),),
    )


@dataclass
class _Crossings:
    """What is needed to lead a road over a state line."""

    road: RoadLayer
    crossings: Mapping[str, dict[Any, Any]]
    regimes: Mapping[tuple[str, str], tuple[str, str]]
    rows: list[dict[str, Any]] = field(default_factory=list)

    def lead(self, border: dict[Any, Any], here: str, there: str) -> None:
        """Add the arc over a border vertex one way, if a lorry may pass there."""
        tail = self.road.node_at(int(border["node_id"]), here)
        head = self.road.node_at(int(border["node_id"]), there)
        if tail is None or head is None:
            return
        crossing_id = border["crossing_id"]
        if crossing_id in self.crossings:
            crossing = self.crossings[crossing_id]
            forward = crossing["iso3_a"] == here
            item = crossing["border_item_ab" if forward else "border_item_ba"]
            where, uses = str(crossing["name"]), dict.fromkeys(ids_of(item), 1.0)
            links = (f"road-crossing:{crossing_id}", f"transit:{here}")
        elif (here, there) in self.regimes:
            where, uses = f"{here}-{there}", {UNION_ITEM: 1.0}
            links = (f"regime:{self.regimes[here, there][0]}", f"transit:{here}")
        else:
            return
        self.rows.append(
            {
                "tail": tail,
                "head": head,
                "mode": "border",
                "iso3": there,
                "where": where,
                "uses": uses,
                "links": links,
            }
        )


def road_crossing_block(
    road: RoadLayer,
    vertices: pd.DataFrame,
    *,
    crossings: pd.DataFrame,
    regimes: Mapping[tuple[str, str], tuple[str, str]],
) -> ArcBlock:
    """Make the arcs over every state line that a lorry may pass.

    Parameters
    ----------
    road : RoadLayer
    vertices : DataFrame
        The layer `road_nodes`.
    crossings : DataFrame
        The table `road_crossings`.
    regimes : mapping (iso3, iso3) -> (regime_id, item)
        Unions of states, inside which roads pass anywhere.

    Returns
    -------
    ArcBlock
    """
    rows = {str(row["crossing_id"]): row for row in crossings.to_dict("records")}
    maker = _Crossings(road, rows, regimes)
    for border in vertices[vertices["kind"] == "border"].to_dict("records"):
        here, there = str(border["iso3_a"]), str(border["iso3_b"])
        maker.lead(border, here, there)
        maker.lead(border, there, here)
    return ArcBlock.of(maker.rows)
