"""Choice: how a route is chosen, and that searches which share a tree find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest

import geo.choice
from geo.choice import CARRIERS, CLOSED_PENALTY, Choice
from geo.corridor import ANY_WAY, find_corridor
from geo.errors import UsageError
from tests.small import small_study
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study


def fresh(of: Study) -> Choice:
    """Return the choice of a study without any tree of an earlier search."""
    return Choice(of.network, of.world, of.choice.objective)


def test_corridors_that_share_their_first_tree_find_what_they_find_alone() -> None:
    at = study("reopened")
    shared, busan = fresh(at), at.atlas.find_place("busan")
    ends = [at.network.terminals.doors[name] for name in ("moscow", "rotterdam", "tashkent")]
    for name in ("best", "tkr-tsr", "tkr-tmr", "sea-tsr", "sea-suez"):
        corridor = find_corridor(at.atlas, name)
        stops = corridor.resolve(at.network)
        one = shared.find(busan, corridor, stops, None)
        alone = fresh(at).find(busan, corridor, stops, None)
        for end in ends:
            assert one.steered.cost(end) == alone.steered.cost(end)
            assert one.free.cost(end) == alone.free.cost(end)


def test_another_origin_does_not_inherit_the_tree_of_the_last() -> None:
    at = study("russia-transit-closed")
    shared = fresh(at)
    target = at.network.terminals.doors["warsaw"]
    for name in ("busan", "moscow", "busan"):
        place = at.atlas.find_place(name)
        here = shared.find(place, ANY_WAY, (), None).free.cost(target)
        assert here == fresh(at).find(place, ANY_WAY, (), None).free.cost(target)


def test_origins_that_take_turns_find_what_they_find_alone() -> None:
    """More ways of asking than are kept weighed, so that each comes back after it was dropped."""
    at = study("russia-transit-closed")
    shared = fresh(at)
    doors = at.network.terminals.doors
    ends = [doors[name] for name in ("warsaw", "tashkent", "hanoi")]
    asked = [
        (at.atlas.find_place(place), find_corridor(at.atlas, name))
        for name in ("best", "tkr-tsr", "sea-suez", "road", "middle", "best", "tkr-tmr")
        for place in ("busan", "moscow", "vladivostok")
    ]
    for place, corridor in asked:
        stops = corridor.resolve(at.network)
        one = shared.find(place, corridor, stops, None)
        alone = fresh(at).find(place, corridor, stops, None)
        for end in ends:
            for search in ("steered", "free", "forced", "opened"):
                here, there = getattr(one, search), getattr(alone, search)
                assert here.cost(end) == there.cost(end)
        assert np.array_equal(one.closed, alone.closed)
    assert len(shared._ways) <= geo.choice._KEPT_ALLOWED
    assert len(shared._unruled) <= geo.choice._KEPT_UNRULED
    for allowed in shared._ways.values():
        assert len(allowed._trees) <= geo.choice._KEPT_TREES


def test_what_is_closed_is_forced_at_a_penalty_and_opened_for_nothing(tmp_path: Path) -> None:
    at = small_study(tmp_path, "shut")
    found = fresh(at).find(at.atlas.find_place("alpha"), ANY_WAY, (), ("rail",))
    target = at.network.terminals.doors["delta"]
    assert np.isinf(found.steered.cost(target))
    forced, opened = found.forced.path(target), found.opened.path(target)
    assert np.isfinite(found.unclosed[opened]).all()
    assert found.opened.cost(target) == pytest.approx(found.unclosed[opened].sum())
    penalties = found.closed[forced].sum() * CLOSED_PENALTY
    assert penalties > 0
    assert found.forced.cost(target) == pytest.approx(found.unclosed[forced].sum() + penalties)
    # No way uses fewer closed arcs, and nothing that is ruled out is opened.
    assert found.closed[forced].sum() <= found.closed[opened].sum()
    ruled_out = np.isinf(found.unclosed)
    assert not ruled_out[forced].any()
    assert not ruled_out[opened].any()


def test_steering_weighs_track_of_no_line_alone(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    gamma = at.atlas.find_place("gamma")
    target = at.network.terminals.doors["delta"]
    costs = []
    for strength in (1.0, 3.0):
        with patch.object(geo.choice, "STEERING", strength):
            found = fresh(at).find(gamma, ANY_WAY, (), ("rail",))
        costs.append(found.steered.cost(target))
        path = found.steered.path(target)
        steered = at.network.arcs["unlisted"].to_numpy()[path]
    assert costs[0] == found.free.cost(target)
    assert costs[1] - costs[0] == pytest.approx(2 * found.weights[path][steered].sum())
    assert steered.sum() == 2


def test_a_closed_arc_is_infinite_and_known_without_its_closure(tmp_path: Path) -> None:
    at = small_study(tmp_path, "shut")
    found = fresh(at).find(at.atlas.find_place("alpha"), ANY_WAY, (), None)
    shut = at.network.arcs_of("crossing:a-b")
    assert np.isinf(found.weights[shut]).all()
    assert np.isfinite(found.unclosed[shut]).all()
    assert found.closed[shut].all()


def test_what_a_question_rules_out_is_infinite_even_unclosed(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    alpha, mode = at.atlas.find_place("alpha"), at.network.arcs["mode"].to_numpy()
    for carrier in CARRIERS:
        found = fresh(at).find(alpha, ANY_WAY, (), (carrier,))
        for other in set(CARRIERS) - {carrier}:
            assert np.isinf(found.unclosed[mode == other]).all()
        assert np.isfinite(found.unclosed[mode == carrier]).all()


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    with pytest.raises(UsageError, match="unknown mode 'air'; one of rail, sea"):
        fresh(at).find(at.atlas.find_place("alpha"), ANY_WAY, (), ("rail", "air"))
