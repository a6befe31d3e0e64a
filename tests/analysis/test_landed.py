"""Landed cost: by hand, from the tariff schedule, the price index and the route."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.analysis import Landed, landed_costs, preferences
from tests.worlds import study

CPI_2013, CPI_2024 = 232.957, 313.689
"""CPI-U of the US Bureau of Labor Statistics, means of the years."""


@pytest.fixture(scope="module")
def landed() -> tuple[Landed, ...]:
    return landed_costs(study("reopened"), "gaesong")


def _of(rows: tuple[Landed, ...], hts: str) -> dict[str, Landed]:
    return {row.treatment: row for row in rows if row.hts == hts}


def test_shirts_by_hand(landed: tuple[Landed, ...]) -> None:
    shirts = _of(landed, "6109.10.00")
    # A box of 90,000 USD at 90, 16.5 and 0 per cent.
    assert {name: row.duty_usd for name, row in shirts.items()} == pytest.approx(
        {"column-2": 81_000, "mfn": 14_850, "korus": 0}
    )
    laden = study("reopened").carrying("garments")
    ways = [
        laden.route("gaesong", port, modes=("rail", "sea", "road"))
        for port in ("los-angeles", "long-beach")
    ]
    freight = min(ways, key=lambda way: way.generalised_usd_per_feu).usd_per_feu
    assert shirts["mfn"].landed_usd == pytest.approx(90_000 + 14_850 + freight)
    assert shirts["column-2"].landed_usd == pytest.approx(90_000 * 1.9 + freight)
    assert shirts["korus"].transport_usd == pytest.approx(freight)


def test_banned_goods_have_no_landed_cost_but_a_law(landed: tuple[Landed, ...]) -> None:
    banned = [row for row in landed if row.treatment == "banned"]
    assert {row.goods_id for row in banned} == {row.goods_id for row in landed}
    known = set(study().atlas.sources["source_id"])
    for row in banned:
        assert row.landed_usd is None
        assert "13570" in row.reason
        assert "31 CFR 510" in row.reason
        assert set(row.source_ids) <= known


def test_a_kinder_treatment_never_costs_more(landed: tuple[Landed, ...]) -> None:
    for hts in {row.hts for row in landed} - {""}:
        by = _of(landed, hts)
        costs = [by[name].landed_usd or 0.0 for name in ("column-2", "mfn", "korus")]
        assert min(costs) > 0
        assert costs == sorted(costs, reverse=True)


def test_the_preference_by_hand() -> None:
    worth = {one.hts: one for one in preferences(study())}
    assert worth["6109.10.00"].usd_per_feu == pytest.approx(0.165 * 90_000)
    assert worth["6205.20.20"].margin == pytest.approx(0.197)
    # 5,000 pairs at 10.39 USD of 2013, 10 per cent, in dollars of 2024.
    shoes = worth["6403.59.90"]
    assert shoes.usd_per_feu == pytest.approx(5_000 * 10.39 * 0.1 * CPI_2024 / CPI_2013, rel=1e-3)
    assert shoes.usd_low < shoes.usd_per_feu < shoes.usd_high
    # Free already at the general rate: nothing to prefer.
    assert worth["8471.30.01"].usd_per_feu == worth["2701.12.00"].usd_per_feu == 0


def test_without_a_way_the_duty_is_known_and_the_landed_cost_is_not() -> None:
    shut = replace(
        study().scenario,
        scenario_id="north-shut",
        steps=(*study().scenario.steps, ((), ("state:PRK", "port:haeju", "port:nampo"))),
    )
    rows = _of(landed_costs(study().at(shut), "gaesong"), "6109.10.00")
    assert rows["mfn"].duty_usd == pytest.approx(14_850)
    assert rows["mfn"].landed_usd is None
    assert rows["mfn"].reason
