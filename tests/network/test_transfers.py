"""Changes of gauge inside a yard: one item, and the box stays in its consignment."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from geo.network.transfers import transfer_block
from tests.small import PLACES, TRANSFERS, table
from tests.worlds import study

ROW = "yard,The Yard,beta,beta,1520,1435,transshipment;bogie-exchange,gauge-lift;gauge-bogie,open\n"


def block(rows: str = ROW, **nodes: int) -> Any:
    """Return the arcs of a yard whose track has the given gauges."""
    at = {("BBB", int(gauge.removeprefix("g"))): node for gauge, node in nodes.items()}
    rail = SimpleNamespace(nodes_at=lambda _vertex: at)
    access = pd.DataFrame({"vertex": [2, -1]}, index=["beta", "gamma"])
    return transfer_block(
        table(TRANSFERS + rows),
        table(PLACES),
        rail=cast("Any", rail),
        terminals=cast("Any", SimpleNamespace(access=access)),
    )


def test_each_method_is_an_arc_each_way_with_its_own_item() -> None:
    made = block(g1520=7, g1435=8)
    ((arcs, items, amounts),) = made.quantities
    assert list(zip(made.tail, made.head, strict=True)) == [(7, 8), (7, 8), (8, 7), (8, 7)]
    assert items[arcs.argsort()].tolist() == ["gauge-lift", "gauge-bogie"] * 2
    assert (amounts == 1).all()
    assert made.columns["gauge_mm"].tolist() == [1435, 1435, 1520, 1520]
    assert set(made.columns["mode"]) == {"transfer"}
    assert {link for _, names in made.links for link in names} == {"transfer:yard"}


def test_where_the_track_is_not_there_is_no_transfer() -> None:
    assert len(block(g1520=7).tail) == 0
    assert len(block(ROW.replace("beta,beta", "beta,gamma"), g1520=7, g1435=8).tail) == 0


def test_every_yard_that_ships_can_be_used_both_ways() -> None:
    network, atlas = study().network, study().atlas
    for row in atlas.transfers.to_dict("records"):
        arcs = network.arcs_of(f"transfer:{row['transfer_id']}")
        gauges = set(network.column["gauge_mm"][arcs].tolist())
        assert gauges == {row["gauge_a_mm"], row["gauge_b_mm"]}, row["transfer_id"]


def test_from_kunming_to_bangkok_the_box_changes_gauge_at_vientiane_without_a_new_waybill() -> None:
    route = study().route("Kunming", "Bangkok", modes=["rail"])
    charges = route.charges.charges
    assert {charge.consignment for charge in charges} == {1}
    (lift,) = [c for c in charges if c.item_id == "gauge-vientiane-south-transshipment"]
    # Mean of the fees at Dostyk and Erenhot, 224.5 USD of 2020; a switch in a yard, 5 h.
    assert lift.hours == 5
    assert lift.class_note == "class, not this crossing's own"
    assert lift.original is not None
    assert lift.original.amount == 224.5
    gauges = [leg.gauge_mm for leg in route.legs if leg.mode == "rail"]
    assert gauges[0] == 1435
    assert gauges[-1] == 1000


@pytest.mark.parametrize(
    ("line", "state"), [("lhs", "POL"), ("kosice-broad", "SVK"), ("cku-south", "KGZ")]
)
def test_the_broad_gauge_goes_on_past_the_border(line: str, state: str) -> None:
    track = study().atlas.rail_edges
    track = track[(track["line_id"] == line) & (track["iso3"] == state)]
    assert len(track) > 0
    assert set(track["gauges"]) == {"1520"}


@pytest.mark.parametrize(
    "transfer", ["slawkow", "haniska", "sestokai", "irun", "portbou", "tornio"]
)
def test_breaks_of_gauge_inside_a_union_are_priced(transfer: str) -> None:
    net = study().network
    arcs = net.arcs_of(f"transfer:{transfer}")
    assert len(arcs) == 2
    used = net.quantities[arcs].sum(axis=0)
    items = [net.items[at] for at in np.flatnonzero(used)]
    assert items == ["gauge-class-inland-transshipment"]
