"""The k cheapest loopless paths, against NetworkX on random multigraphs, and the corners."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError, UsageError
from geo.routing.yen import cheapest_paths, paths_by_cost
from tests.routing.drawn import (
    INF,
    MIXED,
    check_path,
    graph_of,
    graphs,
    metric_of,
    peer_of,
    weights_for,
)

if TYPE_CHECKING:
    from geo.routing.graph import Graph


def costs_by_networkx(
    graph: Graph, weights: list[float], source: int, target: int, k: int
) -> list[float]:
    """Return the costs of the k cheapest loopless paths, parallel arcs told apart."""
    peer = peer_of(graph, weights)
    if source == target:
        return [0.0]
    try:
        paths = list(islice(nx.shortest_simple_paths(peer, source, target, weight="weight"), k))
    except nx.NetworkXNoPath:
        return []
    return [float(nx.path_weight(peer, path, "weight")) for path in paths]


@settings(max_examples=600)
@given(graphs(), st.data())
def test_costs_as_networkx(graph: Graph, data: st.DataObject) -> None:
    weights = data.draw(weights_for(graph, MIXED))
    node = st.integers(0, graph.n_nodes - 1)
    source, target, k = data.draw(node), data.draw(node), data.draw(st.integers(1, 40))
    paths = cheapest_paths(metric_of(graph, weights), source=source, target=target, k=k)
    assert len({path.tobytes() for path in paths}) == len(paths)
    for path in paths:
        check_path(graph, path, source, target)
    found = [float(np.array(weights)[path].sum()) for path in paths]
    expected = costs_by_networkx(graph, weights, source, target, k)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_parallel_arcs_are_different_paths() -> None:
    graph = graph_of(3, (0, 1), (0, 1), (1, 2), (1, 2), (2, 2))
    paths = cheapest_paths(metric_of(graph, [1, 2, 10, 30, 0]), source=0, target=2, k=9)
    assert [path.tolist() for path in paths] == [[0, 2], [1, 2], [0, 3], [1, 3]]


def test_there_are_as_many_paths_as_orders_of_the_nodes_between() -> None:
    # In a complete graph of 6 nodes: 1 + 4 + 4x3 + 4x3x2 + 4x3x2x1 loopless paths.
    arcs = [(a, b) for a in range(6) for b in range(6) if a != b]
    paths = cheapest_paths(metric_of(graph_of(6, *arcs), np.ones(30)), source=0, target=5, k=1000)
    assert len(paths) == 65
    assert [len(path) for path in paths] == sorted(len(path) for path in paths)


def test_paths_are_made_only_as_they_are_asked_for() -> None:
    # A chain of 40 pairs of parallel arcs has 2^40 paths.
    arcs = [(step, step + 1) for step in range(40) for _ in range(2)]
    weights = [1.0, 1.5] * 40
    paths = paths_by_cost(metric_of(graph_of(41, *arcs), weights), source=0, target=40)
    costs = [float(np.array(weights)[path].sum()) for path in islice(paths, 42)]
    assert costs == [40.0] + [40.5] * 40 + [41.0]


def test_no_path_and_the_path_to_itself() -> None:
    metric = metric_of(graph_of(3, (0, 1), (1, 2)), [1, INF])
    assert cheapest_paths(metric, source=0, target=2, k=3) == ()
    (stay,) = cheapest_paths(metric, source=2, target=2, k=3)
    assert stay.tolist() == []


def test_what_is_no_question_is_refused() -> None:
    metric = metric_of(graph_of(2, (0, 1)), [1])
    with pytest.raises(UsageError, match="0 paths cannot be found; ask for 1 or more"):
        cheapest_paths(metric, source=0, target=1, k=0)
    for ends in ({"source": 0, "target": 2}, {"source": -1, "target": 1}):
        with pytest.raises(GraphError, match="the graph has 2 nodes"):
            cheapest_paths(metric, k=1, **ends)
