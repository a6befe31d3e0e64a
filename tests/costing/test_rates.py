"""Rate rows against their items."""

from __future__ import annotations

import pytest

from geo.costing import Amount, RateCard
from geo.costing.rates import weakest
from geo.errors import DataError

from .conftest import RATES, Tables, table


def test_a_row_keeps_what_its_source_says(card: RateCard) -> None:
    rate = card.rates["haul-chn", "money"]
    assert rate.original == Amount(2.754, "CNY", 2018)
    assert (rate.unit, rate.source_ids, rate.confidence) == ("per FEU-km", ("card",), "medium")


def test_hours_are_no_money(card: RateCard) -> None:
    assert card.rates["run-chn", "hours"].original is None


def test_without_a_range_low_and_high_are_the_base(tables: Tables) -> None:
    tables.rates = table(RATES.replace("0.5,0.4,0.8", "0.5,,"))
    rate = RateCard.from_atlas(tables).rates["haul-rus", "money"]
    assert (rate.low, rate.high) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("nix,money,1,1,1,per FEU,USD,2024,fixed,none,s,high,", "row 16, item_id: .*'nix'"),
        ("erai,tears,1,1,1,per FEU,,,fixed,none,s,high,", "row 16, measure: .*'tears'"),
        ("erai,money,1,1,1,per FEU,USD,2024,fixed,none,s,high,", "erai money stands twice"),
        (
            "sea-energy,money,1,1,1,per TEU-km,USD,2024,fixed,none,s,high,",
            "sea-energy: money cannot be stated per TEU-km",
        ),
        ("sea-short,money,1,1,1,per FEU,USD,2024,fixed,none,s,high,", "expected 'per FEU-km'"),
        ("sea-short,money,-1,-1,1,per FEU-km,USD,2024,fixed,none,s,high,", "got -1, -1, 1"),
        ("sea-short,money,1,2,3,per FEU-km,USD,2024,fixed,none,s,high,", "got 2, 1, 3"),
        ("sea-short,money,,,,per FEU-km,USD,2024,fixed,none,s,high,", "got nan"),
        ("sea-short,money,1,1,1,per FEU-km,,2024,fixed,none,s,high,", "needs a currency"),
        ("sea-short,money,1,1,1,per FEU-km,USD,,fixed,none,s,high,", "needs a currency"),
        ("sea-short,money,1,1,1,per FEU-km,USD,2024,fixed,none,s,rumour,", "'rumour'"),
    ],
)
def test_bad_rates_are_refused(tables: Tables, row: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        tables.with_rate(row)


def test_the_weakest_confidence_speaks() -> None:
    assert weakest(["high", "low", "medium"]) == "low"
    assert weakest(["assumption", "high"]) == "assumption"
    assert weakest([]) == "missing"
