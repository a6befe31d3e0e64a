"""Tables of analyses as plain rows and for the terminal, with rounded numbers.

How they become files is told in `geo.report.export`; the cost table is in `geo.report.table`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.export.document import is_numeric, plain
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from rich.table import Table

__all__ = ["frame_records", "frame_view"]


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
        {str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]


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
        right = is_numeric(records, name)
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


def _shown(value: object, decimals: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return number(value, decimals)
    return str(value)
