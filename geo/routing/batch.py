"""Batches: many vectors of weights x origins x destinations in one call, on every core.

Eight vectors at a time go through each loop, and each thread has tables of its own for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from geo.routing.climb import ancestors, climb_many, meet_many, pair_ways
from geo.routing.customization import LANES, arcs_to_slots, relax_many
from geo.routing.parts import SlotCosts
from geo.routing.paths import Paths, Quantities
from geo.routing.threads import cores, runs, spread
from geo.routing.unpack import unpack
from geo.routing.vectors import vectors_of
from geo.routing.weights import check_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import sparray

    from geo.routing.hierarchy import Hierarchy
    from geo.routing.vectors import Vectors

__all__ = ["BatchGroup", "batch_groups", "costs_batch", "sums_batch"]


def costs_batch(
    hierarchy: Hierarchy,
    vectors: Vectors | ArrayLike,
    sources: ArrayLike,
    targets: ArrayLike,
    *,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.float64]:
    """Return what the cheapest paths cost under each of many vectors of weights.

    Parameters
    ----------
    hierarchy
        The graph, contracted.
    vectors
        float64[vectors, arcs], or `Products`, or `ClosedInTurn`.
    sources, targets
        Nodes.
    threads
        How many to use; by default one for each core.
    progress
        Called with (vectors done, all vectors), now and then.

    Returns
    -------
    float64[vectors, sources, targets]
        Infinity where there is no path.

    Raises
    ------
    GraphError
        If a weight is NaN or negative, their number is wrong, or a node does not exist.
    """
    batch = _Batch.of(hierarchy, vectors, sources, targets)
    costs = np.empty((len(batch.vectors), len(batch.sources), len(batch.targets)))
    each = _Progress(len(batch.vectors), progress)

    def work(groups: slice) -> None:
        lanes = _Lanes.of(hierarchy, batch.vectors)
        for begin in range(groups.start * LANES, groups.stop * LANES, LANES):
            lanes.customize(begin)
            some = costs[begin : begin + LANES]
            some[:] = batch.costs(lanes)[: len(some)]
            each.done(len(some))

    spread(work, runs(-(-len(batch.vectors) // LANES), cores(threads)))
    return costs


def sums_batch(  # noqa: PLR0913 - the question of `costs_batch`, and what to add up
    hierarchy: Hierarchy,
    vectors: Vectors | ArrayLike,
    sources: ArrayLike,
    targets: ArrayLike,
    quantities: ArrayLike | sparray,
    *,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return costs as `costs_batch` does, and sums of quantities along the cheapest paths.

    Parameters
    ----------
    hierarchy, vectors, sources, targets, threads, progress
        As for `costs_batch`.
    quantities
        What each arc uses: float64[arcs], float64[arcs, columns] or sparse, arcs x columns.

    Returns
    -------
    costs
        float64[vectors, sources, targets].
    sums
        float64[vectors, sources, targets, columns]; NaN where there is no path.

    Raises
    ------
    GraphError
        If a weight is NaN or negative, a number is wrong, or a node does not exist.
    """
    batch = _Batch.of(hierarchy, vectors, sources, targets)
    amounts = Quantities.of(quantities, hierarchy.graph.n_arcs)
    shape = (len(batch.vectors), len(batch.sources), len(batch.targets))
    costs, sums = np.empty(shape), np.empty((*shape, amounts.n_columns))
    each = _Progress(len(batch.vectors), progress)

    def work(groups: slice) -> None:
        lanes = _Lanes.of(hierarchy, batch.vectors)
        for begin in range(groups.start * LANES, groups.stop * LANES, LANES):
            lanes.customize(begin)
            some = range(begin, min(begin + LANES, len(batch.vectors)))
            for lane, vector in enumerate(some):
                cost, first, arcs = batch.paths(lanes, lane)
                along = amounts.along(first, arcs)
                along[np.isinf(cost)] = np.nan
                costs[vector] = cost.reshape(shape[1:])
                sums[vector] = along.reshape(sums.shape[1:])
            each.done(len(some))

    spread(work, runs(-(-len(batch.vectors) // LANES), cores(threads)))
    return costs, sums


def batch_groups(
    hierarchy: Hierarchy, vectors: Vectors | ArrayLike, sources: ArrayLike, targets: ArrayLike
) -> Iterator[BatchGroup]:
    """Yield the costs of `costs_batch` a few vectors at a time, with any path for the asking.

    One thread does it, and what was yielded last holds only until the next is asked for.

    Parameters
    ----------
    hierarchy, vectors, sources, targets
        As for `costs_batch`.

    Yields
    ------
    BatchGroup
        At most eight vectors, in their order.

    Raises
    ------
    GraphError
        If a weight is NaN or negative, their number is wrong, or a node does not exist.
    """
    batch = _Batch.of(hierarchy, vectors, sources, targets)
    lanes = _Lanes.of(hierarchy, batch.vectors)
    for begin in range(0, len(batch.vectors), LANES):
        lanes.customize(begin)
        size = min(LANES, len(batch.vectors) - begin)
        yield BatchGroup(begin, batch.costs(lanes)[:size], batch, lanes)


@dataclass(frozen=True, eq=False)
class BatchGroup:
    """A few vectors of a batch, weighed.

    Parameters
    ----------
    begin
        Number of the first of them.
    costs
        What the cheapest paths cost; float64[vectors of the group, sources, targets].
    """

    begin: int
    costs: NDArray[np.float64]
    _batch: _Batch
    _lanes: _Lanes

    def pieces(
        self, vector: int, sources: NDArray[np.int64], targets: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Paths]:
        """Return the cheapest paths of pairs under one vector, each stretch of track once.

        Paths of many pairs share most of their way, so this is several times as quick as
        unpacking each of them.

        Parameters
        ----------
        vector
            Its number within the group, from 0.
        sources, targets
            Positions among the sources and the targets of the batch; int64[pairs].

        Returns
        -------
        tuple of int64[pairs + 1], int64[pieces of all pairs] and Paths
            Where the pieces of each pair begin, and the end; the pieces in order of travel, pair
            after pair; the arcs of each piece. A pair without a path has none.
        """
        hierarchy, lanes = self._batch.hierarchy, self._lanes
        _, begin, ways = pair_ways(
            self._batch.sources[sources],
            self._batch.targets[targets],
            hierarchy.stairs,
            hierarchy.lower,
            lanes.slots,
            vector,
        )
        each, piece = np.unique(ways, return_inverse=True)
        bounds = np.arange(len(each) + 1, dtype=np.int32)
        first, arcs = unpack(bounds, each, hierarchy.contents, lanes.arc_cost, lanes.slots, vector)
        slot = each >> 1
        cost = np.where(each % 2, lanes.slots.down[slot, vector], lanes.slots.up[slot, vector])
        found = Paths(cost, first, arcs, hierarchy.graph.n_arcs)
        return begin.astype(np.int64), piece.astype(np.int64), found


@dataclass(frozen=True, eq=False)
class _Lanes:
    """The tables of one thread: what arcs and slots cost in eight vectors."""

    hierarchy: Hierarchy
    fill: Callable[[int, NDArray[np.float64]], None]
    arc_cost: NDArray[np.float64]
    slots: SlotCosts

    @classmethod
    def of(cls, hierarchy: Hierarchy, vectors: Vectors) -> _Lanes:
        """Make room."""
        shape = (hierarchy.n_slots, LANES)
        arc_cost = np.empty((len(hierarchy.way_arcs), LANES))
        fill = vectors.ordered(hierarchy.way_arcs)
        return cls(hierarchy, fill, arc_cost, SlotCosts(np.empty(shape), np.empty(shape)))

    def customize(self, begin: int) -> None:
        """Weigh the slots under the eight vectors from one on."""
        hierarchy = self.hierarchy
        self.fill(begin, self.arc_cost)
        arcs_to_slots(hierarchy.way_first, self.arc_cost, self.slots)
        everything = np.array([[0, hierarchy.graph.n_nodes]], dtype=np.int32)
        relax_many(everything, hierarchy.triangles, self.slots)


@dataclass(frozen=True, eq=False)
class _Batch:
    """What is asked: vectors, and the ranks of sources and targets with all their ancestors."""

    hierarchy: Hierarchy
    vectors: Vectors
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    from_chain: NDArray[np.int32]
    to_chain: NDArray[np.int32]

    @classmethod
    def of(
        cls,
        hierarchy: Hierarchy,
        vectors: Vectors | ArrayLike,
        sources: ArrayLike,
        targets: ArrayLike,
    ) -> _Batch:
        """Check what is asked."""
        graph = hierarchy.graph
        starts = hierarchy.rank[check_nodes(graph, sources, what="sources")]
        ends = hierarchy.rank[check_nodes(graph, targets, what="targets")]
        return cls(
            hierarchy,
            vectors_of(vectors, graph.n_arcs),
            starts,
            ends,
            ancestors(starts, hierarchy.stairs),
            ancestors(ends, hierarchy.stairs),
        )

    def costs(self, lanes: _Lanes) -> NDArray[np.float64]:
        """Return float64[LANES, sources, targets]."""
        stairs = self.hierarchy.stairs
        from_cost = np.empty((*self.from_chain.shape, LANES))
        to_cost = np.empty((*self.to_chain.shape, LANES))
        climb_many(self.sources, stairs, lanes.slots.up, from_cost)
        climb_many(self.targets, stairs, lanes.slots.down, to_cost)
        out = np.empty((LANES, len(self.sources), len(self.targets)))
        meet_many(self.from_chain, from_cost, self.to_chain, to_cost, out)
        return out

    def paths(
        self, lanes: _Lanes, lane: int
    ) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        """Return cost, bounds and arcs of the path of every pair under one vector."""
        hierarchy = self.hierarchy
        sources = np.repeat(self.sources, len(self.targets))
        targets = np.tile(self.targets, len(self.sources))
        stairs, lower = hierarchy.stairs, hierarchy.lower
        cost, begin, ways = pair_ways(sources, targets, stairs, lower, lanes.slots, lane)
        contents = hierarchy.contents
        return cost, *unpack(begin, ways, contents, lanes.arc_cost, lanes.slots, lane)


class _Progress:
    """Counts what the threads have done, and tells one at a time."""

    def __init__(self, total: int, tell: Callable[[int, int], None] | None) -> None:
        self._total, self._tell, self._lock, self._done = total, tell, Lock(), 0

    def done(self, vectors: int) -> None:
        """Count some more vectors."""
        with self._lock:
            self._done += vectors
            if self._tell is not None:
                self._tell(self._done, self._total)
