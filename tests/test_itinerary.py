"""Legs and lines of a bill from the arcs of a path, in a world that can be worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.itinerary import STUB_KM, bill_lines
from tests.small import EDGES, SmallAtlas, edges, small_study, study_of
from tests.worlds import study, with_arcs

if TYPE_CHECKING:
    from pathlib import Path


def test_a_journey_by_hand(tmp_path: Path) -> None:
    route = small_study(tmp_path).route("alpha", "gamma", modes=["rail"])
    legs = [
        (leg.mode, leg.country, leg.km, leg.tariff_km, leg.hours, leg.usd, leg.kg_co2)
        for leg in route.legs
    ]
    # Ten tonnes: 0.1 kg of CO2 a km. An hour is worth 10 USD, so that a lift (80 USD, 2 h) and
    # new bogies (60 USD, 4 h) come to the same. The power changes at beta.
    assert [leg[:4] for leg in legs] == [
        ("transfer", "AAA", 0.0, 0.0),
        ("rail", "AAA", 100.0, 110.0),
        ("border", "BBB", 0.0, 0.0),
        ("transfer", "BBB", 0.0, 0.0),
        ("rail", "BBB", 200.0, 200.0),
        ("rail", "BBB", 300.0, 300.0),
        ("border", "CCC", 0.0, 0.0),
        ("rail", "CCC", 50.0, 50.0),
        ("transfer", "CCC", 0.0, 0.0),
    ]
    amounts = [leg[4:] for leg in legs if leg[0] != "transfer" or leg[1] != "BBB"]
    expected = [
        (15.0, 150.0, 0.0),
        (2.0, 110.0, 10.0),
        (30.0, 320.0, 0.0),
        (4.0, 100.0, 20.0),
        (6.0, 150.0, 30.0),
        (1.0, 90.0, 0.0),
        (1.0, 25.0, 5.0),
        (5.0, 50.0, 0.0),
    ]
    for found, promised in zip(amounts, expected, strict=True):
        assert found == pytest.approx(promised)
    assert legs[3][4:] in {(2.0, 80.0, 0.0), (4.0, 60.0, 0.0)}


def test_the_cheaper_of_two_ways_to_change_gauge_is_taken_for_each_objective(
    tmp_path: Path,
) -> None:
    for objective, item in (("money", "gauge-bogie"), ("hours", "gauge-lift")):
        route = small_study(tmp_path, objective=objective).route("alpha", "beta", modes=["rail"])
        assert [item for item in route.bill["item"] if item.startswith("gauge")] == [item]


def test_a_leg_says_its_line_gauge_and_whether_it_is_drawn_by_hand(tmp_path: Path) -> None:
    route = small_study(tmp_path).route("alpha", "gamma", modes=["rail"])
    rail = [leg for leg in route.legs if leg.mode == "rail"]
    assert [leg.line for leg in rail] == ["Main Line"] * 4
    assert [leg.gauge_mm for leg in rail] == [1435, 1520, 1520, 1520]
    assert [leg.schematic for leg in rail] == [False, False, False, True]


def test_a_change_of_power_inside_a_line_is_not_lost(tmp_path: Path) -> None:
    # Part 1 of the line (25 kV) ends at beta, part 2 (3 kV) begins there, both in BBB.
    route = small_study(tmp_path).route("alpha", "gamma", modes=["rail"])
    powers = [(leg.country, leg.power) for leg in route.legs if leg.mode == "rail"]
    assert ("BBB", "25kV50") in powers
    assert ("BBB", "3kVdc") in powers
    assert route.power_breaks == 1


@pytest.mark.parametrize(("km", "legs"), [(STUB_KM - 1, 1), (STUB_KM + 1, 2)])
def test_a_stub_of_no_line_belongs_to_the_leg_before_it(
    tmp_path: Path, km: float, legs: int
) -> None:
    atlas = SmallAtlas(tmp_path)
    text = EDGES.replace("4,5,CCC,1520,60", f"4,5,CCC,1520,{km}")
    atlas.rail_edges = edges(text.replace("3,4,CCC,1520,50,,main,2", "3,4,CCC,1520,50,,main,2"))
    route = study_of(atlas).route("gamma", "delta", modes=["rail"])
    alone = [leg for leg in route.legs if leg.mode == "rail" and leg.country == "CCC"]
    assert len(alone) == 1
    route = study_of(atlas).route("beta", "delta", modes=["rail"], via=["gamma"])
    found = [leg for leg in route.legs if leg.mode == "rail" and leg.country == "CCC"]
    assert len(found) == legs
    assert sum(leg.km for leg in found) == pytest.approx(50 + km)


def test_legs_are_drawn_in_the_order_of_travel(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    there = study.route("alpha", "gamma", modes=["rail"])
    back = study.route("gamma", "alpha", modes=["rail"])
    for route, first, last in ((there, 0.0, 9.1), (back, 9.1, 0.0)):
        points = [point for line in route.geometry.geoms for point in line.coords]
        assert (points[0][0], points[-1][0]) == (first, last)
        assert [leg.from_name for leg in route.legs][1:] == [leg.to_name for leg in route.legs][:-1]


def test_each_reload_begins_a_new_consignment(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    route, arcs = with_arcs(study, "alpha", "gamma", modes=["rail"], via=["beta:reload"])
    numbers = {line[2] for line in bill_lines(study.network, arcs)}
    assert numbers == {1, 2}
    lifts = route.bill[route.bill["item"].str.startswith("rail-handling")]
    assert lifts["quantity"].sum() == 4
    assert route.bill.loc[route.bill["item"] == "entry-rus", "quantity"].sum() == 2


def test_a_bill_holds_just_what_the_arcs_use(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    route, arcs = with_arcs(study, "isle", "hut")
    network = study.network
    totals = np.asarray(network.quantities[arcs].sum(axis=0)).ravel()
    used = {item: n for item, n in zip(network.items, totals, strict=True) if n}
    tonnes = {item: 10.0 for item in used if item.startswith("energy-") and "sea" not in item}
    units = {
        item: n * tonnes.get(item, 2.0 if item == "energy-sea" else 1.0) for item, n in used.items()
    }
    billed = route.bill.groupby("item")["quantity"].sum().to_dict()
    assert billed == pytest.approx(units)


def test_a_town_passed_on_pieces_of_many_lines_is_one_leg() -> None:
    route = study().route("Vladivostok", "Moscow")
    rail = [leg for leg in route.legs if leg.mode == "rail"]
    assert rail[-1].line == "through Moscow"
    assert not [leg for leg in rail if leg.km < 15]
    assert sum(leg.km for leg in rail) == pytest.approx(route.distance_km)
