"""`crescent figure`: the paper's three missing figures, and what routes cost, drawn for print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from geo.cli.options import DEFAULT_SCENARIO, JsonOption, ScenarioOption
from geo.cli.output import say, say_json, status_line

__all__ = ["figure"]


class Drawing(StrEnum):
    """What can be drawn."""

    triad = "triad"
    crescent = "crescent"
    two_track = "two-track"
    cost_breakdown = "cost-breakdown"


def figure(
    name: Annotated[Drawing, typer.Argument(metavar="NAME", help="What to draw.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A .svg, .pdf or .png file.")
    ],
    pair: Annotated[
        str,
        typer.Option("--pair", metavar="A:B", help="Two places whose costs are shown."),
    ] = "",
    scenario: ScenarioOption = DEFAULT_SCENARIO,
    as_json: JsonOption = False,
) -> None:
    """Draw triad, crescent, two-track or cost-breakdown."""
    from geo.report.paper_figures import check_format, draw_figure, save_figure

    check_format(output)
    with status_line("Figure") as step:
        step(name.value)
        drawn = draw_figure(name.value, pair=pair, scenario=scenario)
    save_figure(drawn, output)
    if as_json:
        say_json({"figure": name.value, "file": str(output)})
    else:
        say(f"Figure: {output}")
