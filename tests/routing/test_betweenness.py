"""What arcs carry, against NetworkX and against paths walked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError
from geo.routing.betweenness import betweenness
from tests.routing.drawn import INF, MIXED, graph_of, graphs, metric_of, weights_for

if TYPE_CHECKING:
    from geo.routing.graph import Graph


def test_as_networkx_where_one_path_is_the_cheapest() -> None:
    peer = nx.gnp_random_graph(60, 0.08, seed=7, directed=True)
    arcs = list(peer.edges)
    weights = np.random.default_rng(7).uniform(1, 2, len(arcs))
    for (tail, head), weight in zip(arcs, weights, strict=True):
        peer[tail][head]["weight"] = weight
    expected = nx.edge_betweenness_centrality(peer, normalized=False, weight="weight")
    every = np.arange(60)
    load = betweenness(
        metric_of(graph_of(60, *arcs), weights), np.ones((60, 60)), sources=every, targets=every
    )
    assert load.carried == pytest.approx([expected[arc] for arc in arcs])


@settings(max_examples=400)
@given(graphs(most_nodes=10, most_arcs=40), st.data())
def test_as_paths_walked_one_by_one(graph: Graph, data: st.DataObject) -> None:
    metric = metric_of(graph, data.draw(weights_for(graph, MIXED)))
    nodes = st.lists(st.integers(0, graph.n_nodes - 1), max_size=4)
    sources, targets = data.draw(nodes), data.draw(nodes)
    amounts = st.integers(0, 9)
    demand = np.array([[data.draw(amounts) for _ in targets] for _ in sources], np.float64).reshape(
        len(sources), len(targets)
    )
    load = betweenness(metric, demand, sources=sources, targets=targets)
    carried, unserved = np.zeros(graph.n_arcs), np.zeros(demand.shape)
    for row, source in enumerate(sources):
        tree = metric.tree(source=source)
        for column, target in enumerate(targets):
            if np.isinf(tree.cost[target]):
                unserved[row, column] = demand[row, column]
            else:
                carried[tree.path(target)] += demand[row, column]
    assert load.carried.tolist() == carried.tolist()
    assert load.unserved.tolist() == unserved.tolist()


def test_of_equally_cheap_paths_one_carries_all() -> None:
    metric = metric_of(graph_of(4, (0, 1), (0, 2), (1, 3), (2, 3)), [1, 1, 1, 1])
    load = betweenness(metric, [[6.0]], sources=[0], targets=[3])
    assert sorted(load.carried.tolist()) == [0, 0, 6, 6]


def test_what_has_no_way_is_told() -> None:
    metric = metric_of(graph_of(3, (0, 1), (1, 2)), [1, INF])
    load = betweenness(metric, [[2.0, 3.0]], sources=[0], targets=[1, 2])
    assert load.carried.tolist() == [2, 0]
    assert load.unserved.tolist() == [[0, 3]]


@pytest.mark.parametrize(
    ("demand", "message"),
    [
        ([[1.0]], r"shape \(1, 1\), not \(1, 2\)"),
        ([[1.0, -1.0]], "source 0 and target 1 is -1.0, not a finite number"),
        ([[float("nan"), 1.0]], "source 0 and target 0 is nan"),
        ([[INF, 1.0]], "source 0 and target 0 is inf"),
    ],
)
def test_what_is_no_demand_is_refused(demand: list[list[float]], message: str) -> None:
    metric = metric_of(graph_of(2, (0, 1)), [1])
    with pytest.raises(GraphError, match=message):
        betweenness(metric, demand, sources=[0], targets=[0, 1])
