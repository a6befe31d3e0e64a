"""The ground that own lines are laid on: states along a line, and track near a point.

Lengths along a line are km on the ellipsoid; coordinates are degrees (EPSG:4326).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.earth import distance_km
from geo.network import States
from geo.network.borders import corrections_of

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.atlas import Atlas

__all__ = ["Ground", "Near", "Piece", "TrackIndex", "positions_km"]

INCURSION_KM: Final = 2.0
"""A shorter piece in another state, with one state on both sides, is the boundary's coarseness."""
_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True)
class Piece:
    """A stretch of a line in one state, in km from the line's start."""

    iso3: str
    start_km: float
    end_km: float


@dataclass(frozen=True)
class Near:
    """The point of some track that is nearest to a point.

    Attributes
    ----------
    edge
        Position of the edge in the layer.
    lon, lat
        The point on it, degrees.
    away_km
        How far it is, km.
    iso3, gauges
        Of the edge.
    """

    edge: int
    lon: float
    lat: float
    away_km: float
    iso3: str
    gauges: str


def positions_km(line: shapely.LineString) -> NDArray[np.float64]:
    """Return how far each point of a line is from its start, km (float64[points])."""
    lon, lat = shapely.get_coordinates(line).T
    steps = distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return np.concatenate([[0.0], np.cumsum(steps)])


class Ground:
    """The states, with the corrections of the build, asked along lines."""

    def __init__(self, atlas: Atlas) -> None:
        self._states = States(atlas.boundaries)
        self._corrections = corrections_of(atlas.border_corrections)

    def at(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.str_]:
        """Return the state at each point; "" over 20 km off any coast."""
        iso3 = self._states.at(lon, lat)
        for each in self._corrections:
            west, south, east, north = each.box
            inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
            iso3[inside & (iso3 == each.wrong)] = each.right
        return iso3

    def pieces(self, line: shapely.LineString) -> tuple[Piece, ...]:
        """Cut a line at the boundaries of states.

        What lies far at sea, as in a tunnel, counts to the state before it. A piece shorter than
        2 km between two of one state is given to that state.
        """
        coords = shapely.get_coordinates(line)
        at_km = positions_km(line)
        segments = np.asarray(
            shapely.linestrings(np.stack([coords[:-1], coords[1:]], axis=1)), dtype=np.object_
        )
        which, share = self._states.crossings_of(segments)
        cuts = at_km[which] + np.clip(share, 0.0, 1.0) * np.diff(at_km)[which]
        edges = np.unique(np.round(np.concatenate([at_km[[0, -1]], cuts]), 6))
        middle = (edges[:-1] + edges[1:]) / 2.0
        lon, lat = (np.interp(middle, at_km, coords[:, axis]) for axis in (0, 1))
        states = [str(state) for state in self.at(lon, lat)]
        pieces = [
            Piece(state, float(start), float(end))
            for state, start, end in zip(states, edges[:-1], edges[1:], strict=True)
        ]
        known = next((piece.iso3 for piece in pieces if piece.iso3), "")
        filled = []
        for piece in pieces:
            known = piece.iso3 or known
            filled.append(Piece(known, piece.start_km, piece.end_km))
        return _without_incursions(_merged(filled))


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours in one state."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].iso3 == piece.iso3:
            piece = Piece(piece.iso3, merged.pop().start_km, piece.end_km)  # noqa: PLW2901
        merged.append(piece)
    return merged


def _without_incursions(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Give short pieces of another state to the state on both sides."""
    for at in range(1, len(pieces) - 1):
        before, piece, after = pieces[at - 1 : at + 2]
        if before.iso3 == after.iso3 and piece.end_km - piece.start_km < INCURSION_KM:
            pieces[at] = Piece(before.iso3, piece.start_km, piece.end_km)
            return _without_incursions(_merged(pieces))
    return tuple(pieces)


class TrackIndex:
    """Edges of track, asked for the one nearest to a point.

    Parameters
    ----------
    edges
        Columns ``iso3``, ``gauges`` and ``geometry`` (EPSG:4326).
    """

    def __init__(self, edges: gpd.GeoDataFrame) -> None:
        self._shapes = edges.geometry.to_numpy()
        self._iso3 = edges["iso3"].fillna("").to_numpy(dtype=object)
        self._gauges = edges["gauges"].fillna("").to_numpy(dtype=object)
        self._tree = shapely.STRtree(self._shapes)

    def near(self, lon: float, lat: float, within_km: float) -> tuple[Near, ...]:
        """Return the edges within a distance of a point, the nearest first."""
        shrink = max(0.05, float(np.cos(np.radians(lat))))
        reach = within_km / _KM_PER_DEGREE / shrink
        point = shapely.Point(lon * shrink, lat)
        found = []
        for edge in self._tree.query(shapely.Point(lon, lat), predicate="dwithin", distance=reach):
            # Degrees of longitude are shrunk, so that the nearest in the plane is the nearest.
            shape = shapely.transform(self._shapes[edge], lambda xy: xy * (shrink, 1.0))
            x, y = shapely.get_coordinates(shapely.shortest_line(shape, point))[0]
            km = float(distance_km(np.array([lon]), np.array([lat]), [x / shrink], [y])[0])
            if km <= within_km:
                spot = (float(x / shrink), float(y), km)
                found.append(Near(int(edge), *spot, str(self._iso3[edge]), str(self._gauges[edge])))
        return tuple(sorted(found, key=lambda near: (near.away_km, near.edge)))
