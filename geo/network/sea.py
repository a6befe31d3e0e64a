"""Ways by sea: the shortest lane between two ports for every setting of the great switches.

Knows lengths and passages only; what a lane costs is priced elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geo.earth import NearestPoints, distance_km, split_at_antimeridian
from geo.errors import DataError
from geo.routing import Graph, Hierarchy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.routing import Tree

__all__ = ["SWITCHES", "port_approaches", "sea_lanes"]

SWITCHES = (
    ("suez", "bab-el-mandeb"),
    ("panama",),
    ("northern-sea-route",),
    ("northwest-passage",),
    ("malacca",),
)
"""Passages that open and close together; lanes are sought for every setting of these.

They are the passages that ships between the ports of the study have a way round.
"""

_PORTS_FILE = "data/ports.csv"
MAX_APPROACH_KM = 100.0
SIMPLIFY_DEGREES = 0.01
# A port may be approached from a few nodes, so that ships need not first sail the wrong way.
_CANDIDATES = 12
_APPROACHES = 3
# A port lies on land in the layer. The best way in is the one with the least km, land counted so
# many times; others may touch so much more land than it does.
_LAND_FACTOR = 5.0
_LAND_SLACK_KM = 1.0
_SAME_KM = 1e-6
_WHOLE_TURN = 360.0


@dataclass(frozen=True, eq=False)
class _Sea:
    """The network as arrays: arc i and arc i + n lead along edge i, there and back."""

    graph: Graph
    points: NDArray[np.float64]
    length_km: NDArray[np.float64]
    passages: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, edges: gpd.GeoDataFrame) -> _Sea:
        """Take the arrays from the layer of edges."""
        tail = edges["from_node"].to_numpy(dtype=np.int64)
        head = edges["to_node"].to_numpy(dtype=np.int64)
        n_nodes = int(max(tail.max(), head.max())) + 1
        ends = shapely.get_coordinates(edges.geometry.to_numpy())
        counts = shapely.get_num_coordinates(edges.geometry.to_numpy())
        last = np.cumsum(counts) - 1
        points = np.full((n_nodes, 2), np.nan)
        points[tail] = ends[last - counts + 1]
        points[head] = ends[last]
        graph = Graph(n_nodes, np.concatenate((tail, head)), np.concatenate((head, tail)))
        names = tuple(tuple(filter(None, name.split(";"))) for name in edges["passage_id"])
        return cls(graph, points, np.tile(edges["length_km"].to_numpy(dtype=np.float64), 2), names)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The graph, contracted."""
        return Hierarchy.of(self.graph)

    def weights(self, closed: frozenset[str]) -> NDArray[np.float64]:
        """Return the length of every arc in km, infinite where a passage is closed."""
        shut = np.array([not closed.isdisjoint(names) for names in self.passages], dtype=np.bool_)
        return np.where(np.tile(shut, 2), np.inf, self.length_km)

    def passages_of(self, arcs: NDArray[np.int64]) -> tuple[str, ...]:
        """Return the passages along a path, each once, in the order of travel."""
        edges = arcs % len(self.passages)
        return tuple(dict.fromkeys(name for edge in edges for name in self.passages[edge]))


@dataclass(frozen=True, eq=False)
class _Way:
    """One way between two ports: its length, its passages in order, the nodes it visits."""

    km: float
    passages: tuple[str, ...]
    nodes: NDArray[np.int64]


def port_approaches(
    edges: gpd.GeoDataFrame, ports: pd.DataFrame, *, land: gpd.GeoDataFrame | None = None
) -> pd.DataFrame:
    """Join every port to the nearest nodes of the sea by straight approaches.

    Parameters
    ----------
    edges
        The layer `sea_edges`.
    ports
        The table `ports`.
    land
        The layer `boundaries`; with it, approaches over land are avoided.

    Returns
    -------
    DataFrame
        place_id, node, km (WGS84), land_km (the part of it over land); up to three rows a port,
        nearest first.

    Raises
    ------
    DataError
        A port lies more than 100 km from the sea network.
    """
    points = _Sea.of(edges).points
    nodes = np.flatnonzero(~np.isnan(points[:, 0]))
    index = NearestPoints(points[nodes, 0], points[nodes, 1])
    lon, lat = (ports[name].to_numpy(dtype=np.float64) for name in ("lon", "lat"))
    n_candidates = min(_CANDIDATES, len(nodes))
    found, km = index.query(lon, lat, k=n_candidates)
    found, km = found.reshape(len(ports), -1), km.reshape(len(ports), -1)
    for name, nearest in zip(ports["place_id"], km[:, 0], strict=True):
        if nearest > MAX_APPROACH_KM:
            problem = f"{name} lies {nearest:.0f} km from the sea network, more than 100 km"
            raise DataError(_PORTS_FILE, None, "lon", problem)
    frame = pd.DataFrame(
        {
            "place_id": np.repeat(ports["place_id"].to_numpy(), n_candidates),
            "node": nodes[found.ravel()],
            "km": km.ravel(),
        }
    )
    starts = np.repeat(np.column_stack((lon, lat)), n_candidates, axis=0)
    frame["land_km"] = _land_km(starts, points[frame["node"].to_numpy()], land)
    frame = frame[frame["km"] <= MAX_APPROACH_KM]
    effort = frame["km"] + _LAND_FACTOR * frame["land_km"]
    best = effort.groupby(frame["place_id"]).transform("idxmin")
    allowed = frame["land_km"].loc[best].to_numpy() + _LAND_SLACK_KM
    frame = frame[frame["land_km"].to_numpy() <= allowed]
    return frame.groupby("place_id", sort=False).head(_APPROACHES).reset_index(drop=True)


def _land_km(
    starts: NDArray[np.float64], ends: NDArray[np.float64], land: gpd.GeoDataFrame | None
) -> NDArray[np.float64]:
    """Return how many km of each straight line lie on land (0 without a layer of land)."""
    if land is None:
        return np.zeros(len(starts))
    lines = np.asarray(shapely.linestrings(np.stack((starts, ends), axis=1)), dtype=np.object_)
    line, state = land.sindex.query(lines, predicate="intersects")
    km = np.zeros(len(lines))
    over_land = shapely.intersection(lines[line], land.geometry.to_numpy()[state])
    share = shapely.length(over_land) / np.maximum(shapely.length(lines[line]), 1e-12)
    whole = distance_km(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    np.add.at(km, line, share * whole[line])
    return km


def sea_lanes(
    edges: gpd.GeoDataFrame,
    ports: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    land: gpd.GeoDataFrame | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> gpd.GeoDataFrame:
    """Find the shortest ways between all ports, one for each set of passages worth using.

    For every setting of `SWITCHES` the shortest way between each two ports is sought. Ways through
    the same passages are one lane. A lane is dropped if another is no longer and needs no passage
    that this one does not need.

    Parameters
    ----------
    edges
        The layer `sea_edges`; it is not changed.
    ports, passages
        The tables of these names.
    land
        The layer `boundaries`; with it, approaches over land are avoided.
    progress
        Called with (settings done, all settings).

    Returns
    -------
    GeoDataFrame
        lane_id, port_a < port_b, length_km (WGS84, approaches included), passages (`;`-joined, in
        the order from a to b), geometry from a to b (EPSG:4326, simplified by 0.01 degree after
        measuring, split at the 180th meridian).

    Raises
    ------
    DataError
        A port lies more than 100 km from the sea network, or in a sea of its own.
    """
    sea = _Sea.of(edges)
    approaches = port_approaches(edges, ports, land=land)
    settings = _settings(passages)
    best: dict[tuple[str, str], dict[frozenset[str], _Way]] = {}
    for done, shut in enumerate(settings, start=1):
        for pair, way in _ways(sea, approaches, shut):
            lanes = best.setdefault(pair, {})
            key = frozenset(way.passages)
            if key not in lanes or way.km < lanes[key].km - _SAME_KM:
                lanes[key] = way
        if progress is not None:
            progress(done, len(settings))
    _check_joined(ports, best)
    return _layer(best, sea, ports)


def _settings(passages: pd.DataFrame) -> list[frozenset[str]]:
    """Return the sets of closed passages for which lanes are sought.

    Every setting of the switches; and each other passage closed alone, beside those that are
    closed by default, with the Red Sea open and shut.
    """
    known = set(passages["passage_id"])
    switches = [group for group in SWITCHES if not known.isdisjoint(group)]
    settings = []
    for setting in product((False, True), repeat=len(switches)):
        groups = (group for group, is_shut in zip(switches, setting, strict=True) if is_shut)
        settings.append(frozenset(name for group in groups for name in group))
    default = frozenset(passages.loc[passages["default"] == "closed", "passage_id"])
    others = sorted(known - {name for group in switches for name in group})
    for red_sea in (frozenset[str](), frozenset(SWITCHES[0])):
        settings += [default | red_sea | {name} for name in others]
    return settings


def _ways(
    sea: _Sea, approaches: pd.DataFrame, shut: frozenset[str]
) -> Iterator[tuple[tuple[str, str], _Way]]:
    """Yield the shortest way between each two ports with some passages closed."""
    metric = sea.hierarchy.customized(sea.weights(shut))
    joints = {
        str(port): (group["node"].to_numpy(dtype=np.int64), group["km"].to_numpy(dtype=np.float64))
        for port, group in approaches.groupby("place_id")
    }
    names = sorted(joints)
    for position, port in enumerate(names[:-1]):
        labels = np.full(sea.graph.n_nodes, np.inf)
        nodes, km = joints[port]
        labels[nodes] = km
        tree = metric.tree(labels=labels)
        for other in names[position + 1 :]:
            way = _way_to(sea, tree, *joints[other])
            if way is not None:
                yield (port, other), way


def _way_to(
    sea: _Sea, tree: Tree, nodes: NDArray[np.int64], km: NDArray[np.float64]
) -> _Way | None:
    """Return the shortest way to the best of a port's nodes, None if there is none."""
    total = tree.cost[nodes] + km
    best = int(np.argmin(total))
    if np.isinf(total[best]):
        return None
    arcs = tree.path(int(nodes[best]))
    along = np.concatenate((sea.graph.tail[arcs], nodes[[best]]))
    return _Way(float(total[best]), sea.passages_of(arcs), along)


def _check_joined(
    ports: pd.DataFrame, best: dict[tuple[str, str], dict[frozenset[str], _Way]]
) -> None:
    """Check that every port has a way to every other one while all passages are open."""
    names = sorted(ports["place_id"])
    for position, port in enumerate(names):
        lost = [other for other in names[position + 1 :] if (port, other) not in best]
        if lost:
            problem = f"no way by sea from {port} to {', '.join(lost)}"
            raise DataError(_PORTS_FILE, None, "place_id", problem)


def _layer(
    best: dict[tuple[str, str], dict[frozenset[str], _Way]], sea: _Sea, ports: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return the lanes worth keeping as a layer, shortest first between each two ports."""
    spots = dict(
        zip(ports["place_id"], ports[["lon", "lat"]].to_numpy(dtype=np.float64), strict=True)
    )
    rows = []
    shapes = []
    for (a, b), lanes in sorted(best.items()):
        ways = sorted(lanes.values(), key=lambda way: (way.km, way.passages))
        kept: list[_Way] = []
        for way in ways:
            if not any(set(shorter.passages) <= set(way.passages) for shorter in kept):
                kept.append(way)
        for number, way in enumerate(kept, start=1):
            rows.append((f"{a}-{b}-{number}", a, b, round(way.km, 1), ";".join(way.passages)))
            shapes.append(_drawn(np.vstack((spots[a], sea.points[way.nodes], spots[b]))))
    frame = pd.DataFrame(rows, columns=["lane_id", "port_a", "port_b", "length_km", "passages"])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def _drawn(points: NDArray[np.float64]) -> BaseGeometry:
    """Return a way as a line: simplified, rounded to 4 decimals, split at the 180th meridian."""
    lon = np.unwrap(points[:, 0], period=_WHOLE_TURN)
    line = LineString(np.column_stack((lon, points[:, 1]))).simplify(SIMPLIFY_DEGREES)
    return split_at_antimeridian(shapely.transform(line, lambda points: np.round(points, 4)))
