"""The atlas as layers to go on with: states, zones, places, lines, roads, crossings, ports, sea.

Each is a GeoDataFrame in EPSG:4326, with its status in a scenario beside that of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.costing import border_costs, crossing_facts
from geo.earth import geodesic_line
from geo.network import is_imported

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.atlas import Atlas
    from geo.costing import RateCard

__all__ = ["LAYER_NAMES", "atlas_layers"]

LAYER_NAMES = (
    *("states", "zones", "places", "lines", "crossings", "ports", "passages", "lanes"),
    *("features", "roads", "road_crossings", "state_sets", "alliances"),
)

_CRS = "EPSG:4326"


def atlas_layers(
    atlas: Atlas, closures: Collection[str] = (), *, card: RateCard | None = None
) -> dict[str, gpd.GeoDataFrame]:
    """Build every layer from the tables of the atlas.

    Parameters
    ----------
    atlas
        The tables and layers that ship.
    closures
        Links that a scenario closes: ``crossing:ID``, ``road-crossing:ID``, ``port:ID``,
        ``passage:ID``, ``line:ID`` and ``part:LINE/ORDER``. A link that is not among them is
        open there.
    card
        Rates: with them, the crossings say what they cost, and whether that is their own.

    Returns
    -------
    dict of str to GeoDataFrame
        By the names of `LAYER_NAMES`, and `track` of an imported network, all in EPSG:4326. The
        column `status` is that of the scenario (of the track: that of its tags), `actual_status`
        that of the tables.
    """
    shut = frozenset(closures)
    crossings = _points(crossing_facts(atlas.crossings, card))
    # Only what a user imported is worth a look piece by piece: it has tags.
    imported = {"track": _geometric(atlas.rail_edges)} if is_imported(atlas) else {}
    return imported | {
        "states": _states(atlas),
        "zones": _zones(atlas),
        "places": _points(atlas.places),
        "lines": _lines(atlas, shut),
        "crossings": _with_status(crossings, "crossing:" + crossings["crossing_id"], shut),
        "ports": _ports(atlas, shut),
        "passages": _passages(atlas, shut),
        "lanes": _geometric(atlas.sea_lanes),
        "features": _points(atlas.features),
        "roads": _geometric(atlas.road_edges),
        "road_crossings": _road_crossings(atlas, shut, card),
        "state_sets": _state_sets(atlas),
        "alliances": _alliances(atlas),
    }


def _state_sets(atlas: Atlas) -> gpd.GeoDataFrame:
    """Draw every membership of a set as the state's area."""
    areas = atlas.boundaries[["iso3", "name", "geometry"]]
    return _geometric(atlas.state_sets.merge(areas, on="iso3", how="inner"))


def _alliances(atlas: Atlas) -> gpd.GeoDataFrame:
    """Draw every tie of two states as the geodesic between their capitals."""
    where = {
        str(row["iso3"]): (float(row["lon"]), float(row["lat"]))
        for row in atlas.capitals.to_dict("records")
    }
    ties = atlas.alliances
    lines = [geodesic_line(where[a], where[b]) for a, b in zip(ties["a"], ties["b"], strict=True)]
    return _geometric(ties.assign(geometry=gpd.GeoSeries(lines, index=ties.index, crs=_CRS)))


def _road_crossings(atlas: Atlas, shut: frozenset[str], card: RateCard | None) -> gpd.GeoDataFrame:
    table = atlas.road_crossings
    crossings = _points(table if card is None else border_costs(table, card))
    return _with_status(crossings, "road-crossing:" + crossings["crossing_id"], shut)


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
    keep += [name for name in ("tracks", "valid_from", "valid_to") if name in stations]
    frame = parts.merge(stations[keep], on=["line_id", "part_order"], how="left")
    of_line = ["line_id", "name", "system", "freight"]
    of_line += [name for name in ("speed_kmh", "speed_kind") if name in atlas.lines]
    frame = frame.merge(atlas.lines[of_line], on="line_id", how="left")
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
