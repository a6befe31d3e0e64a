"""The sea on the map: the web of lanes and the named passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium

from geo.report.maps.page import swatch
from geo.report.maps.popups import tip
from geo.report.maps.shapes import feature, feature_collection, light, web

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["add_sea"]

_TOLERANCE = 0.02
_LANE_COLOUR = "#7fa6c4"
_PASSAGE_COLOUR = "#5d7f9c"


def add_sea(leaflet_map: folium.Map, lanes: gpd.GeoDataFrame, passages: gpd.GeoDataFrame) -> None:
    """Draw the web of sea lanes thin and the named passages as short bars.

    Parameters
    ----------
    leaflet_map
        The map.
    lanes
        The layer `lanes`.
    passages
        The layer `passages`: name, status.
    """
    lane_features = []
    if len(lanes):
        drawn = light(web(lanes.geometry.to_numpy()), tolerance=_TOLERANCE, decimals=2)
        lane_features.append(feature(drawn, dash="", tip=f"{len(lanes)} lanes between ports"))
    gates = [
        feature(
            light(shape, tolerance=0.0),
            dash="" if row["status"] == "open" else "2 5",
            tip=tip(f"{row['name']}: {row['status']}"),
        )
        for row, shape in zip(passages.to_dict("records"), passages.geometry, strict=True)
    ]
    for features, name, weight, colour, show in (
        (lane_features, "Sea lanes", 1.0, _LANE_COLOUR, False),
        (gates, "Named passages", 2.2, _PASSAGE_COLOUR, True),
    ):
        if features:
            folium.GeoJson(
                feature_collection(features),
                name=swatch(name, colour),
                show=show,
                style_function=lambda one, w=weight, c=colour: {
                    "color": c,
                    "weight": w,
                    "opacity": 0.8,
                    "dashArray": one["properties"]["dash"] or None,
                },
                tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True),
            ).add_to(leaflet_map)
