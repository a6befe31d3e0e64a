"""The folder of a network: whole or not at all, and read back only as it was written."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.errors import DataError, MissingDataError, OutputError, UsageError
from geo.files import sha256_of
from geo.network import network_overlay
from tests.osm_files import RAIL, atlas, imported

if TYPE_CHECKING:
    from pathlib import Path

POINTS = {1: (103.2, 45.5), 2: (103.4, 45.6), 3: (103.6, 45.5)}
WAYS = {1: ([1, 2, 3], dict(RAIL)), 2: ([2, 99], {"railway": "rail", "gauge": "broad"})}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a network that tests copy."""
    return made(tmp_path_factory.mktemp("network"))


def made(folder: Path) -> Path:
    """Import a file into a folder."""
    return imported(folder, POINTS, WAYS)


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """Return a copy of a network, to be damaged."""
    return shutil.copytree(written, tmp_path / "net")


def test_the_package_says_source_licence_counts_and_hashes(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"][0]["name"] == "ODbL-1.0"
    assert "OpenStreetMap contributors" in package["sources"][0]["title"]
    assert package["report"]["counts"]["ways_read"] == 2
    assert package["report"]["counts"]["nodes_missing"] == 1
    assert package["report"]["not_understood"] == {"gauge=broad": 1}
    for resource in package["resources"]:
        path = folder / resource["path"]
        assert resource["hash"] == f"sha256:{sha256_of(path)}"
        assert resource["bytes"] == path.stat().st_size
        assert resource["licenses"][0]["name"] == "ODbL-1.0"
        columns = set(pd.read_parquet(path).columns)
        assert columns <= {field["name"] for field in resource["schema"]["fields"]}


def test_the_same_file_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = made(tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_it_stands_in_the_place_of_what_ships(folder: Path) -> None:
    over = atlas().over(network_overlay(folder, atlas()))
    assert len(over.rail_edges) == 1
    assert over.rail_edges["status"].tolist() == ["open"]
    assert len(over.rail_nodes) == 2
    assert len(over.line_parts) == 0
    assert len(over.places) == len(atlas().places)
    assert len(atlas().rail_edges) > 1000


def test_a_folder_that_is_no_network_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no imported network"):
        network_overlay(tmp_path, atlas())
    with pytest.raises(UsageError, match="is no folder"):
        network_overlay(tmp_path / "none", atlas())


def test_a_file_that_was_changed_is_refused(folder: Path) -> None:
    path = folder / "rail_nodes.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DataError, match=r"rail_nodes\.parquet: is not the file"):
        network_overlay(folder, atlas())
    path.unlink()
    with pytest.raises(MissingDataError, match=r"rail_nodes\.parquet"):
        network_overlay(folder, atlas())


def test_a_place_that_the_data_lacks_is_refused(folder: Path) -> None:
    path = folder / "rail_nodes.parquet"
    nodes = pd.read_parquet(path)
    nodes.loc[0, "place_ids"] = "atlantis"
    nodes.to_parquet(path)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["hash"] = f"sha256:{sha256_of(folder / resource['path'])}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataError, match="'atlantis' is not among the places"):
        network_overlay(folder, atlas())


def test_a_network_is_replaced_and_nothing_else(folder: Path) -> None:
    # Written into the folder that holds the copy: the copy is a network and goes.
    (folder / "rail_nodes.parquet").write_bytes(b"damaged")
    assert made(folder.parent) == folder
    assert network_overlay(folder, atlas()).whole.keys() == {
        "rail_edges",
        "rail_nodes",
        "line_parts",
    }
    (folder / "datapackage.json").unlink()
    with pytest.raises(OutputError, match="holds other files"):
        made(folder.parent)
    assert {path.name for path in folder.parent.iterdir()} == {"net", "rail.osm.pbf"}


def test_a_failure_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pandas.DataFrame.to_parquet", fail)
    with pytest.raises(OutputError, match="No space left"):
        made(folder.parent)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.name for path in folder.parent.iterdir()} == {"net", "rail.osm.pbf"}
