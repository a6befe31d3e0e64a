"""The rate card: every item's rates in money, hours and kg of CO2, as arrays in one price year.

Bound to a load it gives what one network unit of each item costs for one FEU.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from geo.costing.items import MEASURES, read_items
from geo.costing.money import PRICE_YEAR, PriceLevel
from geo.costing.rates import ASSUMPTION, joined, read_rates, with_class_rates
from geo.costing.waits import read_storage, read_waits
from geo.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from geo.costing.edits import RateEdit
    from geo.costing.goods import Goods
    from geo.costing.items import Item, Measure
    from geo.costing.rates import Rate

__all__ = ["CostTables", "RateCard", "UnitRates"]


class CostTables(Protocol):
    """The tables that a rate card is read from; an Atlas has them."""

    @property
    def items(self) -> pd.DataFrame:
        """Table of items."""

    @property
    def rates(self) -> pd.DataFrame:
        """Table of rates."""

    @property
    def headways(self) -> pd.DataFrame:
        """Table of sailings and trains a week."""

    @property
    def storage(self) -> pd.DataFrame:
        """Table of storage tariffs of ports."""

    @property
    def exchange_rates(self) -> pd.DataFrame:
        """Table of exchange rates."""

    @property
    def deflators(self) -> pd.DataFrame:
        """Table of the US price index."""


@dataclass(frozen=True, eq=False)
class UnitRates:
    """What one network unit (km, call, lift) of each item costs for one FEU of a load.

    Parameters
    ----------
    card
        Rate card that was bound.
    goods
        Load that it was bound to.
    units_per_feu
        Units of each item in one network unit: t per FEU, TEU per FEU, or 1; float64[items].
    base, low, high
        USD of the price year, h and kg of CO2 per network unit; float64[items, 3]; NaN missing.
    """

    card: RateCard
    goods: Goods
    units_per_feu: NDArray[np.float64]
    base: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @cached_property
    def told(self) -> dict[str, Any]:
        """What bills say of an item whatever its quantity, kept by its id: all say the same."""
        return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class RateCard:
    """Rates of every item, in one order and one price year.

    Parameters
    ----------
    items
        Items, in the order of their table: the columns of a network's quantities.
    rates
        Rates by item and measure, as their sources state them; an item without one of its own has
        that of its class, which says so.
    level
        Price level that money is brought to.
    base, low, high
        USD, h and kg of CO2 per unit of the item; float64[items, 3]. NaN is missing; a measure
        that an item is not expected to have is 0.
    assumed
        Whether the rate is an assumption; bool[items, 3].
    """

    items: tuple[Item, ...]
    rates: Mapping[tuple[str, str], Rate]
    level: PriceLevel
    base: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    assumed: NDArray[np.bool_]

    @classmethod
    def from_atlas(cls, atlas: CostTables, *, price_year: int = PRICE_YEAR) -> RateCard:
        """Read the card from the tables of an atlas.

        Parameters
        ----------
        atlas
            Anything with the tables ``items, rates, headways, storage, exchange_rates, deflators``.
        price_year
            Year whose dollars every rate is brought to.

        Returns
        -------
        The card.

        Raises
        ------
        DataError
            If a row of the tables contradicts another, or a year or currency is missing.
        """
        level = PriceLevel.from_frames(atlas.exchange_rates, atlas.deflators, price_year=price_year)
        items = read_items(atlas.items)
        stated = read_rates(atlas.rates, items)
        waits = read_waits(atlas.headways, items)
        storage = read_storage(atlas.storage, items, joined(stated))
        return cls.of(items, joined((*stated, *waits, *storage)), level)

    @classmethod
    def of(
        cls, items: tuple[Item, ...], rates: Mapping[tuple[str, str], Rate], level: PriceLevel
    ) -> RateCard:
        """Bring rates to one price year and lay them out as arrays.

        Parameters
        ----------
        items
            Items, in the order that the arrays are to have.
        rates
            Rates by item and measure; an item without one takes that of its class.
        level
            Price level that money is brought to.

        Returns
        -------
        The card.
        """
        rates = with_class_rates(items, rates)
        ranges = np.zeros((3, len(items), len(MEASURES)))
        assumed = np.zeros(ranges.shape[1:], dtype=bool)
        for i, item in enumerate(items):
            for m, measure in enumerate(MEASURES):
                rate = rates.get((item.item_id, measure))
                if rate is not None:
                    money = rate.original
                    factor = level.factor(money.currency, money.price_year) if money else 1.0
                    ranges[:, i, m] = rate.low * factor, rate.base * factor, rate.high * factor
                    assumed[i, m] = rate.confidence == ASSUMPTION
                elif measure in item.expected:
                    ranges[:, i, m] = np.nan
        low, base, high = ranges
        for array in (low, base, high, assumed):
            array.flags.writeable = False
        return cls(
            items=items, rates=rates, level=level, base=base, low=low, high=high, assumed=assumed
        )

    @property
    def price_year(self) -> int:
        """Year of the dollars."""
        return self.level.price_year

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Row of an item in the arrays, by its id."""
        return {item.item_id: i for i, item in enumerate(self.items)}

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Ids of the items, in the order of the arrays."""
        return tuple(item.item_id for item in self.items)

    @property
    def missing(self) -> tuple[tuple[str, Measure], ...]:
        """Item and measure of every rate that is expected and absent."""
        return tuple(
            (self.items[i].item_id, MEASURES[m]) for i, m in np.argwhere(np.isnan(self.base))
        )

    def edited(self, edits: Mapping[tuple[str, str], RateEdit]) -> RateCard:
        """Return the card with some rates set or scaled; this card stays as it is.

        Parameters
        ----------
        edits
            What to do, by item and measure.

        Returns
        -------
        A new card.

        Raises
        ------
        ScenarioError
            If an edit names an unknown item, a rate that cannot be, or makes a rate negative.
        """
        rates = dict(self.rates)
        for key, edit in edits.items():
            item_id, measure = key
            if item_id not in self.position:
                near = ", ".join(get_close_matches(item_id, self.item_ids))
                hint = f"; did you mean {near}?" if near else ""
                msg = f"edited rate: unknown item {item_id!r}{hint}"
                raise ScenarioError(msg)
            item = self.items[self.position[item_id]]
            rates[key] = edit.apply(item, measure, rates.get(key), price_year=self.price_year)
        return self.of(self.items, rates, self.level)

    def bind(self, goods: Goods) -> UnitRates:
        """Turn rates per t-km and TEU-km into rates per km of one FEU of a load.

        Parameters
        ----------
        goods
            The load; its weight counts.

        Returns
        -------
        Rates per network unit and FEU.
        """
        units = np.array([item.units_per_feu(goods.tonnes_per_feu) for item in self.items])
        each = units[:, np.newaxis]
        return UnitRates(self, goods, units, self.base * each, self.low * each, self.high * each)
