"""Projects on the small world, where every effect follows from a few rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from geo.analysis.merits import merit_of, project_notes
from geo.analysis.pairs import Pairs, pair_costs
from geo.analysis.projects import Effects, find_projects, project_of, subset_costs
from geo.errors import UsageError, WorkLimitError
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study

HEAD = 'id = "{0}"\ntitle = "{0}"\ndate = 2026-01-01\nparent = "severed-2026"\n'
FILES = {
    "cheap-bbb": '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = 0.1',
    "quick-ab": '[[rates]]\nitem = "border-ab"\nmeasure = "hours"\nset = 10.0',
    "quick-cd": '[[rates]]\nitem = "border-cd"\nmeasure = "hours"\nset = 11.0',
    "open-ab": 'open = ["crossing:a-b"]',
    "closer": 'close = ["crossing:c-d"]',
    "idle": "",
}


@pytest.fixture
def world(tmp_path: Path) -> Study:
    """Make the small world with its projects and without its through train."""
    atlas: Any = SmallAtlas(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / "scenarios" / f"{name}.toml"
        path.write_text(HEAD.format(name) + text, encoding="utf-8")
    atlas.services = atlas.services.iloc[:0]
    atlas.corridors = atlas.corridors[atlas.corridors["corridor_id"] != "by-train"]
    atlas.indicators = pd.DataFrame(
        {"iso3": ["CCC", "DDD"], "indicator": "gdp", "year": 2023, "value": [5.0, 7.0]}
    )
    atlas.parameters["trade-theta"] = 5.03
    return study_of(atlas)


def effects_of(study: Study, *names: str) -> Effects:
    pairs = Pairs.of(study, ["Alpha"], ["Delta"])
    return subset_costs(study, find_projects(study.atlas, names), pairs).savings()


def test_two_quicker_borders_on_one_way_add_up(world: Study) -> None:
    # An hour is worth 24,000 x 0.01 / 24 = 10 USD; each border saves 20 hours.
    effects = effects_of(world, "quick-ab", "quick-cd")
    assert effects.alone == pytest.approx([200, 200])
    assert effects.joint == pytest.approx(400)
    assert effects.interaction == pytest.approx(0)
    assert effects.shares == pytest.approx([200, 200])


def test_what_a_link_brings_hangs_on_the_border_behind_it(world: Study) -> None:
    shut = world.at("shut")
    pairs = Pairs.of(shut, ["Alpha"], ["Delta"])
    costs = subset_costs(shut, find_projects(shut.atlas, ["open-ab", "quick-cd"]), pairs)
    assert costs.joined.alone.tolist() == [1, 0]
    assert costs.joined.joint == 1
    assert costs.joined.shares == pytest.approx([1, 0])
    with pytest.raises(UsageError, match="no pair that has a way"):
        costs.savings()


def test_every_subset_costs_what_the_study_with_its_files_costs(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha", "Beta"], ["Gamma", "Delta"])
    names = ["cheap-bbb", "quick-ab"]
    costs = subset_costs(world, find_projects(world.atlas, names), pairs).costs
    assert costs[0] == pytest.approx(pair_costs(pairs, world.choice))
    for bit, name in enumerate(names):
        assert costs[1 << bit] == pytest.approx(pair_costs(pairs, world.at(name).choice))


def test_opening_links_never_makes_a_pair_dearer(world: Study) -> None:
    shut = world.at("shut")
    names = ["Alpha", "Beta", "Gamma", "Delta"]
    pairs = Pairs.of(shut, names, names)
    costs = subset_costs(shut, find_projects(shut.atlas, ["open-ab"]), pairs).costs
    assert (costs[1] <= costs[0]).all()
    assert np.isinf(costs[0, 0, 1])
    assert np.isfinite(costs[1]).all()


def test_demand_weighs_the_pairs(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha"], ["Beta", "Delta"])
    costs = subset_costs(world, find_projects(world.atlas, ["quick-cd"]), pairs)
    assert costs.savings().joint == pytest.approx(100)
    assert costs.savings([[1, 3]]).joint == pytest.approx(150)
    with pytest.raises(UsageError, match="weight above 0"):
        costs.savings([[1, -3]])


def test_projects_are_ranked_alone_and_in_the_system(world: Study) -> None:
    effects = effects_of(world, "quick-ab", "cheap-bbb", "quick-cd")
    # 500 km at 0.4 USD less and the border of the union behind them, less than 20 h at 10 USD.
    ranking = effects.ranking()
    assert set(ranking["project"]) == {"quick-ab", "cheap-bbb", "quick-cd"}
    assert ranking["share"].sum() == pytest.approx(effects.joint)
    assert ranking["rank_system"].tolist() == sorted(ranking["rank_system"])
    tied = ranking.set_index("project")["rank_alone"]
    assert tied["quick-ab"] == tied["quick-cd"]
    with pytest.raises(UsageError, match="unknown order"):
        effects.ranking("beauty")


def test_market_access_is_the_closed_form(world: Study) -> None:
    pairs = Pairs.of(world, ["Alpha"], ["Gamma", "Delta"])
    costs = subset_costs(world, find_projects(world.atlas, ["quick-cd"]), pairs)
    effects, unit = merit_of(world, costs, "access")
    before, after = costs.costs[:, 0]
    access = [
        5 * (1 + cost[0] / 24_000) ** -5.03 + 7 * (1 + cost[1] / 24_000) ** -5.03
        for cost in (before, after)
    ]
    assert effects.joint == pytest.approx(100 * (access[1] / access[0] - 1))
    assert unit.startswith("per cent")
    potential = [5 / cost[0] + 7 / cost[1] for cost in (before, after)]
    harris, _ = merit_of(world, costs, "harris")
    assert harris.joint == pytest.approx(100 * (potential[1] / potential[0] - 1))
    with pytest.raises(UsageError, match="unknown merit"):
        merit_of(world, costs, "beauty")
    elsewhere = subset_costs(
        world,
        find_projects(world.atlas, ["quick-ab"]),
        Pairs.of(world, ["Alpha"], ["Beta"]),
    )
    with pytest.raises(UsageError, match="no GDP in the tables for BBB"):
        merit_of(world, elsewhere, "access")


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["closer"], "'closer' closes"),
        (["idle"], "it is no project"),
        (["cheap-bbb", "cheap-bbb"], "named twice"),
        (["cheap-bbb", "tolls"], "both edit the rate haul-rus money"),
    ],
)
def test_what_is_no_project_is_refused(world: Study, names: list[str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        find_projects(world.atlas, names)


def test_more_than_ten_projects_are_refused(world: Study) -> None:
    projects = [project_of(world.atlas, "quick-ab")] * 11
    with pytest.raises(WorkLimitError, match="11 projects"):
        subset_costs(world, projects, Pairs.of(world, ["Alpha"], ["Delta"]))


def test_the_table_of_projects_reads_whole() -> None:
    from geo.atlas import Atlas

    atlas = Atlas()
    projects = find_projects(atlas)
    notes = project_notes(atlas)
    assert set(notes) == {project.project_id for project in projects}
    assert notes["reopen-donghae"]["invest_low"] == 2490
    assert notes["gyumri-kars"]["currency"] is None
