"""The ground of maps of answers: railways in one quiet tone, and only the gates that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.report.maps.legend import stroke
from geo.report.maps.looks import LayerLook
from geo.report.maps.palette import dash
from geo.report.maps.popups import tip
from geo.report.maps.shapes import feature, light

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.report.maps.frame import MapFrame

__all__ = ["add_railways", "gates_near", "railway_legend"]

_NAME = "Railways"
_COLOUR = "#98a2ab"
_TOLERANCE = 0.01
_NEAR_DEGREES = 0.2


def add_railways(frame: MapFrame, lines: gpd.GeoDataFrame) -> None:
    """Draw all railways in one tone, so that the answer stands out.

    Parameters
    ----------
    frame
        The map.
    lines
        The layer `lines`: name, status, drawn.
    """
    features: dict[str, list[dict[str, Any]]] = {}
    for row, shape in zip(lines.to_dict("records"), lines.geometry, strict=True):
        drawn = light(shape, tolerance=_TOLERANCE, decimals=3)
        if not drawn.is_empty:
            is_open = row["status"] == "open"
            told = str(row["name"]) if is_open else f"{row['name']}: {row['status']}"
            dashes = dash(str(row["status"]), "matched")
            features.setdefault(dashes, []).append(feature(drawn, tip=tip(told)))
    look = LayerLook(_NAME, _COLOUR, head="Ground")
    for dashes, ones in features.items():
        style = {"color": _COLOUR, "weight": 1.3, "opacity": 0.9, "dashArray": dashes or None}
        frame.add(ones, look, style=style, highlight={"weight": 2.6}, popup=False)


def railway_legend(frame: MapFrame) -> None:
    """Name the tone of `add_railways` in the legend."""
    frame.legend([(stroke("", _COLOUR, width=1.6), "Railway")], head="Ground", layer=_NAME)


def gates_near(
    layers: Mapping[str, gpd.GeoDataFrame], geometries: Iterable[BaseGeometry]
) -> dict[str, gpd.GeoDataFrame]:
    """Leave of crossings and ports only those on some ways.

    Parameters
    ----------
    layers
        The layers by name.
    geometries
        The ways, degrees (EPSG:4326).

    Returns
    -------
    dict of str to GeoDataFrame
        The layers, of which `crossings` and `ports` hold only what lies within a fifth of a
        degree of a way.
    """
    drawn = [shapely.simplify(one, _TOLERANCE) for one in geometries if not one.is_empty]
    ways = shapely.GeometryCollection(drawn)
    shapely.prepare(ways)
    kept = dict(layers)
    for name in {"crossings", "ports"} & set(layers):
        layer = layers[name]
        near = shapely.dwithin(ways, layer.geometry.to_numpy(), _NEAR_DEGREES)
        kept[name] = layer[near].reset_index(drop=True)
    return kept
