"""`crescent data`: the data that ships, verified file by file."""

from __future__ import annotations

import typer

from geo.cli.command import CrescentCommand
from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it at run time
from geo.cli.output import say, say_json

__all__ = ["app", "verify"]

_DAMAGED = 4

app = typer.Typer(help="The data that ships.", no_args_is_help=True)


@app.callback()
def data() -> None:
    """Look after the data that ships."""


@app.command("verify", cls=CrescentCommand, epilog="Example: crescent data verify")
def verify(*, as_json: JsonOption = False) -> None:
    """Verify that every file of the data is there, whole and true to its schema."""
    from geo.atlas import Atlas

    atlas = Atlas()
    problems = atlas.verify()
    if as_json:
        found = [{"path": one.path, "problem": one.problem} for one in problems]
        say_json({"ok": not problems, "files": len(atlas.resources), "problems": found})
    elif problems:
        for problem in problems:
            typer.echo(f"crescent: {problem}", err=True)
    else:
        say(f"{len(atlas.resources)} files verified: all are there, whole and true to the schema.")
    if problems:
        raise typer.Exit(_DAMAGED)
