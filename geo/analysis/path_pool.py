"""Routes of a block of draws: what each costs by the engine, and the few that need unpacking.

A path that is known for one draw is tried for the later ones: only where none of the known ones
costs what the engine found is a path unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from geo.analysis.stages import Stages
from geo.analysis.way_paths import WayPaths
from geo.errors import GraphError
from geo.routing import Products, batch_groups

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.analysis.stages import Chain
    from geo.analysis.sweep_problem import Problem, Way
    from geo.analysis.unknowns import Drawn
    from geo.routing import BatchGroup

__all__ = ["Chosen", "choose"]

_SAME: Final = 1e-9
"""Sums along different orders differ in their last digits; so near, they are of one path."""

RouteName = tuple[str, str, bool]


@dataclass(frozen=True, eq=False)
class Chosen:
    """The routes of some draws on one way.

    Parameters
    ----------
    usd, hours, kg_co2, generalised_usd
        Of the chosen route, for one FEU; float64[draws, origins, destinations]; NaN: no route.
    route
        Position in `routes`, -1 where there is no route; int64[draws, origins, destinations].
    routes
        Of each route: its landmarks in order, its main mode, and whether any of it is by sea.
    unpacked
        How many paths were unpacked.
    """

    usd: NDArray[np.float64]
    hours: NDArray[np.float64]
    kg_co2: NDArray[np.float64]
    generalised_usd: NDArray[np.float64]
    route: NDArray[np.int64]
    routes: tuple[RouteName, ...]
    unpacked: int


@dataclass(eq=False)
class _Pool:
    """Known paths: what each uses as it is paid and as it is weighed, its pair and its route."""

    size: int
    uses: list[sparse.csr_array] = field(default_factory=list)
    weighed: list[sparse.csr_array] = field(default_factory=list)
    pair: list[NDArray[np.int64]] = field(default_factory=list)
    route_of: list[int] = field(default_factory=list)
    routes: dict[RouteName, int] = field(default_factory=dict)

    def fits(
        self, price: NDArray[np.float64], least: NDArray[np.float64], first: int = 0
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return vector, pair and number of the known paths that cost the least there is.

        Parameters
        ----------
        price
            float64[vectors, items].
        least
            What the cheapest path of each pair costs; float64[vectors, pairs].
        first
            Piece of the pool to begin with.
        """
        if first == len(self.uses):
            none = np.empty(0, dtype=np.int64)
            return none, none, none
        pair = np.concatenate(self.pair[first:])
        weighed = sparse.vstack(self.weighed[first:], format="csr")
        cost = np.asarray(weighed @ price.T)
        before = sum(map(len, self.pair[:first]))
        path, vector = np.nonzero(cost <= least.T[pair] * (1 + _SAME))
        return vector, pair[path], path + before

    def add(self, problem: Problem, found: _Found, pairs: NDArray[np.int64]) -> None:
        """Add the paths of some pairs."""
        self.uses.append(sparse.csr_array(found.of_pair @ (found.arcs @ problem.quantities)))
        self.weighed.append(sparse.csr_array(found.of_pair @ (found.arcs @ problem.steered)))
        self.pair.append(pairs)
        for name in found.names:
            self.route_of.append(self.routes.setdefault(name, len(self.routes)))


@dataclass(frozen=True, eq=False)
class _Found:
    """Paths that were unpacked, in pieces that they share.

    Parameters
    ----------
    arcs
        How often a piece uses an arc; float64[pieces, arcs].
    of_pair
        How often the path of a pair uses a piece; float64[pairs, pieces].
    names
        The route that each path is.
    """

    arcs: sparse.csr_array
    of_pair: sparse.csr_array
    names: list[RouteName]


def choose(problem: Problem, way: Way, drawn: Drawn) -> Chosen:
    """Choose the route of every pair anew in every draw.

    Parameters
    ----------
    problem
        The network and the pairs.
    way
        Way to go, in a state of the world.
    drawn
        Unit rates of each draw.

    Returns
    -------
    Chosen
        By the objective, with the preference for known freight lines, which is not reported.
        One thread does it: several blocks at a time keep the cores busy.
    """
    price = np.ascontiguousarray(drawn.objective(problem.objective))
    shape = (len(drawn), len(problem.sources), len(problem.targets))
    path = np.full(shape, -1, dtype=np.int64)
    pool = _Pool(len(problem.targets))
    for group, closed in enumerate(way.closed):
        _choose_from(problem, way, closed, np.flatnonzero(way.group == group), (price, path, pool))
    return _report(path, drawn, pool)


def _choose_from(
    problem: Problem,
    way: Way,
    closed: NDArray[np.bool_],
    origins: NDArray[np.int64],
    state: tuple[NDArray[np.float64], NDArray[np.int64], _Pool],
) -> None:
    """Choose for the origins to which the same arcs are closed; write the paths' numbers."""
    price, path, pool = state
    ends = (problem.sources[origins], problem.targets)
    stages = Stages.of(way.waypoints, ends, (problem.tail, problem.head))
    vectors = Products(problem.steered, price, closed=closed)
    over = np.asarray(problem.steered[stages.arcs] @ price.T).T
    over[:, closed[stages.arcs]] = np.inf
    offered = way.offered[origins].reshape(-1)
    known = len(pool.uses)
    for some in batch_groups(problem.hierarchy, vectors, stages.starts, stages.ends):
        rows = slice(some.begin, some.begin + len(some.costs))
        chain = stages.chain(some.costs, over[rows])
        least = chain.cost.reshape(len(some.costs), -1)
        found = np.full(least.shape, -1, dtype=np.int64)
        vector, pair, number = pool.fits(price[rows], least, known)
        # Of several that fit, the one known for longest.
        found[vector[::-1], pair[::-1]] = number[::-1]
        missing = np.isfinite(least) & offered & (found < 0)
        for one in range(len(found)):
            pairs = np.flatnonzero(missing[one])
            if not len(pairs):
                continue
            pieces = len(pool.uses)
            pool.add(problem, _unpacked(problem, some, chain, one, pairs), pairs)
            vector, pair, number = pool.fits(price[rows], least, pieces)
            new = missing[vector, pair]
            found[vector[new], pair[new]] = number[new]
            missing[vector[new], pair[new]] = False
            if missing[one].any():
                message = "a path costs more than its own cheapest cost"
                raise GraphError(message)
        found[:, ~offered] = -1
        path[rows, origins] = found.reshape(chain.cost.shape)


def _unpacked(
    problem: Problem, some: BatchGroup, chain: Chain, vector: int, pairs: NDArray[np.int64]
) -> _Found:
    """Return the cheapest way of pairs under one vector."""
    found = WayPaths.of(some, chain, vector, pairs)
    return _Found(
        found.arcs_of_pieces(len(problem.tail)),
        found.pieces_of_pairs(),
        problem.landmarks.routes((found.first, found.arcs), (found.bounds, found.piece)),
    )


def _report(path: NDArray[np.int64], drawn: Drawn, pool: _Pool) -> Chosen:
    """Add up what the chosen paths cost."""
    usd, hours, kg_co2 = (np.full(path.shape, np.nan) for _ in range(3))
    if pool.uses:
        uses: sparse.csr_array = sparse.csr_array(sparse.vstack(pool.uses, format="csr"))
        for draw, numbers in enumerate(path):
            some = numbers >= 0
            used = uses[numbers[some]]
            usd[draw, some] = used @ drawn.usd[draw]
            hours[draw, some] = used @ drawn.hours[draw]
            kg_co2[draw, some] = used @ drawn.kg_co2[draw]
    # The last -1 is for pairs without a path.
    route = np.array([*pool.route_of, -1], dtype=np.int64)[path]
    return Chosen(
        usd,
        hours,
        kg_co2,
        usd + drawn.usd_per_hour[:, np.newaxis, np.newaxis] * hours,
        route,
        tuple(pool.routes),
        len(pool.route_of),
    )
