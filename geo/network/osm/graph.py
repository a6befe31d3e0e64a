"""From track as OpenStreetMap draws it to a graph with only the points that its course needs.

Lengths are those of the track as drawn; only points are saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.earth.geodesic import distance_km
from geo.earth.nearest import NearestPoints
from geo.errors import DataError
from geo.network.chains import contract_chains
from geo.network.rail_source import RailGraph

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.network.osm.track import Origin, OsmTrack
    from geo.network.states import States

__all__ = ["check_not_swapped", "simplified"]

TOLERANCE_DEGREES = 5e-5
"""How far a course may move when points are saved: 6 m, about half of what layers round to."""

_SAMPLE = 50_000
_NEAR_KM = 10.0


def simplified(track: OsmTrack) -> tuple[RailGraph, NDArray[np.int64], NDArray[np.int64]]:
    """Save the points that a course does not need.

    Parameters
    ----------
    track
        Pieces of track.

    Returns
    -------
    graph : RailGraph
        Its edges are as long as the track between their ends.
    way : int64[edges]
        The way of each edge.
    twins : int64[pairs, 2]
        As in the track, by the vertices of the graph.
    """
    lon, lat = track.lon, track.lat
    drawn = RailGraph(
        lon=lon,
        lat=lat,
        tail=track.tail,
        head=track.head,
        length_km=distance_km(lon[track.tail], lat[track.tail], lon[track.head], lat[track.head]),
        kind=np.full(len(track.tail), "track"),
    )
    keep = np.zeros(len(lon), dtype=np.bool_)
    keep[track.twins] = True
    chains = contract_chains(drawn, keep=keep, edge_class=track.way)
    lines = chains.lines(lon, lat)
    # A ring would shrink to nothing.
    open_ended = chains.tail != chains.head
    lines[open_ended] = shapely.simplify(
        lines[open_ended], TOLERANCE_DEGREES, preserve_topology=False
    )
    coords, chain = shapely.get_coordinates(lines, return_index=True)
    starts, ends = np.ones((2, len(chain)), dtype=np.bool_)
    starts[1:] = ends[:-1] = chain[1:] != chain[:-1]
    vertex = np.empty(len(chain), dtype=np.int64)
    vertex[starts], vertex[ends] = chains.tail, chains.head
    inner = ~starts & ~ends
    vertex[inner] = len(chains.vertex) + np.arange(int(inner.sum()))
    tail, head, owner = vertex[~ends], vertex[~starts], chain[~ends]
    at = np.concatenate([np.column_stack([lon, lat])[chains.vertex], coords[inner]])
    straight = distance_km(at[tail, 0], at[tail, 1], at[head, 0], at[head, 1])
    scale = chains.length_km / np.bincount(owner, weights=straight, minlength=len(lines))
    number = np.full(len(lon), -1, dtype=np.int64)
    number[chains.vertex] = np.arange(len(chains.vertex))
    graph = RailGraph(
        lon=at[:, 0],
        lat=at[:, 1],
        tail=tail,
        head=head,
        length_km=straight * scale[owner],
        kind=np.full(len(tail), "track"),
    )
    return graph, track.way[chains.first_edge[owner]], number[track.twins]


def check_not_swapped(
    track: OsmTrack, states: States, places: NDArray[np.float64], origin: Origin
) -> None:
    """Refuse track whose longitudes and latitudes were exchanged, though each is in range.

    Parameters
    ----------
    track
        The track.
    states
        Areas of the states.
    places
        Longitude and latitude of known places, n x 2.
    origin
        What errors call the source.

    Raises
    ------
    DataError
        As it stands the track comes near no place that is known; exchanged, it does, and lies on
        land at least as much.
    """
    pick = np.linspace(0, len(track.lon) - 1, min(len(track.lon), _SAMPLE)).astype(np.int64)
    lon, lat = track.lon[pick], track.lat[pick]
    if (np.abs(lon) > 90.0).any() or _places_near(lon, lat, places):
        return
    exchanged = _places_near(lat, lon, places)
    if not exchanged:
        return
    ways_round = ((lon, lat), (lat, lon))
    dry = [float((states.at(*pair, within_km=5.0) != "").mean()) for pair in ways_round]
    if dry[1] >= max(dry[0], 0.9):
        problem = (
            f"longitude and latitude look swapped: if they are exchanged the track comes within "
            f"{_NEAR_KM:g} km of {exchanged} known places, as it is of none"
        )
        raise DataError(origin.label, None, None, problem)


def _places_near(
    lon: NDArray[np.float64], lat: NDArray[np.float64], places: NDArray[np.float64]
) -> int:
    """Count the known places near points."""
    _, away_km = NearestPoints(lon, lat).query(places[:, 0], places[:, 1])
    return int((away_km <= _NEAR_KM).sum())
