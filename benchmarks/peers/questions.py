"""The work items W1 to W5: what is asked of every engine, and how its answers are judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from peers.engine import Engine
    from peers.graphs import BenchGraph

__all__ = ["TITLES", "Questions", "agrees", "truth_of"]

TITLES = {
    "build": "make ready, under the first weights",
    "W1": "one pair with its path (mean of 100 pairs)",
    "W2": "one to all",
    "W3": "200 x 200 costs",
    "W4": "50 weight vectors x 20 x 20 costs, re-weighting included",
    "W5": "400 paths, their km by country",
}
TRUTHS = 6
"""So many questions of each kind are put to SciPy; the rest is compared between engines."""


@dataclass(frozen=True, eq=False)
class Questions:
    """The pairs, sources and targets asked about on one graph; node numbers, int64.

    Parameters
    ----------
    pairs, many_pairs
        Pairs of W1 and W5; int64[pairs, 2].
    origins
        Sources of W2.
    sources, targets
        Ends of the table of W3.
    few_sources, few_targets
        Ends of the tables of W4.
    """

    pairs: NDArray[np.int64]
    many_pairs: NDArray[np.int64]
    origins: NDArray[np.int64]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    few_sources: NDArray[np.int64]
    few_targets: NDArray[np.int64]

    @classmethod
    def of(cls, graph: BenchGraph) -> Questions:
        """Draw the questions for a graph, the same each time."""
        random = np.random.default_rng(7)
        n_nodes = graph.n_nodes
        return cls(
            random.integers(0, n_nodes, (100, 2)),
            random.integers(0, n_nodes, (400, 2)),
            random.integers(0, n_nodes, 10),
            random.choice(n_nodes, 200, replace=False),
            random.choice(n_nodes, 200, replace=False),
            random.choice(n_nodes, 20, replace=False),
            random.choice(n_nodes, 20, replace=False),
        )

    @staticmethod
    def vector(graph: BenchGraph, number: int) -> NDArray[np.uint32]:
        """Draw a weight vector of W4: each arc 0.8 to 1.6 times as dear."""
        factor = np.random.default_rng(1000 + number).uniform(0.8, 1.6, graph.n_arcs)
        return np.maximum(1, np.rint(graph.weight * factor)).astype(np.uint32)


def truth_of(engine: Engine, questions: Questions) -> dict[str, NDArray[Any]]:
    """Answer the first questions of each kind by a trusted engine, one search each."""
    graph = engine.graph
    few = slice(TRUTHS)

    def costs(pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.array([engine.tree(int(a))[b] for a, b in pairs[few]])

    truth: dict[str, NDArray[Any]] = {
        "W1": costs(questions.pairs),
        "W2": engine.tree(int(questions.origins[0])),
        "W3": engine.matrix(questions.sources[few], questions.targets),
        "W5": costs(questions.many_pairs),
    }
    engine.reweigh(questions.vector(graph, 0))
    truth["W4"] = engine.matrix(questions.few_sources[few], questions.few_targets)
    engine.reweigh(graph.weight)
    return truth


def agrees(answer: NDArray[Any], truth: NDArray[Any]) -> bool:
    """Whether answers equal as much of the truth as both cover, digit by digit.

    Costs are whole numbers far below 2 ** 53: floats and integers hold them exactly.
    """
    rows = min(len(answer), len(truth))
    mine = np.asarray(answer[:rows], np.float64)
    return rows > 0 and np.array_equal(mine, np.asarray(truth[:rows], np.float64))
