"""Printing: what is for the reader to stdout, progress to stderr and only on a terminal.

Tables are laid out for 120 columns when the output is not a terminal.
"""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

__all__ = ["PLAIN_WIDTH", "progress_bar", "say", "say_json", "show", "status_line", "width"]

PLAIN_WIDTH = 120


def say(text: str) -> None:
    """Print plain text to stdout, with a new line unless it ends in one."""
    typer.echo(text, nl=not text.endswith("\n"))


def say_json(value: object) -> None:
    """Print a value as JSON to stdout."""
    say(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def width() -> int:
    """Return the columns that there are to print in."""
    return (
        shutil.get_terminal_size((PLAIN_WIDTH, 40)).columns if sys.stdout.isatty() else PLAIN_WIDTH
    )


def show(*renderables: RenderableType) -> None:
    """Print what rich draws to stdout."""
    from rich.console import Console

    console = Console(file=sys.stdout, width=width(), highlight=False, soft_wrap=False)
    for renderable in renderables:
        console.print(renderable)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Draw a progress bar on stderr while the body runs, silent when that is no terminal.

    Parameters
    ----------
    title
        What is being done.

    Yields
    ------
    callable
        To be called with (done, all).
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step


@contextmanager
def status_line(title: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is being done while the body runs, silent when that is no terminal.

    Parameters
    ----------
    title
        What is being done as a whole.

    Yields
    ------
    callable
        To be called with the name of each step.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(file=sys.stderr).status(title) as status:
        yield lambda step: status.update(f"{title}: {step}")


def _silent(done: int, total: int) -> None:
    """Do nothing: there is nobody to see it."""
