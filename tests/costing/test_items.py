"""Items and the measures that are expected of them."""

from __future__ import annotations

import pytest

from geo.costing import Item
from geo.costing.items import read_items
from geo.errors import DataError

from .conftest import ITEMS, table


@pytest.mark.parametrize(
    ("category", "unit", "expected"),
    [
        ("haulage", "FEU-km", {"money"}),
        ("entry", "FEU", {"money"}),
        ("running", "km", {"hours"}),
        ("energy", "t-km", {"co2"}),
        ("handling", "FEU", {"money", "hours"}),
        ("border", "FEU", {"money", "hours"}),
        ("gauge-change", "FEU", {"money", "hours"}),
        ("dwell", "FEU", {"hours"}),
        ("waiting", "FEU", {"hours"}),
        ("lane", "FEU", {"money"}),
        ("service", "FEU", {"money", "hours"}),
        ("sea", "FEU-km", {"money"}),
        ("sea", "km", {"hours"}),
        ("sea", "TEU-km", {"co2"}),
        ("access", "FEU-km", {"money"}),
        ("access", "t-km", {"co2"}),
    ],
)
def test_expected_measures_follow_from_the_category(
    category: str, unit: str, expected: set[str]
) -> None:
    item = Item(item_id="x", title="X", unit=unit, category=category)
    assert set(item.expected) == expected


def test_units_of_one_feu() -> None:
    def units(unit: str) -> float:
        item = Item(item_id="x", title="X", unit=unit, category="sea")
        return item.units_per_feu(14)

    assert [units(u) for u in ("FEU", "FEU-km", "km", "t-km", "TEU-km")] == [1, 1, 1, 14, 2]


def test_what_an_item_covers_is_split() -> None:
    erai = next(item for item in read_items(table(ITEMS)) if item.item_id == "erai")
    assert erai.covers == ("haulage:KAZ", "haulage:RUS", "haulage:BLR")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("x,X,barrel,haulage,,", "unknown unit 'barrel'"),
        ("x,X,FEU,bribe,,", "unknown category 'bribe'"),
        ("erai,X,FEU,service,,", "row 15, item_id: erai stands twice"),
    ],
)
def test_bad_items_are_refused(row: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_items(table(f"{ITEMS}{row}\n"))
