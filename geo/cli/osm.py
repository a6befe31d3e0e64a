"""`crescent osm`: railways of OpenStreetMap as a network of your own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.command import CrescentCommand
from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say, say_json, show, status_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.network.osm import LiveSettings
    from geo.network.osm.track import Origin, RawWays

__all__ = ["app", "import_"]

app = typer.Typer(help="Railways of OpenStreetMap.", no_args_is_help=True)

_ASK = "Live services"


@app.callback()
def osm() -> None:
    """Take railways of OpenStreetMap in."""


@app.command(
    "import",
    cls=CrescentCommand,
    epilog="Example: crescent osm import south-korea.osm.pbf -o korea-network",
)
def import_(  # noqa: PLR0913 - a verb has as many arguments as options
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file: .osm.pbf, .osm, .osm.gz.")
    ] = None,
    *,
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="Ask the live services for it.")
    ] = None,
    bbox: Annotated[
        str | None, typer.Option("--bbox", metavar="W,S,E,N", help="The same for a box, degrees.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write the network here; by default NAME-network."
        ),
    ] = None,
    sidings: Annotated[
        bool, typer.Option("--sidings/--no-sidings", help="Keep sidings and yards.")
    ] = True,
    overpass_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask this Overpass server.", rich_help_panel=_ASK),
    ] = None,
    nominatim_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask this Nominatim server.", rich_help_panel=_ASK),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep the answers here.", rich_help_panel=_ASK),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Build a network from a file, a place or a box; use it by --network DIR."""
    from geo.atlas import Atlas
    from geo.network.osm import LiveSettings, build_osm_network, mended, write_network
    from geo.report.imported import import_record, import_view

    chosen = _source(file, place, bbox)
    settings = LiveSettings(overpass_url, nominatim_url, cache)
    folder = output or Path(f"{_slug(file, place, bbox)}-network")
    atlas = Atlas()
    with status_line("Importing") as step:
        raw, origin = chosen(settings, step)
        track = mended(raw, origin, sidings=sidings)
        network = build_osm_network(track, atlas, origin, progress=step)
        write_network(network, folder, atlas, origin)
    record = import_record(network.report, origin)
    if as_json:
        say_json({"folder": str(folder)} | record)
        return
    show(*import_view(network.report, origin))
    use = "" if record["warnings"] else f"\nUse it: crescent route A B --network {folder}"
    say(f"Network: {folder}{use}")


def _source(
    file: Path | None, place: str | None, bbox: str | None
) -> Callable[[LiveSettings, Callable[[str], None]], tuple[RawWays, Origin]]:
    """Choose what to read: exactly one of a file, a place and a box."""
    from geo.errors import UsageError
    from geo.network.osm import read_osm_file, read_osm_live

    if sum(given is not None for given in (file, place, bbox)) != 1:
        msg = "name one source: FILE, --place NAME or --bbox W,S,E,N"
        raise UsageError(msg)
    if file is not None:
        path = file
        return lambda _, step: read_osm_file(path, progress=step)
    box = None if bbox is None else _box(bbox)
    return lambda settings, step: read_osm_live(
        place=place, bbox=box, settings=settings, progress=step
    )


def _box(text: str) -> tuple[float, float, float, float]:
    """Read west, south, east and north."""
    from geo.errors import UsageError

    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        msg = f"no box: {text!r}; expected four numbers: west,south,east,north in degrees"
        raise UsageError(msg) from error
    return west, south, east, north


def _slug(file: Path | None, place: str | None, bbox: str | None) -> str:
    """Make the name of a folder from the source's."""
    if file is not None:
        return file.name.split(".")[0] or "osm"
    words = re.sub(r"[^\w]+", "-", (place or f"bbox-{bbox}").casefold(), flags=re.UNICODE)
    return words.strip("-") or "osm"
