"""A sweep told at the terminal: the band of each pair, how often rail wins, and what matters.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.report.wording import USD_PER_FEU, duration, number, percent, span

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from geo.analysis.sweep import Sweep

__all__ = ["shares_view", "sweep_records", "sweep_view", "tornado_view"]

_SHOWN = 8


def sweep_view(found: Sweep) -> Group:
    """Draw a row for each state of the world, way and pair.

    Parameters
    ----------
    found
        A finished sweep.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    parameters = found.manifest["parameters"]
    head = Text.assemble(
        ("Sweep", "bold cyan"),
        f" of {parameters['draws']:,} draws ({parameters['sampling']}, seed {parameters['seed']}), "
        f"{USD_PER_FEU}, {parameters['goods']} cargo, {parameters['time_value']}",
    )
    notes = [
        "Median and P5–P95; the route is chosen anew in each draw. Rates of one cause move as one.",
        "Rail: most km are by rail. Land: none by sea. Route: how often the commonest is chosen.",
    ]
    several = len(found.ranks.groupby(["scenario", "corridor"])) > 1
    if several:
        notes.append("First: cheapest of all ways and states of the world, ties shared.")
    return Group(head, _table(found, several=several), *(Text(note, style="dim") for note in notes))


def _table(found: Sweep, *, several: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column("From – to, way", min_width=18, overflow="fold")
    for title in ("USD", "Time", "kg CO2", "Gen. USD"):
        table.add_column(title, justify="right", no_wrap=True)
    for title in ("Rail", "Land", "Route", *(["First"] if several else [])):
        table.add_column(title, justify="right", no_wrap=True)
    keys = ["origin", "destination", "scenario", "corridor"]
    first = found.ranks.set_index(keys)["p_first"].to_dict()
    scenario = ""
    for row in found.summary.to_dict("records"):
        usual: dict[Any, Any] = row
        if usual["scenario"] != scenario:
            scenario = usual["scenario"]
            table.add_row(Text(scenario, style="bold"))
        way = "" if usual["corridor"] == "best" else f", {usual['corridor']}"
        cells: list[Any] = [
            Text(f"{usual['origin']} – {usual['destination']}{way}"),
            _band(number(usual["usd_p50"]), span(usual["usd_p5"], usual["usd_p95"])),
            _band(duration(usual["hours_p50"]), _days(usual["hours_p5"], usual["hours_p95"])),
            _band(number(usual["kg_co2_p50"]), span(usual["kg_co2_p5"], usual["kg_co2_p95"])),
            _band(
                number(usual["generalised_usd_p50"]),
                span(usual["generalised_usd_p5"], usual["generalised_usd_p95"]),
            ),
            *(percent(usual[name]) for name in ("p_rail", "p_land", "p_of_route")),
        ]
        if several:
            cells.append(percent(first.get(tuple(usual[name] for name in keys))))
        table.add_row(*cells)
    return table


def _band(middle: str, band: str) -> Text:
    """Write a median over its band."""
    from rich.text import Text

    return Text.assemble(middle, "\n", (band, "dim"))


def _days(low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return "–"
    return f"{number(low / 24, 1)}–{number(high / 24, 1)} d"


def tornado_view(frame: pd.DataFrame) -> Group:
    """Draw the unknowns that a cost hangs on most, one at a time, for each pair."""
    return _top(frame, "One at a time", ("at_p5", "at_base", "at_p95", "swing"), number)


def shares_view(frame: pd.DataFrame) -> Group:
    """Draw Sobol's indices for each pair."""
    return _top(frame, "Sobol's indices", ("first", "first_conf", "total", "total_conf"), _share)


def _share(value: float) -> str:
    return f"{value:.2f}"


def _top(frame: pd.DataFrame, title: str, columns: tuple[str, ...], write: Any) -> Group:
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    drawn: list[Any] = []
    for (origin, destination), rows in frame.groupby(["origin", "destination"], sort=False):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
        table.add_column("Unknown", overflow="fold")
        for column in columns:
            table.add_column(column.replace("_", " "), justify="right", no_wrap=True)
        for row in rows.head(_SHOWN).to_dict("records"):
            cells: dict[Any, Any] = row
            table.add_row(
                Text(str(cells["variable"])), *(write(float(cells[column])) for column in columns)
            )
        head = Text.assemble((title, "bold cyan"), f", {origin} to {destination}, USD per FEU")
        drawn += [head, table]
    return Group(*drawn)


def sweep_records(found: Sweep) -> dict[str, Any]:
    """Return a sweep ready for JSON: parameters, summary and ranks; None where there is nothing."""

    def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
        plain = frame.astype("object").where(frame.notna(), None)
        return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]

    return {
        "folder": str(found.folder),
        "parameters": found.manifest["parameters"],
        "digest": found.manifest["digest"],
        "blocks_kept": found.kept,
        "summary": records(found.summary),
        "ranks": records(found.ranks),
    }
