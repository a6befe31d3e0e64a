"""Every bad input that a user may bring: its message, its exit code, and nothing half-written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import geo.files
import geo.network
import geo.study
from geo.cli.main import app
from geo.files import data_root
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

ROUTE = ("route", "Busan", "Moscow")


def crescent(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def _one_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command use the network that is there already."""
    network = study().network
    monkeypatch.setattr(geo.study, "build_network", lambda _atlas, **_points: network)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data, to be damaged, in the place of the real one."""
    root = tmp_path / "data"
    real = data_root()
    shutil.copytree(real, root, ignore=shutil.ignore_patterns("layers", "*.py", "__pycache__"))
    (root / "layers").mkdir()
    for layer in (real / "layers").iterdir():
        (root / "layers" / layer.name).symlink_to(layer)
    monkeypatch.setattr(geo.files, "data_root", lambda: root)
    monkeypatch.chdir(tmp_path)
    return root


def replace_in(path: Path, old: str, new: str) -> int:
    """Replace the first such text of a file and return the number of its row."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(done: Result, code: int, *words: str) -> None:
    """Check that a command ended with a code and said some words, on stderr and in no traceback."""
    assert done.exit_code == code, (done.output, done.exception)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.usefixtures("_one_network")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Atlantis-on-Sea", "Moscow"), "unknown place 'Atlantis-on-Sea'"),
        (("Busn", "Moscow"), "did you mean Busan"),
        (("Busan", "Moscov"), "did you mean Moscow"),
        (("Busan", "Moscow", "--scenario", "reopend"), "did you mean reopened"),
        (("Busan", "Moscow", "--scenario", "none.toml"), "there is no scenario file none.toml"),
        (("Busan", "Moscow", "--corridor", "tkr-tsx"), "did you mean tkr-ts"),
        (("Busan", "Moscow", "--via", "Xiann"), "unknown place 'Xiann'"),
        (("Busan", "Moscow", "--goods", "generl"), "did you mean general"),
        (("Busan", "Moscow", "--modes", "rail,air"), "unknown mode 'air'"),
        (("200,95", "Moscow"), "200"),
    ],
)
def test_an_unknown_name_is_exit_2_with_the_nearest(words: tuple[str, ...], message: str) -> None:
    refused(crescent("route", *words), 2, message)


def test_a_place_in_no_reach_of_a_railway_is_exit_3_with_its_distance() -> None:
    # The Changtang, some 600 km from the railway to Lhasa.
    refused(crescent("route", "84.0,34.0", "Moscow"), 3, "km from the nearest railway")


@pytest.mark.usefixtures("_one_network")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('close = ["crossing:dorasan"]', "unknown link 'crossing:dorasan'; nearest:"),
        (
            '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = -0.5',
            "haul-rus money: expected 0 <= low <= set <= high, got -0.5",
        ),
        ('parent = "{here}"', "its own ancestor"),
        ("close = [", "not valid TOML"),
        ('shut = ["passage:suez"]', "unknown key 'shut'"),
    ],
)
def test_a_scenario_that_cannot_be_is_exit_2(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    head = 'id = "mine"\ntitle = "Mine"\ndate = 2026-01-01\n'
    path.write_text(head + text.format(here=path), encoding="utf-8")
    refused(crescent(*ROUTE, "--scenario", str(path)), 2, message)


@pytest.mark.usefixtures("_one_network")
def test_a_missing_column_is_exit_4_with_file_and_column(data: Path) -> None:
    replace_in(data / "rates.csv", "item_id,measure,base,", "item_id,measure,bass,")
    refused(crescent(*ROUTE), 4, "rates.csv", "base", "the column is missing")


@pytest.mark.usefixtures("_one_network")
@pytest.mark.parametrize("cell", ["cheap", "nan", "inf", ""])
def test_a_cell_that_is_no_number_is_exit_4_with_its_row(data: Path, cell: str) -> None:
    row = replace_in(data / "rates.csv", "haul-chn,money,2.754,", f"haul-chn,money,{cell},")
    refused(crescent(*ROUTE), 4, f"rates.csv, row {row}, base:")


@pytest.mark.usefixtures("_one_network")
def test_a_negative_rate_is_exit_4_with_its_row(data: Path) -> None:
    row = replace_in(
        data / "rates.csv", "haul-chn,money,2.754,1.928,", "haul-chn,money,2.754,-1.928,"
    )
    refused(crescent(*ROUTE), 4, f"rates.csv, row {row}, low:", "-1.928")


@pytest.mark.usefixtures("_one_network")
def test_a_source_that_is_not_there_is_exit_4_with_its_row(data: Path) -> None:
    row = replace_in(data / "rates.csv", ",korea-net-2018,", ",korea-net-2081,")
    refused(crescent(*ROUTE), 4, f"rates.csv, row {row}, source_ids:", "korea-net-2081")


@pytest.mark.usefixtures("_one_network")
def test_two_charges_for_one_thing_are_exit_4_and_both_named(data: Path) -> None:
    text = (data / "items.csv").read_text(encoding="utf-8")
    (line,) = [row for row in text.splitlines() if row.startswith("run-rus,")]
    replace_in(data / "items.csv", line, line.replace("running:RUS", "haulage:RUS"))
    done = crescent("route", "Vladivostok", "Moscow", "--modes", "rail")
    refused(done, 4, "items.csv", "run-rus", "haul-rus", "both charge for haulage:RUS")


@pytest.mark.parametrize("layer", ["rail_edges", "rail_nodes", "sea_lanes"])
def test_a_damaged_parquet_is_exit_4_with_its_name(data: Path, layer: str) -> None:
    path = data / "layers" / f"{layer}.parquet"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])
    refused(crescent(*ROUTE), 4, f"layers/{layer}.parquet")


def test_data_verify_finds_a_damaged_layer_and_is_exit_4(data: Path) -> None:
    path = data / "layers" / "sea_edges.parquet"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1])
    done = crescent("data", "verify")
    assert done.exit_code == 4
    assert "layers/sea_edges.parquet" in done.stderr


@pytest.mark.parametrize("file", ["rates.csv", "layers/rail_edges.parquet", "datapackage.json"])
def test_a_missing_file_is_exit_4_with_its_name(data: Path, file: str) -> None:
    (data / file).unlink()
    refused(crescent(*ROUTE), 4, file)


@pytest.mark.parametrize(
    "words",
    [
        ("study", "--out", "blocked/maps"),
        ("map", "-o", "blocked/map.html"),
        ("table", "-o", "blocked/t.csv", "--origins", "busan", "--destinations", "moscow"),
        ("layers", "crossings", "-o", "blocked/l.geojson"),
    ],
)
@pytest.mark.usefixtures("_one_network")
def test_an_unwritable_folder_is_exit_2_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blocked").write_text("a file in the way", encoding="utf-8")
    refused(crescent(*words), 2, "cannot write", "blocked")
    assert [path.name for path in tmp_path.iterdir()] == ["blocked"]
    assert (tmp_path / "blocked").read_text(encoding="utf-8") == "a file in the way"


@pytest.mark.usefixtures("_one_network")
@pytest.mark.parametrize(
    "words",
    [("study", "--out", "here"), ("table", "-o", "here/t.csv"), ("map", "-o", "here/m.html")],
)
def test_what_fails_on_the_way_leaves_the_old_files_and_no_pieces(
    data: Path, words: tuple[str, ...]
) -> None:
    here = data.parent / "here"
    here.mkdir()
    for name in ("study.html", "study.csv", "t.csv", "m.html"):
        (here / name).write_text("of yesterday", encoding="utf-8")
    replace_in(data / "line_stations.csv", "tsr,1,uglovaya,35.8,", "tsr,1,uglovaya,far,")
    refused(crescent(*words), 4, "line_stations.csv", "tariff_km")
    assert sorted(path.name for path in here.iterdir()) == [
        *("m.html", "study.csv", "study.html", "t.csv"),
    ]
    assert {path.read_text(encoding="utf-8") for path in here.iterdir()} == {"of yesterday"}
