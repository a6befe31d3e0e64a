"""The layers that a user can take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import pytest

from geo.errors import OutputError, UnknownNameError, UsageError
from geo.files import sha256_of
from geo.layers import LAYER_NAMES
from geo.report.layers import describe_layers, pick_layer, write_layer
from tests.fakes import FakeStudy

if TYPE_CHECKING:
    from pathlib import Path

    from geo.report.layers import Layers


@pytest.fixture
def layers() -> Layers:
    """Build the layers of the small study, the demarcation line shut."""
    return FakeStudy("severed-2026").layers()


def test_layers_are_listed_with_their_sizes(layers: Layers) -> None:
    sizes = [row["features"] for row in describe_layers(layers)]
    assert sizes == [3, 1, 6, 2, 2, 1, 1, 1, 1, 3, 2, 1, 1]


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet", ".geojson"])
@pytest.mark.parametrize("name", LAYER_NAMES)
def test_a_layer_reads_back(layers: Layers, tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    write_layer(layers, path, name=name)
    read = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    assert len(read) == len(layers[name])
    assert list(tmp_path.iterdir()) == [path]


def test_a_geopackage_holds_every_layer_with_the_same_bytes(layers: Layers, tmp_path: Path) -> None:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    for name in ("a.gpkg", "b.gpkg"):
        write_layer(layers, tmp_path / name)
    assert [row[0] for row in pyogrio.list_layers(tmp_path / "a.gpkg")] == list(LAYER_NAMES)
    assert sha256_of(tmp_path / "a.gpkg") == sha256_of(tmp_path / "b.gpkg")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_an_unknown_layer_is_refused_with_the_nearest(layers: Layers) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown layer 'line'; did you mean lines"):
        pick_layer(layers, "line")


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        ("a.shp", "lines", "cannot tell the format"),
        ("a.parquet", None, "only a .gpkg file holds every layer"),
    ],
)
def test_a_wrong_file_is_refused(
    layers: Layers, tmp_path: Path, file: str, name: str | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        write_layer(layers, tmp_path / file, name=name)
    assert not list(tmp_path.iterdir())


def test_an_unwritable_place_leaves_nothing(layers: Layers, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        write_layer(layers, blocked / "a.gpkg")
    assert list(tmp_path.iterdir()) == [blocked]
