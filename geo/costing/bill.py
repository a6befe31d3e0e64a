"""The bill of a route: every charge with quantity, amount and sources; totals are its sums.

Table and map are two views of one bill, so they cannot disagree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.costing.coverage import check_coverage
from geo.costing.items import MEASURES
from geo.costing.rates import weakest
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.costing.card import UnitRates
    from geo.costing.items import Item
    from geo.costing.money import Amount
    from geo.costing.rates import Rate

__all__ = ["Bill", "Charge"]

_TABLE: Final = "data/items.csv"
_DECIMALS: Final = 4
"""Digits after the point in JSON: sums of floats differ in their last bits."""
_COLUMNS: Final = (
    *("item", "title", "where", "quantity", "unit", "rate_usd", "usd", "usd_low", "usd_high"),
    "hours",
    *("kg_co2", "source", "confidence", "original_amount", "currency", "price_year"),
    "class_note",
)
_OWNERS: Final = {"border": "this crossing's", "gauge-change": "this crossing's"}
_MEASURE_WORDS: Final = {"money": "USD", "hours": "time", "co2": "CO2"}


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One line of a bill. An amount whose rate is missing is NaN.

    Parameters
    ----------
    item_id
        Item that is charged.
    title
        Words for people.
    where
        Place, crossing or state of the charge.
    consignment
        Number of the stretch between a loading and the next reload.
    quantity
        Quantity in `unit`, for one FEU.
    unit
        Unit of the item: ``FEU``, ``FEU-km``, ``km``, ``t-km`` or ``TEU-km``.
    usd, usd_low, usd_high
        Money, USD of the price year.
    hours
        Time, h.
    kg_co2
        Emissions, kg of CO2.
    source_ids
        Ids of the sources of the item's rates, but for those of nothing.
    confidence
        Weakest confidence among those rates; ``missing`` if one is missing.
    original
        Money as its source states it; None if the item costs none.
    covers
        What the charge pays for, each ``what:where``.
    assumed
        Whether the money rests on an assumption.
    class_note
        Which amounts are those of a class and not the item's own, in words; "" if none is.
    """

    item_id: str
    title: str
    where: str
    consignment: int
    quantity: float
    unit: str
    usd: float
    usd_low: float
    usd_high: float
    hours: float
    kg_co2: float
    source_ids: tuple[str, ...]
    confidence: str
    original: Amount | None = None
    covers: tuple[str, ...] = ()
    assumed: bool = False
    class_note: str = ""

    @property
    def missing(self) -> bool:
        """Whether a rate of the item is missing."""
        return any(math.isnan(amount) for amount in (self.usd, self.hours, self.kg_co2))


@dataclass(frozen=True)
class Bill:
    """Charges of one FEU on one route.

    Parameters
    ----------
    charges
        The lines.

    Raises
    ------
    DoubleChargeError
        If two items cover the same thing on one consignment.
    """

    charges: tuple[Charge, ...] = ()

    def __post_init__(self) -> None:
        """Refuse to charge the same thing twice."""
        check_coverage(self.charges)

    @classmethod
    def from_lines(
        cls, lines: Iterable[tuple[str, str, int, float]], unit_rates: UnitRates
    ) -> Bill:
        """Price what a route uses.

        Parameters
        ----------
        lines
            Item, where, consignment number and quantity in network units (km, calls, lifts).
            Lines that differ in quantity alone are joined; what adds up to 0 is left out.
        unit_rates
            Rates per network unit, bound to the load.

        Returns
        -------
        The bill, its lines in the order of first use.

        Raises
        ------
        DataError
            If an item is unknown.
        DoubleChargeError
            If two items cover the same thing on one consignment.
        UsageError
            If a quantity is negative or not finite.
        """
        uses: dict[tuple[str, str, int], list[float]] = {}
        for item_id, where, consignment, quantity in lines:
            if not 0 <= quantity < math.inf:
                msg = f"{item_id} at {where}: a quantity cannot be {quantity}"
                raise UsageError(msg)
            uses.setdefault((item_id, where, consignment), []).append(quantity)
        return cls(
            tuple(
                _charge(*key, total, unit_rates)
                for key, parts in uses.items()
                if (total := math.fsum(parts))
            )
        )

    @property
    def usd(self) -> float:
        """Money, USD of the price year per FEU; NaN if a rate is missing."""
        return math.fsum(charge.usd for charge in self.charges)

    @property
    def usd_low(self) -> float:
        """Money with every rate at its low, USD per FEU."""
        return math.fsum(charge.usd_low for charge in self.charges)

    @property
    def usd_high(self) -> float:
        """Money with every rate at its high, USD per FEU."""
        return math.fsum(charge.usd_high for charge in self.charges)

    @property
    def hours(self) -> float:
        """Time, h; NaN if a rate is missing."""
        return math.fsum(charge.hours for charge in self.charges)

    @property
    def kg_co2(self) -> float:
        """Emissions, kg of CO2 per FEU; NaN if a rate is missing."""
        return math.fsum(charge.kg_co2 for charge in self.charges)

    @property
    def assumed_share(self) -> float:
        """Part of the known money that rests on assumptions, 0 to 1."""
        known = [charge for charge in self.charges if not math.isnan(charge.usd)]
        total = math.fsum(charge.usd for charge in known)
        assumed = math.fsum(charge.usd for charge in known if charge.assumed)
        return assumed / total if total else 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """Items without a rate that they should have, each once; the bill is incomplete."""
        return tuple(dict.fromkeys(c.item_id for c in self.charges if c.missing))

    def frame(self) -> pd.DataFrame:
        """Return the lines as a table.

        Returns
        -------
        One row per charge: ``item, title, where, quantity, unit, rate_usd, usd, usd_low, usd_high,
        hours, kg_co2, source, confidence, original_amount, currency, price_year, class_note``.
        ``rate_usd`` is USD per unit, the others are as in `Charge`; ``original_amount`` is in
        ``currency`` of ``price_year``.
        """
        rows = [_row(charge) for charge in self.charges]
        frame = pd.DataFrame(rows, columns=list(_COLUMNS))
        return frame.astype({"price_year": "Int64", "original_amount": "float64"})

    def to_records(self) -> list[dict[str, str | float | None]]:
        """Return the lines ready for JSON.

        Returns
        -------
        One record per charge: ``item, quantity, unit, usd, hours, kg_co2, source, class_note``;
        None where a rate is missing.
        """
        return [
            {
                "item": charge.item_id,
                "quantity": round(charge.quantity, _DECIMALS),
                "unit": charge.unit,
                "usd": _known(charge.usd),
                "hours": _known(charge.hours),
                "kg_co2": _known(charge.kg_co2),
                "source": ";".join(charge.source_ids),
                "class_note": charge.class_note,
            }
            for charge in self.charges
        ]


@dataclass(frozen=True, eq=False)
class _ItemRates:
    """What every charge of an item says, whatever its quantity.

    Parameters
    ----------
    said
        Fields of the charge.
    units_per_feu
        Units of the item in one network unit.
    base
        USD, h and kg of CO2 per network unit.
    low, high
        USD per network unit.
    unit_price
        Money of one unit as its source states it.
    """

    said: dict[str, Any]
    units_per_feu: float
    base: tuple[float, float, float]
    low: float
    high: float
    unit_price: Amount | None


def _charge(
    item_id: str, where: str, consignment: int, quantity: float, unit_rates: UnitRates
) -> Charge:
    rates: _ItemRates | None = unit_rates.told.get(item_id)
    if rates is None:
        if item_id not in unit_rates.card.position:
            problem = f"unknown item {item_id!r}, charged at {where}"
            raise DataError(_TABLE, None, "item_id", problem)
        rates = unit_rates.told[item_id] = _item_rates(item_id, unit_rates)
    units = quantity * rates.units_per_feu
    usd, hours, kg_co2 = rates.base
    return Charge(
        **rates.said,
        where=where,
        consignment=consignment,
        quantity=units,
        usd=usd * quantity,
        usd_low=rates.low * quantity,
        usd_high=rates.high * quantity,
        hours=hours * quantity,
        kg_co2=kg_co2 * quantity,
        original=None if rates.unit_price is None else rates.unit_price * units,
    )


def _item_rates(item_id: str, unit_rates: UnitRates) -> _ItemRates:
    """Gather what every charge of an item says."""
    card = unit_rates.card
    at = card.position[item_id]
    item = card.items[at]
    rates = [card.rates[item_id, m] for m in MEASURES if (item_id, m) in card.rates]
    usd, hours, kg_co2 = (float(rate) for rate in unit_rates.base[at])
    money = card.rates.get((item_id, "money"))
    # A rate of nothing (hours that lie within another item's) says nothing of the others.
    telling = [rate for rate in rates if rate.high > 0] or rates
    incomplete = any(map(math.isnan, (usd, hours, kg_co2)))
    said = {
        "item_id": item_id,
        "title": item.title,
        "unit": item.unit,
        "source_ids": tuple(dict.fromkeys(s for rate in telling for s in rate.source_ids)),
        "confidence": weakest([] if incomplete else [rate.confidence for rate in telling]),
        "covers": item.covers,
        "assumed": bool(card.assumed[at, 0]),
        "class_note": _class_note(item, telling),
    }
    return _ItemRates(
        said,
        float(unit_rates.units_per_feu[at]),
        (usd, hours, kg_co2),
        float(unit_rates.low[at, 0]),
        float(unit_rates.high[at, 0]),
        None if money is None else money.original,
    )


def _class_note(item: Item, telling: Sequence[Rate]) -> str:
    """Say which of an item's rates are those of a class."""
    # The class of a port or a yard says in its title what it is.
    named = item.is_class and item.category in _OWNERS
    lent = [rate for rate in telling if rate.of_class or named]
    if not lent:
        return ""
    words = f"class, not {_OWNERS.get(item.category, 'its')} own"
    if len(lent) == len(telling):
        return words
    return f"{', '.join(_MEASURE_WORDS[rate.measure] for rate in lent)}: {words}"


def _row(charge: Charge) -> tuple[object, ...]:
    original = charge.original
    stated: tuple[object, ...] = (None, "", None)
    if original is not None:
        stated = (original.amount, original.currency, original.price_year)
    return (
        *(charge.item_id, charge.title, charge.where, charge.quantity, charge.unit),
        charge.usd / charge.quantity,
        *(charge.usd, charge.usd_low, charge.usd_high, charge.hours, charge.kg_co2),
        *(";".join(charge.source_ids), charge.confidence, *stated),
        charge.class_note,
    )


def _known(amount: float) -> float | None:
    return None if math.isnan(amount) else round(amount, _DECIMALS)
