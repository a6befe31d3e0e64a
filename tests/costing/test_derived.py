"""Derived rates by numbers worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.atlas import Atlas
from geo.costing.derived import (
    demurrage_usd,
    per_feu_km_of_train,
    per_km_of_through_rate,
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
