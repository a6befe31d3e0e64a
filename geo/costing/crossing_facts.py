"""What a border crossing costs in hours and money, and whether the figures are its own.

Worked out from the rates, never typed: a class stands in for what nobody published.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.atlas.cells import ids_of, text_of
from geo.costing.items import MEASURES
from geo.costing.rates import ASSUMPTION

if TYPE_CHECKING:
    import pandas as pd

    from geo.costing.card import RateCard

__all__ = ["border_costs", "crossing_facts", "kind_of"]

OWN, CLASS = "own", "class"


def kind_of(card: RateCard, item_id: str, measure: str) -> str:
    """Say whose a rate is.

    Returns
    -------
    str
        ``own`` (published for this item, or derived from what was), ``assumption`` (its own, but
        reasoned), ``class`` (of the class that it leans on, or is), "" if there is none.
    """
    rate = card.rates.get((item_id, measure))
    if rate is None:
        return ""
    if rate.of_class or card.items[card.position[item_id]].is_class:
        return CLASS
    return ASSUMPTION if rate.confidence == ASSUMPTION else OWN


def crossing_facts(crossings: pd.DataFrame, card: RateCard | None = None) -> pd.DataFrame:
    """Add to the table of crossings what follows from others.

    Parameters
    ----------
    crossings
        The table of this name.
    card
        Rates; without them only the break of power is added.

    Returns
    -------
    DataFrame
        With `power_break` (true, false, or missing where a power is not known); and, each way
        (`_ab`, `_ba`), `border_hours` (h), `border_usd` (USD of the card's year per FEU),
        `border_hours_kind` and `border_usd_kind` (own, class or assumption); and for the methods
        in their order, joined by ``;``, `gauge_usd`, `gauge_hours` and `gauge_kind` (of the money).
    """
    if not {"power_a", "power_b"} <= set(crossings.columns):
        return crossings
    breaks: Any = [_breaks(row) for row in crossings.to_dict("records")]
    facts = crossings.assign(power_break=breaks)
    if card is None:
        return facts
    facts = border_costs(facts, card)
    gauges = [ids_of(items) for items in crossings["gauge_items"]]
    for name, measure in (("hours", "hours"), ("usd", "money")):
        facts[f"gauge_{name}"] = [
            ";".join(_written(_amount(card, item, measure)) for item in items) for items in gauges
        ]
    facts["gauge_kind"] = [
        ";".join(kind_of(card, item, "money") for item in items) for items in gauges
    ]
    return facts


def border_costs(crossings: pd.DataFrame, card: RateCard) -> pd.DataFrame:
    """Add to a table of crossings, by rail or road, what they cost each way.

    Parameters
    ----------
    crossings
        With the columns `border_item_ab` and `border_item_ba`.
    card
        Rates.

    Returns
    -------
    DataFrame
        With the columns `border_...` of `crossing_facts`.
    """
    costs: dict[str, Any] = {}
    for way in ("ab", "ba"):
        items = [text_of(item) for item in crossings[f"border_item_{way}"]]
        for name, measure in (("hours", "hours"), ("usd", "money")):
            costs[f"border_{name}_{way}"] = [_amount(card, item, measure) for item in items]
            costs[f"border_{name}_kind_{way}"] = [kind_of(card, item, measure) for item in items]
    return crossings.assign(**costs)


def _breaks(row: dict[Any, Any]) -> bool | None:
    """Say whether a locomotive's power ends at a crossing; None if one side is not known."""
    powers = text_of(row["power_a"]), text_of(row["power_b"])
    return None if "" in powers else powers[0] != powers[1]


def _written(amount: float) -> str:
    """Write a figure to four digits; nothing where it is missing."""
    return "" if math.isnan(amount) else f"{amount:.4g}"


def _amount(card: RateCard, item_id: str, measure: str) -> float:
    """Return the base of a rate in the card's units; NaN if there is none."""
    return float(card.base[card.position[item_id], MEASURES.index(measure)])
