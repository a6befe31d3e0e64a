"""Through prices by rail: one charge from border to border and nothing that it covers beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.network.crossings import crossing_block
from geo.network.services import service_block, superseded_services
from geo.routing import Graph
from tests.network.test_crossings import border_book
from tests.small import SERVICES, edges, table
from tests.worlds import study


def service(text: str = SERVICES) -> tuple[list[dict[str, Any]], list[Any], int]:
    """Return the arcs of the small world's service, its shapes and how many nodes came before."""
    borders = border_book()
    blocks = [borders.rail.block, crossing_block(borders)]
    graph = Graph(
        borders.book.size,
        np.concatenate([block.tail for block in blocks]),
        np.concatenate([block.head for block in blocks]),
    )
    shapes = np.empty(7, dtype=object)
    shapes[:] = list(edges().geometry)
    before = borders.book.size
    block, geometries = service_block(
        table(text),
        borders,
        graph=graph,
        columns=pd.concat([block.columns for block in blocks], ignore_index=True),
        shapes=shapes,
        links=borders.rail.block.links,
    )
    records = block.columns.assign(tail=block.tail, head=block.head).to_dict("records")
    made: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in records]
    for row in made:
        row["uses"], row["links"] = {}, []
    for numbers, items, amounts in block.quantities:
        for arc, item, amount in zip(numbers, items, amounts, strict=True):
            made[arc]["uses"][str(item)] = float(amount)
    for numbers, names in block.links:
        for arc, link in zip(numbers, names, strict=True):
            made[arc]["links"].append(str(link))
    return made, geometries, before


def test_one_charge_and_the_energy_of_the_track_below_it() -> None:
    made, _, _ = service()
    (train,) = [row for row in made if row["mode"] == "rail"]
    assert train["uses"] == {"service-through": 1.0, "energy-rus": 500.0, "energy-blr": 110.0}
    assert (train["length_km"], train["tariff_km"]) == (610.0, 650.0)
    assert train["iso3"] == "BBB;CCC"


def test_nothing_that_the_price_covers_is_used_beside_it() -> None:
    made, _, _ = service()
    used = {item for row in made for item in row["uses"]}
    assert not {item for item in used if item.startswith(("haul", "run"))}
    assert not used & {"entry-rus", "entry-blr", "border-union"}
    assert {"border-ab", "gauge-lift", "border-cd", "entry-chn"} <= used


def test_nothing_leaves_the_train_half_way() -> None:
    made, _, before = service()
    for row in made:
        if row["head"] < before:
            assert row["mode"] == "border"
            assert row["iso3"] == "DDD"
        if row["tail"] < before:
            assert row["mode"] == "border"
            assert row["iso3"] == "BBB"


def test_it_runs_one_way() -> None:
    made, _, before = service()
    into = {row["iso3"] for row in made if row["tail"] < before}
    assert into == {"BBB"}


def test_every_arc_is_closed_with_the_service_and_the_train_with_any_state_it_crosses() -> None:
    made, _, _ = service()
    assert all("service:through" in row["links"] for row in made)
    (train,) = [row for row in made if row["mode"] == "rail"]
    assert {"transit:BBB", "transit:CCC"} <= set(train["links"])


def test_it_is_drawn_along_its_track_in_the_order_of_travel() -> None:
    _, (shape,), _ = service()
    points = [point for line in shape.geoms for point in line.coords]
    assert points[0] == (1.4, 50.0)
    assert points[-1] == (10.0, 50.0)
    assert [lon for lon, _ in points] == sorted(lon for lon, _ in points)


def test_a_crossing_that_no_track_has_makes_no_service() -> None:
    made, geometries, _ = service(SERVICES.replace(",a-b,", ",x-y,"))
    assert not made
    assert not geometries


def test_the_service_of_the_data_is_near_its_published_length() -> None:
    network = study().network
    arcs = network.arcs_of("service:erai-2024-07")
    train = network.arcs.iloc[arcs[network.arcs["mode"].to_numpy()[arcs] == "rail"]]
    assert len(train) == 2
    assert list(train["tariff_km"]) == [5430.0, 5430.0]
    # 5,430 km is the index's mean over its trains, not the length of either way.
    assert train["length_km"].to_numpy() == pytest.approx(5430, rel=0.05)
    assert set(train["iso3"]) == {"KAZ;RUS;BLR"}


def test_of_two_through_prices_that_of_the_day_holds() -> None:
    rates = table(SERVICES + "later,Later,service-later,a-b,c-d,BBB;CCC,650,2025-03\n")
    assert set(superseded_services(rates, "2024-12-31")) == {"service:later"}
    assert set(superseded_services(rates, "2025-03-01")) == {"service:through"}
    assert set(superseded_services(rates, "2007-01-01")) == {"service:later"}
    assert superseded_services(table(SERVICES), "2026-01-01") == {}
