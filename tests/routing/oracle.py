"""Random multigraphs, and SciPy's answers about them."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from geo.routing import Graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "INF",
    "all_costs",
    "check_path",
    "grid",
    "random_graph",
    "seeds",
    "small_cases",
    "weights_for",
]

INF = np.inf

seeds = st.integers(0, 2**32 - 1)
WEIGHTS = st.one_of(st.just(0.0), st.just(INF), st.floats(0, 1e6), st.sampled_from([1.0, 2.0]))


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Graph, NDArray[np.float64]]:
    """Draw a graph of a few arcs one by one, so that a failure shrinks to the arcs that matter."""
    n_nodes = draw(st.integers(1, 9))
    node = st.integers(0, n_nodes - 1)
    arcs = draw(st.lists(st.tuples(node, node, WEIGHTS), max_size=24))
    ends = np.array([arc[:2] for arc in arcs], np.int64).reshape(-1, 2)
    return Graph(n_nodes, ends[:, 0], ends[:, 1]), np.array([arc[2] for arc in arcs], np.float64)


def grid(side: int) -> Graph:
    """Return a square grid of arcs that lead east and south."""
    node = np.arange(side * side).reshape(side, side)
    tail = np.append(node[:, :-1].ravel(), node[:-1].ravel())
    head = np.append(node[:, 1:].ravel(), node[1:].ravel())
    return Graph(side * side, tail, head)


def random_graph(rng: np.random.Generator, *, most: int = 60) -> Graph:
    """Return a graph in pieces or in one, thin or dense, with loops, parallel and one-way arcs."""
    n_nodes = int(rng.integers(1, most))
    n_arcs = int(n_nodes * rng.choice([0.0, 0.7, 1.5, 3.0, 6.0]))
    tail = rng.integers(0, n_nodes, n_arcs)
    # Near neighbours mostly, as on a railway; the wrap at the end makes loops and long arcs too.
    head = (tail + rng.integers(-3, 4, n_arcs)) % n_nodes
    far = rng.random(n_arcs) < rng.choice([0.0, 0.1, 1.0])
    head[far] = rng.integers(0, n_nodes, int(far.sum()))
    back = rng.random(n_arcs) < rng.random()
    return Graph(n_nodes, np.concatenate((tail, head[back])), np.concatenate((head, tail[back])))


def weights_for(rng: np.random.Generator, n_arcs: int) -> NDArray[np.float64]:
    """Return weights: floats or small whole numbers with many ties, some zero, some closed."""
    weights = rng.exponential(10.0 ** rng.integers(-3, 7), n_arcs)
    if rng.random() < 0.4:
        weights = rng.integers(0, 4, n_arcs).astype(np.float64)
    weights[rng.random(n_arcs) < rng.choice([0.0, 0.1, 0.5])] = 0.0
    weights[rng.random(n_arcs) < rng.choice([0.0, 0.1, 0.4])] = INF
    return weights


def all_costs(graph: Graph, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return SciPy's cost from every node to every node."""
    least = np.full((graph.n_nodes, graph.n_nodes), INF)
    np.minimum.at(least, (graph.tail, graph.head), weights)
    np.fill_diagonal(least, INF)
    costs: NDArray[np.float64] = dijkstra(csgraph_from_dense(least, null_value=INF))
    return costs


def check_path(
    graph: Graph,
    weights: NDArray[np.float64],
    path: NDArray[np.int64],
    ends: tuple[int, int],
    cost: float,
) -> None:
    """Check that a path is connected, joins its ends, passes no node twice and costs so much."""
    nodes = [ends[0], *graph.head[path].tolist()]
    assert nodes[:-1] == graph.tail[path].tolist()
    assert nodes[-1] == ends[1]
    assert len(set(nodes)) == len(nodes)
    assert isclose(weights[path].sum(), cost, rel_tol=1e-9)
