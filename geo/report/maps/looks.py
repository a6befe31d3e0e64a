"""What a layer, a state of the world and a mark on the map look like to those that draw them.

No geometry and no HTML lives here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["LayerLook", "MapWorld", "Style", "cross_look", "dot_look", "own_style", "ring_look"]

Style = Mapping[str, object]
"""Options of a Leaflet path; `cross`, `shift` and `legend` are our own."""

_DISC = {"fill": True, "fillOpacity": 1, "opacity": 1}


@dataclass(frozen=True)
class LayerLook:
    """How a layer stands in the control and in the legend.

    Attributes
    ----------
    name
        Plain text.
    colour
        A CSS colour of its swatch; several, apart by commas, make a rainbow.
    head
        The section of the control that it stands in.
    shape
        ``dot`` for a round swatch, else a stroke.
    show
        Whether it is shown when the map opens.
    key
        Tells layers of one section and name apart.
    scenario
        Id of the state of the world in which alone it is drawn; empty for every one. Layers that
        differ by it alone share one line of the control.
    """

    name: str
    colour: str
    head: str = ""
    shape: str = ""
    show: bool = True
    key: str = ""
    scenario: str = ""


@dataclass(frozen=True, eq=False)
class MapWorld:
    """One state of the world that the map can be switched to.

    Attributes
    ----------
    scenario_id, title
        As those of the scenario.
    layers
        The layers in that scenario, by name.
    """

    scenario_id: str
    title: str
    layers: Mapping[str, gpd.GeoDataFrame]


def ring_look(colour: str, weight: float) -> dict[str, object]:
    """Look of a white disc with a coloured edge.

    Parameters
    ----------
    colour
        A CSS colour.
    weight
        Width of the edge, pixels.

    Returns
    -------
    dict
        Leaflet's options of a path.
    """
    return {**_DISC, "radius": 4.4, "color": colour, "weight": weight, "fillColor": "#ffffff"}


def dot_look(colour: str, radius: float) -> dict[str, object]:
    """Look of a coloured disc with a white edge.

    Parameters
    ----------
    colour
        A CSS colour.
    radius
        Of the disc, pixels.

    Returns
    -------
    dict
        Leaflet's options of a path.
    """
    return {**_DISC, "radius": radius, "color": "#ffffff", "weight": 1.2, "fillColor": colour}


def cross_look(colour: str) -> dict[str, object]:
    """Look of a coloured cross on white.

    Parameters
    ----------
    colour
        A CSS colour.

    Returns
    -------
    dict
        Leaflet's options of a path, and our own `cross`.
    """
    return {**_DISC, "radius": 4.4, "color": colour, "weight": 2.2, "cross": True}


def own_style(feature: dict[str, Any]) -> Style:
    """Return the style that a feature brings as its property `style`."""
    style: Style = feature["properties"]["style"]
    return style
