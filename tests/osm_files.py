"""Files of OpenStreetMap that tests write: by osmium itself, as PBF or as XML."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

import osmium
from osmium.osm.mutable import Node, Way

import geo.network.osm.build
from geo.atlas import Atlas
from geo.network.osm import build_osm_network, mended, read_osm_file, write_network
from geo.network.rail_build import states_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.network.osm import OsmNetwork
    from geo.network.states import States

__all__ = [
    "RAIL",
    "Points",
    "Ways",
    "atlas",
    "drawn",
    "imported",
    "line_between",
    "network_of",
    "spot",
    "write_osm",
]

RAIL = {"railway": "rail", "gauge": "1435", "usage": "main"}

Points = dict[int, tuple[float, float]]
Ways = dict[int, tuple[list[int], dict[str, str]]]


def write_osm(
    path: Path,
    points: Mapping[int, tuple[float, float]],
    ways: Mapping[int, tuple[Sequence[int], Mapping[str, str]]],
) -> Path:
    """Write nodes (id: lon, lat) and ways (id: nodes, tags); the suffix says the format."""
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node, (lon, lat) in points.items():
            writer.add_node(Node(id=node, version=1, location=(lon, lat)))
        for way, (nodes, tags) in ways.items():
            writer.add_way(Way(id=way, version=1, nodes=list(nodes), tags=dict(tags)))
    return path


def line_between(
    points: Points,
    ways: Ways,
    stops: Sequence[tuple[float, float]],
    tags: Mapping[str, str] = RAIL,
    *,
    pieces: int = 20,
) -> list[int]:
    """Add a railway, straight in degrees, a way from each stop to the next; return its nodes.

    A stop at which a node lies already uses that node.
    """
    spots = {spot: node for node, spot in points.items()}
    used: list[int] = []
    for (lon_a, lat_a), (lon_b, lat_b) in itertools.pairwise(stops):
        nodes = []
        for step in range(pieces + 1):
            share = step / pieces
            spot = (
                round(lon_a + share * (lon_b - lon_a), 7),
                round(lat_a + share * (lat_b - lat_a), 7),
            )
            if spot not in spots:
                spots[spot] = len(points) + 1
                points[spots[spot]] = spot
            nodes.append(spots[spot])
        ways[len(ways) + 1] = (nodes, dict(tags))
        used += nodes[1:] if used else nodes
    return used


@cache
def atlas() -> Atlas:
    """Return the atlas that ships."""
    return Atlas()


@cache
def _ground() -> States:
    """Return the areas of the states, made ready once for all tests."""
    return states_of(atlas().boundaries)


@cache
def spot(place: str) -> tuple[float, float]:
    """Return where a place is: longitude and latitude."""
    found = atlas().find_place(place)
    return found.lon, found.lat


def drawn(*lines: tuple[Sequence[tuple[float, float]], Mapping[str, str]]) -> tuple[Points, Ways]:
    """Draw lines through points."""
    points: Points = {}
    ways: Ways = {}
    for stops, tags in lines:
        line_between(points, ways, stops, tags)
    return points, ways


def network_of(folder: Path, points: Points, ways: Ways) -> OsmNetwork:
    """Write a file and build its network."""
    raw, origin = read_osm_file(write_osm(folder / "rail.osm.pbf", points, ways))
    with patch.object(geo.network.osm.build, "states_of", lambda _: _ground()):
        return build_osm_network(mended(raw, origin), atlas(), origin)


def imported(folder: Path, points: Points, ways: Ways) -> Path:
    """Write a file, and import it into the folder `net` beside it."""
    network = network_of(folder, points, ways)
    _, origin = read_osm_file(folder / "rail.osm.pbf")
    return write_network(network, folder / "net", atlas(), origin)
