"""Hierarchy: a graph with its shortcuts, made once from the topology and weighted at will.

A customizable contraction hierarchy: Dibbelt, Strasser and Wagner, "Customizable Contraction
Hierarchies", SEA 2014 and ACM Journal of Experimental Algorithmics 21 (2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.routing.contraction import bounds_of, contract, kept_contraction
from geo.routing.order import check_order
from geo.routing.parts import Contents, Stairs, Triangles

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph
    from geo.routing.metric import Metric

__all__ = ["Hierarchy"]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A graph whose nodes are ranked, and to which shortcuts are added.

    The nodes are taken out one by one, the lowest rank first. Whenever one goes, its higher
    neighbours are joined to each other, so that no path is lost. What joins two nodes, shortcut
    or not, is a *slot*; it can be passed two *ways*, up and down. Between any two nodes there is
    then a cheapest path that first only goes up and then only goes down.

    All that can be reached going up from a node are its ancestors in the *elimination tree*, where
    the parent of a node is its lowest higher neighbour. They lie on one path to the root, so what
    a search knows of them can be kept by their depth.

    Parameters
    ----------
    graph
        What was contracted.
    rank
        Rank of each node. Every subtree of the elimination tree has consecutive ranks.
    parent, depth, size
        The elimination tree, by rank: parent (-1 for a root), steps below the root, and how many
        nodes the subtree has.
    first, upper
        The slots by their lower end: slots ``first[rank]`` to ``first[rank + 1]`` lead from a node
        up to the nodes `upper`, lowest first.
    way_first, way_arcs
        The arcs by the way that they lead, the lower id first: of way w they are
        ``way_arcs[way_first[w]:way_first[w + 1]]``. Way 2 x slot is up, 2 x slot + 1 is down. A
        shortcut has none, parallel arcs share theirs, and self-loops lead no way.
    """

    graph: Graph
    rank: NDArray[np.int32]
    parent: NDArray[np.int32]
    depth: NDArray[np.int32]
    size: NDArray[np.int32]
    first: NDArray[np.int32]
    upper: NDArray[np.int32]
    way_first: NDArray[np.int32]
    way_arcs: NDArray[np.int32]

    @classmethod
    def of(cls, graph: Graph, *, order: ArrayLike | None = None) -> Hierarchy:
        """Contract a graph.

        Parameters
        ----------
        graph
            Whatever will be searched: arcs that are closed now, too.
        order
            Rank of each node; by default nested dissection; what that gives is kept on disk.

        Raises
        ------
        GraphError
            If the order does not give each node a rank of its own.
        """
        if order is None:
            return cls(graph, **kept_contraction(graph))
        return cls(graph, **contract(graph, check_order(graph, order)))

    @property
    def n_slots(self) -> int:
        """How many pairs of nodes are joined, by arcs or by a shortcut."""
        return len(self.upper)

    @cached_property
    def height(self) -> int:
        """How many nodes there are from the deepest node up to its root, both counted."""
        return int(self.depth.max(initial=-1)) + 1

    @cached_property
    def node_of(self) -> NDArray[np.int32]:
        """The node of each rank."""
        node_of = np.empty_like(self.rank)
        node_of[self.rank] = np.arange(len(self.rank), dtype=np.int32)
        return node_of

    @cached_property
    def lower(self) -> NDArray[np.int32]:
        """The lower end of each slot."""
        ranks = np.arange(len(self.rank), dtype=np.int32)
        return np.repeat(ranks, np.diff(self.first))

    @cached_property
    def upper_depth(self) -> NDArray[np.int32]:
        """The depth of the upper end of each slot."""
        return self.depth[self.upper]

    @cached_property
    def down_first(self) -> NDArray[np.int32]:
        """Where the slots of each node as an upper end begin in `down_slots`."""
        return bounds_of(self.upper, len(self.rank))

    @cached_property
    def down_slots(self) -> NDArray[np.int32]:
        """The slots by their upper end, the lowest lower end first."""
        return np.argsort(self.upper, kind="stable").astype(np.int32)

    @cached_property
    def stairs(self) -> Stairs:
        """What climbs and sweeps need to know."""
        tree = (self.parent, self.depth, self.first, self.upper, self.upper_depth)
        return Stairs(*tree, self.height)

    @cached_property
    def triangles(self) -> Triangles:
        """What customization needs to know."""
        row_end = self.first[1:][self.down_lower]
        below = (self.down_first, self.down_slots, row_end)
        return Triangles(self.first, self.upper_depth, *below)

    @cached_property
    def contents(self) -> Contents:
        """What unpacking needs to know."""
        return Contents(
            self.graph.tail,
            self.graph.head,
            self.lower,
            self.upper,
            self.down_first,
            self.down_slots,
            self.down_lower,
            self.way_first,
            self.way_arcs,
        )

    def shares(self, threads: int) -> tuple[list[NDArray[np.int32]], NDArray[np.int32]]:
        """Cut the nodes into shares of whole subtrees, and the rest, which comes after all shares.

        Returns
        -------
        shares
            For each thread ranges of ranks: rows of the first and the one past the last.
        rest
            The ranges of the nodes above.
        """
        n_nodes = len(self.parent)
        whole = np.array([[0, n_nodes]], dtype=np.int32)
        if threads == 1:
            return [whole], whole[:0]
        small = self.size <= max(n_nodes // (8 * threads), 1)
        # Below a small subtree all are small, so the small nodes are whole subtrees side by side.
        turns = np.flatnonzero(np.diff(small, prepend=~small[:1], append=~small[-1:]))
        ranges = np.stack((turns[:-1], turns[1:]), axis=1).astype(np.int32)
        parts, rest = ranges[small[ranges[:, 0]]], ranges[~small[ranges[:, 0]]]
        slots = np.cumsum(self.first[parts[:, 1]] - self.first[parts[:, 0]])
        total = int(slots[-1]) if len(slots) else 0
        cuts = np.searchsorted(slots, [total * cut // threads for cut in range(1, threads)])
        return [np.ascontiguousarray(share) for share in np.split(parts, cuts)], rest

    @cached_property
    def down_lower(self) -> NDArray[np.int32]:
        """The lower end of each of `down_slots`."""
        return self.lower[self.down_slots]

    def customized(self, weights: ArrayLike, *, threads: int | None = None) -> Metric:
        """Weigh the graph: every slot learns what its ways cost.

        Parameters
        ----------
        weights
            The cost of each arc: >= 0, infinity where it is closed.
        threads
            How many to use; by default one for each core.

        Raises
        ------
        GraphError
            If a weight is NaN or negative, or their number is wrong.
        """
        from geo.routing.metric import Metric

        return Metric.of(self, weights, threads=threads)
