"""The map of a corridor: its ways, their bills and its table are those of the routes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import UsageError
from geo.report.maps import corridor_map
from geo.report.wording import duration, money, number
from tests.fakes import NASTY, PLACES, FakeStudy
from tests.report.maps.drawn import drawn, drawn_study, notes

if TYPE_CHECKING:
    from pathlib import Path


def small() -> tuple[Any, list[Any]]:
    """Make a study and two ways of it."""
    study = FakeStudy("reopened")
    return study, study.alternatives("busan", "moscow", k=2)


def test_each_way_is_a_layer_with_its_bill_and_a_row_of_the_table() -> None:
    study, ways = small()
    html = corridor_map(study, ways)
    layers = drawn(html)
    names = [name for name in layers if name[:1].isdigit()]
    assert sorted(names) == ["1  Dorasan–Panmun · Tumangang–Khasan", "2  ship Busan-Dalian"]
    looks = set()
    for name, way in zip(sorted(names), ways, strict=True):
        # what is drawn by hand is a stroke of its own
        assert {one["style"].get("dashArray") for one in layers[name]} >= {"1 6"}
        looks |= {(one["style"]["color"], one["style"].get("dashArray")) for one in layers[name]}
        for one in layers[name]:
            assert f"USD {money(way.usd_per_feu, indicative=way.indicative)}" in one["popup"]
            assert duration(way.hours) in one["tip"]
        row = (money(way.usd_per_feu, indicative=way.indicative), duration(way.hours))
        told = (*row, number(way.generalised_usd_per_feu), number(way.kg_co2_per_feu))
        assert " ".join(told) in notes(html)
    assert len({colour for colour, _ in looks}) == 2


def test_ways_of_the_small_world_are_drawn_with_the_figures_of_the_study(tmp_path: Path) -> None:
    study = drawn_study(tmp_path)
    (way,) = study.alternatives("alpha", "delta", k=1)
    html = corridor_map(study, [way])
    (name,) = (name for name in drawn(html) if name.startswith("1 "))
    assert f"USD {money(way.usd_per_feu)}" in drawn(html)[name][0]["popup"]
    assert "1 way" in notes(html)
    assert "<script>alert" not in html


def test_a_front_says_by_what_it_is_one() -> None:
    study, ways = small()
    html = corridor_map(study, ways, criteria=("money", "co2"))
    assert "2 ways that no other beats in money and CO₂" in notes(html)


def test_the_same_ways_give_the_same_bytes_and_names_are_escaped() -> None:
    study, ways = small()
    named = [replace(way, origin=replace(way.origin, name=NASTY)) for way in ways]
    html = corridor_map(study, named)
    assert html == corridor_map(FakeStudy("reopened"), named)  # type: ignore[arg-type]
    assert NASTY not in html
    assert "Bus&lt;b&gt;an &amp; Co" in html


def test_tiles_are_asked_for_only_where_they_are_wanted() -> None:
    study, ways = small()
    assert '"tiles":false' in corridor_map(study, ways)
    assert '"tiles":true' in corridor_map(study, ways, tiles=True)


def test_no_way_and_ways_between_different_places_are_refused() -> None:
    study, ways = small()
    with pytest.raises(UsageError, match="at least one route"):
        corridor_map(study, [])
    with pytest.raises(UsageError, match="the same two places"):
        corridor_map(study, [ways[0], replace(ways[1], destination=PLACES["hanoi"])])
