"""What a graph refuses, and that it keeps what it was given."""

from __future__ import annotations

import numpy as np
import pytest

from geo.errors import GraphError
from geo.routing import Graph


def graph(n_nodes: int, *arcs: tuple[int, int]) -> Graph:
    ends = np.array(arcs, np.int64).reshape(-1, 2)
    return Graph(n_nodes, ends[:, 0], ends[:, 1])


def test_the_arrays_are_copied_and_frozen() -> None:
    tail = np.array([0, 1])
    made = Graph(2, tail, np.array([1, 0]))
    tail[0] = 99
    assert made.tail.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read-only"):
        made.tail[0] = 1


@pytest.mark.parametrize(
    ("n_nodes", "tail", "head", "message"),
    [
        (2, [0, 2], [1, 1], "tail of arc 1 is node 2, but there are 2 nodes"),
        (2, [0, 1], [1, -1], "head of arc 1 is node -1"),
        (2, [0], [1, 1], "1 tails do not match 2 heads"),
        (2, [[0]], [1], "2 dimensions"),
        (2, [0.0], [1], "not whole numbers"),
        (-1, [], [], "-1 nodes"),
    ],
)
def test_arcs_that_make_no_graph(
    n_nodes: int, tail: list[int], head: list[int], message: str
) -> None:
    with pytest.raises(GraphError, match=message):
        Graph(n_nodes, np.array(tail), np.array(head))


def test_a_graph_without_arcs() -> None:
    assert graph(2).n_arcs == 0
