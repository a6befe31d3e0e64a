"""The command `crescent`: its verbs and its version; the installed script runs `app`.

Importing this must stay cheap; each verb loads what it needs when it runs.
"""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli import check, data, layers, map, places, route, scenarios, study, table  # noqa: A004
from geo.cli.command import CrescentCommand

__all__ = ["app"]

app = typer.Typer(
    name="crescent",
    help="Rail corridors between Korea and Eurasia: routes, costs, times and maps.",
    epilog="Example: crescent route Busan Moscow --corridor tkr-tsr --scenario reopened",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _example(text: str) -> str:
    return f"Example: {text}"


app.command("study", cls=CrescentCommand, epilog=_example("crescent study --out maps"))(study.study)
app.command(
    "route",
    cls=CrescentCommand,
    epilog=_example("crescent route Gaesong Moscow --via Wonsan --scenario reopened"),
)(route.route)
app.command(
    "table",
    cls=CrescentCommand,
    epilog=_example("crescent table --origins zones --destinations moscow,rotterdam -f md"),
)(table.table)
app.command(
    "map", cls=CrescentCommand, epilog=_example("crescent map --scenario reopened -o map.html")
)(map.map_)
app.command("layers", cls=CrescentCommand, epilog=_example("crescent layers lines -o lines.gpkg"))(
    layers.layers
)
app.command("scenarios", cls=CrescentCommand, epilog=_example("crescent scenarios reopened"))(
    scenarios.scenarios
)
app.command("places", cls=CrescentCommand, epilog=_example("crescent places kaesong"))(
    places.places
)
app.command("check", cls=CrescentCommand, epilog=_example("crescent check"))(check.check)
app.add_typer(data.app, name="data")


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if wanted:
        from geo import __version__

        typer.echo(f"crescent {__version__}")
        raise typer.Exit


@app.callback()
def crescent(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and exit.",
            callback=_print_version,
            is_eager=True,
            show_default=False,
        ),
    ] = False,
) -> None:
    """Rail corridors between Korea and Eurasia: routes, costs, times and maps."""
