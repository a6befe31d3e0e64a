"""`crescent table`: the cost table of origins, destinations, corridors and scenarios."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

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
    atlas_of,
    modes_of,
)
from geo.cli.output import progress_bar, say, show, width

if TYPE_CHECKING:
    from pathlib import Path

    from geo.outcome import Outcome

__all__ = ["TableFormat", "table"]


class TableFormat(StrEnum):
    """How the table is written."""

    rich = "rich"
    csv = "csv"
    md = "md"
    json = "json"


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
    text_format: Annotated[
        TableFormat | None, typer.Option("--format", "-f", help="How the table is written.")
    ] = None,
    output: OutOption = None,
    network: NetworkOption = None,
    shown: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show costs, times and emissions from every origin to every destination."""
    from geo.files import write_text
    from geo.outcome import outcomes_frame
    from geo.report.selection import select_corridors, select_places
    from geo.report.table import render_table
    from geo.report.terminal import table_view
    from geo.study import Study

    chosen = TableFormat.json if as_json else text_format or _format_of(output)
    carriers = modes_of(modes)
    names = scenario or [DEFAULT_SCENARIO]
    first = Study(
        names[0],
        goods=goods,
        time_value=time_value.value,
        objective=objective.value,
        names=shown.value,
        atlas=atlas_of(network=network, places=places, lines=lines, rates=rates),
    )
    starts = select_places(first.atlas, origins)
    ends = select_places(first.atlas, destinations)
    ways = select_corridors(first.atlas, corridors)
    outcomes: list[Outcome] = []
    for study in [first, *(first.at(name) for name in names[1:])]:
        with progress_bar(f"Routes, {study.scenario.scenario_id}") as step:
            outcomes += study.routes(starts, ends, corridors=ways, modes=carriers, progress=step)
    frame = outcomes_frame(outcomes)
    if chosen is TableFormat.rich:
        show(table_view(frame, time_value=time_value.value, width=width()))
    elif output is None:
        say(render_table(frame, chosen.value))
    else:
        write_text(output, render_table(frame, chosen.value))
        typer.echo(f"{output}: {len(frame)} {'row' if len(frame) == 1 else 'rows'}", err=True)


def _format_of(output: Path | None) -> TableFormat:
    """Read the format from the file's suffix; without a file it is for the reader."""
    if output is None:
        return TableFormat.rich
    suffix = output.suffix.lower().lstrip(".")
    if suffix in {"csv", "md", "json"}:
        return TableFormat(suffix)
    from geo.errors import UsageError

    msg = f"cannot tell the format of {output}: give --format or end the name in .csv, .md or .json"
    raise UsageError(msg)
