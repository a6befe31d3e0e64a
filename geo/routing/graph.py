"""A directed multigraph as two arrays, checked once at the door.

Its order depends on the topology alone, so it is built once and re-weighted at will.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Graph"]


@dataclass(frozen=True, eq=False)
class Graph:
    """A directed multigraph; arc i leads from ``tail[i]`` to ``head[i]``.

    Parameters
    ----------
    n_nodes
        How many nodes there are: their ids are 0 to n_nodes - 1.
    tail, head
        The nodes that each arc leaves and enters. Parallel arcs and self-loops may be among them.

    Raises
    ------
    GraphError
        If the arrays do not match, or an arc names a node that is not there.
    """

    n_nodes: int
    tail: NDArray[np.int64]
    head: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Check, copy and freeze the arrays."""
        if self.n_nodes < 0:
            message = f"a graph cannot have {self.n_nodes} nodes"
            raise GraphError(message)
        for end in ("tail", "head"):
            object.__setattr__(self, end, _checked_ends(end, getattr(self, end), self.n_nodes))
        if len(self.tail) != len(self.head):
            message = f"{len(self.tail)} tails do not match {len(self.head)} heads"
            raise GraphError(message)

    @property
    def n_arcs(self) -> int:
        """How many arcs there are."""
        return len(self.tail)


def _checked_ends(end: str, ids: object, n_nodes: int) -> NDArray[np.int64]:
    """Return node ids as a read-only copy, or name the first arc that has a wrong one."""
    given = np.asarray(ids)
    if given.ndim != 1:
        message = f"{end} has {given.ndim} dimensions, not 1"
        raise GraphError(message)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        message = f"{end} holds {given.dtype}, not whole numbers"
        raise GraphError(message)
    wrong = np.flatnonzero((given < 0) | (given >= n_nodes))
    if wrong.size:
        arc = wrong[0]
        message = f"{end} of arc {arc} is node {given[arc]}, but there are {n_nodes} nodes"
        raise GraphError(message)
    checked = given.astype(np.int64)
    checked.flags.writeable = False
    return checked
