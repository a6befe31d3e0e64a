"""Verifying the data, and keeping the data package."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from geo.atlas import Atlas
from geo.errors import DataError

sys.path.insert(0, str(Path(__file__).parents[2] / "data"))
from build_steps.package import dump_package, refresh_package


def test_a_refreshed_package_verifies(data: Path) -> None:
    missing = refresh_package(data)
    assert missing == ["zones.csv", "layers/sea_edges.parquet", "layers/sea_lanes.parquet"]
    problems = [str(problem) for problem in Atlas(data).verify()]
    assert problems == [f"data/{path}: missing; reinstall crescent" for path in missing]


def test_every_kind_of_damage_is_found(data: Path) -> None:
    refresh_package(data)
    items, rates = data / "items.csv", data / "rates.csv"
    items.write_text(items.read_text(encoding="utf-8").replace("Running", "Runninh"), "utf-8")
    rates.write_text(rates.read_text(encoding="utf-8").replace("0.02", "0.0x", 1), "utf-8")
    (data / "places.csv").write_text("", encoding="utf-8")
    problems = "\n".join(str(problem) for problem in Atlas(data).verify())
    assert "data/items.csv: its SHA-256 is not that of the data package" in problems
    assert "data/rates.csv: row 3, base: expected a number >= 0, got '0.0x'" in problems
    assert "data/places.csv: expected " in problems
    assert "data/places.csv: row 1: expected a header, got an empty file" in problems


def test_refreshing_twice_changes_nothing(data: Path) -> None:
    refresh_package(data)
    first = (data / "datapackage.json").read_bytes()
    refresh_package(data)
    assert (data / "datapackage.json").read_bytes() == first


def test_scenarios_come_and_go(data: Path) -> None:
    (data / "scenarios").mkdir()
    scenario = data / "scenarios" / "reopened.toml"
    scenario.write_text('title = "Reopened"\n', encoding="utf-8")
    refresh_package(data)
    resource = Atlas(data).resources["scenario-reopened"]
    assert (resource.path, resource.bytes) == ("scenarios/reopened.toml", 19)
    scenario.unlink()
    refresh_package(data)
    assert "scenario-reopened" not in Atlas(data).resources


def test_a_file_without_a_schema_cannot_ship(data: Path) -> None:
    (data / "more.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/more.csv: has no resource"):
        refresh_package(data)


def test_the_package_that_ships_is_in_the_written_form() -> None:
    path = Path(__file__).parents[2] / "data" / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    assert dump_package(json.loads(text)) == text


def test_every_resource_is_described() -> None:
    resources = Atlas(Path(__file__).parents[2] / "data").resources
    for resource in resources.values():
        assert resource.licence, resource.name
        assert resource.sources, resource.name
        assert resource.steps, resource.name
        for field in resource.schema.fields if resource.schema else ():
            assert field.description, (resource.name, field.name)
            numeric = field.type in {"number", "integer"}
            counted = field.name.endswith(("_id", "order", "_node", "part_order"))
            assert field.unit or not numeric or counted, (resource.name, field.name)
