"""Rates of the user's own: what suffices, what follows from them, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.costing import RateCard
from geo.errors import DataError
from geo.own import with_own_data
from geo.study import Study
from tests import worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.atlas import Atlas


def rate(atlas: Atlas, item: str, measure: str) -> dict[Any, Any]:
    """Return the one rate of an item and measure."""
    table = atlas.rates
    (row,) = table[(table["item_id"] == item) & (table["measure"] == measure)].to_dict("records")
    return row


def test_item_measure_and_base_suffice(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    atlas = with_own_data(
        peninsula,
        rates=csv_file("item_id,measure,base", "run-prk,hours,0.04", "haul-prk,money,0.5"),
    )
    hours, money = rate(atlas, "run-prk", "hours"), rate(atlas, "haul-prk", "money")
    assert [hours[name] for name in ("base", "low", "high")] == [0.04] * 3
    assert (hours["unit"], hours["distribution"], hours["range_means"]) == (
        "h per km",
        "fixed",
        "none",
    )
    assert (money["currency"], money["price_year"], money["unit"]) == ("USD", 2024, "per FEU-km")
    assert (money["source_ids"], money["confidence"]) == ("own-rates-my", "medium")
    assert len(atlas.rates) == len(peninsula.rates)
    assert any("taken as USD of 2024" in note for note in atlas.overlays[-1].notes)


def test_a_range_is_kept_and_called_ignorance(
    peninsula: Atlas, csv_file: Callable[..., Path]
) -> None:
    path = csv_file("item_id,measure,base,low,high", "run-prk,hours,0.04,0.03,0.06")
    row = rate(with_own_data(peninsula, rates=path), "run-prk", "hours")
    columns = ("low", "base", "high", "distribution", "range_means")
    assert [row[name] for name in columns] == [0.03, 0.04, 0.06, "triangular", "ignorance"]


def test_money_of_another_currency_and_year_is_converted(
    peninsula: Atlas, csv_file: Callable[..., Path]
) -> None:
    path = csv_file("item_id,measure,base,currency,price_year", "haul-prk,money,6.2,CNY,2013")
    atlas = with_own_data(peninsula, rates=path)
    card = RateCard.from_atlas(atlas)
    money = card.base[card.position["haul-prk"], 0]
    # 6.2 CNY was about 1 USD in 2013; US consumer prices rose by about 35 % until 2024.
    assert money == pytest.approx(1.35, rel=0.03)


def test_a_new_item_needs_its_category(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    path = csv_file("item_id,measure,base,category,title", "run-my-line,hours,0.02,running,My run")
    atlas = with_own_data(peninsula, rates=path)
    item = atlas.items.set_index("item_id").loc["run-my-line"]
    assert (item["unit"], item["category"], item["title"]) == ("km", "running", "My run")
    assert "run-my-line" in RateCard.from_atlas(atlas).item_ids


def test_the_bill_names_the_users_file(csv_file: Callable[..., Path]) -> None:
    path = csv_file("item_id,measure,base", "haul-prk,money,0.5")
    shared = worlds.study("reopened")
    mine = Study("reopened", atlas=shared.atlas, rates=path)
    mine.__dict__["network"] = shared.network
    bill = mine.route("Kaesong", "Pyongyang").bill.set_index("item")
    theirs = shared.route("Kaesong", "Pyongyang").bill.set_index("item")
    assert bill.loc["haul-prk", "source"] == "own-rates-my"
    half = 0.5 * float(bill["quantity"]["haul-prk"])
    assert bill["usd"]["haul-prk"] == pytest.approx(half)
    assert theirs["usd"]["haul-prk"] != pytest.approx(half)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("haul-prk,money,-1", "row 2, base: expected a number >= 0, got '-1'"),
        ("haul-prk,money,nan", "expected a number >= 0, got 'nan'"),
        ("haul-prk,money,inf", "expected a number >= 0, got 'inf'"),
        ("haul-prk,money,cheap", "expected a number >= 0, got 'cheap'"),
        ("haul-prk,money,", "row 2, base: expected a number"),
        ("haul-prk,money,1;2", "expected a number"),
        ("haul-prk,price,1", "row 2, measure: expected one of money, hours, co2, got 'price'"),
        ("run-prk,money,1", "run-prk: money cannot be stated per km"),
        ("haul-prkk,money,1", "row 2, item_id: unknown item 'haul-prkk'; nearest: haul-prk"),
    ],
)
def test_bad_rates_are_refused_with_the_spot(
    peninsula: Atlas, csv_file: Callable[..., Path], row: str, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        with_own_data(peninsula, rates=csv_file("item_id,measure,base", row))


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        ("low,high", "2,3", "expected low <= base <= high, got 2, 1, 3"),
        ("unit", "per FEU", "row 2, unit: haul-prk: expected 'per FEU-km', got 'per FEU'"),
        ("currency", "dollar", "currency: expected text of the form"),
        ("price_year", "1890", "price_year: expected a whole number >= 1990"),
        ("confidence", "sure", "confidence: expected one of high, medium, low, assumption"),
    ],
)
def test_bad_cells_beside_the_base(
    peninsula: Atlas, csv_file: Callable[..., Path], header: str, row: str, message: str
) -> None:
    path = csv_file(f"item_id,measure,base,{header}", f"haul-prk,money,1,{row}")
    with pytest.raises(DataError, match=message):
        with_own_data(peninsula, rates=path)


def test_the_same_rate_twice_is_refused(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    path = csv_file("item_id,measure,base", "haul-prk,money,1", "haul-prk,money,2")
    with pytest.raises(DataError, match=r"row 3.*'haul-prk, money' is there already, in row 2"):
        with_own_data(peninsula, rates=path)


def test_hours_have_no_currency(peninsula: Atlas, csv_file: Callable[..., Path]) -> None:
    path = csv_file("item_id,measure,base,currency", "run-prk,hours,1,USD")
    with pytest.raises(DataError, match="hours have no currency"):
        with_own_data(peninsula, rates=path)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("XXX,2020", r"my\.csv, row 2, currency: no exchange rate of 'XXX'"),
        ("USD,2030", r"my\.csv, row 2, price_year: no price index for 2030"),
        ("CNY,2004", r"my\.csv, row 2, price_year: no exchange rate of CNY for 2004"),
    ],
)
def test_money_that_cannot_be_converted_is_laid_to_the_users_file(
    peninsula: Atlas, csv_file: Callable[..., Path], cells: str, words: str
) -> None:
    path = csv_file("item_id,measure,base,currency,price_year", f"haul-prk,money,1,{cells}")
    with pytest.raises(DataError, match=words):
        with_own_data(peninsula, rates=path)
