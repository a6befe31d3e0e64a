"""Routes: totals, breaks and statuses from legs and bill, and their JSON."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import LineString, MultiLineString

from geo.costing import Bill
from geo.route import INDICATIVE_SHARE, Steering
from tests import fakes

BUSAN, GAESONG, MOSCOW = (fakes.PLACES[name] for name in ("busan", "gaesong", "moscow"))
PROMISED = {
    *("corridor", "distance_km", "tariff_km", "hours", "usd_per_feu", "usd_low", "usd_high"),
    *("kg_co2_per_feu", "generalised_usd_per_feu", "assumed_share", "physical_status"),
    *("legal_status", "modes", "countries", "legs", "bill"),
}
LEG = {
    *("mode", "from", "to", "line", "country", "gauge_mm"),
    *("km", "tariff_km", "hours", "usd", "kg_co2"),
}
LINE = {"item", "quantity", "unit", "usd", "hours", "kg_co2", "source"}


def route_of(*legs: dict[str, Any]) -> Any:
    """Make a route of legs that differ as told."""
    made = tuple(
        fakes.leg(**{"mode": "rail", "start": BUSAN, "end": MOSCOW, **leg}) for leg in legs
    )
    return replace(fakes.route(), legs=made)


def test_lengths_are_the_sums_of_the_legs() -> None:
    route = route_of({"km": 1.5, "tariff_km": 2.0}, {"km": 2.25, "tariff_km": 3.0})
    assert (route.distance_km, route.tariff_km) == (3.75, 5.0)


def test_generalised_cost_is_money_and_the_value_of_the_time() -> None:
    route = fakes.route(usd=3000.0)
    # 50,000 USD x 0.6 % a day x 240 h / 24
    assert route.hours == 240.0
    assert route.generalised_usd_per_feu == pytest.approx(3000.0 + 50_000 * 0.006 * 10)


@pytest.mark.parametrize(
    ("gauges", "breaks"),
    [
        ((1435, 1435), 0),
        ((1435, 1520), 1),
        ((1435, 1520, 1435), 2),
        ((1435, None, 1435), 0),
        ((1435, None, 1520), 0),  # a ship between them: nothing changes its gauge
    ],
)
def test_gauge_breaks_are_counted_on_rail_alone(
    gauges: tuple[int | None, ...], breaks: int
) -> None:
    legs = [{"gauge_mm": gauge, "mode": "rail" if gauge else "sea"} for gauge in gauges]
    assert route_of(*legs).gauge_breaks == breaks


@pytest.mark.parametrize(
    ("powers", "breaks"),
    [
        (("25kV60", "3kVdc"), 1),
        (("25kV60", "", "25kV60"), 0),
        (("25kV60", "none", "3kVdc"), 1),
        (("25kV60", "none", "25kV60"), 0),
        (("none", "25kV60"), 0),
    ],
)
def test_power_breaks_lie_between_two_different_powers(
    powers: tuple[str, ...], breaks: int
) -> None:
    assert route_of(*({"power": power} for power in powers)).power_breaks == breaks


def test_modes_are_those_that_carry_and_road_is_called_road() -> None:
    modes = ("access", "transfer", "rail", "border", "rail", "transfer", "sea")
    route = route_of(*({"mode": mode, "km": 2.0} for mode in modes))
    assert route.modes == ("road", "rail", "sea")
    assert route.access_km == 2.0


def test_countries_are_told_once_in_their_order_and_taken_out_of_through_prices() -> None:
    route = route_of({"country": "PRK"}, {"country": "KAZ;RUS;BLR"}, {"country": ""})
    assert route.countries == ("KOR", "PRK", "KAZ", "RUS", "BLR")


def test_a_total_is_indicative_above_a_fifth_of_assumptions() -> None:
    assert INDICATIVE_SHARE == 0.2
    assert not fakes.route(usd=800.0, assumed_usd=200.0).indicative
    assert fakes.route(usd=800.0, assumed_usd=201.0).indicative


def test_geometry_is_flat_whatever_the_legs_are_drawn_as() -> None:
    line = LineString([(0, 0), (1, 1)])
    route = route_of(
        {"geometry": line},
        {"geometry": None},
        {"geometry": MultiLineString([[(1, 1), (2, 2)], [(3, 3), (4, 4)]])},
    )
    assert route.geometry.geom_type == "MultiLineString"
    assert len(route.geometry.geoms) == 3


def test_json_has_every_promised_key() -> None:
    record = fakes.route().to_dict()
    assert set(record) >= PROMISED
    assert all(set(leg) >= LEG for leg in record["legs"])
    assert all(set(line) >= LINE for line in record["bill"])
    assert record["bill"][0]["source"] == "tariff-2024;review-2023"
    assert record["time_value"] == "ad-valorem"
    json.dumps(record, allow_nan=False)


def test_an_incomplete_total_is_null_and_names_what_is_missing() -> None:
    bill = Bill((fakes.charge("haul-rus", 100.0), fakes.charge("haul-kaz", math.nan)))
    record = replace(fakes.route(), charges=bill).to_dict()
    assert record["usd_per_feu"] is None
    assert record["generalised_usd_per_feu"] is None
    assert record["missing"] == ["haul-kaz"]
    json.dumps(record, allow_nan=False)


def test_steering_is_told_with_what_it_costs() -> None:
    steering = Steering("money", 110.0, 100.0)
    assert steering.difference == 10.0
    record = replace(fakes.route(), steering=steering).to_dict()
    assert record["steering"] == {"objective": "money", "chosen": 110.0, "unsteered": 100.0}
    assert record["usd_per_feu"] == 3000.0
