"""`crescent sources`: where a number comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import (
    JsonOption,
    LinesFileOption,
    PlacesFileOption,
    RatesFileOption,
    atlas_of,
)
from geo.cli.output import say_json, show, width

__all__ = ["sources"]


def sources(
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
    as_json: JsonOption = False,
) -> None:
    """List the sources, or show every figure about a subject with its source and its rivals."""
    from geo.atlas import Atlas
    from geo.errors import UsageError
    from geo.report.provenance import list_sources, sources_of
    from geo.report.provenance_view import provenance_view, source_list_view

    if subject is not None and kind is not None:
        msg = "--kind chooses from the list of sources; leave it out where a subject is named"
        raise UsageError(msg)
    atlas = atlas_of(places=places, lines=lines, rates=rates) or Atlas()
    if subject is None:
        listed = list_sources(atlas, kind=kind)
        if as_json:
            say_json([source.to_dict() for source in listed])
        else:
            show(source_list_view(listed, kind=kind))
        return
    found = sources_of(atlas, subject)
    if as_json:
        say_json(found.to_dict())
    else:
        show(provenance_view(found, width=width()))
