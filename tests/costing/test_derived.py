"""Derived rates by numbers worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import triang

from geo.atlas import Atlas
from geo.costing.derived import (
    demurrage_usd,
    expected_demurrage,
    half_headway_h,
    per_feu_km_of_train,
    per_km_of_through_rate,
    tiered_demurrage,
    two_part_usd,
    with_empty_return,
)
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_chinese_card() -> None:
    assert two_part_usd(680, 2.754, 4119) == pytest.approx(12_023.73, abs=0.005)


def test_a_through_rate_per_km() -> None:
    assert per_km_of_through_rate(3289, 5430) == pytest.approx(0.605709, abs=1e-6)
    assert per_km_of_through_rate(12_023.726, 4119, entry_usd=680) == pytest.approx(2.754)


@pytest.mark.parametrize(("dwell", "days"), [(3, 0), (5, 0), (5.1, 1), (6, 1), (8, 3)])
def test_demurrage_counts_every_day_begun_after_free_time(dwell: float, days: int) -> None:
    assert demurrage_usd(dwell, 5, 40) == 40 * days


@pytest.mark.parametrize(("departures", "hours"), [(1, 84), (2, 42), (7, 12), (21, 4)])
def test_half_a_headway(departures: float, hours: float) -> None:
    assert half_headway_h(departures) == hours
    assert half_headway_h(departures, least_h=24) == max(hours, 24)


@given(st.floats(0, 40), st.integers(0, 12), st.floats(0, 500))
def test_a_tariff_of_one_tier_is_plain_demurrage(dwell: float, free: int, per_day: float) -> None:
    tiers = tiered_demurrage(dwell, lambda day: per_day if day > free else 0.0)
    assert tiers == pytest.approx(demurrage_usd(dwell, free, per_day))


@given(st.lists(st.floats(0, 30), min_size=3, max_size=3), st.integers(0, 10))
def test_mean_demurrage_is_that_of_many_boxes(days: list[float], free: int) -> None:
    low, mode, high = sorted(days)
    mean = expected_demurrage(low, mode, high, lambda day: float(day > free) * day)
    if high == low:
        assert mean == tiered_demurrage(low, lambda day: float(day > free) * day)
        return
    shape = triang((mode - low) / (high - low), loc=low, scale=high - low)
    boxes = shape.ppf((np.arange(20_000) + 0.5) / 20_000)
    charges = np.array([0.0, *np.cumsum([float(day > free) * day for day in range(1, 32)])])
    many = charges[np.ceil(boxes).astype(int)].mean()
    assert mean == pytest.approx(many, rel=0.01, abs=0.05)


def test_a_train_half_full_costs_each_box_twice() -> None:
    assert per_feu_km_of_train(20, 50, 1) == pytest.approx(0.4)
    assert per_feu_km_of_train(20, 50, 0.5) == pytest.approx(0.8)


def test_an_empty_return() -> None:
    assert with_empty_return(1000, 0.4, 0.5) == pytest.approx(1200)
    assert with_empty_return(1000, 0, 0.5) == 1000


@pytest.mark.parametrize(
    "call",
    [
        lambda: two_part_usd(-1, 1, 1),
        lambda: per_km_of_through_rate(100, 0),
        lambda: per_km_of_through_rate(100, 10, entry_usd=200),
        lambda: demurrage_usd(1, -1, 1),
        lambda: half_headway_h(0),
        lambda: half_headway_h(1, least_h=-1),
        lambda: tiered_demurrage(-1, float),
        lambda: expected_demurrage(3, 2, 5, float),
        lambda: per_feu_km_of_train(20, 50, 0),
        lambda: per_feu_km_of_train(20, 50, 1.1),
        lambda: per_feu_km_of_train(20, 0, 1),
        lambda: with_empty_return(1000, 1.5, 0.5),
    ],
)
def test_nonsense_is_refused(call: Callable[[], float]) -> None:
    with pytest.raises(UsageError):
        call()


def test_the_hauls_by_analogy_are_the_transit_index_per_km() -> None:
    rates = Atlas().rates.set_index(["item_id", "measure"])["base"]
    through = rates["service-erai-2024-07", "money"]
    for item in ("haul-rus", "haul-kaz", "haul-blr"):
        assert rates[item, "money"] == pytest.approx(
            per_km_of_through_rate(through, 5430), abs=1e-5
        )
