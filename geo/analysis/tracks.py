"""Tracks: which parts of the network's lines lie within a cost, cut where the cost is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString

from geo.earth import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.network import Network

__all__ = ["cut_line", "reached_shares", "reached_tracks"]

_FINE_DEGREES = 0.1


def reached_shares(
    cost: NDArray[np.float64],
    weights: NDArray[np.float64],
    tail: NDArray[np.int64],
    limit: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how much of each arc is passed before a limit is reached.

    Parameters
    ----------
    cost : float64[nodes]
        Least cost to each node; infinity where no path leads.
    weights : float64[arcs]
        Cost of each arc; infinity where it is closed.
    tail : int64[arcs]
        Where each arc begins.
    limit : float or float64[arcs]
        In the unit of the costs.

    Returns
    -------
    float64[arcs]
        From 0 (not entered, or closed) to 1 (passed whole), cost being spent evenly along it.
    """
    left = limit - cost[tail]
    entered = (left >= 0) & np.isfinite(weights)
    share = np.zeros(len(weights))
    share[entered] = 1.0
    partly = entered & (weights > left)
    share[partly] = left[partly] / weights[partly]
    return share


def reached_tracks(
    network: Network, share: NDArray[np.float64], *, mode: str
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the lines of one mode as far as they are reached.

    Parameters
    ----------
    network : Network
    share : float64[arcs]
        How much of each arc is reached, from its tail on.
    mode : str
        rail, road or sea.

    Returns
    -------
    tuple of object[lines]
        Lines (EPSG:4326), and the state that each lies in. A line reached from both of its ends
        and not in its middle comes as two.
    """
    column = network.column
    # Nothing leaves a through train half way: it reaches nothing but its end.
    through = (network.nodes["kind"] == "service").to_numpy()[network.graph.tail]
    used = (share > 0) & (column["mode"] == mode) & (column["shape"] >= 0) & ~through
    shape = column["shape"][used].astype(np.int64)
    reverse = column["reverse"][used].astype(np.bool_)
    # From the beginning of each shape, and back from its end.
    from_start, from_end = np.zeros(len(network.shapes)), np.zeros(len(network.shapes))
    np.maximum.at(from_start, shape[~reverse], share[used][~reverse])
    np.maximum.at(from_end, shape[reverse], share[used][reverse])
    state = np.full(len(network.shapes), "", dtype=object)
    state[shape] = column["iso3"][used]
    whole = from_start + from_end >= 1.0
    lines = [*network.shapes[whole]]
    owners = [*state[whole]]
    for number in np.flatnonzero(~whole & (from_start + from_end > 0)):
        line = network.shapes[number]
        for begin, end in ((0.0, from_start[number]), (1.0 - from_end[number], 1.0)):
            if end > begin:
                lines.append(cut_line(line, begin, end))
                owners.append(state[number])
    return np.array(lines, dtype=object), np.array(owners, dtype=object)


def cut_line(line: BaseGeometry, begin: float, end: float) -> BaseGeometry:
    """Return the part of a line between two shares of its geodesic length.

    Parameters
    ----------
    line : LineString or MultiLineString
        In degrees; the parts of a MultiLineString follow one another.
    begin, end : float
        Shares of its length, 0 <= begin < end <= 1.

    Returns
    -------
    LineString or MultiLineString
    """
    # A long step is followed closely: along it a degree changes its length.
    parts = shapely.get_parts(shapely.segmentize(line, _FINE_DEGREES))
    steps = [_steps_km(part) for part in parts]
    length = sum(float(step.sum()) for step in steps)
    low, high = begin * length, end * length
    kept = []
    passed = 0.0
    for part, step in zip(parts, steps, strict=True):
        own = float(step.sum())
        first, last = max(low - passed, 0.0), min(high - passed, own)
        if last > first or (own == 0.0 and low <= passed <= high):
            kept.append(_between(part, step, first, last))
        passed += own
    return kept[0] if len(kept) == 1 else shapely.MultiLineString(kept)


def _steps_km(part: BaseGeometry) -> NDArray[np.float64]:
    lon, lat = shapely.get_coordinates(part).T
    return distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])


def _between(
    part: BaseGeometry, step: NDArray[np.float64], first: float, last: float
) -> LineString:
    """Cut one part between two distances along it, km."""
    points = shapely.get_coordinates(part)
    along = np.concatenate(([0.0], np.cumsum(step)))
    inside = (along > first) & (along < last)
    ends = [
        [np.interp(distance, along, points[:, axis]) for axis in (0, 1)]
        for distance in (first, last)
    ]
    return LineString([ends[0], *points[inside], ends[1]])
