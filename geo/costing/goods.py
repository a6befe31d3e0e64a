"""Goods in the box, what a day is worth to their owner, and the generalised cost of a way.

Generalised cost = money + value of the goods x fraction per day x hours / 24.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from geo.atlas.cells import FIRST_ROW, ids_of, number_of, text_of
from geo.costing.money import PRICE_YEAR, PriceLevel
from geo.costing.rates import ASSUMPTION
from geo.errors import DataError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "Goods",
    "GoodsTables",
    "TimeValue",
    "break_even_value_usd",
    "find_goods",
    "find_time_value",
    "generalised_usd",
]

HOURS_PER_DAY: Final = 24.0

_GOODS: Final = "data/goods.csv"
_TIME_VALUES: Final = "data/time_values.csv"

Number = TypeVar("Number", float, "NDArray[np.float64]")


class GoodsTables(Protocol):
    """The tables that goods and values of time are read from; an Atlas has them."""

    @property
    def goods(self) -> pd.DataFrame:
        """Table of goods."""

    @property
    def time_values(self) -> pd.DataFrame:
        """Table of the values of time."""

    @property
    def exchange_rates(self) -> pd.DataFrame:
        """Table of exchange rates."""

    @property
    def deflators(self) -> pd.DataFrame:
        """Table of the US price index."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """The load of one FEU.

    Parameters
    ----------
    goods_id
        Slug, e.g. ``general``.
    name
        Words for people.
    value_usd, value_low_usd, value_high_usd
        Value of the load, USD of the price year per FEU.
    tonnes_per_feu
        Weight of the load, t per FEU.
    source_ids
        Ids of the sources.
    confidence
        ``high``, ``medium``, ``low`` or ``assumption``.
    """

    goods_id: str
    name: str
    value_usd: float
    value_low_usd: float
    value_high_usd: float
    tonnes_per_feu: float
    source_ids: tuple[str, ...] = ()
    confidence: str = ASSUMPTION


@dataclass(frozen=True, kw_only=True)
class TimeValue:
    """What a day on the way costs the owner of the goods.

    Parameters
    ----------
    method
        ``ad-valorem`` or ``capital-cost``; stands beside every generalised cost.
    per_day, low, high
        Fraction of the value of the goods per day.
    source_ids
        Ids of the sources.
    confidence
        ``high``, ``medium``, ``low`` or ``assumption``.
    """

    method: str
    per_day: float
    low: float
    high: float
    source_ids: tuple[str, ...] = ()
    confidence: str = ASSUMPTION

    def usd(self, goods: Goods, hours: Number) -> Number:
        """Cost of hours on the way.

        Parameters
        ----------
        goods
            The load.
        hours
            Time, h.

        Returns
        -------
        ``value_usd * per_day * hours / 24``, USD of the price year per FEU.
        """
        return goods.value_usd * self.per_day / HOURS_PER_DAY * hours


def find_goods(atlas: GoodsTables, goods_id: str, *, price_year: int = PRICE_YEAR) -> Goods:
    """Read one row of the table ``goods``, its value brought to the price year.

    Parameters
    ----------
    atlas
        Anything with the tables ``goods, exchange_rates, deflators``.
    goods_id
        Which goods.
    price_year
        Year whose dollars the value is brought to.

    Returns
    -------
    The goods.

    Raises
    ------
    UnknownNameError
        If no goods have that id.
    DataError
        If value, range or weight make no sense.
    """
    row, number = _row_of(atlas.goods, "goods_id", goods_id, kind="goods")
    low, value, high = _range(row, number, _GOODS, ("value_low", "value_usd_per_feu", "value_high"))
    tonnes = number_of(row["tonnes_per_feu"])
    if not 0 < tonnes < math.inf:
        problem = f"{goods_id}: expected a number > 0, got {tonnes:g}"
        raise DataError(_GOODS, number, "tonnes_per_feu", problem)
    level = PriceLevel.from_frames(atlas.exchange_rates, atlas.deflators, price_year=price_year)
    factor = level.factor("USD", int(row["price_year"]))
    return Goods(
        goods_id=goods_id,
        name=text_of(row["name"]),
        value_usd=value * factor,
        value_low_usd=low * factor,
        value_high_usd=high * factor,
        tonnes_per_feu=tonnes,
        source_ids=ids_of(row["source_ids"]),
        confidence=text_of(row["confidence"]),
    )


def find_time_value(atlas: GoodsTables, method: str) -> TimeValue:
    """Read one row of the table ``time_values``.

    Parameters
    ----------
    atlas
        Anything with the table ``time_values``.
    method
        ``ad-valorem`` or ``capital-cost``.

    Returns
    -------
    The value of time.

    Raises
    ------
    UnknownNameError
        If no row has that method.
    DataError
        If the fraction or its range makes no sense.
    """
    row, number = _row_of(atlas.time_values, "method", method, kind="value of time")
    low, per_day, high = _range(row, number, _TIME_VALUES, ("low", "per_day", "high"))
    return TimeValue(
        method=method,
        per_day=per_day,
        low=low,
        high=high,
        source_ids=ids_of(row["source_ids"]),
        confidence=text_of(row["confidence"]),
    )


def generalised_usd(
    money_usd: Number, hours: Number, *, goods: Goods, time_value: TimeValue
) -> Number:
    """Generalised cost of a way: its money and its time.

    Parameters
    ----------
    money_usd
        Money, USD per FEU.
    hours
        Time, h.
    goods
        The load.
    time_value
        What a day costs its owner.

    Returns
    -------
    ``money_usd + value_usd * per_day * hours / 24``, USD per FEU.
    """
    return money_usd + time_value.usd(goods, hours)


def break_even_value_usd(
    *, rail_usd: float, rail_days: float, sea_usd: float, sea_days: float, per_day: float
) -> float:
    """Value of goods above which a faster railway is worth its price.

    Parameters
    ----------
    rail_usd, sea_usd
        Money by rail and by sea, USD per FEU.
    rail_days, sea_days
        Time by rail and by sea, days.
    per_day
        Cost of a day, as a fraction of the value of the goods.

    Returns
    -------
    ``(rail_usd - sea_usd) / (per_day * (sea_days - rail_days))``, USD per FEU; 0 where rail is
    no dearer, for then it dominates.

    Raises
    ------
    UsageError
        If rail is not the faster way, or a day costs nothing: no value of goods decides then.
    """
    if not rail_days < sea_days:
        msg = f"rail takes {rail_days:g} days and sea {sea_days:g}: rail must be the faster way"
        raise UsageError(msg)
    if not per_day > 0:
        msg = f"the cost of a day must be above 0, got {per_day:g}"
        raise UsageError(msg)
    return max(0.0, (rail_usd - sea_usd) / (per_day * (sea_days - rail_days)))


def _row_of(
    frame: pd.DataFrame, column: str, name: str, *, kind: str
) -> tuple[Mapping[Hashable, Any], int]:
    names = [text_of(cell) for cell in frame[column]]
    if name not in names:
        raise UnknownNameError(kind, name, get_close_matches(name, names) or names)
    at = names.index(name)
    return frame.iloc[at].to_dict(), at + FIRST_ROW


def _range(
    row: Mapping[Hashable, Any], number: int, table: str, columns: tuple[str, str, str]
) -> tuple[float, float, float]:
    """Return low, base and high of a row; a blank bound is the base."""
    low, base, high = (number_of(row[column]) for column in columns)
    low, high = (base if math.isnan(bound) else bound for bound in (low, high))
    if not 0 <= low <= base <= high < math.inf:
        problem = f"expected 0 <= low <= base <= high, got {low:g}, {base:g}, {high:g}"
        raise DataError(table, number, columns[1], problem)
    return low, base, high
