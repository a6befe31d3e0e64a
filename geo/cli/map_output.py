"""Options that all kinds of map share, and the one way in which a map is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.output import say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MapFileOption", "PngOption", "TilesOption", "draw_map"]

MapFileOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="Write the map to this file.")
]
PngOption = Annotated[
    Path | None,
    typer.Option(
        "--png", metavar="FILE", help="Save a picture, too, by the Chromium that is installed."
    ),
]
TilesOption = Annotated[
    bool,
    typer.Option(
        "--tiles",
        help="Lay an online base map below; without it the page asks no network for anything.",
        show_default=False,
    ),
]


def draw_map(
    kind: str,
    make: Callable[[], tuple[str, dict[str, Any]]],
    *,
    output: Path,
    png: Path | None,
    as_json: bool,
) -> None:
    """Write a map, and its picture where one is asked for, and say where they are.

    Parameters
    ----------
    kind : str
        Of the map.
    make : callable
        Returns the page and what JSON tells of it.
    output : Path
        The page's file.
    png : Path or None
        The picture's file.
    as_json : bool
        Whether to speak JSON.

    Raises
    ------
    OutputError
        If a file cannot be written, or no browser is there to take a picture.
    """
    from geo.files import whole_file

    # Both are found out before the work.
    if png is not None:
        from geo.report.maps.picture import find_browser

        find_browser()
    with whole_file(output) as file:
        html, told = make()
        file.write_text(html, encoding="utf-8", newline="\n")
    files = {"file": str(output)}
    if png is not None:
        from geo.report.maps.picture import save_picture

        save_picture(output, png)
        files["png"] = str(png)
    if as_json:
        say_json({"kind": kind, **told, **files})
        return
    say(f"Map: {output}")
    if png is not None:
        say(f"Picture: {png}")
