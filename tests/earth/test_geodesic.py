"""Lengths against closed forms of the WGS84 ellipsoid."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point

from geo.earth import distance_km, geodesic_line, line_length_km

EQUATOR_KM = 2 * np.pi * 6378.137
QUARTER_MERIDIAN_KM = 10_001.965_729


def test_a_quarter_of_the_meridian() -> None:
    assert distance_km(127.0, 0.0, 127.0, 90.0) == pytest.approx(QUARTER_MERIDIAN_KM, abs=1e-6)


def test_a_degree_of_the_equator() -> None:
    assert distance_km(10.0, 0.0, 11.0, 0.0) == pytest.approx(EQUATOR_KM / 360, abs=1e-9)
    assert pytest.approx(111.319, abs=1e-3) == EQUATOR_KM / 360


def test_distances_broadcast() -> None:
    km = distance_km([[0.0], [10.0]], 0.0, [0.0, 10.0, 20.0], 0.0)
    assert km.shape == (2, 3)
    assert km[1, 1] == 0
    assert km[0, 1] == pytest.approx(km[1, 2])
    assert distance_km(0, 0, 0, 1).shape == ()


def test_a_distance_from_nowhere_is_unknown() -> None:
    assert np.isnan(distance_km(np.nan, 0.0, 1.0, 0.0))


def test_the_short_way_over_the_antimeridian() -> None:
    assert distance_km(179.5, 0.0, -179.5, 0.0) == pytest.approx(EQUATOR_KM / 360)
    line = LineString([(179.5, 0), (-179.5, 0)])
    assert line_length_km([line]) == pytest.approx(EQUATOR_KM / 360)


def test_lines_of_every_form() -> None:
    degree = EQUATOR_KM / 360
    lines = gpd.GeoSeries(
        [
            LineString([(0, 0), (1, 0), (3, 0)]),
            None,
            MultiLineString([[(0, 0), (1, 0)], [(50, 0), (51, 0)]]),
            LineString(),
            LineString([(0, 0), (0, 90)]),
        ]
    )
    expected = [3 * degree, np.nan, 2 * degree, 0, QUARTER_MERIDIAN_KM]
    np.testing.assert_allclose(line_length_km(lines), expected, rtol=1e-10)


def test_a_single_line_and_no_line() -> None:
    assert line_length_km(LineString([(0, 0), (1, 0)])) == pytest.approx([EQUATOR_KM / 360])
    assert line_length_km([]).shape == (0,)
    assert line_length_km([None, LineString()]).tolist()[1] == 0


def test_a_point_has_no_length() -> None:
    with pytest.raises(TypeError, match="only lines"):
        line_length_km([Point(0, 0)])


@given(
    st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=8, unique=True
    )
)
def test_a_line_is_the_sum_of_its_steps_both_ways(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    steps = distance_km(lon[:-1], lat[:-1], lon[1:], lat[1:])
    line = LineString(points)
    np.testing.assert_allclose(line_length_km([line]), steps.sum(), rtol=1e-9)
    np.testing.assert_allclose(line_length_km([shapely.reverse(line)]), steps.sum(), rtol=1e-9)


def test_a_line_between_two_points_is_the_shortest_way() -> None:
    # Seoul to Washington crosses 180 degrees: two parts, as long as the distance together.
    line = geodesic_line((126.98, 37.57), (-77.04, 38.9))
    assert line.geom_type == "MultiLineString"
    assert line_length_km(line)[0] == pytest.approx(
        float(distance_km(126.98, 37.57, -77.04, 38.9)), rel=1e-4
    )
    west, _, east, north = line.bounds
    assert (west, east) == (-180, 180)
    assert north > 60
    near = geodesic_line((0.0, 0.0), (0.1, 0.0))
    assert list(near.coords) == [(0.0, 0.0), (0.1, 0.0)]
