"""The atlas as layers: every one in degrees, with its status in a scenario beside today's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import networkx as nx
import numpy as np
import pytest

from geo.atlas import ids_of
from geo.layers import LAYER_NAMES, atlas_layers
from tests.fakes import FakeAtlas, FakeStudy
from tests.worlds import study

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd


def made(closures: Collection[str] = ()) -> dict[str, gpd.GeoDataFrame]:
    """Build the layers of the small atlas."""
    return atlas_layers(cast("Any", FakeAtlas()), closures)


def test_every_layer_is_there_in_degrees() -> None:
    layers = made()
    assert tuple(layers) == LAYER_NAMES
    assert {frame.crs.to_epsg() for frame in layers.values()} == {4326}
    assert [len(frame) for frame in layers.values()] == [3, 1, 6, 2, 2, 1, 1, 1, 1, 3, 2, 1, 1]


def test_the_status_is_that_of_the_scenario() -> None:
    layers = FakeStudy("severed-2026").layers()
    assert list(layers["lines"]["status"]) == ["severed", "open"]
    reopened = FakeStudy("reopened").layers()
    assert list(reopened["lines"]["status"]) == ["open", "open"]
    assert list(reopened["crossings"]["actual_status"]) == ["severed", "open"]
    assert list(reopened["crossings"]["status"]) == ["open", "open"]


def test_what_the_tables_have_open_a_scenario_can_close() -> None:
    layers = made(["line:gyeongui", "passage:suez", "port:busan"])
    assert list(layers["lines"]["status"]) == ["severed", "closed"]
    assert list(layers["passages"]["status"]) == ["closed"]
    assert list(layers["ports"]["status"]) == ["closed"]


def test_a_part_of_a_line_has_its_ends_and_the_length_of_all_its_edges() -> None:
    lines = made()["lines"].set_index("part_order")
    assert lines.at[2, "length_km"] == 100.0
    assert (lines.at[2, "from_place"], lines.at[2, "to_place"]) == ("busan", "gaesong")
    assert list(lines["drawn"]) == ["matched", "schematic"]


def test_a_zone_lies_where_its_place_is() -> None:
    (point,) = made()["zones"].geometry
    assert (point.x, point.y) == (126.55, 37.97)


@pytest.mark.parametrize("scenario", ["severed-2026", "reopened"])
def test_the_layers_that_ship_are_whole(scenario: str) -> None:
    layers = study(scenario).layers()
    assert tuple(layers) == LAYER_NAMES
    for name, frame in layers.items():
        assert len(frame), name
        assert frame.crs.to_epsg() == 4326, name
        assert frame.geometry.notna().all(), name
        west, south, east, north = frame.total_bounds
        assert -180 <= west <= east <= 180, name
        assert -90 <= south <= north <= 90, name
    six = layers["states"]["sets"].str.contains("crescent-6")
    assert six.sum() == 6


def test_every_part_of_a_line_is_on_the_map_or_runs_on_other_lines_throughout() -> None:
    """Track belongs to the line that came first: what is not drawn is as long by other lines."""
    atlas, lines = study().atlas, study().layers()["lines"]
    drawn = set(zip(lines["line_id"], lines["part_order"], strict=True))
    edges = atlas.rail_edges[atlas.rail_edges["line_id"].fillna("") != ""]
    track: nx.Graph[int] = nx.Graph()
    for tail, head, km in edges[["from_node", "to_node", "length_km"]].itertuples(index=False):
        known = track.get_edge_data(tail, head, {"km": np.inf})["km"]
        track.add_edge(tail, head, km=min(km, known))
    nodes: dict[str, list[int]] = {}
    for node, ids in zip(atlas.rail_nodes["node_id"], atlas.rail_nodes["place_ids"], strict=True):
        for place in ids_of(ids):
            nodes.setdefault(place, []).append(node)
    for part in atlas.line_parts.to_dict("records"):
        if (part["line_id"], part["part_order"]) in drawn:
            continue
        starts = [node for node in nodes[part["from_place"]] if node in track]
        km = nx.multi_source_dijkstra_path_length(track, starts, weight="km")
        shared_km = min(km.get(node, np.inf) for node in nodes[part["to_place"]])
        assert shared_km == pytest.approx(part["length_km"], abs=0.1), part
    assert lines["actual_status"].notna().all()
