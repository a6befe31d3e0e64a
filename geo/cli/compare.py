"""`crescent compare`: the same routes in two or more states of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.options import (
    GoodsOption,
    JsonOption,
    ModesOption,
    Names,
    NamesOption,
    Objective,
    ObjectiveOption,
    OutOption,
    TimeValue,
    TimeValueOption,
    modes_of,
)
from geo.cli.output import progress_bar, say, say_json, show
from geo.cli.table import TableFormat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.outcome import Outcome
    from geo.study import Study

__all__ = ["compare"]

_LAYERS = {".gpkg", ".parquet", ".geojson"}


def compare(  # noqa: PLR0913 - a verb has as many arguments as options
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
    text_format: Annotated[
        TableFormat | None, typer.Option("--format", "-f", help="How the table is written.")
    ] = None,
    output: OutOption = None,
    shown: NamesOption = Names.dual,
    as_json: JsonOption = False,
) -> None:
    """Compare costs and routes; -o writes a table, or a layer or map (.html) of what changes."""
    from geo.analysis.compare import comparison
    from geo.files import write_text
    from geo.report.comparison_view import comparison_view
    from geo.report.frames import frame_records, render_frame
    from geo.report.selection import select_corridors, select_places
    from geo.study import Study

    first = Study(
        scenarios[0],
        goods=goods,
        time_value=time_value.value,
        objective=objective.value,
        names=shown.value,
    )
    studies = [first, *(first.at(name) for name in scenarios[1:])]
    starts = select_places(first.atlas, origins)
    ends = select_places(first.atlas, destinations)
    ways = select_corridors(first.atlas, corridors)
    answers = []
    for study in studies:
        with progress_bar(f"Routes, {study.scenario.scenario_id}") as step:
            answers.append(
                study.routes(starts, ends, corridors=ways, modes=modes_of(modes), progress=step)
            )
    frame = comparison(answers)
    suffix = "" if output is None else output.suffix.lower()
    if output is not None and (suffix in _LAYERS or suffix == ".html"):
        _write_picture(output, answers, studies)
    elif output is not None:
        chosen = suffix.lstrip(".") if text_format is None else text_format.value
        write_text(output, render_frame(frame, chosen))
    if output is not None:
        rows = "row" if len(frame) == 1 else "rows"
        typer.echo(f"{output}: {len(frame)} {rows} compared", err=True)
    if as_json or (text_format is TableFormat.json and output is None):
        say_json(frame_records(frame))
    elif output is not None:
        return
    elif text_format in {TableFormat.csv, TableFormat.md}:
        say(render_frame(frame, text_format.value))
    else:
        show(*comparison_view(frame))


def _write_picture(
    output: Path, answers: Sequence[Sequence[Outcome]], studies: Sequence[Study]
) -> None:
    """Write the routes that change, as a layer or on a map."""
    from geo.analysis.compare import changed_routes
    from geo.files import whole_file

    if output.suffix.lower() != ".html":
        from geo.report.layers import write_layer

        write_layer({"changed_routes": changed_routes(answers)}, output, name="changed_routes")
        return
    from geo.report.comparison_view import changed_groups
    from geo.report.maps import MapWords, study_map

    lines = ["Routes that change: " + " / ".join(s.scenario.title for s in studies)]
    html = study_map(
        studies[-1].layers(),
        changed_groups(answers),
        title="Crescent: what changes between states of the world",
        lines=lines,
        words=MapWords.of(studies[0].atlas),
    )
    with whole_file(output) as file:
        file.write_text(html, encoding="utf-8", newline="\n")
