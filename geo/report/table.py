"""The cost table as text for machines: CSV, Markdown and JSON, with the same bytes every time.

The same table for a reader at a terminal is drawn in `geo.report.terminal`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.outcome import TABLE_COLUMNS
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
    from collections.abc import Callable

    import pandas as pd

__all__ = [
    "FORMATS",
    "json_records",
    "render_table",
    "to_csv",
    "to_json",
    "to_markdown",
    "to_records",
]

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
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(TABLE_COLUMNS)
    for record in to_records(table):
        writer.writerow([_cell(column, record[column]) for column in TABLE_COLUMNS])
    return out.getvalue()


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
    heads = (
        ("Origin", "l"),
        ("Destination", "l"),
        ("Scenario", "l"),
        ("Corridor", "l"),
        ("Modes", "l"),
        ("km", "r"),
        ("Time", "r"),
        ("USD per FEU", "r"),
        ("Low–high", "r"),
        ("kg CO2 per FEU", "r"),
        ("Generalised USD", "r"),
        ("Assumed", "r"),
        ("Status", "l"),
        ("Reason", "l"),
    )
    records = to_records(table)
    lines = [
        "| " + " | ".join(head for head, _ in heads) + " |",
        "|" + "|".join(" ---: " if side == "r" else " --- " for _, side in heads) + "|",
    ]
    lines += ["| " + " | ".join(_markdown_cells(record)) + " |" for record in records]
    if any(is_indicative(_number(record["assumed_share"])) for record in records):
        lines += ["", INDICATIVE_NOTE + "."]
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "csv": to_csv,
    "md": to_markdown,
    "json": to_json,
}


def render_table(table: pd.DataFrame, text_format: str) -> str:
    """Write the table in a named text format.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.
    text_format : str
        One of `FORMATS`.

    Returns
    -------
    str
        The text.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    if text_format not in FORMATS:
        msg = f"unknown table format {text_format!r}; known: {', '.join(FORMATS)}"
        raise UsageError(msg)
    return FORMATS[text_format](table)


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


def _cell(column: str, value: object) -> object:
    if value is None:
        return ""
    return f"{value:.{_DECIMALS[column]}f}" if isinstance(value, float) else value


def _markdown_cells(record: dict[str, object]) -> list[str]:
    numbers = {column: _number(record[column]) for column in _DECIMALS}
    words = {c: str(record[c]).replace("|", "\\|").replace("\n", " ") for c in TABLE_COLUMNS}
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
