"""`crescent study`: the whole study at once: a table in the terminal, one in a file, and a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.exports import TableFormat
from geo.cli.options import (
    GoodsOption,
    JsonOption,
    LinesFileOption,
    Names,
    NamesOption,
    NetworkOption,
    PlacesFileOption,
    RatesFileOption,
    ScenariosOption,
    TimeValue,
    TimeValueOption,
    study_of,
)
from geo.cli.output import progress_bar, say, say_json, show, width

__all__ = ["study"]


def study(  # noqa: PLR0913 - a verb has as many arguments as options
    *,
    scenario: ScenariosOption = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for study.html and the table.")
    ] = Path("maps"),
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    network: NetworkOption = None,
    shown: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: Annotated[
        TableFormat, typer.Option("--format", "-f", help="How the table in the folder is written.")
    ] = TableFormat.csv,
    as_json: JsonOption = False,
) -> None:
    """Price Busan and the zones to Eurasia, today and reopened; write the map and the table."""
    from geo.files import whole_file
    from geo.report.export import FORMATS, Document, about, content_of, routes_of
    from geo.report.maps import MapWords, MapWorld, study_map
    from geo.report.study_plan import DEFAULT_SCENARIOS, ask, route_groups
    from geo.report.table import json_records, table_sheet
    from geo.report.terminal import comparison_view

    # what is drawn is drawn in the terminal; in a file it has no meaning
    chosen = "csv" if text_format is TableFormat.rich else text_format.value
    names = tuple(scenario or DEFAULT_SCENARIOS)
    first = study_of(
        names[0],
        goods=goods,
        time_value=time_value,
        names=shown,
        network=network,
        places=places,
        lines=lines,
        rates=rates,
    )
    studies = [first, *(first.at(name) for name in names[1:])]
    page, rows = out / "study.html", out / f"study{FORMATS[chosen]}"
    # Opened first, so that a folder that cannot be written to is found before the work.
    with whole_file(page) as page_file, whole_file(rows) as rows_file:
        with progress_bar("Routes") as step:
            answer = ask(studies, progress=step)
        words = ["Click a route for its bill, a line, place or crossing for its facts."]
        worlds = [
            MapWorld(one.scenario.scenario_id, one.scenario.title, one.layers()) for one in studies
        ]
        html = study_map(
            worlds[0].layers,
            route_groups(answer),
            lines=words,
            words=MapWords.of(first.atlas),
            worlds=worlds,
        )
        page_file.write_text(html, encoding="utf-8", newline="\n")
        table = Document(
            (table_sheet(answer.table),),
            json_records(answer.table),
            lambda: about(first.atlas, studies=studies, routes=routes_of(answer.outcomes)),
        )
        rows_file.write_bytes(content_of(table, chosen))
    if as_json:
        files = {"map": str(page), "table": str(rows)}
        say_json({"scenarios": list(names), "files": files, "rows": json_records(answer.table)})
        return
    show(comparison_view(answer.table, names, time_value=time_value.value, width=width()))
    say(f"Map:   {page}\nTable: {rows} ({len(answer.outcomes)} rows, every corridor)")
