"""Areas: against PROJ's geodesic polygons and against published areas of states."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import Polygon

from geo.atlas import Atlas
from geo.earth import area_km2

WGS84 = Geod(ellps="WGS84")


def disc(lon: float, lat: float, radius_km: float) -> Polygon:
    azimuth = np.arange(0, 360, 0.25)
    ends = np.full((3, len(azimuth)), [[lon], [lat], [radius_km * 1000]])
    east, north, _ = WGS84.fwd(ends[0], ends[1], azimuth, ends[2])
    return Polygon(np.column_stack((east, north)))


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (127, 38), (-120, -55), (30, 80)])
@pytest.mark.parametrize("radius_km", [10, 800])
def test_a_disc_has_the_area_that_proj_gives_it(lon: float, lat: float, radius_km: float) -> None:
    shape = disc(lon, lat, radius_km)
    by_proj = abs(WGS84.geometry_area_perimeter(shape)[0]) / 1e6
    assert area_km2(shape)[0] == pytest.approx(by_proj, rel=2e-4)


def test_the_globe_has_its_area() -> None:
    # 510,065,622 km2: the surface of WGS84 in closed form (Moritz 2000, Geodetic Reference System).
    assert area_km2(shapely.box(-180, -90, 180, 90))[0] == pytest.approx(510_065_622, rel=1e-6)


def test_missing_is_unknown_and_lines_have_none() -> None:
    areas = area_km2([None, shapely.LineString([(0, 0), (9, 9)]), Polygon()])
    assert np.isnan(areas[0])
    assert areas[1:].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("iso3", "published_km2"),
    # Surface area, United Nations Statistics Division, Demographic Yearbook.
    [("MNG", 1_564_116), ("KAZ", 2_724_902), ("KHM", 181_035), ("MMR", 676_577)],
)
def test_states_have_about_their_published_area(iso3: str, published_km2: float) -> None:
    boundaries = Atlas().boundaries
    shape = boundaries.loc[boundaries["iso3"] == iso3].geometry
    # Inland water and coasts at 1:10 million leave a per cent or two.
    assert area_km2(shape).sum() == pytest.approx(published_km2, rel=0.02)
