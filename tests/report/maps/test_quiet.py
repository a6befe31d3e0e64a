"""The quiet ground of maps of answers: one tone of railways, gates only where a way passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import LineString, MultiLineString

from geo.report.maps import MapFrame
from geo.report.maps.quiet import add_railways, gates_near, railway_legend
from tests.fakes import FakeStudy
from tests.report.maps.drawn import drawn, drawn_study, notes

if TYPE_CHECKING:
    from pathlib import Path


def test_railways_are_one_layer_dashed_where_they_are_not_open() -> None:
    layers = FakeStudy("severed-2026").layers()
    frame = MapFrame(layers, title="Ground", ground=())
    add_railways(frame, layers["lines"])
    railway_legend(frame)
    html = frame.render()
    lines = drawn(html)["Railways"]
    assert len({one["style"]["color"] for one in lines}) == 1
    tips = {one["tip"]: one["style"].get("dashArray") for one in lines}
    assert tips == {"Gyeongui": None, "Gyeongui: severed": "2 7"}
    assert "Railway" in notes(html)


def test_gates_off_the_ways_are_left_out(tmp_path: Path) -> None:
    layers = drawn_study(tmp_path).layers()
    # from the port of alpha over the crossing A-B, and not so far as C-D
    way = MultiLineString([LineString([(0.1, 49.9), (1.4, 50.05), (4.0, 50.0)])])
    kept = gates_near(layers, [way, MultiLineString()])
    assert kept["crossings"]["name"].tolist() == ["A-B"]
    assert kept["ports"]["place_id"].tolist() == ["alpha"]
    assert len(layers["crossings"]) == 2
    assert kept["lines"] is layers["lines"]
    assert gates_near(layers, [])["ports"].empty
