"""Unknowns: everything of a rate card that is drawn, and which of it moves together.

Rates that share a cause share one random number, measure by measure: they are high or low at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.distributions import MEAN_BOUND, Distribution
from geo.costing.goods import HOURS_PER_DAY
from geo.costing.items import MEASURES
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.costing import Goods, RateCard, TimeValue
    from geo.costing.items import Item
    from geo.costing.rates import Rate

__all__ = ["GOODS_VALUE", "TIME_VALUE", "Drawn", "Unknown", "Unknowns"]

GOODS_VALUE: Final = "goods-value"
TIME_VALUE: Final = "time-value"
_RATES: Final = "data/rates.csv"


@dataclass(frozen=True)
class Unknown:
    """One figure that is drawn.

    Parameters
    ----------
    variable
        Random number that it follows, e.g. ``sea-freight:money``; others may follow it too.
    what
        ``item:measure``, `GOODS_VALUE` or `TIME_VALUE`.
    means
        What the range says: ``year-to-year``, ``cross-section`` or ``ignorance``.
    distribution
        In the rates' own units, but money in USD of the price year.
    reason
        Why the mean may be over 1.5 times the base; "" if it is not.
    """

    variable: str
    what: str
    means: str
    distribution: Distribution
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Unit rates of some draws.

    Parameters
    ----------
    usd, hours, kg_co2
        What one network unit (km, call, lift) of an item costs one FEU; float64[draws, items].
    usd_per_hour
        What an hour costs the owner of the load; float64[draws].
    """

    usd: NDArray[np.float64]
    hours: NDArray[np.float64]
    kg_co2: NDArray[np.float64]
    usd_per_hour: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the draws."""
        return len(self.usd_per_hour)

    def objective(self, name: str) -> NDArray[np.float64]:
        """Return what a route is to have the least of, per network unit; float64[draws, items].

        Parameters
        ----------
        name
            ``generalised``, ``money``, ``hours`` or ``co2``.
        """
        if name == "generalised":
            return self.usd + self.usd_per_hour[:, np.newaxis] * self.hours
        return {"money": self.usd, "hours": self.hours, "co2": self.kg_co2}[name]


@dataclass(frozen=True, eq=False)
class Unknowns:
    """What is drawn in one state of the world, for one load.

    Parameters
    ----------
    rates
        Base rates per network unit and FEU; float64[items, 3].
    goods_value
        USD per FEU.
    per_day
        Fraction of the value that a day costs.
    unknowns
        The figures that are drawn; those of rates first.
    cells
        Item and measure of each of those of rates; int64[rates drawn, 2].
    units
        Units of the item in one network unit and FEU of each of those; float64[rates drawn].
    """

    rates: NDArray[np.float64]
    goods_value: float
    per_day: float
    unknowns: tuple[Unknown, ...]
    cells: NDArray[np.int64]
    units: NDArray[np.float64]

    @classmethod
    def of(
        cls, card: RateCard, goods: Goods, time_value: TimeValue, *, used: NDArray[np.bool_]
    ) -> Unknowns:
        """Read what a rate card, a load and a value of time leave open.

        Parameters
        ----------
        card
            Rate card of the state of the world.
        goods, time_value
            The load, and what a day costs its owner; both are drawn too.
        used
            Items that some open arc uses; bool[items]. No other is drawn.

        Raises
        ------
        DataError
            If a used item lacks a rate, a range is no distribution, or a mean is over 1.5 times
            its base without a written reason; item and measure are named.
        """
        lost = [key for key in card.missing if used[card.position[key[0]]]]
        if lost:
            names = ", ".join(" ".join(key) for key in lost)
            problem = f"no rate for {names}: a sweep needs one, or a class to lend it"
            raise DataError(_RATES, None, "item_id", problem)
        found = list(_unknown_rates(card, used))
        values = [
            _unknown_value(GOODS_VALUE, goods.value_low_usd, goods.value_usd, goods.value_high_usd),
            _unknown_value(TIME_VALUE, time_value.low, time_value.per_day, time_value.high),
        ]
        units = np.array([item.units_per_feu(goods.tonnes_per_feu) for item in card.items])
        cells = np.array([cell for cell, _ in found], dtype=np.int64).reshape(-1, 2)
        return cls(
            rates=np.nan_to_num(card.base) * units[:, np.newaxis],
            goods_value=goods.value_usd,
            per_day=time_value.per_day,
            unknowns=(
                *(unknown for _, unknown in found),
                *(value for value in values if value.distribution.shape != "fixed"),
            ),
            cells=cells,
            units=units[cells[:, 0]],
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the random numbers, sorted: the columns of a draw."""
        return tuple(sorted({unknown.variable for unknown in self.unknowns}))

    def drawn(self, numbers: NDArray[np.float64], variables: tuple[str, ...]) -> Drawn:
        """Turn random numbers into rates.

        Parameters
        ----------
        numbers
            Quantiles, above 0 and below 1; float64[draws, variables]. NaN keeps the base.
        variables
            Names of the columns; those that nothing here follows are left aside.

        Returns
        -------
        Drawn
        """
        if missing := set(self.variables) - set(variables):
            msg = f"no random number for {min(missing)}"
            raise UsageError(msg)
        at = {name: column for column, name in enumerate(variables)}
        rates = np.repeat(self.rates[np.newaxis], len(numbers), axis=0)
        values = {
            GOODS_VALUE: np.full(len(numbers), self.goods_value),
            TIME_VALUE: np.full(len(numbers), self.per_day),
        }
        for number, unknown in enumerate(self.unknowns):
            u = numbers[:, at[unknown.variable]]
            value = np.where(np.isnan(u), unknown.distribution.base, unknown.distribution.at(u))
            if number < len(self.cells):
                item, measure = self.cells[number]
                rates[:, item, measure] = value * self.units[number]
            else:
                values[unknown.what] = value
        per_hour = values[GOODS_VALUE] * values[TIME_VALUE] / HOURS_PER_DAY
        usd, hours, kg_co2 = (np.ascontiguousarray(rates[:, :, m]) for m in range(len(MEASURES)))
        return Drawn(usd, hours, kg_co2, per_hour)


def _unknown_rates(
    card: RateCard, used: NDArray[np.bool_]
) -> Iterator[tuple[tuple[int, int], Unknown]]:
    """Yield the rates of used items that are not fixed, with their places in the card."""
    for i, item in enumerate(card.items):
        for m, measure in enumerate(MEASURES):
            rate = card.rates.get((item.item_id, measure))
            if rate is None or not used[i]:
                continue
            name = f"{item.item_id} {measure}"
            found = Distribution.of(
                rate.distribution,
                rate.range_means,
                low=rate.low,
                base=rate.base,
                high=rate.high,
                name=name,
            )
            _check_mean(found, rate.skew_reason, name)
            if found.shape == "fixed":
                continue
            money = rate.original
            factor = card.level.factor(money.currency, money.price_year) if money else 1.0
            variable = f"{_cause(card, item, rate)}:{measure}"
            what = f"{item.item_id}:{measure}"
            reason = rate.skew_reason if found.is_skewed else ""
            yield (
                (i, m),
                Unknown(variable, what, rate.range_means, found.scaled(factor), reason),
            )


def _cause(card: RateCard, item: Item, rate: Rate) -> str:
    """Say with what a rate moves: its group, the class that lent it, or nothing else."""
    if rate.of_class and not item.group:
        return card.items[card.position[rate.of_class]].group or rate.of_class
    return item.group or item.item_id


def _unknown_value(what: str, low: float, base: float, high: float) -> Unknown:
    """Return the value of the goods or of time, seen to differ between studies and loads."""
    shape, means = ("triangular", "cross-section") if low < high else ("fixed", "none")
    found = Distribution.of(shape, means, low=low, base=base, high=high, name=what)
    _check_mean(found, "", what)
    return Unknown(what, what, means, found)


def _check_mean(found: Distribution, reason: str, name: str) -> None:
    if found.is_skewed and not reason:
        problem = (
            f"{name}: the mean of the distribution, {found.mean:.4g}, is over {MEAN_BOUND:g} times "
            f"the base, {found.base:.4g}: write a reason into skew_reason, or mend the range"
        )
        raise DataError(_RATES, None, "skew_reason", problem)
