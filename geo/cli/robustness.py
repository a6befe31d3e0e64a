"""`crescent robustness`: what the loss of each crossing, line and passage costs."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    ModesOption,
    Objective,
    ObjectiveOption,
    OutOption,
    ScenarioOption,
    TimeValue,
    TimeValueOption,
    modes_of,
    study_of,
)

__all__ = ["robustness"]

_UNITS = {"generalised": "generalised USD per FEU", "hours": "h", "co2": "kg CO2 per FEU"}


def robustness(  # noqa: PLR0913 - a verb has as many arguments as options
    *,
    origins: Annotated[
        str, typer.Option("--origins", metavar="zones|A,B", help="Where from.")
    ] = "busan,gaesong",
    destinations: Annotated[
        str, typer.Option("--destinations", metavar="crescent|europe|A,B", help="Where to.")
    ] = "moscow,tashkent,rotterdam,ulaanbaatar",
    kinds: Annotated[
        str, typer.Option("--kinds", metavar="K,L", help="Kinds of links that are lost in turn.")
    ] = "crossing,line,passage,port",
    demand: Annotated[
        float | None,
        typer.Option("--teu-year", metavar="TEU", help="TEU a year of all pairs together."),
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank links by what their loss costs; count independent routes and trains."""
    from geo.analysis.robustness import robustness as measure
    from geo.report.decision_view import robustness_view
    from geo.report.export import Document, about, sheets_of
    from geo.report.selection import select_places

    telling = Telling.of(text_format, output, as_json=as_json)

    study = study_of(scenario, goods=goods, time_value=time_value, objective=objective)
    found = measure(
        study,
        select_places(study.atlas, origins),
        select_places(study.atlas, destinations),
        kinds=[kind.strip() for kind in kinds.split(",") if kind.strip()],
        teu_year=demand,
        modes=modes_of(modes),
    )
    record = found.to_dict()
    columns = {"links": tuple(map(str, found.ranking().columns))}
    unit = _UNITS.get(objective.value, "USD per FEU")
    telling.tell(
        lambda: Document(
            sheets_of(record, name="links", empty=columns, units={"mean_rise": unit}),
            record,
            lambda: about(study.atlas, studies=[study], notes={"unit of the losses": unit}),
        ),
        lambda: robustness_view(found, unit=unit),
    )
