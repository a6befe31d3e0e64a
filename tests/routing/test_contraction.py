"""The cache of contractions: made once, keyed by the topology, and spoilt by no accident."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest

import geo.routing.contraction
from geo.routing import Graph, Hierarchy
from tests.routing.oracle import grid

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every contraction, however small, in a folder of the test's own."""
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(geo.routing.contraction, "_WORTH_KEEPING", 0)
    return tmp_path / "cache" / "hierarchies"


def corner_to_corner(hierarchy: Hierarchy) -> float:
    """Return what it costs to cross a grid of unit arcs."""
    return hierarchy.customized(np.ones(hierarchy.graph.n_arcs)).cost(0, len(hierarchy.rank) - 1)


def test_a_contraction_is_made_once_and_then_read(kept: Path) -> None:
    graph = grid(12)
    made = Hierarchy.of(graph)
    assert len(list(kept.glob("*.npz"))) == 1
    with patch.object(geo.routing.contraction, "contract", side_effect=AssertionError):
        read = Hierarchy.of(Graph(graph.n_nodes, graph.tail, graph.head))
    assert read.rank.tolist() == made.rank.tolist()
    assert read.way_arcs.tolist() == made.way_arcs.tolist()
    assert corner_to_corner(read) == 22


def test_another_topology_has_a_file_of_its_own(kept: Path) -> None:
    graph = grid(12)
    Hierarchy.of(graph)
    Hierarchy.of(Graph(graph.n_nodes + 1, graph.tail, graph.head))
    Hierarchy.of(Graph(graph.n_nodes, graph.tail, np.append(graph.head[:-1], 0)))
    Hierarchy.of(Graph(graph.n_nodes, graph.head, graph.tail))
    assert len(list(kept.glob("*.npz"))) == 4


def test_a_file_that_does_not_fit_is_made_anew(kept: Path) -> None:
    graph = grid(12)
    Hierarchy.of(graph)
    (file,) = kept.glob("*.npz")
    with np.load(file) as read:
        good: dict[str, NDArray[np.int32]] = dict(read)
    short = good | {"rank": good["rank"][:-1]}
    floats = good | {"upper": good["upper"].astype(np.float64)}
    for spoilt in (short, floats, {"rank": good["rank"]}):
        np.savez(file, **spoilt)  # type: ignore[arg-type]
        assert corner_to_corner(Hierarchy.of(graph)) == 22
        with np.load(file) as read:
            assert set(read) == set(good)


@pytest.mark.parametrize("place", range(0, 6000, 577))
def test_a_damaged_byte_is_noticed(kept: Path, place: int) -> None:
    graph = grid(12)
    Hierarchy.of(graph)
    (file,) = kept.glob("*.npz")
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 0x11
    file.write_bytes(content)
    assert corner_to_corner(Hierarchy.of(graph)) == 22


def test_small_graphs_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRESCENT_CACHE", str(tmp_path))
    Hierarchy.of(grid(12))
    assert not list(tmp_path.iterdir())
