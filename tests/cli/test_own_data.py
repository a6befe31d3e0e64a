"""The worked example of the README: every command of it, as a reader would type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo.cli.main import app

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES.parent)


def crescent(line: str) -> Result:
    """Run a command that must succeed."""
    done = CliRunner().invoke(app, line.split())
    assert done.exit_code == 0, done.output
    return done


def test_a_place_of_your_own_is_found() -> None:
    done = crescent("places haeju --places examples/my-places.csv --json")
    found = {row["place_id"]: row for row in json.loads(done.stdout)}
    assert found["haeju-dry-port"]["iso3"] == "PRK"
    assert "own data: my-places.csv: 2 places read" in done.stderr


def test_a_rate_of_your_own_is_told_with_its_source() -> None:
    done = crescent("sources haul-prk --rates examples/my-rates.csv")
    assert "own data: my-rates.csv" in done.stdout
    assert "0.55" in done.stdout
    listed = crescent("sources --kind own --rates examples/my-rates.csv")
    assert "own-rates-my-rates" in listed.stdout


def test_a_line_of_your_own_shortens_the_way_and_changes_the_bill() -> None:
    ask = "route Gaesong Haeju --scenario reopened --json"
    shipped = json.loads(crescent(ask).stdout)["routes"][0]
    done = crescent(f"{ask} --lines examples/my-lines.geojson --rates examples/my-rates.csv")
    mine = json.loads(done.stdout)["routes"][0]
    assert mine["distance_km"] < 0.5 * shipped["distance_km"]
    assert mine["usd_per_feu"] < shipped["usd_per_feu"]
    assert "kaesong-haeju: its end is joined to its station" in done.stderr
    sources = " ".join(str(row["source"]) for row in mine["bill"])
    assert "own-rates-my-rates" in sources
    assert "own-lines-my-lines" in sources
    text = crescent(
        "route Gaesong Haeju --scenario reopened --bill full"
        " --lines examples/my-lines.geojson --rates examples/my-rates.csv"
    ).stdout
    assert "Kaesong - Haeju new line" in text
    assert "USD 0.55 per FEU-km, 2024" in text
    assert "own data: my-rates.csv" in text


def test_a_line_of_your_own_is_in_the_layers(tmp_path: Path) -> None:
    file = tmp_path / "lines.geojson"
    crescent(f"layers lines -o {file} --lines examples/my-lines.geojson")
    names = {f["properties"]["name"] for f in json.loads(file.read_text("utf-8"))["features"]}
    assert "Kaesong - Haeju new line" in names


def test_names_are_shown_as_asked() -> None:
    ask = "route Kaesong Sariwon --scenario reopened"
    assert "Kaesong / Gaeseong → Sariwon" in crescent(ask).stdout
    assert "개성 → 사리원" in crescent(f"{ask} --names korean").stdout
    assert "Kaesong → Sariwon" in crescent(f"{ask} --names english").stdout


def test_a_bad_file_is_exit_4_and_one_that_is_not_there_exit_2(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes("name,lon,lat\n화성 기지,126.8,37.2\n".encode("cp949"))
    runner = CliRunner()
    done = runner.invoke(app, ["places", "--places", str(bad)])
    assert done.exit_code == 4
    assert "cp949 (Korean)" in done.stderr
    done = runner.invoke(app, ["route", "Busan", "Seoul", "--rates", "none.csv"])
    assert done.exit_code == 2
    assert "cannot read none.csv" in done.stderr


def test_corridors_and_goods_are_listed() -> None:
    assert "tkr-tsr" in crescent("corridors").stdout
    record = json.loads(crescent("corridors tkr-tsr --json").stdout)
    assert record["via"] == ["crossing:tumangang-khasan"]
    assert record["avoids"] == ["CHN", "line:bam"]
    assert "electronics" in crescent("goods").stdout
    assert json.loads(crescent("goods general --json").stdout)["usd_per_feu"] == 59400.0
    assert "59 400" in crescent("goods general").stdout.replace("\u202f", " ")
    for words in (["corridors", "tkr-tsx"], ["goods", "genral"]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 2
        assert "did you mean" in done.stderr
