"""Batches of weight vectors: every way to give them, against SciPy and against one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_array

from geo.errors import GraphError
from geo.routing import ClosedInTurn, Graph, Hierarchy, Products, costs_batch, sums_batch
from tests.routing.oracle import INF, all_costs, random_graph, seeds, weights_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE = Hierarchy.of(Graph(3, np.array([0, 1, 0]), np.array([1, 2, 2])))


def truth_of(
    graph: Graph,
    vectors: NDArray[np.float64],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return SciPy's costs, one vector after the other."""
    rows = np.ix_(sources, targets)
    return np.array([all_costs(graph, weights)[rows] for weights in vectors])


@settings(max_examples=250)
@given(seeds)
def test_vectors_as_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, most=25)
    hierarchy = Hierarchy.of(graph)
    vectors = np.array([weights_for(rng, graph.n_arcs) for _ in range(rng.integers(1, 20))])
    sources, targets = rng.integers(0, graph.n_nodes, 4), rng.integers(0, graph.n_nodes, 3)
    truth = truth_of(graph, vectors, sources, targets)
    costs = costs_batch(hierarchy, vectors, sources, targets)
    np.testing.assert_allclose(costs, truth, rtol=1e-9)
    # The weights of the vector itself, summed along its paths, are its costs.
    again, sums = sums_batch(hierarchy, vectors, sources, targets, vectors.T)
    np.testing.assert_allclose(again, truth, rtol=1e-9)
    for number, (of_vector, cost) in enumerate(zip(sums, truth, strict=True)):
        reached = np.isfinite(cost)
        np.testing.assert_allclose(of_vector[reached, number], cost[reached], rtol=1e-9)
        assert np.isnan(of_vector[~reached]).all()


@settings(max_examples=150)
@given(seeds)
def test_products_as_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, most=25)
    n_vectors, n_items = int(rng.integers(1, 20)), 5
    dense = rng.exponential(1.0, (graph.n_arcs, n_items))
    dense[rng.random(dense.shape) < 0.5] = 0.0
    prices = rng.exponential(1.0, (n_vectors, n_items))
    shape = (n_vectors, graph.n_arcs) if rng.random() < 0.5 else (graph.n_arcs,)
    closed = rng.random(shape) < 0.2
    vectors = np.where(closed, INF, prices @ dense.T)
    nodes = np.arange(graph.n_nodes)[:6]
    costs = costs_batch(
        Hierarchy.of(graph), Products(csr_array(dense), prices, closed=closed), nodes, nodes
    )
    np.testing.assert_allclose(costs, truth_of(graph, vectors, nodes, nodes), rtol=1e-9)


@settings(max_examples=100)
@given(seeds)
def test_arcs_closed_in_turn_as_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, most=25)
    weights = weights_for(rng, graph.n_arcs)
    groups = [np.flatnonzero(rng.random(graph.n_arcs) < 0.2) for _ in range(11)]
    vectors = np.tile(weights, (11, 1))
    for vector, group in zip(vectors, groups, strict=True):
        vector[group] = INF
    nodes = np.arange(graph.n_nodes)[:6]
    costs = costs_batch(Hierarchy.of(graph), ClosedInTurn(weights, groups), nodes, nodes)
    np.testing.assert_allclose(costs, truth_of(graph, vectors, nodes, nodes), rtol=1e-9)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing_and_progress_counts_up(threads: int) -> None:
    rng = np.random.default_rng(3)
    graph = random_graph(rng, most=200)
    hierarchy = Hierarchy.of(graph)
    vectors = rng.exponential(1.0, (37, graph.n_arcs))
    nodes = rng.integers(0, graph.n_nodes, 4)
    told: list[tuple[int, int]] = []
    costs = costs_batch(
        hierarchy,
        vectors,
        nodes,
        nodes,
        threads=threads,
        progress=lambda done, total: told.append((done, total)),
    )
    for vector, cost in zip(vectors, costs, strict=True):
        alone = hierarchy.customized(vector).costs(nodes, nodes)
        np.testing.assert_allclose(cost, alone, rtol=1e-12)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (37, 37)


def test_no_vectors_no_sources_no_targets() -> None:
    assert costs_batch(LINE, np.empty((0, 3)), [0], [1, 2]).shape == (0, 1, 2)
    assert costs_batch(LINE, np.ones((2, 3)), [], [1]).shape == (2, 0, 1)
    costs, sums = sums_batch(LINE, np.ones((2, 3)), [0], [], np.ones((3, 4)))
    assert costs.shape == (2, 1, 0)
    assert sums.shape == (2, 1, 0, 4)


def test_vectors_are_checked_and_named() -> None:
    vectors = np.ones((11, 3))
    vectors[9, 2] = np.nan
    with pytest.raises(GraphError, match="arc 2 in vector 9 is nan, not a number >= 0"):
        costs_batch(LINE, vectors, [0], [1])
    vectors[9, 2], vectors[3, 1] = 1.0, -2.0
    with pytest.raises(GraphError, match=r"arc 1 in vector 3 is -2\.0"):
        sums_batch(LINE, vectors, [0], [1], np.ones(3))
    # Of several the first vector, and there the first arc, whatever their order in the hierarchy.
    vectors[1, [0, 2]], vectors[2, 0] = np.nan, np.nan
    with pytest.raises(GraphError, match="arc 0 in vector 1 is nan"):
        costs_batch(LINE, vectors, [0], [1])
    with pytest.raises(GraphError, match="complex"):
        costs_batch(LINE, np.ones((2, 3)) * 1j, [0], [1])


def test_products_are_checked_and_named() -> None:
    quantities = csr_array(np.eye(3))
    prices = np.ones((9, 3))
    prices[8, 0] = np.nan
    with pytest.raises(GraphError, match="arc 0 in vector 8 is nan"):
        costs_batch(LINE, Products(quantities, prices), [0], [1])
    with pytest.raises(GraphError, match=r"prices have the shape \(3,\), not \(vectors, 3\)"):
        Products(quantities, np.ones(3))
    with pytest.raises(GraphError, match=r"closed has the shape \(2,\)"):
        Products(quantities, np.ones((1, 3)), closed=[True, False])
    with pytest.raises(GraphError, match="closed holds int64, not truth values"):
        Products(quantities, np.ones((1, 3)), closed=np.array([0, 2, 1]))
    with pytest.raises(GraphError, match="the prices are not numbers"):
        Products(quantities, [["a", "b", "c"]])
    with pytest.raises(GraphError, match=r"closed has the shape \(2, 3\)"):
        Products(quantities, np.ones((4, 3)), closed=np.zeros((2, 3)))


def test_closures_are_checked_and_named() -> None:
    with pytest.raises(GraphError, match="case 1: there is no arc 3: the graph has 3 arcs"):
        ClosedInTurn(np.ones(3), [[0], [1, 3]])
    with pytest.raises(GraphError, match="arc 1 is nan"):
        ClosedInTurn([1.0, np.nan], [[0]])
    for marks in ([False, True, False], [0.5]):
        with pytest.raises(GraphError, match="case 1: a group of arcs is a list of whole numbers"):
            ClosedInTurn(np.ones(3), [[], marks])


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.ones(3), r"shape \(3,\), not \(vectors, 3\)"),
        (np.ones((2, 4)), "vectors have 4 weights, but there are 3 arcs"),
        (ClosedInTurn(np.ones(2), [[0]]), "vectors have 2 weights, but there are 3 arcs"),
        ([["a", "b", "c"]], "not numbers"),
    ],
)
def test_vectors_of_the_wrong_shape(vectors: object, message: str) -> None:
    with pytest.raises(GraphError, match=message):
        costs_batch(LINE, vectors, [0], [1])  # type: ignore[arg-type]


def test_nodes_and_quantities_are_checked() -> None:
    with pytest.raises(GraphError, match=r"sources\[0\] is node 3: the graph has 3 nodes"):
        costs_batch(LINE, np.ones((1, 3)), [3], [1])
    with pytest.raises(GraphError, match="quantities are of 2 arcs, but there are 3"):
        sums_batch(LINE, np.ones((1, 3)), [0], [1], np.ones(2))
    with pytest.raises(GraphError, match=r"quantities have the shape \(3, 1, 1\)"):
        sums_batch(LINE, np.ones((1, 3)), [0], [1], np.ones((3, 1, 1)))
    with pytest.raises(GraphError, match="quantities are not numbers"):
        sums_batch(LINE, np.ones((1, 3)), [0], [1], ["a", "b", "c"])
