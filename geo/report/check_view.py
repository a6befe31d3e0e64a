"""The comparison of lengths drawn as a table for the terminal.

Loads rich late, so that `geo.report.check` can be used without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import number, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from rich.table import Table

__all__ = ["check_table", "excuse_marks"]

_STYLES = {
    "agrees": "green",
    "out": "bold red",
    "excused": "yellow",
    "excused: source": "yellow",
    "excuse no longer needed": "bold red",
    "not judged": "dim",
    "no way": "bold red",
}


def check_table(rows: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Draw one line a published length; an excuse is a number, told below the table.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a `CheckResult`.
    names : mapping of str to str
        Names of places by id; ids stand for those without.

    Returns
    -------
    rich.table.Table
        Ready to print.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim"
    )
    table.add_column("From", no_wrap=True)
    table.add_column("To", no_wrap=True)
    for head in ("Track km", "Published", "Δ km", "%"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    marks = excuse_marks(rows)
    for row in rows.to_dict("records"):
        verdict = Text(row["verdict"], style=_STYLES[row["verdict"]])
        if row["verdict"] == "not judged" and row["kind"] == "no track":
            verdict.append(" (no track)")
        elif row["drawn_share"] > 0:
            verdict.append(f" ({100 * row['drawn_share']:.0f} % {row['kind']})")
        if row["excuse"]:
            verdict.append(f" [{marks[row['excuse']]}]", style="dim")
        signed = f"{row['difference_km']:+.1f}", f"{100 * row['difference_share']:+.1f}"
        known = row["difference_km"] == row["difference_km"]
        table.add_row(
            Text(short_name(names.get(row["from"], row["from"]))),
            Text(short_name(names.get(row["to"], row["to"]))),
            number(row["computed_km"], 1),
            number(row["published_km"], 1),
            *(signed if known else ("–", "–")),
            verdict,
        )
    return table


def excuse_marks(rows: pd.DataFrame) -> dict[str, int]:
    """Give each excuse its number, in the order of the rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a `CheckResult`.

    Returns
    -------
    dict of str to int
        Numbers from 1 on, by excuse.
    """
    excuses = dict.fromkeys(excuse for excuse in rows["excuse"] if excuse)
    return {excuse: mark for mark, excuse in enumerate(excuses, start=1)}
