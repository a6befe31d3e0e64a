"""Rates of the user's own: an item, a measure and a number suffice.

A row replaces the shipped rate of its item and measure; a new item needs its category.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo.atlas.nearest import nearest_words
from geo.atlas.overlay import Overlay
from geo.atlas.tables import Table, table_of
from geo.costing import MEASURES, PRICE_YEAR, Item, PriceLevel
from geo.costing.items import read_items
from geo.errors import DataError
from geo.own.reading import OwnRow, counted, own_source, read_own_csv, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from geo.atlas import Atlas

__all__ = ["read_own_rates"]

_COLUMNS: Final = (
    *("item_id", "measure", "base", "low", "high", "unit", "currency", "price_year"),
    *("distribution", "range_means", "confidence", "skew_reason", "note", "category", "title"),
)
_NEEDED: Final = (("item_id",), ("measure",), ("base",))
_CONFIDENCE: Final = "medium"
_UNIT_OF_NEW: Final = {"haulage": "FEU-km", "running": "km", "energy": "t-km"}
"""What a new item is charged by, where it is not by the box."""


def read_own_rates(path: Path, atlas: Atlas) -> Overlay:
    """Read rates from a CSV file and lay them over those of an atlas.

    Parameters
    ----------
    path
        Columns: ``item_id``, ``measure`` (money, hours or co2), ``base``, and if wanted ``low``,
        ``high``, ``unit``, ``currency`` and ``price_year`` (USD of 2024 without them),
        ``distribution``, ``range_means``, ``confidence`` (medium without it), ``skew_reason``,
        ``note``; for an item that does not ship ``category`` and ``title`` too.
    atlas
        What the rates are laid over.

    Returns
    -------
    Overlay
        Rows of `rates`, `sources` and, if there are new ones, `items`.

    Raises
    ------
    UsageError
        The file cannot be read.
    DataError
        A row is wrong: an unknown item, a negative number or none, a range that does not hold
        the base, the same rate twice.
    """
    label = str(path)
    rows, lines = read_own_csv(path, _COLUMNS, needed=_NEEDED)
    source_id, source = own_source("rates", path, atlas)
    known = {item.item_id: item for item in read_items(atlas.items)}
    new: dict[str, OwnRow] = {}
    for row, line in zip(rows, lines, strict=True):
        item_id = row["item_id"]
        if item_id not in known:
            new[item_id] = _new_item(row, tuple(known), label, line)
            known[item_id] = _item(new[item_id], label, line)
    shipped = atlas.rates
    notes = [f"{counted(len(rows), 'rate')} read"]
    for row, line in zip(rows, lines, strict=True):
        notes += _fill(row, known[row["item_id"]], shipped, label, line)
        row["source_ids"] = source_id
    schema, items = atlas.schema("rates"), atlas.schema("items")
    tables: dict[str, Table] = {
        "sources": source,
        "rates": table_of(rows_of(rows, schema), schema, label, lines),
    }
    # Only now: the schema has told what is no currency or year at all.
    _check_money(rows, lines, atlas, label)
    if new:
        at = [1] * len(new)
        tables["items"] = table_of(rows_of([*new.values()], items), items, label, at)
    return Overlay(title=f"own data: {path.name}", rows=tables, notes=tuple(notes))


def _new_item(row: OwnRow, known: Sequence[str], label: str, line: int) -> OwnRow:
    """Return the item of a rate that nothing shipped has, if the row says what it is."""
    item_id, category = row["item_id"], row.get("category", "")
    if not category:
        problem = (
            f"unknown item {item_id!r}{nearest_words(item_id, known)}. `crescent sources rates` "
            "lists them; a new item needs a column category"
        )
        raise DataError(label, line, "item_id", problem)
    return {
        "item_id": item_id,
        "title": row.get("title") or item_id,
        "unit": _UNIT_OF_NEW.get(category, "FEU"),
        "category": category,
    }


def _item(row: OwnRow, label: str, line: int) -> Item:
    """Return a new item, checked."""
    try:
        return Item(
            item_id=row["item_id"], title=row["title"], unit=row["unit"], category=row["category"]
        )
    except DataError as error:
        raise DataError(label, line, "category", error.problem) from error


def _fill(row: OwnRow, item: Item, shipped: pd.DataFrame, label: str, line: int) -> list[str]:
    """Fill in what a row leaves out; return what of it the user should know."""
    measure = row["measure"]
    if measure not in MEASURES:
        problem = f"expected one of {', '.join(MEASURES)}, got {measure!r}"
        raise DataError(label, line, "measure", problem)
    if not item.allows(measure):
        problem = f"{item.item_id}: {measure} cannot be stated per {item.unit}"
        raise DataError(label, line, "measure", problem)
    _check_numbers(row, label, line)
    unit = item.unit_of(measure)
    if row.setdefault("unit", unit) not in {"", unit}:
        problem = f"{item.item_id}: expected {unit!r}, got {row['unit']!r}"
        raise DataError(label, line, "unit", problem)
    row["unit"] = unit
    given = bool(row.get("low") or row.get("high"))
    row["low"] = row.get("low") or row["base"]
    row["high"] = row.get("high") or row["base"]
    row["distribution"] = row.get("distribution") or ("triangular" if given else "fixed")
    row["range_means"] = row.get("range_means") or ("ignorance" if given else "none")
    row["confidence"] = row.get("confidence") or _CONFIDENCE
    if measure != "money":
        if row.get("currency"):
            problem = f"{item.item_id}: {measure} have no currency, got {row['currency']!r}"
            raise DataError(label, line, "currency", problem)
        return []
    return _fill_money(row, item, shipped, line)


def _check_numbers(row: OwnRow, label: str, line: int) -> None:
    """Check base, low and high: numbers of at least 0, in this order."""
    found = {}
    for column in ("low", "base", "high"):
        text = row.get(column, "")
        if not text and column != "base":
            continue
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0.0 <= value < math.inf:
            problem = f"expected a number >= 0, got {text!r}" if text else "expected a number"
            raise DataError(label, line, column, problem)
        found[column] = value
    if list(found.values()) != sorted(found.values()):
        problem = f"expected low <= base <= high, got {', '.join(f'{v:g}' for v in found.values())}"
        raise DataError(label, line, "base", problem)


def _check_money(rows: Sequence[OwnRow], lines: Sequence[int], atlas: Atlas, label: str) -> None:
    """Check that money of each currency and year can be made that of the study."""
    prices = PriceLevel.from_frames(atlas.exchange_rates, atlas.deflators)
    known = sorted({name for name, _ in prices.per_usd} | {"USD"})
    for row, line in zip(rows, lines, strict=True):
        if row["measure"] != "money":
            continue
        currency, year = row["currency"], int(row["price_year"])
        have = sorted(at for name, at in prices.per_usd if name == currency)
        if currency not in known:
            problem = f"no exchange rate of {currency!r}; the currencies are {', '.join(known)}"
            raise DataError(label, line, "currency", problem)
        if year not in prices.index:
            years = f"{min(prices.index)} to {max(prices.index)}"
            problem = f"no price index for {year}; expected a year from {years}"
            raise DataError(label, line, "price_year", problem)
        if currency != "USD" and year not in have:
            told = ", ".join(map(str, have))
            problem = f"no exchange rate of {currency} for {year}; there are those of {told}"
            raise DataError(label, line, "price_year", problem)


def _fill_money(row: OwnRow, item: Item, shipped: pd.DataFrame, line: int) -> list[str]:
    """Take money without a currency or year as US dollars of the study's price year."""
    assumed = [name for name in ("currency", "price_year") if not row.get(name)]
    row["currency"] = row.get("currency") or "USD"
    row["price_year"] = row.get("price_year") or str(PRICE_YEAR)
    if not assumed:
        return []
    taken = f"row {line}, {item.item_id}: taken as {row['currency']} of {row['price_year']}"
    old = shipped[(shipped["item_id"] == item.item_id) & (shipped["measure"] == "money")]
    for currency, year in old[["currency", "price_year"]].to_numpy():
        taken += f" (the shipped rate is in {currency} of {year})"
    return [taken]
