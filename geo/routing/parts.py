"""Parts of a hierarchy as the kernels take them: bundles of arrays, each with what one task needs.

All of them call nodes by their rank.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Contents", "SlotCosts", "Stairs", "Triangles"]

Ints = NDArray[np.int32]


class SlotCosts(NamedTuple):
    """What the slots cost each way; both are float64[slots, lanes], a lane for each vector."""

    up: NDArray[np.float64]
    down: NDArray[np.float64]

    @property
    def turned(self) -> SlotCosts:
        """The same with every arc turned round: a search from a target is one from a source."""
        return SlotCosts(self.down, self.up)


class Stairs(NamedTuple):
    """What climbs and sweeps need: the elimination tree and the slots by their lower end."""

    parent: Ints
    depth: Ints
    first: Ints
    upper: Ints
    upper_depth: Ints
    height: int


class Triangles(NamedTuple):
    """What customization needs: the slots by their lower end, and again by their upper end.

    The slots below x are ``down_slots[down_first[x]:down_first[x + 1]]``, the lowest end first;
    `row_end` says of each where the slots of its lower end stop.
    """

    first: Ints
    upper_depth: Ints
    down_first: Ints
    down_slots: Ints
    row_end: Ints


class Contents(NamedTuple):
    """What unpacking needs: of which arcs, or of which lower slots, a way can be made."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    lower: Ints
    upper: Ints
    down_first: Ints
    down_slots: Ints
    down_lower: Ints
    way_first: Ints
    way_arcs: Ints
