"""`crescent map`: the interactive map of one state of the world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    LinesFileOption,
    Names,
    NamesOption,
    NetworkOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    TimeValue,
    TimeValueOption,
    atlas_of,
)
from geo.cli.output import progress_bar, say, say_json

__all__ = ["map_"]


def map_(  # noqa: PLR0913 - a verb has as many arguments as options
    *,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Write the map to this file.")
    ] = Path("maps/map.html"),
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the map: lines, crossings, zones, ports, and the study's routes with their bills."""
    from geo.files import whole_file
    from geo.report.maps import MapWords, study_map
    from geo.report.study_plan import ask, route_groups
    from geo.study import Study

    atlas = atlas_of(network=network, places=places, lines=lines, rates=rates)
    study = Study(
        scenario, goods=goods, time_value=time_value.value, names=names.value, atlas=atlas
    )
    with whole_file(output) as file:
        with progress_bar("Routes") as step:
            answer = ask([study], progress=step)
        told = [study.scenario.title, "Click a route for its bill."]
        words = MapWords.of(study.atlas)
        html = study_map(study.layers(), route_groups(answer), lines=told, words=words)
        file.write_text(html, encoding="utf-8", newline="\n")
    if as_json:
        say_json({"scenario": study.scenario.scenario_id, "file": str(output)})
    else:
        say(f"Map: {output}")
