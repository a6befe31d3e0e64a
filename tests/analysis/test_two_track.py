"""Two tracks: cells against the scenarios that ship, sums by hand, and what must not rise."""

from __future__ import annotations

import itertools
import json

import pytest

from geo.analysis import Cell, CellCosts, Pair, compose, path_steps, two_track
from geo.costing import RateEdit
from geo.errors import ScenarioError, UnknownNameError, UsageError
from tests.worlds import study

ROAD = ("road-border-gyeongui", "hours")
PAIRS = (
    Pair("gaesong", "seoul"),
    Pair("gaesong", "los-angeles"),
    Pair("busan", "moscow", ("rail", "sea")),
)


def _hours(cell: Cell) -> float:
    """Return the hours of the road crossing in a cell."""
    first = study()
    return cell.scenario.bind(first.atlas, first.network, first.card).card.rates[ROAD].base


def _least(costs: CellCosts, pair: int) -> float:
    """Return what routing made as small as it could: without the preference for known lines."""
    route = costs.outcomes[pair].route
    if route is None:
        return float("inf")
    return route.generalised_usd_per_feu if route.steering is None else route.steering.unsteered


@pytest.fixture(scope="module")
def costs() -> dict[tuple[int, int], CellCosts]:
    """Cost the cells of all three paths up to step 5."""
    atlas = study().atlas
    ranks = {
        (step.sanctions, step.integration): None
        for path in ("parallel", "sequential", "stalled")
        for step in path_steps(atlas, path)[:6]
    }
    cells = [compose(atlas, sanctions=s, integration=i) for s, i in ranks]
    return dict(zip(ranks, two_track(study(), PAIRS, cells), strict=True))


def test_the_first_cell_is_the_world_of_2026() -> None:
    cell = compose(study().atlas)
    assert cell.scenario.digest == study().scenario.digest
    assert (cell.treatment, cell.unchanged) == ("banned", ())


@pytest.mark.parametrize(
    ("integration", "shipped"), [(2, "kaesong-2008"), (4, "reopened"), (5, "modernised")]
)
def test_cells_open_what_the_scenarios_that_ship_open(integration: int, shipped: str) -> None:
    first = study()
    cell = compose(first.atlas, sanctions=1, integration=integration)
    mine = cell.scenario.bind(first.atlas, first.network, first.card)
    theirs = study(shipped).world
    # Prices by the date of the scenario are no links of the two tracks; what the scenario of
    # 2008 leaves out is the road to Kumgang, which neither opens.
    dated = ("lane:", "dated:", "service:")
    assert {link for link in mine.closures if not link.startswith(dated)} == {
        link for link in theirs.closures if not link.startswith(dated)
    }


def test_modernised_railways_run_as_fast_as_in_the_scenario_that_ships() -> None:
    first = study()
    cell = compose(first.atlas, integration=5)
    mine = cell.scenario.bind(first.atlas, first.network, first.card).card
    for item in ("run-prk", "run-prk-south", "run-prk-east"):
        ours, theirs = (
            mine.rates[item, "hours"],
            study("modernised").world.card.rates[item, "hours"],
        )
        assert (ours.low, ours.base, ours.high) == (theirs.low, theirs.base, theirs.high)


def test_hours_of_the_tongs_add_up_as_by_hand() -> None:
    atlas = study().atlas
    # Half of 30 minutes and 19 minutes of queue, and three hours of customs.
    before = _hours(compose(atlas, integration=1))
    assert before == pytest.approx(0.25 + 19 / 60 + 3, abs=1e-3)
    # 8 minutes of queue, and 30 minutes of customs.
    assert _hours(compose(atlas, integration=3)) == pytest.approx(8 / 60 + 0.5, abs=1e-3)
    # Six passages in 23 half hours.
    six = compose(atlas, integration=1, passage=0)
    assert _hours(six) == pytest.approx(11.5 / 6 / 2 + 19 / 60 + 3, abs=1e-3)
    # Each tong can be solved alone.
    tagged = compose(atlas, integration=1, customs=1)
    assert _hours(tagged) == pytest.approx(0.25 + 19 / 60 + 0.5, abs=1e-3)
    assert _hours(compose(atlas, integration=1, communications=1)) == before


def test_what_nobody_measured_stays_and_is_named_until_the_user_sets_it() -> None:
    atlas = study().atlas
    assert compose(atlas, integration=3).unchanged == (
        "Data line and internet: road-border-gyeongui",
    )
    own = compose(atlas, integration=3, edits={ROAD: RateEdit(set=4.0)})
    assert own.unchanged == ()
    world = own.scenario.bind(atlas, study().network, study().card)
    assert world.card.rates[ROAD].base == 4.0
    assert world.card.rates[ROAD].confidence == "assumption"


def test_an_edit_of_an_item_that_is_none_is_refused() -> None:
    cell = compose(study().atlas, edits={("toll-of-trolls", "hours"): RateEdit(set=1.0)})
    with pytest.raises(ScenarioError, match="toll-of-trolls"):
        two_track(study(), PAIRS[:1], [cell])


def test_more_open_is_never_dearer(costs: dict[tuple[int, int], CellCosts]) -> None:
    for here, there in itertools.permutations(costs, 2):
        if here[0] <= there[0] and here[1] <= there[1]:
            for pair in range(len(PAIRS)):
                # Where steering changed little the routes hold no unsteered cost: 0.1 per cent.
                assert _least(costs[there], pair) <= _least(costs[here], pair) * 1.001


@pytest.mark.parametrize("path", ["stalled", "sequential"])
def test_no_path_is_ever_cheaper_than_the_parallel_one(
    costs: dict[tuple[int, int], CellCosts], path: str
) -> None:
    atlas = study().atlas
    for mine, parallel in zip(
        path_steps(atlas, path)[:6], path_steps(atlas, "parallel"), strict=True
    ):
        assert mine.step == parallel.step
        for pair in range(len(PAIRS)):
            best = _least(costs[parallel.sanctions, parallel.integration], pair)
            assert _least(costs[mine.sanctions, mine.integration], pair) >= best / 1.001


def test_integration_is_what_makes_the_zone_cheap(costs: dict[tuple[int, int], CellCosts]) -> None:
    # Without it, lifted sanctions leave a ship from the North; the road is a fraction of that.
    seoul = [_least(costs[cell], 0) for cell in ((0, 0), (5, 0), (1, 1), (3, 3))]
    assert seoul == sorted(seoul, reverse=True)
    assert seoul[2] < seoul[1] / 5


def test_law_loosens_with_sanctions_alone(costs: dict[tuple[int, int], CellCosts]) -> None:
    seoul = [costs[k, k].law_of(costs[k, k].outcomes[0]) for k in range(4)]
    assert seoul == ["prohibited", "restricted", "permitted", "permitted"]
    america = [costs[k, 0].law_of(costs[k, 0].outcomes[1]) for k in range(6)]
    assert america[:3] == ["prohibited"] * 3
    assert "prohibited" not in america[3:]
    assert [costs[k, 0].cell.treatment for k in (0, 2, 3, 4, 5)] == [
        *("banned", "banned", "column-2", "mfn", "korus")
    ]


def test_goods_that_the_un_bars_are_prohibited_on_any_way() -> None:
    textiles = study().carrying("garments")
    cells = [compose(textiles.atlas, sanctions=rank, integration=1) for rank in (1, 2)]
    before, after = two_track(textiles, PAIRS[:1], cells)
    assert before.outcomes[0].route is not None
    assert before.law_of(before.outcomes[0]) == "prohibited"
    assert after.law_of(after.outcomes[0]) == "permitted"


def test_cells_are_told_as_json(costs: dict[tuple[int, int], CellCosts]) -> None:
    told = json.loads(json.dumps(costs[2, 2].to_dict(), allow_nan=False))
    assert told["bans_lifted"] == ["may-24-measures"]
    assert told["goods_barred_by_un"] == []
    assert told["pairs"][0]["destination"].startswith("Seoul")


def test_paths_begin_severed_and_go_on_step_by_step() -> None:
    atlas = study().atlas
    for path in ("parallel", "sequential", "stalled"):
        steps = path_steps(atlas, path)
        assert (steps[0].sanctions, steps[0].integration) == (0, 0)
        assert [step.step for step in steps] == list(range(len(steps)))
    ends = [path_steps(atlas, path)[-1] for path in ("parallel", "sequential")]
    assert len({(end.sanctions, end.integration) for end in ends}) == 1
    assert path_steps(atlas, "sequential")[5].integration == 0
    with pytest.raises(UnknownNameError, match="zigzag"):
        path_steps(atlas, "zigzag")


def test_pairs_must_be_two_places() -> None:
    cell = compose(study().atlas)
    with pytest.raises(UsageError, match="at least one pair"):
        two_track(study(), [], [cell])
    with pytest.raises(UsageError, match="two places"):
        two_track(study(), [Pair("busan", "busan")], [cell])
