"""The boundaries that ship: the places of the study lie in their states."""

from __future__ import annotations

import pytest
import shapely
from shapely import Point

from geo.atlas import Atlas


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.mark.parametrize(
    ("name", "lon", "lat", "iso3"),
    [
        ("Kaesong", 126.557, 37.969, "PRK"),
        ("Sinuiju", 124.394, 40.100, "PRK"),
        ("Nampo", 125.405, 38.735, "PRK"),
        ("Rajin", 130.300, 42.255, "PRK"),
        ("Tumangang", 130.620, 42.414, "PRK"),
        ("Haeju", 125.716, 38.043, "PRK"),
        ("Dorasan", 126.7101, 37.8987, "KOR"),
        ("Jejin", 128.400, 38.550, "KOR"),
        ("Dandong", 124.386, 40.125, "CHN"),
        ("Baikonur", 63.30, 45.62, "KAZ"),
        ("Manzhouli", 117.428, 49.603, "CHN"),
        ("Vladivostok", 131.881, 43.111, "RUS"),
    ],
)
def test_places_lie_in_their_states(
    atlas: Atlas, name: str, lon: float, lat: float, iso3: str
) -> None:
    layer = atlas.boundaries
    found = layer[layer.contains(Point(lon, lat))]
    assert found["iso3"].tolist() == [iso3], name


def test_the_layer_is_sound(atlas: Atlas) -> None:
    layer = atlas.boundaries
    assert layer.is_valid.all()
    assert not layer.is_empty.any()
    assert set(layer.geom_type) <= {"Polygon", "MultiPolygon"}
    points = shapely.get_coordinates(layer.geometry.to_numpy())
    assert abs(points - points.round(6)).max() < 1e-9
    whole = layer[layer["note"].isna()]
    assert whole["iso3"].is_unique
    assert whole["iso3"].notna().all()
    assert layer[layer["iso3"].isna()]["note"].notna().all()


def test_figures_and_names(atlas: Atlas) -> None:
    korea = atlas.boundaries.set_index("iso3").loc["KOR"]
    assert korea["name_ko"] == "대한민국"
    assert 50e6 < korea["population"] < 53e6
    assert 1.5e12 < korea["gdp_usd"] < 2e12
    six = atlas.boundaries.set_index("iso3").loc[["CHN", "RUS", "MNG", "PRK", "KAZ", "UZB"]]
    assert six[["name_zh", "name_ru", "population", "gdp_usd", "pop_year"]].notna().all(axis=None)
