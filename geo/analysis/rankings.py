"""Rankings: at which value of time each corridor wins, and whether published winners do so.

Money and hours are weighed against each other over every weight; the envelope is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import ids_of, text_of
from geo.choice import Choice
from geo.corridor import find_corridor
from geo.costing.goods import HOURS_PER_DAY
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.atlas import Atlas
    from geo.study import Study

__all__ = [
    "Region",
    "Verdict",
    "WeightedWay",
    "lower_envelope",
    "published_rankings",
    "sourced_hour_values",
    "verdict_of",
    "ways_by_weight",
]

_ALL_HOURS: Final = 1e6
"""USD an hour beyond which no money makes up for an hour: the end of time alone."""


@dataclass(frozen=True)
class WeightedWay:
    """What a corridor asks with one way to go.

    Attributes
    ----------
    corridor : str
    usd : float
        Money, USD per FEU.
    hours : float
        Time, h.
    """

    corridor: str
    usd: float
    hours: float

    def cost(self, usd_per_hour: float) -> float:
        """Return money and time together at a value of an hour, USD per FEU."""
        return self.usd + usd_per_hour * self.hours


@dataclass(frozen=True)
class Region:
    """Values of an hour between which a corridor wins.

    Attributes
    ----------
    corridor : str
    low, high : float
        USD per hour and FEU.
    """

    corridor: str
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """Whether a published ranking is reproduced.

    Attributes
    ----------
    ranking_id, study, winner : str
    origin, destination, scenario : str
    bounds : (float, float)
        Lowest and highest value of an hour that the tables hold, USD per hour and FEU.
    regions : tuple of Region
        Who wins between these bounds, in order.
    anywhere : tuple of Region
        Who wins at any weight, from money alone to time alone.
    without_way : tuple of str
        Corridors that have no way in this state of the world.
    least_excess_usd : float or None
        By how much the published winner at least exceeds the best of its rivals within the
        bounds, USD per FEU: 0 where it wins, None where it has no way or no rival has one.
    """

    ranking_id: str
    study: str
    winner: str
    origin: str
    destination: str
    scenario: str
    bounds: tuple[float, float]
    regions: tuple[Region, ...]
    anywhere: tuple[Region, ...]
    without_way: tuple[str, ...]
    least_excess_usd: float | None

    @property
    def wins(self) -> tuple[Region, ...]:
        """Where the published winner wins within the bounds; empty: not reproduced."""
        return tuple(region for region in self.regions if region.corridor == self.winner)

    @property
    def verdict(self) -> str:
        """The verdict in words: reproduced, reproduced in part, not reproduced."""
        if not self.wins:
            return "not reproduced"
        return "reproduced" if len(self.wins) == len(self.regions) else "reproduced in part"

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict ready for JSON; USD per hour and FEU, None without an upper end."""

        def told(regions: Sequence[Region]) -> list[dict[str, Any]]:
            return [
                {
                    "corridor": region.corridor,
                    "from_usd_per_hour": region.low,
                    "to_usd_per_hour": region.high if region.high < _ALL_HOURS else None,
                }
                for region in regions
            ]

        return {
            "ranking": self.ranking_id,
            "study": self.study,
            "origin": self.origin,
            "destination": self.destination,
            "scenario": self.scenario,
            "winner": self.winner,
            "verdict": self.verdict,
            "bounds_usd_per_hour": list(self.bounds),
            "wins": told(self.wins),
            "regions": told(self.regions),
            "anywhere": told(self.anywhere),
            "without_way": list(self.without_way),
            "least_excess_usd": self.least_excess_usd,
        }


def lower_envelope(ways: Iterable[WeightedWay], *, low: float, high: float) -> tuple[Region, ...]:
    """Return which corridor costs least at each value of an hour.

    Parameters
    ----------
    ways
        Any number a corridor; of equal costs the way named first wins.
    low, high
        Values of an hour, USD per hour and FEU; 0 <= low <= high.

    Returns
    -------
    tuple of Region
        In order and without gaps from low to high; neighbours differ in corridor.

    Raises
    ------
    UsageError
        If there is no way, or the bounds make no sense.
    """
    lines = list(ways)
    if not lines:
        msg = "there is no way to rank"
        raise UsageError(msg)
    if not 0 <= low <= high < math.inf:
        msg = f"values of an hour run from 0 up, low before high; got {low:g} to {high:g}"
        raise UsageError(msg)
    regions: list[Region] = []
    at = low
    best = min(lines, key=lambda way: (way.cost(at), way.hours))
    while True:
        # The next way to take over is faster, and is met first.
        faster = [way for way in lines if way.hours < best.hours]
        meets = [(way.usd - best.usd) / (best.hours - way.hours) for way in faster]
        end = min([high, *meets])
        if regions and regions[-1].corridor == best.corridor:
            regions[-1] = Region(best.corridor, regions[-1].low, end)
        else:
            regions.append(Region(best.corridor, at, end))
        if end >= high:
            return tuple(regions)
        rising = [way for way, meet in zip(faster, meets, strict=True) if meet <= end]
        best = min(rising, key=lambda way: way.hours)
        at = end


def ways_by_weight(
    study: Study, origin: str, destination: str, corridor: str
) -> tuple[WeightedWay, ...]:
    """Return the ways of a corridor that are best at some value of an hour.

    Parameters
    ----------
    study : Study
        Its goods' weight counts; their value and the objective do not.
    origin, destination : str
    corridor : str
        Id of `corridors.csv`.

    Returns
    -------
    tuple of WeightedWay
        Ascending in money, descending in hours; empty where there is no way. Known freight lines
        are preferred in the choice, as in every table.

    Notes
    -----
    The least cost is a concave function of the value of an hour, so it is found by bisection
    between ways: where two ways meet, either they are the best or a third one is.
    """
    start, end = study.place(origin), study.place(destination)
    way = find_corridor(study.atlas, corridor)
    waypoints = way.resolve(study.network)
    prices = study.prices
    target = study.network.terminals.doors[end.place_id]

    def best(usd_per_hour: float) -> WeightedWay | None:
        objective = prices.money + usd_per_hour * prices.hours
        found = Choice(study.network, study.world, objective).find(start, way, waypoints, None)
        if not math.isfinite(found.steered.cost(target)):
            return None
        path = found.steered.path(target)
        usd, hours = float(prices.money[path].sum()), float(prices.hours[path].sum())
        return WeightedWay(corridor, usd, hours)

    cheapest = best(0.0)
    if cheapest is None:
        return ()
    fastest = best(_ALL_HOURS)
    found = [cheapest] if fastest is None else _between(cheapest, fastest, best)
    return tuple(dict.fromkeys(found))


def _between(
    slow: WeightedWay, fast: WeightedWay, best: Callable[[float], WeightedWay | None]
) -> list[WeightedWay]:
    """Return the ways that are best somewhere between two, with both."""
    if slow.hours - fast.hours <= 0 or fast.usd <= slow.usd:
        return [slow] if fast.hours >= slow.hours else [fast]
    meet = (fast.usd - slow.usd) / (slow.hours - fast.hours)
    third = best(meet)
    least = min(slow.cost(meet), fast.cost(meet))
    # Between ways that differ by less than a cent nothing is left to find.
    if third is None or third.cost(meet) >= least - 0.01 or third in {slow, fast}:
        return [slow, fast]
    return [*_between(slow, third, best), *_between(third, fast, best)]


def sourced_hour_values(atlas: Atlas) -> tuple[float, float]:
    """Return the lowest and highest value of an hour that goods and values of time give.

    Parameters
    ----------
    atlas : Atlas
        With the tables `goods` and `time_values`; goods whose value is an assumption are left out.

    Returns
    -------
    (float, float)
        value per FEU x fraction per day / 24 at both ends of their ranges, USD per hour and FEU.
    """
    goods = atlas.goods[atlas.goods["confidence"] != "assumption"]
    times = atlas.time_values
    low = times["low"].fillna(times["per_day"]).min() * goods["value_low"].min()
    high = times["high"].fillna(times["per_day"]).max() * goods["value_high"].max()
    return float(low) / HOURS_PER_DAY, float(high) / HOURS_PER_DAY


def published_rankings(atlas: Atlas, names: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Return rows of the table `rankings`.

    Parameters
    ----------
    atlas : Atlas
    names : iterable of str, optional
        Ids of rankings; by default all.

    Raises
    ------
    UnknownNameError
        If there is no such ranking.
    """
    rows: dict[str, dict[str, Any]] = {
        str(row["ranking_id"]): {str(key): value for key, value in row.items()}
        for row in atlas.rankings.to_dict("records")
    }
    wanted = list(rows) if names is None else list(names)
    for name in wanted:
        if name not in rows:
            kind = "ranking"
            raise UnknownNameError(kind, name, tuple(rows))
    return [rows[name] for name in wanted]


def verdict_of(
    study: Study, row: dict[str, Any], *, bounds: tuple[float, float] | None = None
) -> Verdict:
    """Put a published ranking to the test.

    Parameters
    ----------
    study : Study
        In any state of the world: that of the ranking is taken.
    row : dict
        Of the table `rankings`.
    bounds : (float, float), optional
        Values of an hour, USD per hour and FEU; by default those of `sourced_hour_values`.

    Returns
    -------
    Verdict

    Raises
    ------
    UsageError
        If no corridor of the ranking has a way.
    """
    low, high = bounds or sourced_hour_values(study.atlas)
    there = study.at(str(row["scenario"]))
    origin, destination = str(row["origin"]), str(row["destination"])
    winner = str(row["winner"])
    corridors = (winner, *ids_of(row["rivals"]))
    ways = {name: ways_by_weight(there, origin, destination, name) for name in corridors}
    lines = [way for found in ways.values() for way in found]
    return Verdict(
        ranking_id=str(row["ranking_id"]),
        study=text_of(row["study"]),
        winner=winner,
        origin=origin,
        destination=destination,
        scenario=there.scenario.scenario_id,
        bounds=(low, high),
        regions=lower_envelope(lines, low=low, high=high),
        anywhere=lower_envelope(lines, low=0.0, high=_ALL_HOURS),
        without_way=tuple(name for name, found in ways.items() if not found),
        least_excess_usd=_least_excess(ways[winner], lines, low=low, high=high),
    )


def _least_excess(
    mine: Sequence[WeightedWay], every: Sequence[WeightedWay], *, low: float, high: float
) -> float | None:
    """Return by how much a corridor at least exceeds the best of all, USD per FEU."""
    others = [way for way in every if way not in mine]
    if not mine or not others:
        return None
    # The excess is linear between the meetings of ways, so it is least at one of them.
    meets = [
        (one.usd - other.usd) / (other.hours - one.hours)
        for one in every
        for other in every
        if one.hours != other.hours
    ]
    points = [low, high, *(meet for meet in meets if low < meet < high)]
    excess = (
        min(way.cost(at) for way in mine) - min(way.cost(at) for way in others) for at in points
    )
    return max(0.0, min(excess))
