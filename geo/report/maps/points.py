"""Marks of places on the map: rings, dots and crosses, and layers of points that look alike."""

from __future__ import annotations

from typing import Any

import folium
from folium.utilities import JsCode

from geo.report.maps.shapes import feature_collection

__all__ = ["add_points", "cross", "dot", "ring"]


def ring(colour: str, weight: float) -> folium.CircleMarker:
    """Make a white disc with a coloured edge of a width in pixels."""
    return _circle(radius=4.4, color=colour, weight=weight, fill_color="#ffffff")


def dot(colour: str, radius: float) -> folium.CircleMarker:
    """Make a coloured disc with a white edge, of a radius in pixels."""
    return _circle(radius=radius, color="#ffffff", weight=1.2, fill_color=colour)


def _circle(**look: Any) -> folium.CircleMarker:
    circle = folium.CircleMarker(fill=True, fill_opacity=1, **look)
    # folium does not hand this one on
    circle.options["pane"] = "points"
    return circle


def cross(colour: str) -> folium.Marker:
    """Make a coloured cross on white."""
    arms = '<path d="M3 3L11 11M11 3L3 11" stroke="{}" stroke-width="{}" stroke-linecap="round"/>'
    picture = arms.format("#fff", 4.8) + arms.format(colour, 2.2)
    icon = folium.DivIcon(
        html=f'<svg width="14" height="14" viewBox="0 0 14 14">{picture}</svg>',
        icon_size=(14, 14),
        icon_anchor=(7, 7),
        class_name="closed",
    )
    return folium.Marker(icon=icon)


def add_points(
    group: folium.FeatureGroup,
    features: list[dict[str, Any]],
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
