"""Study: an atlas, its network and a scenario; the one door for those who ask questions."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from geo.alternatives import WaysApart, check_criteria, open_corridor
from geo.answers import Answers
from geo.atlas import Atlas, named
from geo.choice import OBJECTIVES, Choice, objective_of
from geo.corridor import find_corridor, place_waypoint
from geo.costing import RateCard, find_goods, find_time_value, price_arcs
from geo.errors import NoRouteError, OutOfReachError, UsageError
from geo.links import LinkBook
from geo.network import build_network, network_overlay, state_at
from geo.outcome import Outcome, outcomes_frame
from geo.own import with_own_data
from geo.refusal import out_of_reach
from geo.routing.pareto import TOLERANCE
from geo.scenario import Scenario, load_scenario
from geo.scenario_file import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.corridor import Corridor, Waypoint
    from geo.costing import Prices
    from geo.network import Network
    from geo.route import Route
    from geo.routing.alternatives import Difference
    from geo.scenario import World

__all__ = ["OBJECTIVES", "Study"]


class Study:
    """Routes, costs and tables in one state of the world.

    Parameters
    ----------
    scenario : str or Path or Scenario
        Id of a scenario that ships, the path of a TOML file, or one made in Python.
    goods : str
        Id of a row of `goods.csv`.
    time_value : str
        `ad-valorem` (Hummels and Schaur 2013) or `capital-cost`.
    objective : str
        What a route is the best for: generalised, money, hours or co2.
    atlas : Atlas, optional
        The data; by default what ships.
    network : str or Path, optional
        Folder of an imported network, whose railways stand in the place of those of the data.
    names : str, optional
        By which of its names a place is shown, one of `geo.atlas.NAME_STYLES`; by default by the
        one in the table.
    places, lines, rates : str or Path, optional
        Files of your own over the data: see `geo.own.with_own_data`.

    Examples
    --------
    >>> study = Study(scenario="reopened")
    >>> route = study.route("Gaesong", "Moscow")
    >>> route.usd_per_feu, route.hours  # doctest: +SKIP
    """

    def __init__(  # noqa: PLR0913 - a study has as many choices
        self,
        scenario: str | Path | Scenario = DEFAULT_SCENARIO,
        *,
        goods: str = "general",
        time_value: str = "ad-valorem",
        objective: str = "generalised",
        atlas: Atlas | None = None,
        network: str | Path | None = None,
        names: str | None = None,
        places: str | Path | None = None,
        lines: str | Path | None = None,
        rates: str | Path | None = None,
    ) -> None:
        if objective not in OBJECTIVES:
            msg = f"unknown objective {objective!r}; one of {', '.join(OBJECTIVES)}"
            raise UsageError(msg)
        ground = atlas or Atlas()
        if network is not None:
            ground = ground.over(network_overlay(network, ground))
        ground = with_own_data(ground, places=places, lines=lines, rates=rates)
        self.atlas = ground if names is None else named(ground, names)
        self.objective = objective
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(self.atlas, scenario, links=self.links)
        self.scenario = scenario
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
        return self.scenario.bind(self.atlas, self.network, self.card, links=self.links)

    @cached_property
    def links(self) -> LinkBook:
        """All that a scenario can open and close."""
        return LinkBook(self.atlas)

    def at(self, scenario: str | Path | Scenario) -> Study:
        """Return the same study in another state of the world, sharing data and network."""
        return self._other(scenario, self.goods.goods_id)

    def carrying(self, goods: str) -> Study:
        """Return the same study with other goods in the box, sharing data and network."""
        if goods == self.goods.goods_id:
            return self
        if goods not in self._carried:
            self._carried[goods] = self._other(self.scenario, goods)
        return self._carried[goods]

    @cached_property
    def _carried(self) -> dict[str, Study]:
        return {}

    def _other(self, scenario: str | Path | Scenario, goods: str) -> Study:
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(self.atlas, scenario, links=self.links)
        other = type(self)(
            scenario,
            goods=goods,
            time_value=self.time_value.method,
            objective=self.objective,
            atlas=self.atlas,
        )
        other.__dict__["network"] = self.network
        other.__dict__["_points"] = dict(self._points)
        other.__dict__["card"] = self.card
        other.__dict__["links"] = self.links
        return other

    @cached_property
    def _rates(self) -> Any:
        return self.world.card.bind(self.goods)

    @cached_property
    def prices(self) -> Prices:
        """What every arc costs one FEU of the goods."""
        return price_arcs(self.network.quantities, self._rates)

    @cached_property
    def _answers(self) -> Answers:
        return Answers(
            self.atlas,
            self.network,
            self.world,
            self.prices,
            self._rates,
            self.goods,
            self.time_value,
            self.objective,
        )

    @cached_property
    def choice(self) -> Choice:
        """Searches by the objective."""
        objective = objective_of(self.prices, self.objective, self.goods, self.time_value)
        return Choice(self.network, self.world, objective)

    def place(self, text: str) -> Place:
        """Find a place; coordinates become a point of the network, which is then built anew."""
        place = self.atlas.find_place(text)
        if place.place_id:
            return place
        point = replace(place, place_id=f"point:{place.lon:g},{place.lat:g}")
        if point.place_id not in self._points:
            self._points[point.place_id] = replace(
                point, iso3=state_at(self.atlas.boundaries, point.lon, point.lat)
            )
            for name in ("network", "world", "prices", "choice", "_register", "_rates", "_carried"):
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
            passed.append((self.place(name), how == "reload"))
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
            Of rail, sea and road; by default those of the corridor, and rail and sea on the open
            way. The road to a terminal is always allowed.

        Raises
        ------
        UnknownNameError
            If a place or the corridor is unknown.
        NoRouteError
            If there is no route; it names what is closed or where gauge or network ends.
        """
        outcome = next(
            self._outcomes(
                self.place(origin),
                [self.place(destination)],
                find_corridor(self.atlas, corridor),
                via=via,
                modes=modes,
            )
        )
        if outcome.route is None:
            ends = (outcome.origin, outcome.destination)
            by_road = "road" in (modes or find_corridor(self.atlas, corridor).modes)
            lost = [place for place in ends if out_of_reach(self.network, place, by_road=by_road)]
            error = OutOfReachError if lost else NoRouteError
            raise error(outcome.origin.name, outcome.destination.name, outcome.reason.split("; "))
        return outcome.route

    def alternatives(
        self,
        origin: str,
        destination: str,
        *,
        k: int = 4,
        corridor: str | None = None,
        modes: Sequence[str] | None = None,
        difference: Difference | None = None,
    ) -> tuple[Route, ...]:
        """Return the best route and the next best that really differ, in order: k at most.

        They differ by gates, ports or lines (`geo.routing.alternatives.Difference`). A corridor
        may set modes and states, but no points. Otherwise arguments and errors of `route`.
        """
        apart = self._ways_apart(origin, destination, corridor, modes)
        return apart.alternatives(k, difference)

    def pareto(
        self,
        origin: str,
        destination: str,
        criteria: Sequence[str] = ("money", "hours"),
        *,
        corridor: str | None = None,
        modes: Sequence[str] | None = None,
        tolerance: float = TOLERANCE,
    ) -> tuple[Route, ...]:
        """Return the routes that none beats in all of two or three of money, hours and co2.

        For every way there is, one of them costs at most (1 + tolerance) times as much by each
        criterion, known freight lines preferred as in every choice. They ascend by the first.
        Otherwise as `alternatives`; a `WorkLimitError` if it would take too long.
        """
        named = check_criteria(criteria)
        return self._ways_apart(origin, destination, corridor, modes).front(named, tolerance)

    def _ways_apart(
        self, origin: str, destination: str, corridor: str | None, modes: Sequence[str] | None
    ) -> WaysApart:
        """Return what finds several ways between two places."""
        open_corridor(self.atlas, corridor)
        best = self.route(origin, destination, corridor=corridor, modes=modes)
        ends = (best.origin, best.destination, best.scenario, best.corridor)
        make = partial(self._answers.route, ends, steering=None)
        return WaysApart(self.atlas, self.choice, self.prices, best, modes, make)

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
        starts = [self.place(name) for name in origins]
        ends = [self.place(name) for name in destinations]
        ways = [find_corridor(self.atlas, name) for name in corridors]
        # A way after the other, so that all origins on it share the weights of the network.
        by_start: list[list[list[Outcome]]] = [[] for _ in starts]
        for number, way in enumerate(ways):
            for step, start in enumerate(starts, start=1):
                others = [end for end in ends if end.place_id != start.place_id]
                found = self._outcomes(start, others, way, via=(), modes=modes)
                by_start[step - 1].append(list(found))
                if progress is not None:
                    progress(number * len(starts) + step, len(starts) * len(ways))
        return tuple(
            outcome
            for by_way in by_start
            for same_pair in zip(*by_way, strict=True)
            for outcome in same_pair
        )

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

    def spent_from(
        self, place: str, *, measure: str, modes: Sequence[str] | None = None
    ) -> tuple[Place, NDArray[np.float64], NDArray[np.float64], tuple[str, ...]]:
        """Return the least that it takes to get from a place to every node of the network.

        Parameters
        ----------
        place : str
            Any name of a place, its id, or `lon,lat`.
        measure : str
            hours, usd (money alone), or km (of geometry).
        modes : sequence of str, optional

        Returns
        -------
        tuple of Place, float64[nodes], float64[arcs] and tuple of str
            The place; what each node takes (infinite where no way leads) and each arc (infinite
            where it is closed, unpriced or ruled out); the modes that were allowed.

        Raises
        ------
        UnknownNameError, UsageError
            If the place or a mode is unknown.
        """
        start = self.place(place)
        prices = self.prices
        by = {
            "hours": prices.hours,
            "usd": prices.money,
            "km": self.network.column["length_km"],
        }[measure]
        tree, weights, carriers = Choice(self.network, self.world, by).spread(start, modes)
        return start, tree.cost, weights, carriers

    def unit_cost(self, item: str, *, measure: str) -> float:
        """Return what one unit of an item (a lift, a km, a call) takes for one FEU.

        Parameters
        ----------
        item : str
            Of `items.csv`.
        measure : str
            usd or hours.

        Returns
        -------
        float
            USD of the study's price year, or hours; NaN where there is no rate.
        """
        column = {"usd": 0, "hours": 1}[measure]
        return float(self._rates.base[self._rates.card.item_ids.index(item), column])

    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """Return the atlas as GeoDataFrames (EPSG:4326), with the scenario's status of each."""
        from geo.layers import atlas_layers

        return atlas_layers(self.atlas, self.world.closures, card=self.world.card)

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
        beyond = self._answers.beyond(corridor)
        if beyond:
            named = self.scenario.scenario_id, corridor.corridor_id
            for destination in destinations:
                yield Outcome(origin, destination, *named, None, beyond)
            return
        waypoints = self._waypoints(corridor, via)
        found = self.choice.find(origin, corridor, waypoints, modes)
        yield from self._answers.outcomes(origin, destinations, corridor, waypoints, found)
