"""States of the world compared: the table at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.frames import frame_view
from geo.report.wording import short_name

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

__all__ = ["comparison_view"]


def comparison_view(table: pd.DataFrame) -> list[RenderableType]:
    """Draw a comparison for the terminal, a table a pair of places.

    Parameters
    ----------
    table
        What `geo.analysis.compare.comparison` returned.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    titles = {
        "corridor": "Corridor",
        "scenario": "Scenario",
        "usd_per_feu": "USD",
        "hours": "Hours",
        "generalised_usd_per_feu": "Generalised",
        "d_usd_per_feu": "USD +/-",
        "d_hours": "Hours +/-",
        "d_generalised_usd_per_feu": "Gen. +/-",
        "route": "Route",
    }
    signed = [name for name in titles if name.startswith("d_")]
    lines: list[RenderableType] = []
    for (origin, destination), rows in table.groupby(["origin", "destination"], sort=False):
        pair = f"{short_name(str(origin))} → {short_name(str(destination))}"
        lines += [
            Text(pair, style="bold cyan"),
            frame_view(rows, titles, signed=signed, whole=("scenario", "corridor", "route")),
        ]
    return lines
