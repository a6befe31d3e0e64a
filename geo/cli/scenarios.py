"""`crescent scenarios`: the states of the world that ship, and what each changes."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say_json, show

__all__ = ["scenarios"]


def scenarios(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One scenario in full; all without it.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the scenarios, or say what one opens, closes and prices otherwise."""
    from geo.atlas import Atlas
    from geo.report.listing import listing, scenario_record, scenario_view
    from geo.scenario import load_scenario
    from geo.scenario_file import scenario_ids

    atlas = Atlas()
    if name is not None:
        scenario = load_scenario(atlas, name)
        if as_json:
            say_json(scenario_record(scenario))
        else:
            show(scenario_view(scenario))
        return
    records = [scenario_record(load_scenario(atlas, known)) for known in scenario_ids(atlas)]
    if as_json:
        say_json(records)
    else:
        show(listing(records, ("scenario", "title", "date", "parent")))
