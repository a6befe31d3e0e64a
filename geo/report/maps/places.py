"""Economic zones and ports on the map, with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium

from geo.report.maps.page import swatch
from geo.report.maps.palette import PORT_COLOUR, ZONE_COLOUR
from geo.report.maps.points import add_points, dot
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from geo.report.maps.labels import MapWords

__all__ = ["add_ports", "add_zones"]


def add_zones(leaflet_map: folium.Map, zones: gpd.GeoDataFrame, words: MapWords) -> None:
    """Mark the special economic zones, with their names.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    zones
        The layer `zones`: name, status, area_km2, nearest_station, nearest_port.
    words
        Names of places.
    """
    group = folium.FeatureGroup(name=swatch("Economic zones", ZONE_COLOUR, shape="dot"))
    group.add_to(leaflet_map)
    features = []
    for row, point in zip(zones.to_dict("records"), zones.geometry, strict=True):
        near = {
            f"nearest {what}": words.names.get(str(row[f"nearest_{what}"]), row[f"nearest_{what}"])
            for what in ("station", "port")
        }
        popup = facts(
            str(row["name"]),
            {"status": row["status"], "area": _area(row["area_km2"]), **near},
            also=words.also.get(str(row["place_id"]), ""),
        )
        short = short_name(str(row["name"]))
        features.append(feature(light(point, tolerance=0.0), tip=tip(short), popup=popup))
    add_points(group, features, dot(ZONE_COLOUR, 5), names="zone near", side="left")


def _area(area_km2: float | None) -> str | None:
    known = area_km2 is not None and area_km2 == area_km2  # noqa: PLR0124 - NaN
    return f"{area_km2:g} km²" if known else None


def add_ports(
    leaflet_map: folium.Map,
    ports: gpd.GeoDataFrame,
    words: MapWords,
    *,
    named: Collection[str] = (),
) -> None:
    """Mark the ports, with their names.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    ports
        The layer `ports`: name, unlocode, sea, status, legal_status.
    words
        Names of places.
    named
        Ids of places whose names stand on the map already.
    """
    group = folium.FeatureGroup(name=swatch("Ports", PORT_COLOUR, shape="dot"))
    group.add_to(leaflet_map)
    features = []
    for row, point in zip(ports.to_dict("records"), ports.geometry, strict=True):
        popup = facts(
            str(row["name"]),
            {
                "UN/LOCODE": row["unlocode"],
                "services": "deep sea and short sea" if row["sea"] == "deep" else "short sea",
                "status": row["status"],
                "law": row["legal_status"],
            },
            also=words.also.get(str(row["place_id"]), ""),
        )
        short = "" if row["place_id"] in named else short_name(str(row["name"]))
        features.append(feature(light(point, tolerance=0.0), tip=tip(short), popup=popup))
    add_points(group, features, dot(PORT_COLOUR, 4), names="near")
