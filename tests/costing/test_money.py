"""Money of any currency and year in USD of one price year."""

from __future__ import annotations

import pytest

from geo.costing import Amount, PriceLevel
from geo.errors import DataError

from .conftest import DEFLATORS, EXCHANGE, Tables, table


@pytest.fixture
def level(tables: Tables) -> PriceLevel:
    return PriceLevel.from_frames(tables.exchange_rates, tables.deflators)


def test_yuan_of_2018_by_hand(level: PriceLevel) -> None:
    # CNY 650 / 6.5 = USD 100 of 2018; prices rose by a quarter since.
    original = Amount(650, "CNY", 2018)
    assert level.usd(original) == pytest.approx(125)
    assert original == Amount(650, "CNY", 2018)


def test_a_currency_dearer_than_the_dollar(level: PriceLevel) -> None:
    assert level.usd(Amount(87.5, "EUR", 2020)) == pytest.approx(100 * 125 / 104)


def test_dollars_of_the_price_year_stay(level: PriceLevel) -> None:
    assert level.usd(Amount(3289, "USD", 2024)) == 3289


def test_another_price_year(tables: Tables) -> None:
    level = PriceLevel.from_frames(tables.exchange_rates, tables.deflators, price_year=2018)
    assert level.usd(Amount(125, "USD", 2024)) == pytest.approx(100)


@pytest.mark.parametrize(
    ("currency", "year", "words"),
    [
        ("CNY", 2020, ("exchange_rates", "CNY", "2020")),
        ("KZT", 2018, ("exchange_rates", "KZT", "2018")),
        ("CNY", 2019, ("deflators", "CNY", "2019")),
    ],
)
def test_a_missing_year_or_currency_is_named(
    level: PriceLevel, currency: str, year: int, words: tuple[str, ...]
) -> None:
    with pytest.raises(DataError) as caught:
        level.usd(Amount(1, currency, year))
    assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("exchange", "deflators", "spot"),
    [
        (f"{EXCHANGE}CNY,2018,6.6,ecb\n", DEFLATORS, "exchange_rates.csv, row 5"),
        (f"{EXCHANGE}KZT,2018,0,ecb\n", DEFLATORS, "exchange_rates.csv, row 5, per_usd"),
        (EXCHANGE, f"{DEFLATORS}2018,99,made,bea\n", "deflators.csv, row 5"),
        (EXCHANGE, DEFLATORS.replace("125", ""), "deflators.csv, row 4, index"),
        (EXCHANGE, DEFLATORS.replace("2024", "2023"), "no US price index for 2024"),
    ],
)
def test_damaged_tables_are_refused(exchange: str, deflators: str, spot: str) -> None:
    with pytest.raises(DataError, match=spot):
        PriceLevel.from_frames(table(exchange), table(deflators))
