"""Ways on the ground: railway lines by system, and the roads as a light web.

Lines of one system are one GeoJSON layer; one layer a line would triple the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import shapely

from geo.report.maps.page import swatch
from geo.report.maps.palette import ROAD_COLOUR, SYSTEM_COLOURS, SYSTEM_NAMES, dash
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, feature_collection, light, web

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.report.maps.labels import MapWords

__all__ = ["add_lines", "add_roads"]

_TOLERANCE = 0.005
_ROAD_TOLERANCE = 0.1
_DECIMALS = 3

Row = dict[str, Any]


def add_lines(leaflet_map: folium.Map, lines: gpd.GeoDataFrame, words: MapWords) -> None:
    """Draw the railway lines, a group a system, dashed where schematic or not open.

    Parameters
    ----------
    leaflet_map
        The map.
    lines
        The layer `lines`: name, system, from_place, to_place, status, drawn, length_km, gauges.
    words
        Names of places.
    """
    known = [system for system in SYSTEM_NAMES if system in set(lines["system"])]
    for position, system in enumerate(known):
        rows = lines.loc[lines["system"] == system]
        features = []
        for row, shape in zip(rows.to_dict("records"), rows.geometry, strict=True):
            drawn = light(shape, tolerance=_TOLERANCE, decimals=_DECIMALS)
            if not drawn.is_empty:
                look = dash(str(row["status"]), str(row["drawn"]))
                popup = _line_facts(row, words)
                features.append(feature(drawn, dash=look, tip=tip(row["name"]), popup=popup))
        colour = SYSTEM_COLOURS[system]
        label = swatch(SYSTEM_NAMES[system], colour, head="" if position else "Railways")
        _add_strokes(leaflet_map, features, label, colour)


def _add_strokes(leaflet_map: folium.Map, features: list[Row], label: str, colour: str) -> None:
    if not features:
        return
    folium.GeoJson(
        feature_collection(features),
        name=label,
        style_function=lambda one: {
            "color": colour,
            "weight": 2.4,
            "opacity": 0.9,
            "dashArray": one["properties"]["dash"] or None,
        },
        tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True),
        popup=folium.GeoJsonPopup(fields=["popup"], labels=False),
    ).add_to(leaflet_map)


def _line_facts(row: Row, words: MapWords) -> str:
    ends = [words.names.get(str(row[end]), str(row[end])) for end in ("from_place", "to_place")]
    return facts(
        str(row["name"]),
        {
            "stretch": " – ".join(ends),
            "system": SYSTEM_NAMES.get(str(row["system"]), str(row["system"])),
            "length": f"{row['length_km']:.1f} km",
            "gauge": f"{str(row['gauges']).replace(';', ' and ')} mm",
            "status": row["status"],
            "geometry": row["drawn"],
        },
    )


def add_roads(leaflet_map: folium.Map, roads: gpd.GeoDataFrame, states: Mapping[str, str]) -> None:
    """Draw the roads thin, a web a state, off until asked for.

    Parameters
    ----------
    leaflet_map
        The map.
    roads
        The layer `roads`: iso3, length_km.
    states
        Names of states, by iso3.
    """
    features = []
    for iso3, rows in roads.groupby("iso3", sort=True):
        # Steps are merged first: a short edge alone cannot be made simpler.
        drawn = light(
            shapely.line_merge(web(rows.geometry.to_numpy(), decimals=2)),
            tolerance=_ROAD_TOLERANCE,
            decimals=2,
        )
        if drawn.is_empty:
            continue
        name = states.get(str(iso3), str(iso3))
        told = facts(name, {"roads": f"{rows['length_km'].sum():,.0f} km", "by": "road"})
        features.append(feature(drawn, tip=tip(f"Roads of {name}"), popup=told))
    if not features:
        return
    folium.GeoJson(
        feature_collection(features),
        name=swatch("Roads", ROAD_COLOUR, head="Roads"),
        show=False,
        style_function=lambda _one: {"color": ROAD_COLOUR, "weight": 1.0, "opacity": 0.7},
        tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True),
        popup=folium.GeoJsonPopup(fields=["popup"], labels=False),
    ).add_to(leaflet_map)
