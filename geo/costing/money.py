"""Money of any currency and year, in US dollars of one price year.

Original currency -> USD at that year's mean rate -> the price year by the US index.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.atlas.cells import FIRST_ROW, number_of, text_of
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

__all__ = ["PRICE_YEAR", "Amount", "PriceLevel"]

PRICE_YEAR: Final = 2024

_EXCHANGE: Final = "data/exchange_rates.csv"
_DEFLATORS: Final = "data/deflators.csv"


@dataclass(frozen=True)
class Amount:
    """Money as its source states it.

    Parameters
    ----------
    amount
        Sum, in units of the currency.
    currency
        ISO 4217 code.
    price_year
        Calendar year of the prices.
    """

    amount: float
    currency: str
    price_year: int

    def __mul__(self, quantity: float) -> Amount:
        """Return the same money for a quantity of units."""
        return Amount(self.amount * quantity, self.currency, self.price_year)


@dataclass(frozen=True, eq=False)
class PriceLevel:
    """Exchange rates and price index that lead to USD of one price year.

    Parameters
    ----------
    price_year
        Year whose dollars every result is in.
    per_usd
        Units of a currency per USD, annual mean, by currency and year.
    index
        US price index by year, any base.
    """

    price_year: int
    per_usd: Mapping[tuple[str, int], float]
    index: Mapping[int, float]

    @classmethod
    def from_frames(
        cls, exchange_rates: pd.DataFrame, deflators: pd.DataFrame, *, price_year: int = PRICE_YEAR
    ) -> PriceLevel:
        """Read the tables ``exchange_rates`` and ``deflators``.

        Parameters
        ----------
        exchange_rates
            Columns ``currency, year, per_usd``.
        deflators
            Columns ``year, index``: one series, one row a year.
        price_year
            Year whose dollars results are in.

        Returns
        -------
        The price level.

        Raises
        ------
        DataError
            If a value is not above zero, a key stands twice, or the price year has no index.
        """
        per_usd: dict[tuple[str, int], float] = {}
        for number, row in enumerate(exchange_rates.to_dict("records"), start=FIRST_ROW):
            currency, year = text_of(row["currency"]), int(row["year"])
            if (currency, year) in per_usd:
                raise DataError(_EXCHANGE, number, "year", f"{currency} in {year} stands twice")
            per_usd[currency, year] = _positive(_EXCHANGE, number, "per_usd", row)
        index: dict[int, float] = {}
        for number, row in enumerate(deflators.to_dict("records"), start=FIRST_ROW):
            year = int(row["year"])
            if year in index:
                raise DataError(_DEFLATORS, number, "year", f"{year} stands twice")
            index[year] = _positive(_DEFLATORS, number, "index", row)
        level = cls(price_year, per_usd, index)
        level.factor("USD", price_year)
        return level

    def factor(self, currency: str, year: int) -> float:
        """USD of the price year that one unit of a currency of a year is worth.

        Parameters
        ----------
        currency
            ISO 4217 code.
        year
            Calendar year of the money.

        Returns
        -------
        ``index[price_year] / index[year] / per_usd[currency, year]``.

        Raises
        ------
        DataError
            If the table has no such currency and year; names table, currency and year.
        """
        for needed in (year, self.price_year):
            if needed not in self.index:
                problem = f"no US price index for {needed}, needed for {currency} of {year}"
                raise DataError(_DEFLATORS, None, "index", problem)
        if currency == "USD":
            per_usd = 1.0
        elif (currency, year) in self.per_usd:
            per_usd = self.per_usd[currency, year]
        else:
            problem = f"no annual mean rate of {currency} for {year}"
            raise DataError(_EXCHANGE, None, "per_usd", problem)
        return self.index[self.price_year] / self.index[year] / per_usd

    def usd(self, original: Amount) -> float:
        """Worth of an amount.

        Parameters
        ----------
        original
            Money as its source states it.

        Returns
        -------
        USD of the price year.
        """
        return original.amount * self.factor(original.currency, original.price_year)


def _positive(file: str, number: int, column: str, row: Mapping[Hashable, Any]) -> float:
    value = number_of(row[column])
    if not 0 < value < math.inf:
        raise DataError(file, number, column, f"expected a number > 0, got {row[column]!r}")
    return value
