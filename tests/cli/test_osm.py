"""`crescent osm import` and `--network`, as a user gives them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from tests.osm_files import RAIL, drawn, spot, write_osm

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def crescent(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, words)


@pytest.fixture
def korea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a file of one line, and go where it lies."""
    monkeypatch.chdir(tmp_path)
    ends = [spot("Seoul"), spot("Daejeon"), spot("Busan")]
    points, ways = drawn((ends, RAIL | {"gauge": "broad"}))
    ways[99] = ([1, 2], {"railway": "tram"})
    return write_osm(tmp_path / "korea.osm.pbf", points, ways)


def test_import_and_route(korea: Path) -> None:
    done = crescent("osm", "import", korea.name)
    assert done.exit_code == 0, done.output
    told = " ".join(done.stdout.split())
    for words in (
        "ODbL",
        "3 ways with a railway tag read",
        "tram 1",
        "gauge=broad 2",
        "crescent route A B --network korea-network",
    ):
        assert words in told
    route = crescent("route", "Seoul", "Busan", "--network", "korea-network", "--json")
    assert route.exit_code == 0, route.output
    legs = json.loads(route.stdout)["routes"][0]["legs"]
    assert "rail" in [leg["mode"] for leg in legs]
    layers = crescent("layers", "--network", "korea-network", "--json")
    assert layers.exit_code == 0, layers.output


def test_import_as_json(korea: Path) -> None:
    done = crescent("osm", "import", str(korea), "-o", "net", "--json")
    told = json.loads(done.stdout)
    assert told["folder"] == "net"
    assert told["counts"]["ways_read"] == 3
    assert told["left_out"] == {"tram": 1}
    assert told["not_understood"] == {"gauge=broad": 2}
    assert (korea.parent / "net" / "datapackage.json").is_file()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "name one source"),
        (("korea.osm.pbf", "--place", "Seoul"), 2, "name one source"),
        (("none.osm.pbf",), 2, "cannot read none.osm.pbf"),
        (("--bbox", "1,2,3"), 2, "expected four numbers"),
        (("--bbox", "37,126,38,127"), 2, "swapped"),
        (("cut.osm.pbf",), 4, "cut short"),
        (("roads.osm",), 4, "holds no railway"),
        (("korea.osm.pbf", "-o", "."), 2, "holds other files"),
    ],
)
def test_what_cannot_be_imported(
    korea: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    folder = korea.parent
    (folder / "cut.osm.pbf").write_bytes(korea.read_bytes()[:-30])
    write_osm(folder / "roads.osm", {1: (1.0, 1.0), 2: (1.1, 1.0)}, {1: ([1, 2], {"highway": "x"})})
    before = {path.name for path in folder.iterdir()}
    done = crescent("osm", "import", *words)
    assert done.exit_code == code, done.output
    assert message in done.stderr
    assert done.stdout == ""
    assert {path.name for path in folder.iterdir()} == before


def test_a_folder_that_is_no_network(tmp_path: Path) -> None:
    done = crescent("route", "Seoul", "Busan", "--network", str(tmp_path))
    assert done.exit_code == 2
    assert "holds no imported network" in done.stderr
