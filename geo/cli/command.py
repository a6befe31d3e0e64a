"""The one place where an error of the package becomes a message and an exit code.

Every verb is a `CrescentCommand`: 2 wrong use or unknown name, 3 no route, 4 damaged data.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CrescentCommand", "CrescentGroup", "error_record"]


class CrescentCommand(TyperCommand):
    """A verb that tells an error of the package in one paragraph on stderr."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; turn a `GeoError` into its exit code."""
        try:
            return super().invoke(ctx)
        except GeoError as error:
            raise _told(error, ctx) from error


class CrescentGroup(TyperGroup):
    """A verb of several kinds that does something by itself, too."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; turn a `GeoError` into its exit code."""
        try:
            return super().invoke(ctx)
        except GeoError as error:
            raise _told(error, ctx) from error


def _told(error: GeoError, ctx: Any) -> typer.Exit:
    """Tell an error on stderr; return the exit that it makes."""
    sys.stdout.flush()
    typer.echo(_message(error, ctx.params), err=True)
    return typer.Exit(error.exit_code)


def error_record(error: GeoError) -> dict[str, object]:
    """Describe an error for a program.

    Parameters
    ----------
    error
        The error.

    Returns
    -------
    dict
        Kind, message, exit code, and the parts that the error carries: nearest names, causes,
        file, row, column.
    """
    record: dict[str, object] = {
        "error": type(error).__name__,
        "message": str(error),
        "exit_code": error.exit_code,
    }
    for field in ("suggestions", "origin", "destination", "causes", "file", "row", "column"):
        value = getattr(error, field, None)
        if value is not None:
            record[field] = list(value) if isinstance(value, tuple) else value
    return record


def _message(error: GeoError, params: Mapping[str, object]) -> str:
    if params.get("as_json"):
        return json.dumps(error_record(error), ensure_ascii=False, indent=2)
    return f"crescent: {error}"
