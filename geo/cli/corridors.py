"""`crescent corridors`: the ways to go that ship, point by point."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["corridors"]


def corridors(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One corridor in full; all without it.")
    ] = None,
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the corridors, or say what one passes, by which modes, and whom it avoids."""
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.listing import listing, record_view
    from geo.report.vocabulary import corridor_records, pick

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    records = corridor_records(atlas)
    one = None if name is None else pick(records, "corridor", name)
    told = records if one is None else [one]
    telling.tell(
        lambda: Document(
            sheets_of(told, name="corridors"), one or records, lambda: about(atlas, record=told)
        ),
        lambda: [
            listing(records, ("corridor", "name", "modes", "via", "avoids"))
            if one is None
            else record_view(one, title="corridor")
        ],
    )
