"""Waits from departures a week, and demurrage from storage tariffs, by numbers worked by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.costing.items import Item
from geo.costing.rates import Rate
from geo.costing.waits import read_storage, read_waits
from geo.errors import DataError
from tests.worlds import study

if TYPE_CHECKING:
    from geo.costing import Measure

HEADWAYS = """item_id,departures_week,low,high,least_wait_h,source_ids,confidence,note
wait-weekly,1,0.5,7,,book,high,seen
wait-daily,7,7,14,48,book,medium,
"""
STORAGE = """item_id,dwell_item,from_day,to_day,per_day,currency,price_year,source_ids,confidence,\
note
store,stay,1,3,0,USD,2024,tariff,medium,
store,stay,4,6,10,USD,2024,tariff,medium,
store,stay,7,,25,USD,2024,tariff,medium,
"""
ITEMS = [
    Item(item_id="wait-weekly", title="w", unit="FEU", category="waiting"),
    Item(item_id="wait-daily", title="w", unit="FEU", category="waiting"),
    Item(item_id="store", title="s", unit="FEU", category="demurrage"),
    Item(item_id="stay", title="d", unit="FEU", category="dwell"),
]


def table(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text))


def stay(low: float, base: float, high: float) -> dict[tuple[str, str], Rate]:
    """Return a dwell in days as a rate in hours."""
    hours: Measure = "hours"
    days: dict[str, Any] = {"base": 24 * base, "low": 24 * low, "high": 24 * high}
    dwell = Rate(
        item_id="stay",
        measure=hours,
        unit="h per FEU",
        source_ids=("yard",),
        confidence="high",
        **days,
    )
    return {("stay", "hours"): dwell}


def test_a_weekly_sailing_is_waited_for_half_a_week() -> None:
    weekly, daily = read_waits(table(HEADWAYS), ITEMS)
    assert (weekly.low, weekly.base, weekly.high) == (12, 84, 168)
    assert (daily.low, daily.base, daily.high) == (48, 48, 48)
    assert weekly.source_ids == ("book",)
    assert weekly.note == "Derived: half of 168 h / 1 departures a week. seen"
    assert (weekly.distribution, daily.distribution) == ("triangular", "fixed")


def test_demurrage_follows_the_tiers_of_the_tariff() -> None:
    (rate,) = read_storage(table(STORAGE), ITEMS, stay(8, 8, 8))
    # Three days free, three at 10, two at 25.
    assert (rate.low, rate.base, rate.high) == (80, 80, 80)
    assert (rate.currency, rate.price_year, rate.unit) == ("USD", 2024, "per FEU")
    assert rate.source_ids == ("tariff", "yard")
    assert rate.confidence == "medium"


def test_demurrage_is_the_mean_over_the_spread_of_the_dwell() -> None:
    (rate,) = read_storage(table(STORAGE), ITEMS, stay(1, 2, 5))
    # Longer than 3 days: (5-3)^2 / (4*3) = 1/3; longer than 4: 1/12; 10 USD each.
    assert rate.base == pytest.approx(10 * (1 / 3 + 1 / 12))
    assert (rate.low, rate.high) == (0, 20)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("wait-weekly,1,0.5,7", "wait-weekly,1,2,7", "0 < low <= departures_week"),
        ("wait-weekly,1,0.5,7", "wait-weekly,0,0,7", "0 < low <= departures_week"),
        ("wait-weekly", "wait-moon", "unknown item 'wait-moon'"),
    ],
)
def test_headways_that_make_no_sense_are_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_waits(table(HEADWAYS.replace(old, new, 1)), ITEMS)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("store,stay,4,6", "store,stay,5,6", "a tier from day 4"),
        ("store,stay,4,6", "store,stay,4,2", "a tier from day 4"),
        ("store,stay,7,,25", "store,stay,7,9,25", "the last tier has no end"),
        ("store,stay,1,3", "store,gone,1,3", "'gone' has no hours"),
        ("store,stay,1,3", "moon,stay,1,3", "unknown item 'moon'"),
    ],
)
def test_tariffs_with_gaps_are_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_storage(table(STORAGE.replace(old, new, 1)), ITEMS, stay(1, 2, 5))


def test_the_waits_that_ship_are_half_of_the_published_headways() -> None:
    card = study().card
    # Weekly ship Incheon-Nampo (2009); ferry Incheon-Dandong three times a week (2025), which
    # asks for the box 48 h before; two to four trains a day Kaiyuan-Haiphong (2023).
    assert card.rates["wait-sailing-incheon-nampo", "hours"].base == 84
    assert card.rates["wait-sailing-incheon-dandong", "hours"].base == 48
    assert card.rates["wait-train-lao-cai", "hours"].base == 4
    # K Line 2012: eight days free, then 10,000 won; a box that stays ten days pays two of them.
    korea = card.rates["demurrage-korea", "money"]
    assert (korea.low, korea.high, korea.currency) == (0, 20_000, "KRW")
    assert 0 < korea.base < korea.high
