"""Cells of the curated tables as plain Python values.

A blank cell may reach us as NaN, None, NA or an empty string; here it becomes one thing.
"""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd

__all__ = ["FIRST_ROW", "ids_of", "number_of", "text_of", "year_of"]

# Rows are counted as an editor does: the header is row 1.
FIRST_ROW: Final = 2


def text_of(cell: Any) -> str:
    """Return the text of a cell; a blank cell is the empty string."""
    return "" if pd.isna(cell) else str(cell).strip()


def number_of(cell: Any) -> float:
    """Return the number in a cell; a blank cell is NaN."""
    return math.nan if text_of(cell) == "" else float(cell)


def year_of(cell: Any) -> int | None:
    """Return the calendar year in a cell; a blank cell is None."""
    number = number_of(cell)
    return None if math.isnan(number) else int(number)


def ids_of(cell: Any) -> tuple[str, ...]:
    """Return the ids of a cell that holds several, joined by ``;``."""
    return tuple(part for raw in text_of(cell).split(";") if (part := raw.strip()))
