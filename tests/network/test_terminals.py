"""Terminals: which track a place is joined to, and what getting on and off uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyproj import Geod

from geo.network.blocks import NodeBook
from geo.network.rail import rail_layer
from geo.network.terminals import RoadAccess, terminal_layer
from tests.small import (
    LINE_STATIONS,
    LINES,
    PLACES,
    PORTS,
    ZONE_OF,
    edges,
    table,
    vertices,
)
from tests.worlds import study

if TYPE_CHECKING:
    from geo.network.terminals import Terminals

ROAD = RoadAccess(bound_km=30.0, circuity=1.3)
HUT_KM = Geod(ellps="WGS84").inv(4.2, 50.0, 4.2, 50.1)[2] / 1000


def terminals(places: str = PLACES, waits: dict[str, str] | None = None) -> Terminals:
    """Make the terminals of the small world."""
    book = NodeBook()
    rail = rail_layer(
        edges(),
        vertices(),
        zone_of=ZONE_OF,
        lines=table(LINES),
        parts=table(LINE_STATIONS),
        book=book,
    )
    return terminal_layer(
        table(places),
        table(PORTS),
        vertices(),
        rail=rail,
        usable=np.ones(len(vertices()), dtype=np.bool_),
        zone_of=ZONE_OF,
        road=ROAD,
        waits=waits or {},
        book=book,
    )


def uses(
    made: Terminals, tail: int | None = None, head: int | None = None
) -> list[dict[str, float]]:
    """Return what the arcs out of a node, or into one, use."""
    (arcs, items, amounts), *_ = made.block.quantities
    chosen = [
        arc
        for arc in range(len(made.block.tail))
        if tail in {None, made.block.tail[arc]} and head in {None, made.block.head[arc]}
    ]
    return [
        {
            str(item): float(amount)
            for number, item, amount in zip(arcs, items, amounts, strict=True)
            if number == arc
        }
        for arc in chosen
    ]


def test_a_station_is_joined_to_its_own_track_without_a_road() -> None:
    made = terminals()
    assert made.access.loc["beta"].to_dict() == {"vertex": 2, "access_km": 0.0, "charged_km": 0.0}
    assert made.yards["beta"] == made.doors["beta"]


def test_loading_pays_lift_fixed_part_and_wait_and_unloading_the_lift_alone() -> None:
    made = terminals()
    door = made.doors["beta"]
    assert uses(made, tail=door) == [
        {"rail-handling-rus": 1.0, "entry-rus": 1.0, "wait-train-rus": 1.0}
    ]
    assert uses(made, head=door) == [{"rail-handling-rus": 1.0}]


def test_where_the_trains_are_counted_their_own_headway_is_waited_for() -> None:
    made = terminals(waits={"beta": "wait-beta"})
    assert "wait-beta" in uses(made, tail=made.doors["beta"])[0]
    assert "wait-train-blr" in uses(made, tail=made.doors["gamma"])[0]


def test_a_place_beside_the_track_is_joined_by_road_at_its_distance() -> None:
    made = terminals()
    row = made.access.loc["hut"]
    assert row["vertex"] == 2
    assert row["access_km"] == pytest.approx(HUT_KM, rel=1e-3)
    assert row["charged_km"] == pytest.approx(HUT_KM * ROAD.circuity, rel=1e-3)
    (road,) = uses(made, tail=made.doors["hut"])
    assert road == pytest.approx(dict.fromkeys(road, HUT_KM * ROAD.circuity), rel=1e-3)
    assert set(road) == {"haul-road-rus", "run-road", "energy-road"}  # of its own state


def test_snapping_is_bounded() -> None:
    near, far = ROAD.bound_km - 0.5, ROAD.bound_km + 0.5
    for km, joined in ((near, True), (far, False)):
        _, lat, _ = Geod(ellps="WGS84").fwd(4.2, 50.0, 0.0, km * 1000)
        moved = terminals(PLACES.replace("BBB,4.2,50.1,city", f"BBB,4.2,{lat},city"))
        assert (moved.access["vertex"].to_dict()["hut"] >= 0) == joined
        assert bool(uses(moved, tail=moved.doors["hut"])) == joined


def test_a_ship_is_reached_and_left_through_the_handling_of_its_port() -> None:
    made = terminals()
    quay = made.quays.to_dict("index")["isle"]
    assert uses(made, head=int(quay["outward"])) == [{"port-handling": 1.0}]
    assert uses(made, tail=int(quay["inward"])) == [{"port-handling": 1.0, "port-dwell": 1.0}]


def test_what_stands_on_a_quay_cannot_be_shipped_on_without_handling() -> None:
    made = terminals()
    quay = made.quays.to_dict("index")["isle"]
    assert not uses(made, tail=int(quay["inward"]), head=int(quay["outward"]))


def test_the_place_farthest_from_its_railway_is_within_the_bound() -> None:
    access = study().network.terminals.access
    joined = access[access["vertex"] >= 0]
    assert len(joined) > 500
    assert joined["access_km"].max() <= ROAD.bound_km
    away = joined[joined["access_km"] > 0]
    driven = away["charged_km"] / away["access_km"]
    # By the road network, never shorter than straight nor further than twice as far; else by rule.
    assert driven.between(1.0, 2.1).all()
    assert 0 < (driven == ROAD.circuity).sum() < len(away)


def test_a_station_of_the_data_is_joined_to_track_of_its_own_state() -> None:
    network, places = study().network, study().atlas.places
    state = network.nodes["iso3"].to_numpy()
    abroad = {
        place: (iso3, sorted(set(state[nodes])))
        for place, iso3, kinds in zip(
            places["place_id"], places["iso3"], places["kinds"], strict=True
        )
        if "station" in kinds.split(";")
        and len(nodes := network.station_nodes.get(place, np.empty(0, dtype=np.int64)))
        and iso3 not in set(state[nodes])
    }
    assert not abroad
