"""Nothing crosses the 180th meridian any more, and nothing is lost."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from geo.earth import line_length_km, split_at_antimeridian


def test_the_example_of_rfc_7946() -> None:
    line = LineString([(170.0, 45.0), (-170.0, 45.0)])
    cut = split_at_antimeridian(line)
    assert cut == MultiLineString([[(170, 45), (180, 45)], [(-180, 45), (-170, 45)]])
    area = Polygon([(177, -16), (-177, -16), (-177, -20), (177, -20)])
    assert split_at_antimeridian(area).equals(
        MultiPolygon([box(177, -20, 180, -16), box(-180, -20, -177, -16)])
    )


@pytest.mark.parametrize(
    "geometry",
    [
        LineString([(126, 37), (37, 55)]),
        LineString([(-90, 0), (90, 10)]),
        LineString([(170, 0), (180, 10), (175, 20)]),
        LineString([(180, 0), (180, 10)]),
        LineString(),
        MultiLineString([[(170, 0), (180, 0)], [(-180, 0), (-170, 0)]]),
        box(-180, -90, 180, -60),
        box(100, 0, 140, 50),
    ],
    ids=str,
)
def test_what_does_not_cross_is_given_back(geometry: LineString) -> None:
    assert split_at_antimeridian(geometry) is geometry


def test_eastward_and_westward_crossings_keep_their_order() -> None:
    line = LineString([(170, 0), (-170, 20), (170, 40)])
    assert split_at_antimeridian(line) == MultiLineString(
        [[(170, 0), (180, 10)], [(-180, 10), (-170, 20), (-180, 30)], [(180, 30), (170, 40)]]
    )


def test_longitudes_beyond_the_range_are_brought_back() -> None:
    assert split_at_antimeridian(LineString([(170, 0), (190, 20)])) == MultiLineString(
        [[(170, 0), (180, 10)], [(-180, 10), (-170, 20)]]
    )
    assert split_at_antimeridian(LineString([(190, 0), (200, 0)])) == LineString(
        [(-170, 0), (-160, 0)]
    )
    assert split_at_antimeridian(box(350, 0, 370, 5)).equals(box(-10, 0, 10, 5))


def test_a_point_on_the_meridian_is_the_cut() -> None:
    line = LineString([(170, 0), (180, 3), (-170, 20)])
    assert split_at_antimeridian(line) == MultiLineString(
        [[(170, 0), (180, 3)], [(-180, 3), (-170, 20)]]
    )


def test_parts_that_do_not_cross_stay_among_the_parts() -> None:
    lines = MultiLineString([[(0, 0), (1, 1)], [(179, 0), (-179, 2)]])
    assert split_at_antimeridian(lines) == MultiLineString(
        [[(0, 0), (1, 1)], [(179, 0), (180, 1)], [(-180, 1), (-179, 2)]]
    )


def test_a_hole_follows_its_shell() -> None:
    shell = [(170, 0), (-170, 0), (-170, 10), (170, 10)]
    hole = [(-178, 4), (-176, 4), (-176, 6), (-178, 6)]
    cut = split_at_antimeridian(Polygon(shell, [hole]))
    assert cut.area == pytest.approx(200 - 4)
    assert not cut.covers(Point(-177, 5))
    assert cut.covers(Point(-179, 5))


def test_an_island_that_touches_the_cut_does_not_span_the_map() -> None:
    # As world-atlas draws Fiji: from -180 to 180 and on from there.
    island = Polygon([(-180, -17), (180, -17), (179.9, -16.5), (180, -16), (-180, -17)])
    assert split_at_antimeridian(island).equals(Polygon([(180, -17), (179.9, -16.5), (180, -16)]))


def test_a_ring_that_begins_beyond_the_cut_is_not_turned_inside_out() -> None:
    # As world-atlas draws Russia: one vertex at -180, all others in the east.
    land = Polygon([(-180, 65), (170, 60), (30, 60), (30, 70), (170, 70), (-180, 69)])
    cut = split_at_antimeridian(land)
    assert cut.is_valid
    assert cut.covers(Point(100, 67))
    assert not cut.covers(Point(0, 67))
    assert cut.bounds == (30, 60, 180, 70)


def test_an_area_whose_ring_meets_itself_is_made_valid() -> None:
    bow = Polygon([(170, 0), (-170, 10), (-170, 0), (170, 10)])
    cut = split_at_antimeridian(bow)
    assert cut.is_valid
    assert cut.area == pytest.approx(100)


def test_a_ring_round_the_pole_encloses_it() -> None:
    cap = Polygon([(0, 80), (90, 80), (180, 80), (-90, 80)])
    cut = split_at_antimeridian(cap)
    assert cut.area == pytest.approx(360 * 10)
    assert cut.bounds == (-180, 80, 180, 90)


def test_a_point_cannot_be_cut() -> None:
    with pytest.raises(TypeError, match="not a Point"):
        split_at_antimeridian(Point(0, 0))


@given(
    st.lists(st.tuples(st.integers(-179, 180), st.integers(-60, 60)), min_size=2, max_size=12).map(
        LineString
    )
)
def test_any_line_keeps_its_points_and_loses_its_jumps(line: LineString) -> None:
    cut = split_at_antimeridian(line)
    points = shapely.get_coordinates(cut)
    assert np.abs(points[:, 0]).max() <= 180
    for part in shapely.get_parts(cut):
        assert np.abs(np.diff(shapely.get_coordinates(part)[:, 0])).max(initial=0) <= 180
    kept = {tuple(point) for point in points}
    on_the_cut = {(-lon, lat) for lon, lat in kept if abs(lon) == 180}
    assert {tuple(point) for point in shapely.get_coordinates(line)} <= kept | on_the_cut


@given(st.floats(150, 179.9), st.floats(-179.9, -150), st.floats(-1, 1))
def test_the_cut_keeps_the_length_of_a_line_near_the_equator(
    west: float, east: float, lat: float
) -> None:
    line = LineString([(west, 0), (east, lat)])
    kept = line_length_km([split_at_antimeridian(line)])
    np.testing.assert_allclose(kept, line_length_km([line]), rtol=1e-3)
