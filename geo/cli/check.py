"""`crescent check`: lengths of the network beside the published ones; exit 1 if they differ."""

from __future__ import annotations

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say_json, show

__all__ = ["check"]


def check(*, as_json: JsonOption = False) -> None:
    """Compare lengths of lines with published ones: within 3 % or 2 km, whichever is more."""
    from geo.atlas import Atlas
    from geo.report.check import check_lengths, check_records, check_view

    atlas = Atlas()
    result = check_lengths(atlas.published_lengths, atlas.line_stations, atlas.line_parts)
    if as_json:
        say_json({"ok": result.ok, "counts": result.counts, "rows": check_records(result)})
    else:
        names = dict(zip(atlas.places["place_id"], atlas.places["name"], strict=True))
        show(check_view(result, names))
    if not result.ok:
        raise typer.Exit(1)
