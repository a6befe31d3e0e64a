"""The map of the study: states, lines, crossings, zones, ports and the routes with their bills.

One file that needs no network; the same study gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geo.corridor import BEST
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.legend import LegendRow, stroke
from geo.report.maps.looks import own_style
from geo.report.maps.palette import SCHEMATIC_DASH, corridor_order, route_look
from geo.report.maps.popups import route_popup, tip
from geo.report.maps.shapes import feature, light
from geo.report.maps.strands import strand_shifts
from geo.report.wording import duration, money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.report.maps.labels import MapWords
    from geo.report.maps.looks import MapWorld, Style
    from geo.route import Leg, Route

__all__ = ["RouteGroup", "study_frame", "study_map"]

_TOLERANCE = 0.006  # degrees; less than a pixel up to zoom 7
_RAINBOW = "#0072b2,#009e73,#e69f00,#aa4499"


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
        A map with a scenario switch heads them all alike.
    """

    name: str
    routes: tuple[Route, ...]
    show: bool = False
    head: str = "Routes"


def study_map(  # noqa: PLR0913 - what a page is told at once
    layers: Mapping[str, gpd.GeoDataFrame],
    groups: Sequence[RouteGroup] = (),
    *,
    title: str = "Crescent: rail corridors between Korea and Eurasia",
    lines: Sequence[str] = (),
    words: MapWords | None = None,
    worlds: Sequence[MapWorld] = (),
    tiles: bool = False,
) -> str:
    """Draw the study as one HTML page.

    Parameters
    ----------
    layers, groups, title, lines, words, worlds, tiles
        As for `study_frame`.

    Returns
    -------
    str
        HTML.
    """
    frame = study_frame(
        layers,
        groups,
        title=title,
        lines=lines,
        words=words,
        worlds=worlds,
        tiles=tiles,
    )
    return frame.render()


def study_frame(  # noqa: PLR0913 - what a page is told at once
    layers: Mapping[str, gpd.GeoDataFrame],
    groups: Sequence[RouteGroup] = (),
    *,
    title: str = "Crescent: rail corridors between Korea and Eurasia",
    lines: Sequence[str] = (),
    words: MapWords | None = None,
    worlds: Sequence[MapWorld] = (),
    tiles: bool = False,
) -> MapFrame:
    """Draw the study as a map to which more can be added.

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
    worlds
        The states of the world that the map can be switched between, the first that of `layers`;
        it opens with that of the first group that is shown. Groups of one name and of different
        scenarios are one line of the layer control.
    tiles
        Whether an online base map lies beneath; only then does the page ask a network.

    Returns
    -------
    MapFrame
        The map; its `map` is that of folium.
    """
    frame = MapFrame(layers, title=title, told=lines, words=words, tiles=tiles, worlds=worlds)
    states = dict(zip(layers["states"]["iso3"], layers["states"]["name"], strict=True))
    for group in groups:
        _add_routes(frame, group, states, switched=len(worlds) > 0)
    known = {world.scenario_id for world in worlds}
    shown = [_scenario(group) for group in groups if group.show]
    if shown and shown[0] in known:
        frame.open_with(shown[0])
    drawn = corridor_order({route.corridor for group in groups for route in group.routes})
    frame.legend_rows([_legend_row(one, frame.words) for one in drawn], head="Routes by corridor")
    return frame


def _scenario(group: RouteGroup) -> str:
    """Return the one scenario of a group's routes; empty where they have several."""
    scenarios = {route.scenario for route in group.routes}
    return scenarios.pop() if len(scenarios) == 1 else ""


def _legend_row(corridor: str, words: MapWords) -> LegendRow:
    look, name = route_look(corridor), words.corridors.get(corridor, corridor)
    width, opacity = (7.0, 0.28) if corridor == BEST else (3.0, 1.0)
    picture = stroke(look.dashes, look.colour, width=width, opacity=opacity)
    return LegendRow(picture, name, on=_word(corridor))


def _word(corridor: str) -> str:
    """Return the word by which the legend knows the routes of a corridor."""
    return f"corridor:{corridor}".replace(" ", "_")


def _add_routes(
    frame: MapFrame, group: RouteGroup, states: Mapping[str, str], *, switched: bool
) -> None:
    """Add the routes of a group as one layer; a part that is drawn by hand is dashed."""
    words = frame.words
    shifts = strand_shifts(corridor_order({route.corridor for route in group.routes}))
    features: list[dict[str, Any]] = []
    for route in group.routes:
        look = route_look(route.corridor)
        told = {
            "tip": tip(
                f"{route.origin.name} → {route.destination.name}, "
                f"{words.corridors.get(route.corridor, route.corridor)}: "
                f"USD {money(route.usd_per_feu, indicative=route.indicative)}, "
                f"{duration(route.hours)}"
            ),
            "popup": route_popup(
                route, categories=words.categories, states=states, corridors=words.corridors
            ),
        }
        firm, drawn = _geometries(route.legs)
        for geometry, dashes in ((firm, look.dashes), (drawn, SCHEMATIC_DASH)):
            if geometry is not None and not geometry.is_empty:
                style = _style(route, dashes, shifts.get(route.corridor, 0.0))
                features.append(feature(geometry, **told, style=style, corridor=route.corridor))
    scenario = _scenario(group) if switched else ""
    row = LayerLook(
        group.name,
        _RAINBOW,
        head="Routes" if scenario else group.head,
        show=group.show,
        key="" if scenario else group.head,
        scenario=scenario,
    )
    high = {"weight": 6, "opacity": 1}
    frame.add(features, row, style=own_style, highlight=high)


def _style(route: Route, dashes: str, shift: float) -> Style:
    best = route.corridor == BEST
    return {
        "color": route_look(route.corridor).colour,
        "weight": 9 if best else 2.4,
        "opacity": 0.2 if best else 0.95,
        "dashArray": dashes or None,
        "shift": shift or None,
        "legend": _word(route.corridor),
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
    return light(line, tolerance=_TOLERANCE)
