"""The audit at the terminal: values with their units, verdicts, and how far definitions decide."""

from __future__ import annotations

import pytest
from rich.console import Console

from geo.analysis.audit import audit
from geo.atlas import Atlas
from geo.report.audit_view import audit_list, audit_view, claim_value


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (0.19248, "share", "19.2 %"),
        (3.019, "ratio", "3.02 times"),
        (1.5018e9, "persons", "1\u202f501.8 m"),
        (11, "rank", "11th"),
        (2, "rank", "2nd"),
        (23, "rank", "23rd"),
        (1954, "year", "1954"),
        (761, "sites", "761 sites"),
        (None, "share", "–"),
    ],
)
def test_values_are_told_with_their_units(value: float | None, unit: str, told: str) -> None:
    assert claim_value(value, unit) == told


def test_the_list_and_one_claim() -> None:
    console = Console(width=120, record=True, quiet=True, file=None)
    claims = audit(Atlas())
    with console.capture() as shown:
        console.quiet = False
        console.print(audit_list(claims))
        console.print(audit_view(next(one for one in claims if one.claim_id == "four-times-eu")))
    text = shown.get()
    assert "700 to 1\u202f000 sites" in text
    assert "The definition decides it: values lie 23 % of the paper's value apart" in text
    assert max(map(len, text.splitlines())) <= 120
