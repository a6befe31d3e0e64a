"""Levels: each names only what is there, and every rank of an axis is one more step."""

from __future__ import annotations

import math

import pytest

from geo.analysis import Ladders
from geo.analysis.landed import TREATMENTS
from geo.analysis.levels import AXES, TONGS
from geo.errors import UsageError
from geo.links import LinkBook
from tests.worlds import study


@pytest.fixture(scope="module")
def ladders() -> Ladders:
    return Ladders.of(study().atlas)


def test_ranks_run_from_nought_without_a_gap(ladders: Ladders) -> None:
    assert set(ladders.by_axis) == set(AXES)
    for levels in ladders.by_axis.values():
        assert [level.rank for level in levels] == list(range(len(levels)))
        assert len(levels) > 1


def test_every_target_of_a_change_exists(ladders: Ladders) -> None:
    atlas = study().atlas
    known = {
        **{kind: set(LinkBook(atlas).known) for kind in ("open", "close", "legal")},
        **{kind: set(atlas.items["item_id"]) for kind in ("hours", "unknown")},
        "goods": set(atlas.goods["goods_id"]),
        "lift": set(atlas.trade_bans["ban_id"]),
        "treatment": {"USA"},
    }
    changes = [
        one for levels in ladders.by_axis.values() for level in levels for one in level.changes
    ]
    assert {change.change for change in changes} == set(known)
    for change in changes:
        assert change.target in known[change.change], change


def test_hours_alone_have_a_figure_and_every_figure_a_range_and_a_source(ladders: Ladders) -> None:
    for levels in ladders.by_axis.values():
        for change in (one for level in levels for one in level.changes):
            assert math.isnan(change.value) == (change.change != "hours")
            assert change.source_ids
            if change.change == "hours":
                assert change.low <= change.value <= change.high
                assert change.confidence


def test_treatments_of_origin_rise_in_their_order(ladders: Ladders) -> None:
    said = [
        change.setting
        for level in ladders.by_axis["sanctions"]
        for change in level.changes
        if change.change == "treatment"
    ]
    assert tuple(said) == TREATMENTS


def test_integration_brings_each_tong_once_the_road_is_open(ladders: Ladders) -> None:
    assert ladders.tongs_at(0) == {}
    for rank in (1, 3, 5):
        assert set(ladders.tongs_at(rank)) == set(TONGS)
    assert ladders.tongs_at(2)["passage"].rank < ladders.tongs_at(3)["passage"].rank


@pytest.mark.parametrize("rank", [-1, 99])
def test_a_rank_that_is_none_is_refused_with_those_that_are(ladders: Ladders, rank: int) -> None:
    with pytest.raises(UsageError, match="1 korean measures lifted"):
        ladders.level("sanctions", rank)


def test_an_axis_that_is_none_is_refused(ladders: Ladders) -> None:
    with pytest.raises(UsageError, match="unknown axis 'weather'"):
        ladders.level("weather", 0)
