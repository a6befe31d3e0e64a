"""Pairs: the least cost of each, and bans on transit that bind only some origins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from geo.analysis.pairs import Pairs, groups_of_origins, metrics_by_origin, pair_costs
from geo.errors import UnknownNameError, UsageError
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study

HEAD = 'id = "banned"\ntitle = "banned"\ndate = 2026-01-01\nparent = "severed-2026"\n'


@pytest.fixture
def world(tmp_path: Path) -> Study:
    """Make the small world with a ban on transit through BBB, whose track is all of known lines."""
    atlas: Any = SmallAtlas(tmp_path)
    path = tmp_path / "scenarios" / "banned.toml"
    path.write_text(HEAD + 'close = ["transit:BBB"]', encoding="utf-8")
    return study_of(atlas)


def test_the_least_cost_is_that_of_the_route_where_no_preference_interferes(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha"], ["Beta", "Isle"])
    costs = pair_costs(pairs, world.choice)
    for column, end in enumerate(["Beta", "Isle"]):
        assert costs[0, column] == pytest.approx(world.route("Alpha", end).generalised_usd_per_feu)


def test_a_preference_for_known_lines_never_beats_the_least_cost(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha", "Gamma"], ["Delta", "Beta"])
    costs = pair_costs(pairs, world.choice)
    for row, start in enumerate(["Alpha", "Gamma"]):
        for column, end in enumerate(["Delta", "Beta"]):
            route = world.route(start, end)
            assert costs[row, column] <= route.generalised_usd_per_feu + 1e-9


def test_a_ban_on_transit_does_not_bind_what_the_state_sends_out(world: Study) -> None:
    banned = world.at("banned")
    pairs = Pairs.of(banned, ["Alpha", "Beta", "Gamma"], ["Delta"])
    assert [rows.tolist() for rows in groups_of_origins(pairs, banned.choice)] == [[0, 2], [1]]
    assert [rows.tolist() for rows in groups_of_origins(pairs, world.choice)] == [[0, 1, 2]]
    assert len(metrics_by_origin(pairs, banned.choice)) == 2
    costs = pair_costs(pairs, banned.choice)
    assert costs[1, 0] == pytest.approx(pair_costs(pairs, world.choice)[1, 0])
    assert np.isinf(costs[0, 0])


def test_a_place_and_itself_are_no_pair(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha", "Beta"], ["Beta", "Alpha"])
    assert pairs.apart.tolist() == [[True, False], [False, True]]
    with pytest.raises(UsageError, match="two places"):
        Pairs.of(world, [], ["Beta"])
    with pytest.raises(UnknownNameError):
        Pairs.of(world, ["Nowhere at all"], ["Beta"])
