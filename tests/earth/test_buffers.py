"""Buffers: their radius by geodesics, their area in closed form, the antimeridian and the poles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import LineString, Point, Polygon

from geo.atlas import Atlas
from geo.earth import NearestPoints, area_km2, buffer_km, rings_km
from geo.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

AUTHALIC_KM = 6371.0072
"""Radius of the sphere that has the area of WGS84 (Moritz 2000)."""
POINTS = [(0, 0), (126.55, 37.97), (179.9, 65), (-179.99, -17), (30, 89.5), (0, 90), (10, -88)]


def edge_points(area: BaseGeometry) -> NDArray[np.float64]:
    """Points of the outline that lie on no map's edge."""
    outline = shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), 0.2))
    lon, lat = outline.T
    inside = (np.abs(np.abs(lon) - 180) > 1e-9) & (np.abs(lat) < 89.999)
    return np.asarray(outline[inside], np.float64)


def distances_km(points: NDArray[np.float64], geometry: BaseGeometry) -> NDArray[np.float64]:
    """Distance of each point from a geometry, which is followed in steps of a hundred metres."""
    on_it = shapely.get_coordinates(shapely.segmentize(geometry, 0.001))
    return NearestPoints(on_it[:, 0], on_it[:, 1]).query(points[:, 0], points[:, 1])[1]


@pytest.mark.parametrize(("lon", "lat"), POINTS)
@pytest.mark.parametrize("radius_km", [5, 100, 1000, 5000])
def test_a_point_becomes_a_disc_of_that_radius(lon: float, lat: float, radius_km: float) -> None:
    area = buffer_km(Point(lon, lat), radius_km)
    assert area.is_valid
    edge = edge_points(area)
    here = np.full(len(edge), lon), np.full(len(edge), lat)
    away = Geod(ellps="WGS84").inv(*here, edge[:, 0], edge[:, 1])[2]
    assert np.abs(np.array(away) / 1000 / radius_km - 1).max() < 0.005
    cap = 2 * np.pi * AUTHALIC_KM**2 * (1 - np.cos(radius_km / AUTHALIC_KM))
    assert area_km2(area)[0] == pytest.approx(cap, rel=0.005)


@pytest.mark.parametrize("radius_km", [30, 400])
@pytest.mark.parametrize(
    "line",
    [
        LineString([(126.5, 37.9), (127.5, 41), (131.9, 43.1)]),
        LineString([(0, 60), (40, 61)]),
        LineString([(100, -1), (101, 1)]),
    ],
)
def test_a_line_keeps_its_distance_along_all_of_it(line: LineString, radius_km: float) -> None:
    edge = edge_points(buffer_km(line, radius_km))
    away = distances_km(edge, line)
    # The edges of a line are straight in degrees, as its points are followed here.
    assert np.abs(away / radius_km - 1).max() < 0.005


def test_a_state_keeps_its_distance_and_lies_inside() -> None:
    boundaries = Atlas().boundaries
    korea = boundaries.loc[boundaries["iso3"] == "PRK"].geometry.union_all()
    area = buffer_km(korea, 50)
    assert area.is_valid
    assert shapely.covers(area, korea)
    away = distances_km(edge_points(area), korea.boundary)
    # The outline is simplified by a thousandth of the radius before it is buffered.
    assert np.abs(away / 50 - 1).max() < 0.005


def test_chukotka_is_cut_at_the_antimeridian_and_not_torn() -> None:
    ways = LineString([(170, 66), (-170, 66)])
    area = buffer_km(ways, 200)
    assert area.is_valid
    west, _, east, _ = area.bounds
    assert (west, east) == (-180, 180)
    for lon in (179.999, -179.999, 175, -175):
        assert shapely.covers(area, Point(lon, 66))
    for lon in (0, 90, -90):
        assert not shapely.covers(area, Point(lon, 66))
    # A strip of 902 km (half way round at 66 N is shorter) by 400, and two half discs.
    length = Geod(ellps="WGS84").line_length([170, 180], [66, 66]) / 1000 * 2
    assert area_km2(area)[0] == pytest.approx(length * 400 + np.pi * 200**2, rel=0.01)


def test_the_pole_lies_inside_what_goes_round_it() -> None:
    area = buffer_km(Point(30, 89.5), 300)
    assert shapely.covers(area, Point(-150, 89.9))
    assert area.bounds[3] == 90


def test_several_geometries_dissolve_into_one() -> None:
    near = buffer_km([Point(127, 37), Point(127.5, 37)], 100)
    far = buffer_km([Point(127, 37), Point(147, 37)], 100)
    assert isinstance(near, Polygon)
    assert shapely.get_num_geometries(far) == 2


def test_rings_do_not_overlap_and_fill_the_disc() -> None:
    rings = rings_km(Point(126.55, 37.97), [25, 50, 100])
    areas = area_km2(rings)
    assert areas.sum() == pytest.approx(area_km2(buffer_km(Point(126.55, 37.97), 100))[0], rel=1e-6)
    assert areas == pytest.approx(
        np.pi * np.array([25**2, 50**2 - 25**2, 100**2 - 50**2]), rel=0.01
    )
    assert shapely.intersection(rings[0], rings[1]).area < 1e-9


@pytest.mark.parametrize("radius_km", [0, -5, float("nan"), 9001])
def test_what_is_no_radius_is_refused(radius_km: float) -> None:
    with pytest.raises(UsageError, match="radius"):
        buffer_km(Point(0, 0), radius_km)


@pytest.mark.parametrize("radii", [[], [50, 25], [25, 25]])
def test_rings_must_rise(radii: list[float]) -> None:
    with pytest.raises(UsageError, match="rise"):
        rings_km(Point(0, 0), radii)


def test_nothing_has_no_surroundings() -> None:
    assert buffer_km([], 10).is_empty
    assert buffer_km([None, Polygon()], 10).is_empty
