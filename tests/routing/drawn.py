"""Small weighted graphs drawn at random, and the same in NetworkX: what tests of searches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from geo.routing.graph import Graph
from geo.routing.hierarchy import Hierarchy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.routing.metric import Metric

INF = float("inf")
MIXED = st.one_of(st.just(0.0), st.just(INF), st.floats(0, 1e6), st.sampled_from([1.0, 2.0]))
"""Weights of which many are equal, free or closed."""


def graph_of(n_nodes: int, *arcs: tuple[int, int]) -> Graph:
    """Return a graph of arcs (tail, head)."""
    ends = np.array(arcs, np.int64).reshape(-1, 2)
    return Graph(n_nodes, ends[:, 0], ends[:, 1])


def metric_of(graph: Graph, weights: ArrayLike) -> Metric:
    """Weigh a graph, its nodes contracted in the order of their ids."""
    return metrics_of(graph, [weights])[0]


def metrics_of(graph: Graph, vectors: Sequence[ArrayLike]) -> list[Metric]:
    """Weigh a graph by several vectors."""
    hierarchy = Hierarchy.of(graph, order=np.arange(graph.n_nodes))
    return [hierarchy.customized(weights) for weights in vectors]


@st.composite
def graphs(draw: st.DrawFn, *, most_nodes: int = 8, most_arcs: int = 24) -> Graph:
    """Draw a multigraph: parallel arcs and self-loops may be in it."""
    n_nodes = draw(st.integers(1, most_nodes))
    node = st.integers(0, n_nodes - 1)
    return graph_of(n_nodes, *draw(st.lists(st.tuples(node, node), max_size=most_arcs)))


def weights_for(graph: Graph, each: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    """Draw a weight for each arc."""
    return st.lists(each, min_size=graph.n_arcs, max_size=graph.n_arcs)


def peer_of(graph: Graph, weights: ArrayLike) -> nx.DiGraph[object]:
    """Return the open arcs in NetworkX, each through a node of its own: ("arc", number)."""
    peer: nx.DiGraph[object] = nx.DiGraph()
    peer.add_nodes_from(range(graph.n_nodes))
    for arc, weight in enumerate(np.asarray(weights).tolist()):
        if weight < INF:
            peer.add_edge(int(graph.tail[arc]), ("arc", arc), weight=weight)
            peer.add_edge(("arc", arc), int(graph.head[arc]), weight=0.0)
    return peer


def check_path(graph: Graph, path: NDArray[np.int64], source: int, target: int) -> None:
    """Check that a path leads from source to target and passes no node twice."""
    nodes = [source, *graph.head[path].tolist()]
    assert nodes[:-1] == graph.tail[path].tolist()
    assert nodes[-1] == target
    assert len(set(nodes)) == len(nodes)
