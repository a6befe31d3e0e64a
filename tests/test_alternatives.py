"""Several ways between two places: on the data that ships, and what is refused."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.alternatives import CRITERIA, check_criteria
from geo.choice import Choice
from geo.corridor import ANY_WAY
from geo.errors import NoRouteError, UsageError
from geo.routing.pareto import TOLERANCE
from tests.small import small_study
from tests.worlds import study, with_arcs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.route import Route
    from geo.study import Study


def steered_weights(at: Study, name: str) -> NDArray[np.float64]:
    """Return what arcs cost by one criterion when a way is chosen."""
    choice = Choice(at.network, at.world, getattr(at.prices, name))
    found = choice.find(at.atlas.find_place("busan"), ANY_WAY, (), None)
    return found.steered.trees[0].metric.weights


def figures(route: Route, criteria: tuple[str, ...]) -> tuple[float, ...]:
    values = {"money": route.usd_per_feu, "hours": route.hours, "co2": route.kg_co2_per_feu}
    return tuple(values[name] for name in criteria)


def test_alternatives_go_by_other_gates_and_the_best_comes_first() -> None:
    at = study("reopened")
    ways = at.alternatives("Busan", "Moscow", k=4)
    assert len(ways) == 4
    best = at.route("Busan", "Moscow")
    assert ways[0].to_dict() | {"way": None} == best.to_dict()
    assert [way.steering for way in ways[1:]] == [None] * 3
    gates = [way.way.gates for way in ways if way.way]
    assert len(set(gates)) == 4
    # The two lines that every study of these corridors sets against each other.
    assert any("Zabaikalsk - Manzhouli" in each for each in gates)
    assert any(each[-1].startswith("Tumangang - Khasan") for each in gates)
    assert ways[0].way is not None
    assert ways[0].way.shared == 1
    assert all(way.way.shared < 0.9 for way in ways[1:] if way.way)


def test_no_two_alternatives_are_the_same_way_with_another_siding() -> None:
    at = study("reopened")
    for end in ("Tashkent", "Rotterdam"):
        ways = [way.way for way in at.alternatives("Gaesong", end, k=6)]
        told = [(way.gates, way.mark) for way in ways if way]
        assert 3 <= len(set(told)) == len(ways) <= 6
        # Where two have the same gates, a line tells them apart.
        assert all(
            a[1].startswith("by ") or b[1].startswith("by ")
            for a, b in combinations(told, 2)
            if a[0] == b[0]
        )


def test_inside_one_state_the_line_is_named() -> None:
    first, second = study().alternatives("Seoul", "Busan", k=2)
    assert first.way is not None
    assert second.way is not None
    assert first.way.gates == second.way.gates == ()
    assert first.way.mark.startswith("by Gyeongbu Line")
    assert second.way.mark.startswith("by ")
    assert second.way.mark != first.way.mark


@pytest.mark.parametrize("criteria", [("money", "hours"), CRITERIA])
def test_a_front_covers_every_way_that_we_can_name(criteria: tuple[str, ...]) -> None:
    at = study("reopened")
    front = [figures(route, criteria) for route in at.pareto("Busan", "Moscow", criteria)]
    assert front == sorted(front)
    for one, other in combinations(front, 2):
        assert not all(a <= b for a, b in zip(one, other, strict=True))
    weights = [steered_weights(at, name) for name in criteria]
    for corridor in ("best", "tkr-tsr", "tkr-tmgr", "sea-tsr", "sea-tcr", "sea-suez", "sea-cape"):
        _, path = with_arcs(at, "Busan", "Moscow", corridor=corridor)
        chosen_by = np.array([weight[path].sum() for weight in weights])
        enough = (1 + TOLERANCE) * chosen_by * (1 + 1e-9)
        assert (np.array(front) <= enough).all(axis=1).any(), corridor


def test_a_corridor_may_set_modes_and_states(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    (only,) = at.alternatives("alpha", "isle", corridor="not-bbb")
    assert only.corridor == "not-bbb"
    assert only.modes == ("sea",)


def test_ships_tell_their_ports_and_trains_their_crossings(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    (ship, *_) = at.alternatives("alpha", "isle", k=3)
    assert ship.way is not None
    assert ship.way.gates == ("ship Alpha-Isle",)
    (train, *_) = at.alternatives("alpha", "gamma", k=3)
    assert train.way is not None
    assert train.way.gates == ("A-B",)


def test_a_front_tells_what_is_done_at_a_place(tmp_path: Path) -> None:
    # Boxes lifted: 80 USD and 2 h; bogies exchanged: 60 USD and 4 h.
    cheap, fast = small_study(tmp_path).pareto("alpha", "beta", modes=["rail"])
    assert (fast.usd_per_feu - cheap.usd_per_feu, cheap.hours - fast.hours) == (20, 2)
    assert cheap.way is not None
    assert fast.way is not None
    assert cheap.way.gates == fast.way.gates == ("A-B",)
    assert fast.way.mark == "with gauge-lift at A-B"


def test_what_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    at = small_study(tmp_path)
    with pytest.raises(UsageError, match="0 ways cannot be found"):
        at.alternatives("alpha", "beta", k=0)
    with pytest.raises(UsageError, match="by-train is one of them: leave out the corridor"):
        at.alternatives("alpha", "delta", corridor="by-train")
    with pytest.raises(UsageError, match="by-sea is one of them"):
        at.pareto("alpha", "isle", corridor="by-sea")
    with pytest.raises(NoRouteError):
        small_study(tmp_path, "shut").alternatives("alpha", "beta", modes=["rail"])


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        (("money",), "two or three different criteria of money, hours, co2"),
        (("money", "money"), "two or three different criteria"),
        (("money", "speed"), "unknown criterion 'speed'"),
        ("hours", "two or three different criteria"),
    ],
)
def test_a_front_needs_two_or_three_criteria(criteria: tuple[str, ...] | str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check_criteria(criteria)


def test_the_direct_ship_is_told_though_a_ship_next_door_and_a_train_are_cheaper() -> None:
    ways = study().alternatives("Busan", "Vostochny", k=3)
    gates = [way.way.gates for way in ways if way.way]
    assert gates[0] == ("ship Busan-Vladivostok",)
    assert any(each[0].startswith("ship Busan-Vostochny") for each in gates[1:])
    assert len(ways) <= 3
    assert len(study().alternatives("Busan", "Vostochny", k=1)) == 1


def test_only_the_best_is_called_so() -> None:
    at = study()
    first, *others = at.alternatives("Seoul", "Moscow", k=3)
    assert first.to_dict()["corridor"] == "best"
    assert {way.to_dict()["corridor"] for way in others} == {"alternative"}
    front = at.pareto("Seoul", "Moscow", ("money", "hours"))
    assert {way.to_dict()["corridor"] for way in front} == {"pareto"}


def test_what_is_shared_is_with_the_nearest_of_all_ways_before() -> None:
    front = study().pareto("Seoul", "Moscow", ("money", "hours"))
    ways = [route.way for route in front if route.way]
    # The same gates as one before, and other charges at a place: nearly all km are common.
    again = [way for at, way in enumerate(ways) if way.gates in {w.gates for w in ways[:at]}]
    assert again
    assert max(way.shared for way in again) > 0.9
