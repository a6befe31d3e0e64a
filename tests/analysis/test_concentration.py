"""Concentration: closed forms of the index, and bounds that hold for every rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.concentration import aid_by_sector, hhi, hhi_bounds, import_concentration
from geo.atlas import Atlas
from geo.errors import UsageError


@pytest.mark.parametrize("n", [1, 2, 5, 10])
def test_equal_shares_give_one_over_n(n: int) -> None:
    assert hhi([1 / n] * n) == pytest.approx(1 / n)
    assert hhi_bounds([1 / n] * n, ranked=True) == pytest.approx((1 / n, 1 / n))


def test_a_worked_example() -> None:
    assert hhi([0.5, 0.3, 0.2]) == pytest.approx(0.38)
    # A rest of 0.5 beside a named 0.3 and 0.2: at most two more of 0.2 and one of 0.1.
    low, high = hhi_bounds([0.3, 0.2], ranked=True)
    assert low == pytest.approx(0.13)
    assert high == pytest.approx(0.13 + 2 * 0.04 + 0.01)
    assert hhi_bounds([0.3, 0.2], ranked=False)[1] == pytest.approx(0.13 + 0.25)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=12), st.integers(1, 11))
def test_bounds_hold_whatever_the_rest_is(weights: list[float], count: int) -> None:
    shares = sorted((weight / sum(weights) for weight in weights), reverse=True)
    named = shares[: min(count, len(shares) - 1)]
    for ranked in (True, False):
        low, high = hhi_bounds(named, ranked=ranked)
        assert low - 1e-9 <= hhi(shares) <= high + 1e-9


def test_what_is_no_share_is_refused() -> None:
    for wrong in ([0.5, 0.2], [1.2], [-0.1, 1.1]):
        with pytest.raises(UsageError):
            hhi(wrong)
    for wrong in ([], [0.7, 0.6]):
        with pytest.raises(UsageError):
            hhi_bounds(wrong, ranked=True)


def test_gas_of_2005_by_hand() -> None:
    rows = import_concentration(Atlas())
    (gas,) = rows[(rows["commodity"] == "lng") & (rows["period"] == "2005")].to_dict("records")
    # 27, 25, 21 and 19 % as printed; 8 % are not named.
    assert gas["hhi_low"] == pytest.approx(0.27**2 + 0.25**2 + 0.21**2 + 0.19**2)
    assert gas["hhi_high"] == pytest.approx(gas["hhi_low"] + 0.08**2)
    assert gas["suppliers"] == "QAT;IDN;MYS;OMN"
    assert (rows["hhi_low"] <= rows["hhi_high"]).all()


def test_transport_had_29_percent_of_the_fund_as_its_history_says() -> None:
    flows = aid_by_sector(Atlas()).set_index("flow_id")
    assert flows["share"]["edcf-transport-2007"] == pytest.approx(0.29, abs=0.0005)
    # 55.6 % and 27.0 % of transport, as printed beside the sums.
    amounts = flows["amount"].to_dict()
    whole = amounts["edcf-transport-2007"]
    assert amounts["edcf-road-2007"] / whole == pytest.approx(0.556, abs=0.0005)
    assert amounts["edcf-rail-2007"] / whole == pytest.approx(0.270, abs=0.0005)
