"""`crescent rank`: projects alone and as a system; `crescent rankings`: published rankings."""

from __future__ import annotations

from enum import StrEnum
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
from geo.cli.output import progress_bar

__all__ = ["Merit", "rank", "rankings"]


class Merit(StrEnum):
    """By what projects are ranked."""

    saving = "saving"
    access = "access"
    harris = "harris"


def rank(  # noqa: PLR0913 - a verb has as many arguments as options
    projects: Annotated[
        list[str] | None,
        typer.Argument(metavar="P...", help="Scenario files; the table of projects without any."),
    ] = None,
    *,
    origins: Annotated[
        str, typer.Option("--origins", metavar="zones|A,B", help="Where from.")
    ] = "busan,seoul,gaesong",
    destinations: Annotated[
        str, typer.Option("--destinations", metavar="crescent|europe|A,B", help="Where to.")
    ] = "moscow,tashkent,rotterdam,beijing",
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    by: Annotated[
        Merit,
        typer.Option(
            "--by", help="Mean saving of the pairs, or gain in market access (gravity, Harris)."
        ),
    ] = Merit.saving,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank projects alone, last of all and by their Shapley share of the joint effect."""
    from geo.analysis.merits import merit_of, project_notes
    from geo.analysis.pairs import Pairs
    from geo.analysis.projects import find_projects, subset_costs
    from geo.report.decision_view import projects_view
    from geo.report.export import Document, about, sheets_of
    from geo.report.selection import select_places

    telling = Telling.of(text_format, output, as_json=as_json)

    study = study_of(scenario, goods=goods, time_value=time_value, objective=objective)
    found = find_projects(study.atlas, projects or None)
    pairs = Pairs.of(
        study, select_places(study.atlas, origins), select_places(study.atlas, destinations)
    )
    with progress_bar("Subsets of projects") as step:
        costs = subset_costs(study, found, pairs, modes=modes_of(modes), progress=step)
    effects, unit = merit_of(study, costs, by.value)
    joined = costs.joined.to_dict()
    notes = project_notes(study.atlas)
    record = {"unit": unit, **effects.to_dict(), "pairs_joined": joined, "published": notes}
    telling.tell(
        lambda: Document(
            sheets_of(
                record, name="projects", units=dict.fromkeys(("alone", "last", "share"), unit)
            ),
            record,
            lambda: about(study.atlas, studies=[study], notes={"unit of the effects": unit}),
        ),
        lambda: projects_view(costs, effects, unit=unit),
    )


def rankings(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="R...", help="Rankings; all without any.")
    ] = None,
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say at which value of time the winners of published rankings win, if at any."""
    from geo.analysis.rankings import published_rankings, verdict_of
    from geo.report.decision_view import verdicts_view
    from geo.report.export import Document, about, sheets_of

    telling = Telling.of(text_format, output, as_json=as_json)

    study = study_of()
    verdicts = []
    rows = published_rankings(study.atlas, names or None)
    with progress_bar("Rankings") as step:
        for number, row in enumerate(rows, start=1):
            verdicts.append(verdict_of(study, row))
            step(number, len(rows))
    record = [verdict.to_dict() for verdict in verdicts]
    telling.tell(
        lambda: Document(
            sheets_of(record, name="rankings"),
            record,
            lambda: about(study.atlas, studies=[study], tables=("rankings", "rates")),
        ),
        lambda: verdicts_view(verdicts),
    )
