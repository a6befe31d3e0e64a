"""Sea lanes: priced by km, or by a through price with the passages in force at its date."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from geo.errors import DataError
from geo.network.lanes import lane_block, superseded_lanes
from tests.small import LANES, SEA_LANES, table
from tests.worlds import study

SHORT_SEA_KM = 3000
UNPRICED = LANES.splitlines()[0] + "\n"
QUAYS = """place_id,name,iso3,sea,outward,inward,door,handling_item,dwell_item
alpha,Alpha,AAA,short,1,2,0,handling-alpha,dwell-alpha
isle,Isle,EEE,short,4,5,3,handling-isle,dwell-isle
"""


def arcs(
    lanes: str = SEA_LANES,
    rates: str = LANES,
    quays: str = QUAYS,
    waits: dict[tuple[str, str], str] | None = None,
) -> list[dict[str, Any]]:
    """Return the arcs of the sea as records with what they use and their links."""
    frame = table(lanes, keep_default_na=False).assign(geometry=None)
    ports = SimpleNamespace(quays=table(quays).set_index("place_id"))
    block = lane_block(
        frame,
        table(rates),
        terminals=cast("Any", ports),
        first_shape=10,
        short_sea_km=SHORT_SEA_KM,
        waits=waits or {},
    )
    records = block.columns.assign(tail=block.tail, head=block.head).to_dict("records")
    made = [{str(key): value for key, value in row.items()} for row in records]
    for row in made:
        row["uses"], row["links"] = {}, []
    for numbers, items, amounts in block.quantities:
        for arc, item, amount in zip(numbers, items, amounts, strict=True):
            made[arc]["uses"][str(item)] = float(amount)
    for numbers, names in block.links:
        for arc, link in zip(numbers, names, strict=True):
            made[arc]["links"].append(str(link))
    return made


def priced(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the arcs that have a through price."""
    return [row for row in made if "lane-spot" in row["uses"]]


def test_a_lane_leads_from_quay_to_quay_both_ways_by_km() -> None:
    by_km = [row for row in arcs(rates=UNPRICED) if row["length_km"] == 400]
    assert [(row["tail"], row["head"], row["reverse"]) for row in by_km] == [
        (1, 5, False),
        (4, 2, True),
    ]
    assert by_km[0]["uses"] == {
        "sea-short": 400.0,
        "run-sea-short": 400.0,
        "wait-sailing-short": 1.0,
        "energy-sea": 400.0,
    }


def test_a_through_price_leads_from_door_to_door_and_counts_once() -> None:
    (row,) = priced(arcs())
    assert (row["tail"], row["head"]) == (0, 3)
    assert row["uses"] == {
        "lane-spot": 1.0,
        "run-sea-short": 400.0,
        "wait-sailing-short": 1.0,
        "energy-sea": 400.0,
        "dwell-isle": 1.0,
    }


def test_a_through_price_holds_in_its_own_direction_alone() -> None:
    assert [row["where"] for row in priced(arcs())] == ["Alpha-Isle"]


def test_a_through_price_holds_only_by_the_passages_in_force_at_its_date() -> None:
    (row,) = priced(arcs())
    assert row["length_km"] == 400
    anywhere = LANES.replace("isle,strait,", "isle,,")
    assert [row["length_km"] for row in priced(arcs(rates=anywhere))] == [400, 900]


@pytest.mark.parametrize(
    ("covers", "handling"),
    [
        ("both", {}),
        ("load", {"handling-isle": 1.0}),
        ("discharge", {"handling-alpha": 1.0}),
        ("none", {"handling-alpha": 1.0, "handling-isle": 1.0}),
    ],
)
def test_handling_is_added_where_the_price_leaves_it_out(
    covers: str, handling: dict[str, float]
) -> None:
    (row,) = priced(arcs(rates=LANES.replace("both", covers)))
    found = {item: n for item, n in row["uses"].items() if item.startswith("handling")}
    assert found == handling


def test_handling_left_out_at_two_ports_of_one_item_counts_twice() -> None:
    quays = QUAYS.replace("handling-isle", "handling-alpha")
    (row,) = priced(arcs(rates=LANES.replace("both", "none"), quays=quays))
    assert row["uses"]["handling-alpha"] == 2.0


def test_a_long_lane_needs_deep_sea_services_at_both_ends() -> None:
    long = SEA_LANES.replace("isle,400", f"isle,{SHORT_SEA_KM + 1}")
    one_deep = QUAYS.replace("AAA,short", "AAA,deep")
    both_deep = QUAYS.replace("short", "deep")
    for quays, lengths in (
        (QUAYS, {900}),
        (one_deep, {900}),
        (both_deep, {900, SHORT_SEA_KM + 1}),
    ):
        made = arcs(lanes=long, quays=quays, rates=UNPRICED)
        assert {row["length_km"] for row in made} == lengths
    made = arcs(lanes=long, quays=both_deep, rates=UNPRICED)
    deep = next(row for row in made if row["length_km"] > SHORT_SEA_KM)
    assert {"sea-deep", "run-sea-deep", "wait-sailing-deep"} <= set(deep["uses"])


def test_a_lane_can_be_closed_by_passage_pair_of_states_and_port() -> None:
    by_km, *_ = (row["links"] for row in arcs(rates=UNPRICED))
    through, *_ = (row["links"] for row in priced(arcs()))
    assert by_km == ["passage:strait", "sea:AAA-EEE", "arrive:isle"]
    assert set(through) == {
        *by_km,
        "port:alpha",
        "port:isle",
        "transit:AAA",
        "lane:spot",
    }


def test_every_passage_that_a_lane_of_the_data_takes_is_in_the_table() -> None:
    atlas = study().atlas
    taken = set(atlas.sea_lanes["passages"].fillna("").str.split(";").explode()) - {""}
    assert {"suez", "cape", "malacca"} <= taken
    assert taken <= set(atlas.passages["passage_id"])


def test_every_through_price_of_the_data_has_its_lanes() -> None:
    network, rates = study().network, study().atlas.lanes
    lacking = [rate for rate in rates["lane_rate_id"] if not len(network.arcs_of(f"lane:{rate}"))]
    assert not lacking


def test_lanes_of_the_data_are_no_shorter_than_the_great_circle() -> None:
    atlas = study().atlas
    ports = atlas.ports.set_index("place_id")
    lanes = pd.DataFrame(atlas.sea_lanes.drop(columns="geometry"))
    a, b = (ports.loc[lanes[side]] for side in ("port_a", "port_b"))
    from pyproj import Geod

    _, _, metres = Geod(ellps="WGS84").inv(
        a["lon"].to_numpy(), a["lat"].to_numpy(), b["lon"].to_numpy(), b["lat"].to_numpy()
    )
    assert (lanes["length_km"].to_numpy() >= np.asarray(metres) / 1000 * 0.99 - 20).all()


def test_two_prices_of_one_lane_by_the_same_passages_are_refused() -> None:
    again = LANES + LANES.splitlines()[1].replace("spot", "spot-too", 1) + "\n"
    with pytest.raises(DataError, match="two prices from"):
        arcs(rates=again)


def test_a_rate_per_km_never_undercuts_a_price() -> None:
    there = [row for row in arcs() if (row["length_km"], row["reverse"]) == (400, False)]
    assert [set(row["uses"]) & {"lane-spot", "sea-short"} for row in there] == [{"lane-spot"}]


DATED = LANES + "newer,lane-newer,alpha,isle,strait,2026-02,both\n"


def test_of_two_prices_for_one_lane_that_of_the_day_holds() -> None:
    rates = table(DATED)
    old, new = "dated:spot:alpha-isle", "dated:newer:alpha-isle"
    assert set(superseded_lanes(rates, "2026-01-15")) == {new}
    assert set(superseded_lanes(rates, "2026-02-01")) == {old}
    # No price is as old as 2008: the oldest stands.
    assert set(superseded_lanes(rates, "2008-06-01")) == {new}
    assert superseded_lanes(table(LANES), "2008-06-01") == {}
    both = [row for row in arcs(rates=DATED) if {"lane-spot", "lane-newer"} & set(row["uses"])]
    assert [{old, new} & set(row["links"]) for row in both] == [{old}, {new}]


def test_two_prices_of_one_date_are_refused() -> None:
    with pytest.raises(DataError, match=r"two prices from alpha to isle .* at one date"):
        arcs(rates=DATED.replace("2026-02", "2025-10"))


def test_a_lane_with_a_headway_of_its_own_waits_for_that() -> None:
    waits = {("alpha", "isle"): "wait-alpha-isle"}
    there, back = [row for row in arcs(rates=UNPRICED, waits=waits) if row["length_km"] == 400]
    assert "wait-alpha-isle" in there["uses"]
    assert "wait-sailing-short" not in there["uses"]
    assert "wait-sailing-short" in back["uses"]


def test_storage_after_free_time_is_charged_with_the_dwell() -> None:
    quays = QUAYS.replace("dwell_item\n", "dwell_item,demurrage_item\n").replace(
        "dwell-isle\n", "dwell-isle,store-isle\n"
    )
    (spot,) = priced(arcs(quays=quays))
    assert spot["uses"]["dwell-isle"] == spot["uses"]["store-isle"] == 1
    assert "store-isle" not in priced(arcs())[0]["uses"]
