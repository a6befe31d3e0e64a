"""`crescent encircle`: how a set of states lies around another, and what rail reaches of it."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption, ScenariosOption  # noqa: TC001 - typer reads them

__all__ = ["encircle"]

_SCENARIOS = ("severed-2026", "reopened")


def encircle(  # noqa: PLR0913 - a verb has as many arguments as options
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
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure shared border, bearings, groups and the way by rail from Busan."""
    from geo.analysis import encircle as measure
    from geo.report.encirclement_view import encirclement_view
    from geo.report.export import Document, about, sheets_of
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)
    first, *also = scenario or _SCENARIOS
    study = Study(first)
    found = measure(study, set_id=set_id, around=around.upper(), on=on, also=also)
    record = found.to_dict()
    telling.tell(
        lambda: Document(
            sheets_of(
                record,
                name="members",
                apart={"border_not_counted_km", "border_to_disputed_ground_km"},
            ),
            record,
            lambda: about(study.atlas, studies=[study], tables=("state_sets", "rates")),
        ),
        lambda: [encirclement_view(found)],
    )
