"""Every verb with a table tells it in every format, through one writer."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from geo.study import Study

# the verb and what is asked of it; the sheet of its main table; the way to its rows in JSON
ANSWERS = (
    ("goods", "goods", ()),
    ("corridors", "corridors", ()),
    ("scenarios", "scenarios", ()),
    ("sources", "sources", ()),
    ("sources haul-rus", "rows", None),
    ("places kaes", "places", ()),
    ("audit", "claims", ()),
    ("sets", "sets", ("sets",)),
    ("balance --buffers MNG --water 0", "groups", ("groups",)),
    ("alliances", "networks", ("networks",)),
    ("layers", "layers", ()),
    ("layers crossings", "crossings", ("features",)),
    ("check", "rail", ("rows",)),
    ("table --destinations moscow", "routes", ()),
    ("compare severed-2026 reopened --destinations moscow", "comparison", ()),
    ("route Busan Moscow -s reopened", "routes", ("routes",)),
    ("decide Busan Moscow -s reopened --ways tkr-tsr,best", "by_goods", ("by_goods",)),
    ("reach Seoul --km 20", "limits", ("limits",)),
    ("encircle -s severed-2026", "members", ("members",)),
    ("zones gaesong -s reopened", "zones", None),
    ("tracks --path stalled --pairs Gaesong:Seoul", "pairs", None),
    ("tracks --levels", "levels", ()),
    ("rankings eremina-sohn-2010", "rankings", ()),
    (
        "rank reopen-gyeongui --origins seoul --destinations beijing",
        "projects",
        ("projects",),
    ),
    (
        "robustness --origins busan --destinations beijing --kinds crossing -s reopened",
        "links",
        ("links",),
    ),
    (
        "sweep --destinations beijing --draws 2 --workers 1 -s reopened",
        "summary",
        ("summary",),
    ),
)
TEXTS = ("goods", "table --destinations moscow")


@pytest.fixture(autouse=True)
def _shared_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the verbs use the studies of all tests, in an empty folder."""

    def shared(scenario: str = "severed-2026", *, goods: str = "general", **_: object) -> Study:
        return study(scenario).carrying(goods)

    monkeypatch.setattr(geo.study, "Study", shared)
    monkeypatch.chdir(tmp_path)


def crescent(words: str, *more: str) -> Result:
    return CliRunner().invoke(app, [*words.split(), *more])


def rows_of(record: Any, way: tuple[str, ...]) -> int:
    for name in way:
        record = record[name]
    return len(record)


@pytest.mark.parametrize(("words", "main", "way"), ANSWERS, ids=[one[0] for one in ANSWERS])
def test_a_workbook_has_the_rows_of_the_answer_with_sources_and_notes(
    words: str, main: str, way: tuple[str, ...] | None
) -> None:
    done = crescent(words, "-o", "t.xlsx", "--json")
    assert done.exit_code == 0, done.output
    book = CalamineWorkbook.from_path("t.xlsx")
    assert book.sheet_names[0] == main
    head, units, *rows = book.get_sheet_by_name(main).to_python()
    assert all(head)
    assert len(units) == len(head)
    if way is not None:
        assert len(rows) == rows_of(json.loads(done.stdout), way)
    sources = book.get_sheet_by_name("sources").to_python()
    assert len(sources) > 1
    assert sources[0][0] == "source"
    notes = {str(name): str(text) for name, text in book.get_sheet_by_name("notes").to_python()}
    assert notes["data"].startswith("sha256:")


@pytest.mark.parametrize("words", TEXTS)
def test_texts_go_to_the_terminal_or_to_a_file_and_are_the_same(tmp_path: Path, words: str) -> None:
    for name, ending in (("csv", ".csv"), ("md", ".md"), ("latex", ".tex"), ("json", ".json")):
        printed = crescent(words, "-f", name)
        assert printed.exit_code == 0, printed.output
        written = crescent(words, "-o", f"t{ending}")
        assert written.exit_code == 0, written.output
        assert written.stdout == ""
        assert (tmp_path / f"t{ending}").read_text(encoding="utf-8") == printed.stdout
    assert json.loads(crescent(words, "--json").stdout) == json.loads(
        (tmp_path / "t.json").read_text(encoding="utf-8")
    )


def test_a_main_table_without_rows_has_its_head() -> None:
    done = crescent(
        "robustness --origins busan --destinations beijing --kinds passage -s reopened", "-f", "csv"
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("link,")
    assert len(done.stdout.splitlines()) == 1


def test_csv_says_what_it_leaves_out_and_lays_it_beside_a_file(tmp_path: Path) -> None:
    words = "sets sco"
    printed = crescent(words, "-f", "csv")
    assert "-o FILE.csv writes sets, overlaps beside it" in printed.stderr
    crescent(words, "-o", "t.csv")
    assert {file.name for file in tmp_path.iterdir()} == {
        *("t.csv", "t-sets.csv", "t-overlaps.csv")
    }
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text(encoding="utf-8"))))
    assert {row["iso3"] for row in rows} >= {"CHN", "RUS", "KAZ"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "goods -o a.ods",
            "cannot tell the format of a.ods: give --format or end the name in .csv",
        ),
        ("goods -f ods", "'csv', 'xlsx', 'md', 'latex', 'json'"),
        ("goods -f xlsx", "name a file by -o FILE.xlsx"),
        ("layers lines -o a.ods", "expected one of .gpkg, .parquet, .geojson, .kml, .csv, .xlsx"),
        ("layers -o a.kml", "only a .gpkg file holds every layer"),
        ("route Busan Moscow -o a.ods", "expected one of .gpkg, .parquet, .geojson, .kml"),
    ],
)
def test_a_wrong_format_names_the_known_ones(tmp_path: Path, words: str, message: str) -> None:
    done = crescent(words)
    assert done.exit_code == 2
    said = " ".join(done.stderr.replace("│", " ").split())
    assert message in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.md", "t.tex", "t.json"])
def test_an_unwritable_folder_is_exit_2(tmp_path: Path, name: str) -> None:
    (tmp_path / "blocked").write_text("in the way", encoding="utf-8")
    done = crescent("goods", "-o", f"blocked/{name}")
    assert done.exit_code == 2
    assert "cannot write" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["blocked"]


@pytest.mark.parametrize("ending", ["gpkg", "parquet", "geojson", "kml"])
def test_a_route_is_written_as_a_layer(tmp_path: Path, ending: str) -> None:
    done = crescent("route Busan Moscow -s reopened", "-o", f"r.{ending}")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"Layers: r.{ending}\n"
    assert (tmp_path / f"r.{ending}").stat().st_size > 10_000
