"""Waits and storage: rates derived from tables of departures a week and of storage tariffs.

The tables hold what was published; the hours and the money follow by the formulas of `derived`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from geo.atlas.cells import FIRST_ROW, ids_of, number_of, text_of, year_of
from geo.costing.derived import expected_demurrage, half_headway_h, tiered_demurrage
from geo.costing.rates import Rate, weakest
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from geo.costing.items import Item

__all__ = ["read_storage", "read_waits"]

_HEADWAYS: Final = "data/headways.csv"
_STORAGE: Final = "data/storage.csv"
_HOURS_A_DAY: Final = 24.0

Row = dict[Any, Any]


def read_waits(frame: pd.DataFrame, items: Sequence[Item]) -> tuple[Rate, ...]:
    """Derive waits for a departure, each half of the headway.

    Parameters
    ----------
    frame
        Columns ``item_id, departures_week, low, high, least_wait_h, source_ids, confidence, note``.
    items
        Items that may be priced.

    Returns
    -------
    One rate in hours per item; many departures make the low, few the high.

    Raises
    ------
    DataError
        If an item is unknown or the departures are not ``0 < low <= departures_week <= high``.
    """
    known = {item.item_id: item for item in items}
    waits = []
    for number, row in enumerate(frame.to_dict("records"), start=FIRST_ROW):
        item = _item(known, row, _HEADWAYS, number)
        few, usual, many = (number_of(row[name]) for name in ("low", "departures_week", "high"))
        if not 0 < few <= usual <= many:
            problem = f"{item.item_id}: expected 0 < low <= departures_week <= high"
            raise DataError(_HEADWAYS, number, "departures_week", problem)
        least = number_of(row["least_wait_h"])
        least = least if least == least else 0.0  # noqa: PLR0124 - NaN
        base, low, high = (half_headway_h(each, least_h=least) for each in (usual, many, few))
        formula = f"Derived: half of 168 h / {usual:g} departures a week"
        formula += f", at least {least:g} h. " if least else ". "
        waits.append(
            Rate(
                item_id=item.item_id,
                measure="hours",
                base=base,
                low=low,
                high=high,
                unit=item.unit_of("hours"),
                distribution="triangular" if low < high else "fixed",
                range_means="cross-section",
                source_ids=ids_of(row["source_ids"]),
                confidence=text_of(row["confidence"]),
                note=formula + text_of(row["note"]),
                skew_reason="half of a headway: rare departures make waits many times longer",
            )
        )
    return tuple(waits)


def read_storage(
    frame: pd.DataFrame, items: Sequence[Item], rates: Mapping[tuple[str, str], Rate]
) -> tuple[Rate, ...]:
    """Demurrage after the free time, from storage tariffs and the spread of the dwell.

    Parameters
    ----------
    frame
        Columns ``item_id, dwell_item, from_day, to_day, per_day, currency, price_year, source_ids,
        confidence, note``: the tiers of one tariff stand together, in the order of days.
    items
        Items that may be priced.
    rates
        Rates by item and measure, with the hours of the dwell items.

    Returns
    -------
    One rate in money per item: the mean over the dwell's triangular spread; low and high at the
    shortest and the longest dwell.

    Raises
    ------
    DataError
        If an item or a dwell is unknown, or the tiers leave days out.
    """
    known = {item.item_id: item for item in items}
    numbered = enumerate(frame.to_dict("records"), start=FIRST_ROW)
    return tuple(
        _demurrage(list(group), known, rates)
        for _, group in groupby(numbered, key=lambda numbered_row: numbered_row[1]["item_id"])
    )


def _demurrage(
    tiers: list[tuple[int, Row]], known: Mapping[str, Item], rates: Mapping[tuple[str, str], Rate]
) -> Rate:
    """Work out one tariff."""
    number, first = tiers[0]
    item = _item(known, first, _STORAGE, number)
    dwell = rates.get((text_of(first["dwell_item"]), "hours"))
    if dwell is None:
        problem = f"{item.item_id}: {first['dwell_item']!r} has no hours"
        raise DataError(_STORAGE, number, "dwell_item", problem)
    per_day = _tariff(tiers)
    low, mode, high = (hours / _HOURS_A_DAY for hours in (dwell.low, dwell.base, dwell.high))
    return Rate(
        item_id=item.item_id,
        measure="money",
        base=expected_demurrage(low, mode, high, per_day),
        low=tiered_demurrage(low, per_day),
        high=tiered_demurrage(high, per_day),
        unit=item.unit_of("money"),
        currency=text_of(first["currency"]),
        price_year=year_of(first["price_year"]),
        distribution="expected",
        range_means="cross-section",
        source_ids=tuple(dict.fromkeys((*ids_of(first["source_ids"]), *dwell.source_ids))),
        confidence=weakest([text_of(first["confidence"]), dwell.confidence]),
        note=f"Derived: tariff by days over a dwell of {low:g} to {high:g} days, {mode:g} the "
        f"likeliest. {text_of(first['note'])}",
    )


def _tariff(tiers: list[tuple[int, Row]]) -> Callable[[int], float]:
    """Return the charge of each day; the last tier goes on for ever."""
    starts: list[tuple[int, float]] = []
    expected = 1.0
    for number, row in tiers:
        start, end = number_of(row["from_day"]), number_of(row["to_day"])
        if start != expected or not (end >= start or end != end):  # noqa: PLR0124 - NaN
            problem = f"{row['item_id']}: expected a tier from day {expected:g}"
            raise DataError(_STORAGE, number, "from_day", problem)
        starts.append((int(start), number_of(row["per_day"])))
        expected = end + 1
    if expected == expected:  # noqa: PLR0124 - NaN
        problem = f"{tiers[-1][1]['item_id']}: the last tier has no end: leave to_day empty"
        raise DataError(_STORAGE, tiers[-1][0], "to_day", problem)

    def per_day(day: int) -> float:
        if day < 1:
            msg = f"days are counted from 1, got {day}"
            raise UsageError(msg)
        return next(charge for start, charge in reversed(starts) if day >= start)

    return per_day


def _item(known: Mapping[str, Item], row: Row, table: str, number: int) -> Item:
    item = known.get(text_of(row["item_id"]))
    if item is None:
        raise DataError(table, number, "item_id", f"unknown item {row['item_id']!r}")
    return item
