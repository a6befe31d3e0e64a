"""The contraction: what the elimination tree and the slots promise, by their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from geo.errors import GraphError
from geo.routing import Graph, Hierarchy
from tests.routing.oracle import all_costs, random_graph, seeds, weights_for


def joined_by_elimination(graph: Graph, hierarchy: Hierarchy) -> set[tuple[int, int]]:
    """Take the nodes out one by one, as the definition says, and return all that gets joined."""
    around: list[set[int]] = [set() for _ in range(graph.n_nodes)]
    for tail, head in zip(hierarchy.rank[graph.tail], hierarchy.rank[graph.head], strict=True):
        if tail != head:
            around[tail].add(int(head))
            around[head].add(int(tail))
    for node, neighbours in enumerate(around):
        higher = {other for other in neighbours if other > node}
        for other in higher:
            around[other] |= higher - {other}
    return {(node, high) for node, near in enumerate(around) for high in near if high > node}


@settings(max_examples=200)
@given(seeds)
def test_slots_and_tree_are_those_of_the_definition(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed))
    made = Hierarchy.of(graph)
    slots = list(zip(made.lower.tolist(), made.upper.tolist(), strict=True))
    assert slots == sorted(joined_by_elimination(graph, made))
    for node, parent in enumerate(made.parent):
        higher = [high for low, high in slots if low == node]
        assert parent == (min(higher) if higher else -1)
        assert made.depth[node] == (made.depth[parent] + 1 if higher else 0)
    assert made.height == max(made.depth) + 1
    assert sorted(made.rank) == list(range(graph.n_nodes))
    assert made.rank[made.node_of].tolist() == list(range(graph.n_nodes))


@settings(max_examples=200)
@given(seeds)
def test_every_subtree_has_consecutive_ranks(seed: int) -> None:
    made = Hierarchy.of(random_graph(np.random.default_rng(seed)))
    below: list[set[int]] = [{node} for node in range(len(made.parent))]
    for node, parent in enumerate(made.parent):
        if parent >= 0:
            below[parent] |= below[node]
        assert below[node] == set(range(node - len(below[node]) + 1, node + 1))


@settings(max_examples=200)
@given(seeds)
def test_every_arc_leads_its_way_once(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed))
    made = Hierarchy.of(graph)
    way = np.repeat(np.arange(2 * made.n_slots), np.diff(made.way_first))
    low, high = made.lower[way // 2], made.upper[way // 2]
    tail, head = np.where(way % 2 == 0, low, high), np.where(way % 2 == 0, high, low)
    assert made.rank[graph.tail[made.way_arcs]].tolist() == tail.tolist()
    assert made.rank[graph.head[made.way_arcs]].tolist() == head.tolist()
    assert sorted(made.way_arcs) == np.flatnonzero(graph.tail != graph.head).tolist()


@settings(max_examples=100)
@given(seeds)
def test_any_order_gives_the_same_costs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, most=25)
    weights, nodes = weights_for(rng, graph.n_arcs), np.arange(graph.n_nodes)
    made = Hierarchy.of(graph, order=rng.permutation(graph.n_nodes))
    costs = made.customized(weights).costs(nodes, nodes)
    np.testing.assert_allclose(costs, all_costs(graph, weights), rtol=1e-9)


@settings(max_examples=100)
@given(seeds)
def test_shares_are_apart_and_the_rest_is_above_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    made = Hierarchy.of(random_graph(rng, most=300))
    shares, rest = made.shares(int(rng.integers(1, 5)))
    owner = np.full(len(made.parent), -2)
    for number, ranges in [*enumerate(shares), (-1, rest)]:
        for begin, end in ranges:
            assert (owner[begin:end] == -2).all()
            owner[begin:end] = number
    assert (owner > -2).all()
    for node, parent in enumerate(made.parent):
        if parent >= 0:
            assert owner[parent] in {owner[node], -1}
    for ranges in (*shares, rest):
        assert (np.diff(ranges.ravel()) > 0).all()


def test_a_graph_without_nodes() -> None:
    made = Hierarchy.of(Graph(0, np.empty(0, np.int64), np.empty(0, np.int64)))
    assert made.n_slots == made.height == 0


@pytest.mark.parametrize("order", [[0, 0, 1], [0, 1], [0, 1, 3], [0.0, 1.0, 2.0]])
def test_an_order_that_is_none(order: list[float]) -> None:
    graph = Graph(3, np.array([0]), np.array([1]))
    with pytest.raises(GraphError, match="an order gives each of the 3 nodes a rank of its own"):
        Hierarchy.of(graph, order=order)
