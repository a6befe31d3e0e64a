"""The rate card as arrays, its edits and its binding to a load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.costing import Goods, RateCard, RateEdit
from geo.errors import ScenarioError

if TYPE_CHECKING:
    from .conftest import Tables

MONEY, HOURS, CO2 = range(3)


def test_items_keep_the_order_of_their_table(card: RateCard, tables: Tables) -> None:
    assert card.item_ids == tuple(tables.items["item_id"])
    assert card.base.shape == (len(card.item_ids), 3)


def test_money_is_in_dollars_of_the_price_year(card: RateCard) -> None:
    at = card.position["entry-chn"]
    assert card.base[at, MONEY] == pytest.approx(680 / 6.5 * 125 / 100)


def test_expected_and_absent_is_missing_and_unexpected_is_zero(card: RateCard) -> None:
    border = card.base[card.position["border-a-b"]]
    assert border[MONEY] == pytest.approx(215 * 125 / 104)
    assert np.isnan(border[HOURS])
    assert border[CO2] == 0
    assert card.missing == (("border-a-b", "hours"), ("sea-short", "money"))


def test_low_base_and_high_stand_in_order(card: RateCard) -> None:
    known = ~np.isnan(card.base)
    assert (card.low[known] <= card.base[known]).all()
    assert (card.base[known] <= card.high[known]).all()
    at = card.position["haul-rus"], MONEY
    assert (card.low[at], card.base[at], card.high[at]) == (0.4, 0.5, 0.8)


def test_assumptions_are_flagged(card: RateCard) -> None:
    flagged = {(card.item_ids[i], int(m)) for i, m in np.argwhere(card.assumed)}
    assert flagged == {("haul-rus", MONEY), ("lift-busan", HOURS), ("wait-train-kor", HOURS)}


def test_a_card_cannot_be_changed(card: RateCard) -> None:
    with pytest.raises(ValueError, match="read-only"):
        card.base[0, 0] = 1


def test_binding_multiplies_tonnes_and_doubles_teu_for_co2_alone(
    card: RateCard, goods: Goods
) -> None:
    unit = card.bind(goods)
    assert unit.base[card.position["energy-chn"], CO2] == pytest.approx(0.01 * 20)
    assert unit.high[card.position["energy-chn"], CO2] == pytest.approx(0.012 * 20)
    assert unit.base[card.position["sea-energy"], CO2] == pytest.approx(0.08 * 2)
    as_it_is = [i for i, item in enumerate(card.items) if item.unit in {"FEU", "FEU-km", "km"}]
    np.testing.assert_array_equal(unit.base[as_it_is], card.base[as_it_is])


def test_a_set_rate_is_an_assumption_of_the_scenario(card: RateCard) -> None:
    edited = card.edited({("erai", "money"): RateEdit(set=2500)})
    at = edited.position["erai"], MONEY
    assert (edited.low[at], edited.base[at], edited.high[at]) == (2500, 2500, 2500)
    assert edited.assumed[at]
    assert edited.rates["erai", "money"].currency == "USD"
    assert card.base[at] == 3289
    assert not card.assumed[at]


def test_a_set_rate_may_bring_range_source_and_confidence(card: RateCard) -> None:
    edit = RateEdit(set=30, low=20, high=50, source_ids=("survey-2018",), confidence="medium")
    edited = card.edited({("border-a-b", "hours"): edit})
    at = edited.position["border-a-b"], HOURS
    assert (edited.low[at], edited.base[at], edited.high[at]) == (20, 30, 50)
    assert not edited.assumed[at]
    assert edited.rates["border-a-b", "hours"].source_ids == ("survey-2018",)


def test_a_scaled_rate_keeps_currency_sources_and_confidence(card: RateCard) -> None:
    edited = card.edited({("haul-chn", "money"): RateEdit(scale=0.5, source_ids=("subsidy",))})
    rate = edited.rates["haul-chn", "money"]
    assert rate.base == pytest.approx(1.377)
    assert (rate.currency, rate.confidence) == ("CNY", "medium")
    assert rate.source_ids == ("card", "subsidy")
    at = edited.position["haul-chn"], MONEY
    assert edited.base[at] == pytest.approx(card.base[at] / 2)


def test_an_edit_touches_nothing_else(card: RateCard) -> None:
    edited = card.edited({("haul-rus", "money"): RateEdit(scale=2)})
    others = np.arange(len(card.items)) != card.position["haul-rus"]
    np.testing.assert_array_equal(edited.base[others], card.base[others])


@pytest.mark.parametrize(
    ("item_id", "measure", "edit", "problem"),
    [
        ("haul-ruz", "money", RateEdit(set=1), "'haul-ruz'; did you mean haul-rus"),
        ("erai", "tears", RateEdit(set=1), "erai tears: a measure is one of"),
        ("erai", "money", RateEdit(set=-1), "erai money: .* got -1"),
        ("erai", "money", RateEdit(set=1, low=2), "got 2, 1, 1"),
        ("erai", "money", RateEdit(set=float("inf")), "got inf"),
        ("erai", "money", RateEdit(scale=-0.5), "erai money: expected a scale >= 0, got -0.5"),
        ("erai", "money", RateEdit(scale=1, high=2), "low and high go with set alone"),
        ("erai", "money", RateEdit(), "either set or scale"),
        ("erai", "money", RateEdit(set=1, scale=1), "either set or scale"),
        ("erai", "money", RateEdit(set=1, confidence="rumour"), "'rumour'"),
        ("erai", "co2", RateEdit(scale=2), "there is no rate to scale"),
        ("border-a-b", "hours", RateEdit(scale=2), "there is no rate to scale"),
        ("sea-energy", "money", RateEdit(set=1), "cannot be stated per TEU-km"),
    ],
)
def test_bad_edits_are_refused(
    card: RateCard, item_id: str, measure: str, edit: RateEdit, problem: str
) -> None:
    with pytest.raises(ScenarioError, match=problem):
        card.edited({(item_id, measure): edit})
