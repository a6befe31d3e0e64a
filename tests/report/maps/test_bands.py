"""Bands of reach: they lie one beside the other, and together are the whole."""

from __future__ import annotations

import pytest
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point, box

from geo.report.maps.bands import area_bands, line_bands


def test_bands_of_nested_boxes_are_frames_that_fill_the_largest() -> None:
    boxes = [MultiPolygon([box(-side, -side, side, side)]) for side in (1.0, 2.0, 4.0)]
    bands = area_bands(boxes)
    assert [band.area for band in bands] == pytest.approx([4, 12, 48])
    for at, band in enumerate(bands):
        for other in bands[:at]:
            assert band.intersection(other).area == pytest.approx(0, abs=1e-9)
    assert shapely.union_all(bands).equals(boxes[-1])


def test_bands_of_ragged_ground_do_not_overlap_once_simplified() -> None:
    circles = [MultiPolygon([Point(10, 50).buffer(radius, 64)]) for radius in (1.0, 1.02, 3.0)]
    bands = area_bands(circles)
    whole = sum(band.area for band in bands)
    assert whole == pytest.approx(circles[-1].area, rel=0.02)
    assert shapely.union_all(bands).area == pytest.approx(whole, rel=1e-6)
    # far fewer points than there were
    assert shapely.get_num_coordinates(bands[2]) < shapely.get_num_coordinates(circles[2])


def test_a_limit_that_adds_nothing_has_an_empty_band() -> None:
    same = MultiPolygon([box(0, 0, 1, 1)])
    assert [band.is_empty for band in area_bands([same, same])] == [False, True]
    assert area_bands([MultiPolygon()])[0].is_empty


def test_each_step_of_a_line_is_drawn_once() -> None:
    near = MultiLineString([LineString([(0, 0), (1, 0), (2, 0)])])
    far = MultiLineString(
        [
            LineString([(0, 0), (1, 0), (2, 0), (3, 0)]),
            LineString([(1, 0), (0, 0)]),  # the same track the other way
            LineString([(2, 0), (2, 5)]),
        ]
    )
    first, second = line_bands([near, far])
    assert first.length == pytest.approx(2)
    assert second.length == pytest.approx(6)
    assert not first.crosses(second)
    assert line_bands([MultiLineString()])[0].is_empty
