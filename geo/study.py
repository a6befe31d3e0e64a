"""Study: an atlas, its network and a scenario; the one door for those who ask questions."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.atlas import Atlas
from geo.choice import Choice
from geo.corridor import find_corridor, place_waypoint
from geo.costing import Bill, RateCard, find_goods, find_time_value, generalised, price_arcs
from geo.errors import DoubleChargeError, NoRouteError, OutOfReachError, UsageError
from geo.itinerary import bill_lines, legs_of
from geo.network import build_network, state_at
from geo.outcome import Outcome, outcomes_frame
from geo.refusal import Asked, led_away, out_of_reach, reason_of
from geo.route import Route, Steering
from geo.scenario import load_scenario
from geo.scenario_file import DEFAULT_SCENARIO
from geo.standing import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.choice import Found
    from geo.corridor import Corridor, Waypoint
    from geo.costing import Prices
    from geo.network import Network
    from geo.scenario import World

__all__ = ["OBJECTIVES", "Study"]

OBJECTIVES = ("generalised", "money", "hours", "co2")
_SAME = 1e-3
"""A choice that steering made dearer by less than this share is not worth a word."""


class Study:
    """Routes, costs and tables in one state of the world.

    Parameters
    ----------
    scenario : str or Path
        Id of a scenario that ships, or the path of a TOML file.
    goods : str
        Id of a row of `goods.csv`.
    time_value : str
        `ad-valorem` (Hummels and Schaur 2013) or `capital-cost`.
    objective : str
        What a route is the best for: generalised, money, hours or co2.
    atlas : Atlas, optional
        The data; by default what ships.

    Examples
    --------
    >>> study = Study(scenario="reopened")
    >>> route = study.route("Gaesong", "Moscow")
    >>> route.usd_per_feu, route.hours  # doctest: +SKIP
    """

    def __init__(
        self,
        scenario: str | Path = DEFAULT_SCENARIO,
        *,
        goods: str = "general",
        time_value: str = "ad-valorem",
        objective: str = "generalised",
        atlas: Atlas | None = None,
    ) -> None:
        if objective not in OBJECTIVES:
            msg = f"unknown objective {objective!r}; one of {', '.join(OBJECTIVES)}"
            raise UsageError(msg)
        self.atlas = atlas or Atlas()
        self.objective = objective
        self.scenario = load_scenario(self.atlas, scenario)
        self._points: dict[str, Place] = {}
        self.goods = find_goods(self.atlas, goods)
        self.time_value = find_time_value(self.atlas, time_value)

    def __repr__(self) -> str:
        """Show the choices that the answers depend on."""
        return (
            f"Study(scenario={self.scenario.scenario_id!r}, goods={self.goods.goods_id!r}, "
            f"time_value={self.time_value.method!r}, objective={self.objective!r})"
        )

    @cached_property
    def network(self) -> Network:
        """The network of the atlas, with the points by coordinates that were asked for."""
        return build_network(self.atlas, points=tuple(self._points.values()))

    @cached_property
    def card(self) -> RateCard:
        """The rate card before the scenario's edits."""
        return RateCard.from_atlas(self.atlas)

    @cached_property
    def world(self) -> World:
        """The scenario bound to network and rate card."""
        return self.scenario.bind(self.atlas, self.network, self.card)

    def at(self, scenario: str | Path) -> Study:
        """Return the same study in another state of the world, sharing data and network."""
        other = Study(
            scenario,
            goods=self.goods.goods_id,
            time_value=self.time_value.method,
            objective=self.objective,
            atlas=self.atlas,
        )
        other.__dict__["network"] = self.network
        other._points = dict(self._points)
        other.__dict__["card"] = self.card
        return other

    @cached_property
    def _rates(self) -> Any:
        return self.world.card.bind(self.goods)

    @cached_property
    def _prices(self) -> Prices:
        return price_arcs(self.network.quantities, self._rates)

    @cached_property
    def _register(self) -> Register:
        return Register.of(self.atlas, self.world)

    @cached_property
    def _line_names(self) -> dict[str, str]:
        services = self.atlas.services.set_index("service_id")["name"].to_dict()
        lines = self.atlas.lines.set_index("line_id")["name"].to_dict()
        return {str(key): str(name) for key, name in (services | lines).items()}

    @cached_property
    def _choice(self) -> Choice:
        """Searches by the objective."""
        prices = self._prices
        objective = {
            "generalised": generalised(prices, self.goods, self.time_value),
            "money": prices.money,
            "hours": prices.hours,
            "co2": prices.co2,
        }[self.objective]
        return Choice(self.network, self.world, objective)

    def _place(self, text: str) -> Place:
        """Find a place; coordinates become a point of the network, which is then built anew."""
        place = self.atlas.find_place(text)
        if place.place_id:
            return place
        point = replace(place, place_id=f"point:{place.lon:g},{place.lat:g}")
        if point.place_id not in self._points:
            self._points[point.place_id] = replace(
                point, iso3=state_at(self.atlas.boundaries, point.lon, point.lat)
            )
            for name in ("network", "world", "_prices", "_choice", "_register", "_rates"):
                self.__dict__.pop(name, None)
        return self._points[point.place_id]

    def _waypoints(self, corridor: Corridor, via: Sequence[str]) -> tuple[Waypoint, ...]:
        """Waypoints of the corridor, or the user's own."""
        if via and corridor.waypoints:
            msg = f"give either a corridor or via points, not both ({corridor.corridor_id})"
            raise UsageError(msg)
        passed = []
        for text in via:
            name, _, how = text.partition(":")
            if how not in {"", "reload"}:
                msg = f"a via point is PLACE or PLACE:reload, not {text!r}"
                raise UsageError(msg)
            passed.append((self._place(name), how == "reload"))
        # Only now: a place by coordinates has the network built anew.
        points = (
            place_waypoint(self.network, place.place_id, place.name, reload=reload)
            for place, reload in passed
        )
        return (*corridor.resolve(self.network), *points)

    def route(
        self,
        origin: str,
        destination: str,
        *,
        corridor: str | None = None,
        via: Sequence[str] = (),
        modes: Sequence[str] | None = None,
    ) -> Route:
        """Return the best route between two places.

        Parameters
        ----------
        origin, destination : str
            Any name of a place, its id, or `lon,lat`.
        corridor : str, optional
            A way to go, of `corridors.csv`.
        via : sequence of str
            Places that the route passes by rail, in order; `PLACE:reload` has the box unloaded
            and loaded again there.
        modes : sequence of str, optional
            Of rail and sea; both by default. The road to a terminal is always allowed.

        Raises
        ------
        UnknownNameError
            If a place or the corridor is unknown.
        NoRouteError
            If there is no route; it names what is closed or where gauge or network ends.
        """
        outcome = next(
            self._outcomes(
                self._place(origin),
                [self._place(destination)],
                find_corridor(self.atlas, corridor),
                via=via,
                modes=modes,
            )
        )
        if outcome.route is None:
            ends = (outcome.origin, outcome.destination)
            lost = [place for place in ends if out_of_reach(self.network, place)]
            error = OutOfReachError if lost else NoRouteError
            raise error(outcome.origin.name, outcome.destination.name, outcome.reason.split("; "))
        return outcome.route

    def routes(
        self,
        origins: Iterable[str],
        destinations: Iterable[str],
        *,
        corridors: Sequence[str] = ("best",),
        modes: Sequence[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Answer every pair of places on every corridor.

        Parameters
        ----------
        origins, destinations : iterable of str
        corridors : sequence of str
            Ids of `corridors.csv`; "best" leaves the way open.
        modes : sequence of str, optional
        progress : callable, optional
            Called with (done, all) after each origin and corridor.

        Returns
        -------
        tuple of Outcome
            By origin, destination and corridor; a pair of equal places is left out.
        """
        starts = [self._place(name) for name in origins]
        ends = [self._place(name) for name in destinations]
        ways = [find_corridor(self.atlas, name) for name in corridors]
        outcomes: list[Outcome] = []
        for number, start in enumerate(starts):
            by_way = []
            for step, way in enumerate(ways, start=1):
                others = [end for end in ends if end.place_id != start.place_id]
                by_way.append(list(self._outcomes(start, others, way, via=(), modes=modes)))
                if progress is not None:
                    progress(number * len(ways) + step, len(starts) * len(ways))
            outcomes += [
                outcome for same_pair in zip(*by_way, strict=True) for outcome in same_pair
            ]
        return tuple(outcomes)

    def table(
        self,
        origins: Iterable[str],
        destinations: Iterable[str],
        *,
        corridors: Sequence[str] = ("best",),
        modes: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Return the cost table of every pair of places on every corridor.

        Returns
        -------
        DataFrame
            Columns of `geo.outcome.TABLE_COLUMNS`; distances in km, money in USD of 2024 per FEU.
        """
        return outcomes_frame(self.routes(origins, destinations, corridors=corridors, modes=modes))

    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """Return the atlas as GeoDataFrames (EPSG:4326), with the scenario's status of each."""
        from geo.layers import atlas_layers

        return atlas_layers(self.atlas, self.world.closures)

    def _outcomes(
        self,
        origin: Place,
        destinations: Sequence[Place],
        corridor: Corridor,
        *,
        via: Sequence[str],
        modes: Sequence[str] | None,
    ) -> Iterator[Outcome]:
        """Yield what becomes of one origin and corridor for every destination."""
        waypoints = self._waypoints(corridor, via)
        found = self._choice.find(origin, corridor, waypoints, modes)
        doors = self.network.terminals.doors
        for destination in destinations:
            target = doors[destination.place_id]
            ends = (origin, destination, self.scenario.scenario_id, corridor.corridor_id)
            asked = Asked(self.network, self.world, found, origin, destination, waypoints)
            if target == doors[origin.place_id]:
                yield Outcome(*ends, None, "origin and destination are the same place")
            elif np.isfinite(found.steered.cost(target)):
                path = found.steered.path(target)
                away = led_away(asked, path) if corridor.waypoints else ""
                if away:
                    yield Outcome(*ends, None, away)
                    continue
                steering = self._steering(found, path, target)
                try:
                    yield Outcome(*ends, self._route(ends, path, steering))
                except DoubleChargeError as error:
                    # No fault of the data where the question itself leads over paid ground again.
                    if not waypoints:
                        raise
                    yield Outcome(*ends, None, f"the way would be charged twice: {error.problem}")
            else:
                yield Outcome(*ends, None, reason_of(asked))

    def _steering(self, found: Found, path: NDArray[np.int64], target: int) -> Steering | None:
        """Say what the preference for known lines cost, if it changed the choice."""
        chosen, unsteered = float(found.weights[path].sum()), found.free.cost(target)
        if chosen <= unsteered * (1 + _SAME):
            return None
        return Steering(self.objective, chosen, unsteered)

    def _route(
        self,
        ends: tuple[Place, Place, str, str],
        path: NDArray[np.int64],
        steering: Steering | None,
    ) -> Route:
        """Make the route of a path."""
        origin, destination, scenario, corridor = ends
        trade = frozenset((origin.iso3, destination.iso3))
        standing = self._register.standing(self.network, path, trade=trade)
        return Route(
            origin=origin,
            destination=destination,
            scenario=scenario,
            corridor=corridor,
            objective=self.objective,
            goods=self.goods,
            time_value=self.time_value,
            legs=legs_of(self.network, path, self._prices, line_names=self._line_names),
            charges=Bill.from_lines(bill_lines(self.network, path), self._rates),
            physical_status=standing.physical,
            legal_status=standing.legal,
            status_notes=standing.notes,
            steering=steering,
        )
