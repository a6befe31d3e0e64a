"""Routes as layers and as tables: the sums are those of the bill."""

from __future__ import annotations

import pytest

from geo.report.charges import BUCKETS
from geo.report.export.units import unit_of
from geo.report.route_layers import route_layers, route_sheets
from tests import worlds


def test_legs_and_routes_add_up_to_the_bill() -> None:
    route = worlds.study("reopened").route("Busan", "Moscow")
    layers = route_layers([route], worlds.categories())
    legs, ways = layers["legs"], layers["routes"]
    assert legs.crs.to_epsg() == ways.crs.to_epsg() == 4326
    assert legs["usd"].sum() == pytest.approx(route.usd_per_feu, abs=0.01)
    assert legs["hours"].sum() == pytest.approx(route.hours, abs=0.01)
    assert legs["km"].sum() == pytest.approx(route.distance_km, abs=0.01)
    assert legs["leg"].tolist() == list(range(1, len(route.legs) + 1))
    [way] = ways.to_dict("records")
    by_bucket = sum(way[f"usd_{bucket}"] for bucket in BUCKETS)
    assert by_bucket == pytest.approx(way["usd_per_feu"], abs=0.01)
    moved = legs[legs["mode"].isin(["rail", "sea"])]
    assert moved.geometry.notna().all()
    assert set(legs["gauge_mm"].dropna()) == {1435, 1520}


def test_every_number_of_a_leg_has_its_unit() -> None:
    route = worlds.study("reopened").route("Busan", "Moscow")
    legs = route_layers([route], worlds.categories())["legs"]
    counted = {"route", "leg", "schematic"}
    told = legs.drop(columns="geometry").select_dtypes("number").columns
    assert {name for name in told if not unit_of(name)} <= counted


def test_tables_of_several_routes_tell_them_apart() -> None:
    study = worlds.study("reopened")
    routes = [study.route("Busan", end) for end in ("Moscow", "Beijing")]
    ways, legs, bill = route_sheets(routes)
    assert [ways.name, legs.name, bill.name] == ["routes", "legs", "bill"]
    assert [row["destination"] for row in ways.rows] == [r.destination.name for r in routes]
    for number, route in enumerate(routes, start=1):
        mine = [row for row in bill.rows if row["route"] == number]
        assert len(mine) == len(route.charges.charges)
        total = sum(float(str(row["usd"])) for row in mine)
        assert total == pytest.approx(route.usd_per_feu, abs=0.01)
        assert sum(row["route"] == number for row in legs.rows) == len(route.legs)


def test_json_of_a_route_has_no_more_digits_than_tables() -> None:
    def numbers(value: object) -> list[float]:
        if isinstance(value, dict):
            return [one for cell in value.values() for one in numbers(cell)]
        if isinstance(value, list):
            return [one for cell in value for one in numbers(cell)]
        return [value] if isinstance(value, float) else []

    told = numbers(worlds.study("reopened").route("Busan", "Moscow").to_dict())
    assert len(told) > 50
    assert all(one == round(one, 4) for one in told)
