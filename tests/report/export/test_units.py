"""Units and headings of columns."""

from __future__ import annotations

import pytest

from geo.outcome import TABLE_COLUMNS
from geo.report.export.units import heading, unit_of


@pytest.mark.parametrize(
    ("column", "unit", "words"),
    [
        ("usd_per_feu", "USD per FEU", "money (USD per FEU)"),
        ("d_usd_per_feu", "USD per FEU", "difference in money (USD per FEU)"),
        ("distance_km", "km", "distance (km)"),
        ("hours", "h", "time (h)"),
        ("hours_p95", "h", "hours p95 (h)"),
        ("area_km2", "km2", "area (km2)"),
        ("from_usd_per_hour", "USD per h and FEU", "from (USD per h and FEU)"),
        ("people_within_km.25", "people", "people within km, 25 (people)"),
        ("track_km.rail", "km", "track, rail (km)"),
        ("p_rail", "0 to 1", "p rail (0 to 1)"),
        ("people", "people", "people"),
        ("scenario", "", "scenario"),
        ("mean_rise_share", "share of the cost before", "mean rise (share of the cost before)"),
        ("carried_share", "0 to 1", "share carried (0 to 1)"),
        ("tonnes_per_feu", "t per FEU", "tonnes per feu (t per FEU)"),
    ],
)
def test_a_column_has_its_unit_in_its_heading(column: str, unit: str, words: str) -> None:
    assert unit_of(column) == unit
    assert heading(column) == words


def test_every_number_of_the_cost_table_has_a_unit() -> None:
    words = {"origin", "destination", "scenario", "corridor", "modes", "status", "reason"}
    assert {column for column in TABLE_COLUMNS if not unit_of(column)} == words
