"""Sources as a reader at a terminal meets them: rows, rival claims, and numbered sources.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.atlas import ids_of
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table

    from geo.report.provenance import Block, Claim, Provenance, Source

__all__ = ["provenance_view", "source_list_view"]

_ROWS_SHOWN: Final = 20
_ASIDE: Final = frozenset({"note", "source_ids", "speed_source_ids"})
_NARROW: Final = 90
_FIGURES: Final = ("base", "low", "high", "unit", "currency", "price_year")


def source_list_view(sources: Sequence[Source], *, kind: str | None = None) -> Group:
    """Draw the list of sources.

    Parameters
    ----------
    sources
        As `list_sources` gives them.
    kind
        The kind that they were chosen by, for the last line.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    table = _new_table()
    table.add_column("source", style="bold", overflow="fold", max_width=28)
    table.add_column("kind", no_wrap=True)
    table.add_column("year", justify="right", no_wrap=True)
    table.add_column("figures", justify="right", no_wrap=True)
    table.add_column("title", overflow="fold", ratio=1)
    for source in sources:
        table.add_row(
            Text(source.source_id),
            Text(source.kind, style=_style_of(source.kind)),
            str(source.year or ""),
            number(source.figures),
            Text(source.title),
        )
    of_kind = f" of the kind {kind}" if kind else ""
    total = number(sum(source.figures for source in sources))
    words = f"{number(len(sources))} sources{of_kind}, cited {total} times. "
    words += "crescent sources NAME tells what rests on one, or where a figure comes from."
    return Group(table, Text(words, style="dim"))


def provenance_view(found: Provenance, *, width: int = 120) -> Group:
    """Draw where the figures about a subject come from.

    Parameters
    ----------
    found
        As `sources_of` gives it.
    width
        Columns of the terminal.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    marks = {source.source_id: at for at, source in enumerate(found.sources, start=1)}
    heading = Text.assemble((found.name, "bold cyan"), (f"   {found.kind}", "dim"))
    if found.subject not in {found.name, ""}:
        heading.append(f"   {found.subject}", style="dim")
    parts: list[RenderableType] = [heading]
    for block in found.blocks:
        parts += [Text(""), *_block(block, marks, width)]
    if found.claims:
        parts += [Text(""), *_claims(found.claims, marks)]
    parts += _sources(found.sources, counted=any(b.count is not None for b in found.blocks))
    return Group(*parts)


def _new_table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold dim")


def _block(block: Block, marks: Mapping[str, int], width: int) -> list[RenderableType]:
    """Draw the rows of one table."""
    from rich.text import Text

    head = Text.assemble((block.title or block.table, "bold"), (f"   {block.path}", "dim"))
    if block.count is not None:
        return [head, _about(block)]
    if block.main and len(block.rows) == 1:
        return [head, _facts(block.rows[0], block.units, marks)]
    rows = block.rows[:_ROWS_SHOWN]
    drawn = (
        _rates(rows, marks) if block.table == "rates" else _rows(rows, block.units, marks, width)
    )
    parts: list[RenderableType] = [head, drawn, *_notes(rows)]
    if len(block.rows) > len(rows):
        more = f"{number(len(block.rows) - len(rows))} more rows; --json gives all of them."
        parts.append(Text(more, style="dim"))
    return parts


def _about(block: Block) -> Table:
    """Draw what the data package says of a file."""
    count = "" if block.count is None else number(block.count)
    cells = {"rows": count, "licence": block.licence, "from": "; ".join(block.origins)}
    cells["made by"] = "; ".join(block.steps)
    return _grid(cells)


def _facts(row: Mapping[str, Any], units: Mapping[str, str], marks: Mapping[str, int]) -> Table:
    """Draw one row as a list of columns and cells."""
    cells = {
        name: f"{_cell(value)} {units.get(name, '')}".strip()
        for name, value in row.items()
        if name not in _ASIDE
    }
    if "note" in row:
        cells["note"] = str(row["note"])
    if cited := _marked(row, marks):
        cells["sources"] = cited
    return _grid(cells)


def _grid(cells: Mapping[str, str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, cell in cells.items():
        if cell:
            grid.add_row(Text(f"  {name.replace('_', ' ')}"), Text(cell))
    return grid


def _rates(rows: Sequence[Mapping[str, Any]], marks: Mapping[str, int]) -> Table:
    """Draw rates: the figure with its range in its own unit, currency and year."""
    from rich.text import Text

    table = _new_table()
    table.add_column("item", style="bold", overflow="fold")
    table.add_column("measure", no_wrap=True)
    for head in ("value", "low–high"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("unit", no_wrap=True)
    table.add_column("year", no_wrap=True)
    table.add_column("confidence", no_wrap=True)
    table.add_column("sources", style="dim", overflow="fold")
    before = ""
    for row in rows:
        item, confidence = str(row["item_id"]), str(row.get("confidence", ""))
        ends = [_cell(row[name]) for name in ("low", "high") if name in row]
        cells = (
            "" if item == before else item,
            str(row["measure"]),
            _cell(row["base"]),
            "" if len(set(ends)) < 2 else "–".join(ends),
            f"{row.get('currency', '')} {row['unit']}".strip(),
            str(row.get("price_year", "")),
            confidence,
            _marked(row, marks),
        )
        before = item
        styles = [""] * 6 + ["yellow" if confidence == "assumption" else "", ""]
        table.add_row(*(Text(c, style=s) for c, s in zip(cells, styles, strict=True)))
    return table


def _rows(
    rows: Sequence[Mapping[str, Any]],
    units: Mapping[str, str],
    marks: Mapping[str, int],
    width: int,
) -> Table:
    """Draw rows with the columns that any of them fills."""
    from rich.text import Text

    columns = list(dict.fromkeys(name for row in rows for name in row if name not in _ASIDE))
    columns = columns[: 5 if width < _NARROW else 9]
    table = _new_table()
    for at, name in enumerate(columns):
        unit = f"\n{units[name]}" if len(units.get(name, "")) in range(1, 9) else ""
        filled = [row[name] for row in rows if name in row]
        plain = all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in filled)
        table.add_column(
            name.replace("_", " ") + unit,
            justify="right" if plain else "left",
            style="bold" if at == 0 else "",
            overflow="fold",
        )
    table.add_column("sources", style="dim", overflow="fold")
    for row in rows:
        cells = [_cell(row.get(name, "")) for name in columns]
        table.add_row(*map(Text, cells), Text(_marked(row, marks)))
    return table


def _notes(rows: Sequence[Mapping[str, Any]]) -> list[RenderableType]:
    """Draw the notes of rows: reasoning, formula, inputs; each once."""
    from rich.padding import Padding
    from rich.text import Text

    said: dict[str, list[str]] = {}
    for row in rows:
        if "note" in row:
            said.setdefault(str(row["note"]), []).append(_label(row))
    return [
        Padding(
            Text.assemble((", ".join(dict.fromkeys(labels)), "dim bold"), f": {note}"), (0, 0, 0, 2)
        )
        for note, labels in said.items()
    ]


def _label(row: Mapping[str, Any]) -> str:
    """Return what a note is about: the first cell of its row, and the measure of a rate."""
    first = str(next(iter(row.values())))
    return f"{first} {row['measure']}" if "measure" in row else first


def _claims(claims: Sequence[Claim], marks: Mapping[str, int]) -> list[RenderableType]:
    """Draw rival figures side by side, the preferred one of each field first and marked."""
    from rich.text import Text

    table = _new_table()
    table.add_column("", no_wrap=True)
    table.add_column("of", style="bold", overflow="fold")
    table.add_column("figure", overflow="fold")
    table.add_column("as of", no_wrap=True)
    table.add_column("reason", overflow="fold", ratio=1)
    table.add_column("sources", style="dim", overflow="fold")
    before = ""
    for claim in claims:
        subject = f"{claim.key} {claim.field}"
        table.add_row(
            Text("✓" if claim.preferred else "", style="green"),
            Text("" if subject == before else subject),
            Text(f"{claim.value} {claim.unit}".strip(), style="bold" if claim.preferred else "dim"),
            Text(claim.as_of),
            Text(claim.reason),
            Text(",".join(str(marks[s]) for s in claim.source_ids if s in marks)),
        )
        before = subject
    head = Text.assemble(("Figures that disagree", "bold"), ("   ✓ preferred", "green"))
    return [head, table]


def _sources(sources: Sequence[Source], *, counted: bool) -> list[RenderableType]:
    """Draw the sources, numbered as they are marked above, each with its address."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if not sources:
        return []
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    for at, source in enumerate(sources, start=1):
        told = Text.assemble(
            (source.kind, _style_of(source.kind)), f" {source.year or ''}".rstrip()
        )
        told.append(f"  {source.source_id}", style="bold")
        told.append(f"  {source.title}")
        if counted:
            told.append(f"  ({number(source.figures)} figures)", style="dim")
        for aside in (source.address, source.note):
            if aside:
                told.append(f"\n{aside}", style="dim")
        grid.add_row(str(at), told)
    return [Text(""), Text("Sources", style="bold"), Padding(grid, (0, 0, 0, 1))]


def _style_of(kind: str) -> str:
    """Return the colour of a kind of source: what nobody published stands out."""
    return {"assumption": "yellow", "memory": "yellow", "own": "magenta"}.get(kind, "green")


def _marked(row: Mapping[str, Any], marks: Mapping[str, int]) -> str:
    """Return the numbers of the sources of a row."""
    cited = [s for name, cell in row.items() if name.endswith("source_ids") for s in ids_of(cell)]
    return ",".join(str(marks[source]) for source in dict.fromkeys(cited) if source in marks)


def _cell(value: object) -> str:
    """Return a cell as a reader meets it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)
