"""The comparison of lengths drawn as a table for the terminal.

Loads rich late, so that `geo.report.check` can be used without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import number

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

__all__ = ["check_table"]

_STYLES = {
    "agrees": "green",
    "out": "bold red",
    "excused": "yellow",
    "excuse no longer needed": "bold red",
    "not computed": "dim",
}


def check_table(rows: pd.DataFrame) -> Table:
    """Draw one row a published length.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a `CheckResult`.

    Returns
    -------
    rich.table.Table
        Ready to print.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column("From", no_wrap=True)
    table.add_column("To", no_wrap=True)
    for head in ("Computed km", "Published km", "Difference", "%"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Verdict", overflow="fold")
    for row in rows.to_dict("records"):
        verdict = Text(row["verdict"], style=_STYLES[row["verdict"]])
        if row["verdict"] == "not computed":
            verdict.append(f" ({row['kind']})")
        elif row["excuse"]:
            verdict.append(f": {row['excuse']}", style="dim")
        signed = f"{row['difference_km']:+.1f}", f"{100 * row['difference_share']:+.1f}"
        known = row["difference_km"] == row["difference_km"]
        table.add_row(
            Text(row["from"]),
            Text(row["to"]),
            number(row["computed_km"], 1),
            number(row["published_km"], 1),
            *(signed if known else ("–", "–")),
            verdict,
        )
    return table
