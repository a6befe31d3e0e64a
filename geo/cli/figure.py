"""`crescent figure`: charts of costs, times and uncertainty, and the paper's three, for print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated

import typer

from geo.cli.options import GoodsOption, JsonOption, ScenariosOption  # noqa: TC001 - typer reads them
from geo.cli.output import say, say_json, status_line

__all__ = ["figure"]


class Name(StrEnum):
    """What can be drawn."""

    cost_breakdown = "cost-breakdown"
    time_cost = "time-cost"
    bands = "bands"
    tornado = "tornado"
    distance_cost = "distance-cost"
    mode_lines = "mode-lines"
    triad = "triad"
    crescent = "crescent"
    two_track = "two-track"


class PrintWidth(StrEnum):
    """How wide the figure is."""

    page = "page"
    column = "column"


class BandMeasure(StrEnum):
    """What is measured."""

    usd = "usd"
    hours = "hours"
    generalised_usd = "generalised_usd"
    kg_co2 = "kg_co2"


def figure(  # noqa: PLR0913 - a verb has as many options
    name: Annotated[Name, typer.Argument(metavar="NAME", help="What to draw: see above.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A .svg, .pdf or .png file.")
    ],
    pair: Annotated[
        str,
        typer.Option(
            "--pair",
            metavar="A:B",
            help="Two places; Busan:Moscow by default, and no costs in two-track.",
        ),
    ] = "",
    scenario: ScenariosOption = None,
    corridors: Annotated[
        str | None,
        typer.Option("--corridors", metavar="C,D", help="Ways to show; by default those that fit."),
    ] = None,
    goods: GoodsOption = "general",
    measure: Annotated[
        list[BandMeasure] | None,
        typer.Option("--measure", help="Of bands (several) and tornado (one)."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", "-n", min=1, metavar="N", help="Draws of the bands.")
    ] = 256,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="K", help="Seed of the bands.")] = 1,
    sweep: Annotated[
        Path | None,
        typer.Option("--sweep", metavar="DIR", help="Bands of a sweep that is there already."),
    ] = None,
    zone: Annotated[
        str, typer.Option("--zone", metavar="Z", help="Tariffs of mode-lines: kor, rus, chn, ...")
    ] = "kor",
    width: Annotated[
        PrintWidth, typer.Option("--width", help="A page (17 cm) or a column (8.4 cm).")
    ] = PrintWidth.page,
    as_json: JsonOption = False,
) -> None:
    """Draw a figure for print, the same bytes each time.

    cost-breakdown: bars by what is paid for
    time-cost: days against money, with the Pareto front
    bands: quantiles of a sweep
    tornado: one unknown at a time
    distance-cost: money along the way, with break-even points
    mode-lines: the same by mode, from the rate card
    triad, crescent, two-track: the paper's three
    """
    from geo.report.figures import FigureChoice, check_format, draw_figure, save_figure

    check_format(output)
    choice = FigureChoice(
        pair=pair,
        scenarios=tuple(scenario) if scenario else None,
        corridors=corridors,
        goods=goods,
        measures=tuple(one.value for one in measure or ()),
        draws=draws,
        seed=seed,
        sweep=sweep,
        zone=zone,
        width=width.value,
    )
    with status_line("Figure") as step:
        step(name.value)
        drawn = draw_figure(name.value, choice)
    save_figure(drawn.figure, output)
    if as_json:
        say_json({"figure": name.value, "file": str(output), **drawn.data})
    else:
        say(f"Figure: {output}")
