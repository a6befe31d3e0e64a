"""A directed multigraph as two arrays, checked once at the door.

Its order depends on the topology alone, so it is built once and re-weighted at will.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Graph", "Pairs"]


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

    @cached_property
    def pairs(self) -> Pairs:
        """The arcs grouped by their two ends."""
        return Pairs.of(self)


@dataclass(frozen=True, eq=False)
class Pairs:
    """The distinct (tail, head) of a graph without self-loops, in order, and the arcs of each.

    Parameters
    ----------
    tail, head
        The ends of each pair, sorted by tail and then by head.
    key
        One ascending number for each pair: tail x n_nodes + head.
    arcs
        The arcs, pair after pair; among parallel ones the lower id first.
    first
        Where each pair begins in `arcs`.
    owner
        The pair of each element of `arcs`.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    key: NDArray[np.int64]
    arcs: NDArray[np.int64]
    first: NDArray[np.int64]
    owner: NDArray[np.int64]

    @classmethod
    def of(cls, graph: Graph) -> Pairs:
        """Group the arcs of a graph."""
        arcs = np.flatnonzero(graph.tail != graph.head)
        key = graph.tail[arcs] * graph.n_nodes + graph.head[arcs]
        order = np.argsort(key, kind="stable")
        arcs, key = arcs[order], key[order]
        begins = np.diff(key, prepend=-1) != 0
        first = np.flatnonzero(begins)
        owner = np.cumsum(begins) - 1
        return cls(graph.tail[arcs[first]], graph.head[arcs[first]], key[first], arcs, first, owner)

    def cheapest(
        self, weights: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the least weight of each pair and the arc that has it (of equals the first)."""
        if not len(self.first):
            return np.empty(0), np.empty(0, np.int64)
        each = weights[self.arcs]
        least = np.minimum.reduceat(each, self.first)
        winning = np.flatnonzero(each == least[self.owner])
        earliest = np.diff(self.owner[winning], prepend=-1) != 0
        return least, self.arcs[winning[earliest]]


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
