"""Tornado and Sobol's indices, where the truth is known by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.analysis.sensitivity import sobol_indices, tornado
from geo.errors import UsageError
from tests.small import small_study

if TYPE_CHECKING:
    from pathlib import Path


def test_a_tornado_swings_by_quantity_times_range(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    frame = tornado(study, ["alpha"], ["isle"], measure="usd").set_index("variable")
    lane = frame.loc["lane-spot:money"]
    # 150 USD in a triangle of 75, 150 and 300: P5 and P95 by its closed form.
    assert lane["at_base"] == pytest.approx(study.route("alpha", "isle").usd_per_feu)
    low, high = 75 + (0.05 * 225 * 75) ** 0.5, 300 - (0.05 * 225 * 150) ** 0.5
    assert lane["at_p5"] - lane["at_base"] == pytest.approx(low - 150)
    assert lane["swing"] == pytest.approx(high - low)
    assert frame["swing"].is_monotonic_decreasing


def test_sobol_shares_of_a_sum_are_shares_of_variance(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    frame = sobol_indices(study, ["alpha"], ["gamma"], measure="kg_co2", samples=256)
    # A sum of independent terms: nothing interacts, and the first-order shares are all there is.
    assert frame["first"].sum() == pytest.approx(1, abs=0.05)
    assert (frame["total"] - frame["first"]).abs().max() < 0.05
    energy = {"energy-europe": 100, "energy-rus": 500, "energy-blr": 50}
    whole = sum(km**2 for km in energy.values())
    shares = frame.set_index("variable")["total"]
    for item, km in energy.items():
        assert shares[f"{item}:co2"] == pytest.approx(km**2 / whole, abs=0.05)


def test_nonsense_is_refused(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    with pytest.raises(UsageError, match="power of two as the number of samples, not 100"):
        sobol_indices(study, ["alpha"], ["isle"], samples=100)
    with pytest.raises(UsageError, match="unknown measure 'money'"):
        tornado(study, ["alpha"], ["isle"], measure="money")
