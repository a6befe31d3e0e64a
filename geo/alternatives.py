"""Several ways between two places: those that differ, and those that no other beats.

Each comes as a route that says what sets it apart: its gates, its line, what it shares.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.choice import Choice
from geo.corridor import BEST, find_corridor
from geo.errors import DoubleChargeError, UsageError
from geo.route import Way
from geo.routing.alternatives import Difference, alternatives
from geo.routing.pareto import pareto_front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.corridor import Corridor
    from geo.costing import Prices
    from geo.route import Route
    from geo.routing import Metric

__all__ = ["CRITERIA", "WaysApart", "check_criteria", "open_corridor"]

CRITERIA = ("money", "hours", "co2")
"""What a front can be drawn by."""

LEAST_KM = 50.0
"""Two ways on less track of their own than that are told apart by their charges."""

NEIGHBOUR = 0.6
"""Of two ways that differ by a port of one state alone, on more common km than this share, the
second is a neighbour of the first: it comes after all that differ more."""

OCEANS = ("suez", "cape", "panama", "northern-sea-route", "northwest-passage")
"""Passages that tell a way by sea from another."""


def open_corridor(atlas: Atlas, name: str | None) -> Corridor:
    """Return a corridor that leaves the way open.

    Raises
    ------
    UnknownNameError
        If there is no such corridor.
    UsageError
        If it leads through points: then there is one way to compare, and no other.
    """
    corridor = find_corridor(atlas, name)
    if corridor.waypoints:
        msg = (
            f"alternatives and fronts are of all ways, and {corridor.corridor_id} is one of them: "
            "leave out the corridor, or ask for its route alone"
        )
        raise UsageError(msg)
    return corridor


def check_criteria(criteria: Sequence[str]) -> tuple[str, ...]:
    """Return the criteria of a front, in the order given.

    Raises
    ------
    UsageError
        If one is unknown or named twice, or there are not two or three.
    """
    named = (criteria,) if isinstance(criteria, str) else tuple(criteria)
    strange = [name for name in named if name not in CRITERIA]
    if strange:
        msg = f"unknown criterion {strange[0]!r}; two or three of {', '.join(CRITERIA)}"
        raise UsageError(msg)
    if len(named) < 2 or len(set(named)) < len(named):
        msg = f"a front needs two or three different criteria of {', '.join(CRITERIA)}"
        raise UsageError(msg)
    return named


@dataclass(frozen=True, eq=False)
class WaysApart:
    """Finds several ways between the ends of a route, and tells them apart.

    Attributes
    ----------
    atlas : Atlas
    choice : Choice
        What ways are chosen by.
    prices : Prices
    best : Route
        The best of all ways.
    modes : sequence of str or None
        Allowed by the question.
    route_of : callable
        Makes the route of the arcs of a path.
    """

    atlas: Atlas
    choice: Choice
    prices: Prices
    best: Route
    modes: Sequence[str] | None
    route_of: Callable[[NDArray[np.int64]], Route]

    def alternatives(self, k: int, difference: Difference | None = None) -> tuple[Route, ...]:
        """Return the best route and up to k - 1 others that differ from it and from each other."""
        source, target = self._ends
        metric = self._metric(self.choice)
        limits = difference or Difference()
        paths = [metric.tree(source=source).path(target)]
        routes = [self.best]
        for path in self._by_ship_alone(paths[0], metric.weights, limits)[: k - 1]:
            routes.append(self.route_of(path))
            paths.append(path)

        neighbours: list[NDArray[np.int64]] = []

        def admit(path: NDArray[np.int64]) -> bool:
            if self._passes_twice(path) or self._looks_like(path, paths, limits.sharing):
                return False
            if self._is_neighbour(path, paths):
                neighbours.append(path)
                return False
            return take(path)

        def take(path: NDArray[np.int64]) -> bool:
            try:
                routes.append(self.route_of(path))
            except DoubleChargeError:
                # It leaves a through price and comes back to it: nobody would sell that.
                return False
            paths.append(path)
            return True

        left = k - len(paths) + 1
        alternatives(metric, source=source, target=target, k=left, difference=limits, admit=admit)
        for path in neighbours:
            if len(paths) < k and not self._looks_like(path, paths, limits.sharing):
                take(path)
        costs = [float(metric.weights[path].sum()) for path in paths]
        order = sorted(range(len(paths)), key=costs.__getitem__)
        first, *others = self._told([routes[at] for at in order], [paths[at] for at in order])
        return (first, *(_called(route, "alternative") for route in others))

    def _by_ship_alone(
        self, best: NDArray[np.int64], weights: NDArray[np.float64], limits: Difference
    ) -> list[NDArray[np.int64]]:
        """Return the way by ship alone, if it is one, differs and is cheap enough.

        A lane is one long arc: where a ship to the port next door and a train are cheaper, it is
        no cheapest way in its neighbourhood, and still the way that everybody asks after.
        """
        if not {"sea", "rail"} <= set(self.modes or ("sea", "rail")):
            return []
        _, target = self._ends
        corridor = find_corridor(self.atlas, self.best.corridor)
        tree = self.choice.find(self.best.origin, corridor, (), ("sea",)).steered.trees[0]
        if np.isinf(tree.cost[target]):
            return []
        path = tree.path(target)
        least = float(weights[best].sum())
        common = float(weights[path[np.isin(path, best)]].sum())
        cheap = float(weights[path].sum()) <= (1 + limits.stretch) * least
        return [path] if cheap and common <= limits.sharing * least else []

    def front(self, criteria: Sequence[str], tolerance: float) -> tuple[Route, ...]:
        """Return the routes of the Pareto front, ascending by the first criterion.

        The front is drawn by what ways are chosen by, where track of no known freight line counts
        double; what is reported never does. So a way is left out if another beats it as reported,
        and still every way has one on the front that is hardly dearer than the way was chosen by.

        Parameters
        ----------
        criteria : sequence of str
            Of `CRITERIA`.
        tolerance : float
            See `geo.routing.pareto.pareto_front`.
        """
        network, world = self.choice.network, self.choice.world
        by_each = (Choice(network, world, getattr(self.prices, name)) for name in criteria)
        metrics = [self._metric(choice) for choice in by_each]
        source, target = self._ends
        paths = pareto_front(metrics, source=source, target=target, tolerance=tolerance).paths
        routes = [self.route_of(path) for path in paths]
        kept = _not_beaten([_reported(route, criteria) for route in routes])
        told = self._told([routes[at] for at in kept], [paths[at] for at in kept])
        return tuple(_called(route, "pareto") for route in told)

    @property
    def _ends(self) -> tuple[int, int]:
        """The nodes of both places."""
        doors = self.choice.network.terminals.doors
        return doors[self.best.origin.place_id], doors[self.best.destination.place_id]

    def _metric(self, choice: Choice) -> Metric:
        """Return the network by what a choice prefers."""
        corridor = find_corridor(self.atlas, self.best.corridor)
        found = choice.find(self.best.origin, corridor, (), self.modes)
        return found.steered.trees[0].metric

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names of lines and services by id, and of passages as `passage:suez`."""
        lines, services, passages = self.atlas.lines, self.atlas.services, self.atlas.passages
        return {
            **dict(zip(lines["line_id"], lines["name"], strict=True)),
            **dict(zip(services["service_id"], services["name"], strict=True)),
            **dict(zip("passage:" + passages["passage_id"], passages["name"], strict=True)),
        }

    def _told(
        self, routes: Sequence[Route], paths: Sequence[NDArray[np.int64]]
    ) -> tuple[Route, ...]:
        """Say of each route what sets it apart from those before it."""
        gates = [self._gates(path) for path in paths]
        told = []
        for number, (route, path) in enumerate(zip(routes, paths, strict=True)):
            alike = [at for at in range(number) if gates[at] == gates[number]]
            mark = ""
            if alike or not gates[number]:
                line, km = self._longest_line(path, [paths[at] for at in alike[:1]])
                charges = _new_charges(route, routes[alike[0]]) if alike else ""
                mark = charges if charges and km < LEAST_KM else f"by {line}" if line else ""
            shared = max((self._shared(path, other) for other in paths[:number]), default=1.0)
            told.append(replace(route, way=Way(gates[number], mark, round(shared, 4))))
        return tuple(told)

    def _shared(self, path: NDArray[np.int64], other: NDArray[np.int64]) -> float:
        """Return the part of a path's km that another path has too."""
        km = self.choice.network.column["length_km"][path]
        total = float(km.sum())
        return float(km[np.isin(path, other)].sum()) / total if total else 1.0

    def _looks_like(
        self, path: NDArray[np.int64], others: Sequence[NDArray[np.int64]], sharing: float
    ) -> bool:
        """Say whether a path has the gates of another, and nearly all of its km.

        It may differ in what is done at a place, such as boxes lifted before the border and not
        behind it: dear, and yet the same way to a reader.
        """
        return any(
            self._shared(path, other) > sharing and self._gates(path) == self._gates(other)
            for other in others
        )

    def _is_neighbour(self, path: NDArray[np.int64], others: Sequence[NDArray[np.int64]]) -> bool:
        """Say whether a path is much of another one, save for a port of the same state."""
        return any(
            self._shared(path, other) > NEIGHBOUR
            and self._gates(path, by_state=True) == self._gates(other, by_state=True)
            for other in others
        )

    def _gates(self, path: NDArray[np.int64], *, by_state: bool = False) -> tuple[str, ...]:
        """Name the crossings, through trains and ships of a path, in their order.

        By state a ship is named by the states of its ports and not by the ports.
        """
        network = self.choice.network
        column, iso3 = network.column, network.nodes["iso3"].to_numpy(dtype=object)
        gates: list[str] = []
        for arc in path[np.isin(column["mode"][path], ("border", "sea"))]:
            kinds = [link.partition(":") for link in self.choice.network.links_at(arc[np.newaxis])]
            where = str(column["where"][arc])
            if column["mode"][arc] == "sea":
                if by_state:
                    where = f"{iso3[network.graph.tail[arc]]}-{iso3[network.graph.head[arc]]}"
                oceans = [key for kind, _, key in kinds if kind == "passage" and key in OCEANS]
                by = "".join(f" by {self._names[f'passage:{key}']}" for key in oceans)
                gates.append(f"ship {where}{by}")
            elif any(kind == "crossing" for kind, *_ in kinds):
                gates.append(where)
            gates += [self._names[key] for kind, _, key in kinds if kind == "service"]
        return tuple(dict.fromkeys(gates))

    def _longest_line(
        self, path: NDArray[np.int64], others: Iterable[NDArray[np.int64]]
    ) -> tuple[str, float]:
        """Name the longest line on the track of a path that others leave out; return its km too."""
        column = self.choice.network.column
        own = path[~np.isin(path, np.concatenate([np.empty(0, np.int64), *others]))]
        lengths: dict[str, float] = {}
        for line, km in zip(column["line_id"][own], column["length_km"][own], strict=True):
            if line:
                lengths[str(line)] = lengths.get(str(line), 0.0) + float(km)
        longest = max(lengths, key=lengths.__getitem__, default="")
        return self._names.get(longest, longest), lengths.get(longest, 0.0)

    def _passes_twice(self, path: NDArray[np.int64]) -> bool:
        """Say whether a path passes a listed crossing there and back."""
        over = path[self.choice.network.column["mode"][path] == "border"]
        passed = [
            link
            for arc in over
            for link in self.choice.network.links_at(arc[np.newaxis])
            if link.startswith("crossing:")
        ]
        return len(set(passed)) < len(passed)


def _called(route: Route, name: str) -> Route:
    """Return a route that is not the best of all ways under another name than that."""
    return replace(route, corridor=name) if route.corridor == BEST else route


def _new_charges(route: Route, other: Route) -> str:
    """Say which charges a route has beside those of another, or else which it does without."""
    more, less = _charges_beside(route, other), _charges_beside(other, route)
    return f"with {more}" if more else f"without {less}" if less else ""


def _charges_beside(route: Route, other: Route) -> str:
    """Name the charges of a route that another route does not have: two at most, the dearest."""
    known = {(charge.item_id, charge.where) for charge in other.charges.charges}
    new = [one for one in route.charges.charges if (one.item_id, one.where) not in known]
    words = []
    for charge in sorted(new, key=lambda charge: -charge.usd)[:2]:
        title = charge.title.partition(", ")[0]
        told = any(place in title for place in charge.where.split(" - "))
        place = "" if told else f" at {charge.where}"
        words.append(f"{title[:1].lower()}{title[1:]}{place}")
    return " and ".join(dict.fromkeys(words))


def _reported(route: Route, criteria: Sequence[str]) -> tuple[float, ...]:
    """Return what a route comes to by some criteria."""
    figures = {"money": route.usd_per_feu, "hours": route.hours, "co2": route.kg_co2_per_feu}
    return tuple(figures[name] for name in criteria)


def _not_beaten(figures: Sequence[tuple[float, ...]]) -> list[int]:
    """Return, ascending, the places of those that none equals or beats in every figure."""
    kept: list[int] = []
    for at in sorted(range(len(figures)), key=figures.__getitem__):
        if not any(
            all(a <= b for a, b in zip(figures[one], figures[at], strict=True)) for one in kept
        ):
            kept.append(at)
    return kept
