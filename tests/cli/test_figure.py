"""`crescent figure`: a file in the format of its name, JSON of what it shows, and help."""

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
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def test_a_chart_is_written_and_told_as_json(tmp_path: Path) -> None:
    file = tmp_path / "lines.svg"
    result = crescent(
        *("figure", "mode-lines", "--zone", "rus", "--width", "column", "-o", str(file), "--json")
    )
    told = json.loads(result.stdout)
    assert told["figure"] == "mode-lines"
    assert told["file"] == str(file)
    by_mode = {line["mode"]: line for line in told["lines"]}
    road, rail = by_mode["Road"], by_mode["Rail"]
    expected = rail["fixed_usd"] / (road["usd_per_km"] - rail["usd_per_km"])
    assert road["break_even_km"]["Rail"] == pytest.approx(expected)
    assert file.read_text(encoding="utf-8").startswith("<?xml")


def test_a_word_says_where_the_file_is(tmp_path: Path) -> None:
    file = tmp_path / "lines.pdf"
    assert crescent("figure", "mode-lines", "-o", str(file)).stdout == f"Figure: {file}\n"
    assert file.read_bytes().startswith(b"%PDF")


def test_help_names_every_figure_and_an_example() -> None:
    told = " ".join(crescent("figure", "--help").stdout.split())
    for word in ("time-cost", "mode-lines", "--sweep", "--width", "Example: crescent figure"):
        assert word in told


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("figure", "bands", "-o", "a.gif"), "cannot tell the format"),
        (("figure", "bands", "--sweep", "nowhere", "-o", "a.svg"), "no finished sweep"),
        (("figure", "crescent", "--width", "column", "-o", "a.svg"), "17 cm"),
    ],
)
def test_what_is_wrong_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    word: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = crescent(*arguments)
    assert result.exit_code in {2, 4}
    assert word in result.stderr
    assert not list(tmp_path.iterdir())
