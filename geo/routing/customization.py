"""Customization: what the ways of every slot cost under one vector of weights, or under eight.

Kernels. A slot costs what its cheapest arc costs, or what the cheapest *lower triangle* costs: the
way over a node that lies below both of its ends (Dibbelt, Strasser and Wagner 2016, section 4).
Costs are tables of slots x lanes; each lane is a world of its own with a vector of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.routing.parts import SlotCosts, Triangles

__all__ = ["LANES", "arcs_to_slots", "relax_many", "relax_one"]

LANES = 8
"""How many vectors, or sources, go through one loop: the eight float64 of a cache line."""

Ints = NDArray[np.int32]
Costs = NDArray[np.float64]


@kernel
def arcs_to_slots(way_first: Ints, arc_cost: Costs, slots: SlotCosts) -> None:
    """Give each slot the cost of its cheapest arc each way, infinity if it has none.

    Parameters
    ----------
    way_first
        Where the arcs of each way begin.
    arc_cost
        The cost of each arc, way after way; arcs x lanes.
    slots
        To be filled.
    """
    up, down = slots.up, slots.down
    n_slots, n_lanes = up.shape
    for slot in range(n_slots):
        up[slot, :] = np.inf
        down[slot, :] = np.inf
        for at in range(way_first[2 * slot], way_first[2 * slot + 1]):
            for lane in range(n_lanes):
                up[slot, lane] = min(up[slot, lane], arc_cost[at, lane])
        for at in range(way_first[2 * slot + 1], way_first[2 * slot + 2]):
            for lane in range(n_lanes):
                down[slot, lane] = min(down[slot, lane], arc_cost[at, lane])


def _relaxation(lanes: int) -> Callable[[Ints, Triangles, SlotCosts], None]:
    """Make the kernel for so many lanes: a number known beforehand is what makes it fast."""

    @kernel
    def relax(ranges: Ints, triangles: Triangles, slots: SlotCosts) -> None:
        """Lower the costs of the slots above some nodes to those of their lower triangles.

        A node x reads the slots of every node z below it and writes none but its own. So nodes of
        different subtrees can be done at the same time; all that are below x must be done before.
        Where the slot from x to a node y is, is kept by the depth of y.

        Parameters
        ----------
        ranges
            Nodes to do, in this order: each row is the first rank and the one past the last.
        triangles, slots
            Where to look, and what to bring up to date.
        """
        up, down = slots.up, slots.down
        slot_at = np.empty(len(triangles.first), np.int32)
        for begin, end in ranges:
            for x in range(begin, end):
                for slot in range(triangles.first[x], triangles.first[x + 1]):
                    slot_at[triangles.upper_depth[slot]] = slot
                for at in range(triangles.down_first[x], triangles.down_first[x + 1]):
                    zx = triangles.down_slots[at]
                    for zy in range(zx + 1, triangles.row_end[at]):
                        xy = slot_at[triangles.upper_depth[zy]]
                        for lane in range(lanes):
                            over_z = down[zx, lane] + up[zy, lane]
                            up[xy, lane] = min(up[xy, lane], over_z)
                        for lane in range(lanes):
                            over_z = down[zy, lane] + up[zx, lane]
                            down[xy, lane] = min(down[xy, lane], over_z)

    return relax


relax_one = _relaxation(1)
relax_many = _relaxation(LANES)
