"""The boundaries that ship: the places of the study lie in their states."""

from __future__ import annotations

import pytest
import shapely
from pyproj import Geod
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
        ("Murmansk", 33.1, 68.9, "RUS"),
        ("above Narvik", 17.6, 68.4, "NOR"),
        ("Kiruna", 20.2, 67.85, "SWE"),
        ("Chukotka, beyond 180 degrees", -170.5, 66.0, "RUS"),
        ("Suva", 178.44, -18.13, "FJI"),
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


@pytest.mark.parametrize(
    ("iso3", "published_km2", "tolerance"),
    [
        ("RUS", 17_098_000, 0.01),
        ("CHN", 9_600_000, 0.03),  # Natural Earth draws who holds the ground
        ("KAZ", 2_725_000, 0.01),
        ("MNG", 1_564_000, 0.01),
        ("NOR", 385_000, 0.03),
        ("FJI", 18_270, 0.06),
        ("ATA", 13_660_000, 0.12),  # published without ice shelves
    ],
)
def test_areas_are_as_published(
    atlas: Atlas, iso3: str, published_km2: float, tolerance: float
) -> None:
    shape = atlas.boundaries.set_index("iso3").geometry[iso3]
    area_m2, _ = Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(shape))
    assert abs(area_m2) / 1e6 == pytest.approx(published_km2, rel=tolerance)


def test_no_state_spans_the_map_save_those_at_a_pole(atlas: Atlas) -> None:
    parts = atlas.boundaries.explode(ignore_index=True)
    west, _, east, _ = parts.geometry.bounds.to_numpy().T
    assert set(parts["iso3"][east - west > 180]) == {"ATA"}


def test_figures_and_names(atlas: Atlas) -> None:
    korea = atlas.boundaries.set_index("iso3").loc["KOR"]
    assert korea["name_ko"] == "대한민국"
    assert 50e6 < korea["population"] < 53e6
    assert 1.5e12 < korea["gdp_usd"] < 2e12
    six = atlas.boundaries.set_index("iso3").loc[["CHN", "RUS", "MNG", "PRK", "KAZ", "UZB"]]
    assert six[["name_zh", "name_ru", "population", "gdp_usd", "pop_year"]].notna().all(axis=None)
