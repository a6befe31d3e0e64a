"""Nearest points, also at the poles and over the antimeridian."""

from __future__ import annotations

import numpy as np
import pytest

from geo.earth import NearestPoints, distance_km


def test_the_nearest_over_the_antimeridian() -> None:
    points = NearestPoints([-179.0, 170.0], [0.0, 0.0])
    index, km = points.query([179.0], [0.0])
    assert index.tolist() == [0]
    assert km == pytest.approx([2 * 111.319], abs=1e-2)


def test_the_nearest_over_the_pole() -> None:
    points = NearestPoints([0.0, 180.0], [85.0, 89.0])
    index, km = points.query(0.0, 89.0)
    assert index.tolist() == [1]
    assert km == pytest.approx(distance_km(0, 89, 180, 89))


def test_several_come_nearest_first() -> None:
    points = NearestPoints([0.0, 1.0, 2.0, 50.0], [0.0, 0.0, 0.0, 0.0])
    index, km = points.query([1.9, 0.1], [0.0, 0.0], k=2)
    assert index.tolist() == [[2, 1], [0, 1]]
    assert (np.diff(km, axis=1) > 0).all()


def test_no_more_come_than_there_are() -> None:
    points = NearestPoints([0.0, 1.0], [0.0, 0.0])
    index, km = points.query([0.2], [0.0], k=9)
    assert len(points) == 2
    assert index.tolist() == [[0, 1]]
    assert km.shape == (1, 2)


def test_against_every_distance() -> None:
    random = np.random.default_rng(7)
    lon, lat = random.uniform(-180, 180, 500), random.uniform(-90, 90, 500)
    at_lon, at_lat = random.uniform(-180, 180, 50), random.uniform(-90, 90, 50)
    _, km = NearestPoints(lon, lat).query(at_lon, at_lat)
    every = distance_km(at_lon[:, None], at_lat[:, None], lon, lat)
    # The sphere may order two points otherwise whose distances differ by the flattening.
    np.testing.assert_allclose(km, every.min(axis=1), rtol=5e-3)


def test_nothing_to_search_among() -> None:
    with pytest.raises(ValueError, match="no points"):
        NearestPoints([], [])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_coordinate_that_is_no_number(bad: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        NearestPoints([bad], [0.0])
    with pytest.raises(ValueError, match="not a finite number"):
        NearestPoints([0.0], [0.0]).query([0.0], [bad])
