"""Colours, strokes and shapes: one look a corridor, dashes for a status, geometry made light."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, MultiLineString

from geo.report.maps.palette import ROUTE_LOOKS, corridor_order, dash, route_look
from geo.report.maps.shapes import light, web
from geo.report.maps.strands import strand_shifts
from tests import worlds


def test_every_corridor_that_ships_has_a_look_of_its_own() -> None:
    shipped = set(worlds.study().atlas.corridors["corridor_id"])
    assert shipped <= set(ROUTE_LOOKS)
    looks = [(look.colour, look.dashes) for look in ROUTE_LOOKS.values()]
    assert len(set(looks)) == len(looks)


def test_an_unknown_corridor_has_a_steady_look_that_no_known_one_has() -> None:
    look = route_look("mine")
    assert look == route_look("mine")
    assert look.colour not in {known.colour for known in ROUTE_LOOKS.values()}
    assert len({route_look(f"mine-{number}") for number in range(30)}) > 10


def test_routes_of_one_way_lie_side_by_side_in_a_steady_order() -> None:
    assert strand_shifts(["best", "a", "b", "c"]) == {"a": -2.4, "b": 0.0, "c": 2.4}
    assert strand_shifts(["best"]) == {}
    assert corridor_order({"sea-suez", "mine", "best", "tkr-tsr"}) == [
        *("best", "tkr-tsr", "sea-suez", "mine"),
    ]


@pytest.mark.parametrize(
    ("status", "drawn", "dashes"),
    [
        ("open", "matched", ""),
        ("open", "schematic", "1 6"),
        ("severed", "matched", "2 7"),
        ("planned", "schematic", "8 5"),
        ("unheard-of", "matched", "2 7"),
    ],
)
def test_what_is_not_open_or_drawn_by_hand_is_dashed(status: str, drawn: str, dashes: str) -> None:
    assert dash(status, drawn) == dashes


def test_light_geometry_is_cut_and_rounded() -> None:
    shape = light(LineString([(179.123456, 60), (-179.5, 61)]), tolerance=0.0)
    assert isinstance(shape, MultiLineString)
    assert shape.bounds[0] == -180
    assert shape.bounds[2] == 180
    assert shape.geoms[0].coords[0] == (179.1235, 60)


def test_what_lanes_share_is_drawn_once() -> None:
    there = LineString([(0, 0), (1, 0), (2, 0), (3, 1)])
    back = LineString([(3, -1), (2, 0), (1, 0), (0, 0)])
    drawn = web(np.array([there, back], dtype=object))
    # two steps in common, and one of each alone
    assert drawn.length == pytest.approx(2 + 2 * 2**0.5)
    assert drawn.equals(there.union(back))
