"""Costs under closures, against a fresh search by NetworkX for every closure."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError
from geo.routing.closures import costs_when_closed
from geo.routing.graph import Graph
from tests.routing.drawn import INF, MIXED, graph_of, graphs, metric_of, peer_of, weights_for


@settings(max_examples=400)
@given(graphs(most_nodes=10, most_arcs=40), st.data())
def test_as_a_fresh_search(graph: Graph, data: st.DataObject) -> None:
    weights = np.array(data.draw(weights_for(graph, MIXED)))
    nodes = st.lists(st.integers(0, graph.n_nodes - 1), max_size=5)
    sources, targets = data.draw(nodes), data.draw(nodes)
    arc = st.integers(0, max(graph.n_arcs - 1, 0))
    groups = data.draw(st.lists(st.lists(arc, max_size=4), max_size=4)) if graph.n_arcs else [[]]
    found = costs_when_closed(
        metric_of(graph, weights), groups, sources=sources, targets=targets, threads=2
    )
    for closed, group in zip([found.before, *found.closed], [[], *groups], strict=True):
        without = weights.copy()
        without[group] = INF
        distance = dict(nx.all_pairs_dijkstra_path_length(peer_of(graph, without)))
        expected = [[distance[a].get(b, INF) for b in targets] for a in sources]
        np.testing.assert_allclose(
            closed, np.array(expected).reshape(len(sources), len(targets)), rtol=1e-9
        )


def test_what_a_closure_adds() -> None:
    graph = graph_of(4, (0, 1), (1, 2), (0, 2), (2, 1))
    found = costs_when_closed(
        metric_of(graph, [1, 1, 5, 1]), [[0], [1], [0, 2], []], sources=[0, 3], targets=[1, 2]
    )
    assert found.before.tolist() == [[1, 2], [INF, INF]]
    assert found.added[:, 0].tolist() == [[5, 3], [0, 3], [INF, INF], [0, 0]]
    assert found.added[:, 1].tolist() == [[0, 0]] * 4


@given(st.integers(0, 99))
def test_a_closure_makes_nothing_cheaper_and_leaves_nothing_behind(seed: int) -> None:
    """Ways that cost the same differ by the rounding of their sums, and that must not show."""
    random = np.random.default_rng(seed)
    graph = Graph(20, *random.integers(0, 20, (2, 90)))
    metric = metric_of(graph, random.integers(1, 8, 90) / 10)
    groups = list(random.integers(0, 90, (12, 3)))
    nodes = np.arange(20)
    together = costs_when_closed(metric, groups, sources=nodes, targets=nodes)
    assert (together.closed >= together.before).all()
    for group, costs in zip(groups, together.closed, strict=True):
        alone = costs_when_closed(metric, [group], sources=nodes, targets=nodes)
        assert (alone.closed[0] == costs).all()


def test_wrong_ids_are_refused() -> None:
    metric = metric_of(graph_of(2, (0, 1)), [1])
    with pytest.raises(GraphError, match="there is no arc 1: the graph has 1 arcs"):
        costs_when_closed(metric, [[0, 1]], sources=[0], targets=[1])
    with pytest.raises(GraphError, match=r"sources\[0\] is node 2"):
        costs_when_closed(metric, [], sources=[2], targets=[1])
    with pytest.raises(GraphError, match="list of whole numbers"):
        costs_when_closed(metric, [[0.5]], sources=[0], targets=[1])
