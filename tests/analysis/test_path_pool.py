"""Routes chosen anew in every draw, against SciPy and against the study's own routes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.analysis.draws import Sampling, random_block
from geo.analysis.pairs import Pairs
from geo.analysis.path_pool import choose
from geo.analysis.sweep_problem import Problem
from tests import worlds
from tests.small import small_study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.analysis.unknowns import Drawn


def drawn_of(problem: Problem, draws: int) -> Drawn:
    names = problem.variables
    numbers = random_block(Sampling.plain, seed=5, block=0, variables=len(names))[:draws]
    return problem.worlds[0].unknowns.drawn(numbers, names)


def test_the_choice_costs_what_scipy_finds(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    pairs = Pairs.of(study, ["alpha", "isle"], ["beta", "gamma", "delta", "alpha"])
    found = Problem.of([study], pairs, modes=("rail", "sea", "road"))
    # What is reported leaves out the preference for known lines, so it is switched off here.
    problem = replace(found, steering=np.ones(len(found.tail)))
    drawn = drawn_of(problem, 40)
    [way] = problem.worlds[0].ways
    chosen = choose(problem, way, drawn)
    price = drawn.objective("generalised")
    routes = set()
    for draw in range(len(drawn)):
        weights = problem.quantities @ price[draw]
        weights[way.closed[0]] = np.inf
        truth = _costs(problem, weights)
        apart = pairs.apart
        np.testing.assert_allclose(chosen.generalised_usd[draw][apart], truth[apart])
        assert np.isnan(chosen.usd[draw][~apart]).all()
        routes.add(int(chosen.route[draw, 0, 2]))
    # The lorry and the train beat one another, so the choice was really made anew.
    assert len(routes) > 1


def _costs(problem: Problem, weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - float64[sources, targets]
    size = problem.n_nodes
    dense = np.full((size, size), np.inf)
    np.minimum.at(dense, (problem.tail, problem.head), weights)
    kept = np.isfinite(dense)
    graph = csr_array((np.maximum(dense[kept], 1e-12), np.nonzero(kept)), shape=(size, size))
    return dijkstra(graph, indices=problem.sources)[:, problem.targets]


@pytest.mark.parametrize("corridor", ["best", "by-train", "by-sea"])
def test_at_the_base_it_is_the_studys_route(tmp_path: Path, corridor: str) -> None:
    study = small_study(tmp_path)
    pairs = Pairs.of(study, ["alpha"], ["delta", "isle"])
    problem = Problem.of([study], pairs, corridors=[corridor])
    numbers = np.full((9, len(problem.variables)), np.nan)
    drawn = problem.worlds[0].unknowns.drawn(numbers, problem.variables)
    chosen = choose(problem, problem.worlds[0].ways[0], drawn)
    outcomes = study.routes(["alpha"], ["delta", "isle"], corridors=[corridor])
    for at, outcome in enumerate(outcomes):
        if outcome.route is None:
            assert np.isnan(chosen.usd[:, 0, at]).all()
            continue
        assert chosen.usd[:, 0, at] == pytest.approx(outcome.route.usd_per_feu)
        assert chosen.hours[:, 0, at] == pytest.approx(outcome.route.hours)
        assert chosen.kg_co2[:, 0, at] == pytest.approx(outcome.route.kg_co2_per_feu)


@pytest.mark.parametrize("corridor", ["best", "tkr-tcr", "sea-suez"])
def test_in_the_real_network_too(corridor: str) -> None:
    study = worlds.study("reopened")
    ends = ["moscow", "rotterdam"]
    problem = Problem.of([study], Pairs.of(study, ["busan"], ends), corridors=[corridor])
    numbers = np.full((1, len(problem.variables)), np.nan)
    drawn = problem.worlds[0].unknowns.drawn(numbers, problem.variables)
    chosen = choose(problem, problem.worlds[0].ways[0], drawn)
    for at, outcome in enumerate(study.routes(["busan"], ends, corridors=[corridor])):
        route = outcome.route
        usd = np.nan if route is None else route.usd_per_feu
        assert chosen.usd[0, 0, at] == pytest.approx(usd, nan_ok=True)
    mode = chosen.routes[chosen.route[0, 0, 1]][1]
    assert mode == {"tkr-tcr": "rail", "sea-suez": "sea"}.get(corridor, mode)
