"""Goods, the value of time, generalised cost and break-even values worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from geo.costing import (
    Goods,
    TimeValue,
    break_even_value_usd,
    find_goods,
    find_time_value,
    generalised_usd,
)
from geo.errors import DataError, UnknownNameError, UsageError

from .conftest import GOODS, TIME_VALUES, Tables, table


def test_the_value_of_goods_is_brought_to_the_price_year(tables: Tables) -> None:
    goods = find_goods(tables, "general")
    assert goods.value_usd == pytest.approx(80_000 * 1.25)
    assert (goods.value_low_usd, goods.value_high_usd) == pytest.approx((50_000, 200_000))
    assert (goods.tonnes_per_feu, goods.source_ids) == (20, ("unctad",))


def test_both_values_of_time_can_be_chosen(tables: Tables) -> None:
    assert find_time_value(tables, "ad-valorem").high == 0.021
    capital = find_time_value(tables, "capital-cost")
    assert (capital.method, capital.low, capital.per_day) == ("capital-cost", 0.0003, 0.0003)


def test_unknown_names_come_with_the_nearest(tables: Tables) -> None:
    with pytest.raises(UnknownNameError, match="general"):
        find_goods(tables, "generel")
    with pytest.raises(UnknownNameError, match="ad-valorem or capital-cost"):
        find_time_value(tables, "zzz")


@pytest.mark.parametrize(
    ("old", "new", "spot"),
    [
        ("80000,40000", "30000,40000", "row 2, value_usd_per_feu: .* got 40000, 30000, 160000"),
        ("160000,20", "160000,0", "row 2, tonnes_per_feu"),
    ],
)
def test_bad_goods_are_refused(tables: Tables, old: str, new: str, spot: str) -> None:
    tables.goods = table(GOODS.replace(old, new))
    with pytest.raises(DataError, match=spot):
        find_goods(tables, "general")


def test_a_negative_value_of_time_is_refused(tables: Tables) -> None:
    tables.time_values = table(TIME_VALUES.replace("0.0003", "-0.0003"))
    with pytest.raises(DataError, match=r"time_values.csv, row 3, per_day"):
        find_time_value(tables, "capital-cost")


def test_generalised_cost_by_hand(goods: Goods, time_value: TimeValue) -> None:
    # Ten days at 0.6 % of USD 100,000 a day are USD 6,000.
    cost = generalised_usd(5000.0, 240.0, goods=goods, time_value=time_value)
    assert cost == pytest.approx(11_000)
    assert time_value.usd(goods, 24.0) == pytest.approx(600)


def test_generalised_cost_of_arrays(goods: Goods, time_value: TimeValue) -> None:
    cost = generalised_usd(
        np.array([0.0, 1.0, np.nan]), np.array([24.0, 0.0, 1.0]), goods=goods, time_value=time_value
    )
    np.testing.assert_allclose(cost, [600, 1, np.nan])


@pytest.mark.parametrize(
    ("rail", "sea", "per_day", "value"),
    [
        ((6000, 16), (2500, 30), 0.006, 41_667),
        ((6000, 16), (2500, 30), 0.021, 11_905),
        ((5400, 18), (1955, 40), 0.006, 26_098),
        ((5400, 18), (1955, 40), 0.021, 7_457),
        ((5400, 18), (6549, 40), 0.006, 0),
        ((5400, 18), (5400, 40), 0.006, 0),
    ],
)
def test_break_even_values(
    rail: tuple[float, float], sea: tuple[float, float], per_day: float, value: float
) -> None:
    found = break_even_value_usd(
        rail_usd=rail[0], rail_days=rail[1], sea_usd=sea[0], sea_days=sea[1], per_day=per_day
    )
    assert found == pytest.approx(value, abs=0.5)


def test_at_the_break_even_value_both_ways_cost_the_same() -> None:
    value = break_even_value_usd(
        rail_usd=6000, rail_days=16, sea_usd=2500, sea_days=30, per_day=0.006
    )
    assert 6000 + value * 0.006 * 16 == pytest.approx(2500 + value * 0.006 * 30)


@pytest.mark.parametrize(("rail_days", "per_day"), [(30, 0.006), (31, 0.006), (16, 0)])
def test_no_break_even_value_unless_rail_is_faster(rail_days: float, per_day: float) -> None:
    with pytest.raises(UsageError):
        break_even_value_usd(
            rail_usd=6000, rail_days=rail_days, sea_usd=2500, sea_days=30, per_day=per_day
        )
