"""Borders: a hand-drawn world in closed form, and published lengths of real borders."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from geo.analysis.borders import contiguous_groups, shared_borders
from geo.atlas import Atlas


def world(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    """Territories by code; a code in lower case stands for a territory without one."""
    codes = [name if name.isupper() else None for name in shapes]
    rows = {"iso3": codes, "name": list(shapes)}
    return gpd.GeoDataFrame(rows, geometry=list(shapes.values()), crs="EPSG:4326")


@pytest.fixture(scope="module")
def real() -> gpd.GeoDataFrame:
    return shared_borders(Atlas().boundaries)


def km(borders: gpd.GeoDataFrame, a: str, b: str) -> float:
    rows = borders[(borders["a"] == min(a, b)) & (borders["b"] == max(a, b))]
    return float(rows["border_km"].sum())


def test_neighbours_share_the_segments_that_both_have() -> None:
    west = shapely.Polygon([(0, 0), (1, 0), (1, 1), (1, 2), (0, 2)])
    east = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1)])
    north = shapely.Polygon([(1, 1), (2, 1), (2, 2), (1, 2)])
    apart = shapely.box(5, 5, 6, 6)
    borders = shared_borders(world(WES=west, EAS=east, nort=north, APA=apart))
    assert list(zip(borders["a"], borders["b"], strict=True)) == [
        ("EAS", "WES"),
        ("EAS", "nort"),
        ("WES", "nort"),
    ]
    degree = Geod(ellps="WGS84").line_length([1, 1], [0, 1]) / 1000
    assert km(borders, "EAS", "WES") == pytest.approx(degree)
    assert borders.geometry.iloc[0].equals(shapely.LineString([(1, 0), (1, 1)]))


def test_a_corner_is_no_border() -> None:
    borders = shared_borders(world(ONE=shapely.box(0, 0, 1, 1), TWO=shapely.box(1, 1, 2, 2)))
    assert borders.empty


@pytest.mark.parametrize(
    ("a", "b", "published_km"),
    # CIA, The World Factbook, "Land boundaries"; as given for China and for Korea.
    [
        ("CHN", "MNG", 4630),
        ("CHN", "KAZ", 1765),
        ("CHN", "MMR", 2129),
        ("CHN", "VNM", 1297),
        ("CHN", "PRK", 1352),
        ("KOR", "PRK", 237),
        ("KAZ", "UZB", 2330),
        ("KHM", "VNM", 1158),
    ],
)
def test_real_borders_are_as_long_as_published_less_what_the_scale_cuts_off(
    real: gpd.GeoDataFrame, a: str, b: str, published_km: float
) -> None:
    drawn = km(real, a, b)
    # At 1:10 million a river border loses its bends: up to a quarter, and never gains.
    assert 0.72 * published_km < drawn < 1.02 * published_km


def test_every_border_belongs_to_two_and_is_counted_once(real: gpd.GeoDataFrame) -> None:
    assert (real["a"] < real["b"]).all()
    assert not real.duplicated(["a", "b"]).any()
    assert (real["border_km"] > 0).all()


def test_groups_are_joined_through_others() -> None:
    borders = gpd.GeoDataFrame({"a": ["A", "B", "D", "X"], "b": ["B", "C", "E", "Y"]})
    groups = contiguous_groups(borders, ["E", "D", "C", "A", "B", "F"])
    assert groups == (("A", "B", "C"), ("D", "E"), ("F",))
    # Without B in the set, A and C do not adjoin.
    assert contiguous_groups(borders, ["A", "C"]) == (("A",), ("C",))
