"""Sweeps: what every node costs from one source, from eight at once, or from many with a label.

Kernels. After the climb every node takes the least over its slots to higher nodes, from the top
down: Delling, Goldberg, Nowatzyk and Werneck, "PHAST: Hardware-accelerated shortest path trees",
IPDPS 2011. In descending rank a subtree follows its root, so that the higher nodes of the node at
hand are the ancestors met last at their depth: a short column, not the whole graph, is looked up.
For the way to a target everything goes backwards: `up` and `down` change places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.routing.customization import LANES
from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from geo.routing.parts import SlotCosts, Stairs

__all__ = [
    "climb_from",
    "climb_from_labels",
    "from_the_roots",
    "last_arcs",
    "path_ways",
    "sweep_down",
    "sweep_lanes",
]

Ints = NDArray[np.int32]
Nodes = NDArray[np.int64]
Row = NDArray[np.float64]
Costs = NDArray[np.float64]


@kernel
def climb_from(source: int, stairs: Stairs, up: Costs, cost: Row, way_of: Ints) -> None:
    """Climb from one node.

    Parameters
    ----------
    source
        Rank to start from, at cost 0.
    stairs
        Of the hierarchy.
    up
        What the slots cost going up; slots x 1.
    cost, way_of
        By rank, at first infinity and -1: to be given the cost and the way of each ancestor.
    """
    cost[source] = 0.0
    node = source
    while node >= 0:
        here = cost[node]
        if here < np.inf:
            for slot in range(stairs.first[node], stairs.first[node + 1]):
                if here + up[slot, 0] < cost[stairs.upper[slot]]:
                    cost[stairs.upper[slot]] = here + up[slot, 0]
                    way_of[stairs.upper[slot]] = 2 * slot
        node = stairs.parent[node]


@kernel
def climb_from_labels(stairs: Stairs, up: Costs, cost: Row, way_of: Ints) -> None:
    """Climb from every node that has a label, which `cost` holds by rank; -1 is in `way_of`."""
    for node in range(len(cost)):
        here = cost[node]
        if here < np.inf:
            for slot in range(stairs.first[node], stairs.first[node + 1]):
                if here + up[slot, 0] < cost[stairs.upper[slot]]:
                    cost[stairs.upper[slot]] = here + up[slot, 0]
                    way_of[stairs.upper[slot]] = 2 * slot


@kernel
def sweep_down(
    stairs: Stairs, node_of: Ints, down: Costs, cost: Row, way_of: Ints, out: Row
) -> None:
    """Lower the cost of every node to what it costs over its higher ones.

    Parameters
    ----------
    stairs, node_of
        Of the hierarchy.
    down
        What the slots cost going down; slots x 1.
    cost, way_of
        By rank: after the climb; the way by which each node is entered is brought up to date.
    out
        To be filled: the cost of each node, by its id in the graph.
    """
    column = np.empty(stairs.height)
    for node in range(len(cost) - 1, -1, -1):
        here = cost[node]
        way = way_of[node]
        for slot in range(stairs.first[node], stairs.first[node + 1]):
            over = column[stairs.upper_depth[slot]] + down[slot, 0]
            if over < here:
                here = over
                way = 2 * slot + 1
        column[stairs.depth[node]] = here
        way_of[node] = way
        out[node_of[node]] = here


@kernel
def sweep_lanes(sources: Ints, stairs: Stairs, rank: Ints, slots: SlotCosts, out: Costs) -> None:
    """Give every node its cost from up to eight sources.

    Parameters
    ----------
    sources
        Ranks, at most `LANES` of them.
    stairs, rank
        Of the hierarchy.
    slots
        What the slots cost; slots x 1.
    out
        To be filled; sources x nodes, by their id in the graph.
    """
    n_nodes = len(rank)
    cost = np.full((n_nodes, LANES), np.inf)
    column = np.empty((stairs.height, LANES))
    for lane in range(len(sources)):
        node = sources[lane]
        column[:, lane] = np.inf
        column[stairs.depth[node], lane] = 0.0
        while node >= 0:
            here = column[stairs.depth[node], lane]
            cost[node, lane] = here
            if here < np.inf:
                for slot in range(stairs.first[node], stairs.first[node + 1]):
                    there = stairs.upper_depth[slot]
                    column[there, lane] = min(column[there, lane], here + slots.up[slot, 0])
            node = stairs.parent[node]
    for node in range(n_nodes - 1, -1, -1):
        here_all = column[stairs.depth[node]]
        here_all[:] = cost[node]
        for slot in range(stairs.first[node], stairs.first[node + 1]):
            above = column[stairs.upper_depth[slot]]
            for lane in range(LANES):
                here_all[lane] = min(here_all[lane], above[lane] + slots.down[slot, 0])
        cost[node] = here_all
    for lane in range(len(sources)):
        for node in range(n_nodes):
            out[lane, node] = cost[rank[node], lane]


@kernel
def path_ways(target: int, way_of: Ints, lower: Ints, upper: Ints) -> Ints:
    """Return the ways from a node back to where its path begins, the last way first."""
    ways = np.empty(64, np.int32)
    end = 0
    node = target
    while way_of[node] >= 0:
        way = way_of[node]
        if end == len(ways):
            ways = np.concatenate((ways, np.empty_like(ways)))
        ways[end] = way
        end += 1
        node = upper[way >> 1] if way % 2 else lower[way >> 1]
    return ways[:end].copy()


@kernel
def from_the_roots(way_of: Ints, lower: Ints, upper: Ints) -> Ints:
    """Return the nodes that a way enters, each after the one that the way comes from."""
    order = np.empty(len(way_of), np.int32)
    done = way_of < 0
    end = 0
    waiting = np.empty(len(way_of), np.int32)
    for start in range(len(way_of)):
        n_waiting = 0
        node = start
        while not done[node]:
            done[node] = True
            waiting[n_waiting] = node
            n_waiting += 1
            way = way_of[node]
            node = upper[way >> 1] if way % 2 else lower[way >> 1]
        while n_waiting:
            n_waiting -= 1
            order[end] = waiting[n_waiting]
            end += 1
    return order[:end].copy()


@kernel
def last_arcs(first: Nodes, arcs: Nodes, end_of: Nodes, before: Nodes) -> None:
    """Give every node the last arc of its path, so that together they make one tree.

    Parameters
    ----------
    first, arcs
        The arcs of the way that enters each node, the nodes in the order of `from_the_roots`.
    end_of
        The end of each arc that is farther from the root.
    before
        To be filled; at first -1, and -2 where a path begins.
    """
    for way in range(len(first) - 1):
        for at in range(first[way], first[way + 1]):
            # What an earlier way has led to stays, or else two ways could follow each other round.
            if before[end_of[arcs[at]]] == -1:
                before[end_of[arcs[at]]] = arcs[at]
