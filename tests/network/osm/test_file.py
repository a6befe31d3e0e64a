"""Real osmium on files that it wrote: what is read, mended, counted and refused."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import DataError, MissingExtraError, UsageError
from geo.network.osm import mended, read_osm_file
from tests.osm_files import RAIL, write_osm

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.osm.track import OsmTrack

POINTS = {
    1: (127.0, 37.0),
    2: (127.1, 37.0),
    3: (127.2, 37.0),
    4: (127.3, 37.1),
    5: (127.3, 37.1),
    6: (127.4, 37.1),
    7: (127.5, 37.1),
}


def track_of(path: Path) -> OsmTrack:
    """Read a file and mend it."""
    return mended(*read_osm_file(path))


def xml_of(points: dict[int, tuple[str, str]], ways: str = "") -> str:
    """Write XML by hand, as damaged as one likes: lon and lat as text."""
    nodes = "".join(
        f'<node id="{node}" version="1" lon="{lon}" lat="{lat}"/>'
        for node, (lon, lat) in points.items()
    )
    ways = ways or (
        '<way id="1" version="1"><nd ref="1"/><nd ref="2"/><tag k="railway" v="rail"/></way>'
    )
    return f'<?xml version="1.0"?><osm version="0.6" generator="test">{nodes}{ways}</osm>'


@pytest.mark.parametrize("suffix", [".osm.pbf", ".osm", ".osm.gz", ".osm.bz2"])
def test_every_format_gives_the_same(tmp_path: Path, suffix: str) -> None:
    ways = {8: ([1, 2, 3], RAIL | {"name": "울산선", "voltage": "25000"}), 3: ([3, 4], RAIL)}
    track = track_of(write_osm(tmp_path / f"rail{suffix}", POINTS, ways))
    assert track.way_id.tolist() == [3, 8]
    assert [tags.name for tags in track.tags] == ["", "울산선"]
    ends = np.column_stack([track.lon[track.tail], track.lon[track.head]])
    assert sorted(np.sort(ends, axis=1).round(7).tolist()) == [
        [127.0, 127.1],
        [127.1, 127.2],
        [127.2, 127.3],
    ]


def test_what_is_wrong_is_mended_and_counted(tmp_path: Path) -> None:
    ways = {
        1: ([1, 2, 2, 3], RAIL),
        # Nodes 4 and 5 lie at one spot: a way of no length, and the link between its neighbours.
        2: ([4, 5], RAIL),
        3: ([3, 4], RAIL),
        4: ([5, 6], RAIL),
        # A loop, and one that comes back to its first node.
        5: ([6, 7, 2, 6], RAIL | {"gauge": "broad"}),
        # 98 and 99 are not in the extract.
        6: ([7, 98, 99], RAIL | {"gauge": "1435;1520"}),
        7: ([1, 7], {"railway": "tram"}),
        8: ([1, 7], {"railway": "platform"}),
    }
    track = track_of(write_osm(tmp_path / "rail.osm.pbf", POINTS, ways))
    told = {name: number for name, number in track.counts.items() if number}
    assert told == {
        "ways_read": 8,
        "ways_kept": 6,
        "ways_left_out": 2,
        "ways_with_missing_nodes": 1,
        "nodes_missing": 2,
        "repeated_nodes": 2,
        "twin_nodes": 1,
        "ways_of_no_length": 2,
        "closed_ways": 1,
    }
    assert track.left_out == {"tram": 1, "platform": 1}
    assert track.doubts == {"gauge=broad": 1}
    # The two nodes at one spot are one vertex now, so that the line goes through.
    spots = np.column_stack([track.lon, track.lat])
    assert len(np.unique(spots, axis=0)) == len(spots)


def test_sidings_are_left_out_if_asked(tmp_path: Path) -> None:
    ways = {1: ([1, 2], RAIL), 2: ([2, 3], {"railway": "rail", "service": "yard"})}
    raw, origin = read_osm_file(write_osm(tmp_path / "rail.osm", POINTS, ways))
    assert mended(raw, origin).counts["ways_kept"] == 2
    without = mended(raw, origin, sidings=False)
    assert without.counts["ways_kept"] == 1
    assert without.counts["sidings_left_out"] == 1
    assert without.counts["ways_left_out"] == 0


def test_chukotka_is_cut_at_180_degrees(tmp_path: Path) -> None:
    points = {1: (179.8, 66.0), 2: (-179.8, 66.2), 3: (-179.4, 66.2)}
    track = track_of(write_osm(tmp_path / "rail.osm", points, {1: ([1, 2, 3], RAIL)}))
    assert track.counts["cuts_at_180"] == 1
    span = np.abs(track.lon[track.tail] - track.lon[track.head])
    assert span.max() < 0.5
    ((near, far),) = track.twins
    assert {track.lon[near], track.lon[far]} == {180.0, -180.0}
    assert track.lat[near] == track.lat[far] == pytest.approx(66.1)


@pytest.mark.parametrize("lon", [180.0, -180.0])
def test_a_node_on_180_degrees_leaves_no_stub(tmp_path: Path, lon: float) -> None:
    points = {1: (179.8, 66.0), 2: (lon, 66.1), 3: (-179.8, 66.2)}
    track = track_of(write_osm(tmp_path / "rail.osm", points, {1: ([1, 2, 3], RAIL)}))
    assert len(track.tail) == 2
    assert np.abs(track.lon[track.tail] - track.lon[track.head]).max() < 0.5
    assert len(track.twins) == 1


@pytest.mark.parametrize("suffix", [".osm.pbf", ".osm", ".osm.gz"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    points = {node: (127.0 + node / 1000, 37.0 + math.sin(node)) for node in range(1, 400)}
    path = write_osm(tmp_path / f"rail{suffix}", points, {1: (list(points), RAIL)})
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(DataError, match="cut short"):
        track_of(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.osm", b"<html><body>not found</body></html>"),
        ("text.osm", b"no data"),
        ("text.osm.pbf", b"no data, but long enough to have a length at its head"),
        ("page.osm.gz", b"<html>"),
    ],
)
def test_what_is_no_osm_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=f"{name}.*no OpenStreetMap file"):
        track_of(tmp_path / name)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rail.osm.pbf").touch()
    with pytest.raises(DataError, match="is empty"):
        track_of(tmp_path / "rail.osm.pbf")


def test_a_file_without_railways_says_what_it_has(tmp_path: Path) -> None:
    roads = {1: ([1, 2], {"highway": "primary"})}
    with pytest.raises(DataError, match=r"holds no railway$"):
        track_of(write_osm(tmp_path / "roads.osm.pbf", POINTS, roads))
    trams = {1: ([1, 2], {"railway": "tram"}), 2: ([2, 3], {"railway": "subway"})}
    with pytest.raises(DataError, match="holds no railway for freight, only: 1 subway, 1 tram"):
        track_of(write_osm(tmp_path / "city.osm.pbf", POINTS, trams))


def test_ways_without_any_node_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none of their nodes"):
        track_of(write_osm(tmp_path / "rail.osm", {}, {1: ([1, 2], RAIL)}))


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({1: ("37", "127"), 2: ("37.1", "127.1")}, "swapped"),
        ({1: ("127", "37"), 2: ("127.1", "97"), 3: ("127.1", "37")}, "node 2 .* out of range"),
        ({1: ("200", "37"), 2: ("127.1", "37")}, "node 1 .* out of range"),
        ({1: ("x", "37"), 2: ("127.1", "37")}, "'x'"),
        ({1: ("127", "5000"), 2: ("127.1", "37")}, "out of range: 5000"),
    ],
)
def test_coordinates_that_are_none_are_refused(
    tmp_path: Path, points: dict[int, tuple[str, str]], words: str
) -> None:
    (tmp_path / "rail.osm").write_text(xml_of(points), encoding="utf-8")
    with pytest.raises(DataError, match=words):
        track_of(tmp_path / "rail.osm")


def test_a_node_without_a_position_counts_as_missing(tmp_path: Path) -> None:
    text = xml_of({1: ("127", "37"), 2: ("127.1", "37")}).replace(
        "<way", '<node id="3" version="1"/><way'
    )
    text = text.replace('<nd ref="2"/>', '<nd ref="2"/><nd ref="3"/>')
    (tmp_path / "rail.osm").write_text(text, encoding="utf-8")
    assert track_of(tmp_path / "rail.osm").counts["nodes_missing"] == 1


def test_a_path_that_cannot_be_read_is_wrong_use(tmp_path: Path) -> None:
    for path in (tmp_path / "none.osm.pbf", tmp_path):
        with pytest.raises(UsageError):
            read_osm_file(path)
    (tmp_path / "rail.csv").write_text("a,b", encoding="utf-8")
    with pytest.raises(UsageError, match=r"rail\.csv is no OpenStreetMap file by its name"):
        read_osm_file(tmp_path / "rail.csv")


def test_without_the_extra_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_osm(tmp_path / "rail.osm", POINTS, {1: ([1, 2], RAIL)})
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(MissingExtraError, match=r"needs osmium: pip install 'crescent\[osm\]'"):
        read_osm_file(path)


def test_a_longitude_that_is_none_is_named_with_its_line_and_node(tmp_path: Path) -> None:
    path = tmp_path / "far.osm"
    path.write_text(xml_of({1: ("127.0", "37.0"), 2: ("500.0", "37.0")}), encoding="utf-8")
    with pytest.raises(DataError, match=r"line 1, node 2, lon: coordinates out of range: 500\.0"):
        read_osm_file(path)
    path.write_text(xml_of({1: ("127.0", "east"), 2: ("127.1", "37.0")}), encoding="utf-8")
    with pytest.raises(DataError, match="line 1, node 1, lat: expected a coordinate in degrees"):
        read_osm_file(path)
