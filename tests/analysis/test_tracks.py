"""Tracks: shares of arcs by hand, and cuts of lines against PROJ."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiLineString

from geo.analysis.tracks import cut_line, reached_shares
from geo.earth import line_length_km

BENT = LineString([(126.5, 37.9), (126.9, 38.4), (127.8, 38.5), (129.0, 41.0)])


def test_shares_by_hand() -> None:
    cost = np.array([0.0, 6.0, np.inf])
    weights = np.array([10.0, 10.0, 5.0, np.inf, 0.0, 2.0])
    tail = np.array([0, 1, 1, 0, 1, 2])
    shares = reached_shares(cost, weights, tail, 8.0)
    # Eight of ten; two of ten; two of five; closed; free of cost; never reached.
    assert shares.tolist() == [0.8, 0.2, 0.4, 0.0, 1.0, 0.0]


def test_a_limit_for_each_arc() -> None:
    cost, weights, tail = np.array([0.0]), np.array([10.0, 10.0]), np.array([0, 0])
    assert reached_shares(cost, weights, tail, np.array([5.0, -1.0])).tolist() == [0.5, 0.0]


@given(begin=st.floats(0, 0.9), length=st.floats(0.01, 0.1))
def test_a_cut_has_its_share_of_the_length(begin: float, length: float) -> None:
    part = cut_line(BENT, begin, begin + length)
    whole = line_length_km(BENT)[0]
    assert line_length_km(part)[0] == pytest.approx(length * whole, rel=1e-4)


def test_a_cut_ends_where_proj_says() -> None:
    line = LineString([(100, 0), (110, 0)])
    part = cut_line(line, 0.0, 0.25)
    lon, lat, _ = Geod(ellps="WGS84").fwd(100, 0, 90, line_length_km(line)[0] * 250)
    assert shapely.get_coordinates(part)[-1] == pytest.approx([lon, lat], abs=1e-6)


def test_parts_follow_one_another() -> None:
    two = MultiLineString([[(178, 60), (180, 60)], [(-180, 60), (-178, 60)]])
    first = cut_line(two, 0.0, 0.5).simplify(0)
    assert first.equals_exact(LineString([(178, 60), (180, 60)]), 1e-9)
    across = cut_line(two, 0.25, 0.75)
    assert shapely.get_num_geometries(across) == 2
    assert across.bounds == pytest.approx((-180, 60, 180, 60))
