"""Coordinates as texts: read back by a reader of its own, and the published example."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry import mapping

from geo.report.maps.packed import LETTERS, decimals_of, packed


def read(text: str, scale: int) -> list[tuple[float, float]]:
    """Read one line: numbers of five bits a letter, lowest first, sign in the lowest bit."""
    numbers, value, place = [], 0, 0
    for letter in text:
        digit = LETTERS.index(letter)
        value |= (digit & 31) << place
        place += 5
        if digit < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = place = 0
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / scale, y / scale))
    return points


def test_the_published_example_in_our_letters() -> None:
    # Google's description of encoded polylines (latitude first) has this line and this text;
    # its letters start at "?", ours at "A".
    line = LineString([(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)])
    published = "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    ours = packed(mapping(line), 5)
    assert ours == "L" + "".join(LETTERS[ord(letter) - 63] for letter in published)


@given(
    st.lists(
        st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000)),
        min_size=2,
        max_size=8,
    )
)
def test_what_is_written_is_read_back(points: list[tuple[int, int]]) -> None:
    line = {"type": "LineString", "coordinates": [(x / 1e4, y / 1e4) for x, y in points]}
    still = [point for i, point in enumerate(points) if not i or point != points[i - 1]]
    assert read(packed(line, 4)[1:], 10_000) == [(x / 1e4, y / 1e4) for x, y in still]


def test_kinds_and_parts_are_told_apart() -> None:
    two = MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]])
    holed = Polygon(box(0, 0, 9, 9).exterior, [box(2, 2, 3, 3).exterior])
    areas = MultiPolygon([holed, box(20, 0, 21, 1)])
    assert packed(mapping(Point(1, 2)), 0) == "PCE"
    assert packed(mapping(two), 0).count(" ") == 1
    drawn = packed(mapping(areas), 0)
    assert drawn[0] == "A"
    assert [part.count(" ") for part in drawn.split(",")] == [1, 0]


def test_no_letter_needs_an_escape() -> None:
    assert not set(LETTERS) & set("\\\"'<>&` ,")
    assert len(set(LETTERS)) == 64


@pytest.mark.parametrize(
    ("xy", "decimals"), [((1, 2), 0), ((1.5, 2), 1), ((0.07, 140.25), 2), ((1 / 3, 0), 4)]
)
def test_no_more_decimals_than_there_are(xy: tuple[float, float], decimals: int) -> None:
    assert decimals_of([mapping(Point(xy))]) == decimals


def test_another_kind_is_refused() -> None:
    other: dict[str, Any] = {"type": "GeometryCollection", "coordinates": []}
    with pytest.raises(TypeError, match="GeometryCollection"):
        packed(other, 4)
