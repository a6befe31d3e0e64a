"""Geometry made fit for a map: simplified, rounded, cut at the 180th meridian, as GeoJSON.

A map of a continent needs no metre; four decimals of a degree are eleven metres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from geo.earth.antimeridian import split_at_antimeridian

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["DECIMALS", "feature", "feature_collection", "light", "web"]

DECIMALS = 4


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
    if isinstance(geometry, LineString | MultiLineString | Polygon | MultiPolygon):
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
        "geometry": _plain(shapely.geometry.mapping(geometry)),
    }


def feature_collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Collect features under stable ids.

    Parameters
    ----------
    features
        GeoJSON features.

    Returns
    -------
    dict
        A FeatureCollection.
    """
    numbered = [{**one, "id": str(i)} for i, one in enumerate(features)]
    return {"type": "FeatureCollection", "features": numbered}


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
    steps = [
        step
        for line in shapely.get_parts(lines)
        for points in [shapely.get_coordinates(line).round(decimals)]
        for step in zip(map(tuple, points[:-1]), map(tuple, points[1:]), strict=True)
    ]
    # either way along it is the same stroke
    unique = dict.fromkeys((min(step), max(step)) for step in steps if step[0] != step[1])
    return shapely.line_merge(shapely.MultiLineString(list(unique)))


def _plain(value: Any) -> Any:
    """Turn tuples into lists and whole floats into integers, which are shorter."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
