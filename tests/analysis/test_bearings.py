"""Bearings: boxes and discs whose directions are known, and properties of any areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point

from geo.analysis.bearings import STEP_DEG, bearing_coverage
from geo.earth import buffer_km

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EARTH_KM = 6371.0


def disc(azimuth_deg: float, away_km: float, radius_km: float) -> BaseGeometry:
    """Draw a disc of some radius, at a distance and in a direction from 0 N 0 E."""
    lon, lat, _ = Geod(ellps="WGS84").fwd(0, 0, azimuth_deg, away_km * 1000)
    return buffer_km(Point(lon, lat), radius_km)


@pytest.mark.parametrize("azimuth", [0.0, 45.0, 133.0, 270.0, 359.0])
def test_a_disc_is_seen_under_its_angle(azimuth: float) -> None:
    view = bearing_coverage(0, 0, [disc(azimuth, 1000, 200)])
    # On the sphere: sin of half the angle is sin(radius) / sin(distance).
    half = np.degrees(np.arcsin(np.sin(200 / EARTH_KM) / np.sin(1000 / EARTH_KM)))
    assert view.coverage_deg == pytest.approx(2 * half, abs=3 * STEP_DEG)
    assert view.largest_gap_deg == pytest.approx(360 - 2 * half, abs=3 * STEP_DEG)
    begin, _ = view.largest_gap
    assert (begin - (azimuth + half) + 180) % 360 - 180 == pytest.approx(0, abs=3 * STEP_DEG)


def test_what_holds_the_point_lies_everywhere() -> None:
    view = bearing_coverage(0, 0, [shapely.box(-1, -1, 1, 1)])
    assert (view.coverage_deg, view.largest_gap_deg) == (360.0, 0.0)


def test_nothing_lies_nowhere() -> None:
    view = bearing_coverage(0, 0, [])
    assert (view.coverage_deg, view.largest_gap) == (0.0, (0.0, 360.0))


def test_an_area_beyond_the_antimeridian_lies_east_and_not_everywhere() -> None:
    two = shapely.MultiPolygon([shapely.box(178, -1, 180, 1), shapely.box(-180, -1, -178, 1)])
    view = bearing_coverage(170, 0, [two])
    assert view.covered[900]
    assert view.coverage_deg < 20


def test_overlaps_count_once() -> None:
    one, other = disc(80, 1000, 200), disc(90, 1500, 300)
    both = bearing_coverage(0, 0, [one, other])
    first, second = bearing_coverage(0, 0, [one]), bearing_coverage(0, 0, [other])
    assert np.array_equal(both.covered, first.covered | second.covered)
    assert both.coverage_deg < first.coverage_deg + second.coverage_deg


@given(
    azimuths=st.lists(st.floats(0, 359.9), min_size=1, max_size=4),
    radius_km=st.floats(20, 400),
)
def test_gap_and_coverage_never_exceed_the_horizon(azimuths: list[float], radius_km: float) -> None:
    view = bearing_coverage(0, 0, [disc(azimuth, 1000, radius_km) for azimuth in azimuths])
    assert 0 < view.coverage_deg + view.largest_gap_deg <= 360.0 + 1e-9
    # The largest of n gaps is at least their mean.
    gaps = 360 - view.coverage_deg
    assert view.largest_gap_deg >= gaps / len(azimuths) - STEP_DEG
