"""The map of a difference: ways given up and new, links that open, and the table of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.analysis import comparison
from geo.errors import UsageError
from geo.report.maps import difference_map
from geo.report.maps.difference_map import links_that_differ, signed
from geo.report.wording import number
from tests.fakes import FakeStudy
from tests.report.maps.drawn import drawn, drawn_study, notes

if TYPE_CHECKING:
    from pathlib import Path


def test_links_whose_status_is_another_one_are_found() -> None:
    before, after = FakeStudy("severed-2026").layers(), FakeStudy("reopened").layers()
    found = links_that_differ(before, after)
    assert set(found["kind"]) == {"crossing", "line"}
    assert found["opens"].all()
    assert set(found["before"]) == {"severed"}
    back = links_that_differ(after, before)
    assert not back["opens"].any()
    assert links_that_differ(after, after).empty


def test_a_way_that_is_new_and_one_that_stays() -> None:
    both: list[Any] = [FakeStudy("severed-2026"), FakeStudy("reopened")]
    answers = [one.routes(["busan", "gaesong"], ["moscow"]) for one in both]
    html = difference_map(both, answers)
    layers = drawn(html)
    # Gaesong has no way before; that of Busan is the same, and only costs less
    assert layers["New: reopened"][0]["id"] == "new-reopened-0"
    assert all("Gaesong" in one["tip"] for one in layers["New: reopened"])
    assert all("Busan" in one["tip"] for one in layers["Stays the same"])
    assert not any(name.startswith("Was") for name in layers)
    assert {one["kind"] for one in layers["Opens in reopened"]} == {"link"}
    told = notes(html)
    assert " new " in told
    assert f"{signed(-900)} {signed(0)}" in told
    assert html == difference_map(both, answers)


def test_a_way_given_up_is_dashed_and_the_table_is_that_of_the_comparison(tmp_path: Path) -> None:
    first = drawn_study(tmp_path)
    studies = [first, first.at("shut"), first.at("tolls")]
    answers = [one.routes(["alpha"], ["delta", "isle"]) for one in studies]
    html = difference_map(studies, answers)
    layers = drawn(html)
    assert {one["style"]["dashArray"] for one in layers["Was: severed-2026, given up"]} <= {
        "9 6",
        "1 6",
    }
    assert [one["tip"] for one in layers["Closes in shut"]] == ["A-B (crossing: open → closed)"]
    told = notes(html)
    for row in comparison(answers).to_dict("records"):
        if row["route"] == "same":
            cells = (row["usd_per_feu"], row["d_usd_per_feu"])
            assert f"{number(cells[0])} {signed(cells[1])}" in told
    assert " lost " in told
    assert "<script>alert" not in html


def test_one_state_of_the_world_is_no_difference() -> None:
    study: Any = FakeStudy("reopened")
    with pytest.raises(UsageError, match="two states of the world"):
        difference_map([study], [study.routes(["busan"], ["moscow"])])


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(12.0, 0, "+12"), (-12.4, 1, "−12.4"), (0.0, 0, "0"), (0.2, 0, "0"), (float("nan"), 0, "–")],
)
def test_differences_have_their_sign(value: float, decimals: int, words: str) -> None:
    assert signed(value, decimals) == words
