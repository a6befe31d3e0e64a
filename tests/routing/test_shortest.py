"""Shortest trees against NetworkX on random multigraphs, and the corners one by one."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError, UnreachableError
from geo.routing import Graph, ShortestTree, WeightedGraph, shortest_tree

INF = np.inf
WEIGHTS = st.one_of(st.just(0.0), st.just(INF), st.floats(0, 1e6), st.sampled_from([1.0, 2.0]))


@st.composite
def weighted_graphs(draw: st.DrawFn) -> tuple[Graph, list[float]]:
    n_nodes = draw(st.integers(1, 12))
    node = st.integers(0, n_nodes - 1)
    arcs = draw(st.lists(st.tuples(node, node, WEIGHTS), max_size=40))
    ends = np.array([arc[:2] for arc in arcs], np.int64).reshape(-1, 2)
    return Graph(n_nodes, ends[:, 0], ends[:, 1]), [arc[2] for arc in arcs]


def peer(graph: Graph, weights: list[float]) -> nx.MultiDiGraph[int]:
    network: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    network.add_nodes_from(range(graph.n_nodes))
    for tail, head, weight in zip(graph.tail, graph.head, weights, strict=True):
        if weight < INF:
            network.add_edge(int(tail), int(head), weight=weight)
    return network


def check_paths(tree: ShortestTree, weights: list[float], start: list[float]) -> None:
    """Every path is connected, begins at a source and costs what the tree says."""
    graph = tree.graph
    for target in np.flatnonzero(np.isfinite(tree.cost)):
        path = tree.path(int(target))
        nodes = [*graph.tail[path].tolist(), int(target)]
        assert nodes[1:] == graph.head[path].tolist()
        assert len(set(nodes)) == len(nodes)
        spent = start[nodes[0]] + sum(weights[arc] for arc in path)
        assert spent == pytest.approx(tree.cost[target], rel=1e-9)


@settings(max_examples=300)
@given(weighted_graphs(), st.data())
def test_one_source_as_networkx(case: tuple[Graph, list[float]], data: st.DataObject) -> None:
    graph, weights = case
    source = data.draw(st.integers(0, graph.n_nodes - 1))
    tree = shortest_tree(WeightedGraph.of(graph, weights), source=source)
    expected = nx.single_source_dijkstra_path_length(peer(graph, weights), source)
    cost = [expected.get(node, INF) for node in range(graph.n_nodes)]
    np.testing.assert_allclose(tree.cost, cost, rtol=1e-9)
    check_paths(tree, weights, [0.0 if node == source else INF for node in range(graph.n_nodes)])


@settings(max_examples=300)
@given(weighted_graphs(), st.data())
def test_labels_as_networkx(case: tuple[Graph, list[float]], data: st.DataObject) -> None:
    graph, weights = case
    labels = data.draw(st.lists(WEIGHTS, min_size=graph.n_nodes, max_size=graph.n_nodes))
    tree = shortest_tree(WeightedGraph.of(graph, weights), labels=labels)
    network = peer(graph, weights)
    for node, label in enumerate(labels):
        if label < INF:
            network.add_edge(-1, node, weight=label)
    network.add_node(-1)
    expected = nx.single_source_dijkstra_path_length(network, -1)
    cost = [expected.get(node, INF) for node in range(graph.n_nodes)]
    np.testing.assert_allclose(tree.cost, cost, rtol=1e-9)
    check_paths(tree, weights, labels)


def test_of_parallel_arcs_the_cheapest_is_taken() -> None:
    graph = Graph(2, np.array([0, 0, 0]), np.array([1, 1, 1]))
    tree = shortest_tree(WeightedGraph.of(graph, [3.0, 1.0, 2.0]), source=0)
    assert tree.cost.tolist() == [0, 1]
    assert tree.path(1).tolist() == [1]


def test_arcs_that_cost_nothing_are_arcs() -> None:
    graph = Graph(3, np.array([0, 1, 0]), np.array([1, 2, 2]))
    tree = shortest_tree(WeightedGraph.of(graph, [0.0, 0.0, 5.0]), source=0)
    assert tree.cost.tolist() == [0, 0, 0]
    assert tree.path(2).tolist() == [0, 1]


def test_closed_arcs_are_not_entered() -> None:
    graph = Graph(3, np.array([0, 1]), np.array([1, 2]))
    tree = shortest_tree(WeightedGraph.of(graph, [1.0, INF]), source=0)
    assert tree.cost.tolist() == [0, 1, INF]
    assert tree.before.tolist() == [-1, 0, -1]
    with pytest.raises(UnreachableError, match="node 2 cannot be reached") as caught:
        tree.path(2)
    assert isinstance(caught.value, LookupError)


def test_the_path_to_the_source_is_empty() -> None:
    graph = Graph(2, np.array([0, 1]), np.array([1, 0]))
    assert shortest_tree(WeightedGraph.of(graph, [1.0, 1.0]), source=1).path(1).tolist() == []


def test_a_source_may_be_entered_from_a_better_one() -> None:
    graph = Graph(3, np.array([0, 1]), np.array([1, 2]))
    tree = shortest_tree(WeightedGraph.of(graph, [1.0, 1.0]), labels=[0.0, 5.0, INF])
    assert tree.cost.tolist() == [0, 1, 2]
    assert tree.path(2).tolist() == [0, 1]


def test_no_label_reaches_nothing() -> None:
    graph = Graph(2, np.array([0]), np.array([1]))
    assert shortest_tree(WeightedGraph.of(graph, [1.0]), labels=[INF, INF]).cost.tolist() == [
        INF,
        INF,
    ]


def test_neither_graph_nor_weights_are_changed() -> None:
    graph = Graph(2, np.array([0, 0]), np.array([1, 1]))
    weights = np.array([2.0, INF])
    first = shortest_tree(WeightedGraph.of(graph, weights), source=0)
    shortest_tree(WeightedGraph.of(graph, [7.0, 1.0]), source=0)
    assert weights.tolist() == [2, INF]
    assert (
        shortest_tree(WeightedGraph.of(graph, weights), source=0).cost.tolist()
        == first.cost.tolist()
    )


@pytest.mark.parametrize("node", [-1, 2])
def test_nodes_that_are_not_there(node: int) -> None:
    graph = Graph(2, np.array([0]), np.array([1]))
    with pytest.raises(GraphError, match=f"no node {node}"):
        shortest_tree(WeightedGraph.of(graph, [1.0]), source=node)
    with pytest.raises(GraphError, match=f"no node {node}"):
        shortest_tree(WeightedGraph.of(graph, [1.0]), source=0).path(node)


def test_bad_weights_and_labels() -> None:
    graph = Graph(2, np.array([0]), np.array([1]))
    with pytest.raises(GraphError, match="arc 0 is nan"):
        shortest_tree(WeightedGraph.of(graph, [np.nan]), source=0)
    with pytest.raises(GraphError, match="node 1 is -1"):
        shortest_tree(WeightedGraph.of(graph, [1.0]), labels=[0.0, -1.0])
    with pytest.raises(GraphError, match="one per node"):
        shortest_tree(WeightedGraph.of(graph, [1.0]), labels=[0.0])


def test_source_or_labels() -> None:
    graph = Graph(2, np.array([0]), np.array([1]))
    with pytest.raises(TypeError, match="either"):
        shortest_tree(WeightedGraph.of(graph, [1.0]))
    with pytest.raises(TypeError, match="either"):
        shortest_tree(WeightedGraph.of(graph, [1.0]), source=0, labels=[0.0, 0.0])
