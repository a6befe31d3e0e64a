"""Cutting track at state borders, matching crossings, gauges, and the layers written."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.earth.geodesic import distance_km
from geo.network.borders import Correction, border_vertices, cut_at_borders, match_crossings
from geo.network.gauges import GaugeArea, gauges_at
from geo.network.rail_build import RailFacts, build_rail
from geo.network.rail_source import RailGraph
from geo.network.states import States

if TYPE_CHECKING:
    from pathlib import Path

# Two states side by side with their border at 10 E, and the sea east of 20 E.
WEST = shapely.box(0.0, 0.0, 10.0, 10.0)
EAST = shapely.box(10.0, 0.0, 20.0, 10.0)
CROSSINGS = pd.DataFrame(
    {
        "crossing_id": ["middle", "nowhere"],
        "iso3_a": ["EST", "EST"],
        "iso3_b": ["AUT", "AUT"],
        "lon": [10.01, 10.0],
        "lat": [5.02, 9.5],
    }
)


def boundaries(west: shapely.Geometry = WEST, east: shapely.Geometry = EAST) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"iso3": ["AUT", "EST"]}, geometry=[west, east], crs="EPSG:4326")


def line(*points: tuple[float, float], scale: float = 1.0) -> RailGraph:
    """Make one line of track, longer than straight by a factor."""
    lon, lat = np.array(points, dtype=np.float64).T
    tail = np.arange(len(lon) - 1, dtype=np.int64)
    km = distance_km(lon[tail], lat[tail], lon[tail + 1], lat[tail + 1]) * scale
    return RailGraph(lon, lat, tail, tail + 1, km, np.full(len(tail), "track"))


def test_an_edge_is_cut_where_it_leaves_its_state() -> None:
    graph = line((8.0, 5.0), (14.0, 5.0), scale=1.2)
    cut = cut_at_borders(graph, States(boundaries()))
    assert cut.iso3.tolist() == ["AUT", "EST"]
    assert cut.source_edge.tolist() == [0, 0]
    assert cut.share == pytest.approx([1 / 3, 2 / 3])
    assert cut.graph.length_km.sum() == pytest.approx(graph.length_km.sum())
    assert (cut.graph.lon[2], cut.graph.lat[2]) == pytest.approx((10.0, 5.0))
    borders = border_vertices(cut.graph, cut.iso3)
    assert borders.to_dict("index") == {2: {"iso3_a": "AUT", "iso3_b": "EST"}}


def test_a_vertex_on_the_border_is_the_border_and_no_edge_is_cut() -> None:
    cut = cut_at_borders(line((8.0, 5.0), (10.0, 5.0), (14.0, 5.0)), States(boundaries()))
    assert cut.graph.n_vertices == 3
    assert border_vertices(cut.graph, cut.iso3).index.tolist() == [1]


def test_a_bay_and_an_inner_boundary_cut_nothing() -> None:
    halves = gpd.GeoDataFrame(
        {"iso3": ["AUT", "AUT", None]},
        geometry=[shapely.box(0, 0, 5, 10), shapely.box(5.1, 0, 10, 10), shapely.box(5, 0, 5.1, 9)],
        crs="EPSG:4326",
    )
    cut = cut_at_borders(line((1.0, 5.0), (9.0, 5.0)), States(halves))
    assert cut.iso3.tolist() == ["AUT"]
    assert cut.graph.n_vertices == 2


def test_track_at_sea_belongs_to_the_nearest_state_within_reach() -> None:
    states = States(boundaries())
    lon = np.array([19.9, 20.1, 20.5, -0.1, 20.1])
    lat = np.array([5.0, 5.0, 5.0, 5.0, 70.0])
    assert states.at(lon, lat).tolist() == ["EST", "EST", "", "AUT", ""]
    assert states.at(lon, lat, within_km=100.0).tolist() == ["EST", "EST", "EST", "AUT", ""]


def test_reach_is_measured_in_km_in_the_north_too() -> None:
    north = gpd.GeoDataFrame({"iso3": ["NOR"]}, geometry=[shapely.box(10, 70, 20, 71)], crs=4326)
    at = States(north).at(np.array([20.5, 20.6]), np.array([70.5, 70.5]), within_km=20.0)
    assert at.tolist() == ["NOR", ""]  # half a degree of longitude is 18.6 km there


def wiggly(depth_km: float) -> gpd.GeoDataFrame:
    """Give the eastern state a tooth that reaches over a line along the border."""
    side = depth_km / 111.0
    tooth = shapely.box(9.9, 5.0, 10.0, 5.0 + side)
    return boundaries(shapely.difference(WEST, tooth), shapely.union(EAST, tooth))


def test_a_short_incursion_is_given_back_and_counted() -> None:
    graph = line((9.95, 4.0), (9.95, 6.0))
    cut = cut_at_borders(graph, States(wiggly(4.0)), incursion_km=5.0)
    assert cut.iso3.tolist() == ["AUT"]
    assert cut.graph.n_vertices == 2
    assert cut.graph.counts["incursions_given_back"] == 1
    assert cut.given_back["km"].item() == pytest.approx(4.0, rel=0.02)
    assert cut.graph.length_km.sum() == pytest.approx(graph.length_km.sum())


def test_a_long_incursion_stays_and_is_named() -> None:
    cut = cut_at_borders(line((9.95, 4.0), (9.95, 6.0)), States(wiggly(8.0)), incursion_km=5.0)
    assert cut.iso3.tolist() == ["AUT", "EST", "AUT"]
    assert cut.long_incursions["iso3"].tolist() == ["EST"]


def test_a_stub_over_the_border_is_no_incursion() -> None:
    cut = cut_at_borders(line((9.9, 5.0), (10.01, 5.0)), States(boundaries()), incursion_km=5.0)
    assert cut.iso3.tolist() == ["AUT", "EST"]


def test_of_two_incursions_that_touch_the_shorter_goes() -> None:
    # AUT 20 km, EST 3 km, AUT 2 km, EST 20 km: one border must be left, not none.
    degree = 1 / 111.195
    ends = np.cumsum([0.0, 20.0, 3.0, 2.0, 20.0]) * degree
    owners = ["AUT", "EST", "AUT", "EST"]
    strips = [shapely.box(a, -1, b, 1) for a, b in pairwise(ends)]
    frame = gpd.GeoDataFrame({"iso3": owners}, geometry=strips, crs="EPSG:4326")
    cut = cut_at_borders(line((0.0, 0.0), (ends[-1], 0.0)), States(frame), incursion_km=5.0)
    assert cut.iso3.tolist() == ["AUT", "EST"]
    assert cut.graph.length_km[0] == pytest.approx(20.0, rel=0.01)


def test_a_correction_moves_track_to_its_state() -> None:
    fix = Correction("a bend of the river", "EST", "AUT", (9.0, 4.9, 10.2, 5.1))
    graph = line((9.5, 5.0), (10.1, 5.0), (9.5, 4.95))
    assert "EST" in cut_at_borders(graph, States(boundaries())).iso3
    assert "EST" not in cut_at_borders(graph, States(boundaries()), corrections=[fix]).iso3


def test_a_crossing_takes_the_nearest_border_vertex_and_the_main_line_first() -> None:
    graph = RailGraph(
        lon=np.array([9.0, 11.0, 9.0, 11.0]),
        lat=np.array([5.02, 5.02, 5.05, 5.05]),
        tail=np.array([0, 2]),
        head=np.array([1, 3]),
        length_km=np.array([222.0, 222.0]),
        kind=np.array(["track", "track"]),
    )
    cut = cut_at_borders(graph, States(boundaries()))
    borders = border_vertices(cut.graph, cut.iso3)
    found, away = match_crossings(cut.graph, borders, CROSSINGS)
    assert found.to_dict() == {4: "middle", 5: ""}
    assert away["middle"] < 1.5
    assert away["nowhere"] == np.inf
    on_second = cut.source_edge == 1
    found, _ = match_crossings(cut.graph, borders, CROSSINGS, main_line=on_second)
    assert found.to_dict() == {4: "", 5: "middle"}
    found, _ = match_crossings(cut.graph, borders, CROSSINGS, within_km=0.5)
    assert found.to_dict() == {4: "", 5: ""}


def test_gauges_by_state_then_area_then_line() -> None:
    lon, lat = np.array([1.0, 1.0, 5.0, 5.0]), np.zeros(4)
    gauges = gauges_at(
        lon,
        lat,
        np.array(["AUT", "EST", "EST", "ZZZ"]),
        by_state={"AUT": "1435", "EST": "1520"},
        areas=[GaugeArea("by the border", ("EST",), (0.0, -1.0, 2.0, 1.0), "1435;1520")],
        line_id=np.array(["", "", "fast", ""]),
        by_line={"fast": "1435"},
        otherwise="1000",
    )
    assert gauges.tolist() == ["1435", "1435;1520", "1435", "1000"]


def test_the_layers_are_written_and_their_sums_hold(tmp_path: Path) -> None:
    source = tmp_path / "world_railways.py"
    source.write_text(
        "graph=[{1: 120.0}, {0: 120.0, 2: 250.0}, {1: 250.0, 3: 5.0, 2: 0.0}, {2: 5.0}]\n"
        "nodes=[[45.0, 8.0], [45.0, 9.0], [45.0, 11.0], [45.03, 11.0]]\n",
        encoding="utf-8",
    )
    frame = boundaries(shapely.box(0, 40, 10, 50), shapely.box(10, 40, 20, 50))
    crossings = CROSSINGS.assign(lat=[45.02, 49.5])
    facts = RailFacts(frame, crossings, {"AUT": "1435", "EST": "1520"}, links=())
    report = build_rail(source, tmp_path, facts)
    edges = gpd.read_parquet(tmp_path / "rail_edges.parquet")
    nodes = pd.read_parquet(tmp_path / "rail_nodes.parquet")
    assert edges["length_km"].sum() == pytest.approx(375.0, abs=0.01)
    assert dict(zip(edges["iso3"], edges["gauges"], strict=True)) == {"AUT": "1435", "EST": "1520"}
    assert edges["tariff_km"].isna().all()
    assert edges.crs == "EPSG:4326"
    assert sorted(nodes["kind"]) == ["border", "end", "end"]
    border = nodes[nodes["kind"] == "border"].iloc[0]
    assert (border["iso3_a"], border["iso3_b"], border["crossing_id"]) == ("AUT", "EST", "middle")
    assert report.counts["crossings_without_track"] == 1
    assert report.km_by_state.sum() == pytest.approx(375.0)
    again = (tmp_path / "rail_edges.parquet").read_bytes()
    build_rail(source, tmp_path, facts)
    assert (tmp_path / "rail_edges.parquet").read_bytes() == again
