"""Choice: the weights that a route is chosen by, and the searches under them.

A preference for known freight lines steers the choice; it never enters a bill.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geo.corridor import ANY_WAY, BEST
from geo.costing import generalised
from geo.errors import UsageError
from geo.search import StagedSearch, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.corridor import Corridor, Waypoint
    from geo.costing import Goods, Prices, TimeValue
    from geo.network import Network
    from geo.routing import Tree
    from geo.scenario import World

__all__ = ["CARRIERS", "OBJECTIVES", "STEERING", "Choice", "Found", "objective_of"]

CARRIERS = ("rail", "sea", "road")
"""Modes that carry freight throughout; by default road only leads to terminals."""

OBJECTIVES = ("generalised", "money", "hours", "co2")

STEERING = 2.0
"""Track of no known freight line counts this much more when a route is chosen.

High-speed track is in the source and unmarked; beside a conventional line it is shorter by up to
a fifth, locally by more. A factor of two keeps freight on the lines that are known to carry it.
"""


def objective_of(
    prices: Prices, objective: str, goods: Goods, time_value: TimeValue
) -> NDArray[np.float64]:
    """Return what every arc adds to an objective.

    Parameters
    ----------
    prices : Prices
    objective : str
        One of `OBJECTIVES`.
    goods : Goods
    time_value : TimeValue

    Returns
    -------
    float64[arcs]
        USD per FEU (generalised, money), h or kg of CO2 per FEU; NaN where a rate is missing.

    Raises
    ------
    UsageError
        If there is no such objective.
    """
    if objective not in OBJECTIVES:
        msg = f"unknown objective {objective!r}; one of {', '.join(OBJECTIVES)}"
        raise UsageError(msg)
    if objective == "generalised":
        return generalised(prices, goods, time_value)
    return {"money": prices.money, "hours": prices.hours, "co2": prices.co2}[objective]


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
    _first: dict[tuple[object, ...], Tree] = field(default_factory=dict)
    _allowed: dict[tuple[object, ...], NDArray[np.float64]] = field(default_factory=dict)

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
        found = []
        for steered, by in ((True, preferred), (False, weights)):
            # Corridors of one origin share their first tree where they allow the same arcs.
            key = (origin.place_id, carriers, corridor.avoid, steered)
            first = self._first.get(key)
            if first is None:
                first = self.network.hierarchy.customized(by).tree(source=door)
                # Trees are large: only those of the origin at hand are kept.
                mine = {other: tree for other, tree in self._first.items() if other[0] == key[0]}
                self._first = mine | {key: first}
            found.append(search(first.metric, source=door, waypoints=waypoints, first=first))
        return Found(found[0], found[1], weights, unclosed, closed)

    def spread(
        self, origin: Place, modes: Sequence[str] | None
    ) -> tuple[Tree, NDArray[np.float64], tuple[str, ...]]:
        """Grow the tree of least cost from a place, with no preference for known lines.

        Returns
        -------
        tuple of Tree, float64[arcs] and tuple of str
            The tree, the weights it stands on (infinite where closed, unpriced or ruled out), and
            the modes that were allowed.
        """
        weights, carriers = self.weights(origin, modes)
        metric = self.network.hierarchy.customized(weights)
        door = self.network.terminals.doors[origin.place_id]
        return metric.tree(source=door), weights, carriers

    def weights(
        self, origin: Place, modes: Sequence[str] | None, corridor: Corridor = ANY_WAY
    ) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """Return what every arc weighs for what leaves a place, known lines not preferred.

        Returns
        -------
        tuple of float64[arcs] and tuple of str
            The objective (infinite where closed, unpriced or ruled out) and the modes allowed.

        Raises
        ------
        UsageError
            If a mode is unknown.
        """
        carriers = self._carriers(corridor, modes)
        unclosed = self._unclosed(carriers, corridor.avoid)
        weights = np.where(self._closed_for(origin) | np.isnan(unclosed), np.inf, unclosed)
        return weights, carriers

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
        # The open way takes road throughout only where the question asks for it.
        wanted = modes or corridor.modes
        allowed = CARRIERS if corridor.corridor_id == BEST else corridor.modes
        return tuple(name for name in CARRIERS if name in wanted and name in allowed)

    def _unclosed(self, carriers: tuple[str, ...], avoid: Sequence[str]) -> NDArray[np.float64]:
        """Weights with infinity only for what the question itself rules out."""
        key = (carriers, tuple(avoid))
        if key not in self._allowed:
            ruled_out = self._ruled_out(carriers, avoid)
            self._allowed[key] = np.where(ruled_out, np.inf, self.objective)
        return self._allowed[key]

    def _ruled_out(self, carriers: tuple[str, ...], avoid: Sequence[str]) -> NDArray[np.bool_]:
        """Say which arcs are of other modes, or of what is to be avoided."""
        column = self.network.column
        mode, iso3 = column["mode"], column["iso3"]
        ruled_out = np.zeros(len(mode), dtype=np.bool_)
        for name in CARRIERS:
            if name not in carriers:
                ruled_out |= mode == name
        for shunned in avoid:
            # A through train crosses several states at once: it has the links of all of them.
            link = shunned if ":" in shunned else f"state:{shunned}"
            ruled_out[self.network.arcs_of(link)] = True
            ruled_out |= (iso3 == shunned) & (mode != "sea")
        return ruled_out

    def _closed_for(self, origin: Place) -> NDArray[np.bool_]:
        """Return closed arcs; a ban on transit does not bind what a state itself sends out."""
        transit = f"transit:{origin.iso3}"
        if transit not in self.world.closures:
            return self.world.closed
        return self.network.closed_arcs(frozenset(self.world.closures) - {transit})
