"""Totals: what every pair costs on every way in many states of the world, without bills.

All states of the world are weighed together, a way at a time, and only the sums of the cheapest
paths are kept: the numbers of `Study.routes` at a fraction of their time, as
`benchmarks/scenarios.py` measures it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.analysis.pairs import Pairs, groups_of_origins
from geo.analysis.stages import Stages
from geo.analysis.way_paths import WayPaths
from geo.choice import STEERING
from geo.corridor import find_corridor
from geo.errors import UsageError
from geo.itinerary import bill_lines
from geo.refusal import turns_back
from geo.routing import batch_groups
from geo.routing.threads import cores, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.corridor import Corridor
    from geo.network import Network
    from geo.study import Study

__all__ = ["TOTALS", "Totals", "totals"]

TOTALS: Final = ("usd_per_feu", "hours", "kg_co2_per_feu", "generalised_usd_per_feu")
"""What is added up, for one FEU."""


@dataclass(frozen=True, eq=False)
class Totals:
    """What every pair costs on every way, in every state of the world.

    Attributes
    ----------
    scenarios : tuple of str
    corridors : tuple of str
    pairs : Pairs
    sums : float64[scenarios, corridors, origins, destinations, 4]
        In the order of `TOTALS`: USD of the price year, h and kg of CO2 per FEU, and generalised
        USD; NaN where no way leads, and where origin and destination are one place.
    way : int64[scenarios, corridors, origins, destinations]
        Equal numbers stand for the same way on the ground; -1 where there is none.
    """

    scenarios: tuple[str, ...]
    corridors: tuple[str, ...]
    pairs: Pairs
    sums: NDArray[np.float64]
    way: NDArray[np.int64]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a pair, corridor and state of the world, in this order; equal ends left out.

        Columns origin, destination, corridor, scenario, those of `TOTALS`, and way.
        """
        places = self.way.transpose(2, 3, 1, 0)
        apart = np.broadcast_to(self.pairs.apart[:, :, np.newaxis, np.newaxis], places.shape)
        origin, destination, corridor, scenario = np.nonzero(apart)
        cell = (scenario, corridor, origin, destination)
        named = {
            "origin": [self.pairs.origins[one].name for one in origin],
            "destination": [self.pairs.destinations[one].name for one in destination],
            "corridor": [self.corridors[one] for one in corridor],
            "scenario": [self.scenarios[one] for one in scenario],
        }
        added = dict(zip(TOTALS, self.sums[cell].T, strict=True))
        return pd.DataFrame(named | added | {"way": self.way[cell]})


def totals(
    studies: Sequence[Study],
    origins: Iterable[str],
    destinations: Iterable[str],
    *,
    corridors: Sequence[str] = ("best",),
    modes: Sequence[str] | None = None,
    threads: int | None = None,
) -> Totals:
    """Return what `Study.routes` would find for every pair, corridor and state of the world.

    Parameters
    ----------
    studies : sequence of Study
        One a state of the world, all `Study.at` of one of them: they share data and network.
    origins, destinations : iterable of str
        Any name of a place, its id, or `lon,lat`.
    corridors : sequence of str, default ("best",)
        Ids of `corridors.csv`; "best" leaves the way open.
    modes : sequence of str, optional
        As for `Study.routes`.
    threads : int, optional
        How many to use; by default one for each core.

    Returns
    -------
    Totals

    Raises
    ------
    UnknownNameError
        If a place or a corridor is unknown.
    UsageError
        If there is no study, or they do not share a network, or a mode is unknown.
    """
    if not studies:
        msg = "name at least one state of the world"
        raise UsageError(msg)
    first = studies[0]
    pairs = Pairs.of(first, origins, destinations)
    if any(study.network is not first.network for study in studies):
        msg = "states of the world are weighed together only on one network: make them by `at`"
        raise UsageError(msg)
    asked = _Asked.of(studies, pairs, modes)
    # Made once, and not by several threads at the same time.
    _ = first.network.hierarchy, first.network.arcs_by_link, asked.covers, asked.line
    distinct = {name: find_corridor(first.atlas, name) for name in corridors}
    hands = cores(threads)
    dealt = [share for hand in range(hands) if (share := [*distinct.values()][hand::hands])]
    found = dict(pair for share in spread(partial(_on_ways, asked), dealt) for pair in share)
    return Totals(
        scenarios=tuple(study.scenario.scenario_id for study in studies),
        corridors=tuple(corridors),
        pairs=pairs,
        sums=np.stack([found[name].sums for name in corridors], axis=1),
        way=_numbered(np.stack([found[name].sign for name in corridors], axis=1)),
    )


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is asked on every corridor.

    Parameters
    ----------
    priced
        Money, hours and CO2 of every arc in each state of the world; float64[arcs, 3] each.
    objective
        What the choice goes by; float64[arcs] each, infinite where it is not known.
    closed
        Of each state of the world: groups of origins, and the arcs closed to each.
    """

    studies: Sequence[Study]
    pairs: Pairs
    modes: Sequence[str] | None
    priced: list[NDArray[np.float64]]
    objective: list[NDArray[np.float64]]
    closed: list[list[tuple[NDArray[np.int64], NDArray[np.bool_]]]]

    @property
    def network(self) -> Network:
        """The network of all states of the world."""
        return self.studies[0].network

    @cached_property
    def covers(self) -> list[tuple[str, ...]]:
        """What each item pays for."""
        known = {item.item_id: item.covers for item in self.studies[0].card.items}
        return [known[name] for name in self.network.items]

    @cached_property
    def line(self) -> NDArray[np.int64]:
        """A number for the mode and the line of each arc."""
        modes, lines = (pd.factorize(self.network.column[name])[0] for name in ("mode", "line_id"))
        return np.asarray(modes * (int(lines.max(initial=0)) + 1) + lines, dtype=np.int64)

    @classmethod
    def of(cls, studies: Sequence[Study], pairs: Pairs, modes: Sequence[str] | None) -> _Asked:
        """Weigh the arcs in every state of the world."""
        unlisted = studies[0].network.column["unlisted"].astype(bool)
        steering = np.where(unlisted, STEERING, 1.0)
        priced, objective, closed = [], [], []
        for study in studies:
            prices, choice = study.prices, study.choice
            priced.append(np.column_stack([prices.money, prices.hours, prices.co2]))
            objective.append(np.nan_to_num(choice.objective * steering, nan=np.inf))
            groups = groups_of_origins(pairs, choice)
            closed.append([(rows, choice.closed_for(pairs.origins[rows[0]])) for rows in groups])
        return cls(studies, pairs, modes, priced, objective, closed)

    def added_up(self, world: int, ways: WayPaths) -> NDArray[np.float64]:
        """Return money, hours, CO2 and generalised cost of ways; float64[ways, 4]."""
        priced = self.priced[world]
        along = ways.pieces_of_pairs() @ (ways.arcs_of_pieces(len(priced)) @ priced)
        study = self.studies[world]
        per_hour = study.time_value.usd(study.goods, 1.0)
        return np.column_stack([along, along[:, 0] + per_hour * along[:, 1]])


@dataclass(frozen=True, eq=False)
class _OnWay:
    """Totals on one corridor, and a sign of each way: a hash of its nodes and lines."""

    sums: NDArray[np.float64]
    sign: NDArray[np.object_]


def _on_ways(asked: _Asked, corridors: Sequence[Corridor]) -> list[tuple[str, _OnWay]]:
    """Add up some corridors, one after the other."""
    return [(corridor.corridor_id, _on_way(asked, corridor)) for corridor in corridors]


def _on_way(asked: _Asked, corridor: Corridor) -> _OnWay:
    """Add up one corridor in every state of the world."""
    first, pairs = asked.studies[0], asked.pairs
    network = first.network
    waypoints = corridor.resolve(network)
    ends = (network.graph.tail, network.graph.head)
    stages = Stages.of(waypoints, (pairs.sources, pairs.targets), ends)
    ruled_out = first.choice.ruled_out(corridor, asked.modes)
    rows = [
        (world, origins, shut)
        for world, groups in enumerate(asked.closed)
        for origins, shut in groups
    ]
    weights = np.empty((len(rows), network.graph.n_arcs))
    for weight, (world, _, shut) in zip(weights, rows, strict=True):
        weight[:] = asked.objective[world]
        weight[shut | ruled_out] = np.inf
    shape = (len(asked.studies), len(pairs.sources), len(pairs.targets))
    out = _OnWay(np.full((*shape, len(TOTALS)), np.nan), np.full(shape, b"", dtype=object))
    gate = _Gate(asked, through=bool(waypoints))
    for some in batch_groups(network.hierarchy, weights, stages.starts, stages.ends):
        here = slice(some.begin, some.begin + len(some.costs))
        chain = stages.chain(some.costs, weights[here][:, stages.arcs])
        for vector, (world, origins, _) in enumerate(rows[here]):
            asked_of = np.isin(np.arange(shape[1]), origins)[:, np.newaxis] & pairs.apart
            at = np.flatnonzero(np.isfinite(chain.cost[vector]) & asked_of)
            if len(at):
                ways = WayPaths.of(some, chain, vector, at)
                signs = [gate.sign(arcs) for arcs in ways]
                passes = np.array([sign != b"" for sign in signs], dtype=np.bool_)
                cell = np.unravel_index(at[passes], shape[1:])
                out.sign[world][cell] = [sign for sign in signs if sign]
                out.sums[world][cell] = asked.added_up(world, ways)[passes]
    return out


@dataclass(eq=False)
class _Gate:
    """Lets through the ways that `Study.routes` would, and signs them; what is judged is kept.

    Parameters
    ----------
    asked : _Asked
    through : bool
        Whether the corridor has points: only then can it lead away and back.
    """

    asked: _Asked
    through: bool
    _judged: dict[bytes, bytes] = field(default_factory=dict)

    def sign(self, arcs: NDArray[np.int64]) -> bytes:
        """Return the sign of a way, "" for one that is no answer."""
        key = blake2b(arcs.tobytes(), digest_size=16).digest()
        if key not in self._judged:
            led_back = self.through and turns_back(self.asked.network, arcs)
            refused = led_back or self._paid_twice(arcs)
            self._judged[key] = b"" if refused else self._way(arcs)
        return self._judged[key]

    def _way(self, arcs: NDArray[np.int64]) -> bytes:
        """Hash the nodes and lines of a way, whatever of parallel arcs it is charged by."""
        way = blake2b(self.asked.network.graph.tail[arcs].tobytes(), digest_size=16)
        way.update(self.asked.line[arcs].tobytes())
        return way.digest()

    def _paid_twice(self, arcs: NDArray[np.int64]) -> bool:
        """Say whether two charges of a way cover the same thing on one consignment."""
        used = np.unique(self.asked.network.quantities[arcs].indices)
        things = [thing for item in used for thing in self.asked.covers[item]]
        if len(set(things)) == len(things):
            return False
        place = self.asked.network.items.index
        lines = bill_lines(self.asked.network, arcs)
        charged = {(number, place(item)) for item, _, number, amount in lines if amount}
        paid = [(number, thing) for number, at in charged for thing in self.asked.covers[at]]
        return len(set(paid)) < len(paid)


def _numbered(signs: NDArray[np.object_]) -> NDArray[np.int64]:
    """Give each sign a number, in their order; -1 to no way."""
    number = {b"": -1}
    found = [number.setdefault(sign, len(number) - 1) for sign in signs.ravel()]
    return np.array(found, dtype=np.int64).reshape(signs.shape)
