"""Borders: what a train waits for, pays and changes between two states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geo.atlas import ids_of
from geo.network.blocks import NodeBook
from geo.network.crossings import BorderBook, crossing_block, listed_rows
from geo.network.rail import rail_layer
from tests.small import (
    CROSSINGS,
    EDGES,
    LINE_STATIONS,
    LINES,
    ZONE_OF,
    edges,
    table,
    vertices,
)
from tests.worlds import study

if TYPE_CHECKING:
    from collections.abc import Mapping


def border_book(
    *,
    edge_text: str = EDGES,
    crossing_text: str = CROSSINGS,
    regimes: Mapping[tuple[str, str], tuple[str, str]] | None = None,
    zone_of: Mapping[str, str] = ZONE_OF,
) -> BorderBook:
    """Make the borders of the small world."""
    book = NodeBook()
    rail = rail_layer(
        edges(edge_text),
        vertices(),
        zone_of=zone_of,
        lines=table(LINES),
        parts=table(LINE_STATIONS),
        book=book,
    )
    union = dict.fromkeys((("BBB", "CCC"), ("CCC", "BBB")), ("union", "border-union"))
    points = vertices()
    return BorderBook(
        rail=rail,
        vertices={
            row["node_id"]: row for row in points[points["kind"] == "border"].to_dict("records")
        },
        crossings={row["crossing_id"]: row for row in table(crossing_text).to_dict("records")},
        regimes=union if regimes is None else regimes,
        zone_of=zone_of,
        book=book,
    )


def rows(borders: BorderBook, vertex: int, here: str, there: str, **how: bool) -> list[Any]:
    """Return the arcs over one listed crossing, one way."""
    return listed_rows(borders, vertex, here, there, **how)


def test_the_border_comes_first_and_then_the_change_of_gauge() -> None:
    borders = border_book()
    border, lift, bogies = rows(borders, 1, "AAA", "BBB")
    assert border["tail"] == borders.nodes(1, "AAA")[1435]
    assert border["head"] == lift["tail"] == bogies["tail"]
    assert lift["head"] == bogies["head"] == borders.nodes(1, "BBB")[1520]
    assert [row["mode"] for row in (border, lift, bogies)] == ["border", "transfer", "transfer"]


def test_ways_to_change_gauge_are_parallel_arcs_each_with_one_item() -> None:
    _, *ways = rows(border_book(), 1, "AAA", "BBB")
    assert [way["uses"] for way in ways] == [{"gauge-lift": 1.0}, {"gauge-bogie": 1.0}]


def test_each_direction_has_its_own_border_item() -> None:
    borders = border_book()
    assert rows(borders, 1, "AAA", "BBB")[0]["uses"] == {"border-ab": 1.0, "entry-rus": 1.0}
    assert rows(borders, 1, "BBB", "AAA")[0]["uses"] == {"border-ba": 1.0, "entry-europe": 1.0}


def test_the_fixed_part_of_a_tariff_is_paid_once_per_zone_and_not_in_transit() -> None:
    same_zone = border_book(zone_of={**ZONE_OF, "BBB": "europe"})
    assert rows(same_zone, 1, "AAA", "BBB")[0]["uses"] == {"border-ab": 1.0}
    assert rows(border_book(), 1, "AAA", "BBB", transit=True)[0]["uses"] == {"border-ab": 1.0}


def test_a_border_can_be_closed_by_its_crossing_and_by_the_state_that_is_left() -> None:
    border, lift, _ = rows(border_book(), 1, "AAA", "BBB")
    assert border["links"] == ("crossing:a-b", "transit:AAA")
    assert lift["links"] == ("crossing:a-b",)


def test_dual_gauge_is_no_change_of_gauge() -> None:
    text = CROSSINGS.replace("transshipment;bogie-exchange", "dual-gauge;bogie-exchange")
    both = EDGES.replace("0,1,AAA,1435", "0,1,AAA,1435;1520")
    borders = border_book(edge_text=both, crossing_text=text)
    made = rows(borders, 1, "AAA", "BBB")
    through = [row for row in made if row["mode"] == "border" and row["gauge_mm"] == 1520]
    assert [row["head"] for row in through] == [borders.nodes(1, "BBB")[1520]]
    assert {item for row in made if row["mode"] == "transfer" for item in row["uses"]} == {
        "gauge-bogie"
    }


def test_a_gauge_that_the_crossing_cannot_change_ends_there() -> None:
    text = CROSSINGS.replace("AAA,BBB,1435,1520", "AAA,BBB,1000,1520")
    assert [row["mode"] for row in rows(border_book(crossing_text=text), 1, "AAA", "BBB")] == [
        "border"
    ]


def test_inside_a_union_a_train_runs_on_with_its_own_gauge() -> None:
    block = crossing_block(border_book())
    union = block.columns["where"].isin(["BBB-CCC", "CCC-BBB"]).to_numpy()
    assert union.sum() == 2
    assert set(block.columns.loc[union, "gauge_mm"]) == {1520}
    (arcs, items, amounts), *_ = block.quantities
    used = {
        (str(item), float(amount))
        for arc, item, amount in zip(arcs, items, amounts, strict=True)
        if union[arc]
    }
    assert used == {("border-union", 1.0), ("entry-rus", 1.0), ("entry-blr", 1.0)}


def test_a_state_line_that_is_neither_listed_nor_in_a_union_is_shut() -> None:
    block = crossing_block(border_book(regimes={}))
    assert not block.columns["where"].isin(["BBB-CCC", "CCC-BBB"]).any()


def test_every_listed_crossing_of_the_data_is_a_border_both_ways() -> None:
    network, table_of = study().network, study().atlas.crossings
    mode = network.arcs["mode"].to_numpy()
    lacking = []
    for row in table_of.to_dict("records"):
        arcs = network.arcs_of(f"crossing:{row['crossing_id']}")
        into = set(network.arcs["iso3"].to_numpy()[arcs[mode[arcs] == "border"]])
        if not {row["iso3_a"], row["iso3_b"]} <= into:
            lacking.append((row["crossing_id"], into))
    assert not lacking


def test_every_border_of_the_data_leads_from_one_state_into_another() -> None:
    network = study().network
    state = network.nodes["iso3"].to_numpy()
    border = np.flatnonzero((network.arcs["mode"] == "border").to_numpy())
    assert len(border) > 100
    assert (state[network.graph.tail[border]] != state[network.graph.head[border]]).all()


@pytest.mark.parametrize(
    ("crossing", "gauges"),
    [
        ("zabaikalsk-manzhouli", {1435, 1520}),
        ("dostyk-alashankou", {1435, 1520}),
        ("zamyn-uud-erenhot", {1435, 1520}),
        ("brest-malaszewicze", {1435, 1520}),
        ("sinuiju-dandong", {1435}),
        ("dorasan-panmun", {1435}),
        ("naushki-sukhbaatar", {1520}),
        ("saryagash-keles", {1520}),
    ],
)
def test_gauges_meet_where_the_world_has_them_meet(crossing: str, gauges: set[int]) -> None:
    network = study().network
    arcs = network.arcs_of(f"crossing:{crossing}")
    assert len(arcs)
    assert set(network.arcs["gauge_mm"].to_numpy()[arcs]) == gauges
    changes = (network.arcs["mode"].to_numpy()[arcs] == "transfer").any()
    assert changes == (len(gauges) == 2)


def test_both_gauges_meet_at_every_break_of_gauge() -> None:
    """A crossing has one border vertex: parallel track beside it is not needed for either gauge."""
    network = study().network
    for row in study().atlas.crossings.to_dict("records"):
        pair = {int(row["gauge_a_mm"]), int(row["gauge_b_mm"])}
        arcs = network.arcs_of(f"crossing:{row['crossing_id']}")
        ways = set(network.column["mode"][arcs].tolist())
        assert "border" in ways, row["crossing_id"]
        if len(pair) > 1 and set(ids_of(row["methods"])) - {"dual-gauge"}:
            changed = arcs[network.column["mode"][arcs] == "transfer"]
            assert set(network.column["gauge_mm"][changed].tolist()) == pair, row["crossing_id"]
