"""The rules of a schema, checked on whole columns: values, keys, order, references.

Every check raises a `DataError` that names the file, the row, the column and the value.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from geo.atlas.schema import Field, Reference, Schema

__all__ = ["check_columns", "check_references", "check_rows", "check_values", "first", "quoted"]

_SHOWN = 60


def first(bad: pd.Series) -> int | None:
    """Return the label of the first True of a boolean column, None if there is none."""
    marked = bad.fillna(value=False).to_numpy(dtype=np.bool_)
    return int(bad.index[int(np.argmax(marked))]) if marked.any() else None


def quoted(value: object) -> str:
    """Return a value as error messages quote it: in quotes, and not too long."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"'{text}'" if len(text) <= _SHOWN else f"'{text[:_SHOWN]}...'"


def check_columns(found: Sequence[str], schema: Schema, label: str) -> None:
    """Check that a table has exactly the columns of its schema, each once."""
    for name in schema.columns:
        if name not in found and not schema.field(name).optional:
            problem = f"the column is missing; the file has {', '.join(found)}"
            raise DataError(label, 1, name, problem)
    for position, name in enumerate(found):
        if name not in schema.columns:
            raise DataError(label, 1, name, "the schema in datapackage.json has no such column")
        if name in found[:position]:
            raise DataError(label, 1, name, "the column stands there twice")


def check_values(values: pd.Series, field: Field, label: str, lines: Sequence[int]) -> None:
    """Check one column, with a range index: required, allowed values, form, bounds, uniqueness."""
    blank = first(values.isna()) if field.required else None
    if blank is not None:
        problem = f"expected {field.expectation}, got a blank"
        raise DataError(label, lines[blank], field.name, problem)
    if field.unique:
        _check_unique(values.to_frame(), (field.name,), label, lines)
    if field.type == "string" and not (field.enum or field.pattern):
        return
    filled = values.dropna()
    if field.is_text:
        if field.enum and field.type == "string" and {*filled.tolist(), ""} <= {*field.enum, ""}:
            return
        filled = filled[filled != ""]
        if field.type == "list":
            filled = filled.str.split(field.delimiter).explode()
        good = _good_text(filled, field)
    elif field.type in {"number", "integer"}:
        good = _good_number(filled, field)
    else:
        return
    bad = first(~good)
    if bad is not None:
        got = quoted(filled[~good].iloc[0])
        raise DataError(label, lines[bad], field.name, f"expected {field.expectation}, got {got}")


def _good_text(filled: pd.Series, field: Field) -> pd.Series:
    """Tell which filled cells or list elements of a text column are allowed."""
    if field.enum:
        return filled.isin(field.enum)
    if field.pattern:
        return filled.str.fullmatch(field.pattern.removeprefix("^").removesuffix("$")).astype(bool)
    return filled.str.strip() != ""


def _good_number(filled: pd.Series, field: Field) -> pd.Series:
    """Tell which filled cells of a numeric column lie within its bounds and are finite."""
    good = filled.notna() & np.isfinite(filled.astype("float64"))
    if field.minimum is not None:
        good &= filled >= field.minimum
    if field.maximum is not None:
        good &= filled <= field.maximum
    return good


def check_rows(frame: pd.DataFrame, schema: Schema, label: str, lines: Sequence[int]) -> None:
    """Check the rules between the columns and the rows: key, order, what requires what."""
    if schema.primary_key:
        _check_unique(frame, schema.primary_key, label, lines)
    for group in schema.ordered:
        for lower, upper in pairwise(group):
            bad = first(frame[lower] > frame[upper])
            if bad is not None:
                floor, got = frame[lower][bad], quoted(frame[upper][bad])
                problem = f"expected a number >= {floor:g} ({lower}), got {got}"
                raise DataError(label, lines[bad], upper, problem)
    for rule in schema.requirements:
        applies = frame[rule.column] == rule.value
        for column in rule.required:
            bad = first(applies & frame[column].isna())
            if bad is not None:
                problem = f"expected a value where {rule.column} is {rule.value}, got a blank"
                raise DataError(label, lines[bad], column, problem)


def _check_unique(
    frame: pd.DataFrame, columns: tuple[str, ...], label: str, lines: Sequence[int]
) -> None:
    """Check that no two rows agree in all of `columns`."""
    names = list(columns)
    bad = first(frame.duplicated(names))
    if bad is None:
        return
    key = frame[names].iloc[bad]
    same = (frame[names].iloc[:bad].eq(key) | key.isna()).all(axis=1)
    earlier = first(same)
    where = f", in row {lines[earlier]}" if earlier is not None else ""
    shown = ", ".join(str(value) for value in key)
    raise DataError(label, lines[bad], "+".join(names), f"{quoted(shown)} is there already{where}")


def check_references(
    frame: pd.DataFrame,
    references: Sequence[Reference],
    known: Callable[[str, str], frozenset[Any]],
    label: str,
    lines: Sequence[int],
) -> None:
    """Check that every value that refers to another table stands there.

    Parameters
    ----------
    frame
        The table, with a range index.
    references
        Its references.
    known
        Function that returns the values of a column of another table.
    label
        The file, as errors call it.
    lines
        The line in the file of each row.

    Raises
    ------
    DataError
        A value stands nowhere in the other table.
    """
    for link in references:
        # The row is only looked for once something is lost: a set is several times as quick.
        values = frame[link.column].dropna()
        if _named_in(values.tolist(), link) <= known(link.table, link.target):
            continue
        if link.delimiter:
            values = values[values != ""].str.split(link.delimiter).explode()
        if link.prefix:
            start = f"{link.prefix}:"
            values = values[values.str.startswith(start)].str.removeprefix(start)
        if values.empty:
            continue
        lost = values[~values.isin(known(link.table, link.target))]
        if not lost.empty:
            got = quoted(lost.iloc[0])
            problem = f"expected one of the {link.target} of {link.table}, got {got}"
            raise DataError(label, lines[int(lost.index[0])], link.column, problem)


def _named_in(values: Sequence[Any], link: Reference) -> set[Any]:
    """Return what the cells of a referring column name in the other table."""
    if link.delimiter:
        values = [one for cell in values if cell for one in cell.split(link.delimiter)]
    if link.prefix:
        start = f"{link.prefix}:"
        values = [one.removeprefix(start) for one in values if one.startswith(start)]
    return set(values)
