"""`crescent goods`: what can be in the box, its value and its weight."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say_json, show

__all__ = ["goods"]


def goods(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One kind in full; all without it.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the kinds of goods, or tell value, weight and sources of one."""
    from geo.atlas import Atlas
    from geo.report.listing import listing, record_view
    from geo.report.vocabulary import goods_records, pick

    records = goods_records(Atlas())
    if name is not None:
        record = pick(records, "goods", name)
        if as_json:
            say_json(record)
        else:
            show(record_view(record, title="goods"))
    elif as_json:
        say_json(records)
    else:
        columns = ("goods", "name", "usd_per_feu", "low", "high", "price_year", "tonnes_per_feu")
        show(listing(records, (*columns, "confidence")))
