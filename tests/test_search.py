"""Search through waypoints, against brute force by NetworkX over every choice of waypoint."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.corridor import Waypoint
from geo.routing import Graph, Hierarchy
from geo.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.search import StagedSearch

NONE = np.empty(0, dtype=np.int64)


def ints(*values: int) -> NDArray[np.int64]:
    """Return whole numbers as an array."""
    return np.array(values, dtype=np.int64)


def peer_of(graph: Graph, weights: NDArray[np.float64]) -> nx.MultiDiGraph[int]:
    """Return the open arcs as a graph of NetworkX."""
    peer: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    peer.add_nodes_from(range(graph.n_nodes))
    for tail, head, weight in zip(graph.tail, graph.head, weights, strict=True):
        if np.isfinite(weight):
            peer.add_edge(int(tail), int(head), weight=float(weight))
    return peer


def brute_force(
    graph: Graph, weights: NDArray[np.float64], source: int, waypoints: Sequence[Waypoint]
) -> list[float]:
    """Return the least cost to each node: every choice of one node or arc a waypoint."""
    peer = peer_of(graph, weights)
    distance = dict(nx.all_pairs_dijkstra_path_length(peer, weight="weight"))
    best = [np.inf] * graph.n_nodes
    choices = [
        [(int(node), int(node), 0.0) for node in waypoint.nodes]
        + [
            (int(graph.tail[arc]), int(graph.head[arc]), float(weights[arc]))
            for arc in waypoint.arcs
        ]
        for waypoint in waypoints
    ]
    for choice in product(*choices):
        at, cost = source, 0.0
        for enter, leave, price in choice:
            cost += distance[at].get(enter, np.inf) + price
            at = leave
        for target, further in distance[at].items():
            best[target] = min(best[target], cost + further)
    return best


@st.composite
def questions(
    draw: st.DrawFn,
) -> tuple[Graph, NDArray[np.float64], int, tuple[Waypoint, ...]]:
    """Draw a small multigraph with closed and free arcs, a source and up to three waypoints."""
    n_nodes = draw(st.integers(2, 7))
    node = st.integers(0, n_nodes - 1)
    price = st.one_of(st.integers(0, 9).map(float), st.just(float("inf")))
    arcs = draw(st.lists(st.tuples(node, node, price), min_size=1, max_size=24))
    arc = st.integers(0, len(arcs) - 1)
    some_nodes = st.lists(node, max_size=3, unique=True)
    some_arcs = st.lists(arc, max_size=3, unique=True)
    stops = draw(st.lists(st.tuples(some_nodes, some_arcs).filter(any), max_size=3))
    graph = Graph(n_nodes, ints(*(a for a, _, _ in arcs)), ints(*(b for _, b, _ in arcs)))
    weights = np.array([weight for *_, weight in arcs])
    waypoints = tuple(
        Waypoint(f"stop {number}", ints(*nodes), ints(*through))
        for number, (nodes, through) in enumerate(stops)
    )
    return graph, weights, draw(node), waypoints


def passes(
    path: NDArray[np.int64], graph: Graph, source: int, waypoints: Sequence[Waypoint]
) -> bool:
    """Say whether a path passes the waypoints in their order."""
    steps: list[tuple[int | None, int]] = [(None, source)]
    steps += [(int(arc), int(graph.head[arc])) for arc in path]
    at = 0
    for waypoint in waypoints:
        nodes, arcs = set(waypoint.nodes.tolist()), set(waypoint.arcs.tolist())
        # A node may serve two waypoints in turn, an arc only one.
        while steps[at][1] not in nodes and steps[at][0] not in arcs:
            at += 1
            if at == len(steps):
                return False
        if steps[at][1] not in nodes:
            steps[at] = (None, steps[at][1])
    return True


def check(
    found: StagedSearch, expected: Sequence[float], weights: NDArray[np.float64], source: int
) -> None:
    """Check the costs and the paths of a search against brute force."""
    for target, cost in enumerate(expected):
        assert found.cost(target) == cost
        if not np.isfinite(cost):
            continue
        path, graph = found.path(target), found.trees[0].graph
        at = source
        for arc in path:
            assert graph.tail[arc] == at
            at = int(graph.head[arc])
        assert at == target
        assert weights[path].sum() == cost
        assert passes(path, graph, source, found.waypoints)


@settings(max_examples=300)
@given(questions())
def test_search_finds_what_brute_force_finds(
    question: tuple[Graph, NDArray[np.float64], int, tuple[Waypoint, ...]],
) -> None:
    graph, weights, source, waypoints = question
    found = search(Hierarchy.of(graph).customized(weights), source=source, waypoints=waypoints)
    check(found, brute_force(graph, weights, source, waypoints), weights, source)


def test_a_detour_through_a_waypoint_may_pass_a_node_twice() -> None:
    graph = Graph(3, ints(0, 0, 1), ints(1, 2, 0))
    found = search(
        Hierarchy.of(graph).customized(np.array([1.0, 5.0, 1.0])),
        source=0,
        waypoints=(Waypoint("1", ints(1), NONE),),
    )
    assert found.cost(2) == 7
    assert found.path(2).tolist() == [0, 2, 1]


def test_of_parallel_arcs_the_one_named_is_passed_and_paid() -> None:
    graph = Graph(2, ints(0, 0), ints(1, 1))
    found = search(
        Hierarchy.of(graph).customized(np.array([1.0, 4.0])),
        source=0,
        waypoints=(Waypoint("dear", NONE, ints(1)),),
    )
    assert found.cost(1) == 4
    assert found.path(1).tolist() == [1]


def test_of_arcs_that_cost_the_same_the_first_named_is_passed() -> None:
    graph = Graph(4, ints(0, 0, 1, 2, 1), ints(1, 2, 3, 3, 3))
    for named in ((2, 3, 4), (3, 4, 2), (4, 2, 3)):
        found = search(
            Hierarchy.of(graph).customized(np.ones(5)),
            source=0,
            waypoints=(Waypoint("any", NONE, ints(*named)),),
        )
        assert found.cost(3) == 2
        assert found.path(3)[-1] == named[0]


@pytest.mark.parametrize("blocked", [0, 1])
def test_the_first_waypoint_that_nothing_reaches_is_named(blocked: int) -> None:
    graph = Graph(4, ints(0, 0, 3), ints(1, 2, 3))
    stops = [Waypoint("reached", ints(1), NONE)] * blocked + [Waypoint("island", ints(3), NONE)]
    found = search(
        Hierarchy.of(graph).customized(np.ones(3)),
        source=0,
        waypoints=(*stops, Waypoint("last", ints(2), NONE)),
    )
    assert found.blocked_at is not None
    assert found.blocked_at.label == "island"
    assert found.cost(2) == np.inf
