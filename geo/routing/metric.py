"""Metric: a hierarchy under one vector of weights, and every question that can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError, UnreachableError
from geo.routing.climb import ancestors, climb_one, meet_one, pair_ways
from geo.routing.customization import LANES, arcs_to_slots, relax_one
from geo.routing.parts import SlotCosts
from geo.routing.paths import Paths
from geo.routing.sweep import sweep_lanes
from geo.routing.threads import cores, runs, spread
from geo.routing.tree import Tree
from geo.routing.unpack import unpack
from geo.routing.weights import check_node, check_nodes, check_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph
    from geo.routing.hierarchy import Hierarchy

__all__ = ["Metric"]

_SLOTS_WORTH_A_THREAD = 50_000
"""Fewer slots than this are weighed as fast as a thread is begun."""

_PAIRS_WORTH_A_THREAD = 50_000
"""The table of fewer pairs than this is made as fast as a thread is begun."""


@dataclass(frozen=True, eq=False)
class Metric:
    """What every way of a hierarchy costs under one vector of weights.

    Parameters
    ----------
    hierarchy
        What was weighed.
    weights
        The cost of each arc: >= 0, infinity where it is closed.
    arc_cost
        The same by the way that the arcs lead, as `Hierarchy.way_arcs`; arcs x 1.
    slots
        What the slots cost each way; slots x 1.
    """

    hierarchy: Hierarchy
    weights: NDArray[np.float64]
    arc_cost: NDArray[np.float64]
    slots: SlotCosts

    @classmethod
    def of(cls, hierarchy: Hierarchy, weights: ArrayLike, *, threads: int | None = None) -> Metric:
        """Weigh a hierarchy; see `Hierarchy.customized`."""
        checked = check_weights(weights, hierarchy.graph.n_arcs)
        arc_cost = checked[hierarchy.way_arcs][:, np.newaxis]
        slots = SlotCosts(np.empty((hierarchy.n_slots, 1)), np.empty((hierarchy.n_slots, 1)))
        arcs_to_slots(hierarchy.way_first, arc_cost, slots)
        worth_it = threads is not None or hierarchy.n_slots > _SLOTS_WORTH_A_THREAD
        shares, rest = hierarchy.shares(cores(threads) if worth_it else 1)
        triangles = hierarchy.triangles

        def relax(ranges: NDArray[np.int32]) -> None:
            relax_one(ranges, triangles, slots)

        spread(relax, shares)
        relax(rest)
        return cls(hierarchy, checked, arc_cost, slots)

    @property
    def graph(self) -> Graph:
        """The graph that was weighed."""
        return self.hierarchy.graph

    def cost(self, source: int, target: int) -> float:
        """Return what the cheapest path from one node to another costs, infinity without one.

        Raises
        ------
        GraphError
            If a node does not exist.
        """
        return float(self._ways(*self._ends(source, target))[0][0])

    def path(self, source: int, target: int) -> NDArray[np.int64]:
        """Return the arcs of the cheapest path from one node to another, in the order of travel.

        Raises
        ------
        UnreachableError
            If there is none.
        GraphError
            If a node does not exist.
        """
        cost, begin, ways = self._ways(*self._ends(source, target))
        if np.isinf(cost[0]):
            raise UnreachableError(target)
        return self.unpacked(begin, ways)[1]

    def paths(self, sources: ArrayLike, targets: ArrayLike, *, threads: int | None = None) -> Paths:
        """Return the cheapest path from each source to the target in the same position.

        Raises
        ------
        GraphError
            If a node does not exist, or the sources are not as many as the targets.
        """
        starts = check_nodes(self.graph, sources, what="sources")
        ends = check_nodes(self.graph, targets, what="targets")
        if len(starts) != len(ends):
            message = f"{len(starts)} sources do not match {len(ends)} targets"
            raise GraphError(message)
        rank = self.hierarchy.rank

        def find(pairs: slice) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
            cost, begin, ways = self._ways(rank[starts[pairs]], rank[ends[pairs]])
            return cost, *self.unpacked(begin, ways)

        found = spread(find, runs(len(starts), cores(threads), least=32))
        lengths = np.concatenate([np.diff(first) for _, first, _ in found])
        return Paths(
            np.concatenate([cost for cost, *_ in found]),
            np.concatenate(([0], np.cumsum(lengths))),
            np.concatenate([arcs for *_, arcs in found]),
            self.graph.n_arcs,
        )

    def costs(
        self, sources: ArrayLike, targets: ArrayLike, *, threads: int | None = None
    ) -> NDArray[np.float64]:
        """Return what the cheapest path from each source to each target costs.

        Returns
        -------
        float64[sources, targets]
            Infinity where there is no path.

        Raises
        ------
        GraphError
            If a node does not exist.
        """
        hierarchy = self.hierarchy
        climbs = []
        for what, nodes, table in (
            ("sources", sources, self.slots.up),
            ("targets", targets, self.slots.down),
        ):
            ranks = hierarchy.rank[check_nodes(self.graph, nodes, what=what)]
            chain = ancestors(ranks, hierarchy.stairs)
            cost = np.empty((*chain.shape, 1))
            climb_one(ranks, hierarchy.stairs, table, cost)
            climbs.append((chain, cost))
        (from_chain, from_cost), (to_chain, to_cost) = climbs
        out = np.empty((1, len(from_chain), len(to_chain)))

        def meet(rows: slice) -> None:
            meet_one(from_chain[rows], from_cost[rows], to_chain, to_cost, out[:, rows])

        least = _PAIRS_WORTH_A_THREAD // max(len(to_chain), 1) + 1
        spread(meet, runs(len(from_chain), cores(threads), least=least))
        costs: NDArray[np.float64] = out[0]
        return costs

    def costs_to_all(
        self, sources: ArrayLike, *, threads: int | None = None
    ) -> NDArray[np.float64]:
        """Return what the cheapest path from each source to every node costs.

        Returns
        -------
        float64[sources, nodes]

        Raises
        ------
        GraphError
            If a node does not exist.
        """
        stairs, rank = self.hierarchy.stairs, self.hierarchy.rank
        ranks = rank[check_nodes(self.graph, sources, what="sources")]
        out = np.empty((len(ranks), self.graph.n_nodes))

        def sweep(groups: slice) -> None:
            for begin in range(groups.start * LANES, groups.stop * LANES, LANES):
                some = slice(begin, begin + LANES)
                sweep_lanes(ranks[some], stairs, rank, self.slots, out[some])

        least = _SLOTS_WORTH_A_THREAD // (self.hierarchy.n_slots + 1) + 1
        spread(sweep, runs(-(-len(ranks) // LANES), cores(threads), least=least))
        return out

    def tree(
        self,
        *,
        source: int | None = None,
        labels: ArrayLike | None = None,
        target: int | None = None,
    ) -> Tree:
        """Return the cheapest paths between all nodes and one, or several with a head start.

        Parameters
        ----------
        source
            The one node to start from, at cost 0.
        labels
            Or what each node costs to start from: infinity where no path begins.
        target
            Or the one node to end at.

        Raises
        ------
        GraphError
            If a node does not exist, a label is NaN or negative, or their number is wrong.
        TypeError
            Unless just one of the three is given.
        """
        return Tree.grow(self, source=source, labels=labels, target=target)

    def unpacked(
        self, begin: NDArray[np.int32], ways: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the arcs of paths that are given by their ways, and where each path begins.

        Parameters
        ----------
        begin
            Where the ways of each path begin, and the end.
        ways
            In the order of travel; none of them may be closed.
        """
        return unpack(begin, ways, self.hierarchy.contents, self.arc_cost, self.slots, 0)

    def _ends(self, source: int, target: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the ranks of two nodes, each as a list."""
        rank = self.hierarchy.rank
        one, other = check_node(self.graph, source), check_node(self.graph, target)
        return rank[one : one + 1], rank[other : other + 1]

    def _ways(
        self, sources: NDArray[np.int32], targets: NDArray[np.int32]
    ) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
        """Return cost and ways of pairs of ranks, as `pair_ways` does."""
        stairs, lower = self.hierarchy.stairs, self.hierarchy.lower
        return pair_ways(sources, targets, stairs, lower, self.slots, 0)
