"""Arc weights: quantities times rates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from geo.costing import Bill, Goods, RateCard, TimeValue, generalised, price_arcs
from geo.errors import GraphError


def quantities(card: RateCard, *arcs: dict[str, float]) -> sparse.csr_array:
    dense = np.zeros((len(arcs), len(card.items)))
    for arc, uses in enumerate(arcs):
        for item_id, quantity in uses.items():
            dense[arc, card.position[item_id]] = quantity
    return sparse.csr_array(dense)


def test_arcs_by_hand(card: RateCard, goods: Goods, time_value: TimeValue) -> None:
    arcs = quantities(
        card,
        {"haul-rus": 100, "run-chn": 120, "energy-chn": 120},
        {"wait-train-kor": 1},
        {},
    )
    prices = price_arcs(arcs, card.bind(goods))
    np.testing.assert_allclose(prices.money, [50, 0, 0])
    np.testing.assert_allclose(prices.hours, [2.4, 36, 0])
    np.testing.assert_allclose(prices.co2, [24, 0, 0])
    # 0.6 % of USD 100,000 a day is USD 25 an hour.
    np.testing.assert_allclose(generalised(prices, goods, time_value), [110, 900, 0])


def test_a_missing_rate_leaves_the_arc_unpriced(
    card: RateCard, goods: Goods, time_value: TimeValue
) -> None:
    arcs = quantities(card, {"border-a-b": 1}, {"haul-rus": 1})
    prices = price_arcs(arcs, card.bind(goods))
    np.testing.assert_array_equal(np.isnan(prices.money), [False, False])
    np.testing.assert_array_equal(np.isnan(prices.hours), [True, False])
    unpriced = np.isnan(generalised(prices, goods, time_value))
    np.testing.assert_array_equal(unpriced, [True, False])


def test_a_stored_zero_uses_nothing(card: RateCard, goods: Goods) -> None:
    at = card.position["border-a-b"]
    arcs = sparse.csr_array(([0.0], ([0], [at])), shape=(1, len(card.items)))
    assert price_arcs(arcs, card.bind(goods)).hours.tolist() == [0]
    assert arcs.nnz == 1


def test_arcs_and_bill_agree(card: RateCard, goods: Goods) -> None:
    uses = {"entry-chn": 1.0, "haul-chn": 4119.0, "run-chn": 4200.0, "energy-chn": 4200.0}
    unit_rates = card.bind(goods)
    prices = price_arcs(quantities(card, uses), unit_rates)
    bill = Bill.from_lines([(item, "CHN", 0, q) for item, q in uses.items()], unit_rates)
    assert prices.money[0] == pytest.approx(bill.usd)
    assert prices.hours[0] == pytest.approx(bill.hours)
    assert prices.co2[0] == pytest.approx(bill.kg_co2)


def test_columns_must_be_the_items(card: RateCard, goods: Goods) -> None:
    with pytest.raises(GraphError, match="2 columns of quantities for 13 items"):
        price_arcs(sparse.csr_array((1, 2)), card.bind(goods))
