"""Networks built from tracks drawn between known stations, with the facts that ship."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.errors import DataError
from geo.network.osm.build import matched_gauges
from tests.osm_files import RAIL, Points, Ways, atlas, drawn, line_between, network_of, spot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GEOD = Geod(ellps="WGS84")


def km_of(stops: Sequence[tuple[float, float]], pieces: int = 20) -> float:
    """Measure a line that is straight in degrees by points along it, on the ellipsoid."""
    along = [
        (
            a[0] + share * (b[0] - a[0]),
            a[1] + share * (b[1] - a[1]),
        )
        for a, b in itertools.pairwise(stops)
        for share in np.linspace(0, 1, pieces + 1)
    ]
    return float(GEOD.line_length([lon for lon, _ in along], [lat for _, lat in along])) / 1000


def test_tags_become_columns(tmp_path: Path) -> None:
    tags = RAIL | {
        "electrified": "contact_line",
        "voltage": "25000",
        "frequency": "60",
        "maxspeed": "120",
        "tracks": "2",
        "name": "경부선",
        "service": "spur",
    }
    stops = [(127.2, 36.5), (127.4, 36.9)]
    network = network_of(tmp_path, *drawn((stops, tags)))
    (edge,) = network.edges.to_dict("records")
    assert edge["length_km"] == pytest.approx(km_of(stops), abs=2e-3)
    told = ("gauges", "power", "speed_kmh", "tracks", "usage", "service", "name", "use", "status")
    assert [edge[name] for name in told] == [
        "1435",
        "25kV60",
        120.0,
        2,
        "main",
        "spur",
        "경부선",
        "mixed",
        "open",
    ]
    assert (edge["iso3"], edge["osm_way"]) == ("KOR", 1)


def test_the_speed_of_a_chain_is_length_over_running_time(tmp_path: Path) -> None:
    # Equal lengths along a parallel at 100 and 50 km/h: their harmonic mean.
    points: Points = {}
    ways: Ways = {}
    line_between(points, ways, [(127.2, 36.5), (127.3, 36.5)], RAIL | {"maxspeed": "100"})
    line_between(points, ways, [(127.3, 36.5), (127.4, 36.5)], RAIL | {"maxspeed": "50"})
    (edge,) = network_of(tmp_path, points, ways).edges.to_dict("records")
    assert edge["speed_kmh"] == pytest.approx(200 / 3, abs=0.1)


def test_a_curve_keeps_its_length_when_points_are_saved(tmp_path: Path) -> None:
    turn = np.radians(np.linspace(0, 180, 400))
    points = {
        node: (127.5 + 0.05 * float(np.cos(at)), 36.5 + 0.05 * float(np.sin(at)))
        for node, at in enumerate(turn, start=1)
    }
    network = network_of(tmp_path, points, {1: (list(points), dict(RAIL))})
    (edge,) = network.edges.to_dict("records")
    lon, lat = zip(*points.values(), strict=True)
    assert edge["length_km"] == pytest.approx(GEOD.line_length(lon, lat) / 1000, abs=2e-3)
    kept = shapely.get_num_coordinates(edge["geometry"])
    assert kept < 100
    course = shapely.LineString(points.values())
    assert shapely.hausdorff_distance(course, edge["geometry"], densify=0.1) < 7e-5


def test_gauges_by_tag_else_by_state(tmp_path: Path) -> None:
    west = (38.5, 55.5)
    network = network_of(
        tmp_path,
        *drawn(
            ([west, (38.6, 55.5)], RAIL | {"gauge": "1524"}),
            ([west, (38.5, 55.6)], RAIL | {"gauge": "broad"}),
            ([west, (38.4, 55.5)], RAIL | {"gauge": "1435;1520"}),
            ([west, (38.5, 55.4)], RAIL | {"gauge": "750", "railway": "narrow_gauge"}),
            # Narrow, and nobody says how narrow: not that of the state, and left out.
            ([west, (38.7, 55.4)], RAIL | {"gauge": "narrow", "railway": "narrow_gauge"}),
        ),
    )
    by_way = network.edges.set_index("osm_way")["gauges"].to_dict()
    # Wagons of 1520 and 1524 mm run on each other's track, so one name is taken for both.
    assert by_way == {1: "1520", 2: "1520", 3: "1435;1520", 4: "750"}
    assert network.report.doubts == {"gauge=broad": 1}
    assert network.report.left_out == {"narrow gauge, width not said": 1}
    assert network.report.counts["narrow_km"] == pytest.approx(
        km_of([west, (38.5, 55.4)]), abs=0.01
    )
    assert network.report.counts["gauge_not_tagged_km"] == pytest.approx(
        km_of([west, (38.5, 55.6)]), abs=0.01
    )
    assert network.report.counts["gauge_made_that_of_the_state_km"] == pytest.approx(
        km_of([west, (38.6, 55.5)]), abs=0.01
    )


def test_matched_gauges_by_hand() -> None:
    tagged = np.array(["", "1520;1435", "1524", "1000", ""], dtype=object)
    normal = np.array(["1435", "1520", "1520", "1520", "1435;1520"])
    assert matched_gauges(tagged, normal).tolist() == [
        "1435",
        "1435;1520",
        "1520",
        "1000",
        "1435;1520",
    ]


def test_loops_are_dropped_and_counted(tmp_path: Path) -> None:
    points: Points = {}
    ways: Ways = {}
    line = line_between(points, ways, [(103.2, 45.5), (103.4, 45.5)])
    points |= {100: (103.41, 45.51), 101: (103.42, 45.5)}
    ways[9] = ([line[-1], 100, 101, line[-1]], dict(RAIL))
    network = network_of(tmp_path, points, ways)
    assert len(network.edges) == 1
    assert network.report.counts["closed_ways"] == 1
    assert network.report.counts["loops_dropped"] == 1
    assert network.report.counts["loops_dropped_km"] > 2


def test_known_lines_and_stations_are_found(tmp_path: Path) -> None:
    known = atlas().line_stations
    rows = known[known["line_id"] == "gyeongbu"]
    stops = [spot(place) for place in rows["place_id"]]
    network = network_of(tmp_path, *drawn((stops, RAIL)))
    assert network.report.lines["gyeongbu"] == len(rows) - 1
    listed = set(network.nodes["place_ids"].str.split(";").explode()) - {""}
    assert set(rows["place_id"]) <= listed
    on_line = network.edges[network.edges["line_id"] == "gyeongbu"]
    # Freight is charged by the published lengths, whatever the length of the track.
    assert on_line["tariff_km"].sum() == pytest.approx(rows["tariff_km"].sum(), abs=0.1)
    assert on_line["length_km"].sum() == pytest.approx(km_of(stops), rel=1e-3)


def test_a_line_does_not_take_high_speed_track(tmp_path: Path) -> None:
    ends = [spot("seoul"), spot("busan")]
    fast = RAIL | {"highspeed": "yes", "maxspeed": "300"}
    network = network_of(tmp_path, *drawn((ends, fast)))
    assert network.report.lines == {}
    assert set(network.edges["line_id"]) == {""}
    assert set(network.edges["use"]) == {"passenger-high-speed"}
    # Nor does a station: no goods train stops there.
    assert set(network.nodes["place_ids"]) == {""}


def test_a_part_of_another_length_is_left_out_and_told(tmp_path: Path) -> None:
    known = atlas().line_stations
    rows = known[known["line_id"] == "gyeongbu"].reset_index(drop=True)
    at = int(rows["tariff_km"].fillna(0).argmax())
    first, second = rows["place_id"][at - 1], rows["place_id"][at]
    away = (spot(first)[0] - 0.2, spot(first)[1])
    network = network_of(tmp_path, *drawn(([spot(first), away, spot(second)], RAIL)))
    assert any(f"gyeongbu: {first} - {second}" in text for text in network.report.parts_refused)
    assert "gyeongbu" not in network.report.lines


def test_track_is_cut_at_the_border_and_the_crossing_found(tmp_path: Path) -> None:
    network = network_of(tmp_path, *drawn(([spot("sinuiju"), spot("dandong")], RAIL)))
    assert network.report.crossings == ("sinuiju-dandong",)
    (border,) = network.nodes[network.nodes["kind"] == "border"].to_dict("records")
    assert (border["iso3_a"], border["iso3_b"]) == ("CHN", "PRK")
    assert border["crossing_id"] == "sinuiju-dandong"
    assert set(network.edges["iso3"]) == {"CHN", "PRK"}


def test_a_crossing_in_the_area_without_track_is_told(tmp_path: Path) -> None:
    north, south = (124.2, 40.3), (124.6, 39.9)
    network = network_of(
        tmp_path, *drawn(([north, (124.2, 40.2)], RAIL), ([south, (124.7, 39.8)], RAIL))
    )
    assert network.report.crossings == ()
    assert network.report.crossings_missed == ("sinuiju-dandong",)


def test_the_other_gauge_is_led_to_the_border(tmp_path: Path) -> None:
    (row,) = (
        row
        for row in atlas().crossings.to_dict("records")
        if row["crossing_id"] == "zabaikalsk-manzhouli"
    )
    lon, lat = row["lon"], row["lat"]
    broad = [spot("zabaikalsk"), (lon, lat), (lon + 0.02, lat - 0.01)]
    standard = [(lon + 0.021, lat - 0.0101), spot("manzhouli")]
    network = network_of(tmp_path, *drawn((broad, RAIL | {"gauge": "1520"}), (standard, RAIL)))
    assert network.report.counts["gauge_links"] == 1
    links = network.edges[network.edges["kind"] == "join"]
    assert links["gauges"].tolist() == ["1435"]
    assert links["iso3"].tolist() == ["CHN"]
    borders = network.nodes.loc[network.nodes["kind"] == "border", "node_id"]
    assert set(links["from_node"]) | set(links["to_node"]) >= set(borders)


def test_chukotka_runs_through_180_degrees(tmp_path: Path) -> None:
    points = {1: (179.0, 66.5), 2: (179.9, 66.5), 3: (-179.9, 66.5), 4: (-179.0, 66.5)}
    network = network_of(tmp_path, points, {1: ([1, 2, 3, 4], dict(RAIL))})
    (edge,) = network.edges.to_dict("records")
    lon = [179.0, 179.9, 180.1, 181.0]
    assert edge["length_km"] == pytest.approx(GEOD.line_length(lon, [66.5] * 4) / 1000, abs=2e-3)
    assert edge["iso3"] == "RUS"
    assert edge["geometry"].geom_type == "MultiLineString"
    for part in edge["geometry"].geoms:
        west, _, east, _ = part.bounds
        assert east - west < 1.1
    assert not (network.nodes["kind"] == "border").any()


def test_exchanged_coordinates_within_range_are_refused(tmp_path: Path) -> None:
    places = [spot(name) for name in ("brest", "minsk", "smolensk", "moscow")]
    turned = [(lat, lon) for lon, lat in places]
    with pytest.raises(DataError, match="look swapped"):
        network_of(tmp_path, *drawn((turned, RAIL | {"gauge": "1520"})))


def test_the_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    points: Points = {}
    ways: Ways = {}
    line_between(points, ways, [spot("seoul"), spot("suwon"), spot("cheonan")])
    line_between(points, ways, [spot("suwon"), (127.3, 37.3)], RAIL | {"usage": "branch"})
    first = network_of(tmp_path, points, ways)
    again = network_of(
        tmp_path,
        dict(sorted(points.items(), reverse=True)),
        dict(sorted(ways.items(), reverse=True)),
    )
    for name in ("edges", "nodes", "parts"):
        assert getattr(first, name).equals(getattr(again, name))
    assert first.report == again.report


def test_lengths_by_state_gauge_and_use_add_up_to_what_is_written(tmp_path: Path) -> None:
    # A loop that leads nowhere is not written, so no table may count it.
    ring = [(127.5, 36.5), (127.6, 36.5), (127.6, 36.6), (127.5, 36.5)]
    network = network_of(
        tmp_path, *drawn(([(127.2, 36.5), (127.5, 36.5)], RAIL), (ring, {"railway": "rail"}))
    )
    assert network.report.counts["loops_dropped"] == 1
    for name, lengths in network.report.km.items():
        written = network.report.counts["edges_km"]
        assert sum(lengths.values()) == pytest.approx(written, abs=0.2), name


def test_no_station_is_joined_to_narrow_track(tmp_path: Path) -> None:
    lon, lat = spot("Daejeon")
    narrow = {"railway": "narrow_gauge", "gauge": "762", "usage": "main"}
    network = network_of(
        tmp_path,
        *drawn(
            ([(lon, lat), (lon + 0.3, lat)], narrow),
            ([(lon, lat + 0.02), (lon + 0.3, lat + 0.02)], RAIL),
        ),
    )
    by_gauge = network.edges.set_index("gauges")
    (place,) = network.nodes[network.nodes["place_ids"].fillna("") != ""].to_dict("records")
    joined = by_gauge[["from_node", "to_node"]].eq(place["node_id"]).any(axis=1)
    assert set(joined[joined].index) == {"1435"}
