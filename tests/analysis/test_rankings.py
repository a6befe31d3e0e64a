"""Rankings: envelopes worked by hand, and published rankings put to the test on a small world."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geo.analysis.rankings import (
    Region,
    WeightedWay,
    lower_envelope,
    published_rankings,
    sourced_hour_values,
    verdict_of,
    ways_by_weight,
)
from geo.errors import UnknownNameError, UsageError
from tests.small import SmallAtlas, small_study, study_of, table

if TYPE_CHECKING:
    from pathlib import Path

SLOW = WeightedWay("slow", 1_000, 100)
FAST = WeightedWay("fast", 2_000, 50)
NEVER = WeightedWay("never", 1_900, 80)

RANKINGS = """ranking_id,study,origin,destination,scenario,winner,rivals,source_ids,note
one,Somebody 2010,alpha,delta,severed-2026,by-train,best,book,
"""


def test_two_ways_part_the_weights_where_they_meet() -> None:
    regions = lower_envelope([SLOW, FAST], low=0, high=100)
    assert regions == (Region("slow", 0, 20), Region("fast", 20, 100))


def test_a_way_that_is_never_the_best_has_no_region() -> None:
    # At 20 USD an hour it costs 3,500, the other two 3,000.
    regions = lower_envelope([NEVER, FAST, SLOW], low=0, high=100)
    assert {region.corridor for region in regions} == {"slow", "fast"}


def test_ways_of_one_corridor_make_one_region() -> None:
    also = WeightedWay("slow", 1_100, 90)
    regions = lower_envelope([SLOW, also, FAST], low=0, high=100)
    assert regions == (Region("slow", 0, 22.5), Region("fast", 22.5, 100))


def test_the_envelope_is_the_least_at_every_weight() -> None:
    draw = np.random.default_rng(5)
    lines = [
        WeightedWay(str(k), *pair) for k, pair in enumerate(draw.uniform(100, 900, size=(12, 2)))
    ]
    regions = lower_envelope(lines, low=0.1, high=10)
    assert regions[0].low == 0.1
    assert regions[-1].high == 10
    assert all(a.high == b.low for a, b in pairwise(regions))
    for region in regions:
        weight = (region.low + region.high) / 2
        assert min(lines, key=lambda way: way.cost(weight)).corridor == region.corridor


def test_no_way_and_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(UsageError, match="no way to rank"):
        lower_envelope([], low=0, high=1)
    with pytest.raises(UsageError, match="low before high"):
        lower_envelope([SLOW], low=2, high=1)


def test_the_ways_of_a_corridor_descend_in_hours_as_money_rises(tmp_path: Path) -> None:
    ways = ways_by_weight(small_study(tmp_path), "Alpha", "Delta", "best")
    assert len(ways) >= 2
    assert all(a.usd < b.usd and a.hours > b.hours for a, b in pairwise(ways))


@pytest.mark.parametrize("weight", [0.0, 3.0, 10.0, 400.0])
def test_no_route_beats_the_envelope_of_its_corridor(tmp_path: Path, weight: float) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.goods["value_usd_per_feu"] = atlas.goods["value_low"] = weight * 24 / 0.01
    atlas.goods["value_high"] = weight * 24 / 0.01
    at = study_of(atlas)
    ways = ways_by_weight(at, "Alpha", "Delta", "best")
    route = at.route("Alpha", "Delta")
    assert min(way.cost(weight) for way in ways) == pytest.approx(
        route.usd_per_feu + weight * route.hours
    )


def test_the_bounds_come_from_goods_with_a_source_and_values_of_time(tmp_path: Path) -> None:
    low, high = sourced_hour_values(SmallAtlas(tmp_path))  # type: ignore[arg-type]
    assert low == pytest.approx(12_000 * 0.001 / 24)
    assert high == pytest.approx(48_000 * 0.02 / 24)


def ranked(tmp_path: Path, *, through_usd: float = 333, **cells: str) -> tuple[Any, dict[str, Any]]:
    atlas: Any = SmallAtlas(tmp_path)
    through = atlas.rates["item_id"].eq("service-through") & atlas.rates["measure"].eq("money")
    atlas.rates.loc[through, ["low", "base", "high"]] = through_usd
    atlas.rankings = table(RANKINGS).assign(**cells)
    at = study_of(atlas)
    return at, published_rankings(at.atlas)[0]


def test_a_winner_that_no_rival_beats_is_reproduced(tmp_path: Path) -> None:
    at, row = ranked(tmp_path, winner="best", rivals="by-train")
    found = verdict_of(at, row)
    assert found.verdict == "reproduced"
    assert [region.corridor for region in found.regions] == ["best"]
    assert found.least_excess_usd == 0


def test_a_winner_that_wins_nowhere_is_not_reproduced(tmp_path: Path) -> None:
    at, row = ranked(tmp_path, through_usd=5_000)
    found = verdict_of(at, row)
    assert found.verdict == "not reproduced"
    assert found.wins == ()
    best = at.route("Alpha", "Delta")
    train = at.route("Alpha", "Delta", corridor="by-train")
    least = min(
        train.usd_per_feu - best.usd_per_feu + weight * (train.hours - best.hours)
        for weight in found.bounds
    )
    assert found.least_excess_usd is not None
    assert 0 < found.least_excess_usd <= least + 1e-6


def test_a_corridor_without_a_way_is_named(tmp_path: Path) -> None:
    at, row = ranked(tmp_path, winner="best", rivals="not-bbb")
    found = verdict_of(at, row)
    assert found.without_way == ("not-bbb",)
    assert found.to_dict()["verdict"] == "reproduced"
    with pytest.raises(UnknownNameError, match="unknown ranking"):
        published_rankings(at.atlas, ["nobody"])


def test_the_table_names_places_corridors_and_scenarios_that_there_are() -> None:
    from geo.atlas import Atlas
    from geo.atlas.cells import ids_of
    from geo.scenario_file import scenario_ids

    atlas = Atlas()
    corridors, places = set(atlas.corridors["corridor_id"]), set(atlas.places["place_id"])
    for row in published_rankings(atlas):
        assert {row["origin"], row["destination"]} <= places
        assert row["scenario"] in scenario_ids(atlas)
        assert {row["winner"], *ids_of(row["rivals"])} <= corridors
