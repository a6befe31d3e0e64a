"""A route told in the terminal."""

from __future__ import annotations

import dataclasses
import io

from rich.console import Console

from geo.report.route_text import route_view
from geo.route import Route, Steering
from tests.fakes import charge, route


def told(found: Route) -> str:
    """Print as on a terminal of 120 columns."""
    file = io.StringIO()
    view = route_view(found, sources={"tariff-2024": "Tariff book"})
    Console(file=file, width=120, highlight=False).print(view)
    return file.getvalue()


def test_headline_legs_bill_and_sources() -> None:
    text = told(route(corridor="tkr-tsr", notes=("today: the crossing is severed",)))
    assert "Busan → Moscow by tkr-tsr" in text
    assert "today: the crossing is severed" in text
    assert "(schematic)" in text
    assert "Haul rus" in text
    assert "tariff-2024: Tariff book" in text
    assert "ad-valorem" in text


def test_assumptions_are_marked() -> None:
    text = told(route(usd=1000.0, assumed_usd=1000.0))
    assert "50 % of the money rests on assumptions" in text
    assert "≈ indicative" in text


def test_a_missing_rate_is_said() -> None:
    found = route()
    bill = dataclasses.replace(
        found.charges, charges=(*found.charges.charges, charge("lift", float("nan")))
    )
    text = told(dataclasses.replace(found, charges=bill))
    assert "Incomplete: no rate for lift" in text


def test_steering_that_changed_the_choice_is_said() -> None:
    found = dataclasses.replace(route(), steering=Steering("money", 3000.0, 2900.0))
    assert "100 USD less" in told(found)
