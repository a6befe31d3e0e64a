"""Ground within reach: polygons that follow the reached network, on land and in its own state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.earth import buffer_km

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["reached_ground"]

_STEPS = (1 / 3, 2 / 3, 1.0)
"""Distances from the track, as shares of the bound, at which the ground is drawn.

Between two of them the nearer one counts, so that no ground is drawn that is not reached.
"""
_SIMPLER_DEGREES = 0.01
"""Track is drawn this much simpler before it is buffered; the bound is many times that."""


def reached_ground(
    network_within: Callable[[float], list[tuple[NDArray[np.object_], NDArray[np.object_]]]],
    *,
    bound_km: float,
    land: Mapping[str, BaseGeometry],
) -> BaseGeometry:
    """Draw the ground that can be reached beside a network.

    Parameters
    ----------
    network_within : callable
        Given a distance in km: what of the network is reached with enough left to bring a box
        that far by road: arrays of lines or points, each with the array of their states.
    bound_km : float
        No ground further away is reached, geodesic km.
    land : mapping, state -> area
        Each state's own land (EPSG:4326): goods at a terminal cross no border by road.

    Returns
    -------
    MultiPolygon
        Ground no further from the reached network than can still be paid for. It covers no sea,
        and no state that the network does not reach.
    """
    by_state: dict[str, list[BaseGeometry]] = {}
    for share in _STEPS:
        away_km = share * bound_km
        for geometries, states in network_within(away_km):
            for state, reached in _by_state(geometries, states).items():
                by_state.setdefault(state, []).append(buffer_km(reached, away_km))
    pieces = [
        shapely.intersection(shapely.union_all(areas), land[state])
        for state, areas in by_state.items()
        if state in land
    ]
    joined = shapely.union_all(pieces)
    areas = [part for part in shapely.get_parts(joined) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(areas)


def _by_state(
    geometries: NDArray[np.object_], states: NDArray[np.object_]
) -> dict[str, list[BaseGeometry]]:
    """Gather geometries by state, simplified."""
    gathered: dict[str, list[BaseGeometry]] = {}
    for state in dict.fromkeys(states):
        own = geometries[states == state]
        # Merged where ends meet and no more: to node the lines would take longer than to buffer.
        parts = shapely.get_parts(own)
        is_line = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
        lines = shapely.line_merge(shapely.MultiLineString(list(parts[is_line])))
        simpler = shapely.simplify(lines, _SIMPLER_DEGREES)
        gathered[str(state)] = [*parts[~is_line], *shapely.get_parts(simpler)]
    return gathered
