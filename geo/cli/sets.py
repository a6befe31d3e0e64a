"""`crescent sets`: the paper's sets of states, their members by role and date, and overlaps."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it
from geo.cli.output import say_json, show

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
    as_json: JsonOption = False,
) -> None:
    """List the sets of states, their members by role, and how far they overlap."""
    from geo.analysis import overlaps, set_rows, set_summaries
    from geo.atlas import Atlas
    from geo.report.sets_view import set_view, sets_view

    atlas = Atlas()
    rows = None if name is None else set_rows(atlas, name, on=on)
    summaries = [one for one in set_summaries(atlas, on=on) if name in {None, one["set"]}]
    pairs = overlaps(atlas, on=on)
    if name is not None:
        pairs = pairs[(pairs["set_a"] == name) | (pairs["set_b"] == name)]
    if as_json:
        told = pairs[pairs["n_common"] > 0].to_dict("records")
        say_json(
            {
                "sets": summaries,
                "overlaps": [
                    row | {"common": row["common"].split(";"), "jaccard": round(row["jaccard"], 4)}
                    for row in told
                ],
            }
        )
    elif rows is None:
        show(sets_view(summaries, pairs))
    else:
        names = dict(zip(atlas.states["iso3"], atlas.states["name"], strict=True))
        show(set_view(summaries[0], rows.assign(name=rows["iso3"].map(names)), pairs))
