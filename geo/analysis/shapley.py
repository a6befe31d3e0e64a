"""Shares of a joint effect: what each of several projects adds, alone, last, and on the average.

Effects stand in one array by subset: bit i of the position says whether project i is in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import UsageError, WorkLimitError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "MOST_PROJECTS",
    "alone",
    "last",
    "pair_interactions",
    "shapley_shares",
    "subset_members",
]

MOST_PROJECTS: Final = 10
"""Shares are exact, over every subset: of more projects there are too many."""


def subset_members(n_projects: int) -> NDArray[np.bool_]:
    """Return which projects are in each subset.

    Parameters
    ----------
    n_projects
        How many projects there are.

    Returns
    -------
    bool[2 ** projects, projects]
        Row 0 is the empty set, the last row has all.

    Raises
    ------
    UsageError
        If there is none.
    WorkLimitError
        If there are more than `MOST_PROJECTS`.
    """
    if n_projects < 1:
        msg = "no project is named; name at least one"
        raise UsageError(msg)
    if n_projects > MOST_PROJECTS:
        msg = (
            f"{n_projects} projects have {2**n_projects} subsets; shares are worked over every "
            f"subset, for at most {MOST_PROJECTS} projects: name fewer, or join some in one file"
        )
        raise WorkLimitError(msg)
    bits = np.arange(2**n_projects)[:, np.newaxis] >> np.arange(n_projects)
    return np.asarray(bits & 1, dtype=np.bool_)


def shapley_shares(effects: ArrayLike) -> NDArray[np.float64]:
    """Return the Shapley share of each project in the joint effect.

    Parameters
    ----------
    effects
        Effect of each subset, in any unit; float64[2 ** projects].

    Returns
    -------
    float64[projects]
        They add up to the effect of all projects less that of none.

    References
    ----------
    Shapley (1953), A value for n-person games: the mean, over every order in which the projects
    may be built, of what each adds to those built before it.
    """
    values, members = _checked(effects)
    n = members.shape[1]
    size = members.sum(axis=1)
    orders = np.array([math.factorial(k) * math.factorial(n - k - 1) for k in range(n)], float)
    shares = np.empty(n)
    for project in range(n):
        without = np.flatnonzero(~members[:, project])
        added = values[without | (1 << project)] - values[without]
        shares[project] = math.fsum(orders[size[without]] / math.factorial(n) * added)
    return shares


def alone(effects: ArrayLike) -> NDArray[np.float64]:
    """Return the effect of each project when it is the only one; float64[projects]."""
    values, members = _checked(effects)
    return np.array([values[1 << project] - values[0] for project in range(members.shape[1])])


def last(effects: ArrayLike) -> NDArray[np.float64]:
    """Return what each project adds when all others are there already; float64[projects]."""
    values, members = _checked(effects)
    every = len(values) - 1
    return np.array(
        [values[every] - values[every ^ (1 << project)] for project in range(members.shape[1])]
    )


def pair_interactions(effects: ArrayLike) -> NDArray[np.float64]:
    """Return what two projects bring together beyond what each brings alone.

    Above 0 they help each other, below 0 one stands in for the other.

    Returns
    -------
    float64[projects, projects]
        Symmetric, 0 on the diagonal.
    """
    values, members = _checked(effects)
    n = members.shape[1]
    single = alone(values)
    found = np.zeros((n, n))
    for a in range(n):
        for b in range(a):
            both = values[(1 << a) | (1 << b)] - values[0]
            found[a, b] = found[b, a] = both - single[a] - single[b]
    return found


def _checked(effects: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the effects, one for each subset, and the subsets."""
    values = np.asarray(effects, dtype=np.float64)
    n = max(len(values), 1).bit_length() - 1
    if values.ndim != 1 or len(values) != 2**n or not np.isfinite(values).all():
        msg = f"expected a finite effect for each of 2 ** n subsets, got {len(values)} values"
        raise UsageError(msg)
    return values, subset_members(n)
