"""Shares of a joint effect: games worked by hand, and what the shares must hold."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from geo.analysis.shapley import alone, last, pair_interactions, shapley_shares, subset_members
from geo.errors import UsageError, WorkLimitError

# A left glove and two right ones: a pair is worth 1. Bit 0 is the left one.
GLOVES = [float(bool(subset & 1) and bool(subset & 6)) for subset in range(8)]


def test_the_glove_game_has_the_shares_of_the_books() -> None:
    assert shapley_shares(GLOVES) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert alone(GLOVES).tolist() == [0, 0, 0]
    assert last(GLOVES).tolist() == [1, 0, 0]


def test_shares_are_the_mean_over_every_order() -> None:
    effects = np.random.default_rng(3).normal(size=2**4)
    by_order = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        built = 0
        for project in order:
            by_order[project] += effects[built | 1 << project] - effects[built]
            built |= 1 << project
    assert shapley_shares(effects) == pytest.approx(by_order / len(orders))


@pytest.mark.parametrize("n_projects", [1, 2, 5, 10])
def test_shares_add_up_to_the_joint_effect(n_projects: int) -> None:
    effects = np.random.default_rng(n_projects).normal(size=2**n_projects)
    assert shapley_shares(effects).sum() == pytest.approx(effects[-1] - effects[0])


def test_projects_that_do_the_same_have_the_same_share() -> None:
    size = subset_members(5).sum(axis=1)
    shares = shapley_shares(np.sqrt(size))
    assert shares == pytest.approx(np.full(5, np.sqrt(5) / 5))


def test_a_project_that_adds_nothing_has_no_share_and_no_interaction() -> None:
    members = subset_members(3)
    effects = 4.0 * members[:, 0] + 2.0 * members[:, 1] + members[:, 0] * members[:, 1]
    assert shapley_shares(effects) == pytest.approx([4.5, 2.5, 0])
    assert pair_interactions(effects) == pytest.approx(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))


def test_too_many_projects_none_and_damaged_effects_are_refused() -> None:
    with pytest.raises(WorkLimitError, match="11 projects have 2048 subsets"):
        subset_members(11)
    with pytest.raises(UsageError, match="name at least one"):
        subset_members(0)
    with pytest.raises(UsageError, match="got 3 values"):
        shapley_shares([0, 1, 2])
    with pytest.raises(UsageError, match="finite effect"):
        shapley_shares([0, np.nan])
