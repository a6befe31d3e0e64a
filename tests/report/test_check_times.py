"""The check of travel times: its tolerance, and the real rows that rest on no speed of ours."""

from __future__ import annotations

import math

import pytest

from geo.report.check_times import check_times, judge, time_records, times_view
from tests.worlds import study


@pytest.mark.parametrize(
    ("computed", "published", "excuse", "verdict"),
    [
        (125.0, 100.0, "", "agrees"),
        (125.1, 100.0, "", "out"),
        (75.0, 100.0, "", "agrees"),
        (6.9, 4.0, "", "agrees"),
        (7.1, 4.0, "", "out"),
        (130.0, 100.0, "another route", "excused"),
        (100.0, 100.0, "another route", "excuse no longer needed"),
        (math.nan, 100.0, "another route", "no way"),
    ],
)
def test_verdicts(computed: float, published: float, excuse: str, verdict: str) -> None:
    assert judge(computed, published, excuse) == verdict


def test_a_time_that_the_speed_was_taken_from_proves_nothing() -> None:
    assert judge(100.0, 100.0, "", calibrates=True) == "rests on it"
    assert judge(200.0, 100.0, "", calibrates=True) == "out"
    rows = check_times(study()).rows
    assert set(rows.loc[rows["verdict"] == "rests on it", "role"]) == {"calibrates"}
    assert "calibrates" not in set(rows.loc[rows["verdict"] == "agrees", "role"])


def test_the_published_times_are_met() -> None:
    result = check_times(study())
    assert result.ok, result.rows[["time_id", "computed_h", "published_h", "verdict"]]
    rows = {row["time_id"]: row for row in time_records(result)}
    # The express over the Laos - China railway takes 26 h; no speed of the study rests on it.
    laos = rows["kunming-vientiane"]
    assert laos["role"] == "independent"
    assert laos["computed_h"] == pytest.approx(26.0, rel=0.1)
    assert sum(result.counts.values()) == len(rows)
    assert times_view(result, {}).renderables
