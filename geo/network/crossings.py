"""Border crossings: the waits, fees and gauge changes between the track of two states.

A train passes a state line only at a listed crossing, or anywhere inside a union of states.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.atlas import ids_of
from geo.network.blocks import ArcBlock, NodeBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.network.rail import RailLayer

__all__ = ["BorderBook", "crossing_block"]

Row = dict[Any, Any]


@dataclass
class BorderBook:
    """What is needed to lead an arc over a state line.

    Attributes
    ----------
    rail : RailLayer
    vertices : mapping node_id -> row
        Border vertices: iso3_a, iso3_b, crossing_id, lon, lat, name.
    crossings : mapping crossing_id -> row of the table
    regimes : mapping (iso3, iso3) -> (regime_id, border_item)
    zone_of : mapping iso3 -> tariff zone
    book : NodeBook
    """

    rail: RailLayer
    vertices: Mapping[int, Row]
    crossings: Mapping[str, Row]
    regimes: Mapping[tuple[str, str], tuple[str, str]]
    zone_of: Mapping[str, str]
    book: NodeBook
    steps: dict[tuple[int, str, int], int] = field(default_factory=dict)

    def nodes(self, vertex: int, iso3: str) -> dict[int, int]:
        """Return node ids by gauge (mm) on one side of a border vertex."""
        at = self.rail.nodes_at(vertex)
        return {gauge: node for (state, gauge), node in at.items() if state == iso3}

    def step(self, vertex: int, iso3: str, gauge_mm: int) -> int:
        """Return the node just past the border, on a gauge that goes no further there."""
        key = (vertex, iso3, gauge_mm)
        if key not in self.steps:
            row = self.vertices[vertex]
            (entered,) = self.book.enter(
                np.array([row["lon"]]),
                np.array([row["lat"]]),
                name=[row["name"]],
                iso3=[iso3],
                kind="border",
            )
            self.steps[key] = int(entered)
        return self.steps[key]

    def directions(self, vertex: int) -> Iterator[tuple[str, str]]:
        """Yield (from, to) for both ways over a border vertex."""
        row = self.vertices[vertex]
        yield row["iso3_a"], row["iso3_b"]
        yield row["iso3_b"], row["iso3_a"]


def listed_rows(
    borders: BorderBook, vertex: int, here: str, there: str, *, transit: bool = False
) -> list[Row]:
    """Arcs over one listed crossing, one way.

    The border comes first, then the change of gauge, in the receiving state. With `transit` the
    fixed part of the receiving state's tariff is left out: a through price pays it.
    """
    crossing_id = str(borders.vertices[vertex]["crossing_id"])
    crossing = borders.crossings[crossing_id]
    forward = crossing["iso3_a"] == here
    item = crossing["border_item_ab" if forward else "border_item_ba"]
    beyond = borders.nodes(vertex, there)
    uses = dict.fromkeys(ids_of(item), 1.0)
    if not transit and borders.zone_of.get(here) != borders.zone_of.get(there):
        uses["entry-" + borders.zone_of.get(there, "other")] = 1.0
    common = {"iso3": there, "where": str(crossing["name"])}
    links = (f"crossing:{crossing_id}", f"transit:{here}")
    rows: list[Row] = []
    for gauge, node in borders.nodes(vertex, here).items():
        past = beyond[gauge] if gauge in beyond else borders.step(vertex, there, gauge)
        rows.append(
            common
            | {
                "tail": node,
                "head": past,
                "mode": "border",
                "gauge_mm": gauge,
                "uses": uses,
                "links": links,
            }
        )
        rows += _gauge_rows(crossing, past, gauge, beyond, common)
    return rows


def _gauge_rows(
    crossing: Row, past: int, gauge: int, beyond: Mapping[int, int], common: Row
) -> list[Row]:
    """Parallel arcs, one for each way in which a box or wagon can change gauge here."""
    pair = {int(crossing["gauge_a_mm"]), int(crossing["gauge_b_mm"])}
    return [
        common
        | {
            "tail": past,
            "head": node,
            "mode": "transfer",
            "gauge_mm": other,
            "uses": {item: 1.0},
            "links": (f"crossing:{crossing['crossing_id']}",),
        }
        for other, node in beyond.items()
        if other != gauge and {gauge, other} == pair
        for item in _gauge_items(crossing)
    ]


def _gauge_items(crossing: Row) -> list[str]:
    """Items of the ways to change gauge; on dual-gauge track nothing changes, it only runs on."""
    ways = zip(ids_of(crossing["methods"]), ids_of(crossing["gauge_items"]), strict=True)
    return [item for method, item in ways if method != "dual-gauge"]


def _union_rows(borders: BorderBook, vertex: int, here: str, there: str) -> list[Row]:
    """Arcs over a state line inside a union, one way, for each gauge that both sides have."""
    regime_id, item = borders.regimes[here, there]
    beyond = borders.nodes(vertex, there)
    uses = {item: 1.0} if item else {}
    if borders.zone_of.get(here) != borders.zone_of.get(there):
        uses["entry-" + borders.zone_of.get(there, "other")] = 1.0
    return [
        {
            "tail": node,
            "head": beyond[gauge],
            "mode": "border",
            "iso3": there,
            "where": f"{here}-{there}",
            "gauge_mm": gauge,
            "uses": uses,
            "links": (f"regime:{regime_id}", f"transit:{here}"),
        }
        for gauge, node in borders.nodes(vertex, here).items()
        if gauge in beyond
    ]


def crossing_block(borders: BorderBook) -> ArcBlock:
    """Make the arcs over every state line that a train may pass."""
    rows: list[Row] = []
    for vertex, border in borders.vertices.items():
        for here, there in borders.directions(vertex):
            if border["crossing_id"] in borders.crossings:
                rows += listed_rows(borders, vertex, here, there)
            elif (here, there) in borders.regimes:
                rows += _union_rows(borders, vertex, here, there)
    return ArcBlock.of(rows)
