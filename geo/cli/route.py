"""`crescent route`: one way between two places, with its legs and its bill."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import (
    DEFAULT_SCENARIO,
    GoodsOption,
    JsonOption,
    ModesOption,
    Objective,
    ObjectiveOption,
    ScenarioOption,
    TimeValue,
    TimeValueOption,
    modes_of,
)
from geo.cli.output import say_json, show

__all__ = ["route"]


def route(  # noqa: PLR0913 - a verb has as many arguments as options
    origin: Annotated[str, typer.Argument(metavar="A", help="Where from: any name, or lon,lat.")],
    destination: Annotated[str, typer.Argument(metavar="B", help="Where to.")],
    *,
    via: Annotated[
        list[str] | None,
        typer.Option(
            "--via", metavar="P", help="Pass this place, in order; P:reload loads the box anew."
        ),
    ] = None,
    corridor: Annotated[
        str | None, typer.Option("--corridor", "-c", metavar="C", help="Way to go, e.g. tkr-tsr.")
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    as_json: JsonOption = False,
) -> None:
    """Show the best way from A to B: legs, bill, statuses, sources."""
    from geo.report.route_text import route_view
    from geo.study import Study

    study = Study(scenario, goods=goods, time_value=time_value.value, objective=objective.value)
    found = study.route(
        origin, destination, corridor=corridor, via=tuple(via or ()), modes=modes_of(modes)
    )
    if as_json:
        say_json(
            {
                "origin": found.origin.name,
                "destination": found.destination.name,
                "scenario": found.scenario,
                "routes": [found.to_dict()],
            }
        )
        return
    sources = study.atlas.sources
    titles = dict(zip(sources["source_id"], sources["title"], strict=True))
    show(route_view(found, sources=titles))
