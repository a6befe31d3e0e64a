"""Comparisons of states of the world on the small one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.analysis.compare import changed_routes, compared, comparison
from geo.analysis.totals import totals
from geo.errors import UsageError
from tests import worlds
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.outcome import Outcome

ASKED = (["Alpha", "Beta"], ["Gamma", "Isle"])


@pytest.fixture
def answers(tmp_path: Path) -> list[tuple[Outcome, ...]]:
    """Answer the same questions in three states of the world."""
    (tmp_path / "scenarios").mkdir()
    atlas = SmallAtlas(tmp_path)
    head = 'id = "dry"\ntitle = "dry"\ndate = 2026-01-01\nparent = "severed-2026"\n'
    path = tmp_path / "scenarios" / "dry.toml"
    path.write_text(head + 'close = ["passage:strait"]', encoding="utf-8")
    first = study_of(atlas)
    return [at.routes(*ASKED) for at in (first, first.at("shut"), first.at("dry"))]


def row_of(table: pd.DataFrame, destination: str, scenario: str) -> dict[Any, Any]:
    """Return the row of a question from Alpha."""
    return next(
        row
        for row in table.to_dict("records")
        if (row["origin"], row["destination"], row["scenario"]) == ("Alpha", destination, scenario)
    )


def test_every_question_has_a_row_for_each_world(answers: list[tuple[Outcome, ...]]) -> None:
    table = comparison(answers)
    assert len(table) == 4 * 3
    base = table[table["scenario"] == "severed-2026"]
    assert (base["route"] == "base").all()
    assert (base["d_usd_per_feu"] == 0).all()


def test_differences_are_those_of_the_totals(answers: list[tuple[Outcome, ...]]) -> None:
    table = comparison(answers)
    near, far = (row_of(table, "Isle", name) for name in ("severed-2026", "dry"))
    assert far["route"] == "changed"
    # 500 km more at 0.02 h.
    assert far["d_hours"] == pytest.approx(10)
    assert far["d_hours"] == pytest.approx(far["hours"] - near["hours"])
    # What does not use the strait stays as it is.
    assert row_of(table, "Gamma", "dry")["route"] == "same"
    lost = row_of(table, "Gamma", "shut")
    assert lost["route"] == "lost"
    assert math.isnan(lost["d_hours"])


def test_a_route_that_opens_is_new(answers: list[tuple[Outcome, ...]]) -> None:
    table = comparison([answers[1], answers[0]])
    assert row_of(table, "Gamma", "severed-2026")["route"] == "new"


def test_the_layer_holds_the_routes_that_change(answers: list[tuple[Outcome, ...]]) -> None:
    layer = changed_routes([answers[0], answers[2]])
    assert layer.crs.to_epsg() == 4326
    told = layer[(layer["origin"] == "Alpha") & (layer["destination"] == "Isle")]
    assert told["route"].tolist() == ["was", "changed"]
    assert not ((layer["origin"] == "Alpha") & (layer["destination"] == "Gamma")).any()
    assert layer.geometry.is_valid.all()
    assert changed_routes([answers[0], answers[0]]).empty


def test_one_world_and_other_questions_are_refused(answers: list[tuple[Outcome, ...]]) -> None:
    with pytest.raises(UsageError, match="at least two"):
        comparison([answers[0]])
    with pytest.raises(UsageError, match="same questions"):
        comparison([answers[0], answers[1][:-1]])
    with pytest.raises(UsageError, match="two places"):
        comparison([(), ()])


def test_totals_compare_as_routes_do() -> None:
    names = ("severed-2026", "red-sea-closed", "reopened")
    studies = [worlds.study(name) for name in names]
    asked = (["Busan", "Gaesong"], ["Moscow", "Rotterdam"])
    corridors = ["best", "sea-tsr", "tkr-tmr"]
    slow = comparison([study.routes(*asked, corridors=corridors) for study in studies])
    quick = compared(totals(studies, *asked, corridors=corridors))
    pd.testing.assert_frame_equal(slow, quick, rtol=1e-9, atol=1e-6)
    assert {"base", "same", "changed", "new"} <= set(quick["route"])


def test_totals_of_one_world_have_nothing_to_be_compared_with() -> None:
    found = totals([worlds.study()], ["Busan"], ["Moscow"])
    with pytest.raises(UsageError, match="at least two states of the world"):
        compared(found)
