"""`crescent balance`: people and product of the paper's groups, and buffers between neighbours."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["balance"]


def balance(
    states: Annotated[
        str,
        typer.Option(
            "--buffers",
            metavar="ISO3,...",
            help="States between neighbours; A+B takes two together.",
        ),
    ] = "KOR+PRK,MNG,KAZ,KHM",
    *,
    year: Annotated[
        int, typer.Option("--year", metavar="YEAR", help="Year of the neighbours' GDP.")
    ] = 2008,
    water: Annotated[
        float, typer.Option("--water", metavar="KM", help="Neighbours across water up to here.")
    ] = 200.0,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Weigh NEAT, an integrated Korea and the Crescent, and states between greater neighbours."""
    from geo.analysis import balance as weigh_groups
    from geo.analysis import neighbour_power
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.sets_view import balance_view

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    groups = [part.strip().upper().split("+") for part in states.split(",") if part.strip()]
    weights = weigh_groups(atlas)
    powers = [neighbour_power(atlas, group, year=year, water_km=water) for group in groups]
    record = {
        "groups": [one.to_dict() for one in weights],
        "buffers": [one.to_dict() for one in powers],
    }
    telling.tell(
        lambda: Document(
            sheets_of(record, name="groups", keys=("states", "group"), apart={"ratios"}),
            record,
            lambda: about(atlas, record=record),
        ),
        lambda: [balance_view(weights, powers)],
    )
