"""Contraction: the arrays that a topology fixes once and for all.

Those of a large graph are kept on disk, under a hash of its arcs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.files import cached_arrays
from geo.routing.elimination import depths, fill_in, parents, postorder, sizes, ways_of
from geo.routing.order import nested_dissection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.routing.graph import Graph

__all__ = ["bounds_of", "contract", "kept_contraction"]

_VERSION = 1
"""Part of the hash: another way to order or to contract makes other files."""

_WORTH_KEEPING = 10_000
"""A graph of fewer arcs than this is contracted about as fast as a file is read."""


def kept_contraction(graph: Graph) -> dict[str, NDArray[np.int32]]:
    """Contract a graph in nested dissection order, or read from the disk what that gave before.

    Parameters
    ----------
    graph
        Every arc counts, whatever it will cost and whether it is open.

    Returns
    -------
    dict
        As `contract` does.
    """
    if graph.n_arcs < _WORTH_KEEPING:
        return contract(graph, nested_dissection(graph))
    digest = hashlib.sha256(f"{_VERSION} {graph.n_nodes} ".encode())
    digest.update(graph.tail.tobytes())
    digest.update(graph.head.tobytes())
    return cached_arrays(
        f"hierarchies/{digest.hexdigest()[:40]}.npz",
        lambda: contract(graph, nested_dissection(graph)),
        fits=lambda arrays: _fits(graph, arrays),
    )


def contract(graph: Graph, order: NDArray[np.int64]) -> dict[str, NDArray[np.int32]]:
    """Contract a graph in a given order.

    Parameters
    ----------
    graph
    order
        A rank for each node. The final ranks differ from it only in that every subtree of the
        elimination tree gets consecutive ones, which changes no shortcut.

    Returns
    -------
    dict
        rank, parent, depth, size, first, upper, way_first, way_arcs: what `Hierarchy` says.
    """
    n_nodes = graph.n_nodes
    low, high = _edges(graph, order)
    by_higher = low[np.argsort(high, kind="stable")]
    rank = postorder(parents(bounds_of(high, n_nodes), by_higher))[order]
    low, high = _edges(graph, rank.astype(np.int64))
    first, upper = fill_in(bounds_of(low, n_nodes), high)
    parent = np.full(n_nodes, -1, dtype=np.int32)
    has_parent = first[1:] > first[:-1]
    parent[has_parent] = upper[first[:-1][has_parent]]
    way = ways_of(rank[graph.tail], rank[graph.head], first, upper)
    return {
        "rank": rank,
        "parent": parent,
        "depth": depths(parent),
        "size": sizes(parent),
        "first": first,
        "upper": upper,
        "way_first": bounds_of(way[way >= 0], 2 * len(upper)),
        "way_arcs": np.argsort(way, kind="stable")[np.count_nonzero(way < 0) :].astype(np.int32),
    }


def bounds_of(keys: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    """Return where each of the keys 0 to size - 1 begins, once they are sorted, and the end."""
    bounds = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(keys, minlength=size), out=bounds[1:])
    return bounds


def _edges(graph: Graph, rank: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the ranks of the ends of all that are joined, by the lower and then the higher."""
    tail, head = rank[graph.tail], rank[graph.head]
    apart = tail != head
    low, high = np.minimum(tail, head)[apart], np.maximum(tail, head)[apart]
    n_nodes = max(graph.n_nodes, 1)
    key = np.unique(low * n_nodes + high)
    return (key // n_nodes).astype(np.int32), (key % n_nodes).astype(np.int32)


def _fits(graph: Graph, arrays: dict[str, NDArray[Any]]) -> bool:
    """Say whether arrays from the disk have the names, the kind and the sizes that they must."""
    n_nodes, n_slots = graph.n_nodes, len(arrays.get("upper", ()))
    n_arcs = int(np.count_nonzero(graph.tail != graph.head))
    lengths = {
        "rank": n_nodes,
        "parent": n_nodes,
        "depth": n_nodes,
        "size": n_nodes,
        "first": n_nodes + 1,
        "upper": n_slots,
        "way_first": 2 * n_slots + 1,
        "way_arcs": n_arcs,
    }
    return {name: (array.shape, array.dtype) for name, array in arrays.items()} == {
        name: ((length,), np.dtype(np.int32)) for name, length in lengths.items()
    }
