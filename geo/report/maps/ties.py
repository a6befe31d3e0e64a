"""Ties of states on the map: treaties of defence, partnerships, and what the paper proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.maps.legend import stroke
from geo.report.maps.looks import LayerLook
from geo.report.maps.popups import tip
from geo.report.maps.shapes import feature, light

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame

__all__ = ["TIE_LOOKS", "add_ties"]

TIE_LOOKS = {
    "defence-treaty": ("Treaties of defence", "#22303c", ""),
    "security-partnership": ("Security partnerships", "#56b4e9", "8 4"),
    "strategic-partnership": ("Strategic partnerships", "#009e73", "8 4"),
    "proposed": ("Ties that the paper proposes", "#b98a1d", "1 6"),
}
"""Name, colour and dashes of each kind of tie; colour-blind eyes tell them by the dashes."""

_TOLERANCE = 0.05


def add_ties(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Draw the ties of two states, a hidden layer for each kind.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `alliances`: a, b, kind, and title, valid_from, valid_to where known.
    """
    alliances = layers["alliances"]
    for kind, (name, colour, dashes) in TIE_LOOKS.items():
        rows = alliances[alliances["kind"] == kind]
        features = [
            feature(light(row["geometry"], tolerance=_TOLERANCE), tip=tip(_words(row)))
            for row in rows.to_dict("records")
        ]
        if not features:
            continue
        look = LayerLook(name, colour, head="Ties of states", show=False)
        style = {"color": colour, "weight": 2.2, "opacity": 0.9, "dashArray": dashes or None}
        frame.add(features, look, style=style, popup=False)
        frame.legend([(stroke(dashes, colour), name)], head="Ties of states", layer=name)


def _words(row: dict[Any, Any]) -> str:
    """Tell a tie in a line: the two states, its title, and its dates."""
    title, begun, ended = (row.get(name) for name in ("title", "valid_from", "valid_to"))
    text = f"{row['a']} – {row['b']}"
    text += f": {title}" if isinstance(title, str) else ""
    if isinstance(begun, str):
        text += f", {begun} to {ended}" if isinstance(ended, str) else f", since {begun}"
    return text
