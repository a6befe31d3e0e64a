"""The Korean peninsula out of the data that ships: small enough to lay lines on in a moment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import geo.own.ground
import geo.own.places
from geo.atlas.overlay import Overlay
from geo.atlas.tables import Table
from geo.network import States
from tests import worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.atlas import Atlas

WEST, SOUTH, EAST, NORTH = 124.0, 34.0, 131.2, 43.0


@pytest.fixture(scope="session")
def peninsula() -> Atlas:
    """Return an atlas with the railways of Korea and its borders only."""
    whole = worlds.study().atlas
    edges = whole.rail_edges
    edges = edges.cx[WEST:EAST, SOUTH:NORTH].reset_index(drop=True)
    nodes = whole.rail_nodes
    nodes = nodes[nodes["node_id"].isin({*edges["from_node"], *edges["to_node"]})]
    nodes = nodes.reset_index(drop=True)
    tables = {"rail_edges": edges, "rail_nodes": nodes}
    return whole.over(
        Overlay(
            title="Korea",
            whole={name: Table(name, t, range(2, len(t) + 2)) for name, t in tables.items()},
        )
    )


@pytest.fixture
def geojson(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of one line: its points, and its properties by name."""

    def write(*lines: tuple[list[tuple[float, ...]], dict[str, Any]], **members: Any) -> Path:
        features = [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "LineString", "coordinates": points},
            }
            for points, properties in lines
        ]
        path = tmp_path / "my.geojson"
        text = json.dumps({"type": "FeatureCollection", "features": features, **members})
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of a CSV file from its lines."""

    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "my.csv"
        path.write_bytes("\n".join([*lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture(scope="session")
def areas() -> States:
    """Return the areas of the states, laid out once for all tests."""
    return States(worlds.study().atlas.boundaries)


@pytest.fixture(autouse=True)
def _areas_once(areas: States, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the areas laid out already: that they are laid out for each file is slow."""
    for room in (geo.own.ground, geo.own.places):
        monkeypatch.setattr(room, "States", lambda _boundaries: areas)
