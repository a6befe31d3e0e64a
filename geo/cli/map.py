"""`crescent map`: the interactive map of the study, and by `crescent map KIND` those of answers.

Without a kind it is the study; the other kinds live in `geo.cli.map_ways` and `geo.cli.map_lands`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geo.cli.command import CrescentCommand, CrescentGroup
from geo.cli.map_lands import criticality, encirclement, reach
from geo.cli.map_output import MapFileOption, PngOption, TilesOption, draw_map
from geo.cli.map_ways import corridor, difference
from geo.cli.options import (
    DEFAULT_SCENARIO,
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
from geo.cli.output import progress_bar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["KINDS", "app", "map_"]

_EXAMPLES = "Example: crescent map --scenario reopened -o map.html"

app = typer.Typer(
    cls=CrescentGroup,
    invoke_without_command=True,
    epilog=_EXAMPLES,
    subcommand_metavar="[KIND]",
)


@app.callback(invoke_without_command=True, cls=CrescentGroup, epilog=_EXAMPLES)
def map_(  # noqa: PLR0913 - a verb has as many arguments as options
    context: typer.Context,
    *,
    scenario: ScenariosOption = None,
    output: MapFileOption = Path("maps/map.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    goods: GoodsOption = "general",
    time_value: TimeValueOption = TimeValue.ad_valorem,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the map of the study: lines, crossings, zones, ports, routes with their bills.

    Several scenarios make a switch in the map. A KIND draws the map of an answer instead
    and has options of its own, which follow it.
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return

    def make() -> tuple[str, dict[str, Any]]:
        from geo.report.maps import MapWords, MapWorld, study_map
        from geo.report.study_plan import ask, route_groups

        asked = dict.fromkeys(scenario or [DEFAULT_SCENARIO])
        first, *others = asked
        study = study_of(
            first,
            goods=goods,
            time_value=time_value,
            names=names,
            network=network,
            places=places,
            lines=lines,
            rates=rates,
        )
        studies = [study, *(study.at(name) for name in others)]
        with progress_bar("Routes") as step:
            answer = ask(studies, progress=step)
        worlds = [
            MapWorld(one.scenario.scenario_id, one.scenario.title, one.layers()) for one in studies
        ]
        html = study_map(
            worlds[0].layers,
            route_groups(answer),
            lines=[*([study.scenario.title] if not others else []), "Click a route for its bill."],
            words=MapWords.of(study.atlas),
            worlds=worlds if others else (),
            tiles=tiles,
        )
        ids = [world.scenario_id for world in worlds]
        return html, {"scenario": ids[0]} | ({"scenarios": ids} if others else {})

    draw_map("study", make, output=output, png=png, as_json=as_json)


def _refuse_options(context: typer.Context) -> None:
    """Refuse options before a kind, which would be those of the study and be lost.

    Raises
    ------
    UsageError
        If there are any.
    """
    from geo.errors import UsageError

    given = [
        max(option.opts, key=len)
        for option in context.command.params
        if getattr(context.get_parameter_source(option.name), "name", "") == "COMMANDLINE"
    ]
    if given:
        kind = context.invoked_subcommand
        msg = f"{given[0]} stands before the kind; options follow it: crescent map {kind} ..."
        raise UsageError(msg)


KINDS: dict[str, tuple[Callable[..., None], str]] = {
    "corridor": (corridor, "crescent map corridor Busan Moscow -s reopened -o ways.html"),
    "reach": (reach, "crescent map reach Gaesong --hours 24,48,72 -s reopened"),
    "encirclement": (encirclement, "crescent map encirclement --png crescent.png"),
    "difference": (difference, "crescent map difference severed-2026 reopened"),
    "criticality": (criticality, "crescent map criticality --origins busan -s reopened"),
}
"""The kinds by name, each with an example."""

for _kind, (_verb, _example) in KINDS.items():
    app.command(_kind, cls=CrescentCommand, epilog=f"Example: {_example}", rich_help_panel="Kinds")(
        _verb
    )
