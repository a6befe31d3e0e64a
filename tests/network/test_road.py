"""Road: arcs, what they use, and where a lorry may pass a state line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.network.blocks import NodeBook
from geo.network.road import road_crossing_block, road_layer
from tests.small import ROAD_CROSSINGS, ZONE_OF, road_edges, road_vertices, table

if TYPE_CHECKING:
    from geo.network.blocks import ArcBlock
    from geo.network.road import RoadLayer

UNION = {("BBB", "CCC"): ("union", "rail-item"), ("CCC", "BBB"): ("union", "rail-item")}


def layer() -> RoadLayer:
    """Make the roads of the small world."""
    return road_layer(
        road_edges(),
        road_vertices(),
        zone_of=ZONE_OF,
        names={"a-b-road": "Road A-B"},
        book=NodeBook(),
        first_shape=100,
    )


def crossings() -> tuple[RoadLayer, ArcBlock]:
    """Make the crossings of the small world."""
    road = layer()
    block = road_crossing_block(
        road, road_vertices(), crossings=table(ROAD_CROSSINGS), regimes=UNION
    )
    return road, block


def used(block: ArcBlock, arc: int) -> dict[str, float]:
    """Return what an arc uses."""
    return {
        str(item): float(amount)
        for arcs, items, amounts in block.quantities
        for at, item, amount in zip(arcs, items, amounts, strict=True)
        if at == arc
    }


def test_a_vertex_at_a_border_is_a_node_for_each_state() -> None:
    """Three borders among seven vertices make ten nodes."""
    road = layer()
    assert len(road.node) == 10
    assert road.node_at(1, "AAA") != road.node_at(1, "BBB")
    assert road.node_at(1, "CCC") is None


def test_an_edge_leads_there_and_back_and_is_charged_by_its_state() -> None:
    """Edge 1 lies in BBB, tariff zone rus, and is 210 km long."""
    block = layer().block
    assert used(block, 1) == {"haul-road-rus": 210, "run-road-rus": 210, "energy-road": 210}
    assert used(block, 7) == used(block, 1)
    assert (block.tail[7], block.head[7]) == (block.head[1], block.tail[1])
    assert block.columns["shape"].iloc[[1, 7]].tolist() == [101, 101]
    assert block.columns["reverse"].iloc[[1, 7]].tolist() == [False, True]
    assert block.columns["schematic"].tolist()[:6] == [False, False, True, False, False, False]


def test_each_state_can_be_closed() -> None:
    """A road has the link of its state."""
    arcs, links = layer().block.links[0]
    assert dict(zip(arcs.tolist(), links.tolist(), strict=True))[3] == "state:CCC"


def test_a_listed_crossing_costs_its_own_item_each_way() -> None:
    """From AAA to BBB 20 USD, back 25 USD, in the table."""
    road, block = crossings()
    forward = int(np.flatnonzero(block.tail == road.node_at(1, "AAA"))[0])
    back = int(np.flatnonzero(block.tail == road.node_at(1, "BBB"))[0])
    assert used(block, forward) == {"road-border-ab": 1.0}
    assert used(block, back) == {"road-border-ba": 1.0}
    assert block.columns["where"].iloc[forward] == "Road A-B"
    ties = list(zip(*(part.tolist() for part in block.links[0]), strict=True))
    assert {(forward, "road-crossing:a-b-road"), (forward, "transit:AAA")} <= set(ties)


def test_a_union_is_passed_anywhere_and_costs_no_rail_item() -> None:
    """BBB and CCC are one union."""
    road, block = crossings()
    arc = int(np.flatnonzero(block.tail == road.node_at(3, "BBB"))[0])
    assert block.head[arc] == road.node_at(3, "CCC")
    assert used(block, arc) == {"road-border-union": 1.0}


@pytest.mark.parametrize("state", ["CCC", "DDD"])
def test_no_lorry_passes_an_unlisted_border(state: str) -> None:
    """CCC and DDD share a road, no crossing and no union."""
    road, block = crossings()
    assert road.node_at(5, state) not in block.tail.tolist()
