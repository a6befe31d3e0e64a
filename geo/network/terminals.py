"""Terminals: where a box gets on and off a train or a ship, and the way to them by road.

A place is joined to the railway at its own station, or at the nearest track within a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.atlas import text_of
from geo.earth.nearest import NearestPoints
from geo.network.blocks import ArcBlock, NodeBook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely import LineString

    from geo.network.rail import RailLayer
    from geo.network.road_doors import RoadJoins

__all__ = ["RoadAccess", "TerminalNodes", "Terminals", "dwell_uses", "terminal_layer"]


@dataclass(frozen=True)
class RoadAccess:
    """How places are joined to their terminals.

    Attributes
    ----------
    bound_km : float
        No place is joined to a railway further away than this (geodesic).
    circuity : float
        Road km over geodesic km, where the road network does not lead.
    joins : RoadJoins or None
        The road network, by which places are joined where it leads to their terminals.
    first_shape : int
        Number of the first way by road among the shapes of the network.
    """

    bound_km: float
    circuity: float
    joins: RoadJoins | None = None
    first_shape: int = 0


@dataclass(frozen=True, eq=False)
class TerminalNodes:
    """Doors, yards and quays: where places meet the network.

    Attributes
    ----------
    doors : dict, place_id -> node id
        Where a route starts or ends.
    yards : dict, place_id -> node id
        Where boxes are lifted; the door itself unless a road leads there.
    quays : DataFrame indexed by place_id
        Node ids `outward`, `inward` and `door`.
    road : RoadAccess
    access : DataFrame indexed by place_id
        `vertex` (-1: no railway within the bound), `access_km` (geodesic), `charged_km` (road).
    """

    doors: dict[str, int]
    yards: dict[str, int]
    quays: pd.DataFrame
    access: pd.DataFrame
    road: RoadAccess


@dataclass(frozen=True, eq=False)
class Terminals(TerminalNodes):
    """Doors, yards and quays, with the arcs at them.

    Attributes
    ----------
    block : ArcBlock
    shapes : tuple of LineString
        The ways by road between doors and yards, lon and lat in degrees.

    Notes
    -----
    The quays come with the rows of their ports.
    """

    block: ArcBlock
    shapes: tuple[LineString, ...] = ()

    @property
    def nodes(self) -> TerminalNodes:
        """Where places meet the network, without what it was made from."""
        return TerminalNodes(
            doors=self.doors,
            yards=self.yards,
            quays=self.quays[["outward", "inward", "door"]],
            access=self.access,
            road=RoadAccess(self.road.bound_km, self.road.circuity),
        )


def _snap(
    places: pd.DataFrame,
    vertices: pd.DataFrame,
    usable: np.ndarray,
    rail: RailLayer,
    road: RoadAccess,
) -> pd.DataFrame:
    """Find the vertex of each place: its own station, else the nearest usable track of its state.

    The way to a terminal leads over no state line, where a border would have to be charged.
    """
    with_station = vertices.loc[vertices["place_ids"].fillna("") != "", ["node_id", "place_ids"]]
    listed = with_station["place_ids"].str.split(";")
    with_station = with_station.assign(place_id=listed).explode("place_id")
    station = with_station.drop_duplicates("place_id").set_index("place_id")["node_id"]
    nearest = np.full(len(places), -1, dtype=np.int64)
    km = np.full(len(places), np.inf)
    lon, lat = (vertices[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    numbers = vertices["node_id"].to_numpy(dtype=np.int64)
    track = dict(iter(pd.Series(rail.vertex).groupby(rail.iso3)))
    for state, rows in places.reset_index(drop=True).groupby("iso3"):
        own = np.isin(numbers, track.get(state, ())) if state else True
        near = np.flatnonzero(usable & own)
        if len(near):
            found, distance = NearestPoints(lon[near], lat[near]).query(rows["lon"], rows["lat"])
            nearest[rows.index], km[rows.index] = numbers[near[found]], distance
    stationed = places["place_id"].map(station)
    at_station = stationed.notna().to_numpy()
    vertex = np.where(at_station, stationed.fillna(-1), nearest).astype(np.int64)
    vertex[~at_station & (km > road.bound_km)] = -1
    return pd.DataFrame(
        {
            "vertex": vertex,
            "access_km": np.where(at_station, 0.0, km),
            "charged_km": np.where(at_station, 0.0, km * road.circuity),
        },
        index=places["place_id"].to_numpy(),
    )


def _rail_rows(
    yard: int,
    name: str,
    iso3: str,
    nodes: Mapping[tuple[str, int], int],
    zone_of: Mapping[str, str],
    wait: str | None,
) -> list[dict[str, Any]]:
    """Load and unload at each gauge of a yard's track."""
    rows: list[dict[str, Any]] = []
    for (state, gauge), node in nodes.items():
        if state != iso3 and any(other == iso3 for other, _ in nodes):
            continue
        zone = zone_of.get(state, "other")
        lift = f"rail-handling-{zone}"
        common = {"mode": "transfer", "iso3": state, "where": name, "gauge_mm": gauge}
        rows += [
            common
            | {
                "tail": yard,
                "head": node,
                "uses": {lift: 1.0, f"entry-{zone}": 1.0, wait or f"wait-train-{zone}": 1.0},
            },
            common | {"tail": node, "head": yard, "uses": {lift: 1.0}},
        ]
    return rows


def _by_network(
    access: pd.DataFrame, places: pd.DataFrame, vertices: pd.DataFrame, road: RoadAccess
) -> tuple[pd.DataFrame, NDArray[np.int64], tuple[LineString, ...]]:
    """Charge the ways to the yards by the road network where it leads there.

    The number of the way drawn comes with each place; -1 is the straight line times the circuity.
    """
    charged_km = access["charged_km"].to_numpy().copy()
    shape = np.full(len(access), -1, dtype=np.int64)
    shapes: list[LineString] = []
    if road.joins is not None:
        far = np.flatnonzero((charged_km > 0) & (access["vertex"] >= 0).to_numpy())
        there = vertices.set_index("node_id").loc[access["vertex"].iloc[far], ["lon", "lat"]]
        here = places[["lon", "lat"]].to_numpy(dtype=np.float64)[far]
        states = places["iso3"].to_numpy(dtype=object)[far]
        for at, start, end, iso3 in zip(far, here, there.to_numpy(), states, strict=True):
            way = road.joins.way(np.array([start, end], dtype=np.float64), str(iso3))
            if way is not None:
                charged_km[at] = way.km
                shape[at] = road.first_shape + len(shapes)
                shapes.append(way.line)
    return access.assign(charged_km=charged_km), shape, tuple(shapes)


def _road_rows(  # noqa: PLR0913 - what a row says, each by its name
    door: int, yard: int, name: str, iso3: str, charged_km: float, *, shape: int, zone: str
) -> list[dict[str, Any]]:
    """Lead by road between a place and the yard where its railway is.

    The haulage is charged as the state's own throughout. The time is not: that of long hauls
    counts the rest of the driver, and the way to a terminal ends within his day.
    """
    common = {
        "mode": "access",
        "iso3": iso3,
        "where": name,
        "length_km": charged_km,
        "tariff_km": charged_km,
        "shape": shape,
        "schematic": shape < 0,
        "uses": {
            f"haul-road-{zone}": charged_km,
            "run-road": charged_km,
            "energy-road": charged_km,
        },
    }
    back = {"tail": yard, "head": door, "reverse": shape >= 0}
    return [common | {"tail": door, "head": yard}, common | back]


def _port_name(name: str) -> str:
    """Return what a place's port is called."""
    return name if "port" in name.casefold() else f"Port of {name}"


def dwell_uses(port: Mapping[Any, Any]) -> dict[str, float]:
    """Return what a box uses between discharge and leaving the port: dwell, paid storage."""
    items = (port["dwell_item"], port.get("demurrage_item"))
    return {name: 1.0 for name in map(text_of, items) if name}


def _quay_rows(port: dict[Any, Any]) -> list[dict[str, Any]]:
    """Load on and discharge from a ship.

    Before loading, the wait for a sailing (on the lane) stands for the dwell of the box.
    """
    common = {"mode": "transfer", "iso3": port["iso3"], "where": _port_name(port["name"])}
    handling = {str(port["handling_item"]): 1.0}
    link = f"port:{port['place_id']}"
    return [
        common
        | {
            "tail": port["door"],
            "head": port["outward"],
            "uses": handling,
            "links": (link, f"transit:{port['iso3']}"),
        },
        common
        | {
            "tail": port["inward"],
            "head": port["door"],
            "uses": handling | dwell_uses(port),
            "links": (link,),
        },
    ]


def _quays(
    ports: pd.DataFrame, places: pd.DataFrame, doors: Mapping[str, int], book: NodeBook
) -> pd.DataFrame:
    """Enter the quays of every port, where ships take boxes and where they leave them."""
    known = ports.merge(places[["place_id", "name", "iso3"]], on="place_id")
    outward, inward = (
        book.enter(
            known["lon"].to_numpy(),
            known["lat"].to_numpy(),
            name=[_port_name(name) for name in known["name"]],
            iso3=known["iso3"].to_numpy(dtype=object),
            kind=kind,
        )
        for kind in ("quay out", "quay in")
    )
    at = [int(doors[port]) for port in known["place_id"]]
    return known.assign(outward=outward, inward=inward, door=at).set_index("place_id")


def terminal_layer(  # noqa: PLR0913 - tables and layers, each by its name
    places: pd.DataFrame,
    ports: pd.DataFrame,
    vertices: pd.DataFrame,
    *,
    rail: RailLayer,
    usable: np.ndarray,
    zone_of: Mapping[str, str],
    road: RoadAccess,
    waits: Mapping[str, str],
    book: NodeBook,
) -> Terminals:
    """Join every place to rail and sea.

    Parameters
    ----------
    places, ports : DataFrame
        The tables of these names.
    vertices : DataFrame
        The layer `rail_nodes`.
    rail : RailLayer
    usable : bool[vertices]
        Which vertices are on a railway that leads somewhere.
    zone_of : mapping
        Tariff zone by iso3.
    road : RoadAccess
    waits : mapping
        Item of the wait for a train by place, where it is not that of the tariff zone.
    book : NodeBook
        Where the nodes are entered.

    Returns
    -------
    Terminals
    """
    access = _snap(places, vertices, usable, rail, road)
    access, drawn, shapes = _by_network(access, places, vertices, road)
    lon, lat = places["lon"].to_numpy(), places["lat"].to_numpy()
    names = places["name"].to_numpy(dtype=object)
    iso3 = places["iso3"].to_numpy(dtype=object)
    ids = places["place_id"].to_numpy(dtype=object)
    doors = dict(zip(ids, book.enter(lon, lat, name=names, iso3=iso3, kind="door"), strict=True))
    by_road = (access["charged_km"] > 0).to_numpy() & (access["vertex"] >= 0).to_numpy()
    at = vertices.set_index("node_id").loc[access["vertex"].to_numpy()[by_road], ["lon", "lat"]]
    own_yard = book.enter(
        at["lon"].to_numpy(),
        at["lat"].to_numpy(),
        name=names[by_road],
        iso3=iso3[by_road],
        kind="yard",
    )
    yards = doors | dict(zip(ids[by_road], own_yard, strict=True))

    rows: list[dict[str, Any]] = []
    columns = (
        ids,
        names,
        iso3,
        access["vertex"].to_numpy(),
        access["charged_km"].to_numpy(),
        drawn,
    )
    for place_id, name, state, vertex, charged_km, shape in zip(*columns, strict=True):
        if vertex < 0:
            continue
        yard, door = int(yards[place_id]), int(doors[place_id])
        nodes = rail.nodes_at(int(vertex))
        rows += _rail_rows(yard, name, state, nodes, zone_of, waits.get(place_id))
        if yard != door:
            zone = zone_of.get(state, "other")
            rows += _road_rows(
                door, yard, name, state, float(charged_km), shape=int(shape), zone=zone
            )

    quays = _quays(ports, places, doors, book)
    for port in quays.reset_index().to_dict("records"):
        rows += _quay_rows(port)
    return Terminals(
        doors=doors,
        yards=yards,
        quays=quays,
        access=access,
        road=road,
        block=ArcBlock.of(rows),
        shapes=shapes,
    )
