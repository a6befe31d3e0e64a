"""`crescent table`: the cost table of origins, destinations, corridors and scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.exports import FormatOption, Telling
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
    OutOption,
    PlacesFileOption,
    RatesFileOption,
    ScenariosOption,
    TimeValue,
    TimeValueOption,
    modes_of,
    study_of,
)
from geo.cli.output import progress_bar, width

if TYPE_CHECKING:
    from geo.outcome import Outcome

__all__ = ["table"]


def table(  # noqa: PLR0913 - a verb has as many arguments as options
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
    scenario: ScenariosOption = None,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    text_format: FormatOption = None,
    output: OutOption = None,
    network: NetworkOption = None,
    shown: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show costs, times and emissions from every origin to every destination."""
    from geo.outcome import outcomes_frame
    from geo.report.export import Document, about, routes_of
    from geo.report.selection import select_corridors, select_places
    from geo.report.table import json_records, table_sheet
    from geo.report.terminal import table_view

    telling = Telling.of(text_format, output, as_json=as_json)
    carriers = modes_of(modes)
    names = scenario or [DEFAULT_SCENARIO]
    first = study_of(
        names[0],
        goods=goods,
        time_value=time_value,
        objective=objective,
        names=shown,
        network=network,
        places=places,
        lines=lines,
        rates=rates,
    )
    starts = select_places(first.atlas, origins)
    ends = select_places(first.atlas, destinations)
    ways = select_corridors(first.atlas, corridors)
    outcomes: list[Outcome] = []
    studies = [first, *(first.at(name) for name in names[1:])]
    for study in studies:
        with progress_bar(f"Routes, {study.scenario.scenario_id}") as step:
            outcomes += study.routes(starts, ends, corridors=ways, modes=carriers, progress=step)
    frame = outcomes_frame(outcomes)
    telling.tell(
        lambda: Document(
            (table_sheet(frame),),
            json_records(frame),
            lambda: about(first.atlas, studies=studies, routes=routes_of(outcomes)),
        ),
        lambda: [table_view(frame, time_value=time_value.value, width=width())],
    )
