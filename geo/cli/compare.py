"""`crescent compare`: the same routes in two or more states of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.exports import FormatOption, Telling
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
    study_of,
)
from geo.cli.output import progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.outcome import Outcome
    from geo.report.export import About
    from geo.study import Study

__all__ = ["compare"]

_PICTURES = (".gpkg", ".parquet", ".geojson", ".kml", ".html")


def compare(  # noqa: PLR0913 - a verb has as many arguments as options
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...|all", help="States of the world; the first is the base; 'all' ship."
        ),
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
    text_format: FormatOption = None,
    output: OutOption = None,
    shown: NamesOption = Names.dual,
    as_json: JsonOption = False,
) -> None:
    """Compare costs and routes; -o writes a table, or a layer or map (.html) of what changes."""
    from geo.analysis.compare import compared
    from geo.analysis.totals import totals
    from geo.report.comparison_view import comparison_view
    from geo.report.export import Document, Sheet, about, routes_of
    from geo.report.frames import frame_records
    from geo.report.selection import select_corridors, select_places, select_scenarios

    telling = Telling.of(text_format, output, as_json=as_json, also=_PICTURES)
    first = study_of(goods=goods, time_value=time_value, objective=objective, names=shown)
    studies = [first.at(name) for name in select_scenarios(first.atlas, scenarios)]
    starts = select_places(first.atlas, origins)
    ends = select_places(first.atlas, destinations)
    ways, allowed = select_corridors(first.atlas, corridors), modes_of(modes)

    def answers() -> list[tuple[Outcome, ...]]:
        """Answer the questions with routes and bills: only pictures and sources need them."""
        found = []
        for study in studies:
            with progress_bar(f"Routes, {study.scenario.scenario_id}") as step:
                asked = study.routes(starts, ends, corridors=ways, modes=allowed, progress=step)
            found.append(asked)
        return found

    frame = compared(totals(studies, starts, ends, corridors=ways, modes=allowed))
    if output is not None and not telling.file_format:
        _write_picture(output, answers(), studies)
        rows = "row" if len(frame) == 1 else "rows"
        typer.echo(f"{output}: {len(frame)} {rows} compared", err=True)

    def sources() -> About:
        routes = routes_of(outcome for answer in answers() for outcome in answer)
        return about(first.atlas, studies=studies, routes=routes)

    telling.tell(
        lambda: Document((Sheet.of_frame("comparison", frame),), frame_records(frame), sources),
        lambda: comparison_view(frame),
    )


def _write_picture(
    output: Path, answers: Sequence[Sequence[Outcome]], studies: Sequence[Study]
) -> None:
    """Write the routes that change, as a layer or on a map."""
    from geo.analysis.compare import changed_routes
    from geo.files import whole_file

    if output.suffix.lower() != ".html":
        from geo.report.export import routes_of
        from geo.report.layer_notes import route_note
        from geo.report.layers import write_layer

        name = "changed_routes"
        routes = routes_of(outcome for answer in answers for outcome in answer)
        note = route_note(studies, routes, title="Routes that change")
        write_layer({name: changed_routes(answers)}, output, name=name, notes={name: note})
        return
    from geo.report.maps import difference_map

    with whole_file(output) as file:
        html = difference_map(studies, answers)
        file.write_text(html, encoding="utf-8", newline="\n")
