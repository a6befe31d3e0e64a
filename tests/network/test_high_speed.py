"""High-speed track is kept from freight: the conventional lines come out by themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.network.matching import match_lines
from geo.network.rail_source import RailGraph
from tests.worlds import study

PASSENGER = "passenger-high-speed"


def two_ways() -> RailGraph:
    """Two stations 100 km apart: a straight way by `mid` and a bent one by `bend`."""
    lon = np.array([0.0, 0.45, 0.9, 0.45])
    lat = np.array([0.0, 0.0, 0.0, 0.2])
    return RailGraph(
        lon=lon,
        lat=lat,
        tail=np.array([0, 1, 0, 3]),
        head=np.array([1, 2, 3, 2]),
        length_km=np.array([50.0, 50.0, 55.0, 55.0]),
        kind=np.full(4, "track"),
    )


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_freight_line_leaves_the_track_of_a_passenger_line(first: str) -> None:
    places = pd.DataFrame([("a", 0.0, 0.0), ("b", 0.9, 0.0)], columns=["place_id", "lon", "lat"])
    order = [first, "new" if first == "old" else "old"]
    stations = pd.DataFrame(
        [
            (line, at, place, "matched", np.nan)
            for line in order
            for at, place in enumerate(("a", "b"))
        ],
        columns=["line_id", "order", "place_id", "geometry", "tariff_km"],
    )
    found = match_lines(two_ways(), places, stations, split=False, passenger_lines={"new"})
    assert {part.line_id: part.length_km for part in found.parts} == {"old": 110.0, "new": 100.0}
    assert list(found.use) == [PASSENGER, PASSENGER, "freight", "freight"]
    assert list(found.line_id) == ["new", "new", "old", "old"]


def test_track_that_both_must_use_is_mixed() -> None:
    places = pd.DataFrame([("a", 0.0, 0.0), ("m", 0.45, 0.0)], columns=["place_id", "lon", "lat"])
    stations = pd.DataFrame(
        [
            (line, at, place, "matched", np.nan)
            for line in ("new", "old")
            for at, place in enumerate(("a", "m"))
        ],
        columns=["line_id", "order", "place_id", "geometry", "tariff_km"],
    )
    found = match_lines(two_ways(), places, stations, split=False, passenger_lines={"new"})
    assert found.use[0] == "mixed"
    assert found.line_id[0] == "old"


def test_no_freight_runs_on_high_speed_track_and_every_such_edge_can_be_opened() -> None:
    at = study()
    edges = at.atlas.rail_edges
    lines = at.atlas.lines
    passenger = set(lines.loc[~lines["freight"], "line_id"])
    fast = edges["use"] == PASSENGER
    assert edges.loc[fast, "length_km"].sum() > 20_000
    assert set(edges.loc[fast, "line_id"]) <= passenger
    assert not edges.loc[~fast, "line_id"].isin(passenger).any()
    column = at.network.column
    on_fast = np.isin(column["line_id"].astype(str), list(passenger))
    assert on_fast.any()
    assert at.world.closed[on_fast].all()


def test_stations_of_freight_lines_keep_their_freight() -> None:
    atlas = study().atlas
    lines = atlas.lines
    stations = atlas.line_stations.merge(lines[["line_id", "freight"]], on="line_id")
    served = set(stations.loc[stations["freight"], "place_id"])
    nodes = atlas.rail_nodes
    edges = atlas.rail_edges[atlas.rail_edges["use"] != PASSENGER]
    with_freight = set(edges["from_node"]) | set(edges["to_node"])
    named = nodes.loc[nodes["node_id"].isin(with_freight), "place_ids"].fillna("")
    kept = {place for ids in named for place in ids.split(";")}
    assert served <= kept
