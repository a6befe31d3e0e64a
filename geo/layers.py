"""The atlas as layers to go on with: states, zones, places, lines, crossings, ports and the sea.

Each is a GeoDataFrame in EPSG:4326, with its status in a scenario beside that of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.atlas import Atlas

__all__ = ["LAYER_NAMES", "atlas_layers"]

LAYER_NAMES = ("states", "zones", "places", "lines", "crossings", "ports", "passages", "lanes")

_CRS = "EPSG:4326"


def atlas_layers(atlas: Atlas, closures: Collection[str] = ()) -> dict[str, gpd.GeoDataFrame]:
    """Build every layer from the tables of the atlas.

    Parameters
    ----------
    atlas
        The tables and layers that ship.
    closures
        Links that a scenario closes: ``crossing:ID``, ``port:ID``, ``passage:ID``, ``line:ID``
        and ``part:LINE/ORDER``. A link that is not among them is open there.

    Returns
    -------
    dict of str to GeoDataFrame
        By the names of `LAYER_NAMES`, all in EPSG:4326. The column `status` is that of the
        scenario, `actual_status` that of the tables.
    """
    shut = frozenset(closures)
    crossings = _points(atlas.crossings)
    return {
        "states": _states(atlas),
        "zones": _zones(atlas),
        "places": _points(atlas.places),
        "lines": _lines(atlas, shut),
        "crossings": _with_status(crossings, "crossing:" + crossings["crossing_id"], shut),
        "ports": _ports(atlas, shut),
        "passages": _passages(atlas, shut),
        "lanes": _geometric(atlas.sea_lanes),
    }


def _states(atlas: Atlas) -> gpd.GeoDataFrame:
    extra = atlas.states[["iso3", "gauge_mm", "tariff_zone", "landlocked"]]
    frame = atlas.boundaries.merge(extra, on="iso3", how="left")
    sets = atlas.state_sets.groupby("iso3")["set_id"].agg(lambda ids: ";".join(sorted(set(ids))))
    frame["sets"] = frame["iso3"].map(sets).fillna("")
    return _geometric(frame.sort_values("iso3", kind="stable"))


def _zones(atlas: Atlas) -> gpd.GeoDataFrame:
    where = atlas.places[["place_id", "name", "iso3", "lon", "lat"]]
    return _points(atlas.zones.merge(where, on="place_id", how="left"))


def _ports(atlas: Atlas, shut: frozenset[str]) -> gpd.GeoDataFrame:
    where = atlas.places[["place_id", "name", "iso3"]]
    frame = _points(atlas.ports.merge(where, on="place_id", how="left"))
    return _with_status(frame, "port:" + frame["place_id"], shut)


def _lines(atlas: Atlas, shut: frozenset[str]) -> gpd.GeoDataFrame:
    """Join the edges of each part of a line into one geometry, with the part's two stations."""
    edges = atlas.rail_edges
    on_line = edges.loc[(edges["line_id"].fillna("") != "") & (edges["part_order"] > 0)]
    groups = on_line.groupby(["line_id", "part_order"], sort=True)
    parts = groups.agg(length_km=("length_km", "sum"), gauges=("gauges", "first")).reset_index()
    parts["geometry"] = [
        shapely.line_merge(shapely.MultiLineString(_flat(group))) for _, group in groups["geometry"]
    ]
    stations = atlas.line_stations.sort_values(["line_id", "order"])
    stations = stations.assign(from_place=stations.groupby("line_id")["place_id"].shift())
    stations = stations.rename(
        columns={
            "place_id": "to_place",
            "order": "part_order",
            "geometry": "drawn",
            "status": "actual_status",
        }
    )
    keep = ["line_id", "part_order", "from_place", "to_place", "actual_status", "drawn", "power"]
    frame = parts.merge(stations[keep], on=["line_id", "part_order"], how="left")
    frame = frame.merge(
        atlas.lines[["line_id", "name", "system", "freight"]], on="line_id", how="left"
    )
    links = [
        f"line:{line}" if f"line:{line}" in shut else f"part:{line}/{order}"
        for line, order in zip(frame["line_id"], frame["part_order"], strict=True)
    ]
    return _with_status(_geometric(frame), pd.Series(links, dtype=object), shut)


def _flat(geometries: Any) -> list[shapely.LineString]:
    return list(shapely.get_parts(list(geometries)))


def _passages(atlas: Atlas, shut: frozenset[str]) -> gpd.GeoDataFrame:
    frame = atlas.passages
    lines = []
    for gate in frame["gate"]:
        ends = [tuple(map(float, point.split())) for point in str(gate).split(",")]
        lines.append(shapely.LineString(ends))
    frame = frame.rename(columns={"default": "actual_status"}).drop(columns="gate")
    frame = _geometric(frame.assign(geometry=gpd.GeoSeries(lines, crs=_CRS)))
    return _with_status(frame, "passage:" + frame["passage_id"], shut)


def _with_status(
    frame: gpd.GeoDataFrame, links: pd.Series[str], shut: frozenset[str]
) -> gpd.GeoDataFrame:
    """Add the status under a scenario: what is closed keeps the word of the table for it."""
    words = frame["actual_status"].fillna("open")
    status = [
        (word if word != "open" else "closed") if link in shut else "open"
        for link, word in zip(links, words, strict=True)
    ]
    return frame.assign(status=status)


def _points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs=_CRS)
    return _geometric(frame.assign(geometry=points))


def _geometric(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame.reset_index(drop=True), geometry="geometry", crs=_CRS)
