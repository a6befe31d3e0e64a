"""Options that several verbs share, each said once.

Their order in a verb's signature is their order in its help.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "GoodsOption",
    "JsonOption",
    "ModesOption",
    "Objective",
    "ObjectiveOption",
    "OutOption",
    "ScenarioOption",
    "ScenariosOption",
    "TimeValue",
    "TimeValueOption",
    "modes_of",
]


class Objective(StrEnum):
    """What a route is the best for."""

    money = "money"
    hours = "hours"
    co2 = "co2"
    generalised = "generalised"


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
    typer.Option("--modes", metavar="rail,sea", help="Modes allowed; all by default."),
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
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON for programs; errors too.", show_default=False)
]


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
