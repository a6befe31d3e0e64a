"""The verbs of the paper's argument: audit, sets, balance, alliances, figure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from geo.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def crescent(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_audit_as_json_and_as_words() -> None:
    (claim,) = json.loads(crescent("audit", "people", "--json").stdout)
    assert claim["verdict"] == "does not hold"
    assert "does not hold" in crescent("audit", "people").stdout
    assert "treaty-1954" in crescent("audit").stdout


def test_sets_at_a_date() -> None:
    told = json.loads(crescent("sets", "sco", "--on", "2016", "--json").stdout)
    (sco,) = told["sets"]
    assert sco["by_role"]["observer"] == ["MNG", "AFG", "IND", "PAK", "IRN", "BLR"]
    assert {row["set_a"] for row in told["overlaps"]} | {
        row["set_b"] for row in told["overlaps"]
    } >= {"sco", "crescent-6"}
    assert "Kazakhstan" in crescent("sets", "sco").stdout
    assert "Overlaps" in crescent("sets").stdout


def test_balance_and_alliances() -> None:
    told = json.loads(crescent("balance", "--buffers", "MNG", "--water", "0", "--json").stdout)
    assert told["buffers"][0]["sandwiched"]
    assert "between rivals" in crescent("balance", "--buffers", "MNG", "--water", "0").stdout
    networks = json.loads(crescent("alliances", "--json").stdout)["networks"]
    assert networks["hub and spokes"]["degree_centralisation"] == 1
    assert "density" in crescent("alliances", "--organisations", "csto").stdout


def test_a_figure_is_written(tmp_path: Path) -> None:
    file = tmp_path / "two.svg"
    assert json.loads(crescent("figure", "two-track", "-o", str(file), "--json").stdout) == {
        "figure": "two-track",
        "file": str(file),
    }
    assert file.read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audit", "peopel"), "people"),
        (("sets", "crescent-7"), "crescent-6"),
        (("figure", "triad", "-o", "triad.jpg"), "cannot tell the format"),
        (("figure", "two-track", "--pair", "Seoul", "-o", "a.svg"), "no pair of places"),
        (("sets", "--on", "last year"), "is no date"),
    ],
)
def test_what_is_wrong_is_refused(arguments: tuple[str, ...], words: str) -> None:
    result = crescent(*arguments)
    assert result.exit_code == 2
    assert words in result.output
