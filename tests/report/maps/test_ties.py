"""Ties of states on the map: a hidden layer a kind, each tie told in a line."""

from __future__ import annotations

import geopandas as gpd
from shapely import LineString

from geo.report.maps import MapFrame
from tests.fakes import FakeStudy
from tests.report.maps.drawn import drawn

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


def draw(ties: gpd.GeoDataFrame) -> str:
    """Draw ties and nothing else."""
    layers = {**FakeStudy().layers(), "alliances": ties}
    return MapFrame(layers, title="Ties", ground=("ties",)).render()


def test_each_kind_is_a_layer_of_its_own() -> None:
    html = draw(TIES)
    layers = {name: rows for name, rows in drawn(html).items() if name}
    assert len(layers) == 3
    told = [rows[0]["tip"] for rows in layers.values()]
    assert told[0] == "USA – KOR: Treaty &lt;of&gt; 1953, since 1954-11-18"
    assert told[1].endswith("2000-02-09 to 2024-12-04")
    assert told[2] == "KOR – MNG"
    assert " checked>" not in html


def test_kinds_without_a_tie_have_no_layer() -> None:
    html = draw(TIES[TIES["kind"] == "proposed"])
    assert [name for name in drawn(html) if name] == ["Ties that the paper proposes"]
    assert "<summary>Ties of states</summary>" in html
