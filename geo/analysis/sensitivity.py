"""Sensitivity: which unknowns a cost hangs on, one at a time, and together by Sobol's indices.

Routes are chosen anew for every value, so a dear port is left for another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.analysis.draws import BLOCK
from geo.analysis.pairs import Pairs
from geo.analysis.path_pool import choose
from geo.analysis.sweep_problem import Problem
from geo.analysis.sweep_summary import MEASURES
from geo.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from geo.study import Study

__all__ = ["sobol_indices", "tornado"]

_LOW, _HIGH = 0.05, 0.95
_NEAR_0_OR_1: Final = 2.0**-40


def tornado(
    study: Study,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    corridor: str = "best",
    modes: Sequence[str] | None = None,
    measure: str = "generalised_usd",
) -> pd.DataFrame:
    """Move one unknown at a time from its P5 to its P95, the others at their base.

    Parameters
    ----------
    study : Study
    origins, destinations : sequence of str
    corridor : str
    modes : sequence of str, optional
    measure : str
        ``usd``, ``hours``, ``kg_co2`` or ``generalised_usd``.

    Returns
    -------
    DataFrame
        A row for each pair and variable: ``at_base``, ``at_p5``, ``at_p95`` and ``swing``, the
        distance between the latter two, in the unit of the measure; the largest swing first.

    Raises
    ------
    DataError, UsageError, UnknownNameError
        As `geo.analysis.sweep.sweep`.
    """
    problem = _problem(study, origins, destinations, corridor, modes, measure)
    names = problem.variables
    numbers = np.full((1 + 2 * len(names), len(names)), np.nan)
    for column in range(len(names)):
        numbers[1 + 2 * column, column] = _LOW
        numbers[2 + 2 * column, column] = _HIGH
    values = _values(problem, numbers, measure)
    rows = []
    for start, origin in enumerate(problem.origins):
        for end, destination in enumerate(problem.destinations):
            mine = values[:, start, end]
            frame = pd.DataFrame(
                {
                    "origin": origin,
                    "destination": destination,
                    "variable": names,
                    "at_base": float(mine[0]),
                    "at_p5": mine[1::2],
                    "at_p95": mine[2::2],
                    "swing": np.abs(mine[2::2] - mine[1::2]),
                }
            )
            rows.append(frame.sort_values("swing", ascending=False, kind="stable"))
    return pd.concat(rows, ignore_index=True)


def sobol_indices(  # noqa: PLR0913 - a question has as many parts
    study: Study,
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    corridor: str = "best",
    modes: Sequence[str] | None = None,
    measure: str = "generalised_usd",
    variables: int = 10,
    samples: int = 256,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return what share of the variance of a cost comes from each unknown.

    Parameters
    ----------
    study : Study
    origins, destinations : sequence of str
    corridor : str
    modes : sequence of str, optional
    measure : str
    variables : int
        How many unknowns: those that swing the most one at a time, mean over pairs; the others
        keep their base.
    samples : int
        A power of two; each costs (variables + 2) draws.
    seed : int
    progress : callable, optional
        Called with (draws done, all draws).

    Returns
    -------
    DataFrame
        A row for each pair and variable: ``first`` (alone) and ``total`` (with its interactions),
        each with the half-width of its 95 % interval (``_conf``), and ``variance`` of the pair.

    Raises
    ------
    MissingExtraError
        If SALib is not installed.
    DataError, UsageError, UnknownNameError
        As `geo.analysis.sweep.sweep`.

    Notes
    -----
    Saltelli and others (2010), Computer Physics Communications 181; Sobol (2001), Mathematics and
    Computers in Simulation 55; as in SALib (Iwanaga and others 2022).
    """
    try:
        from SALib.analyze import sobol as analysis
        from SALib.sample import sobol as sampling
    except ImportError as error:
        msg = "Sobol's indices need the extra `sensitivity`: pip install 'crescent[sensitivity]'"
        raise MissingExtraError(msg) from error
    if samples < 2 or samples & (samples - 1):
        msg = f"Sobol's indices need a power of two as the number of samples, not {samples}"
        raise UsageError(msg)
    swings = tornado(study, origins, destinations, corridor=corridor, modes=modes, measure=measure)
    means = swings.groupby("variable")["swing"].mean()
    names = list(means[means > 0].sort_values(ascending=False, kind="stable").index[:variables])
    if not names:
        msg = "nothing that is unknown moves the cost of these pairs"
        raise UsageError(msg)
    problem = _problem(study, origins, destinations, corridor, modes, measure)
    asked = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sampling.sample(asked, samples, calc_second_order=False, seed=seed)
    numbers = np.full((len(points), len(problem.variables)), np.nan)
    numbers[:, [problem.variables.index(name) for name in names]] = np.clip(
        points, _NEAR_0_OR_1, 1 - _NEAR_0_OR_1
    )
    values = _values(problem, numbers, measure, progress)
    rows: list[dict[str, Any]] = []
    for start, origin in enumerate(problem.origins):
        for end, destination in enumerate(problem.destinations):
            costs = values[:, start, end]
            if not np.isfinite(costs).all() or not costs.std():
                continue
            found = analysis.analyze(
                asked, costs, calc_second_order=False, seed=seed, print_to_console=False
            )
            rows += [
                {
                    "origin": origin,
                    "destination": destination,
                    "variable": name,
                    "first": float(found["S1"][at]),
                    "first_conf": float(found["S1_conf"][at]),
                    "total": float(found["ST"][at]),
                    "total_conf": float(found["ST_conf"][at]),
                    "variance": float(costs.var()),
                }
                for at, name in enumerate(names)
            ]
    frame = pd.DataFrame(rows)
    keys = ["origin", "destination"]
    return frame.sort_values([*keys, "total"], ascending=[True, True, False], ignore_index=True)


def _problem(
    study: Study,
    origins: Sequence[str],
    destinations: Sequence[str],
    corridor: str,
    modes: Sequence[str] | None,
    measure: str,
) -> Problem:
    """Lay out the one state of the world that is asked about."""
    if measure not in MEASURES:
        msg = f"unknown measure {measure!r}; one of {', '.join(MEASURES)}"
        raise UsageError(msg)
    pairs = Pairs.of(study, origins, destinations)
    return Problem.of([study], pairs, corridors=[corridor], modes=modes)


def _values(
    problem: Problem,
    numbers: NDArray[np.float64],
    measure: str,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.float64]:
    """Return a measure of the chosen routes; float64[rows, origins, destinations]."""
    world = problem.worlds[0]
    found = []
    for first in range(0, len(numbers), BLOCK):
        some = numbers[first : first + BLOCK]
        drawn = world.unknowns.drawn(some, problem.variables)
        found.append(getattr(choose(problem, world.ways[0], drawn), measure))
        if progress is not None:
            progress(first + len(some), len(numbers))
    return np.concatenate(found)
