"""`crescent sweep` on the small world: what it prints, writes and refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from tests.small import small_study

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from geo.study import Study

PAIRS = ("--origins", "alpha", "--destinations", "delta,isle", "--workers", "1")


@pytest.fixture(autouse=True)
def _small_study(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put the small world in place of the real one, in an empty folder."""

    def make(scenario: str, **options: Any) -> Study:
        options.pop("atlas")
        return small_study(tmp_path / "atlas", scenario, **options)

    # The class itself makes the small study, so it is put back while that happens.
    real = geo.study.Study
    monkeypatch.setattr(geo.study, "Study", make)
    monkeypatch.setattr("tests.small.Study", real)
    monkeypatch.chdir(tmp_path)


def crescent(*words: str) -> Result:
    return CliRunner().invoke(app, ["sweep", *PAIRS, *words])


def test_a_table_with_bands_and_the_files(tmp_path: Path) -> None:
    done = crescent("--draws", "40", "-s", "severed-2026", "-s", "shut", "--out", "out")
    assert done.exit_code == 0, done.output
    assert "Sweep of 40 draws (latin, seed 1)" in done.stdout
    assert "alpha – delta" in done.stdout
    assert "First" in done.stdout
    assert "Files: out (2 blocks; sweep.json" in done.stdout
    names = {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.glob("out/**/*.*")}
    assert names == {
        *("sweep.json", "draws.parquet", "distributions.parquet", "summary.parquet"),
        *("ranks.parquet", "blocks/severed-2026/block-000000.parquet"),
        "blocks/shut/block-000000.parquet",
    }
    assert (
        "2 of them kept"
        in crescent("--draws", "40", "-s", "severed-2026", "-s", "shut", "--out", "out").stdout
    )


def test_json_is_the_summary(tmp_path: Path) -> None:
    done = crescent("--draws", "30", "--seed", "7", "--sampling", "sobol", "--json", "--tornado")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["parameters"]["seed"] == 7
    assert [row["destination"] for row in found["summary"]] == ["delta", "isle"]
    assert all(row["usd_p5"] < row["usd_p95"] for row in found["summary"])
    assert found["tornado"]["severed-2026"][0]["swing"] > 0
    written = pd.read_parquet(tmp_path / "sweep" / "tornado-severed-2026.parquet")
    assert len(written) == len(found["tornado"]["severed-2026"])


def test_another_seed_needs_another_folder() -> None:
    assert crescent("--draws", "20").exit_code == 0
    done = crescent("--draws", "20", "--seed", "2")
    assert done.exit_code == 2
    assert "holds blocks of another sweep" in done.output
