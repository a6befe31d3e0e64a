"""Plain lists for the terminal: places, layers, scenarios.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Group
    from rich.table import Table

    from geo.scenario import Scenario

__all__ = ["listing", "record_view", "scenario_record", "scenario_view"]


def listing(records: Sequence[Mapping[Any, object]], columns: Sequence[str]) -> Table:
    """Draw records as a table.

    Parameters
    ----------
    records
        The rows.
    columns
        The columns to show, in order.

    Returns
    -------
    rich.table.Table
        Ready to print.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    for position, column in enumerate(columns):
        numeric = bool(records) and all(isinstance(r[column], int | float) for r in records)
        table.add_column(
            column,
            justify="right" if numeric else "left",
            style="bold" if position == 0 else "",
            overflow="fold",
        )
    for record in records:
        table.add_row(*(Text(_cell(record[column])) for column in columns))
    return table


def record_view(record: Mapping[Any, object], *, title: str) -> Group:
    """Tell one record in full, a line a field.

    Parameters
    ----------
    record
        The fields; a blank one is left out.
    title
        The field that stands above the others, beside the name.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    head = Text.assemble((str(record[title]), "bold cyan"), f"  {record.get('name', '')}")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in record.items():
        if name not in {title, "name"} and (cell := _cell(value)):
            grid.add_row(Text(str(name).replace("_", " ")), Text(cell))
    return Group(head, grid)


def scenario_record(scenario: Scenario) -> dict[str, object]:
    """Describe a scenario for a program.

    Parameters
    ----------
    scenario
        The scenario.

    Returns
    -------
    dict
        What it is, and what it and its parents open, close and price otherwise.
    """
    return {
        "scenario": scenario.scenario_id,
        "title": scenario.title,
        "date": scenario.date,
        "parent": scenario.parent,
        "description": scenario.description,
        "steps": [{"open": list(opened), "close": list(shut)} for opened, shut in scenario.steps],
        "rates": [
            {"item": item, "measure": measure, **_edit(edit)}
            for edits in scenario.rates
            for (item, measure), edit in edits.items()
        ],
        "legal": [
            {"link": link, "status": note.status, "note": note.note}
            for link, note in scenario.legal.items()
        ],
        "sources": list(scenario.source_ids),
    }


def scenario_view(scenario: Scenario) -> Group:
    """Tell a scenario in full.

    Parameters
    ----------
    scenario
        The scenario.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    record = scenario_record(scenario)
    parent = f", differs from {scenario.parent}" if scenario.parent else ""
    lines = [
        Text.assemble((scenario.scenario_id, "bold cyan"), f"  {scenario.title}"),
        Text(f"As of {scenario.date}{parent}", style="dim"),
    ]
    if scenario.description:
        lines += [Text(""), Text(scenario.description)]
    lines.append(Text(""))
    for link, opened in _net_steps(scenario).items():
        words, style = ("opens   ", "green") if opened else ("closes  ", "red")
        lines.append(Text(words + link, style=style))
    if scenario.legal:
        lines += [
            Text(f"law     {link}: {note.status}. {note.note}", style="yellow")
            for link, note in scenario.legal.items()
        ]
    if not scenario.rates:
        return Group(*lines)
    edits: Any = record["rates"]
    columns = [key for key in _EDIT_KEYS if any(edit.get(key) is not None for edit in edits)]
    rows = [{key: edit.get(key) for key in ("item", "measure", *columns)} for edit in edits]
    return Group(*lines, listing(rows, ("item", "measure", *columns)))


def _net_steps(scenario: Scenario) -> dict[str, bool]:
    """Tell of each link whether it is open in the end: what comes later in the steps counts."""
    net: dict[str, bool] = {}
    for opened, shut in scenario.steps:
        for links, state in ((shut, False), (opened, True)):
            for link in links:
                net.pop(link, None)
                net[link] = state
    return net


_EDIT_KEYS = ("set", "low", "high", "scale", "confidence")


def _edit(edit: object) -> dict[str, object]:
    return {key: getattr(edit, key, None) for key in _EDIT_KEYS}


def _cell(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return number(value)
    return f"{value:.5g}" if isinstance(value, float) else str(value)
