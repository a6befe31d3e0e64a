"""Rates: what one unit of an item costs in money, hours or kg of CO2, as its source says it.

A rate is checked against its item here, so that the card can trust it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.atlas.cells import FIRST_ROW, ids_of, number_of, text_of, year_of
from geo.costing.items import MEASURES
from geo.costing.money import Amount
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import Any

    import pandas as pd

    from geo.costing.items import Item, Measure

__all__ = [
    "ASSUMPTION",
    "CONFIDENCES",
    "MISSING",
    "Rate",
    "joined",
    "read_rates",
    "weakest",
    "with_class_rates",
]

ASSUMPTION: Final = "assumption"
MISSING: Final = "missing"
CONFIDENCES: Final = ("high", "medium", "low", ASSUMPTION, MISSING)

_TABLE: Final = "data/rates.csv"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One row of the table of rates.

    Parameters
    ----------
    item_id
        Item that is priced.
    measure
        ``money``, ``hours`` or ``co2``.
    base, low, high
        Cost of one unit of the item: in units of `currency`, h, or kg. Without a stated range,
        low and high equal the base.
    unit
        Unit of the rate, e.g. ``per FEU-km``, ``h per km``, ``kg per t-km``.
    currency
        ISO 4217 code; empty if the rate is not money.
    price_year
        Calendar year of the money; None if the rate is not money.
    distribution
        Shape of the range: ``fixed``, ``triangular``, ``uniform`` or ``lognormal``; ``expected`` if
        the base is a mean over the range already.
    range_means
        What the range tells: ``year-to-year``, ``cross-section``, ``ignorance`` or ``none``.
    source_ids
        Ids of the sources.
    confidence
        ``high``, ``medium``, ``low`` or ``assumption``.
    note
        Reasoning of an assumption, formula of a derived rate.
    of_class
        Class whose rate it is, because the item has none of its own; "" otherwise.
    skew_reason
        Why the mean of its distribution may be over 1.5 times the base; "" if it is not.
    """

    item_id: str
    measure: Measure
    base: float
    low: float
    high: float
    unit: str
    currency: str = ""
    price_year: int | None = None
    distribution: str = "fixed"
    range_means: str = "none"
    source_ids: tuple[str, ...] = ()
    confidence: str = ASSUMPTION
    note: str = ""
    of_class: str = ""
    skew_reason: str = ""

    @property
    def original(self) -> Amount | None:
        """Money of one unit as the source states it; None if the rate is not money."""
        if self.price_year is None:
            return None
        return Amount(self.base, self.currency, self.price_year)


def weakest(confidences: Sequence[str]) -> str:
    """Return the weakest of some confidences; of none, that the rate is missing."""
    return max(confidences, key=CONFIDENCES.index, default=MISSING)


def read_rates(frame: pd.DataFrame, items: Sequence[Item]) -> tuple[Rate, ...]:
    """Rates of the table ``rates``, in its order.

    Parameters
    ----------
    frame
        Columns ``item_id, measure, base, low, high, unit, currency, price_year, distribution,
        range_means, source_ids, confidence, note``.
    items
        Items that may be priced.

    Returns
    -------
    One rate per row.

    Raises
    ------
    DataError
        If a row prices an unknown item, stands twice, has a unit that is not its item's, has
        ``low <= base <= high`` broken or a negative number, or money without currency or year.
    """
    known = {item.item_id: item for item in items}
    rates: dict[tuple[str, str], Rate] = {}
    for number, row in enumerate(frame.to_dict("records"), start=FIRST_ROW):
        rate = _read_rate(row, number)
        key = rate.item_id, rate.measure
        if rate.item_id not in known:
            raise DataError(_TABLE, number, "item_id", f"unknown item {rate.item_id!r}")
        if key in rates:
            raise DataError(_TABLE, number, "measure", f"{' '.join(key)} stands twice")
        _check(rate, known[rate.item_id], number)
        rates[key] = rate
    return tuple(rates.values())


def joined(rates: Sequence[Rate]) -> dict[tuple[str, str], Rate]:
    """Rates by item and measure.

    Raises
    ------
    DataError
        If one is both stated and derived.
    """
    by_key: dict[tuple[str, str], Rate] = {}
    for rate in rates:
        key = rate.item_id, rate.measure
        if key in by_key:
            problem = f"{' '.join(key)} is derived from another table too"
            raise DataError(_TABLE, None, "item_id", problem)
        by_key[key] = rate
    return by_key


def with_class_rates(
    items: Sequence[Item], rates: Mapping[tuple[str, str], Rate]
) -> dict[tuple[str, str], Rate]:
    """Give items without a rate of their own that of their class, marked as such.

    Parameters
    ----------
    items
        Items, each with the class that it may lean on.
    rates
        Rates by item and measure; those of classes among them are found anew.

    Returns
    -------
    Rates by item and measure; a rate of a class says so in `of_class`.
    """
    own = {key: rate for key, rate in rates.items() if not rate.of_class}
    lent: dict[tuple[str, str], Rate] = {}
    for item in items:
        for measure in MEASURES if item.class_item else ():
            parent = own.get((item.class_item, measure))
            if parent is not None and (item.item_id, measure) not in own:
                lent[item.item_id, measure] = replace(
                    parent, item_id=item.item_id, of_class=item.class_item
                )
    return own | lent


def _read_rate(row: Mapping[Hashable, Any], number: int) -> Rate:
    measure = text_of(row["measure"])
    if measure not in MEASURES:
        raise DataError(_TABLE, number, "measure", f"expected money, hours or co2, got {measure!r}")
    base, low, high = (number_of(row[column]) for column in ("base", "low", "high"))
    return Rate(
        item_id=text_of(row["item_id"]),
        measure=measure,
        base=base,
        low=base if math.isnan(low) else low,
        high=base if math.isnan(high) else high,
        unit=text_of(row["unit"]),
        currency=text_of(row["currency"]),
        price_year=year_of(row["price_year"]) if measure == "money" else None,
        distribution=text_of(row["distribution"]),
        range_means=text_of(row["range_means"]),
        source_ids=ids_of(row["source_ids"]),
        confidence=text_of(row["confidence"]),
        note=text_of(row["note"]),
        skew_reason=text_of(row.get("skew_reason", "")),
    )


def _check(rate: Rate, item: Item, number: int) -> None:
    if not item.allows(rate.measure):
        problem = f"{item.item_id}: {rate.measure} cannot be stated per {item.unit}"
        raise DataError(_TABLE, number, "measure", problem)
    if rate.unit != (unit := item.unit_of(rate.measure)):
        problem = f"{item.item_id}: expected {unit!r}, got {rate.unit!r}"
        raise DataError(_TABLE, number, "unit", problem)
    if not 0 <= rate.low <= rate.base <= rate.high < math.inf:
        found = f"{rate.low:g}, {rate.base:g}, {rate.high:g}"
        problem = f"{item.item_id}: expected 0 <= low <= base <= high, got {found}"
        raise DataError(_TABLE, number, "base", problem)
    if rate.measure == "money" and not (rate.currency and rate.price_year):
        problem = f"{item.item_id}: money needs a currency and a price year"
        raise DataError(_TABLE, number, "currency", problem)
    if rate.confidence not in CONFIDENCES[:-1]:
        problem = f"{item.item_id}: unknown confidence {rate.confidence!r}"
        raise DataError(_TABLE, number, "confidence", problem)
