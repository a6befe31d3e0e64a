"""What is drawn on the ground: lines by system, crossings, zones, ports, lanes and passages.

Lines of one system are one GeoJSON layer; one layer a line would triple the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import shapely
from folium.utilities import JsCode

from geo.report.maps.page import swatch
from geo.report.maps.palette import (
    BREAK_COLOUR,
    CROSSING_COLOUR,
    PORT_COLOUR,
    SYSTEM_COLOURS,
    SYSTEM_NAMES,
    ZONE_COLOUR,
    dash,
)
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, feature_collection, light
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.report.maps.labels import MapWords

__all__ = ["add_crossings", "add_lines", "add_ports", "add_sea", "add_zones"]

_LINE_TOLERANCE = 0.004
_SEA_TOLERANCE = 0.02
_WEB_DECIMALS = 3
_SEA_COLOUR = "#7fa6c4"
_PASSAGE_COLOUR = "#5d7f9c"

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
            drawn = light(shape, tolerance=_LINE_TOLERANCE)
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


def add_crossings(leaflet_map: folium.Map, crossings: gpd.GeoDataFrame) -> None:
    """Mark the border crossings: a ring, orange and thick at a break of gauge, a cross if closed.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    crossings
        The layer `crossings`: name, status, legal_status, gauge_a_mm, gauge_b_mm, methods.
    """
    label = swatch("Border crossings", BREAK_COLOUR, head="Places", shape="dot")
    group = folium.FeatureGroup(name=label)
    group.add_to(leaflet_map)
    kinds: dict[tuple[bool, bool], list[Row]] = {}
    for row, point in zip(crossings.to_dict("records"), crossings.geometry, strict=True):
        broken = row["gauge_a_mm"] != row["gauge_b_mm"]
        popup = _crossing_facts(row, broken=broken)
        mark = feature(light(point, tolerance=0.0), tip=tip(row["name"]), popup=popup)
        kinds.setdefault((row["status"] == "open", broken), []).append(mark)
    for (usable, broken), features in sorted(kinds.items()):
        colour = BREAK_COLOUR if broken else CROSSING_COLOUR
        marker = _ring(colour, 2.6 if broken else 1.6) if usable else _cross(colour)
        _add_points(group, features, marker)


def _crossing_facts(row: Row, *, broken: bool) -> str:
    gauges = [f"{row[side]:.0f}" for side in ("gauge_a_mm", "gauge_b_mm")]
    return facts(
        str(row["name"]),
        {
            "states": f"{row['iso3_a']} – {row['iso3_b']}",
            "gauge": " | ".join(gauges) + " mm" if broken else f"{gauges[0]} mm",
            "change by": row["methods"] if broken else None,
            "status": row["status"],
            "law": row["legal_status"],
            "remark": row["legal_note"],
        },
    )


def _ring(colour: str, weight: float) -> folium.CircleMarker:
    return _circle(radius=4.4, color=colour, weight=weight, fill_color="#ffffff")


def _dot(colour: str, radius: float) -> folium.CircleMarker:
    return _circle(radius=radius, color="#ffffff", weight=1.2, fill_color=colour)


def _circle(**look: Any) -> folium.CircleMarker:
    circle = folium.CircleMarker(fill=True, fill_opacity=1, **look)
    # folium does not hand this one on
    circle.options["pane"] = "points"
    return circle


def _cross(colour: str) -> folium.Marker:
    arms = '<path d="M3 3L11 11M11 3L3 11" stroke="{}" stroke-width="{}" stroke-linecap="round"/>'
    picture = arms.format("#fff", 4.8) + arms.format(colour, 2.2)
    icon = folium.DivIcon(
        html=f'<svg width="14" height="14" viewBox="0 0 14 14">{picture}</svg>',
        icon_size=(14, 14),
        icon_anchor=(7, 7),
        class_name="closed",
    )
    return folium.Marker(icon=icon)


def _add_points(
    group: folium.FeatureGroup,
    features: list[Row],
    marker: folium.CircleMarker | folium.Marker,
    *,
    names: str = "",
    side: str = "right",
) -> None:
    """Add points that look alike as one layer; `names` are classes of names always shown."""
    layer = folium.GeoJson(
        feature_collection(features),
        marker=marker,
        popup=folium.GeoJsonPopup(fields=["popup"], labels=False, max_width=340),
        on_each_feature=_named(names, side) if names else None,
    )
    if not names:
        folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=False).add_to(layer)
    layer.add_to(group)


def _named(classes: str, side: str) -> JsCode:
    """Give each point its name; a tooltip of the whole layer would show one at a time."""
    return JsCode(
        "function (feature, layer) {var name = feature.properties.tip; "
        "if (name) layer.bindTooltip(name, "
        f'{{permanent: true, direction: "{side}", className: "name {classes}"}});}}'
    )


def add_zones(leaflet_map: folium.Map, zones: gpd.GeoDataFrame, words: MapWords) -> None:
    """Mark the special economic zones, with their names.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    zones
        The layer `zones`: name, status, area_km2, nearest_station, nearest_port.
    words
        Names of places.
    """
    group = folium.FeatureGroup(name=swatch("Economic zones", ZONE_COLOUR, shape="dot"))
    group.add_to(leaflet_map)
    features = []
    for row, point in zip(zones.to_dict("records"), zones.geometry, strict=True):
        near = {
            f"nearest {what}": words.names.get(str(row[f"nearest_{what}"]), row[f"nearest_{what}"])
            for what in ("station", "port")
        }
        popup = facts(
            str(row["name"]),
            {"status": row["status"], "area": _area(row["area_km2"]), **near},
            also=words.also.get(str(row["place_id"]), ""),
        )
        short = short_name(str(row["name"]))
        features.append(feature(light(point, tolerance=0.0), tip=tip(short), popup=popup))
    _add_points(group, features, _dot(ZONE_COLOUR, 5), names="zone near", side="left")


def _area(area_km2: float | None) -> str | None:
    known = area_km2 is not None and area_km2 == area_km2  # noqa: PLR0124 - NaN
    return f"{area_km2:g} km²" if known else None


def add_ports(
    leaflet_map: folium.Map,
    ports: gpd.GeoDataFrame,
    words: MapWords,
    *,
    named: Collection[str] = (),
) -> None:
    """Mark the ports, with their names.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    ports
        The layer `ports`: name, unlocode, sea, status, legal_status.
    words
        Names of places.
    named
        Ids of places whose names stand on the map already.
    """
    group = folium.FeatureGroup(name=swatch("Ports", PORT_COLOUR, shape="dot"))
    group.add_to(leaflet_map)
    features = []
    for row, point in zip(ports.to_dict("records"), ports.geometry, strict=True):
        popup = facts(
            str(row["name"]),
            {
                "UN/LOCODE": row["unlocode"],
                "services": "deep sea and short sea" if row["sea"] == "deep" else "short sea",
                "status": row["status"],
                "law": row["legal_status"],
            },
            also=words.also.get(str(row["place_id"]), ""),
        )
        short = "" if row["place_id"] in named else short_name(str(row["name"]))
        features.append(feature(light(point, tolerance=0.0), tip=tip(short), popup=popup))
    _add_points(group, features, _dot(PORT_COLOUR, 4), names="near")


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
        web = light(_web(lanes.geometry.to_numpy()), tolerance=_SEA_TOLERANCE, decimals=2)
        lane_features.append(feature(web, dash="", tip=f"{len(lanes)} lanes between ports"))
    gates = [
        feature(
            light(shape, tolerance=0.0),
            dash="" if row["status"] == "open" else "2 5",
            tip=tip(f"{row['name']}: {row['status']}"),
        )
        for row, shape in zip(passages.to_dict("records"), passages.geometry, strict=True)
    ]
    for features, name, weight, colour, show in (
        (lane_features, "Sea lanes", 1.0, _SEA_COLOUR, False),
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


def _web(lanes: NDArray[np.object_]) -> BaseGeometry:
    """Draw what lanes share once: they part only near the ports."""
    steps = [
        step
        for line in shapely.get_parts(lanes)
        for points in [shapely.get_coordinates(line).round(_WEB_DECIMALS)]
        for step in zip(map(tuple, points[:-1]), map(tuple, points[1:]), strict=True)
    ]
    # either way along it is the same stroke
    unique = dict.fromkeys((min(step), max(step)) for step in steps if step[0] != step[1])
    return shapely.line_merge(shapely.MultiLineString(list(unique)))
