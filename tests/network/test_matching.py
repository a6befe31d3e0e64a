"""Lines matched onto small synthetic graphs whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from geo.earth.geodesic import distance_km
from geo.errors import DataError
from geo.network.matching import LineMatches, PartMatch, match_lines
from geo.network.rail_source import RailGraph

Row = tuple[str, str, str, float]
NAN = math.nan


def walked_km(matches: LineMatches, start: str, end: str) -> float:
    """Add up the parts from one station to another, each going on where the last one ended."""
    following: dict[str, PartMatch] = {}
    for part in matches.parts:
        following.setdefault(part.from_place, part)
    km, place = 0.0, start
    while place != end:
        km += following[place].length_km
        place = following[place].to_place
    return km


def graph_of(points: list[tuple[float, float]], edges: list[tuple[int, int]]) -> RailGraph:
    """Make a graph of straight track."""
    lon, lat = (np.array(column) for column in zip(*points, strict=True))
    tail, head = (np.array(column, dtype=np.int64) for column in zip(*edges, strict=True))
    return RailGraph(
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        length_km=distance_km(lon[tail], lat[tail], lon[head], lat[head]),
        kind=np.full(len(edges), "track"),
    )


def places_of(**places: tuple[float, float]) -> pd.DataFrame:
    """Make a table of places from (lon, lat)."""
    rows = [(name, lon, lat) for name, (lon, lat) in places.items()]
    return pd.DataFrame(rows, columns=["place_id", "lon", "lat"])


def stations_of(*rows: Row) -> pd.DataFrame:
    """Make a table of stations from line, place, geometry and published km."""
    table = pd.DataFrame(list(rows), columns=["line_id", "place_id", "geometry", "tariff_km"])
    return table.assign(order=table.groupby("line_id").cumcount())


# A ladder: a straight southern track, and a northern one that bulges 0.1 degrees (11 km).
LADDER = graph_of(
    [(0.0, 0.0), (0.25, 0.0), (0.5, 0.0), (0.75, 0.0), (1.0, 0.0), (0.25, 0.1), (0.75, 0.1)],
    [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 4)],
)
LADDER_PLACES = places_of(west=(0.0, 0.0), east=(1.0, 0.0), north=(0.25, 0.11), south=(0.5, 0.01))


def edges_of(matches: LineMatches, line: str) -> list[list[int]]:
    """Give the edges of each part of a line."""
    return [part.edges.tolist() for part in matches.parts if part.line_id == line]


def test_without_a_station_between_the_shorter_track_is_taken() -> None:
    """Two tracks join west and east; the straight one is shorter."""
    stations = stations_of(("a", "west", "matched", NAN), ("a", "east", "matched", NAN))
    matches = match_lines(LADDER, LADDER_PLACES, stations)
    assert edges_of(matches, "a") == [[0, 1, 2, 3]]


def test_a_station_pulls_the_line_onto_its_own_track() -> None:
    """A station by the northern track makes the line follow it, longer as it is."""
    stations = stations_of(
        ("a", "west", "matched", NAN),
        ("a", "north", "matched", NAN),
        ("a", "east", "matched", NAN),
    )
    matches = match_lines(LADDER, LADDER_PLACES, stations)
    assert edges_of(matches, "a") == [[4], [5, 6]]
    assert matches.line_id.tolist() == ["", "", "", "", "a", "a", "a"]
    assert matches.part_order.tolist() == [0, 0, 0, 0, 1, 2, 2]
    assert matches.place_ids.tolist() == ["west", "", "", "", "east", "north", ""]
    table = matches.part_table()
    assert table["length_km"].sum() == pytest.approx(LADDER.length_km[4:].sum(), abs=2e-3)
    assert table["to_snap_km"].iloc[0] == pytest.approx(1.106, abs=0.01)


def test_direction_is_told_of_every_edge() -> None:
    """A line from east to west passes its edges from head to tail."""
    stations = stations_of(("a", "east", "matched", NAN), ("a", "west", "matched", NAN))
    (part,) = match_lines(LADDER, LADDER_PLACES, stations).parts
    assert part.edges.tolist() == [3, 2, 1, 0]
    assert not part.forward.any()


def test_published_length_is_shared_by_length_and_never_enters_the_measured_one() -> None:
    """The share of the tariff adds up to the published figure; the length is the track's."""
    stations = stations_of(("a", "west", "matched", NAN), ("a", "east", "matched", 200.0))
    matches = match_lines(LADDER, LADDER_PLACES, stations)
    assert matches.tariff_km[:4].sum() == pytest.approx(200.0)
    assert matches.tariff_km[:4] == pytest.approx([50.0] * 4, rel=1e-6)
    assert np.isnan(matches.tariff_km[4:]).all()
    measured = walked_km(matches, "west", "east")
    assert measured == pytest.approx(LADDER.length_km[:4].sum())


def test_the_first_line_of_the_table_keeps_shared_track() -> None:
    """A second line over the same edges takes only what is left."""
    stations = stations_of(
        ("b", "south", "matched", NAN),
        ("b", "east", "matched", NAN),
        ("a", "west", "matched", NAN),
        ("a", "south", "matched", NAN),
        ("a", "east", "matched", NAN),
    )
    matches = match_lines(LADDER, LADDER_PLACES, stations)
    assert matches.line_id[:4].tolist() == ["a", "a", "b", "b"]
    assert walked_km(matches, "west", "east") == pytest.approx(LADDER.length_km[:4].sum())


def test_a_gap_names_line_stations_and_distance() -> None:
    """Two pieces of track 0.5 degrees apart on the equator: a gap of 55.7 km."""
    broken = graph_of([(0.0, 0.0), (0.25, 0.0), (0.75, 0.0), (1.0, 0.0)], [(0, 1), (2, 3)])
    stations = stations_of(("a", "west", "matched", NAN), ("a", "east", "matched", NAN))
    with pytest.raises(DataError, match=r"line a: no track from west to east: a gap of 55\.7 km"):
        match_lines(broken, LADDER_PLACES, stations)


def test_a_station_off_the_track_is_a_gap_too() -> None:
    """A station 0.5 degrees north of all track is refused with its distance, not snapped."""
    places = places_of(west=(0.0, 0.0), far=(0.5, 0.6))
    stations = stations_of(("a", "west", "matched", NAN), ("a", "far", "matched", NAN))
    with pytest.raises(DataError, match=r"line a: no track from west to far: a gap of 6\d\.\d km"):
        match_lines(LADDER, places, stations)


def test_an_unknown_place_is_refused_with_its_row() -> None:
    """The message leads to the row as an editor counts it."""
    stations = stations_of(("a", "west", "matched", NAN), ("a", "nowhere", "matched", NAN))
    with pytest.raises(DataError, match=r"row 3, place_id: unknown place 'nowhere'"):
        match_lines(LADDER, LADDER_PLACES, stations)


def test_a_station_is_set_into_a_long_edge_that_passes_it() -> None:
    """An edge drawn straight for 111 km, 130 km long: a station 20 km beside it may be on it."""
    long = graph_of([(0.0, 0.0), (1.0, 0.0)], [(0, 1)])
    long.length_km[0] = 130.0
    places = places_of(west=(0.0, 0.0), middle=(0.5, 0.18), east=(1.0, 0.0))
    stations = stations_of(
        ("a", "west", "matched", NAN),
        ("a", "middle", "matched", NAN),
        ("a", "east", "matched", NAN),
    )
    matches = match_lines(long, places, stations)
    assert matches.part_table()["length_km"].tolist() == pytest.approx([65.0, 65.0])
    assert matches.graph.length_km.sum() == pytest.approx(130.0)
    assert matches.place_ids.tolist() == ["west", "east", "middle"]
    assert edges_of(matches, "a") == [[0], [1]]
    assert long.n_edges == 1  # the graph that was given is left alone
    with pytest.raises(DataError, match="no track"):
        match_lines(long, places, stations, split=False)


def test_hand_drawn_parts_join_the_vertices_of_their_stations() -> None:
    """A curated part has its published length, a schematic one without has its own."""
    places = places_of(west=(0.0, 0.0), south=(0.5, 0.01), beyond=(0.5, -0.3), last=(0.5, -0.5))
    stations = stations_of(
        ("a", "west", "matched", NAN),
        ("a", "south", "matched", NAN),
        ("a", "beyond", "curated", 40.0),
        ("a", "last", "schematic", NAN),
    )
    matches = match_lines(LADDER, places, stations)
    assert matches.graph.kind[-2:].tolist() == ["curated", "schematic"]
    assert matches.graph.tail[-2] == 2
    assert walked_km(matches, "south", "beyond") == pytest.approx(40.0)
    straight = float(distance_km(0.5, -0.3, 0.5, -0.5))
    assert walked_km(matches, "beyond", "last") == pytest.approx(straight)
    assert matches.parts[1].from_vertex == 2


def test_a_line_may_begin_with_a_hand_drawn_part() -> None:
    """It ends at the vertex that a later line gives to its station."""
    places = places_of(start=(-0.5, 0.0), west=(0.0, 0.0), east=(1.0, 0.0))
    stations = stations_of(
        ("b", "start", "schematic", NAN),
        ("b", "west", "schematic", NAN),
        ("a", "west", "matched", NAN),
        ("a", "east", "matched", NAN),
    )
    matches = match_lines(LADDER, places, stations)
    assert matches.graph.head[-1] == 0
    assert walked_km(matches, "start", "east") > 150.0
