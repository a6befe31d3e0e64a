"""Tables of analyses as text for machines and for the terminal, with rounded numbers.

The cost table has its own writer in `geo.report.table`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from rich.table import Table

__all__ = ["frame_records", "frame_view", "render_frame"]

_DECIMALS = 4


def frame_records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Turn a table into plain rows.

    Parameters
    ----------
    frame
        Any table of texts and numbers.

    Returns
    -------
    list of dict
        Numbers rounded to four digits after the point, what is absent as None.
    """
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def render_frame(frame: pd.DataFrame, text_format: str) -> str:
    """Write a table as text, with the same bytes every time.

    Parameters
    ----------
    frame
        Any table of texts and numbers.
    text_format
        ``csv``, ``md`` or ``json``.

    Returns
    -------
    str
        Ending in a new line.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    records = frame_records(frame)
    if text_format == "json":
        return json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    names = [str(name) for name in frame.columns]
    if text_format == "csv":
        import csv
        import io

        out = io.StringIO()
        writer = csv.DictWriter(out, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return out.getvalue()
    if text_format == "md":
        sides = [" ---: " if _is_number(records, name) else " --- " for name in names]
        lines = ["| " + " | ".join(names) + " |", "|" + "|".join(sides) + "|"]
        lines += [
            "| " + " | ".join(_shown(row[name], 2).replace("|", "\\|") for name in names) + " |"
            for row in records
        ]
        return "\n".join(lines) + "\n"
    msg = f"unknown table format {text_format!r}; known: csv, md, json"
    raise UsageError(msg)


def frame_view(
    frame: pd.DataFrame,
    titles: Mapping[str, str],
    *,
    decimals: Mapping[str, int] | None = None,
    signed: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> Table:
    """Draw a table for the terminal.

    Parameters
    ----------
    frame
        Any table of texts and numbers.
    titles
        Columns to show, in order, with their headings.
    decimals
        Digits after the point, by column; none by default.
    signed
        Columns of differences, which show a plus sign.
    whole
        Columns of text that are not broken over lines; numbers never are.

    Returns
    -------
    rich.table.Table
        Ready to print.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    records = frame_records(frame)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    for place, (name, title) in enumerate(titles.items()):
        right = _is_number(records, name)
        table.add_column(
            title,
            justify="right" if right else "left",
            style="" if place else "bold",
            no_wrap=right or name in whole,
            overflow="fold",
        )
    for row in records:
        cells = []
        for name in titles:
            text = _shown(row[name], (decimals or {}).get(name, 0))
            value = row[name]
            if name in signed and isinstance(value, float) and value > 0 and text != "0":
                text = f"+{text}"
            cells.append(Text(text))
        table.add_row(*cells)
    return table


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value
    amount = float(value)  # type: ignore[arg-type]  # a cell of a numeric column
    return None if not math.isfinite(amount) else round(amount, _DECIMALS)


def _is_number(records: Sequence[Mapping[str, object]], name: str) -> bool:
    values = [row[name] for row in records if row[name] is not None]
    return bool(values) and all(isinstance(value, int | float) for value in values)


def _shown(value: object, decimals: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return number(value, decimals)
    return str(value)
