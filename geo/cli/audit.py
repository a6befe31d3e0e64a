"""`crescent audit`: the paper's numeric claims held against data, definition by definition."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.options import JsonOption  # noqa: TC001 - typer reads it
from geo.cli.output import say_json, show

__all__ = ["audit"]


def audit(
    claim: Annotated[
        str | None, typer.Argument(metavar="CLAIM", help="One claim; all without it.")
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Hold the paper's numeric claims against data, under every definition that fits."""
    from geo.analysis import audit as judge
    from geo.atlas import Atlas
    from geo.report.audit_view import audit_list, audit_view

    found = judge(Atlas(), claim)
    if as_json:
        say_json([one.to_dict() for one in found])
    elif claim is None:
        show(audit_list(found))
    else:
        show(audit_view(found[0]))
