"""The cost table as rows and text, for machines and people, with the same bytes every time.

The same table for a reader at a terminal is drawn in `geo.report.terminal`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from geo.outcome import TABLE_COLUMNS
from geo.report.export import Reading, Sheet
from geo.report.export.text import to_csv as sheet_to_csv
from geo.report.export.text import to_markdown as sheets_to_markdown
from geo.report.wording import (
    INDICATIVE_NOTE,
    duration,
    is_indicative,
    money,
    number,
    percent,
    span,
    split_ids,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "json_records",
    "table_sheet",
    "to_csv",
    "to_json",
    "to_markdown",
    "to_records",
]

_HEADS = (
    # heading, whether it stands over numbers
    ("Origin", False),
    ("Destination", False),
    ("Scenario", False),
    ("Corridor", False),
    ("Modes", False),
    ("km", True),
    ("Time", True),
    ("USD per FEU", True),
    ("Low–high", True),
    ("kg CO2 per FEU", True),
    ("Generalised USD", True),
    ("Assumed", True),
    ("Status", False),
    ("Reason", False),
)
# Sums of floats differ in their last bits between machines; these digits do not.
_DECIMALS = {
    "distance_km": 1,
    "hours": 1,
    "usd_per_feu": 2,
    "usd_low": 2,
    "usd_high": 2,
    "kg_co2_per_feu": 1,
    "generalised_usd_per_feu": 2,
    "assumed_share": 4,
}


def to_records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Turn the table into plain rows with rounded numbers.

    Parameters
    ----------
    table : pandas.DataFrame
        With at least the columns of `geo.outcome.TABLE_COLUMNS`.

    Returns
    -------
    list of dict
        One a row, in the order of the table; an absent number is None, `modes` is joined by ``+``.
    """
    rows = table.loc[:, list(TABLE_COLUMNS)].to_dict("records")
    return [{column: _plain(column, row[column]) for column in TABLE_COLUMNS} for row in rows]


def to_json(table: pd.DataFrame) -> str:
    """Write the table as a JSON list of rows.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.

    Returns
    -------
    str
        JSON, ending in a new line.
    """
    return json.dumps(json_records(table), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def json_records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Turn the table into plain rows as JSON has them: `modes` is a list.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.

    Returns
    -------
    list of dict
        See `to_records`.
    """
    return [row | {"modes": list(split_ids(row["modes"]))} for row in to_records(table)]


def to_csv(table: pd.DataFrame) -> str:
    """Write the table as CSV (UTF-8, comma, one header row, Unix line ends).

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.

    Returns
    -------
    str
        CSV, ending in a new line.
    """
    return sheet_to_csv(table_sheet(table))


def to_markdown(table: pd.DataFrame) -> str:
    """Write the table as GitHub Markdown, numbers as a reader wants them.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.

    Returns
    -------
    str
        Markdown, ending in a new line.
    """
    return sheets_to_markdown([table_sheet(table)])


def table_sheet(table: pd.DataFrame) -> Sheet:
    """Return the table as a sheet to be exported, and how people read it.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.

    Returns
    -------
    Sheet
        One row each.
    """
    records = to_records(table)
    weighs = any(is_indicative(_number(record["assumed_share"])) for record in records)
    reading = Reading(
        heads=tuple(head for head, _ in _HEADS),
        right=tuple(right for _, right in _HEADS),
        rows=tuple(tuple(_reading_cells(record)) for record in records),
        note=INDICATIVE_NOTE if weighs else "",
    )
    return Sheet("routes", TABLE_COLUMNS, tuple(records), decimals=_DECIMALS, reading=reading)


def _plain(column: str, value: object) -> object:
    if column == "modes":
        return "+".join(split_ids(value))
    if column in _DECIMALS:
        amount = _number(value)
        return None if amount is None else round(amount, _DECIMALS[column])
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN


def _number(value: object) -> float | None:
    if value is None:
        return None
    amount = float(value)  # type: ignore[arg-type]  # a cell of a numeric column
    return None if math.isnan(amount) else amount


def _reading_cells(record: dict[str, object]) -> list[str]:
    numbers = {column: _number(record[column]) for column in _DECIMALS}
    words = {column: str(record[column]) for column in TABLE_COLUMNS}
    return [
        words["origin"],
        words["destination"],
        words["scenario"],
        words["corridor"],
        words["modes"],
        number(numbers["distance_km"]),
        duration(numbers["hours"]),
        money(numbers["usd_per_feu"], indicative=is_indicative(numbers["assumed_share"])),
        span(numbers["usd_low"], numbers["usd_high"]),
        number(numbers["kg_co2_per_feu"]),
        number(numbers["generalised_usd_per_feu"]),
        percent(numbers["assumed_share"]),
        words["status"],
        words["reason"],
    ]
