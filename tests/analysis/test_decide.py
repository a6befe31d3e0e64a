"""Decisions between routes of the small world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.analysis.decide import decide
from geo.errors import UsageError
from tests.small import SmallAtlas, small_study, study_of, table

if TYPE_CHECKING:
    from pathlib import Path

CORRIDORS = """corridor_id,name,vias,modes,avoid
by-train,Through train,service:through,rail,
by-sea,By the strait,passage:strait,rail;sea,
by-road,By road,,road,
not-bbb,Round BBB,,rail;sea,BBB
"""


def test_two_ways_are_set_against_each_other(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.corridors = table(CORRIDORS)
    study = study_of(atlas)
    found = decide(study, "Alpha", "Gamma", ["best", "by-road", "not-bbb"], scale=500)
    (one,) = found.break_evens
    names = {one.faster.name, one.slower.name}
    assert names == {"best", "by-road"}
    assert set(found.without_route) == {"not-bbb"}
    road = study.route("Alpha", "Gamma", corridor="by-road")
    offer = next(offer for offer in found.offers if offer.name == "by-road")
    assert offer.usd == pytest.approx(road.usd_per_feu)
    assert offer.days == pytest.approx(road.hours / 24)
    assert found.by_goods["share"].sum() == pytest.approx(1)
    assert found.by_goods["winner"].sum() == 1
    assert found.to_dict()["break_even"][0]["winner"] == one.winner


def test_the_freight_by_ship_of_a_way_is_told_apart(tmp_path: Path) -> None:
    found = decide(small_study(tmp_path), "Alpha", "Isle", ["best", "by-sea"])
    by_sea = next(offer for offer in found.offers if offer.name == "by-sea")
    assert by_sea.lane_usd == pytest.approx(150)
    assert "share" not in found.by_goods


def test_one_way_alone_decides_nothing(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    with pytest.raises(UsageError, match="two different ways"):
        decide(study, "Alpha", "Delta", ["best", "best"])
    with pytest.raises(UsageError, match="fewer than two of the ways"):
        decide(study, "Alpha", "Delta", ["best", "not-bbb"])
