"""Land borders: which states adjoin, along what line, and for how many km.

Borders are read off the boundaries as they are drawn, segment by segment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.earth import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["contiguous_groups", "label_of", "shared_borders"]

_GRID = 10_000
"""Coordinates of the layer have four decimals; as whole numbers they are compared exactly."""


def label_of(boundaries: pd.DataFrame) -> list[str]:
    """Name each territory: by its ISO code, or in words where it has none."""
    codes = boundaries["iso3"].fillna("")
    return [code or str(name) for code, name in zip(codes, boundaries["name"], strict=True)]


def shared_borders(boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Find the borders that territories share.

    Parameters
    ----------
    boundaries : GeoDataFrame
        `Atlas.boundaries`: columns iso3, name and geometry (EPSG:4326), drawn so that neighbours
        have the same vertices.

    Returns
    -------
    GeoDataFrame
        One row a pair of neighbours: a, b (ISO code, or the name of what has none; a < b),
        border_km (geodesic, as drawn), geometry (MultiLineString, EPSG:4326). A river or a coast
        drawn at 1:10 million is shorter than in nature, so the km are too.
    """
    sides = _segments(boundaries)
    both = sides.merge(sides, on=["x1", "y1", "x2", "y2"], suffixes=("_a", "_b"))
    both = both[both["territory_a"] < both["territory_b"]].reset_index(drop=True)
    ends = both[["x1", "y1", "x2", "y2"]].to_numpy(np.float64) / _GRID
    both["border_km"] = distance_km(*ends.T)
    labels = np.array(label_of(boundaries), dtype=object)
    both["a"], both["b"] = labels[both["territory_a"]], labels[both["territory_b"]]
    turned = both["a"] > both["b"]
    both.loc[turned, ["a", "b"]] = both.loc[turned, ["b", "a"]].to_numpy()
    rows = []
    for (a, b), group in both.groupby(["a", "b"]):
        pieces = shapely.MultiLineString(list(ends[group.index].reshape(-1, 2, 2)))
        line = shapely.line_merge(pieces)
        rows.append({"a": a, "b": b, "border_km": group["border_km"].sum(), "geometry": line})
    columns = ["a", "b", "border_km", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=boundaries.crs)


def _segments(boundaries: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the segments of every territory's rings, each with its lesser end first."""
    shapes = np.asarray(boundaries.geometry.to_numpy(), dtype=object)
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, of_point = shapely.get_coordinates(rings, return_index=True)
    grid = np.round(points * _GRID).astype(np.int64)
    joined = of_point[1:] == of_point[:-1]
    begin, end = grid[:-1][joined], grid[1:][joined]
    turn = (begin[:, 0] > end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] > end[:, 1]))
    low, high = (np.where(turn[:, None], *pair) for pair in ((end, begin), (begin, end)))
    territory: NDArray[np.int64] = of_part[of_ring[of_point[1:][joined]]]
    columns = {"x1": low[:, 0], "y1": low[:, 1], "x2": high[:, 0], "y2": high[:, 1]}
    return pd.DataFrame(columns | {"territory": territory}).drop_duplicates()


def contiguous_groups(borders: pd.DataFrame, members: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Group states that can be reached from one another over members' common borders.

    Parameters
    ----------
    borders : DataFrame
        Columns a and b, as `shared_borders` returns them.
    members : iterable of str
        ISO codes.

    Returns
    -------
    tuple of tuple of str
        The largest group first, then by name; members sorted within a group.
    """
    groups = {member: {member} for member in members}
    for a, b in zip(borders["a"], borders["b"], strict=True):
        if a in groups and b in groups and groups[a] is not groups[b]:
            groups[a] |= groups[b]
            for member in groups[b]:
                groups[member] = groups[a]
    unique = {id(group): tuple(sorted(group)) for group in groups.values()}
    return tuple(sorted(unique.values(), key=lambda group: (-len(group), group)))
