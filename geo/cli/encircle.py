"""`crescent encircle`: how a set of states lies around another, and what rail reaches of it."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption, ScenariosOption  # noqa: TC001 - typer reads them
from geo.cli.output import say_json, show

__all__ = ["encircle"]

_SCENARIOS = ("severed-2026", "reopened")


def encircle(
    *,
    set_id: Annotated[
        str, typer.Option("--set", metavar="SET", help="A set of states: crescent-6, sco, ...")
    ] = "crescent-6",
    around: Annotated[
        str, typer.Option("--around", metavar="ISO3", help="The state in the middle.")
    ] = "CHN",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Membership at this date.")
    ] = None,
    scenario: ScenariosOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure shared border, bearings, groups and the way by rail from Busan."""
    from geo.analysis import encircle as measure
    from geo.report.encirclement_view import encirclement_view
    from geo.study import Study

    first, *also = scenario or _SCENARIOS
    found = measure(Study(first), set_id=set_id, around=around.upper(), on=on, also=also)
    if as_json:
        say_json(found.to_dict())
    else:
        show(encirclement_view(found))
