"""Choice: the weights that a route is chosen by, and the searches under them.

A preference for known freight lines steers the choice; it never enters a bill.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.corridor import ANY_WAY, BEST
from geo.costing import generalised
from geo.errors import UsageError
from geo.links import NO_FREIGHT
from geo.search import StagedSearch, search

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.corridor import Corridor, Waypoint
    from geo.costing import Goods, Prices, TimeValue
    from geo.network import Network
    from geo.routing import Metric, Tree
    from geo.scenario import World

__all__ = [
    "CARRIERS",
    "CLOSED_PENALTY",
    "OBJECTIVES",
    "STEERING",
    "Allowed",
    "Choice",
    "Found",
    "objective_of",
]

CARRIERS = ("rail", "sea", "road")
"""Modes that carry freight throughout; by default road only leads to terminals."""

OBJECTIVES = ("generalised", "money", "hours", "co2")

STEERING = 2.0
"""Track of no known freight line counts this much more when a route is chosen.

Track listed as for high speed alone is closed; what else of it is in the source is unmarked,
and beside a conventional line shorter by up to a fifth, locally by more. A factor of two keeps
freight on the lines that are known to carry it.
"""

CLOSED_PENALTY = 1e6
"""Added to a closed arc, so that an explanation uses as few of them as it can."""

_KEPT_TREES = 32
"""So many first trees are kept for questions that may use the same arcs (1 MB each)."""

_KEPT_ALLOWED = 3
"""So many sets of allowed arcs are kept weighed (up to four times 10 MB each)."""

_KEPT_UNRULED = 8
"""So many objectives are kept with what a question rules out (one number an arc each)."""

Weighing = Literal["steered", "free", "forced", "opened"]
"""Known lines preferred; not preferred; what is closed at a penalty; nothing closed to freight."""


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
class Allowed:
    """The arcs that some questions may use, weighed once for all of them.

    Attributes
    ----------
    network : Network
    unclosed : float64[arcs]
        The objective, infinite only for what the questions themselves rule out, and NaN where a
        rate is missing.
    closed : bool[arcs]
        Arcs that are closed to what leaves these origins.
    closures : mapping link -> reason
    """

    network: Network
    unclosed: NDArray[np.float64]
    closed: NDArray[np.bool_]
    closures: Mapping[str, str]
    _metrics: dict[Weighing, Metric] = field(default_factory=dict)
    _trees: dict[tuple[Weighing, int], Tree] = field(default_factory=dict)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The objective, infinite where an arc is closed, ruled out or has no rate."""
        return np.where(self.closed | np.isnan(self.unclosed), np.inf, self.unclosed)

    @cached_property
    def by_road(self) -> bool:
        """Whether lorries may go all the way."""
        road = self.network.column["mode"] == "road"
        return bool(np.isfinite(self.unclosed[road]).any())

    def metric(self, weighing: Weighing) -> Metric:
        """Return the network under one of the weighings."""
        if weighing not in self._metrics:
            weigh = {
                "steered": self._steered,
                "free": lambda: self.weights,
                "forced": self._forced,
                "opened": self._opened,
            }[weighing]
            self._metrics[weighing] = self.network.hierarchy.customized(weigh())
        return self._metrics[weighing]

    def search(
        self, weighing: Weighing, source: int, waypoints: Sequence[Waypoint]
    ) -> StagedSearch:
        """Search from a node through waypoints under one of the weighings."""
        metric = self.metric(weighing)
        # Corridors of one origin share their first tree where they allow the same arcs.
        first = self._trees.pop((weighing, source), None) or metric.tree(source=source)
        self._trees[weighing, source] = first
        while len(self._trees) > _KEPT_TREES:
            del self._trees[next(iter(self._trees))]
        return search(metric, source=source, waypoints=waypoints, first=first)

    def _steered(self) -> NDArray[np.float64]:
        unlisted = self.network.column["unlisted"]
        return np.where(unlisted, self.weights * STEERING, self.weights)

    def _forced(self) -> NDArray[np.float64]:
        """Weights under which the fewest closed arcs are used; what has no rate is closed too."""
        shut = self.closed | np.isnan(self.unclosed)
        return np.nan_to_num(self.unclosed, nan=0.0, posinf=np.inf) + shut * CLOSED_PENALTY

    def _opened(self) -> NDArray[np.float64]:
        """Weights if nothing were closed; a line for passengers only cannot be opened."""
        never = {link for link, why in self.closures.items() if why.endswith(NO_FREIGHT)}
        shut = self.network.closed_arcs(frozenset(never))
        weights = np.nan_to_num(self.unclosed, nan=np.inf, posinf=np.inf)
        return np.where(shut, np.inf, weights)


@dataclass(frozen=True, eq=False)
class Found:
    """What a search from one origin found; the searches beside it are made when they are needed.

    Attributes
    ----------
    steered : StagedSearch
        With the preference for known freight lines.
    source : int
        Node of the origin.
    waypoints : tuple of Waypoint
    allowed : Allowed
        What the question may use.
    """

    steered: StagedSearch
    source: int
    waypoints: tuple[Waypoint, ...]
    allowed: Allowed

    @cached_property
    def free(self) -> StagedSearch:
        """The search without the preference for known freight lines."""
        return self.allowed.search("free", self.source, self.waypoints)

    @cached_property
    def forced(self) -> StagedSearch:
        """The search that uses as few closed arcs as it can (`CLOSED_PENALTY` for each)."""
        return self.allowed.search("forced", self.source, self.waypoints)

    @cached_property
    def opened(self) -> StagedSearch:
        """The search as if nothing were closed but lines that carry no freight."""
        return self.allowed.search("opened", self.source, self.waypoints)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The objective, infinite where an arc is closed or ruled out; float64[arcs]."""
        return self.allowed.weights

    @property
    def unclosed(self) -> NDArray[np.float64]:
        """The same with infinity only for what is ruled out, NaN without a rate; float64[arcs]."""
        return self.allowed.unclosed

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Arcs that are closed to what leaves this origin; bool[arcs]."""
        return self.allowed.closed


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
    _ways: dict[tuple[object, ...], Allowed] = field(default_factory=dict)
    _unruled: dict[tuple[object, ...], NDArray[np.float64]] = field(default_factory=dict)

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
        allowed = self._allowed(origin, self._carriers(corridor, modes), corridor.avoid)
        steered = allowed.search("steered", door, waypoints)
        return Found(steered, door, tuple(waypoints), allowed)

    def _allowed(self, origin: Place, carriers: tuple[str, ...], avoid: Sequence[str]) -> Allowed:
        """Return what questions may use that allow the same; the last few are kept."""
        ban = self._own_ban(origin)
        key = (carriers, tuple(avoid), ban)
        allowed = self._ways.pop(key, None) or Allowed(
            self.network,
            self._unclosed(carriers, avoid),
            self._closed_but(ban),
            self.world.closures,
        )
        self._ways[key] = allowed
        while len(self._ways) > _KEPT_ALLOWED:
            del self._ways[next(iter(self._ways))]
        return allowed

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
        weights = np.where(self.closed_for(origin) | np.isnan(unclosed), np.inf, unclosed)
        return weights, carriers

    def ruled_out(self, corridor: Corridor, modes: Sequence[str] | None) -> NDArray[np.bool_]:
        """Return the arcs that a question rules out in every state of the world; bool[arcs].

        Raises
        ------
        UsageError
            If a mode is unknown.
        """
        return self._ruled_out(self._carriers(corridor, modes), corridor.avoid)

    def closed_for(self, origin: Place) -> NDArray[np.bool_]:
        """Return closed arcs; a ban on transit does not bind what a state itself sends out."""
        return self._closed_but(self._own_ban(origin))

    def _own_ban(self, origin: Place) -> str:
        """Return the ban on transit that does not bind what leaves a place, "" for none."""
        transit = f"transit:{origin.iso3}"
        return transit if transit in self.world.closures else ""

    def _closed_but(self, ban: str) -> NDArray[np.bool_]:
        """Return closed arcs, all bans but one in force."""
        if not ban:
            return self.world.closed
        return self.network.closed_arcs(frozenset(self.world.closures) - {ban})

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
        weights = self._unruled.pop(key, None)
        if weights is None:
            weights = np.where(self._ruled_out(carriers, avoid), np.inf, self.objective)
        self._unruled[key] = weights
        while len(self._unruled) > _KEPT_UNRULED:
            del self._unruled[next(iter(self._unruled))]
        return weights

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
