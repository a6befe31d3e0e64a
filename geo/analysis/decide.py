"""Decide: several ways between two places, set against each other for goods of any value."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.analysis.decisions import Offer, break_even, log_sum_usd, logit_shares
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.decisions import BreakEven
    from geo.study import Study

__all__ = ["Decision", "decide"]


@dataclass(frozen=True, eq=False)
class Decision:
    """What decides between some ways.

    Attributes
    ----------
    origin, destination, scenario : str
    offers : tuple of Offer
        One for each way that there is.
    without_route : dict of str -> str
        Ways that there are not, with the reason.
    break_evens : tuple of BreakEven
        For each two of the offers.
    by_goods : DataFrame
        goods, value_usd, per_day, corridor, usd_per_feu, days, generalised_usd_per_feu, winner
        (bool) and, where a scale was given, share (logit) and log_sum_usd (the cost of having the
        choice).
    scale : float or None
        Scale of the logit, USD per FEU.
    """

    origin: str
    destination: str
    scenario: str
    offers: tuple[Offer, ...]
    without_route: dict[str, str]
    break_evens: tuple[BreakEven, ...]
    by_goods: pd.DataFrame
    scale: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the decision ready for JSON."""
        return {
            "origin": self.origin,
            "destination": self.destination,
            "scenario": self.scenario,
            "without_route": self.without_route,
            "break_even": [one.to_dict() for one in self.break_evens],
            "scale_usd": self.scale,
            "by_goods": self.by_goods.to_dict("records"),
        }


def decide(
    study: Study,
    origin: str,
    destination: str,
    ways: Sequence[str],
    *,
    scale: float | None = None,
    goods: Sequence[str] | None = None,
) -> Decision:
    """Set ways against each other.

    Parameters
    ----------
    study : Study
        Its goods and value of time are those of the break-evens.
    origin, destination : str
    ways : sequence of str
        Ids of corridors, at least two.
    scale : float, optional
        Scale mu of a logit over generalised costs, USD per FEU; without it there are no shares.
    goods : sequence of str, optional
        Goods to tell the generalised costs of; by default those of the study.

    Returns
    -------
    Decision

    Raises
    ------
    UsageError
        If fewer than two ways are named or have a route, a rate is missing, or the scale is not
        above 0.
    UnknownNameError
        If a place, a corridor or goods are unknown.
    """
    least = 2
    if len(set(ways)) < least:
        msg = "name at least two different ways to decide between"
        raise UsageError(msg)
    offers, reasons = _offers(study, origin, destination, ways)
    if len(offers) < least:
        told = "; ".join(f"{way}: {reason}" for way, reason in reasons.items())
        msg = f"fewer than two of the ways have a route in {study.scenario.scenario_id}: {told}"
        raise UsageError(msg)
    per_day, value = study.time_value.per_day, study.goods.value_usd
    frames = []
    for name in goods or [study.goods.goods_id]:
        loaded = study if name == study.goods.goods_id else study.carrying(name)
        asked = offers if loaded is study else _offers(loaded, origin, destination, ways)[0]
        frames.append(_costs(loaded, asked, scale))
    return Decision(
        origin=study.place(origin).name,
        destination=study.place(destination).name,
        scenario=study.scenario.scenario_id,
        offers=offers,
        without_route=reasons,
        break_evens=tuple(
            break_even(one, other, per_day=per_day, goods_usd=value)
            for one, other in combinations(offers, 2)
        ),
        by_goods=pd.concat(frames, ignore_index=True),
        scale=scale,
    )


def _offers(
    study: Study, origin: str, destination: str, ways: Sequence[str]
) -> tuple[tuple[Offer, ...], dict[str, str]]:
    """Return what each way asks, and why there are none of the others."""
    freight = frozenset(
        item.item_id
        for item in study.world.card.items
        if item.category in {"lane", "sea"} and "money" in item.expected
    )
    offers, reasons = [], {}
    for outcome in study.routes([origin], [destination], corridors=list(dict.fromkeys(ways))):
        if outcome.route is None:
            reasons[outcome.corridor] = outcome.reason
        else:
            offers.append(Offer.of(outcome.route, outcome.corridor, lane_items=freight))
    return tuple(offers), reasons


def _costs(study: Study, offers: Sequence[Offer], scale: float | None) -> pd.DataFrame:
    """Return generalised costs and shares for the goods of a study."""
    value, per_day = study.goods.value_usd, study.time_value.per_day
    costs = [offer.generalised_usd(value, per_day) for offer in offers]
    frame = pd.DataFrame(
        {
            "goods": study.goods.goods_id,
            "value_usd": value,
            "per_day": per_day,
            "corridor": [offer.name for offer in offers],
            "usd_per_feu": [offer.usd for offer in offers],
            "days": [offer.days for offer in offers],
            "generalised_usd_per_feu": costs,
            "winner": [cost == min(costs) for cost in costs],
        }
    )
    if scale is not None:
        frame["share"] = logit_shares(costs, scale=scale)
        frame["log_sum_usd"] = float(log_sum_usd(costs, scale=scale))
    return frame
