"""Switches of policy: a subsidy and a price of carbon, as edits of rates.

Each enters the card once, on an item that shows it in the bill, so that nothing counts twice.
"""

from __future__ import annotations

import math
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from geo.costing import RateEdit
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.costing import RateCard
    from geo.scenario import Scenario

__all__ = ["carbon_edits", "read_subsidies", "subsidy_edits", "with_switches"]

_KG_PER_TONNE = 1000.0


def carbon_edits(card: RateCard, usd_per_tonne: float) -> dict[tuple[str, str], RateEdit]:
    """Return the edits that charge every emission of a card.

    Parameters
    ----------
    card
        The rate card; each of its items with a rate of CO2 gets a rate of money.
    usd_per_tonne
        Price of a tonne of CO2, USD of the card's price year, >= 0.

    Returns
    -------
    dict of (item, "money") -> RateEdit
        Empty where the price is 0.

    Raises
    ------
    UsageError
        If the price is negative, or an item that emits has a price of its own already: what that
        pays for is not known, and carbon might be charged twice.
    """
    if not 0 <= usd_per_tonne < math.inf:
        msg = f"a price of carbon must be a finite number >= 0, got {usd_per_tonne:g} USD per tonne"
        raise UsageError(msg)
    if usd_per_tonne == 0:
        return {}
    edits = {}
    for (item_id, measure), rate in card.rates.items():
        if measure != "co2" or rate.high == 0:
            continue
        money = card.rates.get((item_id, "money"))
        if money is not None and money.high > 0:
            msg = f"item {item_id!r} has a price already; with carbon it would be charged twice"
            raise UsageError(msg)
        per_kg = usd_per_tonne / _KG_PER_TONNE
        edits[item_id, "money"] = RateEdit(
            set=rate.base * per_kg,
            low=rate.low * per_kg,
            high=rate.high * per_kg,
            source_ids=rate.source_ids,
        )
    return edits


def subsidy_edits(
    card: RateCard, subsidies: Mapping[str, float]
) -> dict[tuple[str, str], RateEdit]:
    """Return the edits that take subsidies off the rates of a card.

    Parameters
    ----------
    card
        The rate card.
    subsidies
        USD of the card's price year per unit of the item, by item; >= 0.

    Returns
    -------
    dict of (item, "money") -> RateEdit

    Raises
    ------
    UnknownNameError
        If there is no such item.
    UsageError
        If a subsidy is negative, or exceeds what the item costs: a box is not paid to travel.
    """
    edits = {}
    for item_id, usd in subsidies.items():
        if item_id not in card.position:
            kind = "item"
            raise UnknownNameError(kind, item_id, get_close_matches(item_id, card.item_ids))
        base = float(card.base[card.position[item_id], 0])
        low = float(card.low[card.position[item_id], 0])
        high = float(card.high[card.position[item_id], 0])
        if not 0 <= usd <= base:
            msg = (
                f"a subsidy of {usd:g} USD on {item_id!r}: expected from 0 to its rate, {base:g}"
                " USD per unit"
            )
            raise UsageError(msg)
        rate = card.rates[item_id, "money"]
        edits[item_id, "money"] = RateEdit(
            set=base - usd,
            low=max(0.0, low - usd),
            high=high - usd,
            source_ids=rate.source_ids,
        )
    return edits


def read_subsidies(texts: Iterable[str]) -> dict[str, float]:
    """Read subsidies as they are written for a command.

    Parameters
    ----------
    texts
        Each ``ITEM=USD``.

    Returns
    -------
    dict of item -> USD per unit

    Raises
    ------
    UsageError
        If one is written otherwise, or an item is named twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        item_id, _, amount = text.partition("=")
        try:
            usd = float(amount)
        except ValueError:
            msg = f"a subsidy is ITEM=USD, such as service-erai-2024-07=500, not {text!r}"
            raise UsageError(msg) from None
        if item_id in found:
            msg = f"the subsidy of {item_id!r} is given twice"
            raise UsageError(msg)
        found[item_id] = usd
    return found


def with_switches(
    scenario: Scenario,
    card: RateCard,
    *,
    carbon_usd_per_tonne: float = 0.0,
    subsidies: Mapping[str, float] | None = None,
) -> Scenario:
    """Return a scenario with a price of carbon and subsidies on top of its own rates.

    Parameters
    ----------
    scenario
        The state of the world.
    card
        The card with the scenario's own edits (`Study.world.card`).
    carbon_usd_per_tonne
        Price of carbon, USD per tonne of CO2.
    subsidies
        USD per unit, by item.

    Returns
    -------
    Scenario
        The scenario itself where nothing is switched on.

    Raises
    ------
    UnknownNameError, UsageError
        See `carbon_edits` and `subsidy_edits`.
    """
    edits = subsidy_edits(card, subsidies or {})
    carbon = carbon_edits(card, carbon_usd_per_tonne)
    if both := set(edits) & set(carbon):
        msg = f"{min(both)[0]!r} cannot have a subsidy and a price of carbon at once"
        raise UsageError(msg)
    if not edits and not carbon:
        return scenario
    return replace(scenario, rates=(*scenario.rates, edits | carbon))
