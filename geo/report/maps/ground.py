"""The ground of the map: land, the states the study is about, and their names.

No tiles are asked for; the land is our own layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo.report.maps.palette import BASE, CRESCENT, NEIGHBOURS
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, feature_collection

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["add_features", "add_ground"]

_CRESCENT_SET = "crescent-6"
_NEIGHBOURS = ("CHN", "KOR", "PRK", "JPN")
_NAMED = ("RUS",)  # on the way, but neither of the Crescent nor a neighbour of Korea
_TOLERANCE = 0.065
_FAR_TOLERANCE = 0.4
_SMALL_STATE = 30.0  # square degrees; the names of smaller ones wait for a nearer view
_FAR_WEST = -25.0
_FAR_SOUTH = -55.0
_HALF_TURN = 180.0
_DECIMALS = 2
_SMALLEST_ISLAND = 0.02  # square degrees; smaller ones are dust at the scale of a continent


def add_ground(leaflet_map: folium.Map, states: gpd.GeoDataFrame, label: str) -> None:
    """Draw every state as plain land, and those the study is about in colour above it.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``land``.
    states
        The layer `states`: iso3, name, sets, population, gdp_usd, gauge_mm.
    label
        HTML label of the group of states in the layer control.
    """
    shapes = _simplified(states)
    _add_land(leaflet_map, shapes)
    _add_states(leaflet_map, states, shapes, label)


def add_features(leaflet_map: folium.Map, features: gpd.GeoDataFrame, label: str) -> None:
    """Write the names of seas, straits, rivers and disputed places, with who holds and claims them.

    Parameters
    ----------
    leaflet_map
        The map.
    features
        The layer `features`: name, kind, held_by, claimed_by, note, points.
    label
        HTML label of their group in the layer control.
    """
    group = folium.FeatureGroup(name=label)
    group.add_to(leaflet_map)
    for row in features.to_dict("records"):
        told = facts(
            str(row["name"]),
            {
                "is": row["kind"],
                "held by": row.get("held_by"),
                "claimed by": row.get("claimed_by"),
                "remark": row.get("note"),
            },
        )
        far = " sea" if row["kind"] == "sea" else " small"
        folium.Marker(
            (round(row["lat"], 2), round(row["lon"], 2)),
            icon=folium.DivIcon(
                html=f"<span>{_in_lines(str(row['name']))}</span>",
                icon_size=(0, 0),
                class_name=f"feature-name{far}",
            ),
            tooltip=folium.Tooltip(told),
        ).add_to(group)


def _in_lines(name: str) -> str:
    """Write the names of one sea below each other: side by side they run into the marks ashore."""
    return "<br>".join(tip(part) for part in name.replace(" / ", " /\n").split("\n"))


def _add_land(leaflet_map: folium.Map, shapes: list[BaseGeometry]) -> None:
    folium.GeoJson(
        feature_collection(feature(shape) for shape in shapes if not shape.is_empty),
        style_function=_style(BASE["land"], BASE["edge"], 0.7),
        control=False,
        interactive=False,
        pane="land",
    ).add_to(leaflet_map)


def _add_states(
    leaflet_map: folium.Map, states: gpd.GeoDataFrame, shapes: list[BaseGeometry], label: str
) -> None:
    """Draw the Crescent states and their neighbours, with their facts behind a click."""
    group = folium.FeatureGroup(name=label)
    group.add_to(leaflet_map)
    for crescent, colours in ((True, CRESCENT), (False, NEIGHBOURS)):
        features = []
        for row, shape in zip(states.to_dict("records"), shapes, strict=True):
            if shape.is_empty or _is_crescent(row) != crescent:
                continue
            if crescent or row["iso3"] in _NEIGHBOURS:
                features.append(feature(shape, popup=_state_facts(row), tip=tip(row["name"])))
                _add_name(group, str(row["name"]), shape, "" if crescent else " other")
            elif row["iso3"] in _NAMED:
                _add_name(group, str(row["name"]), shape, " other")
        if features:
            folium.GeoJson(
                feature_collection(features),
                style_function=_style(colours["fill"], colours["edge"], 1.1),
                popup=folium.GeoJsonPopup(fields=["popup"], labels=False),
                pane="land",
            ).add_to(group)


def _is_crescent(row: dict[str, Any]) -> bool:
    return _CRESCENT_SET in str(row.get("sets", "")).split(";")


def _simplified(states: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """Simplify all states at once, so that neighbours keep one common border.

    The layer is cut at the 180th meridian already.
    """
    cut = np.array([_without_dust(shape) for shape in states.geometry], dtype=object)
    west, _, east, north = shapely.bounds(cut).T
    far = ((east < _FAR_WEST) & (west > -_HALF_TURN)) | (north < _FAR_SOUTH)
    simple = np.empty_like(cut)
    # America and Antarctica have no border with the rest, so they can be coarser, each alone.
    simple[far] = shapely.simplify(cut[far], _FAR_TOLERANCE)
    simple[~far] = shapely.coverage_simplify(cut[~far], _TOLERANCE)
    return list(shapely.transform(simple, lambda xy: xy.round(_DECIMALS)))


def _without_dust(shape: BaseGeometry) -> BaseGeometry:
    """Drop islands too small to be seen; of a state of such islands the largest stays."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    large = [part for part in parts if part.area >= _SMALLEST_ISLAND]
    return MultiPolygon(large or [max(parts, key=lambda part: part.area)])


def _style(fill: str, edge: str, weight: float) -> Any:
    look = {"fillColor": fill, "color": edge, "weight": weight, "fillOpacity": 1.0}
    return lambda _feature: look


def _state_facts(row: dict[str, Any]) -> str:
    population = row.get("population")
    gdp = row.get("gdp_usd")
    return facts(
        str(row["name"]),
        {
            "population": None if population is None else f"{population / 1e6:,.1f} million",
            "GDP": None if gdp is None else f"USD {gdp / 1e9:,.0f} billion",
            "gauge": _gauge(row.get("gauge_mm")),
            "in": row.get("sets", ""),
        },
    )


def _gauge(gauge_mm: float | None) -> str | None:
    known = gauge_mm is not None and gauge_mm == gauge_mm  # noqa: PLR0124 - NaN
    return f"{gauge_mm:.0f} mm" if known else None


def _add_name(group: folium.FeatureGroup, name: str, shape: BaseGeometry, kind: str) -> None:
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.area < _SMALL_STATE:
        kind += " small"
    spot = shapely.maximum_inscribed_circle(largest, tolerance=0.1)
    lon, lat = spot.coords[0]
    folium.Marker(
        (round(lat, 2), round(lon, 2)),
        icon=folium.DivIcon(
            html=f"<span>{tip(name)}</span>", icon_size=(0, 0), class_name=f"state-name{kind}"
        ),
        interactive=False,
    ).add_to(group)
