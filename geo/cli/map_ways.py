"""`crescent map corridor` and `crescent map difference`: maps of ways, and of what changes in them.

Each asks what its verb asks, with the same options, and draws the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.map_output import MapFileOption, PngOption, TilesOption, draw_map
from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    LinesFileOption,
    ModesOption,
    Names,
    NamesOption,
    NetworkOption,
    Objective,
    ObjectiveOption,
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    TimeValue,
    TimeValueOption,
    criteria_of,
    modes_of,
    study_of,
)
from geo.cli.output import progress_bar

__all__ = ["corridor", "difference"]

_Drawn = tuple[str, dict[str, Any]]


def corridor(  # noqa: PLR0913 - a verb has as many arguments as options
    origin: Annotated[str, typer.Argument(metavar="A", help="Where from: any name, or lon,lat.")],
    destination: Annotated[str, typer.Argument(metavar="B", help="Where to.")],
    *,
    corridor: Annotated[
        str | None, typer.Option("--corridor", "-c", metavar="C", help="This way alone.")
    ] = None,
    alternatives: Annotated[
        int, typer.Option("--alternatives", metavar="K", help="The best K ways that differ.")
    ] = 4,
    pareto: Annotated[
        str | None,
        typer.Option(
            "--pareto",
            metavar="money,hours,co2",
            help="Instead: the ways that no other beats in all of these (two or three).",
        ),
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    output: MapFileOption = Path("maps/corridor.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the best way from A to B and those that differ, each with its bill."""

    def make() -> _Drawn:
        from geo.report.maps import corridor_map

        study = study_of(
            scenario,
            goods=goods,
            time_value=time_value,
            objective=objective,
            names=names,
            network=network,
            places=places,
            lines=lines,
            rates=rates,
        )
        criteria = () if pareto is None else criteria_of(pareto)
        carriers = modes_of(modes)
        if criteria:
            ways = study.pareto(origin, destination, criteria, corridor=corridor, modes=carriers)
        elif corridor is not None:
            ways = (study.route(origin, destination, corridor=corridor, modes=carriers),)
        else:
            ways = study.alternatives(origin, destination, k=alternatives, modes=carriers)
        first = ways[0]
        return corridor_map(study, ways, criteria=criteria, tiles=tiles), {
            "origin": first.origin.name,
            "destination": first.destination.name,
            "scenario": first.scenario,
            "routes": [way.to_dict() for way in ways],
        }

    draw_map("corridor", make, output=output, png=png, as_json=as_json)


def difference(  # noqa: PLR0913 - a verb has as many arguments as options
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="A B...", help="States of the world; the first is the base."),
    ],
    *,
    origins: Annotated[
        str, typer.Option("--origins", metavar="zones|A,B", help="Where from.")
    ] = "busan",
    destinations: Annotated[
        str, typer.Option("--destinations", metavar="crescent|europe|A,B", help="Where to.")
    ] = "moscow,tashkent,rotterdam",
    corridors: Annotated[
        str | None,
        typer.Option("--corridors", metavar="C,D", help="Ways to go; 'all'; the best by default."),
    ] = None,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    output: MapFileOption = Path("maps/difference.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw what changes between states of the world: ways given up and new, links that open."""

    def make() -> _Drawn:
        from geo.analysis.compare import comparison
        from geo.report.frames import frame_records
        from geo.report.maps import difference_map
        from geo.report.selection import select_corridors, select_places

        first = study_of(
            scenarios[0],
            goods=goods,
            time_value=time_value,
            objective=objective,
            names=names,
            network=network,
            places=places,
            lines=lines,
            rates=rates,
        )
        studies = [first, *(first.at(name) for name in scenarios[1:])]
        starts = select_places(first.atlas, origins)
        ends = select_places(first.atlas, destinations)
        ways, carriers = select_corridors(first.atlas, corridors), modes_of(modes)
        answers = []
        for study in studies:
            with progress_bar(f"Routes, {study.scenario.scenario_id}") as step:
                answers.append(
                    study.routes(starts, ends, corridors=ways, modes=carriers, progress=step)
                )
        rows = frame_records(comparison(answers))
        told = {"scenarios": [study.scenario.scenario_id for study in studies], "rows": rows}
        return difference_map(studies, answers, tiles=tiles), told

    draw_map("difference", make, output=output, png=png, as_json=as_json)
