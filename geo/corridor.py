"""Corridors: ways to go, as ordered points that a route must pass and modes that it may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.atlas import ids_of
from geo.atlas.nearest import nearest
from geo.errors import DataError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.network import Network

__all__ = ["BEST", "Corridor", "Waypoint", "find_corridor", "place_waypoint"]

BEST = "best"
"""The corridor of a route that may go any way."""


@dataclass(frozen=True, eq=False)
class Waypoint:
    """Something that a route has to pass: any one of some nodes, or any one of some arcs."""

    label: str
    nodes: NDArray[np.int64]
    arcs: NDArray[np.int64]


@dataclass(frozen=True)
class Corridor:
    """A way to go.

    Attributes
    ----------
    corridor_id, name : str
    waypoints : tuple of str
        `crossing:ID`, `road-crossing:ID`, `port:ID` (arrive there by ship), `passage:ID`,
        `service:ID` or `place:ID`, in order.
    modes : tuple of str
        Modes that carry freight on it (rail, sea, road).
    avoid : tuple of str
        States (iso3) whose track it does not touch, and links (`line:bam`) that it does not use.
    """

    corridor_id: str
    name: str
    waypoints: tuple[str, ...] = ()
    modes: tuple[str, ...] = ("rail", "sea")
    avoid: tuple[str, ...] = ()

    def resolve(self, network: Network) -> tuple[Waypoint, ...]:
        """Find the nodes and arcs of the corridor's waypoints.

        Raises
        ------
        DataError
            If a waypoint is not in the network.
        """
        return tuple(_resolve(text, network, self.corridor_id) for text in self.waypoints)


CORRIDORS = "data/corridors.csv"

ANY_WAY = Corridor(BEST, "Best of all ways")


def find_corridor(atlas: Atlas, name: str | None) -> Corridor:
    """Return a corridor of the table by its id; `None` and "best" leave the way open.

    Raises
    ------
    UnknownNameError
        If there is no such corridor.
    """
    if name is None or name == BEST:
        return ANY_WAY
    table = atlas.corridors.set_index("corridor_id")
    if name not in table.index:
        kind = "corridor"
        raise UnknownNameError(kind, name, nearest(name, [*table.index, BEST]))
    row = table.loc[name]
    return Corridor(
        name, str(row["name"]), ids_of(row["vias"]), ids_of(row["modes"]), ids_of(row["avoid"])
    )


def place_waypoint(network: Network, place_id: str, name: str, *, reload: bool) -> Waypoint:
    """Return the waypoint of a place: its track, or its yard if boxes are lifted there.

    Raises
    ------
    UsageError
        If no railway is at the place.
    """
    none = np.empty(0, dtype=np.int64)
    nodes = network.station_nodes.get(place_id, none)
    if not len(nodes):
        msg = f"a route cannot pass {name} by rail: no railway is within reach of it"
        raise UsageError(msg)
    if reload:
        nodes = np.array([network.terminals.yards[place_id]], dtype=np.int64)
    return Waypoint(name, nodes, none)


def _resolve(text: str, network: Network, corridor_id: str) -> Waypoint:
    """Find one waypoint of a corridor."""
    kind, _, key = text.partition(":")
    none = np.empty(0, dtype=np.int64)
    if kind == "place":
        return place_waypoint(network, key, key, reload=False)
    link = {"port": f"arrive:{key}"}.get(kind, text)
    arcs = network.arcs_of(link)
    if kind == "crossing":
        arcs = arcs[_is_border(network, arcs)]
    if not len(arcs):
        problem = f"{corridor_id}: nothing is at {text!r}"
        raise DataError(CORRIDORS, column="vias", problem=problem)
    return Waypoint(text, none, arcs)


def _is_border(network: Network, arcs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which arcs lead over a state line (and not through a gauge change beside it)."""
    mode = network.arcs["mode"].to_numpy()[arcs]
    return np.asarray(mode == "border", dtype=np.bool_)
