"""The charges of a bill put together: by what they pay for, and by where they fall due.

Sums over these groups are the sums of the bill; nothing is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.costing import Bill, Charge

__all__ = ["BUCKETS", "Stop", "bucket_of", "stops", "usd_by_bucket"]

BUCKETS = {
    "rail": "Rail haulage",
    "through": "Through rail rate",
    "sea": "Sea freight",
    "border": "Border crossing",
    "gauge": "Change of gauge",
    "handling": "Handling",
    "road": "Haulage by road",
    "other": "Waiting and the rest",
}
"""What a charge pays for, by id, in the order in which they are shown."""

_BUCKET_OF_CATEGORY = {
    "haulage": "rail",
    "entry": "rail",
    "service": "through",
    "sea": "sea",
    "lane": "sea",
    "border": "border",
    "gauge-change": "gauge",
    "handling": "handling",
    "access": "road",
}
_WORDS = {
    "haulage": "rail",
    "entry": "rail",
    "service": "rail, through rate",
    "sea": "ship",
    "lane": "ship, through rate",
    "border": "border",
    "gauge-change": "change of gauge",
    "handling": "handling",
    "access": "road",
    "waiting": "wait",
    "dwell": "dwell",
    "demurrage": "demurrage",
}
_UNDER_WAY = {"running", "energy"}


@dataclass(frozen=True)
class Stop:
    """What a bill charges at one place, crossing or state, or on one stretch of sea.

    Attributes
    ----------
    where
        The place, crossing or state (iso3).
    what
        Words for what is charged there.
    usd
        Money, USD per FEU; NaN if a rate is missing.
    hours
        Time, h.
    assumed
        Whether an assumption is part of the money.
    source_ids
        Ids of the sources of every rate.
    """

    where: str
    what: str
    usd: float
    hours: float
    assumed: bool
    source_ids: tuple[str, ...]


def bucket_of(category: str) -> str:
    """Return the bucket of a category of items.

    Parameters
    ----------
    category
        A category of the table `items`.

    Returns
    -------
    str
        A key of `BUCKETS`.
    """
    return _BUCKET_OF_CATEGORY.get(category, "other")


def usd_by_bucket(bill: Bill, categories: Mapping[str, str]) -> dict[str, float]:
    """Add up the money of a bill by what it pays for.

    Parameters
    ----------
    bill
        The bill.
    categories
        Category of each item, by its id.

    Returns
    -------
    dict of str to float
        USD per FEU by the keys of `BUCKETS`, zeros too; NaN where a rate is missing.
    """
    parts: dict[str, list[float]] = {bucket: [] for bucket in BUCKETS}
    for charge in bill.charges:
        parts[bucket_of(categories.get(charge.item_id, ""))].append(charge.usd)
    return {bucket: math.fsum(amounts) for bucket, amounts in parts.items()}


def stops(bill: Bill, categories: Mapping[str, str]) -> tuple[Stop, ...]:
    """Put the charges of a bill together by where they fall due, in the order of travel.

    Parameters
    ----------
    bill
        The bill.
    categories
        Category of each item, by its id; an item without one is named by its title.

    Returns
    -------
    tuple of Stop
        Each sums its charges; all of them sum to the bill.
    """
    groups: dict[tuple[int, str], list[Charge]] = {}
    for charge in bill.charges:
        groups.setdefault((charge.consignment, charge.where), []).append(charge)
    return tuple(_stop(where, charges, categories) for (_, where), charges in groups.items())


def _stop(where: str, charges: list[Charge], categories: Mapping[str, str]) -> Stop:
    words = [_word(charge, categories) for charge in charges]
    return Stop(
        where=where,
        what=", ".join(dict.fromkeys(word for word in words if word)),
        usd=math.fsum(charge.usd for charge in charges),
        hours=math.fsum(charge.hours for charge in charges),
        assumed=any(charge.assumed and charge.usd for charge in charges),
        source_ids=tuple(dict.fromkeys(s for charge in charges for s in charge.source_ids)),
    )


def _word(charge: Charge, categories: Mapping[str, str]) -> str:
    category = categories.get(charge.item_id)
    if category in _UNDER_WAY:
        return ""
    word = _WORDS.get(category or "", charge.title)
    return f"{word} ({charge.class_note})" if charge.class_note else word
