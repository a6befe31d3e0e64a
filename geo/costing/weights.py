"""Arc weights: quantities (arcs x items) times unit rates, and what the shipper values.

An arc that uses an item without a rate is NaN, unpriced: never free.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.costing.goods import generalised_usd
from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from geo.costing.card import UnitRates
    from geo.costing.goods import Goods, TimeValue

__all__ = ["Prices", "generalised", "price_arcs"]


@dataclass(frozen=True, eq=False)
class Prices:
    """What every arc costs one FEU.

    Parameters
    ----------
    money
        USD of the price year; float64[arcs]; NaN unpriced.
    hours
        Time, h; float64[arcs]; NaN unpriced.
    co2
        Emissions, kg of CO2; float64[arcs]; NaN unpriced.
    """

    money: NDArray[np.float64]
    hours: NDArray[np.float64]
    co2: NDArray[np.float64]


def price_arcs(quantities: sparse.csr_array, unit_rates: UnitRates) -> Prices:
    """Price every arc by the base rates.

    Parameters
    ----------
    quantities
        Network units of each item that an arc uses; float64[arcs, items], columns in the order
        of the card. A stored zero uses nothing.
    unit_rates
        Rates per network unit.

    Returns
    -------
    Money, hours and CO2 of every arc.

    Raises
    ------
    GraphError
        If there are not as many columns as items.
    """
    if quantities.shape[1] != len(unit_rates.base):
        msg = f"{quantities.shape[1]} columns of quantities for {len(unit_rates.base)} items"
        raise GraphError(msg)
    if not quantities.data.all():
        quantities = quantities.copy()
        quantities.eliminate_zeros()
    costs = quantities @ unit_rates.base
    return Prices(*(np.ascontiguousarray(column) for column in costs.T))


def generalised(prices: Prices, goods: Goods, time_value: TimeValue) -> NDArray[np.float64]:
    """Generalised cost of every arc.

    Parameters
    ----------
    prices
        Money and hours of every arc.
    goods
        The load.
    time_value
        What a day costs its owner.

    Returns
    -------
    USD of the price year per FEU; float64[arcs]; NaN where money or hours are unpriced.
    """
    return generalised_usd(prices.money, prices.hours, goods=goods, time_value=time_value)
