"""Geometry made fit for a map: simplified, rounded, cut at the 180th meridian, as GeoJSON.

A map of a continent needs no metre; four decimals of a degree are eleven metres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from geo.earth.antimeridian import split_at_antimeridian

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["DECIMALS", "feature", "light", "web"]

DECIMALS = 4
_HALF_TURN = 180.0
_SPAN = 10**9  # more units than there are between the poles


def light(geometry: BaseGeometry, *, tolerance: float, decimals: int = DECIMALS) -> BaseGeometry:
    """Simplify, cut at the 180th meridian and round.

    Parameters
    ----------
    geometry
        In degrees (EPSG:4326).
    tolerance
        How far a line may move, in degrees; 0 keeps every point.
    decimals
        Decimals of a degree that are kept.

    Returns
    -------
    BaseGeometry
        The light geometry; empty where nothing remains.
    """
    # each is cut before it is simplified, so that no chord spans the map
    drawn = isinstance(geometry, LineString | MultiLineString | Polygon | MultiPolygon)
    if drawn and not geometry.is_empty and not _far_from_the_cut(geometry):
        geometry = split_at_antimeridian(geometry)
    simple = shapely.simplify(geometry, tolerance) if tolerance else geometry
    return shapely.transform(simple, lambda xy: xy.round(decimals))


def feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    """Make a GeoJSON feature.

    Parameters
    ----------
    geometry
        A geometry with rounded coordinates.
    **properties
        Its properties; texts that reach HTML must be escaped already.

    Returns
    -------
    dict
        The feature.
    """
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(geometry),
    }


def web(lines: NDArray[np.object_], *, decimals: int = 3) -> BaseGeometry:
    """Draw what lines share once, as sea lanes that part only near the ports.

    Parameters
    ----------
    lines
        Lines in degrees (EPSG:4326).
    decimals
        Steps between points that agree to so many decimals are one.

    Returns
    -------
    BaseGeometry
        The steps, merged.
    """
    xy, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    # A plain zero: rounding leaves negative ones, which numpy tells apart when it sorts by bytes.
    points = xy.round(decimals) + 0.0
    along = line[1:] == line[:-1]
    ends = np.stack([points[:-1][along], points[1:][along]], axis=1)
    ends = ends[(ends[:, 0] != ends[:, 1]).any(axis=1)]
    # either way along it is the same stroke
    west, south = ends[:, :, 0], ends[:, :, 1]
    turned = (west[:, 0] > west[:, 1]) | ((west[:, 0] == west[:, 1]) & (south[:, 0] > south[:, 1]))
    ends[turned] = ends[turned][:, ::-1]
    # three small sorts of whole numbers, where one of rows of four would take thrice the time
    units = np.round(ends * 10**decimals).astype(np.int64)
    spots = np.unique(units[..., 0] * _SPAN + units[..., 1], return_inverse=True)[1]
    spots = spots.reshape(len(ends), 2)
    _, first = np.unique(spots[:, 0] * ends.size + spots[:, 1], return_index=True)
    strokes = shapely.linestrings(ends[np.sort(first)])
    merged: BaseGeometry = shapely.line_merge(shapely.multilinestrings(strokes))
    return merged


def _far_from_the_cut(geometry: BaseGeometry) -> bool:
    """Tell that no step can jump half round the globe, without a look at each."""
    west, _, east, _ = geometry.bounds
    return east - west <= _HALF_TURN and west >= -_HALF_TURN and east <= _HALF_TURN
