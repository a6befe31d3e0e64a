"""The map of the study: states, lines, crossings, zones, ports and the routes with their bills.

One file that needs no network; the same study gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import folium
import shapely
from folium.map import CustomPane

from geo.corridor import BEST
from geo.report.maps import crossings, ground, places
from geo.report.maps.labels import MapWords
from geo.report.maps.legend import heading_and_legend
from geo.report.maps.lines import add_lines, add_roads
from geo.report.maps.offline import render_page
from geo.report.maps.page import PageScript, swatch
from geo.report.maps.palette import CRESCENT, SCHEMATIC_DASH, corridor_order, route_look
from geo.report.maps.popups import route_popup, tip
from geo.report.maps.sea import add_sea
from geo.report.maps.shapes import feature, feature_collection, light
from geo.report.maps.strands import STRANDS_SCRIPT, strand_shifts
from geo.report.maps.style import STYLE
from geo.report.maps.ties import add_ties
from geo.report.wording import duration, money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.route import Leg, Route

__all__ = ["RouteGroup", "study_map"]

_ROUTE_TOLERANCE = 0.025  # degrees; less than a pixel up to zoom 5
_ROUTE_DECIMALS = 3
_NAMES_FROM_ZOOM = 5.5
_VIEW = ((2.0, 6.0), (63.0, 140.0))
_ROUTES_SWATCH = "linear-gradient(90deg,#0072b2,#009e73,#e69f00,#aa4499)"


@dataclass(frozen=True)
class RouteGroup:
    """Routes that are shown and hidden together.

    Attributes
    ----------
    name
        Name in the layer control.
    routes
        The routes; the first is drawn first, below the others.
    show
        Whether they are shown when the map opens.
    head
        Heading of its section in the layer control; said once for groups that follow each other.
    """

    name: str
    routes: tuple[Route, ...]
    show: bool = False
    head: str = "Routes"


def study_map(
    layers: Mapping[str, gpd.GeoDataFrame],
    groups: Sequence[RouteGroup] = (),
    *,
    title: str = "Crescent: rail corridors between Korea and Eurasia",
    lines: Sequence[str] = (),
    words: MapWords | None = None,
) -> str:
    """Draw the study as one HTML page.

    Parameters
    ----------
    layers
        The layers by name: states, zones, places, lines, crossings, ports, passages,
        lanes; features, roads, road_crossings and alliances where there are any.
    groups
        Groups of routes, in the order of the layer control.
    title
        Heading of the page.
    lines
        Lines below the heading.
    words
        Names of places and categories of charges; without them ids stand alone.

    Returns
    -------
    str
        HTML.
    """
    leaflet_map = folium.Map(
        location=(47.0, 84.0),
        zoom_start=4,
        min_zoom=2,
        tiles=None,
        zoom_snap=0.25,
        wheel_px_per_zoom_level=120,
        max_bounds=False,
    )
    CustomPane("land", z_index=300).add_to(leaflet_map)
    CustomPane("points", z_index=450).add_to(leaflet_map)
    words = words or MapWords()
    ground.add_ground(leaflet_map, layers["states"], _states_label())
    if "features" in layers:
        ground.add_features(leaflet_map, layers["features"], "Seas and disputed places")
    add_sea(leaflet_map, layers["lanes"], layers["passages"])
    add_lines(leaflet_map, layers["lines"], words)
    crossings.add_crossings(leaflet_map, layers["crossings"])
    places.add_zones(leaflet_map, layers["zones"], words)
    places.add_ports(leaflet_map, layers["ports"], words, named=set(layers["zones"]["place_id"]))
    states = dict(zip(layers["states"]["iso3"], layers["states"]["name"], strict=True))
    if "roads" in layers:
        add_roads(leaflet_map, layers["roads"], states)
    if "road_crossings" in layers:
        crossings.add_road_crossings(leaflet_map, layers["road_crossings"])
    if "alliances" in layers:
        add_ties(leaflet_map, layers["alliances"])
    heads = [group.head for group in groups]
    for group, before in zip(groups, ["", *heads], strict=False):
        head = group.head if group.head != before else ""
        label = swatch(group.name, _ROUTES_SWATCH, head=head, key=group.head)
        features = _route_features(group, words.categories, states)
        _add_routes(leaflet_map, group, features, label)
    folium.LayerControl(collapsed=False).add_to(leaflet_map)
    PageScript(view=_VIEW, names_from_zoom=_NAMES_FROM_ZOOM).add_to(leaflet_map)
    return render_page(
        leaflet_map,
        title=escape(title),
        style=STYLE,
        body=heading_and_legend(title, lines, _corridors(groups, words)),
        script=STRANDS_SCRIPT,
    )


def _corridors(groups: Sequence[RouteGroup], words: MapWords) -> dict[str, str]:
    shown = {route.corridor for group in groups for route in group.routes}
    return {one: words.corridors.get(one, one) for one in corridor_order(shown)}


def _states_label() -> str:
    return swatch("States of the study", CRESCENT["fill"], head="Ground")


def _route_features(
    group: RouteGroup, categories: Mapping[str, str], states: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Make a feature of each route; a part that is drawn by hand is one of its own, dashed."""
    features = []
    shifts = strand_shifts(corridor_order({route.corridor for route in group.routes}))
    for route in group.routes:
        firm, drawn = _geometries(route.legs)
        drawn_as = route_look(route.corridor)
        look = {
            "corridor": tip(route.corridor),
            "colour": drawn_as.colour,
            "best": route.corridor == BEST,
            "shift": shifts.get(route.corridor, 0.0),
        }
        short = tip(
            f"{route.origin.name} → {route.destination.name}, {route.corridor}: "
            f"USD {money(route.usd_per_feu, indicative=route.indicative)}, "
            f"{duration(route.hours)}"
        )
        popup = route_popup(route, categories=categories, states=states)
        for geometry, dashes in ((firm, drawn_as.dashes), (drawn, SCHEMATIC_DASH)):
            if geometry is not None and not geometry.is_empty:
                features.append(feature(geometry, dash=dashes, tip=short, popup=popup, **look))
    return features


def _add_routes(
    leaflet_map: folium.Map, group: RouteGroup, features: list[dict[str, Any]], label: str
) -> None:
    """Add the routes of a group as one layer."""
    if not features:
        return
    folium.GeoJson(
        feature_collection(features),
        name=label,
        show=group.show,
        style_function=_route_style,
        highlight_function=lambda _one: {"weight": 6, "opacity": 1},
        tooltip=folium.GeoJsonTooltip(fields=["tip"], labels=False, sticky=True),
        popup=folium.GeoJsonPopup(fields=["popup"], labels=False, max_width=420),
    ).add_to(leaflet_map)


def _route_style(one: dict[str, Any]) -> dict[str, Any]:
    look = one["properties"]
    return {
        "color": look["colour"],
        "weight": 9 if look["best"] else 2.4,
        "opacity": 0.2 if look["best"] else 0.95,
        "dashArray": look["dash"] or None,
        "shift": look["shift"],
    }


def _geometries(legs: Sequence[Leg]) -> tuple[Any, Any]:
    """Join the legs that follow track or lanes, and those drawn by hand."""
    joined = []
    for schematic in (False, True):
        lines = [
            line
            for leg in legs
            if leg.geometry is not None and leg.schematic == schematic
            for line in shapely.get_parts(leg.geometry)
            if line.geom_type == "LineString"
        ]
        # Directed, so that routes of one way lie side by side in one order.
        whole = shapely.MultiLineString(lines)
        merged = shapely.line_merge(whole, directed=True) if lines else None
        joined.append(None if merged is None else _drawn(merged))
    return joined[0], joined[1]


def _drawn(line: Any) -> Any:
    return light(line, tolerance=_ROUTE_TOLERANCE, decimals=_ROUTE_DECIMALS)
