"""Fronts against brute force over every path, and the promise of completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError, UsageError, WorkLimitError
from geo.routing.pareto import pareto_front
from tests.routing.drawn import (
    INF,
    check_path,
    graph_of,
    graphs,
    metrics_of,
    peer_of,
    weights_for,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.routing.graph import Graph
    from geo.routing.metric import Metric
    from geo.routing.pareto import Front

WHOLE = st.one_of(st.integers(0, 9).map(float), st.just(INF))
"""Whole numbers, so that sums are exact."""
LOOSE = st.one_of(st.just(0.0), st.floats(0.1, 100))


def all_costs(graph: Graph, vectors: list[list[float]], ends: tuple[int, int]) -> list[list[float]]:
    """Return the costs of every loopless path over arcs open by each criterion."""
    weights = np.array(vectors).T.reshape(graph.n_arcs, len(vectors))
    if ends[0] == ends[1]:
        return [[0.0] * len(vectors)]
    peer = peer_of(graph, weights.max(axis=1) if len(weights) else [])
    paths: list[list[Any]] = list(nx.all_simple_paths(peer, *ends))
    # Every second node of the peer is an arc: ("arc", number).
    return [weights[[step[1] for step in path[1::2]]].sum(axis=0).tolist() for path in paths]


def front_of(points: list[list[float]]) -> list[list[float]]:
    """Return the points that no other equals or beats."""
    unique = sorted({tuple(point) for point in points})
    return [
        list(point)
        for point in unique
        if not any(
            other != point and all(a <= b for a, b in zip(other, point, strict=True))
            for other in unique
        )
    ]


@st.composite
def questions(
    draw: st.DrawFn, each: st.SearchStrategy[float], most_arcs: int
) -> tuple[Graph, list[list[float]], tuple[int, int]]:
    graph = draw(graphs(most_nodes=7, most_arcs=most_arcs))
    vectors = [draw(weights_for(graph, each)) for _ in range(draw(st.integers(2, 3)))]
    node = st.integers(0, graph.n_nodes - 1)
    return graph, vectors, (draw(node), draw(node))


def check_front(front: Front, graph: Graph, metrics: list[Metric], ends: tuple[int, int]) -> None:
    """Check that the paths are paths, that they cost what is said, and that none beats another."""
    for path, cost in zip(front.paths, front.costs, strict=True):
        check_path(graph, path, *ends)
        assert [float(metric.weights[path].sum()) for metric in metrics] == pytest.approx(cost)
    assert len(front_of(front.costs.tolist())) == len(front.paths)
    assert front.costs[:, 0].tolist() == sorted(front.costs[:, 0].tolist())


@settings(max_examples=300)
@given(questions(WHOLE, 20))
def test_the_exact_front_is_that_of_brute_force(
    case: tuple[Graph, list[list[float]], tuple[int, int]],
) -> None:
    graph, vectors, ends = case
    metrics = metrics_of(graph, vectors)
    front = pareto_front(metrics, source=ends[0], target=ends[1], tolerance=0)
    check_front(front, graph, metrics, ends)
    assert front.costs.tolist() == front_of(all_costs(graph, vectors, ends))


@settings(max_examples=300)
@given(questions(LOOSE, 30), st.sampled_from([1e-3, 0.05, 0.3, 1.0]))
def test_every_path_is_covered_within_the_tolerance(
    case: tuple[Graph, list[list[float]], tuple[int, int]], tolerance: float
) -> None:
    graph, vectors, ends = case
    metrics = metrics_of(graph, vectors)
    front = pareto_front(metrics, source=ends[0], target=ends[1], tolerance=tolerance)
    check_front(front, graph, metrics, ends)
    for point in all_costs(graph, vectors, ends):
        enough = (1 + tolerance) * np.array(point) * (1 + 1e-9)
        assert (front.costs <= enough).all(axis=1).any()


def diamonds(steps: int) -> tuple[Graph, NDArray[np.float64]]:
    """Return a chain of steps, each dear in one criterion or in the other.

    Every whole number below 2^steps is what some path costs by the first criterion, and by the
    second it costs the rest: no path beats another.
    """
    graph = graph_of(steps + 1, *((step, step + 1) for step in range(steps) for _ in range(2)))
    power = 2.0 ** np.arange(steps)
    zero = np.zeros(steps)
    return graph, np.array([np.stack((power, zero), 1).ravel(), np.stack((zero, power), 1).ravel()])


def test_an_exact_front_explodes() -> None:
    graph, vectors = diamonds(9)
    front = pareto_front(metrics_of(graph, list(vectors)), source=0, target=9, tolerance=0)
    assert front.costs[:, 0].tolist() == list(range(512))
    assert front.costs.sum(axis=1).tolist() == [511.0] * 512


def test_a_tolerance_keeps_the_front_small_and_complete() -> None:
    steps, tolerance = 20, 0.01
    graph, vectors = diamonds(steps)
    # An offset as by a step that all paths take: costs of nothing cannot be told apart by shares.
    graph = graph_of(
        steps + 2, *zip(graph.tail.tolist(), graph.head.tolist(), strict=True), (steps, steps + 1)
    )
    vectors = np.column_stack((vectors, [2.0**18] * 2))
    front = pareto_front(
        metrics_of(graph, list(vectors)), source=0, target=steps + 1, tolerance=tolerance
    )
    assert len(front.paths) < 2000
    ones = np.arange(2.0**steps) + 2.0**18
    others = 2.0**steps - 1 - np.arange(2.0**steps) + 2.0**18
    # By ascending first criterion the second falls: what covers a point is the last one before.
    at = np.searchsorted(front.costs[:, 0], ones * (1 + tolerance), side="right") - 1
    assert (at >= 0).all()
    assert (front.costs[at, 1] <= others * (1 + tolerance)).all()


def test_ways_that_hardly_differ_do_not_stand_side_by_side() -> None:
    graph = graph_of(2, *((0, 1),) * 5)
    metrics = metrics_of(graph, [[1, 50, 50.002, 99, 99.001], [99, 50.001, 50, 1.001, 1]])
    front = pareto_front(metrics, source=0, target=1)
    # Of the best by one criterion each is kept, of the others one stands for both.
    first, middle, last = front.costs[:, 0].tolist()
    assert (first, last) == (1, 99.001)
    assert middle in {50, 50.002}
    exact = pareto_front(metrics, source=0, target=1, tolerance=0)
    assert len(exact.paths) == 5


def test_a_front_that_is_too_large_is_refused_whole() -> None:
    graph, vectors = diamonds(16)
    with pytest.raises(
        WorkLimitError, match=r"more than 5,000 partial ways .*allow more tolerance"
    ):
        pareto_front(
            metrics_of(graph, list(vectors)), source=0, target=16, tolerance=0, most_labels=5000
        )


def test_what_is_closed_by_one_criterion_is_closed() -> None:
    graph = graph_of(2, (0, 1), (0, 1), (0, 1))
    metrics = metrics_of(graph, [[1, 2, INF], [INF, 2, 1]])
    front = pareto_front(metrics, source=0, target=1)
    assert front.costs.tolist() == [[2, 2]]
    assert len(pareto_front(metrics, source=1, target=0).paths) == 0


def test_what_is_no_question_is_refused() -> None:
    graph = graph_of(2, (0, 1))
    one, two = metrics_of(graph, [[1], [2]])
    (elsewhere,) = metrics_of(graph_of(2, (0, 1)), [[1]])
    with pytest.raises(UsageError, match="two or three criteria, not 1"):
        pareto_front([one], source=0, target=1)
    with pytest.raises(UsageError, match="arcs of one graph"):
        pareto_front([one, elsewhere], source=0, target=1)
    with pytest.raises(UsageError, match="tolerance must be 0 or more"):
        pareto_front([one, two], source=0, target=1, tolerance=-1)
    with pytest.raises(UsageError, match="room for at least one partial path, not 0"):
        pareto_front([one, two], source=0, target=1, most_labels=0)
    with pytest.raises(GraphError, match="there is no node 5"):
        pareto_front([one, two], source=5, target=1)
