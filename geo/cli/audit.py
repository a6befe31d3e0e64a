"""`crescent audit`: the paper's numeric claims held against data, definition by definition."""

from __future__ import annotations

from typing import Annotated

import typer

from geo.cli.exports import FormatOption, Telling
from geo.cli.options import JsonOption, OutOption  # noqa: TC001 - typer reads them

__all__ = ["audit"]


def audit(
    claim: Annotated[
        str | None, typer.Argument(metavar="CLAIM", help="One claim; all without it.")
    ] = None,
    *,
    text_format: FormatOption = None,
    output: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold the paper's numeric claims against data, under every definition that fits."""
    from geo.analysis import audit as judge
    from geo.atlas import Atlas
    from geo.report.audit_view import audit_list, audit_view
    from geo.report.export import Document, about, sheets_of

    telling = Telling.of(text_format, output, as_json=as_json)
    atlas = Atlas()
    found = judge(atlas, claim)
    record = [one.to_dict() for one in found]
    telling.tell(
        lambda: Document(
            sheets_of(record, name="claims"), record, lambda: about(atlas, record=record)
        ),
        lambda: [audit_list(found) if claim is None else audit_view(found[0])],
    )
