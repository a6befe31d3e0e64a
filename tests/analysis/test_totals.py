"""Totals of many states of the world, against the routes and bills of each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.analysis.totals import TOTALS, totals
from geo.errors import DoubleChargeError, UnknownNameError, UsageError
from tests import worlds
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.analysis.totals import Totals
    from geo.outcome import Outcome
    from geo.study import Study


def assert_same(found: Totals, outcomes: Sequence[Sequence[Outcome]]) -> None:
    """Compare totals with the bills of the same questions, one by one."""
    rows = found.frame.groupby("scenario", sort=False)
    assert len(rows) == len(outcomes)
    for (_, frame), answers in zip(rows, outcomes, strict=True):
        assert len(frame) == len(answers)
        for row, outcome in zip(frame.to_dict("records"), answers, strict=True):
            asked = (outcome.origin.name, outcome.destination.name, outcome.corridor)
            assert (row["origin"], row["destination"], row["corridor"]) == asked
            for name in TOTALS:
                if outcome.route is None:
                    assert math.isnan(row[name]), (asked, outcome.reason)
                else:
                    assert row[name] == pytest.approx(getattr(outcome.route, name), rel=1e-9), asked
            assert (row["way"] == -1) == (outcome.route is None)


def answers_of(
    studies: Sequence[Study], origins: Sequence[str], ends: Sequence[str], ways: Sequence[str]
) -> list[tuple[Outcome, ...]]:
    """Ask every state of the world by itself."""
    return [study.routes(origins, ends, corridors=ways) for study in studies]


def test_small_worlds(tmp_path: Path) -> None:
    first = study_of(SmallAtlas(tmp_path))
    studies = [first, first.at("shut")]
    asked = (["Alpha", "Beta"], ["Gamma", "Isle", "Alpha"])
    assert_same(totals(studies, *asked), answers_of(studies, *asked, ["best"]))


def test_every_corridor_that_ships_in_worlds_that_differ() -> None:
    names = ("severed-2026", "reopened", "red-sea-closed", "russia-transit-closed")
    studies = [worlds.study(name) for name in names]
    corridors = ["best", *worlds.study().atlas.corridors["corridor_id"]]
    # Korea beside a ban of transit that does not bind Russia's own exports, and a zone.
    asked = (["Busan", "Vladivostok", "Najin"], ["Moscow", "Ulaanbaatar"])
    found = totals(studies, *asked, corridors=corridors, threads=2)
    assert np.isnan(found.sums).any()
    assert np.isfinite(found.sums).any()
    assert_same(found, answers_of(studies, *asked, corridors))


def test_a_way_keeps_its_number_while_it_is_the_same() -> None:
    studies = [worlds.study(name) for name in ("severed-2026", "red-sea-closed", "reopened")]
    found = totals(studies, ["Busan"], ["Moscow"], corridors=["sea-tsr", "best"])
    by_land, best = found.way[:, 0, 0, 0], found.way[:, 1, 0, 0]
    assert len(set(by_land)) == 1
    assert best[0] != best[2]


def test_one_thread_and_two_agree_to_the_last_bit() -> None:
    studies = [worlds.study(name) for name in ("severed-2026", "reopened")]
    asked = {"corridors": ["best", "sea-tcr", "tkr-tsr"]}
    one, two = (totals(studies, ["Busan"], ["Moscow"], threads=n, **asked) for n in (1, 2))
    assert one.sums.tobytes() == two.sums.tobytes()
    assert (one.way == two.way).all()


def test_bad_questions_are_refused(tmp_path: Path) -> None:
    study = study_of(SmallAtlas(tmp_path))
    with pytest.raises(UsageError, match="at least one state of the world"):
        totals([], ["Alpha"], ["Beta"])
    with pytest.raises(UnknownNameError):
        totals([study], ["Alpha"], ["Nowhere at all"])
    with pytest.raises(UnknownNameError):
        totals([study], ["Alpha"], ["Gamma"], corridors=["no-such-way"])
    with pytest.raises(UsageError, match="unknown mode"):
        totals([study], ["Alpha"], ["Gamma"], modes=["zeppelin"])
    other = study_of(SmallAtlas(tmp_path))
    with pytest.raises(UsageError, match="make them by `at`"):
        totals([study, other], ["Alpha"], ["Gamma"])


def test_a_way_that_is_charged_twice_is_no_answer_on_the_open_way_either(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    route = study_of(atlas).route("Alpha", "Beta")
    first, second, *_ = dict.fromkeys(charge.item_id for charge in route.charges.charges)
    twice = atlas.items["item_id"].isin([first, second])
    atlas.items["covers"] = atlas.items["covers"].where(~twice, "one-thing:here")
    study = study_of(atlas)
    with pytest.raises(DoubleChargeError):
        study.route("Alpha", "Beta")
    assert np.isnan(totals([study], ["Alpha"], ["Beta"]).sums).all()
