"""Corridors: the ways to go that ship, and what they are made of in the network."""

from __future__ import annotations

import numpy as np
import pytest

from geo.corridor import Corridor, find_corridor, place_waypoint
from geo.errors import DataError, UnknownNameError, UsageError
from geo.study import Study
from tests.worlds import study

PROMISED = {
    *("tkr-tsr", "tkr-tmr", "tkr-tmgr", "tkr-tcr"),
    *("sea-tsr", "sea-tcr", "sea-tmr", "sea-suez", "sea-cape"),
}


def test_every_promised_corridor_ships() -> None:
    assert set(study().atlas.corridors["corridor_id"]) >= PROMISED


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_every_corridor_that_ships_is_in_the_network(name: str) -> None:
    corridor = find_corridor(study().atlas, name)
    waypoints = corridor.resolve(study().network)
    assert len(waypoints) == len(corridor.waypoints) > 0
    assert all(len(point.nodes) or len(point.arcs) for point in waypoints)
    assert set(corridor.modes) <= {"rail", "sea"}


@pytest.mark.parametrize("name", [None, "best"])
def test_no_corridor_leaves_the_way_open(name: str | None) -> None:
    corridor = find_corridor(study().atlas, name)
    assert corridor.corridor_id == "best"
    assert corridor.resolve(study().network) == ()


def test_an_unknown_corridor_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown corridor 'tkr-tsx'; did you mean tkr-ts"):
        find_corridor(study().atlas, "tkr-tsx")


def test_a_crossing_is_passed_over_the_border_and_not_by_a_change_of_gauge_beside_it() -> None:
    network = study().network
    (point,) = Corridor("x", "x", ("crossing:zabaikalsk-manzhouli",)).resolve(network)
    assert set(network.arcs["mode"].to_numpy()[point.arcs]) == {"border"}
    assert not len(point.nodes)


def test_a_port_is_arrived_at_by_ship() -> None:
    network = study().network
    (point,) = Corridor("x", "x", ("port:vostochny",)).resolve(network)
    assert set(network.arcs["mode"].to_numpy()[point.arcs]) == {"sea"}
    quay = network.terminals.quays.to_dict("index")["vostochny"]
    assert set(network.graph.head[point.arcs]) <= {int(quay["inward"]), int(quay["door"])}


def test_a_place_is_passed_on_any_gauge_of_its_track() -> None:
    network = study().network
    (point,) = Corridor("x", "x", ("place:khasan",)).resolve(network)
    assert set(network.nodes["iso3"].to_numpy()[point.nodes]) == {"RUS"}
    assert np.array_equal(point.nodes, network.station_nodes["khasan"])


@pytest.mark.parametrize("via", ["crossing:nowhere", "port:busann", "passage:suezz"])
def test_a_corridor_through_what_is_not_there_is_damaged_data(via: str) -> None:
    with pytest.raises(DataError, match=f"corridors.csv, vias: x: nothing is at '{via}'"):
        Corridor("x", "x", (via,)).resolve(study().network)


def test_a_place_without_railway_cannot_be_passed_by_rail() -> None:
    for reload in (False, True):
        with pytest.raises(UsageError, match="cannot pass Los Angeles by rail"):
            place_waypoint(study().network, "los-angeles", "Los Angeles", reload=reload)


@pytest.mark.parametrize("corridor", ["sea-tsr", "sea-bam", "sea-tmr", "sea-tcr"])
def test_a_ship_to_a_railway_does_not_sail_on_to_europe(corridor: str) -> None:
    # Where time is cheap the ocean would win after the port, and the corridor be none of rail.
    patient = Study(atlas=study().atlas, time_value="capital-cost", goods="coal")
    patient.__dict__["network"] = study().network
    route = patient.route("Busan", "Moscow", corridor=corridor)
    by_sea = sum(leg.km for leg in route.legs if leg.mode == "sea")
    # Busan to the Baltic or the Black Sea is over 15,000 km by any ocean.
    assert by_sea < 3_000
    assert sum(leg.km for leg in route.legs if leg.mode == "rail") > 6_000
