"""Claims beside the tables: what the study uses of a fact that sources tell differently.

Of each such fact one claim is preferred, and says what stands in the table.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from geo.atlas.cells import number_of, text_of

if TYPE_CHECKING:
    import pandas as pd

    from geo.atlas.atlas import Atlas

__all__ = ["claims_at_odds", "disputed", "value_in_use"]

_MEASURES: Final = ("money", "hours", "co2")
_SAME: Final = 1e-3

Row = dict[Any, Any]


def value_in_use(atlas: Atlas, table: str, key: str, field: str) -> str:
    """Return what a table says of a fact, as text; "" where no cell holds it.

    Parameters
    ----------
    atlas
        The tables.
    table, key, field
        As in `claims.csv`: the key is that of the row; for a rate the field is its measure, or
        `base`; for an exchange rate the year; for storage `free_days`.
    """
    if table not in atlas.resources:
        return ""
    frame = atlas.table(table)
    first = frame.columns[0]
    schema = atlas.resources[table].schema
    if schema is not None and schema.primary_key:
        first = schema.primary_key[0]
    rows = frame[frame[first] == key]
    if table == "rates":
        return _rate(rows, field)
    if table == "exchange_rates":
        return _cell(rows[rows["year"].astype(str) == field], "per_usd")
    if table == "storage" and field == "free_days":
        return _cell(rows[rows["per_day"] == 0], "to_day")
    return _cell(rows, field)


def disputed(claims: pd.DataFrame) -> dict[tuple[str, str, str], list[Row]]:
    """Return the claims about each fact that more than one of them speaks of."""
    facts: dict[tuple[str, str, str], list[Row]] = {}
    for row in claims.to_dict("records"):
        facts.setdefault((row["table"], row["key"], row["field"]), []).append(row)
    return {fact: rows for fact, rows in facts.items() if len(rows) > 1}


def claims_at_odds(atlas: Atlas) -> tuple[str, ...]:
    """Return what is wrong between the claims and the tables, in words.

    A preferred claim has to say what its table says, and no fact has two preferred claims. A fact
    that no table holds (an input of a derivation, as its reason says) is not looked at.
    """
    problems: list[str] = []
    seen: dict[tuple[str, str, str], str] = {}
    claims = atlas.claims
    for row in claims[claims["preferred"].astype(bool)].to_dict("records"):
        fact = (row["table"], row["key"], row["field"])
        name = str(row["claim_id"])
        if fact in seen:
            problems.append(f"{name}: {seen[fact]} is preferred for the same fact")
        seen[fact] = name
        used = value_in_use(atlas, *fact)
        if used and not _equal(used, str(row["value"])):
            problems.append(f"{name}: prefers {row['value']}, but {' '.join(fact)} is {used}")
    return tuple(problems)


def _rate(rows: pd.DataFrame, field: str) -> str:
    """Return the base of a rate; `base` stands for its hours, else its money."""
    for measure in (
        (field,) if field in _MEASURES else ("hours", "money") if field == "base" else ()
    ):
        cell = _cell(rows[rows["measure"] == measure], "base")
        if cell and (field != "base" or number_of(cell) > 0):
            return cell
    return ""


def _cell(rows: pd.DataFrame, column: str) -> str:
    return text_of(rows[column].iloc[0]) if len(rows) and column in rows.columns else ""


def _equal(one: str, other: str) -> bool:
    try:
        return math.isclose(float(one), float(other), rel_tol=_SAME)
    except ValueError:
        return one == other
