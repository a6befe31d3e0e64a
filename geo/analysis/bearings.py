"""Bearings: in which directions states lie, seen from a point, and where none of them does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["STEP_DEG", "BearingCoverage", "bearing_coverage"]

STEP_DEG = 0.1
"""Width of a sector in which something lies or nothing does."""

_SECTORS = round(360 / STEP_DEG)
_FINE_DEGREES = 0.25
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, eq=False)
class BearingCoverage:
    """The directions in which some areas lie, seen from one point.

    Attributes
    ----------
    lon, lat : float
        The point, degrees (EPSG:4326).
    covered : bool[3600]
        Sector by sector of 0.1 degrees, clockwise from north.
    """

    lon: float
    lat: float
    covered: NDArray[np.bool_]

    @property
    def coverage_deg(self) -> float:
        """Degrees of the horizon in which something lies."""
        return round(float(self.covered.sum()) * STEP_DEG, 1)

    @property
    def largest_gap(self) -> tuple[float, float]:
        """The widest run of directions in which nothing lies: where it begins, and its width."""
        if not self.covered.any():
            return 0.0, 360.0
        # Begin the round inside what is covered, so that no gap is cut in two.
        start = int(np.argmax(self.covered))
        free = np.concatenate((~np.roll(self.covered, -start), [False]))
        change = np.flatnonzero(np.diff(free.astype(np.int8), prepend=0))
        begins, ends = change[::2], change[1::2]
        if not len(begins):
            return 0.0, 0.0
        widest = int(np.argmax(ends - begins))
        begin = (start + begins[widest]) % _SECTORS * STEP_DEG
        return round(float(begin), 1), round(float(ends[widest] - begins[widest]) * STEP_DEG, 1)

    @property
    def largest_gap_deg(self) -> float:
        """Width of the largest gap, degrees."""
        return self.largest_gap[1]


def bearing_coverage(lon: float, lat: float, areas: Iterable[BaseGeometry]) -> BearingCoverage:
    """Find the directions in which areas lie, along geodesics of the WGS84 ellipsoid.

    Parameters
    ----------
    lon, lat : float
        Where one stands, degrees (EPSG:4326).
    areas : iterable of Polygon or MultiPolygon
        In degrees. One that holds the point itself lies in every direction.

    Returns
    -------
    BearingCoverage
        A sector counts as covered if an outline passes through it.

    Notes
    -----
    An area that does not hold the point is seen between the extremes of its outline, and its
    outline passes every direction in between; so the azimuths of the outlines' segments, taken
    the short way round, are all that is needed. Azimuths after Karney (2013), Algorithms for
    geodesics.
    """
    covered = np.zeros(_SECTORS, np.bool_)
    here = shapely.Point(lon, lat)
    for area in areas:
        for part in shapely.get_parts(area):
            if shapely.covers(part, here):
                covered[:] = True
                continue
            outline = shapely.get_coordinates(shapely.segmentize(part.exterior, _FINE_DEGREES))
            covered |= _swept(_azimuths(lon, lat, outline))
    return BearingCoverage(lon, lat, covered)


def _azimuths(lon: float, lat: float, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Azimuths of points in [0, 360), degrees clockwise from north."""
    here = np.full(len(points), lon), np.full(len(points), lat)
    azimuth = _WGS84.inv(*here, points[:, 0], points[:, 1])[0]
    return np.asarray(azimuth, np.float64) % 360.0


def _swept(azimuth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the sectors that a line passes whose vertices have these azimuths."""
    turn = (np.diff(azimuth) + 180.0) % 360.0 - 180.0
    begin = np.minimum(azimuth[:-1], azimuth[:-1] + turn)
    first = np.floor(begin / STEP_DEG).astype(np.int64)
    last = np.floor((begin + np.abs(turn)) / STEP_DEG).astype(np.int64)
    # Rises at the first sector and falls behind the last, counted over two rounds of the horizon.
    change = np.zeros(3 * _SECTORS + 1, np.int64)
    np.add.at(change, first + _SECTORS, 1)
    np.add.at(change, last + _SECTORS + 1, -1)
    passes = np.cumsum(change)[:-1].reshape(3, _SECTORS).max(axis=0)
    return np.asarray(passes > 0, np.bool_)
