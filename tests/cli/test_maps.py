"""`crescent map` and its kinds: files, JSON, help, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import geo.report.maps.picture
import geo.study
from geo.analysis import encircle, reach, robustness
from geo.cli.main import app
from geo.cli.map import KINDS
from geo.errors import OutputError
from tests.fakes import FakeStudy
from tests.report.maps.drawn import drawn_study, notes

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from geo.study import Study


@pytest.fixture(autouse=True)
def _empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the study made by hand in place of the real one."""
    monkeypatch.setattr(geo.study, "Study", FakeStudy)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Put a study of the small world in place of the real one."""
    study = drawn_study(tmp_path_factory.mktemp("small"))

    def at(scenario: str, **_options: Any) -> Study:
        return study.at(scenario)

    monkeypatch.setattr(geo.study, "Study", at)
    return study


def crescent(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_help_with_an_example_and_the_common_options(kind: str) -> None:
    text = crescent("map", kind, "--help").output
    assert f"Example: crescent map {kind}" in text
    for option in ("--output", "--png", "--tiles", "--names", "--json", "--places", "--network"):
        assert option in text, option


def test_help_of_map_lists_the_kinds_and_the_options_of_the_study() -> None:
    text = crescent("map", "--help").output
    for words in (*KINDS, "--scenario", "--goods", "--png", "Example: crescent map --scenario"):
        assert words in text, words


@pytest.mark.usefixtures("fake")
def test_without_a_kind_it_is_the_study(tmp_path: Path) -> None:
    done = crescent("map")
    assert done.exit_code == 0, done.output
    assert done.stdout == "Map: maps/map.html\n"
    assert (tmp_path / "maps" / "map.html").is_file()


@pytest.mark.usefixtures("fake")
def test_several_scenarios_make_a_switch(tmp_path: Path) -> None:
    done = crescent("map", "-s", "severed-2026", "-s", "reopened", "-o", "m.html", "--json")
    assert json.loads(done.stdout) == {
        "kind": "study",
        "scenario": "severed-2026",
        "scenarios": ["severed-2026", "reopened"],
        "file": "m.html",
    }
    assert '<select id="scenario">' in (tmp_path / "m.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("fake")
def test_a_corridor_has_its_ways_in_map_and_json(tmp_path: Path) -> None:
    done = crescent("map", "corridor", "busan", "moscow", "-s", "reopened", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert list(told) == ["kind", "origin", "destination", "scenario", "routes", "file"]
    assert len(told["routes"]) == 2
    html = (tmp_path / "maps" / "corridor.html").read_text(encoding="utf-8")
    assert "2 ways that differ" in notes(html)


@pytest.mark.usefixtures("fake")
def test_a_corridor_by_name_and_a_front(tmp_path: Path) -> None:
    words = ("map", "corridor", "busan", "moscow", "-s", "reopened", "-o", "c.html")
    assert crescent(*words, "--corridor", "tkr-tsr").exit_code == 0
    assert "1 way" in notes((tmp_path / "c.html").read_text(encoding="utf-8"))
    assert crescent(*words, "--pareto", "money,co2").exit_code == 0
    assert "no other beats" in notes((tmp_path / "c.html").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("fake")
def test_a_difference_has_the_rows_of_compare(tmp_path: Path) -> None:
    words = ("--origins", "gaesong,busan", "--destinations", "moscow", "-o", "d.html", "--json")
    done = crescent("map", "difference", "severed-2026", "reopened", *words)
    told = json.loads(done.stdout)
    assert told["scenarios"] == ["severed-2026", "reopened"]
    assert [row["route"] for row in told["rows"]] == ["base", "new", "base", "same"]
    assert " new " in notes((tmp_path / "d.html").read_text(encoding="utf-8"))
    alone = crescent("map", "difference", "reopened")
    assert alone.exit_code == 2
    assert "two states of the world" in alone.stderr


def test_reach_is_that_of_the_verb(small: Study, tmp_path: Path) -> None:
    done = crescent("map", "reach", "alpha", "--hours", "20,60", "-o", "r.html", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    found = reach(small, "alpha", measure="hours", limits=(20, 60)).to_dict()
    assert told == {"kind": "reach", **found, "file": "r.html"}
    assert "Isochrones of Alpha" in (tmp_path / "r.html").read_text(encoding="utf-8")
    both = crescent("map", "reach", "alpha", "--hours", "20", "--km", "5")
    assert both.exit_code == 2
    assert "limits of one measure" in both.stderr


def test_encirclement_is_that_of_the_verb(small: Study) -> None:
    words = ("--set", "ring", "--around", "bbb", "-s", "severed-2026", "-s", "shut", "--json")
    told = json.loads(crescent("map", "encirclement", *words).stdout)
    found = encircle(small, set_id="ring", around="BBB", also=["shut"]).to_dict()
    assert told == json.loads(
        json.dumps({"kind": "encirclement", **found, "file": "maps/encirclement.html"})
    )


def test_criticality_is_that_of_the_verb(small: Study) -> None:
    words = ("--origins", "alpha", "--destinations", "delta,isle", "--json")
    told = json.loads(crescent("map", "criticality", *words).stdout)
    found = robustness(small, ["alpha"], ["delta", "isle"]).to_dict()
    assert told["links"] == json.loads(json.dumps(found["links"]))
    assert told["file"] == "maps/criticality.html"


@pytest.mark.usefixtures("fake")
def test_a_picture_is_saved_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(geo.report.maps.picture, "find_browser", lambda: None)
    monkeypatch.setattr(
        geo.report.maps.picture,
        "save_picture",
        lambda html, png: asked.append((html.read_text(encoding="utf-8")[:15], str(png))),
    )
    done = crescent("map", "-o", "m.html", "--png", "m.png")
    assert done.stdout == "Map: m.html\nPicture: m.png\n"
    assert asked == [("<!DOCTYPE html>", "m.png")]
    told = crescent(
        "map", "corridor", "busan", "moscow", "-s", "reopened", "--png", "c.png", "--json"
    )
    assert json.loads(told.stdout)["png"] == "c.png"
    assert (tmp_path / "maps" / "corridor.html").is_file()


@pytest.mark.usefixtures("fake")
def test_without_a_browser_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none() -> None:
        message = "a picture of a map needs Chromium"
        raise OutputError(message)

    monkeypatch.setattr(geo.report.maps.picture, "find_browser", none)
    done = crescent("map", "-o", "m.html", "--png", "m.png")
    assert done.exit_code == 2
    assert done.stderr == "crescent: a picture of a map needs Chromium\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("map", "weather"), "No such command 'weather'"),
        (("map", "-s", "reopened", "reach", "Busan"), "--scenario stands before the kind"),
        (("map", "corridor", "Busan"), "Missing argument 'B'"),
        (("map", "corridor", "Busn", "Moscow"), "unknown place 'Busn'"),
        (("map", "reach", "Busan", "--hours", "soon"), "--hours takes numbers"),
    ],
)
def test_wrong_use_is_exit_2(words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = crescent(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.usefixtures("fake")
def test_errors_are_json_where_json_is_asked_for() -> None:
    done = crescent("map", "-s", "nowhere", "--json")
    assert json.loads(done.stderr)["error"] == "UnknownNameError"
    assert crescent("map", "corridor", "Busan", "Busn", "--json").stderr.startswith("{")
