"""Networks that are kept: what is read is what was built, and never older than its data."""

from __future__ import annotations

from dataclasses import fields
from shutil import copytree
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
import pytest
import shapely

import geo.network.assembly
import geo.network.kept
from geo.atlas import Atlas, named
from geo.atlas.overlay import Overlay
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.files import data_root
from geo.network import build_network
from geo.network.assembly import assemble
from geo.network.kept import packed, unpacked
from tests.small import SmallAtlas

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network import Network


def same(one: Network, other: Network) -> None:
    """Check that two networks agree in every field, whatever holds it."""
    assert one.graph.n_nodes == other.graph.n_nodes
    for end in ("tail", "head"):
        assert np.array_equal(getattr(one.graph, end), getattr(other.graph, end))
    for name in ("nodes", "arcs"):
        frames = getattr(one, name), getattr(other, name)
        pd.testing.assert_frame_equal(*frames, check_exact=True)
    for name in ("quantities", "links_of_arcs"):
        here, there = getattr(one, name), getattr(other, name)
        assert here.shape == there.shape
        for part in ("data", "indices", "indptr"):
            assert np.array_equal(getattr(here, part), getattr(there, part))
            assert getattr(here, part).dtype == getattr(there, part).dtype
    assert (one.items, one.links) == (other.items, other.links)
    every = np.arange(len(one.shapes))
    assert len(one.shapes) == len(other.shapes)
    assert (shapely.to_wkb(one.shapes[every]) == shapely.to_wkb(other.shapes[every])).all()
    for field in fields(one.terminals):
        here, there = getattr(one.terminals, field.name), getattr(other.terminals, field.name)
        if isinstance(here, pd.DataFrame):
            pd.testing.assert_frame_equal(here, there, check_index_type=False, check_names=False)
        else:
            assert here == there
    assert one.station_nodes.keys() == other.station_nodes.keys()
    for place, nodes in one.station_nodes.items():
        assert np.array_equal(nodes, other.station_nodes[place])


def test_what_was_packed_comes_out_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 1)
    built = assemble(cast("Any", SmallAtlas(tmp_path)))
    same(built, unpacked(packed(built)))


def test_the_network_that_ships_is_read_as_it_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    built: list[Network] = []

    def once(atlas: Atlas, *_: object) -> Network:
        assert not built
        built.append(assemble(atlas))
        return built[0]

    monkeypatch.setattr(geo.network.kept, "_assembled", once)
    first, again = build_network(Atlas()), build_network(Atlas())
    assert len(list((tmp_path / "networks").glob("*.npz"))) == 1
    same(built[0], first)
    same(built[0], again)


def digest(atlas: Atlas) -> str:
    """Return the name that the network of an atlas is kept by."""
    return geo.network.kept._digest(atlas)


def test_any_change_of_the_data_gives_another_name(tmp_path: Path) -> None:
    root = copytree(data_root(), tmp_path / "data", ignore=lambda *_: {"build_steps"})
    before = digest(Atlas(root))
    assert before == digest(Atlas()) != ""
    for path in ("headways.csv", "layers/rail_edges.parquet"):
        content = (root / path).read_bytes()
        (root / path).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert digest(Atlas(root)) not in {before, ""}
        (root / path).write_bytes(content)
    assert digest(Atlas(root)) == before
    (root / "headways.csv").unlink()
    assert digest(Atlas(root)) == ""
    with pytest.raises(DataError, match=r"headways.csv: there is no such file"):
        build_network(Atlas(root))


def test_a_file_altered_after_it_was_read_does_not_lend_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copytree(data_root(), tmp_path / "data", ignore=lambda *_: {"build_steps"})
    early, before = Atlas(root), digest(Atlas(root))
    assert len(early.headways)
    assert len(early.attributes("rail_nodes"))
    for path in ("headways.csv", "layers/rail_nodes.parquet"):
        content = (root / path).read_bytes()
        (root / path).write_bytes(content + b" ")
        assert digest(early) == before != digest(Atlas(root))
        (root / path).write_bytes(content)

    def altered(_: Atlas) -> Network:
        (root / "lines.csv").write_bytes((root / "lines.csv").read_bytes() + b"\n")
        return small

    # A file that is altered while the network is being built: nothing is kept.
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 1)
    small = assemble(cast("Any", SmallAtlas(tmp_path / "small")))
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(geo.network.kept, "_assembled", altered)
    same(small, build_network(Atlas(root)))
    assert not list((tmp_path / "cache").rglob("*.npz"))


def test_the_schemas_and_the_way_that_tables_are_laid_over_are_in_the_name(
    tmp_path: Path,
) -> None:
    root = copytree(data_root(), tmp_path / "data", ignore=lambda *_: {"build_steps"})
    plain = Atlas(root)
    package = root / "datapackage.json"
    text = package.read_text(encoding="utf-8")
    package.write_text(text.replace('"number"', '"string"', 1), encoding="utf-8")
    assert digest(Atlas(root)) != digest(plain)
    frame = plain.headways.iloc[:1]
    table = Table("own.csv", frame, [2])
    other = Table("own.csv", frame.astype(object), [2])
    overlays = [
        (Overlay(title="", rows={"headways": table}),),
        (Overlay(title="", whole={"headways": table}),),
        (Overlay(title="", whole={"headways": other}),),
        (Overlay(title=""), Overlay(title="", whole={"headways": table})),
    ]
    names = {digest(plain.over(*own)) for own in overlays}
    assert len(names | {digest(plain), ""}) == len(overlays) + 2


def test_large_and_negative_amounts_are_packed_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 1)
    built = assemble(cast("Any", SmallAtlas(tmp_path)))
    for amount in (-1.0, 256.0, 1e300):
        built.links_of_arcs.data[0] = amount
        assert unpacked(packed(built)).links_of_arcs.data[0] == amount


def test_names_that_are_shown_are_kept_apart() -> None:
    plain = Atlas()
    styles = {digest(named(plain, style)) for style in ("dual", "english")}
    assert len(styles | {digest(plain), ""}) == 4
    assert digest(named(plain, "dual")) in styles
    # Their layer of boundaries has geometry, so that it is not hashed.
    assert digest(named(plain, "korean")) == ""


def test_other_code_or_another_library_gives_another_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = digest(Atlas())
    with monkeypatch.context() as patched:
        patched.setattr(shapely, "geos_version", (0, 0, 0))
        assert digest(Atlas()) != before
    for place, name in (("platform.machine", lambda: "other"), ("version", lambda _: "0")):
        with monkeypatch.context() as patched:
            patched.setattr(f"geo.network.kept.{place}", name)
            assert digest(Atlas()) != before
    monkeypatch.setattr(geo.network.kept, "_CODE", ("network",))
    assert digest(Atlas()) != before
