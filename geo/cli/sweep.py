"""`crescent sweep`: what every pair costs when the rates are drawn, with its band."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.exports import FormatOption, TableFormat, Telling
from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    LinesFileOption,
    ModesOption,
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
from geo.cli.output import progress_bar, say, show

if TYPE_CHECKING:
    from geo.study import Study

__all__ = ["Sampling", "sweep"]


class Sampling(StrEnum):
    """How the random numbers fill the cube."""

    plain = "plain"
    latin = "latin"
    sobol = "sobol"


def sweep(  # noqa: PLR0913 - a verb has as many options
    *,
    origins: Annotated[
        str, typer.Option("--origins", metavar="zones|A,B", help="Where from.")
    ] = "busan",
    destinations: Annotated[
        str, typer.Option("--destinations", metavar="crescent|europe|A,B", help="Where to.")
    ] = "moscow,tashkent,rotterdam",
    scenario: ScenariosOption = None,
    corridors: Annotated[
        str | None,
        typer.Option("--corridors", metavar="C,D", help="Ways that compete; the best by default."),
    ] = None,
    modes: ModesOption = None,
    draws: Annotated[
        int, typer.Option("--draws", "-n", min=1, metavar="N", help="How many draws.")
    ] = 1024,
    seed: Annotated[
        int, typer.Option("--seed", min=0, metavar="K", help="The same seed, the same bytes.")
    ] = 1,
    sampling: Annotated[
        Sampling, typer.Option("--sampling", help="How the random numbers are spread.")
    ] = Sampling.latin,
    folder: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="Folder of the files; a stopped sweep goes on."),
    ] = Path("sweep"),
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, metavar="N", help="Processes; one a core by default."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="tcp://HOST:PORT", help="Dask cluster to use instead."),
    ] = None,
    tornado: Annotated[
        bool, typer.Option("--tornado", help="Show what moves the cost, one unknown at a time.")
    ] = False,
    sobol: Annotated[
        bool, typer.Option("--sobol", help="Show Sobol's indices of the unknowns that move most.")
    ] = False,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    network: NetworkOption = None,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the rates many times, choose every route anew, and show the band of each cost."""
    from geo.analysis.sweep import sweep as run
    from geo.report.export import Document, about, sheets_of
    from geo.report.selection import select_corridors, select_places
    from geo.report.sweep_view import sweep_records, sweep_view
    from geo.study import Study

    telling = Telling.of(text_format, output, as_json=as_json)

    names = scenario or [DEFAULT_SCENARIO]
    first = Study(
        names[0],
        goods=goods,
        time_value=time_value.value,
        objective=objective.value,
        atlas=atlas_of(network=network, places=places, lines=lines, rates=rates),
    )
    studies = [first, *(first.at(name) for name in names[1:])]
    pairs = select_places(first.atlas, origins), select_places(first.atlas, destinations)
    with progress_bar("Blocks of draws") as step:
        found = run(
            studies,
            *pairs,
            folder=folder,
            corridors=select_corridors(first.atlas, corridors),
            modes=modes_of(modes),
            draws=draws,
            seed=seed,
            sampling=sampling.value,
            workers=workers,
            scheduler=scheduler,
            progress=step,
        )
    record = sweep_records(found)
    drawn = telling.printed is TableFormat.rich
    if drawn:
        show(sweep_view(found))
    for name in [word for word, wanted in (("tornado", tornado), ("sobol", sobol)) if wanted]:
        for study in studies:
            frame = _sensitivity(name, study, pairs, modes_of(modes), folder)
            record.setdefault(name, {})[study.scenario.scenario_id] = frame
            if drawn:
                _show(name, study, frame)
    if not drawn or telling.file is not None:
        telling.tell(
            lambda: Document(
                sheets_of(_laid_out(record), name="summary"),
                record,
                lambda: about(first.atlas, studies=studies, tables=("items", "rates", "goods")),
            ),
            list,
        )
    if telling.printed not in {None, TableFormat.rich}:
        return
    kept = f", {found.kept} of them kept from before" if found.kept else ""
    blocks = sum("block" in one for one in found.manifest["resources"])
    say(f"Files: {folder} ({blocks} blocks{kept}; sweep.json names seed, parameters and hashes)")


def _laid_out(record: dict[str, Any]) -> dict[str, Any]:
    """Give the rows of what costs hang on the state of the world that they are of."""
    apart = {
        name: [
            {"scenario": scenario, **row} for scenario, rows in record[name].items() for row in rows
        ]
        for name in ("tornado", "sobol")
        if name in record
    }
    return record | apart


def _sensitivity(
    name: str,
    study: Study,
    pairs: tuple[tuple[str, ...], tuple[str, ...]],
    modes: tuple[str, ...] | None,
    folder: Path,
) -> list[dict[str, object]]:
    """Ask what the cost hangs on, and keep the answer beside the sweep."""
    from geo.analysis.sensitivity import sobol_indices, tornado
    from geo.files import whole_file

    ask = {"tornado": tornado, "sobol": sobol_indices}[name]
    frame = ask(study, *pairs, modes=modes)
    with whole_file(folder / f"{name}-{study.scenario.scenario_id}.parquet") as path:
        frame.to_parquet(path, index=False)
    plain = frame.astype("object").where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def _show(name: str, study: Study, records: list[dict[str, object]]) -> None:
    import pandas as pd

    from geo.report.sweep_view import shares_view, tornado_view

    say(f"\n{study.scenario.title}")
    show({"tornado": tornado_view, "sobol": shares_view}[name](pd.DataFrame(records)))
