"""Zones: against geodesics by pyproj, a count by loop, and what must grow."""

from __future__ import annotations

import json

import pytest
from pyproj import Geod

from geo.analysis import Zone, describe_zone, describe_zones, people_by_road, people_within
from geo.analysis.zones import status_on
from geo.errors import UnknownNameError
from tests.worlds import study

WGS84 = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def zones() -> dict[str, Zone]:
    return {zone.place.place_id: zone for zone in describe_zones(study("reopened"))}


def test_the_five_zones_of_the_paper(zones: dict[str, Zone]) -> None:
    assert set(zones) == {"gaesong", "sinuiju", "nampo", "haeju", "najin"}
    assert (zones["gaesong"].area_km2, zones["gaesong"].planned_area_km2) == (3.3, 66)
    assert zones["najin"].area_km2 == 746


@pytest.mark.parametrize("radius", [25.0, 100.0])
@pytest.mark.parametrize("name", ["gaesong", "najin"])
def test_people_within_km_as_by_a_loop_of_geodesics(name: str, radius: float) -> None:
    atlas = study().atlas
    place = atlas.find_place(name)
    low = high = 0
    for city in atlas.cities.to_dict("records"):
        if abs(city["lat"] - place.lat) > 2 or abs(city["lon"] - place.lon) > 2:
            continue
        away = WGS84.inv(place.lon, place.lat, city["lon"], city["lat"])[2] / 1000
        # A buffer lies within half a per cent of its radius.
        low += city["population"] * (away <= radius * 0.995)
        high += city["population"] * (away <= radius * 1.005)
    found = people_within(atlas, place.lon, place.lat, [radius])[radius]
    assert 0 < low <= found <= high
    assert high - low <= 0.05 * high


def test_more_km_and_hours_never_reach_fewer(zones: dict[str, Zone]) -> None:
    for zone in zones.values():
        for counts in (zone.people, zone.people_by_road):
            assert list(counts.values()) == sorted(counts.values())
            assert max(counts.values()) > min(counts.values())


def test_the_labour_shed_never_lies_beyond_what_speed_allows() -> None:
    # In a severed Korea the shed of Haeju is in the North: no further than its roads are fast.
    today = study()
    place = today.atlas.find_place("haeju")
    fastest = 2 / min(
        today.unit_cost(f"run-road-{zone}", measure="hours") for zone in ("prk", "chn")
    )
    north = today.atlas.cities[today.atlas.cities["iso3"] == "PRK"]
    within = sum(
        city["population"]
        for city in north.to_dict("records")
        if WGS84.inv(place.lon, place.lat, city["lon"], city["lat"])[2] / 1000 <= fastest
    )
    assert 0 < people_by_road(today, "haeju", [2])[2] <= within


def test_an_open_road_adds_the_people_of_the_south() -> None:
    before = people_by_road(study(), "gaesong", (2, 6))
    after = people_by_road(study("reopened"), "gaesong", (2, 6))
    assert after[2] >= before[2]
    # The whole North has 26 million people, Seoul and its province about as many.
    assert before[6] < 26e6 < after[6]


def test_what_is_near_is_measured_along_the_geodesic(zones: dict[str, Zone]) -> None:
    atlas = study().atlas
    nampo = zones["nampo"].place
    crossing = {near.kind: near for near in zones["nampo"].near}["crossing"]
    rows = atlas.crossings.set_index("crossing_id")
    named = rows.loc["sinuiju-dandong"]
    expected = WGS84.inv(nampo.lon, nampo.lat, named["lon"], named["lat"])[2] / 1000
    assert crossing.named_km == pytest.approx(expected, rel=1e-4)
    # The demarcation line is nearer to Nampo than China is.
    assert crossing.nearest.startswith("Dorasan")
    assert crossing.nearest_km < crossing.named_km
    for zone in zones.values():
        assert all(near.nearest_km <= near.named_km for near in zone.near if near.named_km > 0)


def test_ways_are_costed_or_refused_with_a_reason(zones: dict[str, Zone]) -> None:
    goals = ["seoul", "incheon", "busan", "dandong", "vladivostok"]
    for zone in zones.values():
        assert [way.destination.place_id for way in zone.ways] == goals
        assert all(way.route is not None or way.reason for way in zone.ways)
    # Gaesong lies at Seoul's door and Sinuiju at Dandong's.
    usd = {
        (name, way.destination.place_id): way.route.usd_per_feu
        for name, zone in zones.items()
        for way in zone.ways
        if way.route is not None
    }
    for goal, nearest in (("seoul", "gaesong"), ("dandong", "sinuiju"), ("vladivostok", "najin")):
        costs = {usd[name, goal]: name for name in zones}
        assert costs[min(costs)] == nearest


@pytest.mark.parametrize(
    ("zone", "day", "status"),
    [
        ("gaesong", "1999-01-01", "not yet there"),
        ("gaesong", "2008-06-01", "open"),
        ("gaesong", "2016-02-10", "closed"),
        ("haeju", "2026-11-01", "planned"),
        ("najin", "1990-12-31", "not yet there"),
    ],
)
def test_status_goes_by_the_date(zone: str, day: str, status: str) -> None:
    rows = study().atlas.zones
    assert status_on(rows[rows["place_id"] == zone].iloc[0], day) == status


def test_a_zone_is_told_as_json(zones: dict[str, Zone]) -> None:
    told = json.loads(json.dumps(zones["nampo"].to_dict(), allow_nan=False))
    assert told["area_km2"] is None
    assert list(told["people_within_km"]) == ["25", "50", "100"]
    assert {row["treatment"] for row in told["landed_in_usa"]} == {
        *("banned", "column-2", "mfn", "korus")
    }


def test_a_place_that_is_no_zone_is_refused_with_the_zones() -> None:
    with pytest.raises(UnknownNameError, match="gaesong"):
        describe_zone(study(), "Moscow")
