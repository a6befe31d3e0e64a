"""Answers: what a search found made into routes, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.costing import Bill
from geo.errors import DataError, DoubleChargeError, UsageError
from geo.itinerary import bill_lines, legs_of
from geo.network import is_imported
from geo.outcome import Outcome
from geo.refusal import Asked, led_away, reason_of
from geo.route import Route, Steering
from geo.standing import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geo.atlas import Atlas, Place
    from geo.choice import Found
    from geo.corridor import Corridor, Waypoint
    from geo.costing import Goods, Prices, TimeValue
    from geo.costing.card import UnitRates
    from geo.network import Network
    from geo.scenario import World

__all__ = ["Answers"]

_SAME = 1e-3
"""A choice that steering made dearer by less than this share is not worth a word."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Makes routes of paths, in one state of the world.

    Attributes
    ----------
    atlas, network, world : Atlas, Network, World
    prices : Prices
        What every arc costs.
    rates : UnitRates
        What a unit of each item costs.
    goods, time_value : Goods, TimeValue
    objective : str
        What the paths have the least of.
    """

    atlas: Atlas
    network: Network
    world: World
    prices: Prices
    rates: UnitRates
    goods: Goods
    time_value: TimeValue
    objective: str

    @cached_property
    def _register(self) -> Register:
        return Register.of(self.atlas, self.world)

    @cached_property
    def _line_names(self) -> dict[str, str]:
        services = self.atlas.services.set_index("service_id")["name"].to_dict()
        lines = self.atlas.lines.set_index("line_id")["name"].to_dict()
        return {str(key): str(name) for key, name in (services | lines).items()}

    def beyond(self, corridor: Corridor) -> str:
        """Say what of a corridor that ships an imported network does not hold; "" if nothing."""
        if not corridor.waypoints or not is_imported(self.atlas):
            return ""
        try:
            corridor.resolve(self.network)
        except DataError as error:
            return f"the imported network does not hold the corridor: {error.problem}"
        except UsageError as error:
            return f"the imported network does not hold the corridor: {error}"
        return ""

    def outcomes(
        self,
        origin: Place,
        destinations: Sequence[Place],
        corridor: Corridor,
        waypoints: Sequence[Waypoint],
        found: Found,
    ) -> Iterator[Outcome]:
        """Yield what becomes of one origin and corridor for every destination."""
        doors = self.network.terminals.doors
        for destination in destinations:
            target = doors[destination.place_id]
            ends = (origin, destination, self.world.scenario.scenario_id, corridor.corridor_id)
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
                    yield Outcome(*ends, self.route(ends, path, steering))
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

    def route(
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
            legs=legs_of(self.network, path, self.prices, line_names=self._line_names),
            charges=Bill.from_lines(bill_lines(self.network, path), self.rates),
            physical_status=standing.physical,
            legal_status=standing.legal,
            status_notes=standing.notes,
            steering=steering,
        )
