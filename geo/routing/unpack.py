"""Unpacking: the arcs that the ways of a path stand for, found again by what they cost.

Kernel. A way costs exactly as much as the arc or the lower triangle that it was given its cost by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from geo.routing.parts import Contents, SlotCosts

__all__ = ["unpack"]

Ints = NDArray[np.int32]
Nodes = NDArray[np.int64]
Costs = NDArray[np.float64]

_NEXT_TO_NOTHING = 1e-12
"""A loop that costs less than this share of its path may be in it by rounding."""


@kernel
def _arc_that_costs(way: int, cost: float, contents: Contents, arc_cost: Costs, lane: int) -> int:
    """Return the first arc of a way that costs so much, -1 if the way is a shortcut's."""
    for at in range(contents.way_first[way], contents.way_first[way + 1]):
        if arc_cost[at, lane] == cost:
            return int(contents.way_arcs[at])
    return -1


@kernel
def _triangle_that_costs(
    way: int, cost: float, contents: Contents, slots: SlotCosts, lane: int
) -> tuple[int, int]:
    """Return the slots from a third node up to both ends of a way, by which it costs so much.

    The third node is below both ends, so it is found where their lists of lower nodes agree. Where
    arcs cost nothing there may be several; the lowest leads to no node twice, while the paths that
    the others stand for may go round and round.
    """
    up, down = slots.up, slots.down
    down_first, down_slots = contents.down_first, contents.down_slots
    below = contents.down_lower
    x, y = contents.lower[way >> 1], contents.upper[way >> 1]
    at_x, end_x = down_first[x], down_first[x + 1]
    at_y, end_y = down_first[y], down_first[y + 1]
    if at_x < end_x:
        # The list of the higher end may be long, and all below the first of x is of no use.
        begin, end = at_y, end_y
        while begin < end:
            middle = (begin + end) >> 1
            if below[middle] < below[at_x]:
                begin = middle + 1
            else:
                end = middle
        at_y = begin
    while at_x < end_x and at_y < end_y:
        if below[at_x] < below[at_y]:
            at_x += 1
        elif below[at_x] > below[at_y]:
            at_y += 1
        else:
            zx, zy = down_slots[at_x], down_slots[at_y]
            over_z = (
                down[zx, lane] + up[zy, lane] if way % 2 == 0 else down[zy, lane] + up[zx, lane]
            )
            if over_z == cost:
                return int(zx), int(zy)
            at_x += 1
            at_y += 1
    # Not reached: every cost is that of an arc or of a triangle.
    return -1, -1


@kernel
def _cut_loops(arcs: Nodes, begin: int, end: int, tail: Nodes, head: Nodes, kept_at: Nodes) -> int:
    """Take out of a path what leads back to where it was; return the new end.

    Where a loop costs nothing, or less than float64 can tell, the way round it may look as cheap.

    Parameters
    ----------
    arcs, begin, end
        The path, in place.
    tail, head
        Of the graph.
    kept_at
        -1 for every node, and left so; meanwhile, how far the path is once it is at a node.
    """
    kept_at[tail[arcs[begin]]] = begin
    kept = begin
    for at in range(begin, end):
        arc = arcs[at]
        again = kept_at[head[arc]]
        if again < 0:
            arcs[kept] = arc
            kept += 1
            kept_at[head[arc]] = kept
        else:
            for position in range(again, kept):
                kept_at[head[arcs[position]]] = -1
            kept = again
    kept_at[tail[arcs[begin]]] = -1
    for position in range(begin, kept):
        kept_at[head[arcs[position]]] = -1
    return kept


@kernel
def _cost_of(way: int, slots: SlotCosts, lane: int) -> float:
    """Return what a way costs."""
    return float(slots.down[way >> 1, lane] if way % 2 else slots.up[way >> 1, lane])


@kernel
def unpack(
    begin: Ints, ways: Ints, contents: Contents, arc_cost: Costs, slots: SlotCosts, lane: int
) -> tuple[Nodes, Nodes]:
    """Return the arcs of paths that are given by their ways.

    Parameters
    ----------
    begin, ways
        Where the ways of each path begin, and the ways in the order of travel.
    contents
        Of the hierarchy.
    arc_cost
        The cost of each of `Hierarchy.way_arcs`; arcs x lanes.
    slots, lane
        What the slots cost, and the lane to look at.

    Returns
    -------
    first, arcs
        Where the arcs of each path begin, and the arcs in the order of travel.
    """
    first = np.zeros(len(begin), np.int64)
    arcs = np.empty(256 + 16 * len(ways), np.int64)
    found = 0
    waiting = np.empty(64, np.int32)
    kept_at = np.empty(0, np.int64)
    for path in range(len(begin) - 1):
        total = 0.0
        for at in range(begin[path], begin[path + 1]):
            total += _cost_of(ways[at], slots, lane)
        n_free = 0
        for at in range(begin[path], begin[path + 1]):
            waiting[0] = ways[at]
            n_waiting = 1
            while n_waiting:
                n_waiting -= 1
                way = waiting[n_waiting]
                cost = _cost_of(way, slots, lane)
                arc = _arc_that_costs(way, cost, contents, arc_cost, lane)
                if arc >= 0:
                    if found == len(arcs):
                        arcs = np.concatenate((arcs, np.empty_like(arcs)))
                    arcs[found] = arc
                    found += 1
                    n_free += cost <= _NEXT_TO_NOTHING * total
                    continue
                zx, zy = _triangle_that_costs(way, cost, contents, slots, lane)
                if n_waiting + 2 > len(waiting):
                    waiting = np.concatenate((waiting, np.empty_like(waiting)))
                # Up leads x, z, y and down y, z, x; what waits on top is travelled first.
                one, other = (zx, zy) if way % 2 == 0 else (zy, zx)
                waiting[n_waiting] = 2 * other
                waiting[n_waiting + 1] = 2 * one + 1
                n_waiting += 2
        if n_free > 1:
            if not len(kept_at):
                kept_at = np.full(len(contents.down_first), -1, np.int64)
            found = _cut_loops(arcs, first[path], found, contents.tail, contents.head, kept_at)
        first[path + 1] = found
    return first, arcs[:found].copy()
