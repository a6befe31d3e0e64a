"""Bills: closed forms worked by hand, sums, and what is missing."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.costing import Amount, Bill, Goods, RateCard, RateEdit
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from geo.costing import UnitRates

Lines = list[tuple[str, str, int, float]]

CHINA: Lines = [
    ("entry-chn", "lianyungang", 0, 1),
    ("haul-chn", "CHN", 0, 4119),
    ("run-chn", "CHN", 0, 4200),
    ("energy-chn", "CHN", 0, 4200),
]


@pytest.fixture
def unit_rates(card: RateCard, goods: Goods) -> UnitRates:
    return card.bind(goods)


def test_the_chinese_card_in_yuan_and_dollars(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines(CHINA, unit_rates)
    yuan = math.fsum(c.original.amount for c in bill.charges if c.original)
    assert yuan == pytest.approx(680 + 2.754 * 4119)
    assert round(yuan, 2) == 12_023.73
    assert bill.usd == pytest.approx(yuan / 6.5 * 1.25)
    assert bill.hours == pytest.approx(4200 * 0.02)
    assert bill.kg_co2 == pytest.approx(4200 * 20 * 0.01)
    assert bill.charges[1].original == Amount(2.754 * 4119, "CNY", 2018)


def test_reloading_adds_one_more_entry(unit_rates: UnitRates) -> None:
    once = Bill.from_lines(CHINA, unit_rates)
    twice = Bill.from_lines([*CHINA, ("entry-chn", "xian", 1, 1)], unit_rates)
    assert twice.usd - once.usd == pytest.approx(680 / 6.5 * 1.25)


def test_the_through_rate_is_the_whole_transit(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines([("erai", "dostyk-brest", 0, 1)], unit_rates)
    assert (bill.usd, bill.usd_low, bill.usd_high) == (3289, 2691, 3295)
    assert bill.hours == 175.4


def test_quantities_are_in_the_unit_of_the_item(unit_rates: UnitRates) -> None:
    lines: Lines = [("energy-chn", "CHN", 0, 100), ("sea-energy", "sea", 0, 100)]
    rail, sea = Bill.from_lines(lines, unit_rates).charges
    assert (rail.quantity, rail.unit) == (2000, "t-km")
    assert (sea.quantity, sea.unit) == (200, "TEU-km")
    assert [rail.kg_co2, sea.kg_co2] == pytest.approx([20, 16])


def test_equal_lines_are_joined_and_others_kept(unit_rates: UnitRates) -> None:
    lines: Lines = [
        ("haul-rus", "RUS", 0, 10),
        ("run-chn", "CHN", 0, 5),
        ("haul-rus", "RUS", 0, 20),
        ("haul-rus", "RUS", 1, 40),
    ]
    found = [
        (c.item_id, c.consignment, c.quantity) for c in Bill.from_lines(lines, unit_rates).charges
    ]
    assert found == [("haul-rus", 0, 30), ("run-chn", 0, 5), ("haul-rus", 1, 40)]


def test_a_missing_rate_makes_the_total_incomplete_and_never_zero(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines([*CHINA, ("border-a-b", "a-b", 0, 1)], unit_rates)
    assert math.isnan(bill.hours)
    assert bill.usd > 0
    assert bill.missing == ("border-a-b",)
    assert bill.charges[-1].confidence == "missing"
    assert bill.to_records()[-1]["hours"] is None
    assert bill.charges[-1].source_ids == ("cpmm",)


def test_missing_money_leaves_a_share_of_what_is_known(unit_rates: UnitRates) -> None:
    lines: Lines = [("sea-short", "sea", 0, 500), ("haul-rus", "RUS", 0, 100)]
    bill = Bill.from_lines(lines, unit_rates)
    assert math.isnan(bill.usd)
    assert math.isnan(bill.usd_low)
    assert bill.charges[0].original is None
    assert bill.assumed_share == 1


def test_the_assumed_share_counts_money_alone(unit_rates: UnitRates) -> None:
    lines: Lines = [("haul-rus", "RUS", 0, 200), ("lift-busan", "busan", 0, 3)]
    bill = Bill.from_lines(lines, unit_rates)
    assert bill.usd == pytest.approx(100 + 300)
    assert bill.assumed_share == pytest.approx(0.25)
    # The hours of the lift are a guess, and the line says so.
    assert bill.charges[1].confidence == "assumption"
    assert bill.charges[1].source_ids == ("thc", "assumption")


def test_an_edited_rate_shows_on_the_bill(card: RateCard, goods: Goods) -> None:
    edits = {("erai", "money"): RateEdit(set=2500, source_ids=("what-if",))}
    charge = Bill.from_lines([("erai", "x", 0, 1)], card.edited(edits).bind(goods)).charges[0]
    assert (charge.usd, charge.confidence, charge.assumed) == (2500, "assumption", True)
    assert charge.source_ids == ("what-if", "eri")
    assert charge.original == Amount(2500, "USD", 2024)


def test_an_empty_bill_is_zero(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines([], unit_rates)
    assert (bill.usd, bill.hours, bill.kg_co2, bill.assumed_share) == (0, 0, 0, 0)
    assert bill.missing == ()
    assert len(bill.frame()) == 0


def test_the_frame_has_a_row_a_charge(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines(CHINA, unit_rates)
    frame = bill.frame()
    assert list(frame.columns) == [
        *("item", "title", "where", "quantity", "unit", "rate_usd", "usd", "usd_low", "usd_high"),
        *("hours", "kg_co2", "source", "confidence", "original_amount", "currency", "price_year"),
        "class_note",
    ]
    assert frame["original_amount"].sum() == pytest.approx(12_023.73, abs=0.005)
    assert frame["currency"].tolist() == ["CNY", "CNY", "", ""]
    assert frame["price_year"].isna().tolist() == [False, False, True, True]


def test_records_are_ready_for_json(unit_rates: UnitRates) -> None:
    bill = Bill.from_lines([("lift-busan", "busan", 0, 1)], unit_rates)
    assert json.loads(json.dumps(bill.to_records(), allow_nan=False)) == [
        {
            "item": "lift-busan",
            "quantity": 1,
            "unit": "FEU",
            "usd": 100,
            "hours": 24,
            "kg_co2": 0,
            "source": "thc;assumption",
            "class_note": "",
        }
    ]


def test_an_unknown_item_is_refused(unit_rates: UnitRates) -> None:
    with pytest.raises(DataError, match="'haul-moon', charged at crater"):
        Bill.from_lines([("haul-moon", "crater", 0, 1)], unit_rates)


@pytest.mark.parametrize("quantity", [-1, math.nan, math.inf])
def test_impossible_quantities_are_refused(unit_rates: UnitRates, quantity: float) -> None:
    with pytest.raises(UsageError, match="haul-rus at RUS"):
        Bill.from_lines([("haul-rus", "RUS", 0, quantity)], unit_rates)


PRICED = ("entry-chn", "haul-chn", "run-chn", "energy-chn", "haul-rus", "lift-busan", "sea-run")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(PRICED),
            st.sampled_from(["a", "b"]),
            st.integers(0, 2),
            st.floats(0, 1e5, allow_subnormal=False),
        ),
        max_size=30,
    )
)
def test_totals_are_the_sums_of_the_lines(unit_rates: UnitRates, lines: Lines) -> None:
    bill = Bill.from_lines(lines, unit_rates)
    card = unit_rates.card
    by_hand = [
        math.fsum(unit_rates.base[card.position[item], m] * q for item, _, _, q in lines)
        for m in range(3)
    ]
    assert [bill.usd, bill.hours, bill.kg_co2] == pytest.approx(by_hand, rel=1e-9, abs=1e-9)
    frame = bill.frame()
    for column in ("usd", "usd_low", "usd_high", "hours", "kg_co2"):
        assert getattr(bill, column) == math.fsum(frame[column])
    assert bill.usd_low <= bill.usd <= bill.usd_high
    assert 0 <= bill.assumed_share <= 1
    assert len({(c.item_id, c.where, c.consignment) for c in bill.charges}) == len(bill.charges)
