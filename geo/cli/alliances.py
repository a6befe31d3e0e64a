"""`crescent alliances`: hub and spokes against the mesh, as a network at a date."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["alliances"]


def alliances(
    *,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="Ties in force at this date.")
    ] = "2008",
    with_sets: Annotated[
        str,
        typer.Option(
            "--organisations",
            metavar="SET,...",
            help="Organisations whose members count as tied: csto, sco.",
        ),
    ] = "",
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the network of alliances before and after the mesh that the paper proposes."""
    from geo.analysis import alliance_network, members_of, ties_at
    from geo.analysis.alliances import KINDS
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.sets_view import network_view

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    spokes = members_of(atlas, "spokes")
    wide = (*spokes, *members_of(atlas, "crescent-6"))
    names = tuple(part.strip() for part in with_sets.split(",") if part.strip())
    measures = {
        "hub and spokes": alliance_network(atlas, on=on, among=spokes),
        "with the proposed mesh": alliance_network(atlas, on=on, kinds=KINDS, among=spokes),
        "with the Crescent as well": alliance_network(atlas, on=on, kinds=KINDS, among=wide),
        "every treaty and partnership": alliance_network(
            atlas, on=on, kinds=KINDS[:-1], organisations=names
        ),
    }
    ties = ties_at(atlas, on=on, kinds=KINDS, organisations=names)
    networks = {name: one.to_dict() for name, one in measures.items()}
    record = {"on": on, "networks": networks, "ties": ties.to_dict("records")}
    telling.tell(
        lambda: Document(
            sheets_of(
                record,
                name="networks",
                apart={"degree", "betweenness"},
                empty={"ties": tuple(map(str, ties.columns))},
            ),
            record,
            lambda: about(atlas, tables=("alliances", "state_sets")),
        ),
        lambda: [network_view(measures, ties)],
    )
