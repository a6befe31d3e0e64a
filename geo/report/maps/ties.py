"""Ties of states on the map: treaties of defence, partnerships, and what the paper proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium

from geo.report.maps.page import swatch
from geo.report.maps.popups import tip
from geo.report.maps.shapes import feature, feature_collection, light

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["TIE_LOOKS", "add_ties"]

TIE_LOOKS = {
    "defence-treaty": ("Treaties of defence", "#22303c", ""),
    "security-partnership": ("Security partnerships", "#56b4e9", "8 4"),
    "strategic-partnership": ("Strategic partnerships", "#009e73", "8 4"),
    "proposed": ("Ties that the paper proposes", "#b98a1d", "1 6"),
}
"""Name, colour and dashes of each kind of tie; colour-blind eyes tell them by the dashes."""

_TOLERANCE = 0.05


def add_ties(leaflet_map: folium.Map, alliances: gpd.GeoDataFrame) -> None:
    """Draw the ties of two states, a hidden group for each kind.

    Parameters
    ----------
    leaflet_map
        The map.
    alliances
        The layer `alliances`: a, b, kind, and title, valid_from, valid_to where known.
    """
    head = "Ties of states"
    for kind, (name, colour, dashes) in TIE_LOOKS.items():
        rows = alliances[alliances["kind"] == kind]
        features = [
            feature(light(row["geometry"], tolerance=_TOLERANCE), tip=tip(_words(row)))
            for row in rows.to_dict("records")
        ]
        if not features:
            continue
        folium.GeoJson(
            feature_collection(features),
            name=swatch(name, colour, head=head, key="ties"),
            show=False,
            style_function=_style(colour, dashes),
            tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True),
        ).add_to(leaflet_map)
        head = ""


def _style(colour: str, dashes: str) -> Any:
    look = {"color": colour, "weight": 2.2, "opacity": 0.9, "dashArray": dashes or None}
    return lambda _one: look


def _words(row: dict[Any, Any]) -> str:
    """Tell a tie in a line: the two states, its title, and its dates."""
    title, begun, ended = (row.get(name) for name in ("title", "valid_from", "valid_to"))
    text = f"{row['a']} – {row['b']}"
    text += f": {title}" if isinstance(title, str) else ""
    if isinstance(begun, str):
        text += f", {begun} to {ended}" if isinstance(ended, str) else f", since {begun}"
    return text
