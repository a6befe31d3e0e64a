"""The study's questions, answered in many states of the world without bills."""

from __future__ import annotations

import pandas as pd

from geo.report.study_plan import DEFAULT_SCENARIOS, study_totals
from tests import worlds
from tests.snippets import ROOT

ASKED = ["origin", "destination", "scenario", "corridor"]


def test_totals_are_those_of_the_table_that_ships() -> None:
    first = worlds.study(DEFAULT_SCENARIOS[0])
    found = study_totals([first.at(name) for name in DEFAULT_SCENARIOS])
    # Written by `crescent study`, from routes and their bills.
    shipped = pd.read_csv(ROOT / "maps" / "study.csv")
    assert len(found) == len(shipped)
    both = found.merge(shipped, on=ASKED, suffixes=("", "_shipped"), validate="one_to_one")
    assert len(both) == len(shipped)
    assert (both["usd_per_feu"].isna() == both["usd_per_feu_shipped"].isna()).all()
    for column in ("usd_per_feu", "hours", "kg_co2_per_feu"):
        assert (both[column] - both[f"{column}_shipped"]).abs().max() <= 0.5
