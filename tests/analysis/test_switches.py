"""Switches of policy on the small world: charged once, and shown in the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.analysis.switches import carbon_edits, read_subsidies, subsidy_edits, with_switches
from geo.costing import RateEdit
from geo.errors import UnknownNameError, UsageError
from tests.small import small_study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study


@pytest.fixture
def world(tmp_path: Path) -> Study:
    """Make the small world."""
    return small_study(tmp_path)


def switched(study: Study, **switches: Any) -> Study:
    return study.at(with_switches(study.scenario, study.world.card, **switches))


@pytest.mark.parametrize("end", ["Delta", "Isle"])
def test_carbon_costs_its_price_times_what_is_emitted(world: Study, end: str) -> None:
    priced = switched(world, carbon_usd_per_tonne=80)
    before, after = world.route("Alpha", end), priced.route("Alpha", end)
    assert before.kg_co2_per_feu > 0
    assert after.kg_co2_per_feu == pytest.approx(before.kg_co2_per_feu)
    charged = after.usd_per_feu - before.usd_per_feu
    assert charged == pytest.approx(before.kg_co2_per_feu * 80 / 1000)
    bill = after.bill
    energy = bill[bill["item"].str.startswith("energy-")]
    assert energy["usd"].sum() == pytest.approx(charged)


def test_a_subsidy_comes_off_its_item_and_nothing_else(world: Study) -> None:
    helped = switched(world, subsidies={"service-through": 100})
    before = world.route("Alpha", "Delta", corridor="by-train")
    after = helped.route("Alpha", "Delta", corridor="by-train")
    assert before.usd_per_feu - after.usd_per_feu == pytest.approx(100)
    assert before.hours == after.hours


def test_nothing_switched_on_is_the_scenario_itself(world: Study) -> None:
    assert with_switches(world.scenario, world.world.card) is world.scenario
    assert carbon_edits(world.world.card, 0) == {}


def test_carbon_is_not_charged_on_top_of_a_price(world: Study) -> None:
    card = world.world.card.edited({("energy-rus", "money"): RateEdit(set=0.5)})
    with pytest.raises(UsageError, match="charged twice"):
        carbon_edits(card, 50)


def test_what_cannot_be_is_refused(world: Study) -> None:
    card = world.world.card
    with pytest.raises(UsageError, match="expected from 0 to its rate, 333"):
        subsidy_edits(card, {"service-through": 400})
    with pytest.raises(UnknownNameError, match="unknown item 'service-thru'"):
        subsidy_edits(card, {"service-thru": 1})
    with pytest.raises(UsageError, match="price of carbon"):
        carbon_edits(card, -1)


def test_subsidies_are_read_as_they_are_written() -> None:
    assert read_subsidies(["a=5", "b=0.5"]) == {"a": 5, "b": 0.5}
    with pytest.raises(UsageError, match="not 'a'"):
        read_subsidies(["a"])
    with pytest.raises(UsageError, match="given twice"):
        read_subsidies(["a=1", "a=2"])
