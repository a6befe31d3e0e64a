"""`crescent corridors`: the ways to go that ship, point by point."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say_json, show

__all__ = ["corridors"]


def corridors(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One corridor in full; all without it.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the corridors, or say what one passes, by which modes, and whom it avoids."""
    from geo.atlas import Atlas
    from geo.report.listing import listing, record_view
    from geo.report.vocabulary import corridor_records, pick

    records = corridor_records(Atlas())
    if name is not None:
        record = pick(records, "corridor", name)
        if as_json:
            say_json(record)
        else:
            show(record_view(record, title="corridor"))
    elif as_json:
        say_json(records)
    else:
        show(listing(records, ("corridor", "name", "modes", "via", "avoids")))
