"""Own lines on the network: joined, split, cut at borders, replacing, refused."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geo.earth import distance_km, line_length_km
from geo.errors import DataError
from geo.own import with_own_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from geo.atlas import Atlas

Line = tuple[list[tuple[float, ...]], dict[str, Any]]

KAESONG, HAEJU, SEOUL = (126.557, 37.969), (125.716, 38.043), (126.971, 37.555)
DIRECT = [KAESONG, (126.28, 38.0), (126.0, 37.98), HAEJU]
# A line of 1520 mm out to sea, so that nothing of its gauge is near.
BROAD = {"name": "Broad", "gauge_mm": 1520}


def edges_of(atlas: Atlas, line_id: str) -> pd.DataFrame:
    """Return the edges of a line, in order of its parts."""
    edges = atlas.rail_edges
    found: pd.DataFrame = edges[edges["line_id"] == line_id].sort_values("part_order")
    return found


@pytest.fixture(scope="session")
def joined(peninsula: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the peninsula with a line between two stations."""
    path = tmp_path_factory.mktemp("own") / "direct.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name": "Direct", "stations": "kaesong;haeju", "speed_kmh": 50},
        "geometry": {"type": "LineString", "coordinates": DIRECT},
    }
    path.write_text(json.dumps(feature), encoding="utf-8")
    return with_own_data(peninsula, lines=path)


def test_a_line_joins_the_stations_that_it_names(joined: Atlas) -> None:
    nodes = joined.rail_nodes.set_index("node_id")
    edges = edges_of(joined, "direct")
    ends = {*edges["from_node"], *edges["to_node"]}
    places = ";".join(nodes["place_ids"][list(ends)])
    assert {"kaesong", "haeju"} <= set(places.split(";"))
    assert set(edges["iso3"]) == {"PRK"}
    assert set(edges["gauges"]) == {"1435"}


def test_its_length_is_that_of_what_was_drawn(joined: Atlas) -> None:
    drawn = sum(distance_km(*a, *b) for a, b in pairwise(DIRECT))
    length = edges_of(joined, "direct")["length_km"].sum()
    assert length == pytest.approx(float(drawn), abs=2.0)
    assert length == pytest.approx(joined.line_parts.set_index("line_id")["length_km"]["direct"])


def test_the_tables_speak_of_it(joined: Atlas) -> None:
    line = joined.lines.set_index("line_id").loc["direct"]
    assert (line["name"], line["run_item"], line["source_ids"]) == (
        "Direct",
        "run-direct",
        "own-lines-direct",
    )
    stations = joined.line_stations[joined.line_stations["line_id"] == "direct"]
    assert stations["place_id"].tolist() == ["kaesong", "haeju"]
    rates = joined.rates.set_index("item_id")
    assert rates.loc["run-direct", "base"] == pytest.approx(0.02)


def test_nothing_else_changes(peninsula: Atlas, joined: Atlas) -> None:
    before, after = peninsula.rail_edges, joined.rail_edges
    others = after[after["line_id"] != "direct"]
    assert others["length_km"].sum() == pytest.approx(before["length_km"].sum())
    assert set(before["from_node"]) <= set(after["from_node"]) | set(after["to_node"])
    assert after["edge_id"].tolist() == list(range(len(after)))
    assert set(after["from_node"]) | set(after["to_node"]) == set(joined.rail_nodes["node_id"])
    assert after.dtypes.equals(before.dtypes)


def test_an_edge_is_split_where_a_line_joins_it(
    peninsula: Atlas, geojson: Callable[..., Path]
) -> None:
    edges = peninsula.rail_edges
    south = edges[(edges["iso3"] == "KOR") & (edges["gauges"] == "1435")]
    long = south.loc[south["length_km"].idxmax()]
    lon, lat = np.asarray(long.geometry.coords)[len(long.geometry.coords) // 2]
    other = south.loc[south.index[5]].geometry.coords[0]
    path = geojson(([(lon, lat), (lon + 0.005, lat + 0.005), other], {"name": "Spur"}))
    atlas = with_own_data(peninsula, lines=path)
    pieces = atlas.rail_edges
    before = edges[edges["line_id"] == long["line_id"]]["length_km"].sum()
    after = pieces[pieces["line_id"] == long["line_id"]]["length_km"].sum()
    assert after == pytest.approx(before)
    spur = edges_of(atlas, "spur")
    ends = {*spur["from_node"], *spur["to_node"]}
    degree = np.bincount(np.concatenate([pieces["from_node"], pieces["to_node"]]))
    assert min(degree[list(ends)]) >= 2
    touching = pieces[(pieces["from_node"].isin(ends)) | (pieces["to_node"].isin(ends))]
    assert (line_length_km(touching.geometry) > 0).all()


def test_an_end_without_a_station_gets_one(peninsula: Atlas, geojson: Callable[..., Path]) -> None:
    points = [(126.28, 38.02), (126.4, 38.0), KAESONG]
    path = geojson((points, {"name": "Stub", "stations": "kaesong", "join": "end"}))
    atlas = with_own_data(peninsula, lines=path)
    stations = atlas.line_stations[atlas.line_stations["line_id"] == "stub"]
    assert stations["place_id"].tolist() == ["stub-start", "kaesong"]
    assert atlas.find_place("Stub, start").iso3 == "PRK"
    assert any("its start meets no other track" in note for note in atlas.overlays[-1].notes)


def test_two_own_lines_may_meet(peninsula: Atlas, geojson: Callable[..., Path]) -> None:
    middle = (126.1, 38.12)
    path = geojson(
        ([KAESONG, (126.3, 38.1), middle], {"name": "One", "stations": "kaesong", "join": "both"}),
        ([middle, (125.9, 38.1), HAEJU], {"name": "Two", "stations": "haeju"}),
    )
    atlas = with_own_data(peninsula, lines=path)
    one, two = edges_of(atlas, "one"), edges_of(atlas, "two")
    assert set(one["to_node"]) & set(two["from_node"])


def test_of_own_lines_near_an_end_the_nearest_is_met(
    peninsula: Atlas, geojson: Callable[..., Path]
) -> None:
    middle = (126.1, 38.12)
    aside = ([KAESONG, (126.3, 38.07), (126.1, 38.09), HAEJU], {"name": "Aside"})
    one = ([KAESONG, (126.3, 38.1), middle], {"name": "One", "stations": "kaesong"})
    two = ([middle, (125.9, 38.1), HAEJU], {"name": "Two", "stations": "haeju"})
    aside[1]["stations"] = "kaesong;haeju"
    atlas = with_own_data(peninsula, lines=geojson(aside, one, two))
    first, second = edges_of(atlas, "one"), edges_of(atlas, "two")
    assert set(first["to_node"]) & set(second["from_node"])
    length_km = float(line_length_km(atlas.rail_edges.geometry[first.index]).sum())
    assert length_km == pytest.approx(sum(distance_km(*a, *b) for a, b in pairwise(one[0])), abs=2)


@pytest.mark.parametrize("crossing", ["", "own", "dorasan-panmun"])
def test_a_border_is_passed_at_a_crossing_only(
    peninsula: Atlas, geojson: Callable[..., Path], crossing: str
) -> None:
    # West of the listed crossing, over the estuary, 15 km away.
    points = [(126.7, 37.70), (126.55, 37.76), (126.50, 37.83), (126.5, 37.95), KAESONG]
    properties = {"name": "Over", "stations": "kaesong", "crossing": crossing, "join": "end"}
    atlas = with_own_data(peninsula, lines=geojson((points, properties)))
    nodes = atlas.rail_nodes
    edges = edges_of(atlas, "over")
    at = nodes[
        nodes["node_id"].isin({*edges["from_node"], *edges["to_node"]})
        & (nodes["kind"] == "border")
    ]
    assert len(at) == 1
    assert (at["iso3_a"].iloc[0], at["iso3_b"].iloc[0]) == ("KOR", "PRK")
    expected = "over-kor-prk" if crossing == "own" else crossing
    assert at["crossing_id"].iloc[0] == expected
    notes = " ".join(atlas.overlays[-1].notes)
    assert ("no train passes" in notes) == (crossing == "")
    if crossing == "own":
        row = atlas.crossings.set_index("crossing_id").loc["over-kor-prk"]
        assert (row["gauge_a_mm"], row["gauge_b_mm"]) == (1435, 1435)
        assert row["border_item_ab"] == "border-class-prk"
        assert row["legal_status"] == "restricted"  # as at the listed crossings of the two states


def test_a_crossing_of_other_states_is_refused(
    peninsula: Atlas, geojson: Callable[..., Path]
) -> None:
    points = [(126.7, 37.70), (126.55, 37.76), (126.50, 37.83), (126.5, 37.95), KAESONG]
    properties = {"name": "Over", "stations": "kaesong", "crossing": "boten-mohan", "join": "end"}
    with pytest.raises(DataError, match=r"expected own, or a crossing of KOR and PRK .*dorasan"):
        with_own_data(peninsula, lines=geojson((points, properties)))


def test_a_line_with_a_shipped_id_replaces_it(
    peninsula: Atlas, geojson: Callable[..., Path]
) -> None:
    assert len(edges_of(peninsula, "hwanghae")) > 1
    sariwon = peninsula.find_place("Sariwon")
    points = [(sariwon.lon, sariwon.lat), (125.72, 38.3), HAEJU]
    properties = {"line_id": "hwanghae", "name": "New", "stations": "sariwon;haeju"}
    atlas = with_own_data(peninsula, lines=geojson((points, properties)))
    assert atlas.lines.set_index("line_id")["name"]["hwanghae"] == "New"
    assert set(edges_of(atlas, "hwanghae")["kind"]) == {"curated"}
    stations = atlas.line_stations[atlas.line_stations["line_id"] == "hwanghae"]
    assert stations["place_id"].tolist() == ["sariwon", "haeju"]
    assert len(atlas.lines) == len(peninsula.lines)
    assert any("1 shipped line replaced" in note for note in atlas.overlays[-1].notes)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            ([KAESONG, (126.4, 38.2)], {"name": "A", "stations": "kaesong"}),
            r"feature 1 \(a\), geometry: its end \(126.4, 38.2\) in PRK is not joined: the nearest",
        ),
        (([KAESONG, HAEJU], {**BROAD, "join": "both"}), "has 1435 mm in PRK, the line 1520 mm"),
        (
            (DIRECT, {"name": "A", "stations": "seoul"}),
            r"stations: Seoul is [0-9.]+ km from the line; a station stands within 5 km",
        ),
        ((DIRECT, {"name": "A", "stations": "Kaesongg"}), "unknown place 'Kaesongg'; did you"),
        (([(126.3, 38.3), (126.4, 38.35)], {"name": "A", "join": "none"}), "leads nowhere"),
        (([(38.0, 75.0), (37.5, 77.0)], {"name": "A"}), "with lon and lat swapped"),
        (([(150.0, 20.0), (151.0, 21.0)], {"name": "A"}), "over 20 km from any state"),
    ],
)
def test_what_leads_nowhere_is_refused(
    peninsula: Atlas, geojson: Callable[..., Path], line: Line, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        with_own_data(peninsula, lines=geojson(line))
