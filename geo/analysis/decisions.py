"""Decisions between ways: break-even values and rates, modal shares, and what a choice is worth.

Pure formulas over money, days and generalised costs of one FEU; they know no network.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.costing import break_even_value_usd
from geo.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.route import Route

__all__ = [
    "BreakEven",
    "Offer",
    "break_even",
    "log_sum_usd",
    "logit_shares",
]

_HOURS_PER_DAY: Final = 24.0


@dataclass(frozen=True)
class Offer:
    """What a way asks of one FEU.

    Parameters
    ----------
    name
        Words for people, such as the id of a corridor.
    usd
        Money, USD per FEU.
    days
        Time, days.
    lane_usd
        The part of the money that is freight by ship, USD per FEU.

    Raises
    ------
    UsageError
        If an amount is negative or not finite.
    """

    name: str
    usd: float
    days: float
    lane_usd: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no way can ask."""
        for what, amount in (("money", self.usd), ("time", self.days), ("freight", self.lane_usd)):
            if not 0 <= amount < math.inf:
                msg = f"{self.name}: {what} must be a finite number >= 0, got {amount:g}"
                raise UsageError(msg)

    @classmethod
    def of(cls, route: Route, name: str, *, lane_items: frozenset[str] = frozenset()) -> Offer:
        """Return what a route asks.

        Parameters
        ----------
        route
            A route without missing rates.
        name
            Words for people.
        lane_items
            Items that are freight by ship.

        Raises
        ------
        UsageError
            If a rate of the route is missing: nothing can be decided by part of a cost.
        """
        if route.missing:
            msg = f"{name}: no rate for {', '.join(route.missing)}, so nothing can be decided by it"
            raise UsageError(msg)
        freight = [charge.usd for charge in route.charges.charges if charge.item_id in lane_items]
        return cls(name, route.usd_per_feu, route.hours / _HOURS_PER_DAY, math.fsum(freight))

    def generalised_usd(self, value_usd: float, per_day: float) -> float:
        """Return money and time together, for goods of a value, USD per FEU."""
        return self.usd + value_usd * per_day * self.days


@dataclass(frozen=True)
class BreakEven:
    """What decides between two ways.

    Attributes
    ----------
    faster, slower : Offer
        Of equally fast ways the cheaper one is named first.
    dominates : str
        Name of the way that is both no dearer and no slower; "" if neither is, and "" if they ask
        the same.
    value_usd : float or None
        Value of the goods above which the faster way wins, USD per FEU; None where a way
        dominates, or both ask the same: no value decides then.
    rate_usd : float or None
        Money of the slower way at which both cost the same to these goods, USD per FEU: above it
        the faster way wins. None if the slower way loses even where it is free.
    lane_usd : float or None
        The same for the slower way's freight by ship alone, all else as it is; None if that way
        has none, or would lose even with free ships.
    per_day : float
        Cost of a day as a fraction of the value.
    goods_usd : float
        Value of these goods, USD per FEU.
    """

    faster: Offer
    slower: Offer
    dominates: str
    value_usd: float | None
    rate_usd: float | None
    lane_usd: float | None
    per_day: float
    goods_usd: float

    @property
    def winner(self) -> str:
        """Name of the way that costs these goods less; "" if both cost the same."""
        costs = [one.generalised_usd(self.goods_usd, self.per_day) for one in self._both]
        if math.isclose(*costs, rel_tol=1e-12):
            return ""
        return self._both[costs.index(min(costs))].name

    @property
    def _both(self) -> tuple[Offer, Offer]:
        return self.faster, self.slower

    def to_dict(self) -> dict[str, Any]:
        """Return the decision ready for JSON; USD per FEU and days."""
        return {
            "faster": self.faster.name,
            "slower": self.slower.name,
            "faster_usd": self.faster.usd,
            "slower_usd": self.slower.usd,
            "faster_days": self.faster.days,
            "slower_days": self.slower.days,
            "per_day": self.per_day,
            "goods_usd": self.goods_usd,
            "winner": self.winner or None,
            "dominates": self.dominates or None,
            "break_even_value_usd": self.value_usd,
            "break_even_rate_usd": self.rate_usd,
            "break_even_lane_usd": self.lane_usd,
        }


def break_even(one: Offer, other: Offer, *, per_day: float, goods_usd: float) -> BreakEven:
    """Work out what decides between two ways.

    Parameters
    ----------
    one, other
        The ways, in any order.
    per_day
        Cost of a day, as a fraction of the value of the goods; above 0.
    goods_usd
        Value of the goods, USD per FEU.

    Returns
    -------
    BreakEven
        A value of goods is told only where it decides; it is never negative.

    Raises
    ------
    UsageError
        If a day costs nothing, or the value is negative.

    Notes
    -----
    With money C and days T: value* = (C_fast - C_slow) / (per_day * (T_slow - T_fast)), and
    C_slow* = C_fast - per_day * value * (T_slow - T_fast).
    """
    if not 0 < per_day < math.inf:
        msg = f"the cost of a day must be above 0, got {per_day:g}"
        raise UsageError(msg)
    if not 0 <= goods_usd < math.inf:
        msg = f"the value of goods must be a finite number >= 0, got {goods_usd:g}"
        raise UsageError(msg)
    faster, slower = sorted((one, other), key=lambda offer: (offer.days, offer.usd))
    same = (faster.usd, faster.days) == (slower.usd, slower.days)
    dominates = faster.name if faster.usd <= slower.usd and not same else ""
    value = None
    if faster.usd > slower.usd:
        # Of two equally fast ways the cheaper is the first, so here one is really faster.
        value = break_even_value_usd(
            rail_usd=faster.usd,
            rail_days=faster.days,
            sea_usd=slower.usd,
            sea_days=slower.days,
            per_day=per_day,
        )
    rate = faster.usd - per_day * goods_usd * (slower.days - faster.days)
    lane = slower.lane_usd + rate - slower.usd
    return BreakEven(
        faster=faster,
        slower=slower,
        dominates=dominates,
        value_usd=value,
        rate_usd=rate if rate >= 0 else None,
        lane_usd=lane if slower.lane_usd > 0 and lane >= 0 else None,
        per_day=per_day,
        goods_usd=goods_usd,
    )


def logit_shares(costs: ArrayLike, *, scale: float) -> NDArray[np.float64]:
    """Return the share of each way by the multinomial logit.

    Parameters
    ----------
    costs
        Generalised costs, the ways along the last axis; infinity where there is no way.
    scale
        Scale mu in the unit of the costs, above 0: the larger, the less a difference decides.

    Returns
    -------
    float64, of the shape of the costs
        exp(-cost / mu) over the sum of them; adds up to 1 along the last axis.

    Raises
    ------
    UsageError
        If the scale is not above 0, a cost is NaN, or there is no way at all.

    References
    ----------
    McFadden (1974), Conditional logit analysis of qualitative choice behavior.
    """
    weights, _ = _exponentials(costs, scale)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def log_sum_usd(costs: ArrayLike, *, scale: float) -> NDArray[np.float64]:
    """Return the cost of having the choice: -mu ln(sum of exp(-cost / mu)).

    It lies below the least cost by at most mu ln(ways). The benefit of a change is the log-sum
    before less that after, and its derivative by the cost of a way is the share of that way.

    Parameters
    ----------
    costs, scale
        As in `logit_shares`.

    Returns
    -------
    float64, of the shape of the costs without the last axis
        In the unit of the costs.

    Raises
    ------
    UsageError
        As in `logit_shares`.

    References
    ----------
    Williams (1977), On the formation of travel demand models and economic evaluation measures of
    user benefit.
    """
    weights, least = _exponentials(costs, scale)
    return np.asarray(least[..., 0] - scale * np.log(weights.sum(axis=-1)))


def _exponentials(
    costs: ArrayLike, scale: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return exp(-(cost - least) / mu), and the least cost along the last axis, kept."""
    given = np.atleast_1d(np.asarray(costs, dtype=np.float64))
    if not 0 < scale < math.inf:
        msg = f"the scale of a logit must be above 0, got {scale:g}"
        raise UsageError(msg)
    least = given.min(axis=-1, keepdims=True)
    if not np.isfinite(least).all():
        msg = "a share needs at least one way whose cost is known"
        raise UsageError(msg)
    # Less the least, no exponential overflows and the largest is 1.
    return np.exp((least - given) / scale), least
