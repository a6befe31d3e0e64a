"""The ground of the map: land, the states the study is about, and their names.

No tiles are asked for; the land is our own layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo.report.maps.legend import state_rows
from geo.report.maps.looks import LayerLook
from geo.report.maps.palette import BASE, CRESCENT, NEIGHBOURS
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.report.maps.frame import MapFrame

__all__ = ["add_features", "add_land", "add_states", "simplified_states", "state_label"]

_CRESCENT_SET = "crescent-6"
_NEIGHBOURS = ("CHN", "KOR", "PRK", "JPN")
_NAMED = ("RUS",)  # on the way, but neither of the Crescent nor a neighbour of Korea
_TOLERANCE = 0.03
_FAR_TOLERANCE = 0.2
_SMALL_STATE = 30.0  # square degrees; the names of smaller ones wait for a nearer view
_FAR_WEST = -25.0
_FAR_SOUTH = -55.0
_HALF_TURN = 180.0
_DECIMALS = 2
_LABEL = {"stroke": False, "radius": 0}  # a name alone, without a mark
_SMALLEST_ISLAND = 0.01  # square degrees; smaller ones are dust at the scale of a continent


def add_land(frame: MapFrame, states: gpd.GeoDataFrame) -> None:
    """Draw every state as plain land; an online base map shows through.

    Parameters
    ----------
    frame
        The map.
    states
        The layer `states`.
    """
    if frame.tiles:
        return
    shapes = frame.state_shapes(states)
    land = [feature(shape) for shape in shapes if not shape.is_empty]
    frame.add(land, None, style={**_area(BASE["land"], BASE["edge"], 0.7), "still": True})


def add_states(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Draw the Crescent states and their neighbours, with their facts behind a click.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `states`: iso3, name, name_ko, name_zh, name_ru, sets, population, gdp_usd,
        gauge_mm.
    """
    states = layers["states"]
    look = LayerLook("States of the study", CRESCENT["fill"], head="Ground")
    shapes = frame.state_shapes(states)
    rows = states.to_dict("records")
    for crescent, colours in ((True, CRESCENT), (False, NEIGHBOURS)):
        word = "states:crescent" if crescent else "states:neighbours"
        style = {**_area(colours["fill"], colours["edge"], 1.1), "legend": word}
        features, names = [], []
        for row, shape in zip(rows, shapes, strict=True):
            if shape.is_empty or _is_crescent(row) != crescent:
                continue
            drawn = crescent or row["iso3"] in _NEIGHBOURS
            if drawn:
                told = {"popup": _state_facts(row), "tip": tip(row["name"])}
                features.append(feature(shape, find=_names_of(row), **told))
            if drawn or row["iso3"] in _NAMED:
                names.append(state_label(str(row["name"]), shape, "" if crescent else " other"))
        # an online base map must stay visible below
        style["fillOpacity"] = 0.35 if frame.tiles else 1.0
        quiet = {"weight": 2.0}
        frame.add(features, look, style=style, highlight=quiet)
        frame.add(names, look, style=_LABEL, tip=False, popup=False)
    frame.legend_rows(state_rows(), head="Ground")


def add_features(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write the names of seas, straits, rivers and disputed places, with who holds and claims them.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `features`: name, kind, held_by, claimed_by, note, points.
    """
    marks = []
    for row in layers["features"].to_dict("records"):
        name = str(row["name"])
        told = facts(
            name,
            {
                "is": row["kind"],
                "held by": row.get("held_by"),
                "claimed by": row.get("claimed_by"),
                "remark": row.get("note"),
            },
        )
        kind = "sea" if row["kind"] == "sea" else "small"
        # Names of one sea stand below each other: side by side they run into the marks ashore.
        label = (name.replace(" / ", " /\n"), f"feature-name {kind}")
        point = shapely.Point(round(row["lon"], 2), round(row["lat"], 2))
        names = tuple(part.strip() for part in name.split(" / "))
        marks.append(feature(point, tip=tip(name), popup=told, label=label, find=names))
    look = LayerLook("Seas and disputed places", "#5d7f99")
    frame.add(marks, look, style=_LABEL)


def _is_crescent(row: dict[str, Any]) -> bool:
    return _CRESCENT_SET in str(row.get("sets", "")).split(";")


def simplified_states(states: gpd.GeoDataFrame) -> list[BaseGeometry]:
    """Simplify all states at once, so that neighbours keep one common border.

    Parameters
    ----------
    states
        The layer `states`, which is cut at the 180th meridian already.

    Returns
    -------
    list of BaseGeometry
        One a row, in degrees to two decimals.
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


def _area(fill: str, edge: str, weight: float) -> dict[str, object]:
    return {"fill": True, "fillColor": fill, "color": edge, "weight": weight, "fillOpacity": 1}


def _names_of(row: dict[str, Any]) -> tuple[str, ...]:
    names = (row.get(column) for column in ("name", "name_ko", "name_zh", "name_ru"))
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


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


def state_label(name: str, shape: BaseGeometry, kind: str) -> dict[str, Any]:
    """Write the name of a state where there is most room in it.

    Parameters
    ----------
    name
        Plain text.
    shape
        Its area, degrees (EPSG:4326).
    kind
        Further CSS classes, each after a blank.

    Returns
    -------
    dict
        A point with a label, for a layer of points without marks.
    """
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.area < _SMALL_STATE:
        kind += " small"
    spot = shapely.maximum_inscribed_circle(largest, tolerance=0.1)
    lon, lat = spot.coords[0]
    point = shapely.Point(round(lon, 2), round(lat, 2))
    return feature(point, label=(name, f"state-name{kind}"))
