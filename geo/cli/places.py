"""`crescent places`: the places by any of their names."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import (
    JsonOption,
    LinesFileOption,
    Names,
    NamesOption,
    PlacesFileOption,
    RatesFileOption,
    atlas_of,
)
from geo.cli.output import say_json, show

__all__ = ["places"]


def places(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="Part of a name, in any language.")
    ] = "",
    *,
    names: NamesOption = Names.dual,
    own_places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the places, or those whose name holds a text."""
    from geo.atlas import Atlas, named
    from geo.report.listing import listing

    atlas = named(atlas_of(places=own_places, lines=lines, rates=rates) or Atlas(), names.value)
    found = atlas.search_places(text)
    if found.empty:
        # says what is unknown, with the nearest names
        atlas.find_place(text)
    records = found.to_dict("records")
    if as_json:
        say_json(records)
    else:
        columns = ("place_id", "name", "iso3", "lon", "lat", "kinds", "matched")
        show(listing(records, columns if text else columns[:-1]))
