"""Options that several verbs share, each said once.

Their order in a verb's signature is their order in its help.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from geo.study import Study

__all__ = [
    "GoodsOption",
    "JsonOption",
    "LinesFileOption",
    "ModesOption",
    "Names",
    "NamesOption",
    "NetworkOption",
    "Objective",
    "ObjectiveOption",
    "OutOption",
    "PlacesFileOption",
    "RatesFileOption",
    "ScenarioOption",
    "ScenariosOption",
    "TimeValue",
    "TimeValueOption",
    "atlas_of",
    "criteria_of",
    "modes_of",
    "study_of",
]


class Objective(StrEnum):
    """What a route is the best for."""

    money = "money"
    hours = "hours"
    co2 = "co2"
    generalised = "generalised"


class Names(StrEnum):
    """By which of its names a place is shown."""

    dual = "dual"
    english = "english"
    korean = "korean"
    chinese = "chinese"
    russian = "russian"
    japanese = "japanese"
    local = "local"


class TimeValue(StrEnum):
    """How the time that goods are under way is valued."""

    ad_valorem = "ad-valorem"
    capital_cost = "capital-cost"


DEFAULT_SCENARIO = "severed-2026"

ScenarioOption = Annotated[
    str,
    typer.Option("--scenario", "-s", metavar="S", help="State of the world: an id or a TOML file."),
]
ScenariosOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario", "-s", metavar="S", help="State of the world; may be given several times."
    ),
]
ModesOption = Annotated[
    str | None,
    typer.Option(
        "--modes",
        metavar="rail,sea,road",
        help="Modes allowed; by default rail and sea, with road to the terminals only.",
    ),
]
ObjectiveOption = Annotated[
    Objective, typer.Option("--objective", help="What a route is the best for.")
]
GoodsOption = Annotated[
    str, typer.Option("--goods", metavar="G", help="What is in the box: a row of goods.csv.")
]
TimeValueOption = Annotated[
    TimeValue, typer.Option("--time-value", help="How the value of time is reckoned.")
]
OutOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")
]
NamesOption = Annotated[
    Names, typer.Option("--names", help="By which of their names places and seas are shown.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON for programs; errors too.", show_default=False)
]

_OWN = "Your own data"

NetworkOption = Annotated[
    Path | None,
    typer.Option(
        "--network",
        metavar="DIR",
        help="Railways that `crescent osm import` wrote, in the place of those that ship.",
        rich_help_panel=_OWN,
    ),
]
PlacesFileOption = Annotated[
    Path | None,
    typer.Option(
        "--places",
        metavar="CSV",
        help="Places over those that ship: name, lon, lat.",
        rich_help_panel=_OWN,
    ),
]
LinesFileOption = Annotated[
    Path | None,
    typer.Option(
        "--lines",
        metavar="GEOJSON",
        help="Railway lines over those that ship.",
        rich_help_panel=_OWN,
    ),
]
RatesFileOption = Annotated[
    Path | None,
    typer.Option(
        "--rates",
        metavar="CSV",
        help="Rates over those that ship: item_id, measure, base.",
        rich_help_panel=_OWN,
    ),
]


def atlas_of(
    *,
    network: Path | None = None,
    places: Path | None = None,
    lines: Path | None = None,
    rates: Path | None = None,
) -> Atlas | None:
    """Lay a network and the user's own data over what ships; say on stderr what was made of it.

    Parameters
    ----------
    network
        Folder of an imported network.
    places, lines, rates
        Files of the user.

    Returns
    -------
    Atlas or None
        None without any: then what ships is read when it is needed.
    """
    if network is places is lines is rates is None:
        return None
    from geo.atlas import Atlas
    from geo.network import network_overlay
    from geo.own import with_own_data

    atlas = Atlas()
    if network is not None:
        atlas = atlas.over(network_overlay(network, atlas))
    atlas = with_own_data(atlas, places=places, lines=lines, rates=rates)
    for overlay in atlas.overlays:
        for note in overlay.notes:
            typer.echo(f"{overlay.title}: {note}", err=True)
    return atlas


def study_of(  # noqa: PLR0913 - a study has as many choices
    scenario: str = DEFAULT_SCENARIO,
    *,
    goods: str = "general",
    time_value: TimeValue = TimeValue.ad_valorem,
    objective: Objective = Objective.generalised,
    names: Names | None = None,
    network: Path | None = None,
    places: Path | None = None,
    lines: Path | None = None,
    rates: Path | None = None,
) -> Study:
    """Make the study that the options of a verb ask for.

    Parameters
    ----------
    scenario, goods, time_value, objective, names
        As for `geo.study.Study`; a verb without such an option leaves it out.
    network, places, lines, rates
        The user's own data, as for `atlas_of`.

    Returns
    -------
    Study
        The study.

    Raises
    ------
    UsageError, UnknownNameError, DataError
        As `geo.study.Study` and `atlas_of`.
    """
    from geo.study import Study

    return Study(
        scenario,
        goods=goods,
        time_value=time_value.value,
        objective=objective.value,
        names=None if names is None else names.value,
        atlas=atlas_of(network=network, places=places, lines=lines, rates=rates),
    )


def criteria_of(text: str) -> tuple[str, ...]:
    """Read the criteria of a Pareto front.

    Parameters
    ----------
    text
        Two or three of money, hours and co2, separated by commas.

    Raises
    ------
    UsageError
        If one is unknown, or there are not two or three.
    """
    from geo.alternatives import check_criteria

    return check_criteria([part.strip().casefold() for part in text.split(",") if part.strip()])


def modes_of(text: str | None) -> tuple[str, ...] | None:
    """Read the list of modes.

    Parameters
    ----------
    text
        Modes separated by commas, or None.

    Returns
    -------
    tuple of str or None
        The modes; None means all.

    Raises
    ------
    UsageError
        If one is unknown.
    """
    if text is None:
        return None
    from geo.choice import CARRIERS
    from geo.errors import UsageError

    modes = tuple(part.strip().casefold() for part in text.split(",") if part.strip())
    strange = [mode for mode in modes if mode not in CARRIERS]
    if strange or not modes:
        what = f"unknown mode {strange[0]!r}" if strange else "no mode is named"
        msg = f"{what}; modes are {', '.join(CARRIERS)}, separated by commas"
        raise UsageError(msg)
    return modes
