"""Choice: the weights that a route is chosen by, and the searches under them.

A preference for known freight lines steers the choice; it never enters a bill.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError
from geo.routing import ShortestTree, WeightedGraph, shortest_tree
from geo.search import StagedSearch, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.corridor import Corridor, Waypoint
    from geo.network import Network
    from geo.scenario import World

__all__ = ["CARRIERS", "STEERING", "Choice", "Found"]

CARRIERS = ("rail", "sea")

STEERING = 2.0
"""Track of no known freight line counts this much more when a route is chosen.

High-speed track is in the source and unmarked; beside a conventional line it is shorter by up to
a fifth, locally by more. A factor of two keeps freight on the lines that are known to carry it.
"""


@dataclass(frozen=True, eq=False)
class Found:
    """What a search from one origin found.

    Attributes
    ----------
    steered, free : StagedSearch
        With and without the preference for known freight lines.
    weights : float64[arcs]
        The objective, infinite where an arc is closed or ruled out.
    unclosed : float64[arcs]
        The same with infinity only for what the question itself rules out, and NaN where a rate
        is missing.
    closed : bool[arcs]
        Arcs that are closed to what leaves this origin.
    """

    steered: StagedSearch
    free: StagedSearch
    weights: NDArray[np.float64]
    unclosed: NDArray[np.float64]
    closed: NDArray[np.bool_]


@dataclass
class Choice:
    """Searches over one network in one state of the world, by one objective.

    Parameters
    ----------
    network : Network
    world : World
    objective : float64[arcs]
        What a route is to have the least of; NaN where a rate is missing, and no way leads.
    """

    network: Network
    world: World
    objective: NDArray[np.float64]
    _first: dict[tuple[object, ...], ShortestTree] = field(default_factory=dict)
    _origin: str = ""

    def find(
        self,
        origin: Place,
        corridor: Corridor,
        waypoints: Sequence[Waypoint],
        modes: Sequence[str] | None,
    ) -> Found:
        """Search from a place through waypoints.

        Raises
        ------
        UsageError
            If a mode is unknown.
        """
        door = self.network.terminals.doors[origin.place_id]
        carriers = self._carriers(corridor, modes)
        unclosed = self._unclosed(carriers, corridor.avoid)
        closed = self._closed_for(origin)
        weights = np.where(closed | np.isnan(unclosed), np.inf, unclosed)
        preferred = np.where(self.network.column["unlisted"], weights * STEERING, weights)
        if self._origin != origin.place_id:
            self._first.clear()
            self._origin = origin.place_id
        found = []
        for steered, by in ((True, preferred), (False, weights)):
            # Corridors of one origin share their first tree where they allow the same arcs.
            key = (carriers, corridor.avoid, steered)
            if key not in self._first:
                weighted = WeightedGraph.of(self.network.graph, by)
                self._first[key] = shortest_tree(weighted, source=door)
            first = self._first[key]
            found.append(search(first.weighted, source=door, waypoints=waypoints, first=first))
        return Found(found[0], found[1], weights, unclosed, closed)

    @staticmethod
    def _carriers(corridor: Corridor, modes: Sequence[str] | None) -> tuple[str, ...]:
        """Return the modes that both the corridor and the question allow."""
        if isinstance(modes, str):
            modes = (modes,)
        if modes is not None and not modes:
            msg = f"no mode is allowed; name some of {', '.join(CARRIERS)}"
            raise UsageError(msg)
        unknown = set(modes or ()) - set(CARRIERS)
        if unknown:
            msg = f"unknown mode {min(unknown)!r}; one of {', '.join(CARRIERS)}"
            raise UsageError(msg)
        wanted = modes or CARRIERS
        return tuple(name for name in CARRIERS if name in wanted and name in corridor.modes)

    def _unclosed(self, carriers: tuple[str, ...], avoid: Sequence[str]) -> NDArray[np.float64]:
        """Weights with infinity only for what the question itself rules out."""
        column = self.network.column
        mode, iso3 = column["mode"], column["iso3"]
        ruled_out = np.zeros(len(mode), dtype=np.bool_)
        for name in CARRIERS:
            if name not in carriers:
                ruled_out |= mode == name
        for state in avoid:
            ruled_out |= (iso3 == state) & (mode != "sea")
            # A through train crosses several states at once.
            ruled_out[self.network.arcs_of(f"state:{state}")] = True
        return np.where(ruled_out, np.inf, self.objective)

    def _closed_for(self, origin: Place) -> NDArray[np.bool_]:
        """Return closed arcs; a ban on transit does not bind what a state itself sends out."""
        transit = f"transit:{origin.iso3}"
        if transit not in self.world.closures:
            return self.world.closed
        return self.network.closed_arcs(frozenset(self.world.closures) - {transit})
