"""Blocks of random numbers: functions of seed and number alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from geo.analysis.draws import BLOCK, Sampling, block_count, block_size, random_block
from geo.errors import UsageError


@pytest.mark.parametrize("sampling", list(Sampling))
def test_a_block_depends_on_seed_and_number(sampling: Sampling) -> None:
    def block(seed: int, number: int) -> bytes:
        return random_block(sampling, seed=seed, block=number, variables=5).tobytes()

    assert block(1, 3) == block(1, 3)
    assert len({block(1, 3), block(1, 4), block(2, 3)}) == 3


@pytest.mark.parametrize("sampling", list(Sampling))
def test_numbers_are_uniform_and_inside(sampling: Sampling) -> None:
    numbers = random_block(sampling, seed=4, block=1, variables=7)
    assert numbers.shape == (BLOCK, 7)
    assert ((numbers > 0) & (numbers < 1)).all()
    # Five standard errors of the mean of plain numbers.
    assert np.abs(numbers.mean(axis=0) - 0.5).max() < 5 / np.sqrt(12 * BLOCK)


def test_a_latin_block_has_one_number_in_each_stratum() -> None:
    numbers = random_block(Sampling.latin, seed=1, block=0, variables=3)
    strata = np.sort((numbers * BLOCK).astype(int), axis=0)
    assert (strata == np.arange(BLOCK)[:, np.newaxis]).all()


def test_sobol_blocks_are_one_sequence() -> None:
    whole = qmc.Sobol(3, scramble=True, rng=np.random.default_rng(9)).random(4 * BLOCK)
    blocks = [random_block(Sampling.sobol, seed=9, block=k, variables=3) for k in range(4)]
    np.testing.assert_allclose(np.concatenate(blocks), whole, atol=1e-9)


def test_draws_fall_into_blocks() -> None:
    assert [block_count(draws) for draws in (1, BLOCK, BLOCK + 1)] == [1, 1, 2]
    assert [block_size(BLOCK + 3, block) for block in (0, 1)] == [BLOCK, 3]


def test_nothing_to_draw_is_fine_but_nonsense_is_not() -> None:
    assert random_block(Sampling.latin, seed=1, block=0, variables=0).shape == (BLOCK, 0)
    with pytest.raises(UsageError, match="at least one draw, not 0"):
        block_count(0)
    with pytest.raises(UsageError, match="not -1"):
        random_block(Sampling.plain, seed=-1, block=0, variables=2)
    with pytest.raises(UsageError, match="at most 21201 dimensions"):
        random_block(Sampling.sobol, seed=1, block=0, variables=30_000)
