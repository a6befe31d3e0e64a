"""Ranges as distributions: quantiles where they are said to stand, and what cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from geo.analysis.distributions import TAILS, Distribution
from geo.errors import DataError


def of(shape: str, means: str, low: float, base: float, high: float) -> Distribution:
    return Distribution.of(shape, means, low=low, base=base, high=high, name="toll money")


def test_a_triangle_of_ignorance_is_scipys() -> None:
    found, u = of("triangular", "ignorance", 2, 3, 10), np.linspace(0.01, 0.99, 50)
    np.testing.assert_allclose(found.at(u), stats.triang(c=1 / 8, loc=2, scale=8).ppf(u))
    assert found.mean == pytest.approx((2 + 3 + 10) / 3)
    assert (found.low_at, found.high_at) == (0, 1)


def test_a_lognormal_year_to_year_stands_at_p5_and_p95() -> None:
    found = of("lognormal", "year-to-year", 1077, 1955, 6549)
    np.testing.assert_allclose(found.at([0.05, 0.5, 0.95]), [1077, (1077 * 6549) ** 0.5, 6549])
    peer = stats.lognorm(s=found.sigma, scale=np.exp(found.mu))
    assert found.mean == pytest.approx(peer.mean())
    # The spot of October 2025 lies so low among the years that a reason is due.
    assert found.is_skewed


@given(
    st.sampled_from(["triangular", "uniform", "lognormal"]),
    st.sampled_from(["year-to-year", "cross-section"]),
    st.lists(st.floats(0.5, 100), min_size=3, max_size=3, unique=True),
)
def test_low_and_high_stand_where_it_says(shape: str, means: str, cells: list[float]) -> None:
    low, base, high = sorted(cells)
    found = of(shape, means, low, base, high)
    assert found.high_at == pytest.approx(1 - TAILS[means], abs=1e-6)
    # Only what would reach below zero has its low at a lower quantile.
    assert found.low_at == pytest.approx(TAILS[means], abs=1e-6) or found.left == 0
    wide = np.array([max(found.low_at, 1e-12), found.high_at])
    np.testing.assert_allclose(found.at(wide), [low, high], rtol=1e-5)
    values = found.at(np.linspace(0.001, 0.999, 99))
    assert (np.diff(values) >= 0).all()
    assert values[0] >= 0


def test_no_cost_is_below_zero() -> None:
    found = of("triangular", "cross-section", 0.75, 5, 24)
    assert found.left == 0
    assert found.low_at < 0.05
    assert found.at(0.95) == pytest.approx(24)
    assert of("triangular", "year-to-year", 1, 5, 5).at(0.95) == pytest.approx(5)


def test_fixed_stays_fixed() -> None:
    for shape in ("fixed", "triangular"):
        found = of(shape, "none", 7, 7, 7)
        assert (found.at([0.01, 0.99]) == 7).all()
    assert of("expected", "cross-section", 0, 3, 9).at(0.9) == 3


def test_scaling_scales_every_quantile() -> None:
    u = np.array([0.1, 0.5, 0.9])
    for shape in ("triangular", "uniform", "lognormal"):
        found = of(shape, "year-to-year", 2, 3, 9)
        np.testing.assert_allclose(found.scaled(1.5).at(u), 1.5 * found.at(u))
        assert found.scaled(1.5).mean == pytest.approx(1.5 * found.mean)


@pytest.mark.parametrize(
    ("shape", "means", "cells", "problem"),
    [
        ("triangular", "ignorance", (3, 2, 5), "expected 0 <= low <= base <= high, got 3, 2, 5"),
        ("triangular", "ignorance", (1, 2, np.inf), "expected 0 <= low"),
        ("lognormal", "year-to-year", (0, 2, 5), "a lognormal distribution lies above 0"),
        ("fixed", "none", (1, 2, 3), "fixed, but with the range 1 to 3"),
        ("triangular", "none", (1, 2, 3), "does not say what it means"),
        ("gauss", "ignorance", (1, 2, 3), "unknown distribution 'gauss'"),
        ("uniform", "weather", (1, 2, 3), "unknown meaning 'weather'"),
    ],
)
def test_an_impossible_distribution_is_refused_by_name(
    shape: str, means: str, cells: tuple[float, float, float], problem: str
) -> None:
    with pytest.raises(DataError, match=f"toll money: .*{problem}"):
        of(shape, means, *cells)
