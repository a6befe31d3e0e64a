"""`crescent zones`: the industrial zones, what lies near them and what they reach."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import (
    DEFAULT_SCENARIO,
    JsonOption,
    LinesFileOption,
    NetworkOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    atlas_of,
)
from geo.cli.output import progress_bar, say_json, show

__all__ = ["zones"]


def zones(  # noqa: PLR0913 - a verb has as many options
    zone: Annotated[
        str | None, typer.Argument(metavar="[ZONE]", help="One zone; all of them if left out.")
    ] = None,
    *,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    network: NetworkOption = None,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Describe the zones: ways, people in reach, and landed cost in the United States."""
    from geo.analysis import describe_zone, describe_zones
    from geo.report.zones_view import zone_view, zones_view
    from geo.study import Study

    own = atlas_of(network=network, places=places, lines=lines, rates=rates)
    study = Study(scenario, atlas=own)
    if zone is not None:
        found = describe_zone(study, zone)
        if as_json:
            say_json(found.to_dict())
        else:
            show(zone_view(found))
        return
    with progress_bar("Zones") as step:
        every = describe_zones(study, progress=step)
    if as_json:
        say_json([one.to_dict() for one in every])
    else:
        show(zones_view(every))
