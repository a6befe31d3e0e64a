"""What layers' files say of themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from geo.layers import LAYER_NAMES
from geo.report.layer_notes import layer_notes, route_note
from geo.report.layers import write_layer
from tests import worlds

if TYPE_CHECKING:
    from pathlib import Path


def test_every_layer_names_its_origin_and_licence() -> None:
    study = worlds.study("reopened")
    notes = layer_notes(study.atlas, study.layers(), scenario=study.scenario)
    assert set(notes) == set(LAYER_NAMES)
    assert all(note.attribution for note in notes.values())
    assert "OpenStreetMap" in " ".join(notes["lines"].attribution)
    assert "Natural Earth" in " ".join(notes["states"].attribution)
    assert "Eurostat" in " ".join(notes["lanes"].attribution)
    assert notes["lines"].facts["scenario"].startswith("reopened: ")


def test_sources_are_those_that_the_rows_cite() -> None:
    study = worlds.study()
    layers = study.layers()
    note = layer_notes(study.atlas, layers, scenario=study.scenario)["crossings"]
    cited = {one for cell in layers["crossings"]["source_ids"] for one in cell.split(";")}
    assert {source.source_id for source in note.sources} == cited


def test_a_file_of_a_route_carries_the_sources_of_its_bill(tmp_path: Path) -> None:
    study = worlds.study("reopened")
    route = study.route("Busan", "Beijing")
    note = route_note([study], [route], title="Busan to Beijing")
    path = tmp_path / "r.parquet"
    layers = {"states": study.layers()["states"]}
    write_layer(layers, path, name="states", notes={"states": note})
    told = json.loads(pq.read_schema(path).metadata[b"crescent"])
    cited = {source for charge in route.charges.charges for source in charge.source_ids}
    assert {one["source"] for one in told["sources"]} == cited
    assert told["title"] == "Busan to Beijing"
    assert "OpenStreetMap" in " ".join(told["attribution"])
