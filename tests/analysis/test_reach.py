"""Reach: a hand-made network whose isodistances are known, and properties of the real one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.analysis import reach
from geo.earth import buffer_km
from geo.errors import UnknownNameError, UsageError
from tests.small import SmallAtlas, study_of
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.analysis import Reach
    from geo.study import Study

STATES = {"AAA": (0, 1.4), "BBB": (1.4, 8.4), "CCC": (8.4, 10), "DDD": (10, 12)}


@pytest.fixture
def small(tmp_path: Path) -> Study:
    """Make the small world, with four states in a row between 49.5 and 50.5 N, and two towns."""
    atlas = SmallAtlas(tmp_path)
    atlas.boundaries = gpd.GeoDataFrame(
        {"iso3": list(STATES), "name": list(STATES)},
        geometry=[shapely.box(west, 49.5, east, 50.5) for west, east in STATES.values()],
        crs="EPSG:4326",
    )
    atlas.cities = pd.DataFrame(
        {
            "name": ["Near", "Far"],
            "iso3": ["AAA", "BBB"],
            "lon": [0.5, 4.0],
            "lat": [50.05, 50.0],
            "population": [120_000, 5_000],
        }
    )
    return study_of(atlas)


def rail_line(found: Reach, limit: float) -> Any:
    rows = found.network
    chosen = rows[(rows["limit"] == limit) & (rows["mode"] == "rail")]
    return chosen.geometry.iloc[0]


def test_an_isodistance_ends_where_the_km_are_spent(small: Study) -> None:
    found = reach(small, "Alpha", measure="km", limits=[50, 150], modes=["rail"])
    # The first edge is 100 km from 0 to 1.4 E, the second 200 km from 1.4 to 4.2 E.
    assert rail_line(found, 50).bounds == pytest.approx((0, 50, 0.7, 50), abs=1e-3)
    assert rail_line(found, 150).bounds == pytest.approx((0, 50, 2.1, 50), abs=1e-3)


def test_what_is_reached_from_both_ends_is_whole(small: Study) -> None:
    found = reach(small, "Beta", measure="km", limits=[250], modes=["rail"])
    # Beta lies at 4.2 E: 200 km back to the border of AAA and 50 of 100 km beyond, 250 of 300 on.
    assert rail_line(found, 250).bounds == pytest.approx((0.7, 50, 7.7, 50), abs=1e-3)


def test_ground_follows_the_track_within_the_bound(small: Study) -> None:
    found = reach(small, "Alpha", measure="km", limits=[80], modes=["rail"], bound_km=10)
    ground = found.ground.geometry.iloc[0]
    assert shapely.covers(shapely.box(0, 49.5, 1.4, 50.5), ground)
    assert shapely.covers(buffer_km(rail_line(found, 80), 10.1), ground)
    assert shapely.covers(ground, shapely.Point(0.5, 50.05))
    # The tenth kilometre beside the track costs thirteen by road.
    assert not shapely.covers(ground, shapely.Point(1.1, 50.08))
    assert found.ground["people"].tolist() == [120_000]
    assert found.ground["states"].tolist() == ["AAA"]


def test_no_ground_beyond_the_border_before_it_is_passed(small: Study) -> None:
    found = reach(small, "Alpha", measure="km", limits=[99], modes=["rail"], bound_km=30)
    assert found.ground["states"].tolist() == ["AAA"]


def test_a_closed_border_is_the_end(small: Study, tmp_path: Path) -> None:
    file = tmp_path / "shut.toml"
    text = 'id = "shut"\ntitle = "Shut"\ndate = "2026-01-01"\nparent = "severed-2026"\n'
    file.write_text(text + 'close = ["crossing:a-b"]\n', encoding="utf-8")
    shut = small.at(file)
    found = reach(shut, "Alpha", measure="km", limits=[1000], modes=["rail"])
    assert rail_line(found, 1000).bounds[2] == pytest.approx(1.4)
    assert set(found.places["place_id"]) == {"alpha"}


def test_strange_questions_are_refused(small: Study) -> None:
    with pytest.raises(UsageError, match="above 0"):
        reach(small, "Alpha", measure="km", limits=[0])
    with pytest.raises(UsageError, match="above 0"):
        reach(small, "Alpha", measure="km", limits=[])
    with pytest.raises(UsageError, match="measure"):
        reach(small, "Alpha", measure="days", limits=[1])
    with pytest.raises(UsageError, match="bound"):
        reach(small, "Alpha", measure="km", limits=[1], bound_km=-1)
    with pytest.raises(UnknownNameError):
        reach(small, "Nowhere at all", measure="km", limits=[1])


@pytest.fixture(scope="module")
def today() -> Reach:
    return reach(study("severed-2026"), "Busan", measure="hours", limits=[60, 72])


@pytest.fixture(scope="module")
def opened() -> Reach:
    return reach(study("reopened"), "Busan", measure="hours", limits=[60, 72])


def test_reach_grows_with_the_limit(today: Reach) -> None:
    for column in ("area_km2", "people", "cities"):
        assert np.all(np.diff(today.ground[column]) >= 0)
    areas = list(today.ground.geometry)
    for less, more in itertools.pairwise(areas):
        assert shapely.area(shapely.difference(less, more)) < 1e-6
    rail = today.network[today.network["mode"] == "rail"]
    assert np.all(np.diff(rail["track_km"]) >= 0)


def test_more_open_links_never_reach_less(today: Reach, opened: Reach) -> None:
    for before, after in zip(today.ground.geometry, opened.ground.geometry, strict=True):
        assert shapely.area(shapely.difference(before, after)) < 1e-6
    assert set(today.places["place_id"]) <= set(opened.places["place_id"])
    assert "PRK" in opened.ground["states"].iloc[-1]


def test_ground_is_land_and_only_of_states_that_are_reached(opened: Reach) -> None:
    boundaries = study("reopened").atlas.boundaries
    land = shapely.union_all(
        boundaries.geometry[boundaries.intersects(shapely.box(70, 15, 180, 70))]
    )
    for area in opened.ground.geometry:
        assert area.is_valid
        assert shapely.area(shapely.difference(area, land)) < 1e-6
    # The Yellow Sea between Busan's Korea and China is not crossed by any polygon.
    assert not shapely.intersects(opened.ground.geometry.iloc[-1], shapely.Point(123.5, 36.0))
