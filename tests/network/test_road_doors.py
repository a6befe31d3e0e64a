"""Joins to the road: lengths by closed forms on a straight road, and what is too far."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geo.network.blocks import NodeBook
from geo.network.road import road_layer
from geo.network.road_doors import RoadJoins, door_block
from tests.small import ZONE_OF, road_edges, road_vertices, table

GEOD = Geod(ellps="WGS84")


def joins(bound_km: float = 30.0) -> RoadJoins:
    """Join the roads of the small world: straight ones along 50 N."""
    edges = road_edges()
    road = road_layer(
        edges, road_vertices(), zone_of=ZONE_OF, names={}, book=NodeBook(), first_shape=0
    )
    return RoadJoins(road, edges, bound_km=bound_km, circuity=1.3, most_circuity=2.1)


def km(*ends: float) -> float:
    """Return the geodesic between two points, km."""
    start_lon, start_lat, end_lon, end_lat = ends
    return float(GEOD.inv(start_lon, start_lat, end_lon, end_lat)[2]) / 1000


def test_a_point_beside_a_road_meets_it_at_its_foot() -> None:
    """0.1 degrees north of the middle of edge 1, which is 210 km long."""
    spot = joins().spots(np.array([2.8]), np.array([50.1]), ["BBB"])[0]
    assert spot.edge == 1
    assert spot.along_km == pytest.approx(105, rel=1e-3)
    assert spot.stub_km == pytest.approx(km(2.8, 50.0, 2.8, 50.1), rel=1e-6)


def test_no_road_of_another_state_will_do() -> None:
    """The point lies at a road of BBB and belongs to CCC."""
    assert joins().spots(np.array([2.8]), np.array([50.0]), ["CCC"]) == {}


def test_a_road_beyond_the_bound_is_none() -> None:
    """0.3 degrees of latitude are 33 km."""
    lon, lat = np.array([2.8]), np.array([50.3])
    assert joins().spots(lon, lat, ["BBB"]) == {}
    assert 0 in joins(bound_km=40).spots(lon, lat, ["BBB"])


def test_the_ends_of_a_spot_share_the_edge() -> None:
    """Both stubs are one stretch, driven 1.3 times as far as straight."""
    near = joins()
    spot = near.spots(np.array([2.1]), np.array([50.1]), ["BBB"])[0]
    ends = dict(near.ends(spot))
    stub = 1.3 * km(2.1, 50.0, 2.1, 50.1)
    assert sum(ends.values()) == pytest.approx(210 + 2 * stub, rel=1e-6)
    assert ends[near.road.node_at(1, "BBB") or -1] == pytest.approx(210 / 4 + stub, rel=1e-3)


def test_a_place_at_a_vertex_has_one_end() -> None:
    """Beta lies where edges 1 and 2 meet."""
    near = joins()
    spot = near.spots(np.array([4.2]), np.array([50.0]), ["BBB"])[0]
    assert [node for node, _ in near.ends(spot)] == [near.road.node_at(2, "BBB")]


def test_the_way_between_points_on_one_edge_is_the_part_between_them() -> None:
    """From a third to two thirds of 210 km; it is drawn along the road."""
    way = joins().way(np.array([[1.4 + 2.8 / 3, 50.0], [1.4 + 5.6 / 3, 50.0]]), "BBB")
    assert way is not None
    assert way.km == pytest.approx(70, rel=1e-3)
    lon, lat = way.line.xy
    assert lon[0] == pytest.approx(1.4 + 2.8 / 3)
    assert lon[-1] == pytest.approx(1.4 + 5.6 / 3)
    assert (np.diff(lon) > -1e-9).all()
    assert set(np.round(lat, 9)) == {50.0}


def test_the_way_over_a_junction_adds_up_both_edges() -> None:
    """From the middle of edge 1 by beta to the middle of edge 2, backwards too."""
    points = np.array([[2.8, 50.0], [6.3, 50.0]])
    for ends in (points, points[::-1]):
        way = joins().way(ends, "BBB")
        assert way is not None
        assert way.km == pytest.approx(105 + 155, rel=1e-3)
        np.testing.assert_allclose(way.line.coords[0], ends[0])
        np.testing.assert_allclose(way.line.coords[-1], ends[1])


def test_a_way_far_longer_than_straight_is_a_gap_of_the_layer() -> None:
    """Two points on either side of the road, 22 km apart: the stubs alone make 29 km."""
    across = np.array([[2.8, 50.1], [2.8, 49.9]])
    assert joins().way(across, "BBB") is not None
    tight = joins()
    narrow = RoadJoins(tight.road, tight.edges, bound_km=30, circuity=1.3, most_circuity=1.2)
    assert narrow.way(across, "BBB") is None


def test_doors_are_joined_by_road_items_of_their_state() -> None:
    """Beta stands at the road: 0 km; a hut 0.1 degrees north of it pays the stub."""
    places = table(
        "place_id,name,iso3,lon,lat\nbeta,Beta,BBB,4.2,50\nhut,Hut,BBB,2.8,50.1\nsea,Sea,BBB,4,45\n"
    )
    near = joins()
    block = door_block(near, places, {"beta": 900, "hut": 901, "sea": 902}, ZONE_OF)
    assert sorted(block.tail[block.tail >= 900].tolist()) == [900, 901, 901]
    assert 902 not in block.head.tolist()
    items = {item for _, names, _ in block.quantities for item in names}
    assert items == {"haul-road-rus", "run-road-rus", "energy-road"}
    assert (block.columns["mode"] == "road").all()
