"""`crescent map reach`, `encirclement` and `criticality`: maps of ground, states and links.

Each asks what its verb asks, with the same options, and draws the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.map_output import MapFileOption, PngOption, TilesOption, draw_map
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
    PlacesFileOption,
    RatesFileOption,
    ScenarioOption,
    ScenariosOption,
    TimeValue,
    TimeValueOption,
    modes_of,
    study_of,
)
from geo.cli.reach import limits_of

__all__ = ["criticality", "encirclement", "reach"]

_Drawn = tuple[str, dict[str, Any]]

_HOURS = "24,48,72,120,168"
_SCENARIOS = ("severed-2026", "reopened")


def reach(  # noqa: PLR0913 - a verb has as many arguments as options
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place, or lon,lat.")],
    *,
    hours: Annotated[
        str | None,
        typer.Option(
            "--hours", metavar="24,48,72", help="Isochrones: limits in h.", show_default=_HOURS
        ),
    ] = None,
    usd: Annotated[
        str | None, typer.Option("--usd", metavar="500,1000", help="Isocosts: USD per FEU.")
    ] = None,
    km: Annotated[
        str | None, typer.Option("--km", metavar="25,50,100", help="Isodistances: limits in km.")
    ] = None,
    bound: Annotated[
        float | None,
        typer.Option("--bound", metavar="KM", help="Farthest that ground lies from the track."),
    ] = None,
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    modes: ModesOption = None,
    output: MapFileOption = Path("maps/reach.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw what lies within limits of a place, with a slider over the limits."""
    given = {"hours": hours, "usd": usd, "km": km}
    measure, limits = limits_of(**(given if any(given.values()) else {"hours": _HOURS}))

    def make() -> _Drawn:
        from geo.analysis import reach as find
        from geo.report.maps import reach_map

        study = study_of(
            scenario,
            names=names,
            network=network,
            places=places,
            lines=lines,
            rates=rates,
        )
        found = find(
            study, place, measure=measure, limits=limits, modes=modes_of(modes), bound_km=bound
        )
        return reach_map(study, found, tiles=tiles), found.to_dict()

    draw_map("reach", make, output=output, png=png, as_json=as_json)


def encirclement(  # noqa: PLR0913 - a verb has as many arguments as options
    *,
    set_id: Annotated[
        str, typer.Option("--set", metavar="SET", help="A set of states: crescent-6, sco, ...")
    ] = "crescent-6",
    around: Annotated[
        str, typer.Option("--around", metavar="ISO3", help="The state in the middle.")
    ] = "CHN",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Membership at this date.")
    ] = None,
    scenario: ScenariosOption = None,
    output: MapFileOption = Path("maps/encirclement.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw a set of states around another: groups, borders, bearings, rail from Busan."""

    def make() -> _Drawn:
        from geo.analysis import encircle
        from geo.report.maps import encirclement_map

        first, *also = scenario or _SCENARIOS
        study = study_of(
            first, names=names, network=network, places=places, lines=lines, rates=rates
        )
        found = encircle(study, set_id=set_id, around=around.upper(), on=on, also=also)
        return encirclement_map(study, found, tiles=tiles), found.to_dict()

    draw_map("encirclement", make, output=output, png=png, as_json=as_json)


def criticality(  # noqa: PLR0913 - a verb has as many arguments as options
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
    output: MapFileOption = Path("maps/criticality.html"),
    png: PngOption = None,
    tiles: TilesOption = False,
    network: NetworkOption = None,
    names: NamesOption = Names.dual,
    places: PlacesFileOption = None,
    lines: LinesFileOption = None,
    rates: RatesFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw crossings, lines, passages and ports by what their loss costs."""

    def make() -> _Drawn:
        from geo.analysis.robustness import robustness
        from geo.report.maps import criticality_map
        from geo.report.selection import select_places

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
        found = robustness(
            study,
            select_places(study.atlas, origins),
            select_places(study.atlas, destinations),
            kinds=[kind.strip() for kind in kinds.split(",") if kind.strip()],
            teu_year=demand,
            modes=modes_of(modes),
        )
        told = {"scenario": study.scenario.scenario_id, **found.to_dict()}
        return criticality_map(study, found, tiles=tiles), told

    draw_map("criticality", make, output=output, png=png, as_json=as_json)
