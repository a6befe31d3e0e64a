"""Routes: legs, a bill and a status, frozen, and each total the sum of what is under it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shapely.geometry import LineString, MultiLineString

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geo.atlas import Place
    from geo.costing import Bill, Goods, TimeValue

__all__ = ["INDICATIVE_SHARE", "Leg", "Route", "Steering", "Way"]

INDICATIVE_SHARE = 0.2
"""A total is indicative where more than this part of its money rests on assumptions."""

_DECIMALS = 4


@dataclass(frozen=True, eq=False)
class Leg:
    """A stretch of a route on one mode, line, state and gauge.

    Attributes
    ----------
    mode : str
        rail, sea, road, access, border or transfer.
    from_name, to_name : str
    line : str
        Name of the line, service or lane; on track of no known line the names that it is tagged
        with in an imported network, else "".
    country : str
        iso3; several joined by `;` on a through price; "" at sea.
    gauge_mm : int or None
    power : str
        Power of the line where it is known.
    km, tariff_km : float
        Geometric and tariff distance.
    hours, usd, kg_co2 : float
        Per FEU; NaN where a rate is missing.
    geometry : LineString or MultiLineString or None
        lon and lat in degrees.
    schematic : bool
        Drawn by hand between known stations.
    """

    mode: str
    from_name: str
    to_name: str
    line: str
    country: str
    gauge_mm: int | None
    power: str
    km: float
    tariff_km: float
    hours: float
    usd: float
    kg_co2: float
    geometry: BaseGeometry | None
    schematic: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the leg ready for JSON."""
        return {
            "mode": self.mode,
            "from": self.from_name,
            "to": self.to_name,
            "line": self.line or None,
            "country": self.country or None,
            "gauge_mm": self.gauge_mm,
            "km": _json(self.km),
            "tariff_km": _json(self.tariff_km),
            "hours": _json(self.hours),
            "usd": _json(self.usd),
            "kg_co2": _json(self.kg_co2),
        }


@dataclass(frozen=True)
class Steering:
    """How the preference for known freight lines changed a choice.

    Attributes
    ----------
    objective : str
    chosen, unsteered : float
        The objective of the route and of the best route without the preference, in its own unit
        (USD per FEU, h or kg of CO2 per FEU).
    """

    objective: str
    chosen: float
    unsteered: float

    @property
    def difference(self) -> float:
        """What the preference costs, in the unit of the objective."""
        return self.chosen - self.unsteered


@dataclass(frozen=True)
class Way:
    """What sets a route apart from others between the same two places.

    Attributes
    ----------
    gates : tuple of str
        Crossings, through trains and ships (`ship A-B by a passage`), in their order.
    mark : str
        What tells it from an earlier route with the same gates: a line, or what is done at a
        place; "" where gates do.
    shared : float
        Part of its km on the same track, lanes and roads as that of the routes before it with
        which it has most in common; 0 to 1, and 1 for the first.
    """

    gates: tuple[str, ...]
    mark: str
    shared: float


@dataclass(frozen=True, eq=False)
class Route:
    """One way between two places, with what it uses and costs for one FEU.

    Attributes
    ----------
    origin, destination : Place
    scenario, corridor, objective : str
    goods : Goods
    time_value : TimeValue
    legs : tuple of Leg
    charges : Bill
    physical_status : str
        `open`, or `hypothetical` where the scenario uses what is not open today.
    legal_status : str
        `permitted`, `restricted` or `prohibited`: the strictest of the crossings and ports used.
    status_notes : tuple of str
        The reasons of both.
    steering : Steering or None
        Where a preference for known freight lines changed the choice.
    way : Way or None
        Where it is one of several: what sets it apart.
    """

    origin: Place
    destination: Place
    scenario: str
    corridor: str
    objective: str
    goods: Goods
    time_value: TimeValue
    legs: tuple[Leg, ...]
    charges: Bill
    physical_status: str
    legal_status: str
    status_notes: tuple[str, ...] = ()
    steering: Steering | None = None
    way: Way | None = None

    @property
    def distance_km(self) -> float:
        """Geometric length, km."""
        return math.fsum(leg.km for leg in self.legs)

    @property
    def tariff_km(self) -> float:
        """Length by which freight is charged, km."""
        return math.fsum(leg.tariff_km for leg in self.legs)

    @property
    def hours(self) -> float:
        """Door to door time, h."""
        return self.charges.hours

    @property
    def usd_per_feu(self) -> float:
        """Money, USD of the price year per FEU; NaN if a rate is missing."""
        return self.charges.usd

    @property
    def usd_low(self) -> float:
        """Money with every rate at its low, USD per FEU."""
        return self.charges.usd_low

    @property
    def usd_high(self) -> float:
        """Money with every rate at its high, USD per FEU."""
        return self.charges.usd_high

    @property
    def kg_co2_per_feu(self) -> float:
        """Emissions well to wheel, kg of CO2 equivalent per FEU."""
        return self.charges.kg_co2

    @property
    def generalised_usd_per_feu(self) -> float:
        """Money and the value of the time that the goods are under way, USD per FEU."""
        return self.usd_per_feu + self.time_value.usd(self.goods, self.hours)

    @property
    def assumed_share(self) -> float:
        """Part of the money that rests on assumptions, 0 to 1."""
        return self.charges.assumed_share

    @property
    def indicative(self) -> bool:
        """Whether too much rests on assumptions for the total to be more than a hint."""
        return self.assumed_share > INDICATIVE_SHARE

    @property
    def missing(self) -> tuple[str, ...]:
        """Items without a rate: their totals are incomplete."""
        return self.charges.missing

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes that carry the box, in their order."""
        carrying = (leg.mode for leg in self.legs if leg.mode in {"rail", "sea", "road", "access"})
        return tuple(dict.fromkeys("road" if mode == "access" else mode for mode in carrying))

    @property
    def countries(self) -> tuple[str, ...]:
        """States (iso3) whose ground the route touches, in their order."""
        on_the_way = [iso3 for leg in self.legs for iso3 in leg.country.split(";")]
        touched = [self.origin.iso3, *on_the_way, self.destination.iso3]
        return tuple(dict.fromkeys(iso3 for iso3 in touched if iso3))

    @property
    def gauge_breaks(self) -> int:
        """How often the gauge changes on the way."""
        return sum(a.gauge_mm != b.gauge_mm for run in self._rail_runs() for a, b in pairwise(run))

    @property
    def power_breaks(self) -> int:
        """How often the power changes between electrified lines whose power is known."""
        powers = [
            [leg.power for leg in run if leg.power not in {"", "none"}] for run in self._rail_runs()
        ]
        return sum(a != b for run in powers for a, b in pairwise(run))

    def _rail_runs(self) -> list[list[Leg]]:
        """Return the rail legs in runs that no ship and no road interrupts."""
        runs: list[list[Leg]] = [[]]
        for leg in self.legs:
            if leg.mode == "rail":
                runs[-1].append(leg)
            elif leg.mode in {"sea", "access"}:
                runs.append([])
        return runs

    @property
    def access_km(self) -> float:
        """Road between the places and their terminals, km."""
        return math.fsum(leg.km for leg in self.legs if leg.mode == "access")

    @cached_property
    def geometry(self) -> MultiLineString:
        """The way, lon and lat in degrees (EPSG:4326), split at the antimeridian."""
        lines: list[LineString] = []
        for leg in self.legs:
            if leg.geometry is not None:
                lines += getattr(leg.geometry, "geoms", [leg.geometry])
        return MultiLineString(lines)

    @property
    def bill(self) -> pd.DataFrame:
        """Every charge with its quantity, unit, amounts, sources and confidence."""
        return self.charges.frame()

    def to_dict(self) -> dict[str, Any]:
        """Return the route ready for JSON; a total that is incomplete is null."""
        return {
            "corridor": self.corridor,
            "distance_km": _json(self.distance_km),
            "tariff_km": _json(self.tariff_km),
            "hours": _json(self.hours),
            "usd_per_feu": _json(self.usd_per_feu),
            "usd_low": _json(self.usd_low),
            "usd_high": _json(self.usd_high),
            "kg_co2_per_feu": _json(self.kg_co2_per_feu),
            "generalised_usd_per_feu": _json(self.generalised_usd_per_feu),
            "time_value": self.time_value.method,
            "assumed_share": _json(self.assumed_share),
            "indicative": self.indicative,
            "missing": list(self.missing),
            "physical_status": self.physical_status,
            "legal_status": self.legal_status,
            "status_notes": list(self.status_notes),
            "steering": None
            if self.steering is None
            else {
                "objective": self.steering.objective,
                "chosen": _json(self.steering.chosen),
                "unsteered": _json(self.steering.unsteered),
            },
            "way": None
            if self.way is None
            else {
                "gates": list(self.way.gates),
                "mark": self.way.mark or None,
                "shared": _json(self.way.shared),
            },
            "modes": list(self.modes),
            "countries": list(self.countries),
            "legs": [leg.to_dict() for leg in self.legs],
            "bill": self.charges.to_records(),
        }


def _json(value: float) -> float | None:
    """Return a number without the last digits, which sums leave; null where it is missing."""
    return None if math.isnan(value) else round(float(value), _DECIMALS)
