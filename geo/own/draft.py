"""A line under construction: its course, its stations, and the nodes it has been given so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.earth import distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.own.ground import Piece
    from geo.own.lines import OwnLine

__all__ = ["Draft", "inner_points", "point_at"]


@dataclass
class Draft:
    """A line under construction.

    Attributes
    ----------
    line
        As the user drew it.
    at_km
        Distance of each of its points from the start, km (float64[points]).
    pieces
        Its stretches by state.
    where
        What errors call it.
    places
        Stations between its ends, with km from the start.
    end_places
        Stations at its start and end; None where none was named.
    nodes
        Nodes at its start and end; -1 while unknown.
    snap_km
        How far these are from where the line was drawn.
    cuts
        (km, node) in between.
    anchored
        Whether it meets track that ships.
    meets
        Line ids of other own lines that it meets.
    """

    line: OwnLine
    at_km: NDArray[np.float64]
    pieces: tuple[Piece, ...]
    where: str
    places: list[tuple[float, Place]] = field(default_factory=list)
    end_places: list[Place | None] = field(default_factory=lambda: [None, None])
    nodes: list[int] = field(default_factory=lambda: [-1, -1])
    snap_km: list[float] = field(default_factory=lambda: [0.0, 0.0])
    cuts: list[tuple[float, int]] = field(default_factory=list)
    anchored: bool = False
    meets: set[str] = field(default_factory=set)

    @property
    def length_km(self) -> float:
        """Length of the line as it was drawn, km."""
        return float(self.at_km[-1])

    def end(self, side: int) -> tuple[float, float]:
        """Return lon and lat of the start (0) or the end (1)."""
        lon, lat = self.line.geometry.coords[-side]
        return lon, lat

    def state(self, side: int) -> str:
        """Return the state at the start (0) or the end (1)."""
        return self.pieces[-side].iso3

    def state_at(self, km: float) -> str:
        """Return the state at a distance from the start."""
        return next((p.iso3 for p in self.pieces if km <= p.end_km), self.pieces[-1].iso3)

    def locate(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point is nearest to the line: km from the start, and km away."""
        shrink = max(0.05, float(np.cos(np.radians(lat))))
        plane = shapely.transform(self.line.geometry, lambda xy: xy * (shrink, 1.0))
        along = shapely.line_locate_point(plane, shapely.Point(lon * shrink, lat))
        x, y = shapely.get_coordinates(shapely.line_interpolate_point(plane, along))[0]
        steps = np.hypot(*np.diff(shapely.get_coordinates(plane), axis=0).T)
        km = np.interp(along, np.concatenate([[0.0], np.cumsum(steps)]), self.at_km)
        return float(km), float(distance_km(lon, lat, x / shrink, y))


def point_at(draft: Draft, km: float) -> shapely.Point:
    """Return the point of a line at a distance from its start."""
    coords = shapely.get_coordinates(draft.line.geometry)
    return shapely.Point(*(np.interp(km, draft.at_km, coords[:, axis]) for axis in (0, 1)))


def inner_points(draft: Draft, start_km: float, end_km: float) -> list[tuple[float, float]]:
    """Return the points of a line between two distances, both ends of the stretch too."""
    coords = shapely.get_coordinates(draft.line.geometry)
    between = coords[(draft.at_km > start_km) & (draft.at_km < end_km)]
    ends = [shapely.get_coordinates(point_at(draft, km)) for km in (start_km, end_km)]
    points: list[Any] = [*ends[0], *between, *ends[1]]
    return [(float(lon), float(lat)) for lon, lat in points]
