"""The cost table as CSV, Markdown, JSON and at the terminal."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from geo.outcome import TABLE_COLUMNS, outcomes_frame
from geo.report.table import to_csv, to_json, to_markdown
from geo.report.terminal import comparison_view, table_view
from tests.fakes import FakeStudy

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture
def table() -> pd.DataFrame:
    """Make a table with a pair that has no route, in two states of the world."""
    outcomes = [
        outcome
        for scenario in ("severed-2026", "reopened")
        for outcome in FakeStudy(scenario).routes(
            ["busan", "gaesong"], ["moscow", "hanoi"], corridors=["best", "tkr-tsr"]
        )
    ]
    return outcomes_frame(outcomes)


def printed(renderable: object) -> str:
    """Print as on a terminal of 120 columns."""
    console = Console(file=io.StringIO(), width=120, highlight=False)
    console.print(renderable)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_csv_has_every_row_and_reads_back(table: pd.DataFrame) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(table))))
    assert len(rows) == len(table)
    assert tuple(rows[0]) == TABLE_COLUMNS
    assert rows[0]["usd_per_feu"] == "4800.00"
    lost = next(row for row in rows if row["status"] == "no route")
    assert lost["usd_per_feu"] == ""
    assert "Dorasan" in lost["reason"]


def test_csv_is_the_same_whatever_the_last_bits(table: pd.DataFrame) -> None:
    shaken = table.assign(usd_per_feu=table["usd_per_feu"] * (1 + 1e-15))
    assert to_csv(shaken) == to_csv(table)


def test_json_is_valid_with_null_for_what_is_missing(table: pd.DataFrame) -> None:
    rows = json.loads(to_json(table))
    assert list(rows[0]) == list(TABLE_COLUMNS)
    assert rows[0]["modes"] == ["rail"]
    lost = next(row for row in rows if row["status"] == "no route")
    assert lost["hours"] is None


def test_markdown_escapes_bars_and_explains_its_mark(table: pd.DataFrame) -> None:
    text = to_markdown(table.assign(reason="a | b"))
    assert "a \\| b" in text
    lines = text.splitlines()
    bars = [line.replace("\\|", "").count("|") for line in lines if line.startswith("|")]
    assert len(set(bars)) == 1
    assert lines[-1].startswith("≈ indicative")


def test_the_terminal_fits_120_columns_and_says_why_there_is_no_route(
    table: pd.DataFrame,
) -> None:
    text = printed(table_view(table, time_value="ad-valorem"))
    assert max(map(len, text.splitlines())) <= 120
    assert "From Busan" in text
    assert "no route [1]" in text
    assert text.count("border crossing Dorasan") == 1
    assert "≈ indicative" in text
    assert "ad-valorem" in text


def test_scenarios_stand_side_by_side_under_the_corridor_that_is_best(
    table: pd.DataFrame,
) -> None:
    text = printed(comparison_view(table, ["severed-2026", "reopened"]))
    moscow = next(line for line in text.splitlines() if "Moscow" in line)
    assert moscow.count("tkr-tsr") == 2
    assert "−900" in moscow
    assert "opens" in text
    assert max(map(len, text.splitlines())) <= 120


def test_brackets_in_a_reason_are_not_markup(table: pd.DataFrame) -> None:
    text = printed(table_view(table.assign(status="no route", reason="[red]shut[/red]")))
    assert "[red]shut[/red]" in text
