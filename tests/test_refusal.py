"""Refusals: what is closed, where gauge or network ends, and what lies out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from geo.earth import distance_km
from geo.errors import NoRouteError, OutOfReachError
from geo.refusal import _about_the_nearest
from tests.small import CROSSINGS, SmallAtlas, small_study, study_of, table
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path


def test_a_closed_crossing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRouteError) as caught:
        small_study(tmp_path, "shut").route("alpha", "delta", modes=["rail"])
    assert caught.value.causes == ("border crossing A-B closed in shut",)
    assert caught.value.exit_code == 3


def test_only_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.crossings["actual_status"] = "closed"
    with pytest.raises(NoRouteError) as caught:
        study_of(atlas).route("alpha", "beta", modes=["rail"])
    assert caught.value.causes == ("border crossing A-B closed",)


def test_the_way_that_needs_the_fewest_closures_is_blamed_though_it_is_dearer(
    tmp_path: Path,
) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.crossings["actual_status"] = "closed"
    atlas.passages.loc[0, "default"] = "closed"
    harbour = atlas.ports.iloc[[0]].assign(place_id="delta", lon=11.0, lat=49.9)
    atlas.ports = pd.concat([atlas.ports, harbour], ignore_index=True)
    long = atlas.sea_lanes.iloc[[0]].assign(lane_id="long", port_b="delta", length_km=2900.0)
    atlas.sea_lanes = pd.concat([atlas.sea_lanes, long], ignore_index=True)
    with pytest.raises(NoRouteError) as caught:
        study_of(atlas).route("alpha", "delta")
    assert caught.value.causes == ("The Strait closed by default",)


def test_where_the_gauge_ends_is_named(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.crossings = table(CROSSINGS.replace("AAA,BBB,1435,1520", "AAA,BBB,1000,1520"))
    atlas.services = atlas.services.iloc[:0]
    with pytest.raises(NoRouteError, match="gauge ends at A-B: there is no change of gauge there"):
        study_of(atlas).route("alpha", "beta", modes=["rail"])


def test_where_the_network_ends_is_named_with_the_distance(tmp_path: Path) -> None:
    with pytest.raises(NoRouteError, match=r"the network ends at .*, 556 km short of "):
        small_study(tmp_path).route("omega", "alpha", modes=["rail"])


def test_the_network_is_not_said_to_end_where_the_question_left_out_a_mode(
    tmp_path: Path,
) -> None:
    with pytest.raises(NoRouteError, match="no railway"):
        small_study(tmp_path).route("isle", "alpha", modes=["rail"])


def test_a_place_out_of_reach_is_named_with_its_distance(tmp_path: Path) -> None:
    with pytest.raises(OutOfReachError, match=r"Lost is no port and lies 33\d km from the nearest"):
        small_study(tmp_path).route("lost", "alpha")


def test_a_waypoint_that_nothing_reaches_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRouteError, match="nothing leads to Omega by the modes allowed"):
        small_study(tmp_path).route("beta", "gamma", via=["omega"])


def test_what_a_state_sends_out_itself_is_not_refused_for_a_ban_on_transit() -> None:
    with pytest.raises(NoRouteError) as caught:
        study("russia-transit-closed").route("Vladivostok", "Seoul", modes=["rail"])
    assert any("Dorasan" in cause for cause in caught.value.causes)
    assert not any("transit" in cause for cause in caught.value.causes)


def test_the_line_of_2008_ends_short_of_kaesong_town_in_words() -> None:
    with pytest.raises(NoRouteError) as caught:
        study("kaesong-2008").route("Seoul", "Pyongyang", modes=["rail"])
    (cause,) = caught.value.causes
    assert "Panmun" in cause
    assert "part:" not in cause


def test_a_corridor_that_is_shut_names_its_passage() -> None:
    with pytest.raises(NoRouteError) as caught:
        study("red-sea-closed").route("Busan", "Rotterdam", corridor="sea-suez")
    assert any("Suez" in cause for cause in caught.value.causes)


@pytest.mark.parametrize("corridor", ["tkr-transit", "sea-transit"])
def test_a_through_price_that_ends_beyond_the_goal_says_so(corridor: str) -> None:
    """Not that the way turns back at Brest: the price cannot be left before."""
    with pytest.raises(NoRouteError) as caught:
        study("reopened").route("Busan", "Moscow", corridor=corridor)
    (cause,) = caught.value.causes
    assert cause == (
        "ERAI transit, 40 ft, July 2024 is one price through to Brest - Malaszewicze (Terespol), "
        "beyond Moscow (Yaroslavsky), and cannot be left before"
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_by_the_ellipsoid_is_among_the_nearest_by_the_sphere(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 400))
    # Around the end at about one distance, where sphere and ellipsoid may disagree most.
    end = float(rng.uniform(-180, 180)), float(rng.uniform(-85, 85))
    bearing, metres = rng.uniform(0, 360, n), rng.uniform(0.99, 1.01, n) * rng.uniform(1e2, 1.9e7)
    lon, lat, _ = Geod(ellps="WGS84").fwd(np.full(n, end[0]), np.full(n, end[1]), bearing, metres)
    nodes = np.arange(n)
    kept = _about_the_nearest(nodes, lon, lat, end)
    km = distance_km(lon, lat, *end)
    assert int(kept[np.argmin(km[kept])]) == int(np.argmin(km))


def test_where_the_network_ends_both_places_are_named() -> None:
    """The causeway to Singapore has no track in the source."""
    with pytest.raises(NoRouteError, match=r"ends near [A-Z][a-z ]+ \(MYS\).* of Singapore$"):
        study("reopened").route("Busan", "Singapore", modes=["rail"])
