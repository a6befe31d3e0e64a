"""`crescent places`: the places by any of their names."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    JsonOption,
    LinesFileOption,
    Names,
    NamesOption,
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    atlas_of,
)

__all__ = ["places"]


def places(  # noqa: PLR0913 - a verb has as many arguments as options
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Part of a name, in any language.")
    ] = "",
    *,
    names: NamesOption = Names.dual,
    own_places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the places, or those whose name holds a text."""
    from geo.atlas import Atlas, named
    from geo.report.export import Document, Sheet, about
    from geo.report.listing import listing

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = named(atlas_of(places=own_places, lines=lines, rates=rates) or Atlas(), names.value)
    found = atlas.search_places(text)
    if found.empty:
        # says what is unknown, with the nearest names
        atlas.find_place(text)
    records = found.to_dict("records")
    columns = ("place_id", "name", "iso3", "lon", "lat", "kinds", "matched")
    telling.tell(
        lambda: Document(
            (Sheet.of_frame("places", found),), records, lambda: about(atlas, record=records)
        ),
        lambda: [listing(records, columns if text else columns[:-1])],
    )
