"""Reach told at the terminal: what lies within each limit, and where the largest cities are.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import number

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from geo.analysis.reach import Reach

__all__ = ["reach_view"]

_NAMED = {"hours": "Isochrones", "usd": "Isocosts", "km": "Isodistances"}
_CITIES_SHOWN = 6


def reach_view(found: Reach) -> Group:
    """Draw a table with a line a limit, and the largest cities that each adds.

    Parameters
    ----------
    found
        What `geo.analysis.reach` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    modes = ", ".join(found.modes)
    head = Text.assemble(
        (_NAMED[found.measure], "bold cyan"),
        f" of {found.place.name} ({found.scenario}), by {modes}",
    )
    notes = [
        "A line counts as far as a box gets on it; waiting, borders and handling are included.",
        "Ground: where a box can be lifted off and brought by road for what is left of the limit.",
        "People: those of GeoNames' places of at least 1,000 only; more than that live there.",
    ]
    return Group(head, _table(found), *(Text(note, style="dim") for note in notes))


def _table(found: Reach) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column(f"Within {found.unit}", justify="right", no_wrap=True, style="bold")
    for mode in found.modes:
        table.add_column(f"{mode.capitalize()} km", justify="right", no_wrap=True)
    for title in ("Ground km²", "People"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("States", overflow="fold")
    table.add_column("Largest places that it adds", overflow="fold")
    for limit in found.limits:
        ground = found.ground[found.ground["limit"] == limit].iloc[0]
        tracks = found.network[found.network["limit"] == limit].set_index("mode")["track_km"]
        added = found.cities[found.cities["limit"] == limit].head(_CITIES_SHOWN)
        table.add_row(
            number(limit),
            *(number(float(tracks[mode])) for mode in found.modes),
            number(float(ground["area_km2"])),
            number(int(ground["people"])),
            str(ground["states"]).replace(";", " ") or "–",
            ", ".join(str(name) for name in added["name"]) or "–",
        )
    return table
