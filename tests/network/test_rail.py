"""Track as nodes and arcs: gauges side by side, tariff km beside geometric km."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.network.blocks import NodeBook
from geo.network.rail import rail_layer
from tests.small import EDGES, LINE_STATIONS, LINES, ZONE_OF, edges, table, vertices
from tests.worlds import study

if TYPE_CHECKING:
    from geo.network.rail import RailLayer


def layer(edge_text: str = EDGES, line_text: str = LINES) -> RailLayer:
    """Make the rail of the small world."""
    return rail_layer(
        edges(edge_text),
        vertices(),
        zone_of=ZONE_OF,
        lines=table(line_text),
        parts=table(LINE_STATIONS),
        book=NodeBook(),
    )


def uses(rail: RailLayer, arc: int) -> dict[str, float]:
    """Return what one arc uses."""
    return {
        str(item): float(amount)
        for arcs, items, amounts in rail.block.quantities
        for number, item, amount in zip(arcs, items, amounts, strict=True)
        if number == arc
    }


def links(rail: RailLayer, arc: int) -> set[str]:
    """Return what can close one arc."""
    return {
        str(link)
        for arcs, names in rail.block.links
        for number, link in zip(arcs, names, strict=True)
        if number == arc
    }


def test_every_edge_leads_there_and_back_at_the_same_quantities() -> None:
    rail = layer()
    half = len(rail.block.tail) // 2
    assert half == 7
    assert np.array_equal(rail.block.tail[:half], rail.block.head[half:])
    assert np.array_equal(rail.block.head[:half], rail.block.tail[half:])
    assert list(rail.block.columns["reverse"]) == [False] * half + [True] * half
    for arc in range(half):
        assert uses(rail, arc) == uses(rail, arc + half)
        assert links(rail, arc) == links(rail, arc + half)


def test_freight_is_charged_by_tariff_km_and_time_and_energy_by_geometric_km() -> None:
    assert uses(layer(), 0) == {"haul-europe": 110.0, "run-europe": 100.0, "energy-europe": 100.0}


def test_without_tariff_km_the_geometric_length_is_charged() -> None:
    assert uses(layer(), 1) == {"haul-rus": 200.0, "run-rus": 200.0, "energy-rus": 200.0}


def test_a_line_can_name_its_own_running_item() -> None:
    rail = layer(line_text=LINES.replace("Main Line,,", "Main Line,run-slow,"))
    assert uses(rail, 0) == {"haul-europe": 110.0, "run-slow": 100.0, "energy-europe": 100.0}
    assert "run-slow" not in uses(rail, 4)


def test_two_gauges_are_two_tracks_that_nothing_joins() -> None:
    rail = layer(EDGES.replace("0,1,AAA,1435", "0,1,AAA,1435;1520"))
    at_alpha = rail.nodes_at(0)
    assert set(at_alpha) == {("AAA", 1435), ("AAA", 1520)}
    gauge_of = dict(zip(rail.node.tolist(), rail.gauge_mm.tolist(), strict=True))
    gauges = rail.block.columns["gauge_mm"].to_numpy()
    for arc, (tail, head) in enumerate(zip(rail.block.tail, rail.block.head, strict=True)):
        assert gauge_of[int(tail)] == gauge_of[int(head)] == gauges[arc]


def test_each_state_has_its_own_node_at_a_border() -> None:
    assert set(layer().nodes_at(1)) == {("AAA", 1435), ("BBB", 1520)}


def test_links_are_state_line_and_part() -> None:
    rail = layer()
    assert links(rail, 2) == {"state:BBB", "line:main", "part:main/2"}
    assert links(rail, 5) == {"state:DDD"}


def test_steering_marks_track_of_no_line_and_changes_no_quantity() -> None:
    rail = layer()
    assert list(rail.block.columns["unlisted"][:7]) == [False] * 4 + [True] * 3
    assert uses(rail, 5) == {"haul-chn": 70.0, "run-chn": 70.0, "energy-chn": 70.0}


def test_power_and_drawing_come_from_the_part() -> None:
    columns = layer().block.columns
    assert list(columns["power"][:5]) == ["25kV50", "25kV50", "3kVdc", "3kVdc", ""]
    assert list(columns["schematic"][:5]) == [False, False, False, True, False]


@pytest.mark.parametrize("column", ["length_km", "tariff_km"])
def test_the_rail_that_ships_has_only_real_lengths(column: str) -> None:
    arcs = study().network.arcs
    values = arcs.loc[arcs["mode"] == "rail", column].to_numpy()
    assert len(values) > 100_000
    assert np.isfinite(values).all()
    assert (values >= 0).all()


def test_the_rail_that_ships_changes_neither_state_nor_gauge_without_saying_so() -> None:
    network = study().network
    arcs, state = network.arcs, network.nodes["iso3"].to_numpy()
    plain = ((arcs["mode"] == "rail") & ~arcs["iso3"].str.contains(";")).to_numpy()
    assert (state[network.graph.tail[plain]] == arcs["iso3"].to_numpy()[plain]).all()
    assert (state[network.graph.head[plain]] == arcs["iso3"].to_numpy()[plain]).all()
    assert set(arcs.loc[plain, "gauge_mm"]) <= {600, 750, 760, 762, 1000, 1050, 1067} | {
        *(1435, 1520, 1600, 1668, 1676)
    }
