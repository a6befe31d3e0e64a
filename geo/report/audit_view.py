"""The audit of the paper's claims, told at the terminal.

Loads rich late, as `geo.report.terminal` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

    from geo.analysis.audit import ClaimAudit, Finding

__all__ = ["audit_list", "audit_view", "claim_value"]

_COLOURS = {
    "holds": "green",
    "holds under a definition only": "yellow",
    "does not hold": "red",
}


def claim_value(value: float | None, unit: str) -> str:
    """Write a value of a claim with its unit.

    Parameters
    ----------
    value
        The value; None is written as a dash.
    unit
        share, ratio, persons, rank, year, or a word for what is counted.

    Returns
    -------
    str
        For example ``16.0 %``, ``3.0 times``, ``1 502 m``, ``13th``, ``1954``.
    """
    if value is None:
        return number(None)
    told = {
        "share": f"{value * 100:.1f} %",
        "ratio": f"{value:.2f} times",
        "persons": f"{number(value / 1e6, 1)} m",
        "rank": _ordinal(round(value)),
        "year": f"{value:.0f}",
    }
    return told.get(unit, f"{number(value)} {unit}".rstrip())


def audit_list(claims: Sequence[ClaimAudit]) -> Group:
    """Draw every claim in a line: what the paper says, what the data says, the verdict.

    Parameters
    ----------
    claims
        What `geo.analysis.audit` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column("Claim", style="bold", no_wrap=True)
    table.add_column("What it says", ratio=1)
    table.add_column("Paper", justify="right", no_wrap=True)
    table.add_column("Data at its date", justify="right", no_wrap=True)
    table.add_column("Verdict", width=18)
    for claim in claims:
        table.add_row(
            claim.claim_id,
            claim.statement,
            _paper(claim),
            _range(claim),
            _verdict(claim),
        )
    note = "The claims are tested, not endorsed. `crescent audit CLAIM` shows every definition."
    return Group(table, Text(note, style="dim"))


def audit_view(claim: ClaimAudit) -> Group:
    """Draw one claim with what the data says under each definition.

    Parameters
    ----------
    claim
        One of what `geo.analysis.audit` returned.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.text import Text

    head = Text.assemble((claim.claim_id, "bold cyan"), f"  {claim.statement}")
    parts: list[RenderableType] = [head]
    if claim.quote:
        parts.append(Text(f"“{claim.quote}”, {claim.year}", style="italic"))
    parts.append(Text.assemble("Verdict: ", _verdict(claim), _decided(claim)))
    if claim.findings:
        parts.append(_findings(claim))
    notes = [claim.note, *(f"{one.label}: {one.note}" for one in claim.findings if one.note)]
    parts += [Text(note, style="dim") for note in notes if note]
    return Group(*parts)


def _findings(claim: ClaimAudit) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold dim")
    table.add_column("Definition")
    table.add_column("Value", justify="right", no_wrap=True)
    table.add_column("Agrees", no_wrap=True)
    table.add_column("At its date", no_wrap=True)
    table.add_column("Sources", overflow="fold")
    for one in claim.findings:
        table.add_row(
            one.label,
            claim_value(one.value, claim.unit),
            _agrees(one),
            "yes" if one.at_date else f"no, {one.year}",
            ", ".join(one.source_ids),
        )
    return table


def _agrees(finding: Finding) -> str:
    if finding.agrees is None:
        return f"not known: no {', '.join(finding.missing)}"
    return "yes" if finding.agrees else "no"


def _paper(claim: ClaimAudit) -> str:
    if claim.low is not None and claim.high is None:
        return f"over {claim_value(claim.low, claim.unit)}"
    if claim.paper_value is None and claim.low is not None:
        return f"{number(claim.low)} to {claim_value(claim.high, claim.unit)}"
    return claim_value(claim.paper_value, claim.unit)


def _range(claim: ClaimAudit) -> str:
    values = sorted(one.value for one in claim.findings if one.at_date and one.value is not None)
    if not values:
        return claim_value(None, claim.unit)
    low, high = (claim_value(value, claim.unit) for value in (values[0], values[-1]))
    return low if low == high else f"{_bare(low, high)} to {high}"


def _bare(low: str, high: str) -> str:
    """Leave the unit off the first of two values that share it."""
    unit = high.rpartition(" ")[2]
    return low.removesuffix(f" {unit}") if not unit[:1].isdigit() else low


def _verdict(claim: ClaimAudit) -> Text:
    from rich.text import Text

    return Text(claim.verdict, style=_COLOURS.get(claim.verdict, "dim"))


def _decided(claim: ClaimAudit) -> str:
    """Say how far the definition decides it."""
    if claim.spread is None or claim.unit == "year":
        return ""
    if claim.unit == "rank":
        words = f"{claim.spread:.0f} places"
    elif claim.paper_value:
        words = f"{claim.spread / claim.paper_value * 100:.0f} % of the paper's value"
    else:
        return ""
    decides = "The definition decides it" if claim.decided_by_definition else "Definitions"
    return f". {decides}: values lie {words} apart" if claim.spread else ""


def _ordinal(value: int) -> str:
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"
