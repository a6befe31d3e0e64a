"""The verbs of the command: output, JSON, files and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo.atlas
import geo.study
from geo.atlas.verify import Problem
from geo.cli.main import app
from geo.errors import DataError
from geo.outcome import TABLE_COLUMNS
from geo.report import check
from tests import worlds
from tests.fakes import FakeAtlas, FakeStudy

if TYPE_CHECKING:
    from typer.testing import Result

VERBS = (
    *("study", "route", "table", "map", "layers", "scenarios", "places", "check"),
    *("corridors", "goods", "sources"),
)


@pytest.fixture(autouse=True)
def _small_study(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put the small study in place of the real one, in an empty folder."""
    monkeypatch.setattr(geo.study, "Study", FakeStudy)
    monkeypatch.chdir(tmp_path)


def crescent(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, list(words))


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from geo.cli.main import app; import typer.testing as t;"
        "r = t.CliRunner().invoke(app, ['--help']); assert r.exit_code == 0;"
        "heavy = {'numpy', 'pandas', 'geopandas', 'scipy', 'folium'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    home = Path(geo.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=home
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example_and_json(verb: str) -> None:
    text = crescent(verb, "--help").output
    assert "Example: crescent " + verb in text
    assert "--json" in text


def test_route_tells_the_way_and_its_bill() -> None:
    done = crescent("route", "Busan", "Moscow", "--scenario", "reopened")
    assert done.exit_code == 0
    assert "Busan → Moscow" in done.stdout
    assert "Haul rus" in done.stdout


def test_route_as_json_has_the_promised_keys() -> None:
    done = crescent("route", "Busan", "Moscow", "-s", "reopened", "--json")
    answer = json.loads(done.stdout)
    assert list(answer) == ["origin", "destination", "scenario", "routes"]
    route = answer["routes"][0]
    assert {"corridor", "distance_km", "usd_low", "legs", "bill", "legal_status"} <= set(route)
    assert sum(leg["km"] for leg in route["legs"]) == pytest.approx(route["distance_km"])
    assert sum(row["usd"] for row in route["bill"]) == pytest.approx(route["usd_per_feu"])


def test_route_hands_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    class Listening(FakeStudy):
        def __init__(self, scenario: str, **options: object) -> None:
            seen.update(options)
            super().__init__(scenario)

        def route(self, origin: str, destination: str, **options: object) -> Any:
            seen.update(options)
            return super().route(origin, destination)

    monkeypatch.setattr(geo.study, "Study", Listening)
    done = crescent(
        *("route", "Busan", "Moscow", "--via", "gaesong:reload", "--via", "hanoi"),
        *("--modes", "Rail, sea", "--objective", "co2", "--time-value", "capital-cost"),
        *("--goods", "electronics", "--corridor", "tkr-tsr"),
    )
    assert done.exit_code == 0, done.output
    assert seen == {
        "via": ("gaesong:reload", "hanoi"),
        "modes": ("rail", "sea"),
        "objective": "co2",
        "time_value": "capital-cost",
        "goods": "electronics",
        "corridor": "tkr-tsr",
        "names": "dual",
        "atlas": None,
    }


def test_route_shows_several_ways_a_row_each() -> None:
    done = crescent("route", "Busan", "Moscow", "-s", "reopened", "--alternatives", "2")
    assert done.exit_code == 0, done.output
    assert "2 ways that differ" in done.stdout
    assert "Dorasan–Panmun · Tumangang–Khasan" in done.stdout
    front = crescent("route", "Busan", "Moscow", "-s", "reopened", "--pareto", "Money, CO2")
    assert front.exit_code == 0, front.output
    assert "2 ways that no other beats in money and CO₂" in front.stdout
    # The two cost nearly the same: one row stands for both.
    assert "within 1 % of a shown one" in " ".join(front.stdout.replace("%", " %").split())


def test_several_ways_as_json_are_a_list_of_routes() -> None:
    done = crescent("route", "Busan", "Moscow", "-s", "reopened", "--alternatives", "2", "--json")
    answer = json.loads(done.stdout)
    assert list(answer) == ["origin", "destination", "scenario", "routes"]
    assert [route["way"]["gates"][-1] for route in answer["routes"]] == [
        "Tumangang - Khasan",
        "ship Busan-Dalian",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--alternatives", "2", "--pareto", "money,hours"), "either for --alternatives or"),
        (("--alternatives", "2", "--via", "gaesong"), "leave out --via"),
        (("--pareto", "money"), "two or three different criteria of money, hours, co2"),
        (("--pareto", "money,money"), "two or three different criteria"),
        (("--pareto", "money,speed"), "unknown criterion 'speed'"),
    ],
)
def test_several_ways_are_refused_where_they_make_no_sense(
    words: tuple[str, ...], message: str
) -> None:
    done = crescent("route", "Busan", "Moscow", "-s", "reopened", *words)
    assert done.exit_code == 2
    assert message in done.stderr


def test_no_route_is_exit_3_and_names_what_is_closed() -> None:
    done = crescent("route", "Gaesong", "Moscow")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "Dorasan–Panmun severed" in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_are_json_where_json_is_asked_for() -> None:
    done = crescent("route", "Gaesong", "Moscow", "--json")
    assert done.exit_code == 3
    record = json.loads(done.stderr)
    assert record["error"] == "NoRouteError"
    assert record["exit_code"] == 3
    assert record["origin"] == "Gaesong"
    assert record["causes"] == ["border crossing Dorasan–Panmun severed since 2024-10-15"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("route", "Busn", "Moscow"), "unknown place 'Busn'; did you mean Busan?"),
        (("route", "Busan", "Moscow", "-s", "sevred"), "unknown scenario 'sevred'"),
        (("route", "Busan", "Moscow", "--modes", "air"), "unknown mode 'air'"),
        (("route", "Busan", "Moscow", "--modes", ","), "no mode is named"),
        (("table", "--origins", "nowhere"), "unknown place 'nowhere'"),
        (("table", "-o", "a.xml"), "cannot tell the format of a.xml"),
        (("layers", "line"), "unknown layer 'line'"),
        (("layers", "lines", "-o", "a.shp"), "cannot tell the format of a.shp"),
        (("route", "Busan"), "Missing argument 'B'"),
        (("route", "Busan", "Moscow", "--objective", "beauty"), "beauty"),
    ],
)
def test_wrong_use_is_exit_2(words: tuple[str, ...], message: str) -> None:
    done = crescent(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_damaged_data_is_exit_4_with_the_spot(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_words: object, **_options: object) -> None:
        file = "data/rates.csv"
        raise DataError(file, 14, "base", "expected a number, got 'n/a'")

    monkeypatch.setattr(geo.study, "Study", damaged)
    done = crescent("table", "--json")
    assert done.exit_code == 4
    record = json.loads(done.stderr)
    assert (record["file"], record["row"], record["column"]) == ("data/rates.csv", 14, "base")


def test_table_in_every_format(tmp_path: Path) -> None:
    words = ("table", "--origins", "busan,zones", "--destinations", "moscow", "-s", "reopened")
    assert "From Busan" in crescent(*words).stdout
    assert crescent(*words, "-f", "csv").stdout.startswith(",".join(TABLE_COLUMNS))
    assert crescent(*words, "-f", "md").stdout.startswith("| Origin |")
    rows = json.loads(crescent(*words, "--json").stdout)
    assert [row["origin"] for row in rows] == ["Busan", "Gaesong"]
    done = crescent(*words, "-o", str(tmp_path / "new" / "t.md"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "new" / "t.md").read_text(encoding="utf-8").startswith("| Origin |")


def test_table_of_several_scenarios_and_corridors() -> None:
    done = crescent(
        *("table", "--destinations", "crescent", "--corridors", "all", "--json"),
        *("--scenario", "severed-2026", "--scenario", "reopened"),
    )
    rows = json.loads(done.stdout)
    assert len(rows) == 2 * 3 * 2
    assert {row["scenario"] for row in rows} == {"severed-2026", "reopened"}


def test_study_prints_the_table_and_writes_map_and_csv(tmp_path: Path) -> None:
    done = crescent("study", "--out", "here")
    assert done.exit_code == 0, done.output
    assert "severed-2026" in done.stdout
    assert "reopened" in done.stdout
    assert sorted(p.name for p in (tmp_path / "here").iterdir()) == ["study.csv", "study.html"]
    rows = pd.read_csv(tmp_path / "here" / "study.csv")
    assert set(rows["scenario"]) == {"severed-2026", "reopened"}
    assert set(rows["corridor"]) == {"best", "tkr-tsr", "sea-suez"}
    table = done.stdout.partition("Map:")[0]
    assert max(map(len, table.splitlines())) <= 120


@pytest.mark.parametrize(("name", "ending"), [("md", "md"), ("latex", "tex"), ("json", "json")])
def test_study_writes_its_table_in_the_format_asked_for(
    tmp_path: Path, name: str, ending: str
) -> None:
    done = crescent("study", "--out", "here", "--format", name)
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert names == {f"study.{ending}", "study.html"}


def test_study_as_json_of_one_scenario() -> None:
    answer = json.loads(crescent("study", "--scenario", "reopened", "--json").stdout)
    assert answer["scenarios"] == ["reopened"]
    assert answer["files"]["map"].endswith("study.html")
    assert list(answer["rows"][0]) == list(TABLE_COLUMNS)


@pytest.mark.parametrize(
    "words",
    [
        ("study", "--out", "blocked/maps"),
        ("map", "-o", "blocked/map.html"),
        ("table", "-o", "blocked/t.csv"),
        ("layers", "lines", "-o", "blocked/l.gpkg"),
    ],
)
def test_an_unwritable_output_is_exit_2_and_leaves_nothing(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "blocked").write_text("a file in the way", encoding="utf-8")
    done = crescent(*words)
    assert done.exit_code == 2
    assert "cannot write" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["blocked"]


def test_a_study_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_study: FakeStudy) -> None:
        file = "data/layers/rail_edges.parquet"
        raise DataError(file, problem="damaged")

    monkeypatch.setattr(FakeStudy, "layers", damaged)
    assert crescent("study", "--out", "here").exit_code == 4
    assert not list((tmp_path / "here").iterdir())


def test_map_is_written(tmp_path: Path) -> None:
    done = crescent("map", "--scenario", "reopened", "-o", "m.html", "--json")
    assert json.loads(done.stdout) == {"kind": "study", "scenario": "reopened", "file": "m.html"}
    assert "<!DOCTYPE html>" in (tmp_path / "m.html").read_text(encoding="utf-8")


def test_layers_are_listed_shown_and_written(tmp_path: Path) -> None:
    assert "crossings" in crescent("layers").stdout
    assert json.loads(crescent("layers", "--json").stdout)[0]["layer"] == "states"
    assert "gyeongui" in crescent("layers", "lines").stdout
    assert json.loads(crescent("layers", "lines", "--json").stdout)["type"] == "FeatureCollection"
    assert crescent("layers", "-o", "all.gpkg").exit_code == 0
    assert (tmp_path / "all.gpkg").is_file()


class _Atlas(FakeAtlas):
    """The small atlas with what the lesser verbs ask of it."""

    problems: tuple[Problem, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.resources = {"rates": None}

    def search_places(self, text: str) -> pd.DataFrame:
        found = self.places[self.places["name"].str.contains(text, case=False)]
        return found.assign(matched=found["name"])

    def verify(self) -> tuple[Problem, ...]:
        return self.problems


@pytest.fixture
def atlas(monkeypatch: pytest.MonkeyPatch) -> type[_Atlas]:
    """Put the small atlas in place of the real one."""

    class Mine(_Atlas):
        pass

    monkeypatch.setattr(geo.atlas, "Atlas", Mine)
    monkeypatch.setattr(geo.atlas, "named", lambda atlas, _style: atlas)
    return Mine


@pytest.mark.usefixtures("atlas")
def test_places_are_listed_and_searched() -> None:
    assert "Rotterdam" in crescent("places").stdout
    found = json.loads(crescent("places", "gaes", "--json").stdout)
    assert [row["place_id"] for row in found] == ["gaesong"]
    assert crescent("places", "xyzzy").exit_code == 2


def test_check_passes_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.study.Study", worlds.study)
    done = crescent("check", "--json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert [said["ok"], *(said[part]["ok"] for part in ("sea", "road", "times"))] == [True] * 4
    honest = check.check_lengths

    def of_twice_the_length(published: pd.DataFrame, *others: pd.DataFrame) -> Any:
        return honest(published.assign(length_km=2 * published["length_km"]), *others)

    monkeypatch.setattr(check, "check_lengths", of_twice_the_length)
    done = crescent("check", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["counts"]["out"] > 100


def test_data_verify(atlas: type[_Atlas]) -> None:
    assert crescent("data", "verify").exit_code == 0
    atlas.problems = (Problem("data/rates.csv", "missing"),)
    done = crescent("data", "verify")
    assert done.exit_code == 4
    assert "data/rates.csv: missing" in done.stderr
    assert json.loads(crescent("data", "verify", "--json").stdout)["ok"] is False


def test_version() -> None:
    assert crescent("--version").stdout.startswith("crescent ")
