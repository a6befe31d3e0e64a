"""Distributions: what a range of the data says, and at which quantiles its low and high stand.

Costs are never negative, so no distribution reaches below zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from geo.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["MEANINGS", "MEAN_BOUND", "SHAPES", "TAILS", "Distribution"]

SHAPES: Final = ("fixed", "expected", "triangular", "uniform", "lognormal")
MEANINGS: Final = ("year-to-year", "cross-section", "ignorance", "none")

TAILS: Final[dict[str, float]] = {
    "year-to-year": 0.05,
    "cross-section": 0.05,
    "ignorance": 0.0,
    "none": 0.0,
}
"""Share of the distribution below low, and above high, by what the range means.

The lowest and the highest of the years, or of the operators, that somebody looked at are not the
lowest and highest there are: they stand at P5 and P95. Bounds set out of ignorance were set to hold
everything that is believed possible: they stand at P0 and P100.
"""

MEAN_BOUND: Final = 1.5
"""A mean of more than so many times the base needs a written reason."""

_RATES: Final = "data/rates.csv"


@dataclass(frozen=True)
class Distribution:
    """What a figure may be.

    Parameters
    ----------
    shape
        ``fixed``, ``triangular``, ``uniform`` or ``lognormal``.
    base
        Central value of the table: the value if fixed, the mode if triangular. An ``expected``
        rate of the data is a mean over its range already, and is fixed at it.
    left, right
        Ends of a triangular or uniform distribution, in the unit of the base.
    mu, sigma
        Mean and standard deviation of the logarithm, if lognormal.
    low_at, high_at
        Quantiles at which the low and the high of the table stand, 0 to 1.
    """

    shape: str
    base: float
    left: float
    right: float
    mu: float = 0.0
    sigma: float = 0.0
    low_at: float = 0.0
    high_at: float = 1.0

    @classmethod
    def of(
        cls, shape: str, means: str, *, low: float, base: float, high: float, name: str
    ) -> Distribution:
        """Read a range of the tables.

        Parameters
        ----------
        shape, means
            Columns ``distribution`` and ``range_means`` of the table of rates.
        low, base, high
            The range, in one unit.
        name
            What is uncertain, for the error: item and measure.

        Returns
        -------
        Distribution
            Its low and high stand at the quantiles of `TAILS`; a triangular one that would reach
            below zero begins at zero, and its low stands at a lower quantile. A lognormal range of
            ignorance stands at P5 and P95, for it has no ends.

        Raises
        ------
        DataError
            If no such distribution can be.
        """
        if problem := _problem(shape, means, low, base, high):
            raise DataError(_RATES, None, "distribution", f"{name}: {problem}")
        if shape in {"fixed", "expected"} or low == high:
            return cls("fixed", base, base, base, low_at=0.0, high_at=1.0)
        if shape == "lognormal":
            return _lognormal(low, base, high, TAILS[means] or TAILS["year-to-year"])
        tail = TAILS[means]
        if shape == "uniform":
            return _uniform(low, base, high, tail)
        return _triangular(low, base, high, tail)

    @property
    def mean(self) -> float:
        """The mean."""
        if self.shape == "lognormal":
            return math.exp(self.mu + self.sigma**2 / 2)
        if self.shape == "triangular":
            return (self.left + self.base + self.right) / 3
        return (self.left + self.right) / 2

    @property
    def is_skewed(self) -> bool:
        """Whether the mean is over `MEAN_BOUND` times the base, so that a reason is needed."""
        return self.mean > MEAN_BOUND * self.base

    def at(self, quantiles: ArrayLike) -> NDArray[np.float64]:
        """Return the values at quantiles.

        Parameters
        ----------
        quantiles
            Any shape, each above 0 and below 1.

        Returns
        -------
        float64 of the same shape, in the unit of the base.
        """
        u = np.asarray(quantiles, dtype=np.float64)
        if self.shape == "fixed":
            return np.full(u.shape, self.base)
        if self.shape == "uniform":
            return self.left + u * (self.right - self.left)
        if self.shape == "lognormal":
            return np.exp(self.mu + self.sigma * ndtri(u))
        width = self.right - self.left
        rise, fall = self.base - self.left, self.right - self.base
        return np.where(
            u * width < rise,
            self.left + np.sqrt(u * width * rise),
            self.right - np.sqrt((1 - u) * width * fall),
        )

    def scaled(self, factor: float) -> Distribution:
        """Return the distribution of the figure times a factor above zero."""
        return Distribution(
            self.shape,
            self.base * factor,
            self.left * factor,
            self.right * factor,
            self.mu + math.log(factor) if self.shape == "lognormal" else 0.0,
            self.sigma,
            self.low_at,
            self.high_at,
        )


def _problem(shape: str, means: str, low: float, base: float, high: float) -> str:
    """Say why a range is no distribution; "" if it is one."""
    wide = low < high
    problems = {
        f"unknown distribution {shape!r}; one of {', '.join(SHAPES)}": shape not in SHAPES,
        f"unknown meaning {means!r} of the range; one of {', '.join(MEANINGS)}": (
            means not in MEANINGS
        ),
        f"expected 0 <= low <= base <= high, got {low:g}, {base:g}, {high:g}": (
            not 0 <= low <= base <= high < math.inf
        ),
        f"a lognormal distribution lies above 0, but low is {low:g}": (
            shape == "lognormal" and low <= 0
        ),
        f"fixed, but with the range {low:g} to {high:g}: name a distribution, or drop it": (
            shape == "fixed" and wide
        ),
        f"the range {low:g} to {high:g} does not say what it means": (
            shape in SHAPES[2:] and wide and means == "none"
        ),
    }
    return next((problem for problem, holds in problems.items() if holds), "")


def _lognormal(low: float, base: float, high: float, tail: float) -> Distribution:
    mu = (math.log(low) + math.log(high)) / 2
    sigma = (math.log(high) - math.log(low)) / (2 * float(ndtri(1 - tail)))
    return Distribution("lognormal", base, 0.0, math.inf, mu, sigma, tail, 1 - tail)


def _uniform(low: float, base: float, high: float, tail: float) -> Distribution:
    width = (high - low) / (1 - 2 * tail)
    left, right = low - tail * width, high + tail * width
    if left < 0:
        left, right = 0.0, high / (1 - tail)
    return Distribution(
        "uniform",
        base,
        left,
        right,
        low_at=(low - left) / (right - left),
        high_at=(high - left) / (right - left),
    )


def _triangular(low: float, base: float, high: float, tail: float) -> Distribution:
    """Put the ends where low and high have the share `tail` beyond them, the mode at the base.

    With x the share of the width left of the mode, the distance from low to the mode is
    x - sqrt(tail x) widths, and likewise on the right: one equation in x.
    """
    if not tail:
        return Distribution("triangular", base, low, high)
    left, right = _ends(low, base, high, tail)
    if left < 0:
        left, right = 0.0, _right_end(base, high, tail)
    width = right - left
    rise = base - left
    low_at = (low - left) ** 2 / (width * rise) if rise else 0.0
    high_at = 1 - (right - high) ** 2 / (width * (right - base))
    return Distribution("triangular", base, left, right, low_at=low_at, high_at=high_at)


def _ends(low: float, base: float, high: float, tail: float) -> tuple[float, float]:
    share = (base - low) / (high - low)

    def inside(x: float) -> float:
        return x - math.sqrt(tail * x)

    def excess(x: float) -> float:
        return inside(x) - share * (inside(x) + inside(1 - x))

    x = float(brentq(excess, tail, 1 - tail, xtol=1e-15))
    width = (high - low) / (inside(x) + inside(1 - x))
    return base - x * width, base + (1 - x) * width


def _right_end(base: float, high: float, tail: float) -> float:
    """Return the right end of a distribution that begins at zero.

    It solves (right - high)² = tail x right x (right - base), and is the larger root: the other
    lies below the high.
    """
    half = high - tail * base / 2
    return (half + math.sqrt(half**2 - (1 - tail) * high**2)) / (1 - tail)
