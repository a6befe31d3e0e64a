"""`crescent sets`: the paper's sets of states, their members by role and date, and overlaps."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["sets"]


def sets(
    name: Annotated[
        str | None, typer.Argument(metavar="SET", help="One set; all without it.")
    ] = None,
    *,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Membership at this date: 2008, 2008-05, ..."),
    ] = None,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sets of states, their members by role, and how far they overlap."""
    from geo.analysis import overlaps, set_rows, set_summaries
    from geo.atlas import Atlas
    from geo.report.export import Document, about, sheets_of
    from geo.report.sets_view import set_view, sets_view

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    rows = None if name is None else set_rows(atlas, name, on=on)
    summaries = [one for one in set_summaries(atlas, on=on) if name in {None, one["set"]}]
    pairs = overlaps(atlas, on=on)
    if name is not None:
        pairs = pairs[(pairs["set_a"] == name) | (pairs["set_b"] == name)]
    told = pairs[pairs["n_common"] > 0].to_dict("records")
    record = {
        "sets": summaries,
        "overlaps": [
            row | {"common": row["common"].split(";"), "jaccard": round(row["jaccard"], 4)}
            for row in told
        ],
    }
    names = dict(zip(atlas.states["iso3"], atlas.states["name"], strict=True))
    if rows is not None:
        rows = rows.assign(name=rows["iso3"].map(names))
    members = {} if rows is None else {"members": rows.to_dict("records")}
    telling.tell(
        lambda: Document(
            sheets_of(record | members, name="sets" if rows is None else "members"),
            record,
            lambda: about(atlas, record=members, tables=("state_sets",)),
        ),
        lambda: [
            sets_view(summaries, pairs) if rows is None else set_view(summaries[0], rows, pairs)
        ],
    )
