"""`crescent goods`: what can be in the box, its value and its weight."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["goods"]


def goods(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One kind in full; all without it.")
    ] = None,
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the kinds of goods, or tell value, weight and sources of one."""
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.listing import listing, record_view
    from geo.report.vocabulary import goods_records, pick

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    records = goods_records(atlas)
    one = None if name is None else pick(records, "goods", name)
    told = records if one is None else [one]
    named = {"low": "usd_low", "high": "usd_high"}  # so that the columns tell their unit
    columns = ("goods", "name", "usd_per_feu", "low", "high", "price_year", "tonnes_per_feu")
    telling.tell(
        lambda: Document(
            sheets_of(
                [{named.get(key, key): cell for key, cell in row.items()} for row in told],
                name="goods",
            ),
            one or records,
            lambda: about(atlas, record=told),
        ),
        lambda: [
            listing(records, (*columns, "confidence"))
            if one is None
            else record_view(one, title="goods")
        ],
    )
