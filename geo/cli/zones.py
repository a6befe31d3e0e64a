"""`crescent zones`: the industrial zones, what lies near them and what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    DEFAULT_SCENARIO,
    JsonOption,
    LinesFileOption,
    NetworkOption,
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    atlas_of,
)
from geo.cli.output import progress_bar

if TYPE_CHECKING:
    from geo.analysis import Zone

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
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Describe the zones: ways, people in reach, and landed cost in the United States."""
    from geo.analysis import describe_zone, describe_zones
    from geo.report.export import Document, about, routes_of, sheets_of
    from geo.report.zones_view import zone_view, zones_view
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)

    own = atlas_of(network=network, places=places, lines=lines, rates=rates)
    study = Study(scenario, atlas=own)
    found: tuple[Zone, ...] = ()
    if zone is not None:
        found = (describe_zone(study, zone),)
    else:
        with progress_bar("Zones") as step:
            found = describe_zones(study, progress=step)
    records = [one.to_dict() for one in found]
    telling.tell(
        lambda: Document(
            sheets_of(records, name="zones"),
            records if zone is None else records[0],
            lambda: about(
                study.atlas,
                studies=[study],
                routes=routes_of(way for one in found for way in one.ways),
                record=records,
            ),
        ),
        lambda: [zones_view(found) if zone is None else zone_view(found[0])],
    )
