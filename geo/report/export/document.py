"""What is exported: a document of one or more sheets, and what can be said about it.

A sheet has plain rows for programs and, where the plain ones read badly, a reading for people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from geo.report.export.about import About

__all__ = ["DECIMALS", "Document", "Reading", "Sheet", "is_numeric", "plain"]

DECIMALS = 4
"""Digits after the point that are kept: sums of floats differ in their last bits."""

_SMALL = 0.01
_NOTHING = 1e-7


@dataclass(frozen=True)
class Reading:
    """A sheet as people read it.

    Attributes
    ----------
    heads : tuple of str
        Headings, with units.
    right : tuple of bool
        Whether a column holds numbers.
    rows : tuple of tuple of str
    note : str
        A line below the table; "" for none.
    """

    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table.

    Attributes
    ----------
    name : str
        What its rows are.
    columns : tuple of str
        Names for programs, with units in them.
    rows : tuple of mapping
        Cells by column: text, numbers, booleans, or None for what is absent.
    decimals : mapping of str to int
        Digits after the point of a column, where they are fixed.
    units : mapping of str to str
        Units of columns whose names do not tell them, or tell another one.
    reading : Reading, optional
        How people read it; by default it is made of the rows.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    decimals: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    reading: Reading | None = None

    @classmethod
    def of_frame(cls, name: str, frame: pd.DataFrame) -> Sheet:
        """Make a sheet of any table of texts and numbers, be it empty.

        Parameters
        ----------
        name : str
            What its rows are.
        frame : pandas.DataFrame
            The table; units stand in the names of its columns. The index is left out.

        Returns
        -------
        Sheet
            Cells as `plain` makes them, columns in the same order.
        """
        rows = tuple(
            {str(column): plain(value) for column, value in row.items()}
            for row in frame.to_dict("records")
        )
        return cls(name, tuple(map(str, frame.columns)), rows)


@dataclass(frozen=True)
class Document:
    """An answer ready to be written in any format.

    Attributes
    ----------
    sheets : tuple of Sheet
        The first is the main one, which a format of one table holds alone.
    json : object
        The same as JSON has it.
    about : callable, optional
        Returns what is said about the figures and where they come from. It is called only for
        formats that can hold it.
    """

    sheets: tuple[Sheet, ...]
    json: Any
    about: Callable[[], About] | None = None


def plain(value: Any) -> str | int | float | bool | None:
    """Return a cell as text, a rounded number, a boolean, or None for what is absent.

    Parameters
    ----------
    value
        Anything that a table holds; a list is joined by ``; ``, a list within it by ``+``.

    Returns
    -------
    str, int, float, bool or None
        None for NaN and infinity too.
    """
    if isinstance(value, list | tuple):
        return "; ".join(_joined(part) for part in value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if hasattr(value, "item"):  # a scalar of numpy
        return plain(value.item())
    if isinstance(value, float):
        return _rounded(value) if math.isfinite(value) else None
    if value != value:  # noqa: PLR0124 - pandas' own marks for what is absent
        return None
    text = str(value)
    return None if text in {"<NA>", "NaT"} else text


def is_numeric(rows: Sequence[Mapping[str, object]], column: str) -> bool:
    """Tell whether a column holds numbers alone, and at least one.

    Parameters
    ----------
    rows : sequence of mapping
        Cells by column.
    column : str
        Which one.

    Returns
    -------
    bool
        What is absent does not count, nor is a boolean a number.
    """
    values = [row.get(column) for row in rows if row.get(column) is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _rounded(value: float) -> float:
    """Leave out the digits in which sums differ, but not all of a small rate."""
    if abs(value) >= _SMALL:
        return round(value, DECIMALS)
    return float(f"{value:.{DECIMALS}g}") if abs(value) > _NOTHING else 0.0


def _joined(part: object) -> str:
    return "+".join(map(str, part)) if isinstance(part, list | tuple) else str(part)
