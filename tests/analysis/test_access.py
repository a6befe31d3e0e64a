"""Market access: closed forms by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.analysis.access import gravity_access, harris_access, market_sizes, trade_cost_factor
from geo.atlas import Place
from geo.errors import UsageError


class Atlas:
    """The one table that is asked for."""

    indicators = pd.DataFrame(
        {
            "iso3": ["AAA", "AAA", "BBB", "AAA"],
            "indicator": ["gdp", "gdp", "gdp", "population"],
            "year": [2007, 2023, 2023, 2023],
            "value": [10.0, 60.0, 20.0, 7.0],
        }
    )


def place(name: str, iso3: str) -> Place:
    return Place(name, name, iso3, 0.0, 0.0, ())


def test_harris_divides_each_market_by_its_cost() -> None:
    costs = [[1.0, 2.0, np.inf], [4.0, 5.0, 10.0]]
    assert harris_access(costs, [100, 50, 30]) == pytest.approx([125, 38])


def test_gravity_raises_the_cost_to_minus_theta() -> None:
    assert gravity_access([[2.0, 4.0]], [8, 64], theta=3) == pytest.approx([2])
    assert gravity_access([[2.0, 4.0]], [8, 64], theta=1) == harris_access([[2.0, 4.0]], [8, 64])


def test_a_halved_cost_lifts_access_by_two_to_theta() -> None:
    before = gravity_access([[3.0, 5.0]], [1, 1], theta=5.03)
    assert gravity_access([[1.5, 2.5]], [1, 1], theta=5.03) == pytest.approx(before * 2**5.03)


def test_the_trade_cost_factor_is_one_and_the_share_of_the_value() -> None:
    assert trade_cost_factor([5_000, np.inf], value_usd=50_000).tolist() == [1.1, np.inf]
    with pytest.raises(UsageError, match="value of goods"):
        trade_cost_factor([1], value_usd=0)


def test_places_of_one_state_share_its_newest_figure() -> None:
    places = [place("a", "AAA"), place("b", "BBB"), place("c", "AAA"), place("d", "DDD")]
    sizes, missing = market_sizes(Atlas, places)  # type: ignore[arg-type]
    assert sizes[:3].tolist() == [30, 20, 30]
    assert np.isnan(sizes[3])
    assert missing == ("DDD",)
    with pytest.raises(UsageError, match="one of gdp, population"):
        market_sizes(Atlas, places, indicator="steel")  # type: ignore[arg-type]


def test_costs_of_nothing_and_unknown_markets_are_refused() -> None:
    with pytest.raises(UsageError, match="costs above 0"):
        harris_access([[0.0]], [1])
    with pytest.raises(UsageError, match="size of every market"):
        harris_access([[1.0]], [np.nan])
    with pytest.raises(UsageError, match="theta"):
        gravity_access([[1.0]], [1], theta=0)
