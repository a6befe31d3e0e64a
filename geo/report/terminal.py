"""The cost table drawn for a reader at a terminal of 120 columns, grouped by origin and end.

The only loader of rich in this room, together with `geo.report.route_text`; both load it late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.table import to_records
from geo.report.wording import (
    INDICATIVE_NOTE,
    USD_PER_FEU,
    duration,
    is_indicative,
    money,
    number,
    short_name,
    span,
    split_ids,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from rich.console import Group, RenderableType
    from rich.table import Table

__all__ = ["comparison_view", "table_view"]

Record = dict[str, object]

WIDE = 120


def table_view(table: pd.DataFrame, *, time_value: str = "", width: int = WIDE) -> Group:
    """Draw every row of the cost table, one block an origin.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table.
    time_value : str, default ""
        The method by which time is valued, named beside the generalised cost.
    width : int, default 120
        Columns of the terminal; a narrow one gets fewer figures.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    records = to_records(table)
    parts: list[RenderableType] = []
    for origin, rows in _grouped(records, "origin"):
        reasons = _Reasons()
        parts += [
            _heading(origin, rows),
            _origin_table(rows, reasons, width),
            *reasons.view(),
            Text(""),
        ]
    return Group(*parts, *_footnotes(records, time_value))


def comparison_view(
    table: pd.DataFrame, scenarios: Sequence[str], *, time_value: str = "", width: int = WIDE
) -> Group:
    """Draw the cheapest way of each pair, the scenarios side by side.

    Parameters
    ----------
    table : pandas.DataFrame
        The cost table with one or more corridors a pair.
    scenarios : sequence of str
        The scenarios to set side by side, in this order; one or two fit 120 columns.
    time_value : str, default ""
        The method by which time is valued, named beside the generalised cost.
    width : int, default 120
        Columns of the terminal; a narrow one gets fewer figures.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    records = to_records(table)
    parts: list[RenderableType] = []
    for origin, rows in _grouped(records, "origin"):
        reasons = _Reasons()
        parts += [
            _heading(origin, rows),
            _comparison(rows, scenarios, reasons, wide=width >= WIDE),
            *reasons.view(),
            Text(""),
        ]
    best = "Of each pair the way of least generalised cost (known freight lines preferred):"
    best += " money and the value of time"
    best += f" ({time_value})." if time_value else "."
    return Group(*parts, Text(best, style="dim"), *_footnotes(records, ""))


class _Reasons:
    """Numbers the reasons for which there is no route, each said once below its block."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def mark(self, reason: str) -> str:
        if reason not in self._known:
            self._known.append(reason)
        return f"no route [{self._known.index(reason) + 1}]"

    def view(self) -> list[RenderableType]:
        from rich.padding import Padding
        from rich.text import Text

        return [
            Padding(Text(f"[{i}] {reason}", style="dim"), (0, 0, 0, 1))
            for i, reason in enumerate(self._known, start=1)
        ]


def _grouped(records: Sequence[Record], key: str) -> list[tuple[str, list[Record]]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(str(record[key]), []).append(record)
    return list(groups.items())


def _heading(origin: str, rows: Sequence[Record]) -> RenderableType:
    from rich.text import Text

    scenarios = sorted({str(row["scenario"]) for row in rows})
    line = Text.assemble((f"From {short_name(origin)}", "bold"))
    if len(scenarios) == 1:
        line.append(f"   {scenarios[0]}", style="dim")
    return line


def _new_table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold dim")


def _origin_table(rows: Sequence[Record], reasons: _Reasons, width: int) -> Table:
    table = _new_table()
    several = len({row["scenario"] for row in rows}) > 1
    modes = width >= WIDE
    table.add_column("To", style="bold", no_wrap=True)
    if several:
        table.add_column("Scenario", style="cyan", no_wrap=True)
    table.add_column("Corridor", no_wrap=True)
    if modes:
        table.add_column("By", no_wrap=True)
    for head in ("km", "Time", "USD/FEU", "low–high", "kg CO₂", "USD gen."):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Status", overflow="fold")
    for destination, group in _grouped(rows, "destination"):
        for position, row in enumerate(group):
            last = position == len(group) - 1 and len(group) > 1
            cells = [short_name(destination) if position == 0 else ""]
            if several:
                before = group[position - 1]["scenario"] if position else None
                cells.append("" if before == row["scenario"] else str(row["scenario"]))
            cells += [str(row["corridor"]), *([_modes_words(row)] if modes else []), *_figures(row)]
            cells.append(str(row["status"]) if _found(row) else reasons.mark(str(row["reason"])))
            table.add_row(*map(_text, cells), end_section=last, style=_row_style(row))
    return table


def _comparison(
    rows: Sequence[Record], scenarios: Sequence[str], reasons: _Reasons, *, wide: bool
) -> Table:
    from rich.text import Text

    table = _new_table()
    table.add_column("To", style="bold", no_wrap=True)
    for scenario in scenarios:
        table.add_column(Text(scenario, style="bold cyan"), no_wrap=True)
        table.add_column("Time", justify="right", no_wrap=True)
        table.add_column("USD/FEU", justify="right", no_wrap=True)
        if wide:
            table.add_column("kg CO₂", justify="right", no_wrap=True)
    two = len(scenarios) == 2
    if two:
        table.add_column("Δ time", justify="right", no_wrap=True)
        table.add_column("Δ USD", justify="right", no_wrap=True)
    for destination, group in _grouped(rows, "destination"):
        picks = [_best([r for r in group if r["scenario"] == name]) for name in scenarios]
        cells = [_text(short_name(destination))]
        for pick in picks:
            cells += _comparison_cells(pick, reasons)[: 4 if wide else 3]
        cells += _difference(*picks) if two else []
        table.add_row(*cells)
    return table


def _comparison_cells(row: Record | None, reasons: _Reasons) -> list[RenderableType]:
    from rich.text import Text

    if row is None:
        return [_text("–"), _text(""), _text(""), _text("")]
    if not _found(row):
        mark = Text(reasons.mark(str(row["reason"])), style="red")
        return [mark, _text(""), _text(""), _text("")]
    _, time, usd, _, carbon, _ = _figures(row)
    return [_text(_way_words(row)), _text(time), _text(usd), _text(carbon)]


def _difference(before: Record | None, after: Record | None) -> list[RenderableType]:
    from rich.text import Text

    if before is None or after is None or not (_found(before) and _found(after)):
        opened = after is not None and _found(after) and not (before and _found(before))
        return [Text("opens" if opened else "", style="green"), _text("")]
    hours = _value(after, "hours") - _value(before, "hours")
    usd = _value(after, "usd_per_feu") - _value(before, "usd_per_feu")
    return [_signed(duration(abs(hours)), hours), _signed(number(abs(usd)), usd)]


def _signed(size: str, value: float) -> RenderableType:
    from rich.text import Text

    if abs(value) < 0.5:
        return Text("=", style="dim")
    return Text(f"−{size}", style="green") if value < 0 else Text(f"+{size}", style="red")


def _best(rows: Sequence[Record]) -> Record | None:
    """Take the row that stands for a pair, under the name of the corridor it follows."""
    if not rows:
        return None
    found = sorted(
        (row for row in rows if _found(row)), key=lambda r: _value(r, "generalised_usd_per_feu")
    )
    if not found:
        return next((row for row in rows if row["corridor"] == "best"), rows[0])
    best = next((row for row in found if row["corridor"] == "best"), found[0])
    keys = ("distance_km", "hours", "usd_per_feu")
    same = [row for row in found if all(row[key] == best[key] for key in keys)]
    named = next((row for row in same if row["corridor"] != "best"), best)
    return {**best, "corridor": named["corridor"]}


def _figures(row: Record) -> list[str]:
    if not _found(row):
        return [""] * 6
    indicative = is_indicative(_value(row, "assumed_share"))
    return [
        number(_value(row, "distance_km")),
        duration(_value(row, "hours")),
        money(_value(row, "usd_per_feu"), indicative=indicative),
        span(_value(row, "usd_low"), _value(row, "usd_high")),
        number(_value(row, "kg_co2_per_feu")),
        number(_value(row, "generalised_usd_per_feu")),
    ]


def _found(row: Record) -> bool:
    return row["status"] != "no route"


def _value(row: Record, column: str) -> float:
    value = row[column]
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _way_words(row: Record) -> str:
    """Name the way: its corridor, or what carries the box where it follows none."""
    if row["corridor"] != "best":
        return str(row["corridor"])
    return "+".join(mode for mode in split_ids(row["modes"]) if mode != "road")


def _modes_words(row: Record) -> str:
    return "+".join(split_ids(row["modes"]))


def _row_style(row: Record) -> str:
    if not _found(row):
        return "dim"
    return "green" if row["corridor"] == "best" else ""


def _text(value: str) -> Text:  # type: ignore[name-defined]  # noqa: F821 - rich loads late
    """Wrap a cell so that brackets in names are never read as markup."""
    from rich.text import Text

    return Text(value)


def _footnotes(records: Sequence[Record], time_value: str) -> list[RenderableType]:
    from rich.text import Text

    notes = [f"Money in {USD_PER_FEU}; time d = days, h = hours; km along the way."]
    if time_value:
        notes.append(f"USD gen. = generalised cost: money and the value of time ({time_value}).")
    if any(is_indicative(_value(record, "assumed_share")) for record in records):
        notes.append(f"{INDICATIVE_NOTE}.")
    return [Text(note, style="dim") for note in notes]
