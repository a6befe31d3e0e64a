"""Climbs: what the ancestors of a node cost to reach going up, and where two climbs meet.

Kernels. What a node can reach going up are its ancestors in the elimination tree, so a climb needs
no queue and keeps its costs by depth (Dibbelt, Strasser and Wagner 2016, section 5.2). For the way
to a target the climb starts there and goes backwards: `up` and `down` change places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.routing.customization import LANES
from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.routing.parts import SlotCosts, Stairs

__all__ = ["ancestors", "climb_many", "climb_one", "meet_many", "meet_one", "pair_ways"]

Ints = NDArray[np.int32]
Costs = NDArray[np.float64]


@kernel
def ancestors(nodes: Ints, stairs: Stairs) -> Ints:
    """Return the ancestor of each node at each depth, itself the last; -1 below; nodes x height."""
    chain = np.full((len(nodes), stairs.height), -1, np.int32)
    for row in range(len(nodes)):
        node = nodes[row]
        while node >= 0:
            chain[row, stairs.depth[node]] = node
            node = stairs.parent[node]
    return chain


def _climbing(lanes: int) -> Callable[[Ints, Stairs, Costs, Costs], None]:
    """Make the kernel for so many lanes."""

    @kernel
    def climb(nodes: Ints, stairs: Stairs, up: Costs, out: Costs) -> None:
        """Climb from each of some nodes.

        Parameters
        ----------
        nodes
            Ranks to start from, at cost 0.
        stairs
            Of the hierarchy.
        up
            What the slots cost going up; slots x lanes.
        out
            To be filled: the cost of each ancestor by depth; nodes x height x lanes.
        """
        for row in range(len(nodes)):
            node = nodes[row]
            cost = out[row]
            cost[: stairs.depth[node]] = np.inf
            cost[stairs.depth[node]] = 0.0
            while node >= 0:
                here = stairs.depth[node]
                for slot in range(stairs.first[node], stairs.first[node + 1]):
                    there = stairs.upper_depth[slot]
                    for lane in range(lanes):
                        cost[there, lane] = min(
                            cost[there, lane], cost[here, lane] + up[slot, lane]
                        )
                node = stairs.parent[node]

    return climb


climb_one = _climbing(1)
climb_many = _climbing(LANES)


def _meeting(lanes: int) -> Callable[[Ints, Costs, Ints, Costs, Costs], None]:
    """Make the kernel for so many lanes."""

    @kernel
    def meet(
        from_chain: Ints, from_cost: Costs, to_chain: Ints, to_cost: Costs, out: Costs
    ) -> None:
        """Give every pair of a source and a target the least cost over the ancestors of both.

        Parameters
        ----------
        from_chain, to_chain
            Ancestors of sources and of targets by depth.
        from_cost, to_cost
            What they cost to climb to; nodes x height x lanes.
        out
            To be filled; lanes x sources x targets.
        """
        height = from_chain.shape[1]
        best = np.empty(lanes)
        for source in range(len(from_chain)):
            for target in range(len(to_chain)):
                best[:] = np.inf
                # Both chains begin at the root and part once.
                shared, parted = 0, height
                while shared < parted:
                    middle = (shared + parted) >> 1
                    one, other = from_chain[source, middle], to_chain[target, middle]
                    if one == other and one >= 0:
                        shared = middle + 1
                    else:
                        parted = middle
                for depth in range(shared):
                    for lane in range(lanes):
                        best[lane] = min(
                            best[lane],
                            from_cost[source, depth, lane] + to_cost[target, depth, lane],
                        )
                for lane in range(lanes):
                    out[lane, source, target] = best[lane]

    return meet


meet_one = _meeting(1)
meet_many = _meeting(LANES)


@kernel
def _climb_by_slot(
    node: int, stairs: Stairs, up: Costs, lane: int, cost: Costs, slot_of: Ints
) -> None:
    """Climb from one node in one lane, and remember the slot by which each ancestor is entered."""
    depth, first = stairs.depth, stairs.first
    cost[: depth[node]] = np.inf
    cost[depth[node]] = 0.0
    slot_of[depth[node]] = -1
    while node >= 0:
        here = cost[depth[node]]
        if here < np.inf:
            for slot in range(first[node], first[node + 1]):
                there = stairs.upper_depth[slot]
                if here + up[slot, lane] < cost[there]:
                    cost[there] = here + up[slot, lane]
                    slot_of[there] = slot
        node = stairs.parent[node]


@kernel
def _shared_depth(one: int, other: int, stairs: Stairs) -> int:
    """Return the depth of the lowest node that is above both of two nodes, -1 if there is none."""
    # The higher rank cannot be below the lower one: go up from the lower until both agree.
    while one != other and one >= 0 and other >= 0:
        if one < other:
            one = stairs.parent[one]
        else:
            other = stairs.parent[other]
    return int(stairs.depth[one]) if one == other else -1


@kernel
def _steps(top: int, slot_of: Ints, lower: Ints, depth: Ints, out: Ints) -> int:
    """Write the slots from a top back down to where the climb began; return how many there are."""
    size = 0
    while slot_of[top] >= 0:
        out[size] = slot_of[top]
        top = depth[lower[slot_of[top]]]
        size += 1
    return size


@kernel
def pair_ways(
    sources: Ints, targets: Ints, stairs: Stairs, lower: Ints, slots: SlotCosts, lane: int
) -> tuple[Costs, Ints, Ints]:
    """Return the cost of each pair and the ways of its cheapest path, up and then down.

    Parameters
    ----------
    sources, targets
        Ranks; pair i leads from ``sources[i]`` to ``targets[i]``.
    stairs, lower
        Of the hierarchy.
    slots, lane
        What the slots cost, and the lane to look at.

    Returns
    -------
    cost
        Infinity if there is no path.
    begin
        Where the ways of each pair begin in `ways`, and the end.
    ways
        In the order of travel; none if there is no path.
    """
    height = max(stairs.height, 1)
    cost_from, cost_to = np.empty(height), np.empty(height)
    slot_from, slot_to = np.empty(height, np.int32), np.empty(height, np.int32)
    steps = np.empty(height, np.int32)
    costs = np.full(len(sources), np.inf)
    begin = np.zeros(len(sources) + 1, np.int32)
    ways = np.empty(2 * height + 16 * len(sources), np.int32)
    end = 0
    for pair in range(len(sources)):
        _climb_by_slot(sources[pair], stairs, slots.up, lane, cost_from, slot_from)
        _climb_by_slot(targets[pair], stairs, slots.down, lane, cost_to, slot_to)
        top = -1
        # The lowest first: of equals it is the one without a detour that costs nothing.
        for level in range(_shared_depth(sources[pair], targets[pair], stairs), -1, -1):
            if cost_from[level] + cost_to[level] < costs[pair]:
                costs[pair] = cost_from[level] + cost_to[level]
                top = level
        if top >= 0:
            if end + 2 * height > len(ways):
                longer = np.empty(2 * len(ways) + 2 * height, np.int32)
                longer[:end] = ways[:end]
                ways = longer
            n_up = _steps(top, slot_from, lower, stairs.depth, steps)
            for step in range(n_up):
                ways[end + step] = 2 * steps[n_up - 1 - step]
            n_down = _steps(top, slot_to, lower, stairs.depth, steps)
            for step in range(n_down):
                ways[end + n_up + step] = 2 * steps[step] + 1
            end += n_up + n_down
        begin[pair + 1] = end
    return costs, begin, ways[:end].copy()
