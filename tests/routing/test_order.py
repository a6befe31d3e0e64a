"""The order: a rank for every node, and good separators."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from geo.routing import Hierarchy
from geo.routing.order import nested_dissection
from tests.routing.oracle import grid, random_graph, seeds


@settings(max_examples=200)
@given(seeds)
def test_every_node_has_a_rank_of_its_own(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed))
    assert sorted(nested_dissection(graph)) == list(range(graph.n_nodes))


def test_separators_of_a_grid_come_last() -> None:
    # Nested dissection of a grid: O(n log n) slots and a tree of height O(side) (George 1973);
    # row after row would make side x n of them.
    side = 60
    made = Hierarchy.of(grid(side))
    assert made.n_slots < 20 * side * side
    assert made.height < 6 * side
