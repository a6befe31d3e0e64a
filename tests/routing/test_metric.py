"""Every query on thousands of random multigraphs against SciPy, and the corners one by one."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from geo.errors import GraphError, UnreachableError
from geo.routing import Graph, Hierarchy
from tests.routing.oracle import (
    INF,
    all_costs,
    check_path,
    grid,
    random_graph,
    seeds,
    small_cases,
    weights_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.routing import Metric


def metric_of(n_nodes: int, arcs: list[tuple[int, int]], weights: list[float]) -> Metric:
    """Return a small graph, weighted."""
    ends = np.array(arcs, np.int64).reshape(-1, 2)
    return Hierarchy.of(Graph(n_nodes, ends[:, 0], ends[:, 1])).customized(weights)


def check_pairs(metric: Metric, truth: NDArray[np.float64]) -> None:
    """Compare what is asked of pairs, one by one and all at once."""
    graph, weights = metric.graph, metric.weights
    sources, targets = (ends.ravel() for ends in np.indices(truth.shape))
    paths = metric.paths(sources, targets, threads=1)
    np.testing.assert_allclose(paths.cost, truth.ravel(), rtol=1e-9)
    assert len(paths) == truth.size
    sums = paths.sums(weights)
    assert np.isnan(sums[np.isinf(paths.cost)]).all()
    for pair in range(0, len(paths), 1 + len(paths) // 20):
        source, target = int(sources[pair]), int(targets[pair])
        assert metric.cost(source, target) == paths.cost[pair]
        if np.isinf(paths.cost[pair]):
            assert not len(paths[pair])
            with pytest.raises(UnreachableError, match=f"node {target} "):
                metric.path(source, target)
            continue
        path = metric.path(source, target)
        check_path(graph, weights, path, (source, target), paths.cost[pair])
        assert paths[pair].tolist() == path.tolist()
        assert isclose(sums[pair, 0], truth[source, target], rel_tol=1e-9)


def check_tables(metric: Metric, truth: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Compare tables: of some nodes, in any order and with repetition, and of all."""
    n_nodes = metric.graph.n_nodes
    some, others = rng.integers(0, n_nodes, 11), rng.integers(0, n_nodes, 5)
    np.testing.assert_allclose(metric.costs(some, others), truth[np.ix_(some, others)], rtol=1e-9)
    np.testing.assert_allclose(metric.costs_to_all(some), truth[some], rtol=1e-9)


def check_trees(metric: Metric, truth: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Compare the trees from and to a node: their costs, their paths, their last arcs."""
    graph, weights = metric.graph, metric.weights
    root = int(rng.integers(0, graph.n_nodes))
    for tree, costs in (
        (metric.tree(source=root), truth[root]),
        (metric.tree(target=root), truth[:, root]),
    ):
        np.testing.assert_allclose(tree.cost, costs, rtol=1e-9)
        for node in range(0, graph.n_nodes, 1 + graph.n_nodes // 8):
            if np.isinf(tree.cost[node]):
                assert tree.arc_before[node] == -1
                continue
            ends = (node, root) if tree.backward else (root, node)
            check_path(graph, weights, tree.path(node), ends, costs[node])
            steps, at = [], node
            while tree.arc_before[at] >= 0:
                steps.append(int(tree.arc_before[at]))
                at = int((graph.head if tree.backward else graph.tail)[steps[-1]])
            ordered = steps if tree.backward else steps[::-1]
            check_path(graph, weights, np.array(ordered, np.int64), ends, costs[node])


def check_labels(metric: Metric, truth: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Compare a search from many nodes, each with a head start."""
    graph, weights = metric.graph, metric.weights
    labels = weights_for(rng, graph.n_nodes)
    tree = metric.tree(labels=labels)
    costs = (labels[:, np.newaxis] + truth).min(axis=0)
    np.testing.assert_allclose(tree.cost, costs, rtol=1e-9)
    for node in np.flatnonzero(np.isfinite(costs))[:8]:
        path = tree.path(int(node))
        root = int(graph.tail[path[0]]) if len(path) else int(node)
        check_path(graph, weights, path, (root, int(node)), weights[path].sum())
        assert isclose(labels[root] + weights[path].sum(), costs[node], rel_tol=1e-9)


def check_everything(graph: Graph, weights: NDArray[np.float64], rng: np.random.Generator) -> None:
    """Compare every query with SciPy."""
    metric, truth = Hierarchy.of(graph).customized(weights), all_costs(graph, weights)
    check_pairs(metric, truth)
    check_tables(metric, truth, rng)
    check_trees(metric, truth, rng)
    check_labels(metric, truth, rng)


@settings(max_examples=300)
@given(small_cases(), seeds)
def test_every_query_on_small_graphs(case: tuple[Graph, NDArray[np.float64]], seed: int) -> None:
    check_everything(*case, np.random.default_rng(seed))


@settings(max_examples=1500)
@given(seeds)
def test_every_query_on_larger_graphs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng)
    check_everything(graph, weights_for(rng, graph.n_arcs), rng)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_change_nothing(threads: int) -> None:
    rng = np.random.default_rng(7)
    size = 1500
    ring = np.arange(size)
    chords = rng.integers(0, size, (2, 800))
    graph = Graph(size, np.append(ring, chords[0]), np.append((ring + 1) % size, chords[1]))
    weights = weights_for(rng, graph.n_arcs)
    metric, truth = (
        Hierarchy.of(graph).customized(weights, threads=threads),
        all_costs(graph, weights),
    )
    everywhere = np.arange(size)
    np.testing.assert_allclose(metric.costs(everywhere, everywhere, threads=threads), truth)
    some, others = rng.integers(0, size, 200), rng.integers(0, size, 200)
    np.testing.assert_allclose(metric.costs_to_all(some, threads=threads), truth[some], rtol=1e-9)
    paths = metric.paths(some, others, threads=threads)
    np.testing.assert_allclose(paths.cost, truth[some, others], rtol=1e-9)
    for pair in np.flatnonzero(np.isfinite(paths.cost)):
        ends = (int(some[pair]), int(others[pair]))
        check_path(graph, weights, paths[int(pair)], ends, truth[ends])


def test_of_parallel_arcs_the_cheapest_is_taken_and_of_equals_the_first() -> None:
    metric = metric_of(2, [(0, 1)] * 4, [3.0, 1.0, 2.0, 1.0])
    assert metric.cost(0, 1) == 1
    assert metric.path(0, 1).tolist() == [1]
    assert metric.tree(source=0).path(1).tolist() == [1]


def test_arcs_that_cost_nothing_are_arcs() -> None:
    metric = metric_of(3, [(0, 1), (1, 2), (0, 2)], [0.0, 0.0, 5.0])
    assert metric.tree(source=0).cost.tolist() == [0, 0, 0]
    assert metric.path(0, 2).tolist() == [0, 1]


def test_a_ring_that_costs_nothing_is_not_gone_round() -> None:
    metric = metric_of(3, [(0, 1), (1, 2), (2, 1), (1, 0)], [0.0] * 4)
    assert metric.tree(source=0).arc_before.tolist() == [-1, 0, 1]
    assert metric.tree(target=0).arc_before.tolist() == [-1, 3, 2]


def test_a_large_graph_that_costs_nothing_is_crossed_without_going_round() -> None:
    east_south = grid(40)
    ends = east_south.tail, east_south.head
    both_ways = Graph(1600, np.concatenate(ends), np.concatenate(ends[::-1]))
    metric = Hierarchy.of(both_ways).customized(np.zeros(both_ways.n_arcs))
    for source, target in ((0, 1599), (39, 1560), (820, 3)):
        path = metric.path(source, target)
        check_path(both_ways, metric.weights, path, (source, target), 0.0)
        assert len(path) < 1600


def test_closed_arcs_and_one_way_arcs() -> None:
    metric = metric_of(3, [(0, 1), (1, 2)], [1.0, INF])
    tree = metric.tree(source=0)
    assert tree.cost.tolist() == [0, 1, INF]
    assert metric.cost(1, 0) == INF
    with pytest.raises(UnreachableError, match="node 2 cannot be reached") as caught:
        tree.path(2)
    assert isinstance(caught.value, LookupError)


def test_a_way_from_a_node_to_itself_is_empty_and_loops_are_ignored() -> None:
    metric = metric_of(2, [(0, 0), (0, 1), (1, 0)], [0.0, 1.0, 1.0])
    assert metric.cost(0, 0) == 0
    assert metric.path(0, 0).tolist() == []
    assert metric.tree(source=1).path(1).tolist() == []


def test_a_single_node() -> None:
    metric = metric_of(1, [(0, 0)], [3.0])
    assert metric.costs([0], [0]).tolist() == [[0.0]]
    assert metric.costs_to_all([0]).tolist() == [[0.0]]
    assert metric.tree(source=0).arc_before.tolist() == [-1]


def test_no_nodes_and_no_arcs() -> None:
    nothing = metric_of(0, [], [])
    assert nothing.costs([], []).shape == (0, 0)
    assert nothing.tree(labels=[]).cost.shape == (0,)
    apart = metric_of(3, [], [])
    assert apart.costs([0, 1], [0, 2]).tolist() == [[0, INF], [INF, INF]]
    assert len(apart.paths([], [])) == 0


def test_a_source_may_be_entered_from_a_better_one() -> None:
    tree = metric_of(3, [(0, 1), (1, 2)], [1.0, 1.0]).tree(labels=[0.0, 5.0, INF])
    assert tree.cost.tolist() == [0, 1, 2]
    assert tree.path(2).tolist() == [0, 1]
    assert tree.arc_before.tolist() == [-1, 0, 1]


def test_no_label_reaches_nothing() -> None:
    tree = metric_of(2, [(0, 1)], [1.0]).tree(labels=[INF, INF])
    assert tree.cost.tolist() == [INF, INF]


def test_neither_hierarchy_nor_weights_are_changed() -> None:
    graph = Graph(2, np.array([0, 0]), np.array([1, 1]))
    hierarchy, weights = Hierarchy.of(graph), np.array([2.0, INF])
    first = hierarchy.customized(weights)
    second = hierarchy.customized([7.0, 1.0])
    assert first.cost(0, 1) == 2
    assert second.cost(0, 1) == 1
    assert weights.tolist() == [2, INF]
    weights[0] = 99.0
    assert first.weights.tolist() == [2, INF]
    with pytest.raises(ValueError, match="read-only"):
        first.tree(source=0).cost[0] = 1.0


@pytest.mark.parametrize("node", [-1, 2])
def test_nodes_that_are_not_there(node: int) -> None:
    metric = metric_of(2, [(0, 1)], [1.0])
    one: tuple[Callable[[], object], ...] = (
        lambda: metric.cost(node, 0),
        lambda: metric.path(0, node),
        lambda: metric.tree(source=node),
        lambda: metric.tree(target=node),
        lambda: metric.tree(source=0).path(node),
    )
    for ask in one:
        with pytest.raises(GraphError, match=f"no node {node}: the graph has 2 nodes"):
            ask()
    many: tuple[Callable[[], object], ...] = (
        lambda: metric.costs([0, node], [0]),
        lambda: metric.paths([0, node], [0, 0]),
        lambda: metric.costs_to_all([0, node]),
    )
    for ask in many:
        with pytest.raises(GraphError, match=rf"sources\[1\] is node {node}: the graph has 2"):
            ask()
    with pytest.raises(GraphError, match=r"targets\[0\] is node"):
        metric.costs([0], [node])


def test_nodes_that_are_no_numbers() -> None:
    metric = metric_of(2, [(0, 1)], [1.0])
    with pytest.raises(GraphError, match=r"whole number, not 0\.5"):
        metric.cost(0.5, 1)  # type: ignore[arg-type]
    with pytest.raises(GraphError, match="whole number, not True"):
        metric.tree(source=True)
    with pytest.raises(GraphError, match="sources are float64, not whole numbers"):
        metric.costs([0.5], [1])
    with pytest.raises(GraphError, match=r"targets have the shape \(1, 1\)"):
        metric.costs([0], [[1]])
    with pytest.raises(GraphError, match="2 sources do not match 1 targets"):
        metric.paths([0, 1], [0])


def test_bad_weights_and_labels() -> None:
    hierarchy = Hierarchy.of(Graph(2, np.array([0]), np.array([1])))
    with pytest.raises(GraphError, match="arc 0 is nan"):
        hierarchy.customized([np.nan])
    with pytest.raises(GraphError, match="arc 0 is -1"):
        hierarchy.customized([-1.0])
    metric = hierarchy.customized([1.0])
    with pytest.raises(GraphError, match="node 1 is -1"):
        metric.tree(labels=[0.0, -1.0])
    with pytest.raises(GraphError, match="one per node"):
        metric.tree(labels=[0.0])


def test_one_of_source_labels_and_target() -> None:
    metric = metric_of(2, [(0, 1)], [1.0])
    with pytest.raises(TypeError, match="just one"):
        metric.tree()
    with pytest.raises(TypeError, match="just one"):
        metric.tree(source=0, target=1)
