"""Distance and cost: what has been paid by each kilometre of a way, and where two ways cost alike.

Also the classic lines by mode, a fixed part and a rate per km, straight from the rate card.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.costing import UnitRates
    from geo.route import Route
    from geo.study import Study

__all__ = [
    "DRAYAGE_KM",
    "Crossing",
    "ModeLine",
    "Profile",
    "all_crossings",
    "break_even_km",
    "crossings",
    "mode_lines",
]

DRAYAGE_KM: Final = 50.0
"""Road km at each end of a way by rail or sea, where nothing else is said: chosen, not sourced."""

_MOVING: Final = frozenset({"rail", "sea", "road", "access"})
_TIED: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Profile:
    """What has been paid along a way, by the kilometres behind.

    Money falls due on the way: haulage along it, handling where a box is lifted, a border where it
    is crossed. A price for a whole stretch (a ship, a through train) is spread evenly over it.

    Parameters
    ----------
    name
        Words for people.
    km, usd
        Corners of the line: km from the start, ascending, and USD per FEU; float64[corners]. Two
        corners at the same km are a step.
    kinds
        What each piece between two corners is: ``rail``, ``road``, ``sea``, ``through`` (a
        through train), ``border`` or ``terminal``; one fewer than corners.
    """

    name: str
    km: NDArray[np.float64]
    usd: NDArray[np.float64]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, route: Route, name: str = "") -> Profile:
        """Add up a route's legs from its start.

        Parameters
        ----------
        route
            A route without missing rates.
        name
            Words for people; by default its corridor.

        Raises
        ------
        UsageError
            If a rate of the route is missing: the line would end too low.
        """
        name = name or route.corridor
        if route.missing:
            msg = f"{name}: no rate for {', '.join(route.missing)}, so its cost cannot be drawn"
            raise UsageError(msg)
        km, usd, kinds = [0.0], [0.0], []
        for leg in route.legs:
            if leg.mode in _MOVING and leg.km > 0:
                km.append(km[-1] + leg.km)
                usd.append(usd[-1] + leg.usd)
                kinds.append(_kind(leg.mode, leg.country))
                continue
            kind = "border" if leg.mode == "border" else "terminal"
            for step_km, step_usd in ((0.0, leg.usd), (leg.km, 0.0)):
                if step_km or step_usd:
                    km.append(km[-1] + step_km)
                    usd.append(usd[-1] + step_usd)
                    kinds.append(kind)
        return cls(name, np.array(km), np.array(usd), tuple(kinds))

    def usd_at(self, km: float, *, after: bool = True) -> float:
        """Return what has been paid at a distance, USD per FEU; at a step, after it or before it.

        Parameters
        ----------
        km
            From 0 to the length of the way.
        after
            Whether what falls due at this very point has been paid.
        """
        at = int(np.searchsorted(self.km, km, side="right" if after else "left"))
        if after and self.km[at - 1] == km:
            return float(self.usd[at - 1])
        if not after and self.km[at] == km:
            return float(self.usd[at])
        part = (km - self.km[at - 1]) / (self.km[at] - self.km[at - 1])
        return float(self.usd[at - 1] + part * (self.usd[at] - self.usd[at - 1]))


def _kind(mode: str, country: str) -> str:
    if mode == "rail" and ";" in country:
        return "through"
    return "road" if mode == "access" else mode


@dataclass(frozen=True)
class Crossing:
    """A distance at which two lines cross.

    Attributes
    ----------
    km : float
        From the start, along each of the two.
    usd : float
        What both cost there, USD per FEU; on a step, the height at which it meets the other line.
    cheaper_before, cheaper_after : str
        Names.
    """

    km: float
    usd: float
    cheaper_before: str
    cheaper_after: str

    def to_dict(self) -> dict[str, float | str]:
        """Return the point ready for JSON."""
        return {
            "km": self.km,
            "usd_per_feu": self.usd,
            "cheaper_before": self.cheaper_before,
            "cheaper_after": self.cheaper_after,
        }


def crossings(one: Profile, other: Profile) -> tuple[Crossing, ...]:
    """Find where two ways have cost the same after the same distance, nearest first.

    Parameters
    ----------
    one, other
        The ways; they are compared as far as the shorter one leads.

    Returns
    -------
    tuple of Crossing
        Exact: between corners both are straight. Lines that touch and part again, or run together
        for a while, cross only where the cheaper one is another afterwards.
    """
    end = float(min(one.km[-1], other.km[-1]))
    corners = np.unique(np.concatenate([one.km, other.km]))
    corners = corners[corners <= end]
    found: list[Crossing] = []
    sign, before, last = 0, (0.0, 0.0), 0.0
    for number, km in enumerate(map(float, corners)):
        for after in (False, True) if number else (True,):
            gap = one.usd_at(km, after=after) - other.usd_at(km, after=after)
            usd = one.usd_at(km, after=after)
            scale = _TIED * max(1.0, abs(usd))
            now = 0 if abs(gap) <= scale else int(math.copysign(1, gap))
            if now and sign and now != sign:
                ends = (last, *before), (km, gap)
                found.append(_between(one, other, *ends, sign, after=after))
            sign = now or sign
            before, last = (gap, usd), km
    return tuple(found)


def _between(
    one: Profile,
    other: Profile,
    start: tuple[float, float, float],
    end: tuple[float, float],
    sign: int,
    *,
    after: bool,
) -> Crossing:
    """Return the crossing between two points, or at the step at which both are."""
    first, second = (one.name, other.name) if sign < 0 else (other.name, one.name)
    km0, gap0, usd0 = start
    km1, gap1 = end
    part = gap0 / (gap0 - gap1)
    # On a step both ends are at one km, and the part is that of its height.
    usd = usd0 + part * (one.usd_at(km1, after=after) - usd0)
    return Crossing(km0 + part * (km1 - km0), usd, first, second)


@dataclass(frozen=True)
class ModeLine:
    """What a mode costs by distance: a fixed part, and so much a kilometre.

    Parameters
    ----------
    name
        Words for people.
    fixed_usd
        What is paid at any distance, USD per FEU.
    usd_per_km
        Base rate, USD per FEU and km.
    usd_per_km_low, usd_per_km_high
        Range of the rate.
    items
        Items of the rate card that it is made of.
    assumed
        Whether a rate among them is an assumption.
    """

    name: str
    fixed_usd: float
    usd_per_km: float
    usd_per_km_low: float
    usd_per_km_high: float
    items: tuple[str, ...] = ()
    assumed: bool = False

    def usd(self, km: float) -> float:
        """Return what it costs over a distance, USD per FEU."""
        return self.fixed_usd + self.usd_per_km * km


def break_even_km(one: ModeLine, other: ModeLine) -> float | None:
    """Return the distance beyond which the line with the lower rate is the cheaper.

    Parameters
    ----------
    one, other
        In any order.

    Returns
    -------
    float or None
        km above 0; None where one of them is the cheaper at every distance.

    Notes
    -----
    km* = (F_1 - F_2) / (v_2 - v_1), with fixed parts F and rates per km v.
    """
    slope = other.usd_per_km - one.usd_per_km
    if slope == 0:
        return None
    km = (one.fixed_usd - other.fixed_usd) / slope
    return km if km > 0 else None


def mode_lines(study: Study, zone: str, *, drayage_km: float = DRAYAGE_KM) -> tuple[ModeLine, ...]:
    """Return the lines of road, rail, short sea and deep sea for one zone of tariffs.

    Road goes from door to door. Rail pays two lifts and the fixed part of the tariff; ships pay
    two port handlings of the class of ports; both pay for the road to and from the terminal.

    Parameters
    ----------
    study
        Its state of the world and goods.
    zone
        ``kor``, ``rus``, ``chn``, ``kaz``, ``europe`` and so on: the end of ``haul-...`` items.
    drayage_km
        Road to the terminal and from it, km at each end.

    Returns
    -------
    tuple of ModeLine
        Every km the same by each mode: the way around by sea is not in them.

    Raises
    ------
    UnknownNameError
        If there is no such zone.
    UsageError
        If the road to the terminal is negative or a rate is missing.
    """
    card = study.world.card
    zones = sorted(
        item.removeprefix("haul-road-") for item in card.item_ids if item.startswith("haul-road-")
    )
    if zone not in zones:
        kind = "zone of tariffs"
        raise UnknownNameError(kind, zone, get_close_matches(zone, zones) or zones)
    if not 0 <= drayage_km < math.inf:
        msg = f"the road to a terminal must be 0 km or more, got {drayage_km:g}"
        raise UsageError(msg)
    rates = _Rates(card.bind(study.goods))
    road, lift, port = f"haul-road-{zone}", f"rail-handling-{zone}", "port-handling-class"
    dray = {road: 2 * drayage_km}
    return (
        rates.line("Road", {}, road),
        rates.line("Rail", {lift: 2.0, f"entry-{zone}": 1.0, **dray}, f"haul-{zone}"),
        rates.line("Short sea", {port: 2.0, **dray}, "sea-short"),
        rates.line("Deep sea", {port: 2.0, **dray}, "sea-deep"),
    )


@dataclass(frozen=True, eq=False)
class _Rates:
    """Rates of a card by item, USD per unit and FEU."""

    bound: UnitRates

    @cached_property
    def _position(self) -> dict[str, int]:
        return {item: at for at, item in enumerate(self.bound.card.item_ids)}

    def line(self, name: str, fixed: dict[str, float], moving: str) -> ModeLine:
        """Put a line together from units of fixed items and a moving one."""
        at = self._position[moving]
        items = (*fixed, moving)
        low, base, high = (
            float(table[at, 0]) for table in (self.bound.low, self.bound.base, self.bound.high)
        )
        paid = [
            units * float(self.bound.base[self._position[item], 0]) for item, units in fixed.items()
        ]
        lost = [item for item in items if math.isnan(self.bound.base[self._position[item], 0])]
        if lost:
            msg = f"{name}: no rate for {', '.join(lost)}, so there is no line by distance"
            raise UsageError(msg)
        assumed = any(self.bound.card.assumed[self._position[item], 0] for item in items)
        return ModeLine(name, math.fsum(paid), base, low, high, items, assumed=bool(assumed))


def all_crossings(profiles: Sequence[Profile]) -> tuple[Crossing, ...]:
    """Find where any two of some ways cross, nearest first."""
    found = [point for one, other in combinations(profiles, 2) for point in crossings(one, other)]
    return tuple(sorted(found, key=lambda point: (point.km, point.usd)))
