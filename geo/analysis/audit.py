"""Audit: the paper's numeric claims held against data, under every definition that fits the words.

Claims and definitions are tables; what is worked out here is their sums, quotients and verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.atlas import Atlas

__all__ = ["DATA_LAG_YEARS", "VERDICTS", "ClaimAudit", "Finding", "audit"]

DATA_LAG_YEARS = 2
"""Figures up to so many years older than a claim were the newest that its author could have."""

HOLDS = "holds"
BY_DEFINITION = "holds under a definition only"
FAILS = "does not hold"
UNKNOWN = "cannot be judged"
CONTESTABLE = "not judged"

VERDICTS = (HOLDS, BY_DEFINITION, FAILS, UNKNOWN, CONTESTABLE)
"""The last is for claims that are judgements: they are kept, and no figure decides them."""

Facts = dict[tuple[str, str, int], tuple[float, tuple[str, ...]]]


@dataclass(frozen=True)
class Finding:
    """What the data says under one definition.

    Attributes
    ----------
    definition_id, label : str
    value : float or None
        In the unit of the claim; None where a figure is missing.
    year : int
        Year of the newest figure in it.
    at_date : bool
        Whether all its figures are of the claim's year or at most `DATA_LAG_YEARS` older: only
        these count for the verdict, the others tell how things were earlier or are now.
    agrees : bool or None
        Whether the value agrees with the words of the claim.
    missing : tuple of str
        Figures that no table has, as `state:indicator:year`.
    source_ids : tuple of str
    note : str
    """

    definition_id: str
    label: str
    value: float | None
    year: int
    at_date: bool
    agrees: bool | None
    missing: tuple[str, ...]
    source_ids: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class ClaimAudit:
    """A claim of the paper and what became of it.

    Attributes
    ----------
    claim_id, kind, statement, quote : str
    paper_value : float or None
    low, high : float or None
        Values between these agree with the words; None means without limit.
    unit : str
    year : int
        Year that the claim speaks of.
    findings : tuple of Finding
    verdict : str
        One of `VERDICTS`.
    spread : float or None
        How far the definition decides: greatest less least value at the claim's date, in the unit
        of the claim; None without a value.
    note : str
    """

    claim_id: str
    kind: str
    statement: str
    quote: str
    paper_value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int
    findings: tuple[Finding, ...]
    verdict: str
    spread: float | None
    note: str

    @property
    def decided_by_definition(self) -> bool:
        """Whether one definition at the claim's date agrees with it and another does not."""
        return self.verdict == BY_DEFINITION

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "claim": self.claim_id,
            "kind": self.kind,
            "statement": self.statement,
            "quote": self.quote,
            "paper_value": self.paper_value,
            "agrees_from": self.low,
            "agrees_to": self.high,
            "unit": self.unit,
            "year": self.year,
            "verdict": self.verdict,
            "decided_by_definition": self.decided_by_definition,
            "spread": None if self.spread is None else float(f"{self.spread:.6g}"),
            "note": self.note,
            "findings": [_finding_dict(finding) for finding in self.findings],
        }


def audit(atlas: Atlas, claim_id: str | None = None) -> tuple[ClaimAudit, ...]:
    """Work out the paper's claims from the tables `indicators` and `alliances`.

    Parameters
    ----------
    atlas : Atlas
    claim_id : str, optional
        One claim of `paper_claims.csv`; all of them if left out.

    Returns
    -------
    tuple of ClaimAudit
        In the order of the table.

    Raises
    ------
    UnknownNameError
        If there is no such claim.

    Notes
    -----
    A claim *holds* if every definition at its date agrees, holds *under a definition only* if some
    do, *does not hold* if none does, and *cannot be judged* if none has all its figures.
    """
    claims = atlas.paper_claims
    if claim_id is not None:
        known = list(claims["claim_id"])
        if claim_id not in known:
            kind = "claim"
            raise UnknownNameError(kind, claim_id, known)
        claims = claims[claims["claim_id"] == claim_id]
    definitions = atlas.claim_definitions
    facts = _facts(atlas)
    return tuple(
        _judged(claim, definitions[definitions["claim_id"] == claim["claim_id"]], facts)
        for claim in claims.to_dict("records")
    )


def _judged(claim: Mapping[Any, Any], definitions: pd.DataFrame, facts: Facts) -> ClaimAudit:
    low, high = _number(claim["low"]), _number(claim["high"])
    year = int(claim["year"])
    findings = tuple(
        _finding(row, facts, year, (low, high)) for row in definitions.to_dict("records")
    )
    at_date = [one for one in findings if one.at_date and one.value is not None]
    values = [one.value for one in at_date if one.value is not None]
    kind = str(claim["kind"])
    return ClaimAudit(
        claim_id=str(claim["claim_id"]),
        kind=kind,
        statement=str(claim["statement"]),
        quote=_text(claim["quote"]),
        paper_value=_number(claim["paper_value"]),
        low=low,
        high=high,
        unit=_text(claim["unit"]),
        year=year,
        findings=findings,
        verdict=CONTESTABLE if kind == "contestable" else _verdict(at_date),
        spread=max(values) - min(values) if values else None,
        note=_text(claim["note"]),
    )


def _verdict(at_date: list[Finding]) -> str:
    if not at_date:
        return UNKNOWN
    agree = [bool(one.agrees) for one in at_date]
    return HOLDS if all(agree) else BY_DEFINITION if any(agree) else FAILS


def _finding(
    row: Mapping[Any, Any], facts: Facts, year: int, limits: tuple[float | None, float | None]
) -> Finding:
    parts, base = _keys(row["parts"]), _keys(row["base"])
    keys = (*parts, *base)
    missing = tuple(":".join(map(str, key)) for key in keys if key not in facts)
    value = None
    if not missing:
        value = sum(facts[key][0] for key in parts)
        value = value / sum(facts[key][0] for key in base) if base else value
    low, high = limits
    years = [key[2] for key in keys]
    return Finding(
        definition_id=str(row["definition_id"]),
        label=str(row["label"]),
        value=value,
        year=max(years),
        at_date=year - DATA_LAG_YEARS <= min(years) and max(years) <= year,
        agrees=None
        if value is None
        else (low is None or value >= low) and (high is None or value <= high),
        missing=missing,
        source_ids=tuple(
            dict.fromkeys(name for key in keys if key in facts for name in facts[key][1])
        ),
        note=_text(row["note"]),
    )


def _facts(atlas: Atlas) -> Facts:
    """Index every figure: by state, indicator and year, and the years of ties by tie and date."""
    facts: Facts = {
        (str(row["iso3"]), str(row["indicator"]), int(row["year"])): (
            float(row["value"]),
            tuple(str(row["source_ids"]).split(";")),
        )
        for row in atlas.indicators.to_dict("records")
    }
    for row in atlas.alliances.to_dict("records"):
        for date in ("signed", "valid_from"):
            if text := _text(row[date]):
                year = int(text[:4])
                facts[str(row["alliance_id"]), date, year] = (
                    float(year),
                    tuple(str(row["source_ids"]).split(";")),
                )
    return facts


def _keys(cell: object) -> tuple[tuple[str, str, int], ...]:
    """Read references such as `CHN:gdp:2008`, joined by `;`."""
    keys = []
    for text in _text(cell).split(";"):
        if text:
            subject, field, year = text.split(":")
            keys.append((subject, field, int(year)))
    return tuple(keys)


def _finding_dict(finding: Finding) -> dict[str, Any]:
    return {
        "definition": finding.definition_id,
        "label": finding.label,
        "value": None if finding.value is None else float(f"{finding.value:.6g}"),
        "year": finding.year,
        "at_date": finding.at_date,
        "agrees": finding.agrees,
        "missing": list(finding.missing),
        "sources": list(finding.source_ids),
        "note": finding.note,
    }


def _number(cell: Any) -> float | None:
    return None if pd.isna(cell) else float(cell)


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)
