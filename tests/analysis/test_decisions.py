"""Decisions: break-evens worked by hand from published prices, and what a logit must hold."""

from __future__ import annotations

import numpy as np
import pytest

from geo.analysis.decisions import BreakEven, Offer, break_even, log_sum_usd, logit_shares
from geo.errors import UsageError

RAIL = Offer("rail", 5400, 18)
SEA = Offer("sea", 1955, 40, lane_usd=1955)


def between(
    one: Offer, other: Offer, *, per_day: float = 0.006, goods: float = 20_000
) -> BreakEven:
    return break_even(one, other, per_day=per_day, goods_usd=goods)


@pytest.mark.parametrize(("per_day", "value"), [(0.006, 26_098), (0.021, 7_457)])
def test_the_break_even_value_of_october_2025(per_day: float, value: float) -> None:
    assert between(RAIL, SEA, per_day=per_day).value_usd == pytest.approx(value, abs=0.5)
    assert between(SEA, RAIL, per_day=per_day).value_usd == pytest.approx(value, abs=0.5)


@pytest.mark.parametrize(("per_day", "value"), [(0.006, 41_667), (0.021, 11_905)])
def test_the_break_even_value_of_2018(per_day: float, value: float) -> None:
    found = between(Offer("rail", 6000, 16), Offer("sea", 2500, 30), per_day=per_day)
    assert found.value_usd == pytest.approx(value, abs=0.5)


def test_at_the_prices_of_june_2024_rail_dominates_and_no_value_is_told() -> None:
    found = between(RAIL, Offer("sea", 6549, 40))
    assert found.dominates == "rail"
    assert found.value_usd is None
    assert found.winner == "rail"


def test_below_the_break_even_value_the_slower_way_wins_and_above_it_the_faster() -> None:
    assert between(RAIL, SEA, goods=26_000).winner == "sea"
    assert between(RAIL, SEA, goods=26_200).winner == "rail"


def test_at_the_break_even_rate_both_cost_the_same() -> None:
    found = between(RAIL, SEA)
    # 5,400 - 0.006 x 20,000 x 22 days
    assert found.rate_usd == pytest.approx(2760)
    assert found.lane_usd == pytest.approx(2760)
    assert found.rate_usd is not None
    again = between(RAIL, Offer("sea", found.rate_usd, 40))
    assert again.winner == ""


def test_the_break_even_sea_rate_leaves_the_rest_of_the_way_as_it_is() -> None:
    found = between(RAIL, Offer("sea", 1955, 40, lane_usd=1500))
    assert found.lane_usd == pytest.approx(2760 - 455)


def test_a_way_that_loses_even_when_free_has_no_break_even_rate() -> None:
    found = between(RAIL, SEA, goods=100_000)
    assert found.rate_usd is None
    assert found.lane_usd is None


def test_equal_ways_decide_nothing_and_equally_fast_ones_are_ranked_by_money() -> None:
    same = between(RAIL, Offer("other", 5400, 18))
    assert (same.dominates, same.value_usd, same.winner) == ("", None, "")
    cheaper = between(RAIL, Offer("other", 5000, 18))
    assert (cheaper.dominates, cheaper.value_usd) == ("other", None)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError, match="cost of a day"):
        between(RAIL, SEA, per_day=0)
    with pytest.raises(UsageError, match="value of goods"):
        between(RAIL, SEA, goods=-1)
    with pytest.raises(UsageError, match="rail: money must be a finite number"):
        Offer("rail", -1, 3)


def test_logit_shares_add_up_to_1_and_follow_the_odds() -> None:
    costs = np.random.default_rng(1).uniform(1_000, 30_000, size=(50, 4))
    shares = logit_shares(costs, scale=700)
    assert shares.sum(axis=1) == pytest.approx(np.ones(50))
    assert (shares >= 0).all()
    odds = shares[:, 0] / shares[:, 1]
    near = np.abs(costs[:, 0] - costs[:, 1]) < 7_000
    assert odds[near] == pytest.approx(np.exp((costs[near, 1] - costs[near, 0]) / 700))


def test_two_equal_ways_share_and_an_absent_one_has_nothing() -> None:
    assert logit_shares([5e5, 5e5, np.inf], scale=1).tolist() == [0.5, 0.5, 0]
    assert log_sum_usd([5e5, 5e5], scale=1) == pytest.approx(5e5 - np.log(2))


def test_the_derivative_of_the_log_sum_by_a_cost_is_the_share_of_that_way() -> None:
    costs = np.array([6_800.0, 7_100.0, 8_000.0])
    step = 1e-3
    for way, share in enumerate(logit_shares(costs, scale=400)):
        nudge = step * (np.arange(3) == way)
        rise = log_sum_usd(costs + nudge, scale=400) - log_sum_usd(costs - nudge, scale=400)
        assert rise / (2 * step) == pytest.approx(share, abs=1e-6)


def test_a_further_way_never_makes_the_choice_dearer() -> None:
    assert log_sum_usd([900, 1_000], scale=50) < log_sum_usd([900, np.inf], scale=50)
    assert log_sum_usd([900, np.inf], scale=50) == pytest.approx(900)


@pytest.mark.parametrize("costs", [[np.inf, np.inf], [1.0, np.nan]])
def test_a_choice_without_a_known_way_is_refused(costs: list[float]) -> None:
    with pytest.raises(UsageError, match="at least one way"):
        logit_shares(costs, scale=1)


def test_a_scale_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="scale of a logit"):
        logit_shares([1, 2], scale=0)
