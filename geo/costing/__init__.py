"""Costing: the rate card, the goods, the weights of arcs and the bill of a route.

Knows no geometry: it prices quantities, whatever used them.
"""

from geo.costing.bill import Bill, Charge
from geo.costing.card import RateCard, UnitRates
from geo.costing.crossing_facts import border_costs, crossing_facts, kind_of
from geo.costing.edits import RateEdit
from geo.costing.goods import (
    Goods,
    TimeValue,
    break_even_value_usd,
    find_goods,
    find_time_value,
    generalised_usd,
)
from geo.costing.items import MEASURES, Item, Measure
from geo.costing.money import PRICE_YEAR, Amount, PriceLevel
from geo.costing.rates import Rate
from geo.costing.weights import Prices, generalised, price_arcs

__all__ = [
    "MEASURES",
    "PRICE_YEAR",
    "Amount",
    "Bill",
    "Charge",
    "Goods",
    "Item",
    "Measure",
    "PriceLevel",
    "Prices",
    "Rate",
    "RateCard",
    "RateEdit",
    "TimeValue",
    "UnitRates",
    "border_costs",
    "break_even_value_usd",
    "crossing_facts",
    "find_goods",
    "find_time_value",
    "generalised",
    "generalised_usd",
    "kind_of",
    "price_arcs",
]
