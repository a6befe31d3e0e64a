"""`crescent sources`: where a number comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    JsonOption,
    LinesFileOption,
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    atlas_of,
)
from geo.cli.output import width

__all__ = ["sources"]

_COLUMNS = ("source", "kind", "year", "figures", "title", "address")


def sources(  # noqa: PLR0913 - a verb has as many arguments as options
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|ITEM|PLACE",
            help="A table, item, crossing, line, port, lane, corridor, scenario, state or place.",
        ),
    ] = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="K", help="Of the list, only: page, paper, assumption, memory, own..."
        ),
    ] = None,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sources, or show every figure about a subject with its source and its rivals."""
    from geo.atlas import Atlas
    from geo.errors import UsageError
    from geo.report.export import Document, about, sheets_of
    from geo.report.provenance import list_sources, sources_of
    from geo.report.provenance_view import provenance_view, source_list_view

    if subject is not None and kind is not None:
        msg = "--kind chooses from the list of sources; leave it out where a subject is named"
        raise UsageError(msg)
    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = atlas_of(places=places, lines=lines, rates=rates) or Atlas()
    if subject is None:
        listed = list_sources(atlas, kind=kind)
        records = [source.to_dict() for source in listed]
        telling.tell(
            lambda: Document(
                sheets_of(records, name="sources", empty={"sources": _COLUMNS}),
                records,
                lambda: about(atlas),
            ),
            lambda: [source_list_view(listed, kind=kind)],
        )
        return
    found = sources_of(atlas, subject)
    record = found.to_dict()
    rows = [{"table": block.table, **row} for block in found.blocks for row in block.rows]
    telling.tell(
        lambda: Document(
            sheets_of(record | {"rows": rows, "tables": None}, name="rows"),
            record,
            lambda: about(atlas, record=record),
        ),
        lambda: [provenance_view(found, width=width())],
    )
