"""`crescent scenarios`: the states of the world that ship, and what each changes."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["scenarios"]


def scenarios(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One scenario in full; all without it.")
    ] = None,
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the scenarios, or say what one opens, closes and prices otherwise."""
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.listing import listing, scenario_record, scenario_view
    from geo.scenario import load_scenario
    from geo.scenario_file import scenario_ids

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    found = [load_scenario(atlas, one) for one in ([name] if name else scenario_ids(atlas))]
    records = [scenario_record(scenario) for scenario in found]
    telling.tell(
        lambda: Document(
            sheets_of(records, name="scenarios"),
            records[0] if name else records,
            lambda: about(atlas, record=records),
        ),
        lambda: [
            scenario_view(found[0])
            if name
            else listing(records, ("scenario", "title", "date", "parent"))
        ],
    )
