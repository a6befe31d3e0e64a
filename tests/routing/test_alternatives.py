"""Alternatives keep their limits on random graphs, and are those that a reader would see."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GraphError, UsageError
from geo.routing.alternatives import Difference, alternatives
from tests.routing.drawn import (
    INF,
    check_path,
    graph_of,
    graphs,
    metric_of,
    peer_of,
    weights_for,
)

if TYPE_CHECKING:
    from geo.routing.graph import Graph

WEIGHTS = st.one_of(st.just(0.0), st.just(INF), st.integers(1, 9).map(float), st.floats(0.1, 50))
SLACK = 1 + 1e-6


@settings(max_examples=500)
@given(graphs(most_nodes=12, most_arcs=60), st.data())
def test_alternatives_keep_their_limits(graph: Graph, data: st.DataObject) -> None:
    weights = np.array(data.draw(weights_for(graph, WEIGHTS)))
    node = st.integers(0, graph.n_nodes - 1)
    source, target, share = data.draw(node), data.draw(node), st.floats(0, 1)
    limits = Difference(data.draw(st.floats(0, 3)), data.draw(share), data.draw(share))
    ways = alternatives(
        metric_of(graph, weights), source=source, target=target, k=6, difference=limits
    )
    distance = dict(nx.all_pairs_dijkstra_path_length(peer_of(graph, weights)))
    if target not in distance[source]:
        assert ways == ()
        return
    least = distance[source][target]
    costs = [float(weights[way].sum()) for way in ways]
    assert costs[0] == pytest.approx(least)
    used: set[int] = set()
    for way, cost in zip(ways, costs, strict=True):
        check_path(graph, way, source, target)
        if used:
            assert cost <= (1 + limits.stretch) * least * SLACK
            shared = sum(weights[arc] for arc in way.tolist() if arc in used)
            assert shared <= limits.sharing * least * SLACK
        used |= set(way.tolist())
        spent = np.concatenate(([0.0], np.cumsum(weights[way])))
        nodes = [source, *graph.head[way].tolist()]
        for first, last in combinations(range(len(nodes)), 2):
            stretch = spent[last] - spent[first]
            if stretch * SLACK < limits.local * least:
                assert stretch <= distance[nodes[first]][nodes[last]] * SLACK + 1e-9


# Two ways from 0 to 9, over 1-2-3 and over 4-5-6, each with a siding (7, 8) at its middle.
PLAIN = graph_of(
    10,
    *((0, 1), (1, 2), (2, 3), (3, 9), (0, 4), (4, 5), (5, 6), (6, 9)),
    *((1, 7), (7, 3), (4, 8), (8, 6)),
)
COST = [10.0, 10, 10, 10, 11, 11, 11, 11, 10, 10.1, 11, 11.1]


def test_another_line_is_an_alternative_and_a_siding_is_not() -> None:
    ways = alternatives(metric_of(PLAIN, COST), source=0, target=9, k=9)
    assert [way.tolist() for way in ways] == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_wider_limits_let_sidings_in() -> None:
    limits = Difference(stretch=1.0, sharing=1.0, local=0.0)
    ways = alternatives(metric_of(PLAIN, COST), source=0, target=9, k=9, difference=limits)
    assert [way.tolist() for way in ways] == [
        [0, 1, 2, 3],
        [0, 8, 9, 3],
        [4, 5, 6, 7],
        [4, 10, 11, 7],
    ]


def test_a_detour_that_is_dearer_than_its_neighbourhood_is_none() -> None:
    # The same two ends by 1 or by 2: the way over 2 costs twice as much for its whole length.
    graph = graph_of(3, (0, 1), (1, 2), (0, 2))
    limits = Difference(stretch=2.0, sharing=0.0, local=0.5)
    metric = metric_of(graph, [2.0, 2.0, 2.0])
    assert len(alternatives(metric, source=0, target=2, k=3, difference=limits)) == 1
    local = Difference(stretch=2.0, sharing=0.0, local=0.0)
    assert len(alternatives(metric, source=0, target=2, k=3, difference=local)) == 2


def test_no_more_than_k_and_the_last_word() -> None:
    metric = metric_of(PLAIN, COST)
    assert len(alternatives(metric, source=0, target=9, k=1)) == 1
    ways = alternatives(metric, source=0, target=9, k=9, admit=lambda path: 5 not in path)
    assert len(ways) == 1


def test_closed_arcs_lead_nowhere() -> None:
    metric = metric_of(PLAIN, [*COST[:3], INF, *COST[4:]])
    assert [way.tolist() for way in alternatives(metric, source=0, target=9, k=9)] == [[4, 5, 6, 7]]
    assert alternatives(metric, source=9, target=0, k=2) == ()


def test_what_is_no_question_is_refused() -> None:
    metric = metric_of(PLAIN, COST)
    with pytest.raises(UsageError, match="0 ways cannot be found"):
        alternatives(metric, source=0, target=9, k=0)
    with pytest.raises(GraphError, match="there is no node 10"):
        alternatives(metric, source=0, target=10, k=1)
    with pytest.raises(UsageError, match=r"sharing must be from 0 to 1, not 1\.5"):
        Difference(sharing=1.5)
    with pytest.raises(UsageError, match="stretch must be 0 or more, not nan"):
        Difference(stretch=float("nan"))
