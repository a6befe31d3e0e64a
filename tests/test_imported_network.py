"""Routes over imported networks: tags decide what goods trains may use, borders are charged."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from pyproj import Geod

from geo.errors import NoRouteError
from geo.study import Study
from tests.osm_files import RAIL, atlas, drawn, imported, spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

GEOD = Geod(ellps="WGS84")
FAST = RAIL | {"highspeed": "yes", "maxspeed": "300"}


def study_of(
    folder: Path,
    *lines: tuple[Sequence[tuple[float, float]], Mapping[str, str]],
) -> Study:
    """Import lines through points and return a study of them."""
    return Study(network=imported(folder, *drawn(*lines)))


def test_freight_keeps_off_high_speed_and_disused_track(tmp_path: Path) -> None:
    # The way by Mokpo is twice as far; the straight ones are for passengers, or closed.
    seoul, busan, mokpo = spot("Seoul"), spot("Busan"), spot("Mokpo")
    study = study_of(
        tmp_path,
        ([seoul, mokpo, busan], RAIL),
        ([seoul, busan], FAST),
        ([seoul, (128.0, 36.5), busan], RAIL | {"railway": "disused"}),
    )
    route = study.route("Seoul", "Busan", modes=["rail"])
    rail_km = sum(leg.km for leg in route.legs if leg.mode == "rail")
    lon, lat = zip(
        *(
            (a[0] + step / 20 * (b[0] - a[0]), a[1] + step / 20 * (b[1] - a[1]))
            for a, b in itertools.pairwise([seoul, mokpo, busan])
            for step in range(21)
        ),
        strict=True,
    )
    assert rail_km == pytest.approx(GEOD.line_length(lon, lat) / 1000, rel=2e-3)
    # Track with a usage is known to carry freight: nothing had to be steered.
    assert route.steering is None


def test_only_high_speed_track_is_no_way_for_freight(tmp_path: Path) -> None:
    gyeongju = spot("Gyeongju")
    study = study_of(
        tmp_path,
        ([spot("Seoul"), (127.0, 37.2)], RAIL),
        ([(127.0, 37.2), (128.8, 35.4)], FAST),
        ([gyeongju, (128.8, 35.4), spot("Busan")], RAIL),
    )
    with pytest.raises(NoRouteError, match="track for passengers alone"):
        study.route("Seoul", "Busan", modes=["rail"])


def test_track_under_construction_can_be_opened_by_a_scenario(tmp_path: Path) -> None:
    lines = (
        ([spot("Seoul"), (127.0, 37.2)], RAIL),
        ([(127.0, 37.2), (128.8, 35.4)], {"railway": "construction", "usage": "main"}),
        ([(128.8, 35.4), spot("Busan")], RAIL),
    )
    study = study_of(tmp_path, *lines)
    with pytest.raises(NoRouteError, match="track under construction"):
        study.route("Seoul", "Busan", modes=["rail"])
    scenario = tmp_path / "built.toml"
    scenario.write_text(
        'id = "built"\ntitle = "Built"\ndate = 2030-01-01\nparent = "severed-2026"\n'
        'open = ["track:building"]\n',
        encoding="utf-8",
    )
    route = study.at(scenario).route("Seoul", "Busan", modes=["rail"])
    assert route.physical_status == "hypothetical"


def test_the_border_and_the_change_of_gauge_are_charged(tmp_path: Path) -> None:
    (row,) = (
        row
        for row in atlas().crossings.to_dict("records")
        if row["crossing_id"] == "zabaikalsk-manzhouli"
    )
    lon, lat = row["lon"], row["lat"]
    electric = {"electrified": "contact_line", "voltage": "25000", "frequency": "50"}
    study = study_of(
        tmp_path,
        (
            [spot("Chita"), spot("Zabaikalsk"), (lon, lat), (lon + 0.02, lat - 0.01)],
            RAIL | electric | {"gauge": "1520"},
        ),
        ([(lon + 0.021, lat - 0.0101), spot("Manzhouli"), spot("Harbin")], RAIL),
    )
    route = study.route("Chita", "Harbin", modes=["rail"])
    items = set(route.bill["item"])
    assert set(str(row["border_item_ab"]).split(";")) <= items
    assert items & set(str(row["gauge_items"]).split(";"))
    gauges = [leg.gauge_mm for leg in route.legs if leg.mode == "rail"]
    assert (gauges[0], gauges[-1]) == (1520, 1435)
    assert next(leg.power for leg in route.legs if leg.mode == "rail") == "25kV50"


def test_another_gauge_without_a_terminal_or_a_crossing_is_no_way(tmp_path: Path) -> None:
    # Far from every place, for in a terminal a box can be loaded anew.
    middle = (108.6, 46.1)
    places = atlas().places
    here = [[value] * len(places) for value in middle]
    away = GEOD.inv(here[0], here[1], places["lon"].to_list(), places["lat"].to_list())[2]
    assert min(away) > 30_000
    study = study_of(
        tmp_path,
        ([spot("Ulaanbaatar"), middle], RAIL | {"gauge": "1520"}),
        ([middle, spot("Sainshand")], RAIL | {"gauge": "762", "railway": "narrow_gauge"}),
    )
    with pytest.raises(NoRouteError, match="gauge"):
        study.route("Ulaanbaatar", "Sainshand", modes=["rail"])


def test_a_way_over_180_degrees(tmp_path: Path) -> None:
    study = study_of(
        tmp_path, ([(178.0, 66.5), (180.0, 66.5)], RAIL), ([(-180.0, 66.5), (-178.0, 66.5)], RAIL)
    )
    route = study.route("178.0,66.5", "-178.0,66.5", modes=["rail"])
    rail = [leg for leg in route.legs if leg.mode == "rail"]
    expected = GEOD.line_length([178 + step / 10 for step in range(41)], [66.5] * 41) / 1000
    assert sum(leg.km for leg in rail) == pytest.approx(expected, rel=1e-3)


def test_a_corridor_beyond_the_network_is_refused_with_the_reason(tmp_path: Path) -> None:
    study = study_of(tmp_path, ([spot("Seoul"), spot("Busan")], RAIL))
    (outcome,) = study.routes(["Busan"], ["Seoul"], corridors=["tkr-tmr"])
    assert outcome.route is None
    assert "the imported network does not hold the corridor" in outcome.reason
    assert "crossing:" in outcome.reason


def test_narrow_track_carries_no_containers(tmp_path: Path) -> None:
    narrow = {"railway": "narrow_gauge", "gauge": "762", "usage": "main"}
    study = study_of(
        tmp_path,
        ([spot("Seoul"), (127.0, 37.2)], RAIL),
        ([(127.0, 37.2), (128.8, 35.4)], narrow),
        ([(128.8, 35.4), spot("Busan")], RAIL),
    )
    with pytest.raises(NoRouteError, match="too narrow for containers"):
        study.route("Seoul", "Busan", modes=["rail"])


def test_track_of_no_known_line_is_called_as_it_is_tagged(tmp_path: Path) -> None:
    # A bow through the sea to the east, so that no known line is found on it.
    seoul, busan = spot("Seoul"), spot("Busan")
    middle = (129.3, 37.2)
    study = study_of(
        tmp_path,
        ([seoul, middle], RAIL | {"name": "East Bow"}),
        ([middle, busan], RAIL | {"name": "South Bow"}),
    )
    route = study.route("Seoul", "Busan", modes=["rail"])
    # Between two stations it is one edge, called as most of its length is.
    assert [leg.line for leg in route.legs if leg.mode == "rail"] == ["South Bow"]
