"""Elimination: what taking out the nodes of a graph one by one leaves behind.

Kernels for `geo.routing.hierarchy`; nodes are called by their rank throughout.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.routing.kernel import kernel

__all__ = ["depths", "fill_in", "parents", "postorder", "sizes", "ways_of"]

Ints = NDArray[np.int32]


@kernel
def parents(first: Ints, below: Ints) -> Ints:
    """Return the parent of each node in the elimination tree (-1 for a root).

    The parent of a node is the lowest of its neighbours that are higher, shortcuts included. It is
    found without making the shortcuts (Liu 1990, algorithm 4.2, with path compression).

    Parameters
    ----------
    first, below
        The lower neighbours of each node.
    """
    n_nodes = len(first) - 1
    parent = np.full(n_nodes, -1, np.int32)
    root = np.full(n_nodes, -1, np.int32)
    for node in range(n_nodes):
        for at in range(first[node], first[node + 1]):
            low = below[at]
            while root[low] != -1 and root[low] != node:
                step = root[low]
                root[low] = node
                low = step
            if root[low] == -1:
                root[low] = node
                parent[low] = node
    return parent


@kernel
def sizes(parent: Ints) -> Ints:
    """Return how many nodes the subtree of each node has, itself counted."""
    size = np.ones(len(parent), np.int32)
    for node in range(len(parent)):
        if parent[node] >= 0:
            size[parent[node]] += size[node]
    return size


@kernel
def postorder(parent: Ints) -> Ints:
    """Return a new rank for each node, such that every subtree has consecutive ranks.

    A node still comes after all of its subtree, so the shortcuts stay the same.
    """
    n_nodes = len(parent)
    size = sizes(parent)
    rank = np.empty(n_nodes, np.int32)
    # Below each node its children take their ranks from the top down, `free` being the highest.
    free = np.empty(n_nodes, np.int32)
    free_root = n_nodes - 1
    for node in range(n_nodes - 1, -1, -1):
        above = parent[node]
        if above < 0:
            rank[node] = free_root
            free_root -= size[node]
        else:
            rank[node] = free[above]
            free[above] -= size[node]
        free[node] = rank[node] - 1
    return rank


@kernel
def fill_in(first: Ints, above: Ints) -> tuple[Ints, Ints]:
    """Return the higher neighbours of each node once shortcuts are added, in ascending order.

    When a node is taken out, all its higher neighbours become neighbours of each other. It is
    enough to hand them to the lowest of them, the parent, which hands them on.

    Parameters
    ----------
    first, above
        The higher neighbours of each node without shortcuts.
    """
    n_nodes = len(first) - 1
    child = np.full(n_nodes, -1, np.int32)
    sibling = np.full(n_nodes, -1, np.int32)
    seen_by = np.full(n_nodes, -1, np.int32)
    row = np.empty(n_nodes, np.int32)
    begin = np.zeros(n_nodes + 1, np.int32)
    upper = np.empty(max(16, 3 * len(above)), np.int32)
    end = 0
    for node in range(n_nodes):
        size = 0
        seen_by[node] = node
        for at in range(first[node], first[node + 1]):
            row[size] = above[at]
            seen_by[above[at]] = node
            size += 1
        young = child[node]
        while young >= 0:
            for at in range(begin[young], begin[young + 1]):
                if seen_by[upper[at]] != node:
                    row[size] = upper[at]
                    seen_by[upper[at]] = node
                    size += 1
            young = sibling[young]
        if end + size > len(upper):
            longer = np.empty(2 * len(upper) + size, np.int32)
            longer[:end] = upper[:end]
            upper = longer
        upper[end : end + size] = np.sort(row[:size])
        if size:
            sibling[node] = child[upper[end]]
            child[upper[end]] = node
        end += size
        begin[node + 1] = end
    return begin, upper[:end].copy()


@kernel
def depths(parent: Ints) -> Ints:
    """Return how many steps each node is below the root of its tree."""
    depth = np.zeros(len(parent), np.int32)
    for node in range(len(parent) - 1, -1, -1):
        if parent[node] >= 0:
            depth[node] = depth[parent[node]] + 1
    return depth


@kernel
def ways_of(tail: Ints, head: Ints, first: Ints, upper: Ints) -> Ints:
    """Return the way that each arc leads: 2 x slot if up, 2 x slot + 1 if down, -1 for a loop.

    Parameters
    ----------
    tail, head
        The ranks of the ends of each arc.
    first, upper
        The higher neighbours of each node, as `fill_in` returns them.
    """
    way = np.empty(len(tail), np.int32)
    for arc in range(len(tail)):
        if tail[arc] == head[arc]:
            way[arc] = -1
            continue
        low, high = min(tail[arc], head[arc]), max(tail[arc], head[arc])
        begin, end = first[low], first[low + 1]
        while begin < end:
            middle = (begin + end) >> 1
            if upper[middle] < high:
                begin = middle + 1
            else:
                end = middle
        way[arc] = 2 * begin + (tail[arc] > head[arc])
    return way
