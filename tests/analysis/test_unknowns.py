"""What of a rate card is drawn, and what of it moves together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.analysis.unknowns import GOODS_VALUE, TIME_VALUE, Unknowns
from geo.errors import DataError
from tests import worlds
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study


def unknowns(study: Study) -> Unknowns:
    card = study.world.card
    used = np.ones(len(card.items), dtype=bool)
    return Unknowns.of(card, study.goods, study.time_value, used=used)


def test_without_random_numbers_the_rates_are_the_base(tmp_path: Path) -> None:
    study = study_of(SmallAtlas(tmp_path))
    found = unknowns(study)
    drawn = found.drawn(np.full((1, len(found.variables)), np.nan), found.variables)
    base = study.card.bind(study.goods).base
    np.testing.assert_array_equal(drawn.usd[0], np.nan_to_num(base[:, 0]))
    np.testing.assert_array_equal(drawn.kg_co2[0], np.nan_to_num(base[:, 2]))
    # 24,000 USD x 1 per cent a day.
    assert drawn.usd_per_hour[0] == pytest.approx(10)


def test_a_group_moves_together_and_a_class_with_its_members(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    rows = atlas.items["item_id"].isin(["haul-rus", "haul-blr"])
    atlas.items = atlas.items.assign(group=np.where(rows, "east", ""))
    found = unknowns(study_of(atlas))
    assert "east:money" in found.variables
    assert not {"haul-rus:money", "haul-blr:money"} & set(found.variables)
    numbers = np.random.default_rng(1).random((20, len(found.variables)))
    drawn = found.drawn(numbers, found.variables)
    at = [list(atlas.items["item_id"]).index(item) for item in ("haul-rus", "haul-blr")]
    np.testing.assert_allclose(drawn.usd[:, at[0]], drawn.usd[:, at[1]])
    assert {GOODS_VALUE, TIME_VALUE} <= set(found.variables)


def test_what_ships_can_be_drawn_and_says_why_it_is_skewed() -> None:
    found = unknowns(worlds.study())
    skewed = [one for one in found.unknowns if one.distribution.is_skewed]
    assert len(skewed) > 50
    assert all(len(one.reason) > 30 for one in skewed)
    causes = {one.what: one.variable for one in found.unknowns}
    assert causes["lane-kcci-busan-europe-2025-10:money"] == causes["sea-deep:money"]
    # What a crossing borrows from a class moves with the class.
    assert causes["border-sinuiju-dandong-ab:money"] == causes["border-class-prk:money"]


def test_a_mean_far_above_the_base_needs_a_reason(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    rates = atlas.rates.copy()
    toll = (rates["item_id"] == "border-ab") & (rates["measure"] == "money")
    rates.loc[toll, "high"] = 5000.0
    atlas.rates = rates
    with pytest.raises(DataError, match=r"border-ab money: the mean .* over 1.5 times the base"):
        unknowns(study_of(atlas))
    atlas.rates = rates.assign(skew_reason=np.where(toll, "queues of bad years", ""))
    found = unknowns(study_of(atlas))
    assert [one.reason for one in found.unknowns if one.reason] == ["queues of bad years"]


def test_a_missing_rate_is_refused_by_name_where_it_is_used(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.rates = atlas.rates[atlas.rates["item_id"] != "border-cd"]
    study = study_of(atlas)
    with pytest.raises(DataError, match="no rate for border-cd money, border-cd hours"):
        unknowns(study)
    card = study.world.card
    used = np.array([item != "border-cd" for item in card.item_ids])
    Unknowns.of(card, study.goods, study.time_value, used=used)


def test_a_value_of_time_may_be_fixed(tmp_path: Path) -> None:
    study = study_of(SmallAtlas(tmp_path))
    card, used = study.world.card, np.zeros(len(study.card.items), dtype=bool)
    goods = replace(study.goods, value_low_usd=24000.0, value_high_usd=24000.0)
    time_value = replace(study.time_value, low=0.01, high=0.01)
    assert Unknowns.of(card, goods, time_value, used=used).variables == ()
