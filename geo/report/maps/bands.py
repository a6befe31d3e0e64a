"""Bands of reach made fit for a map: what each limit adds to the one before it.

Bands do not overlap, so that each keeps its own colour, whichever are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.report.maps.shapes import light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["area_bands", "line_bands"]

_AREA_TOLERANCE = 0.03  # degrees: 3 km, a pixel at zoom 5
_LINE_TOLERANCE = 0.02
_DECIMALS = 3
_LEAST_AREA = 0.004  # square degrees: of a hole or an island nobody sees
_GRID = 10_000


def area_bands(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Simplify areas that lie one in the next, and take each out of the next.

    Parameters
    ----------
    areas
        Polygons in degrees (EPSG:4326), the least first; each holds those before it.

    Returns
    -------
    list of BaseGeometry
        As many, none of which overlap, to three decimals of a degree; empty where a limit adds
        nothing that can be seen.
    """
    bands = []
    within: BaseGeometry = shapely.Polygon()
    for area in areas:
        simple = shapely.make_valid(light(area, tolerance=_AREA_TOLERANCE, decimals=_DECIMALS))
        # What is simplified may cut into what it held.
        whole = shapely.union(_polygons(simple), within, grid_size=10.0**-_DECIMALS)
        added = shapely.difference(whole, within, grid_size=10.0**-_DECIMALS)
        bands.append(_seen(added))
        within = whole
    return bands


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    nested = [part for part in shapely.get_parts(geometry) if part.geom_type == "MultiPolygon"]
    return shapely.MultiPolygon(parts + [one for part in nested for one in part.geoms])


def _seen(geometry: BaseGeometry) -> BaseGeometry:
    """Drop islands and holes too small to be seen."""
    parts = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon" and part.area >= _LEAST_AREA:
            holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= _LEAST_AREA]
            parts.append(shapely.Polygon(part.exterior, holes))
    return shapely.MultiPolygon(parts)


def line_bands(lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Take the steps of lines that lie one in the next out of the next, and simplify the rest.

    Parameters
    ----------
    lines
        MultiLineStrings in degrees (EPSG:4326), the least first; each holds those before it.

    Returns
    -------
    list of BaseGeometry
        As many, each drawn once.
    """
    bands = []
    known = np.empty(0, dtype=[("a", "<i8"), ("b", "<i8"), ("c", "<i8"), ("d", "<i8")])
    for geometry in lines:
        steps = _steps(geometry).view(known.dtype).ravel()
        new = np.setdiff1d(steps, known)
        known = np.union1d(known, new)
        ends = new.view("<i8").reshape(-1, 2, 2) / _GRID
        merged = shapely.line_merge(shapely.MultiLineString(list(ends)))
        bands.append(light(merged, tolerance=_LINE_TOLERANCE, decimals=_DECIMALS))
    return bands


def _steps(geometry: BaseGeometry) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """List the steps of lines as whole ten thousandths of a degree, the lesser end first."""
    points, line = shapely.get_coordinates(shapely.get_parts(geometry), return_index=True)
    grid = np.round(points * _GRID).astype(np.int64)
    same = line[1:] == line[:-1]
    begin, end = grid[:-1][same], grid[1:][same]
    turned = (begin[:, 0] > end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] > end[:, 1]))
    low = np.where(turned[:, None], end, begin)
    high = np.where(turned[:, None], begin, end)
    steps = np.hstack([low, high])
    return np.ascontiguousarray(steps[(low != high).any(axis=1)])
