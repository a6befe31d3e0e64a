"""Draws: random numbers in fixed blocks, each a function of the seed and its own number alone.

So it does not matter which worker makes a block, nor how many there are, nor in what order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import qmc

from geo.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BLOCK", "Sampling", "block_count", "block_size", "random_block"]

BLOCK: Final = 512
"""Draws of a block: a power of two, as Sobol's points want it."""

_EDGE: Final = 2.0**-40
"""No number is nearer to 0 or 1 than this, where a lognormal distribution has no value."""


class Sampling(StrEnum):
    """How the unit cube is filled."""

    plain = "plain"
    latin = "latin"
    sobol = "sobol"


def block_count(draws: int) -> int:
    """Return into how many blocks some draws fall.

    Raises
    ------
    UsageError
        If there are none.
    """
    if draws < 1:
        msg = f"a sweep needs at least one draw, not {draws}"
        raise UsageError(msg)
    return -(-draws // BLOCK)


def block_size(draws: int, block: int) -> int:
    """Return how many draws are in a block: all but the last hold `BLOCK` of them."""
    return min(BLOCK, draws - block * BLOCK)


def random_block(
    sampling: Sampling, *, seed: int, block: int, variables: int
) -> NDArray[np.float64]:
    """Return one block of random numbers.

    Parameters
    ----------
    sampling
        ``plain`` numbers; a ``latin`` hypercube within each block; or scrambled ``sobol`` points,
        of which the blocks are one sequence cut into pieces.
    seed
        Seed of the whole sweep, at least 0.
    block
        Number of the block, from 0.
    variables
        How many numbers a draw has.

    Returns
    -------
    float64[BLOCK, variables]
        Above 0 and below 1.

    Raises
    ------
    UsageError
        If the seed is negative, or there are more variables than Sobol's sequence has dimensions.

    Notes
    -----
    Plain and Latin blocks are seeded with (seed, block). Sobol's points: Owen (1998), as in SciPy.
    """
    if seed < 0:
        msg = f"a seed is a whole number of at least 0, not {seed}"
        raise UsageError(msg)
    if not variables:
        return np.empty((BLOCK, 0))
    if sampling is Sampling.sobol:
        if variables > qmc.Sobol.MAXDIM:
            msg = f"Sobol's points have at most {qmc.Sobol.MAXDIM} dimensions, not {variables}"
            raise UsageError(msg)
        sequence = qmc.Sobol(variables, scramble=True, rng=np.random.default_rng(seed))
        if block:
            sequence.fast_forward(block * BLOCK)
        numbers = sequence.random(BLOCK)
    else:
        rng = np.random.default_rng([seed, block])
        if sampling is Sampling.latin:
            numbers = qmc.LatinHypercube(variables, rng=rng).random(BLOCK)
        else:
            numbers = rng.random((BLOCK, variables))
    return np.clip(numbers, _EDGE, 1 - _EDGE)
