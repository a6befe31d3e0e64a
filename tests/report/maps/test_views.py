"""The first view holds what the map is about, with a margin, and stays on the map."""

from __future__ import annotations

from shapely import LineString, MultiPolygon, Point

from geo.report.maps.views import VIEW, view_of


def test_a_view_holds_all_of_it_with_a_margin() -> None:
    (south, west), (north, east) = view_of([LineString([(30, 40), (130, 60)]), MultiPolygon()])
    assert west < 30
    assert 130 < east < west + 120
    assert south < 40
    assert north > 60


def test_one_place_is_not_a_point_on_the_screen() -> None:
    (south, west), (north, east) = view_of([Point(126.5, 37.9)])
    assert north - south >= 3
    assert east - west >= 3


def test_a_view_ends_at_the_edges_of_the_map() -> None:
    (south, west), (north, east) = view_of([LineString([(-179, -89), (179, 89)])])
    assert (west, east) == (-180, 180)
    assert -86 < south < north < 86
    assert view_of([]) == VIEW
