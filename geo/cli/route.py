"""`crescent route`: one way between two places, with its legs and its bill."""

from __future__ import annotations

from enum import StrEnum
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
    ScenarioOption,
    TimeValue,
    TimeValueOption,
    criteria_of,
    modes_of,
    study_of,
)
from geo.cli.output import say, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from geo.route import Route
    from geo.study import Study

__all__ = ["BillDetail", "route"]


class BillDetail(StrEnum):
    """How much the bill says of each charge."""

    brief = "brief"
    full = "full"


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
    alternatives: Annotated[
        int | None,
        typer.Option("--alternatives", metavar="K", help="Show the best K ways that differ."),
    ] = None,
    pareto: Annotated[
        str | None,
        typer.Option(
            "--pareto",
            metavar="money,hours,co2",
            help="Show the ways that no other beats in all of these (two or three).",
        ),
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    objective: ObjectiveOption = Objective.generalised,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    bill: Annotated[
        BillDetail,
        typer.Option("--bill", help="full: each rate in its own currency and year, too."),
    ] = BillDetail.brief,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the best way from A to B; -o writes its legs and bill as a layer or a table."""
    from geo.report.layers import LAYER_ENDINGS
    from geo.report.route_text import route_view
    from geo.report.ways_text import ways_view

    telling = Telling.of(text_format, output, as_json=as_json, also=LAYER_ENDINGS)
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
    if alternatives is not None or pareto is not None:
        _check_several(alternatives, pareto, via)
        criteria = () if pareto is None else criteria_of(pareto)
        carriers = modes_of(modes)
        if alternatives is None:
            ways = study.pareto(origin, destination, criteria, corridor=corridor, modes=carriers)
        else:
            ways = study.alternatives(
                origin, destination, k=alternatives, corridor=corridor, modes=carriers
            )
        _tell(telling, study, ways, lambda: [ways_view(ways, criteria=criteria, width=width())])
        return
    found = study.route(
        origin, destination, corridor=corridor, via=tuple(via or ()), modes=modes_of(modes)
    )

    def view() -> list[RenderableType]:
        sources = study.atlas.sources
        titles = dict(zip(sources["source_id"], sources["title"], strict=True))
        return [route_view(found, sources=titles, full=bill is BillDetail.full)]

    _tell(telling, study, [found], view)


def _check_several(alternatives: int | None, pareto: str | None, via: list[str] | None) -> None:
    """Refuse options that ask for two things at once."""
    from geo.errors import UsageError

    if alternatives is not None and pareto is not None:
        msg = "ask either for --alternatives or for --pareto, not for both"
        raise UsageError(msg)
    if via:
        msg = (
            "--alternatives and --pareto are of all ways between A and B: leave out --via, "
            "or ask for the legs one by one"
        )
        raise UsageError(msg)


def _tell(
    telling: Telling,
    study: Study,
    routes: Sequence[Route],
    view: Callable[[], list[RenderableType]],
) -> None:
    """Tell routes between the same two places."""
    from geo.report.export import Document, about
    from geo.report.route_layers import route_sheets

    first = routes[0]
    if telling.file is not None and not telling.file_format:
        _write_layers(telling.file, study, routes)
        if telling.printed is None:
            say(f"Layers: {telling.file}")
    telling.tell(
        lambda: Document(
            route_sheets(routes),
            {
                "origin": first.origin.name,
                "destination": first.destination.name,
                "scenario": first.scenario,
                "routes": [route.to_dict() for route in routes],
            },
            lambda: about(study.atlas, studies=[study], routes=routes),
        ),
        view,
    )


def _write_layers(file: Path, study: Study, routes: Sequence[Route]) -> None:
    """Write legs and routes; a file of one layer holds the legs."""
    from geo.report.layer_notes import route_note
    from geo.report.layers import write_layer
    from geo.report.route_layers import route_layers

    items = study.atlas.items
    categories = dict(zip(items["item_id"], items["category"], strict=True))
    layers = route_layers(routes, categories)
    first = routes[0]
    title = f"{first.origin.name} to {first.destination.name}"
    note = route_note([study], routes, title=title)
    name = None if file.suffix.lower() == ".gpkg" else "legs"
    write_layer(layers, file, name=name, notes=dict.fromkeys(layers, note))
