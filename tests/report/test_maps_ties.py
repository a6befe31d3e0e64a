"""Ties of states on the map: a hidden group a kind, each tie told in a line."""

from __future__ import annotations

import folium
import geopandas as gpd
from shapely import LineString

from geo.report.maps.ties import add_ties

TIES = gpd.GeoDataFrame(
    {
        "a": ["USA", "RUS", "KOR"],
        "b": ["KOR", "PRK", "MNG"],
        "kind": ["defence-treaty", "security-partnership", "proposed"],
        "title": ["Treaty <of> 1953", "Treaty of 2000", None],
        "valid_from": ["1954-11-18", "2000-02-09", None],
        "valid_to": [None, "2024-12-04", None],
    },
    geometry=[LineString([(0, i), (10, i)]) for i in range(3)],
    crs="EPSG:4326",
)


def test_each_kind_is_a_group_of_its_own() -> None:
    leaflet_map = folium.Map(tiles=None)
    add_ties(leaflet_map, TIES)
    groups = [one for one in leaflet_map._children.values() if isinstance(one, folium.GeoJson)]
    assert [one.show for one in groups] == [False] * 3
    told = [one.data["features"][0]["properties"]["tip"] for one in groups]
    assert told[0] == "USA – KOR: Treaty &lt;of&gt; 1953, since 1954-11-18"
    assert told[1].endswith("2000-02-09 to 2024-12-04")
    assert told[2] == "KOR – MNG"


def test_kinds_without_a_tie_have_no_group() -> None:
    leaflet_map = folium.Map(tiles=None)
    add_ties(leaflet_map, TIES[TIES["kind"] == "proposed"])
    (group,) = [one for one in leaflet_map._children.values() if isinstance(one, folium.GeoJson)]
    assert "paper proposes" in group.layer_name
    assert "Ties of states" in group.layer_name
