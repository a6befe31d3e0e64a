"""Balance: sums by hand, and neighbours that a map of the world shows."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo.analysis.balance import KOREA, balance, neighbour_power, neighbours, weigh
from geo.atlas import Atlas
from geo.errors import UnknownNameError, UsageError


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


def drawn(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    rows = {"iso3": list(shapes), "name": list(shapes)}
    return gpd.GeoDataFrame(rows, geometry=list(shapes.values()), crs="EPSG:4326")


def test_korea_together_in_2008(atlas: Atlas) -> None:
    found = weigh(atlas, KOREA, "population", year=2008)
    assert found.value == 49054708 + 24764618
    product = weigh(atlas, KOREA, "gdp", year=2008)
    assert product.missing == ("PRK",)
    assert product.share_of_world == pytest.approx(1047339010225 / 64072295929643)


def test_each_group_then_and_now(atlas: Atlas) -> None:
    found = {(one.group, one.indicator, one.year): one.value for one in balance(atlas)}
    assert len(found) == 12
    crescent = 85175788 + 14053479 + 48390793 + 27494774 + 16426525 + 2643201
    assert found["Crescent", "population", 2008] == crescent
    assert found["Crescent", "gdp", 2023] > 2 * found["Crescent", "gdp", 2008]


def test_what_cannot_be_added_up_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="gdp"):
        weigh(atlas, ["KOR"], "gdp-rank-imf")
    with pytest.raises(UnknownNameError, match="2008"):
        weigh(atlas, ["KOR"], "gdp", year=1900)


def test_mongolia_lies_between_its_two_neighbours(atlas: Atlas) -> None:
    found = neighbour_power(atlas, ["MNG"], year=2008)
    assert list(found.ratios) == ["CHN", "RUS"]
    assert found.ratios["RUS"] == pytest.approx(1660848058303 / 5623216608)
    assert found.squeeze == found.ratios["RUS"]
    assert found.sandwiched


def test_water_joins_and_land_between_parts() -> None:
    # One degree is about 111 km; C lies behind B, D across open water.
    world = drawn(
        AAA=shapely.box(0, 0, 1, 1),
        BBB=shapely.box(1, 0, 2, 1),
        CCC=shapely.box(2, 0, 3, 1),
        DDD=shapely.box(0, 2, 1, 3),
        EEE=shapely.box(0, 9, 1, 10),
    )
    found = neighbours(world, ["AAA"], water_km=150)
    assert list(found.by_land) == ["BBB"]
    assert list(found.across_water) == ["DDD"]
    assert found.across_water["DDD"] == pytest.approx(110.6, abs=0.5)
    assert list(neighbours(world, ["AAA", "BBB"]).by_land) == ["CCC"]


def test_an_island_and_an_unknown_state_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UsageError, match="water_km"):
        neighbour_power(atlas, ["JPN"])
    with pytest.raises(UnknownNameError):
        neighbours(drawn(AAA=shapely.box(0, 0, 1, 1)), ["BBB"])
