"""Items: the things a route uses, and the measures each is expected to have.

An effect that an item cannot have counts as zero; one that it should have and lacks is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from geo.atlas.cells import FIRST_ROW, ids_of, text_of
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["MEASURES", "TEU_PER_FEU", "Item", "Measure", "read_items"]

Measure: TypeAlias = Literal["money", "hours", "co2"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
TEU_PER_FEU: Final = 2.0

_TABLE: Final = "data/items.csv"

# What an item of each category is expected to cost. Sea and access are split over several
# items by unit: the kilometres of a ship drive hours and CO2, its freight is an item apart.
_EXPECTED: Final[dict[str, tuple[Measure, ...]]] = {
    "haulage": ("money",),
    "entry": ("money",),
    "running": ("hours",),
    "energy": ("co2",),
    "handling": ("money", "hours"),
    "dwell": ("hours",),
    "demurrage": ("money",),
    "waiting": ("hours",),
    "border": ("money", "hours"),
    "gauge-change": ("money", "hours"),
    "lane": ("money",),
    "service": ("money", "hours"),
}
_SPLIT_BY_UNIT: Final = ("sea", "access")
_EXPECTED_OF_UNIT: Final[dict[str, tuple[Measure, ...]]] = {
    "FEU": ("money",),
    "FEU-km": ("money",),
    "km": ("hours",),
    "t-km": ("co2",),
    "TEU-km": ("co2",),
}
# Measures that may be stated per unit. A tariff per TEU is not half a tariff per FEU, and the
# hours of a box grow neither with its weight nor with its length.
_ALLOWED: Final[dict[str, tuple[Measure, ...]]] = {
    "FEU": MEASURES,
    "FEU-km": MEASURES,
    "km": ("hours", "co2"),
    "t-km": ("money", "co2"),
    "TEU-km": ("co2",),
}
_AMOUNT: Final = {"money": "", "hours": "h ", "co2": "kg "}


@dataclass(frozen=True, kw_only=True)
class Item:
    """A thing that a route uses and pays for.

    Parameters
    ----------
    item_id
        Slug, e.g. ``haul-rus``.
    title
        Words for people.
    unit
        What one unit is: ``FEU``, ``FEU-km``, ``km``, ``t-km`` or ``TEU-km``.
    category
        Kind of item; from it follows which measures are expected.
    covers
        What the charge pays for, each ``what:where``.
    class_item
        Named class whose rate applies where the item has none of its own; "" for none.
    group
        Cause that its rates share with those of other items, with which they move; "" for none.
    """

    item_id: str
    title: str
    unit: str
    category: str
    covers: tuple[str, ...] = ()
    class_item: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse a unit or a category that the tables do not know."""
        if self.unit not in _ALLOWED:
            problem = f"{self.item_id}: unknown unit {self.unit!r}"
            raise DataError(_TABLE, None, "unit", problem)
        if self.category not in _EXPECTED and self.category not in _SPLIT_BY_UNIT:
            problem = f"{self.item_id}: unknown category {self.category!r}"
            raise DataError(_TABLE, None, "category", problem)

    @property
    def is_class(self) -> bool:
        """Whether the item is itself a class: its id says so, e.g. ``border-class-prk``."""
        return "class" in self.item_id.split("-")

    @property
    def expected(self) -> tuple[Measure, ...]:
        """Measures without which the item is incompletely priced."""
        if self.category in _SPLIT_BY_UNIT:
            return _EXPECTED_OF_UNIT[self.unit]
        return _EXPECTED[self.category]

    def unit_of(self, measure: str) -> str:
        """Return the unit that its rates must have, e.g. ``per FEU-km`` or ``h per km``."""
        return f"{_AMOUNT[measure]}per {self.unit}"

    def allows(self, measure: str) -> bool:
        """Whether a rate of this measure makes sense per unit of the item."""
        # What an emission costs follows the emission, whatever that is counted by.
        priced = measure == "money" and self.category == "energy"
        return priced or measure in _ALLOWED[self.unit]

    def units_per_feu(self, tonnes_per_feu: float) -> float:
        """Units of the item that one FEU makes out of one network unit (km, call, lift).

        Parameters
        ----------
        tonnes_per_feu
            Weight of the load of one FEU, t.

        Returns
        -------
        Tonnes for a t-km, 2 for a TEU-km, otherwise 1.
        """
        if self.unit == "t-km":
            return tonnes_per_feu
        return TEU_PER_FEU if self.unit == "TEU-km" else 1.0


def read_items(frame: pd.DataFrame) -> tuple[Item, ...]:
    """Items of the table ``items``, in its order.

    Parameters
    ----------
    frame
        Columns ``item_id, title, unit, category, covers`` and, if there is one, ``class_item``.

    Returns
    -------
    One item per row.

    Raises
    ------
    DataError
        If an id stands twice, a unit or category is unknown, or a class is no class of its items.
    """
    items: dict[str, Item] = {}
    for number, row in enumerate(frame.to_dict("records"), start=FIRST_ROW):
        item = Item(
            item_id=text_of(row["item_id"]),
            title=text_of(row["title"]),
            unit=text_of(row["unit"]),
            category=text_of(row["category"]),
            covers=ids_of(row["covers"]),
            class_item=text_of(row.get("class_item", "")),
            group=text_of(row.get("group", "")),
        )
        if item.item_id in items:
            raise DataError(_TABLE, number, "item_id", f"{item.item_id} stands twice")
        items[item.item_id] = item
    for number, item in enumerate(items.values(), start=FIRST_ROW):
        _check_class(item, items, number)
    return tuple(items.values())


def _check_class(item: Item, items: Mapping[str, Item], number: int) -> None:
    """Refuse a class that is not known, measures something else, or leans on a class itself."""
    if not item.class_item:
        return
    parent = items.get(item.class_item)
    if parent is None:
        problem = f"{item.item_id}: unknown class {item.class_item!r}"
    elif (parent.unit, parent.category) != (item.unit, item.category):
        problem = f"{item.item_id}: {item.class_item} is of another unit or category"
    elif parent.class_item or not parent.is_class:
        problem = f"{item.item_id}: {item.class_item} is no class"
    else:
        return
    raise DataError(_TABLE, number, "class_item", problem)
