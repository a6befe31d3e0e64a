"""Figures by name: each asks for what it shows, and tells the same numbers beside the picture."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.analysis.sweep import Sweep
from geo.costing import Bill
from geo.errors import UnknownNameError, UsageError
from geo.report.figures import FIGURES, FigureChoice, by_name, draw_figure
from geo.scenario_file import DEFAULT_SCENARIO
from tests import worlds
from tests.fakes import charge, route
from tests.report.figures.drawn import corners, words
from tests.report.figures.test_bands import SUMMARY
from tests.report.figures.test_distance_cost import by_rail, by_road
from tests.report.figures.test_tornado import SWINGS

if TYPE_CHECKING:
    from geo.study import Study

PARAMETERS = {"draws": 64, "sampling": "latin", "seed": 1, "goods": "general"}
REOPENED = FigureChoice(scenarios=("reopened",), corridors="tkr-tsr,sea-tsr")


@pytest.fixture(autouse=True)
def cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the studies that all tests share."""

    def study(scenario: str, *, goods: str) -> Study:
        return worlds.study(scenario).carrying(goods)

    monkeypatch.setattr(by_name, "Study", study)


def test_every_name_of_the_command_is_known() -> None:
    from geo.cli.figure import Name

    assert [one.value for one in Name] == list(FIGURES)


def test_bars_are_the_routes_of_the_corridors() -> None:
    drawn = draw_figure("cost-breakdown", REOPENED)
    expected = sorted(
        worlds.study("reopened").route("Busan", "Moscow", corridor=name).usd_per_feu
        for name in ("tkr-tsr", "sea-tsr")
    )
    assert [one["usd_per_feu"] for one in drawn.data["routes"]] == pytest.approx(expected)
    axes = drawn.figure.axes[0]
    ends = [0.0, 0.0]
    for container in axes.containers:
        for row, patch in enumerate(container):
            ends[row] += patch.get_width()
    assert ends == pytest.approx(expected)


def test_a_way_that_is_severed_is_told() -> None:
    drawn = draw_figure("distance-cost", FigureChoice(corridors="tkr-tsr,sea-tsr"))
    assert "severed" in drawn.data["without_route"]["tkr-tsr, severed-2026"]
    assert [one["corridor"] for one in drawn.data["routes"]] == ["sea-tsr"]


def test_break_evens_are_told_as_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_name, "_routes", lambda *_: ([by_rail(), by_road()], {}))
    drawn = draw_figure("distance-cost", REOPENED)
    (marks,) = [line for line in drawn.figure.axes[0].get_lines() if line.get_gid() == "break-even"]
    told = [(point["km"], point["usd_per_feu"]) for point in drawn.data["break_even"]]
    assert told == corners(marks)
    assert told


def test_the_front_holds_the_ways_of_the_study() -> None:
    drawn = draw_figure("time-cost", REOPENED)
    front = [one for one in drawn.data["routes"] if one["on_front"]]
    costs = [(one["hours"], one["usd_per_feu"]) for one in drawn.data["routes"]]
    for one in front:
        assert not any(hours <= one["hours"] and usd < one["usd_per_feu"] for hours, usd in costs)
    assert front


@pytest.mark.parametrize("name", ["time-cost", "cost-breakdown"])
def test_a_way_whose_rate_is_missing_is_told_last_and_on_no_front(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # The free road takes no time that is known: by NaN alone it would come first.
    bill = Bill((charge("haul-road-kor", math.nan, hours=0.0),))
    lost = dataclasses.replace(route(corridor="road"), charges=bill)
    ways = [route(corridor="dear", usd=9000.0), lost, route(corridor="cheap", usd=100.0)]
    monkeypatch.setattr(by_name, "_routes", lambda *_: (ways, {}))
    told = draw_figure(name, REOPENED).data["routes"]
    if name == "cost-breakdown":
        assert [one["corridor"] for one in told] == ["cheap", "dear", "road"]
    else:
        front = {one["corridor"] for one in told if one["on_front"]}
        assert "road" not in front
        assert "cheap" in front


def test_lines_by_mode_have_a_zone() -> None:
    drawn = draw_figure("mode-lines", FigureChoice(zone="rus"))
    assert [line["mode"] for line in drawn.data["lines"]] == ["Road", "Rail", "Short sea"]
    assert "Cost by distance and mode, Russia" in words(drawn.figure)


def test_a_finished_sweep_is_drawn_as_far_as_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = Sweep(Path("out"), {"parameters": PARAMETERS}, SUMMARY, pd.DataFrame())
    monkeypatch.setattr(by_name, "read_sweep", lambda _: found)
    drawn = draw_figure("bands", FigureChoice(sweep=Path("out"), measures=("usd",)))
    assert len(drawn.data["summary"]) == len(SUMMARY)
    assert "64 draws (latin, seed 1), general cargo" in words(drawn.figure)
    some = FigureChoice(
        sweep=Path("out"), pair="Busan:Moscow", corridors="sea-tsr", scenarios=("reopened",)
    )
    (row,) = draw_figure("bands", some).data["summary"]
    assert (row["corridor"], row["usd_p50"]) == ("sea-tsr", 2400.0)
    # The usual state of the world is a choice like any other, if it is named.
    usual = FigureChoice(sweep=Path("out"), measures=("usd",), scenarios=(DEFAULT_SCENARIO,))
    rows = draw_figure("bands", usual).data["summary"]
    assert [one["scenario"] for one in rows] == [DEFAULT_SCENARIO] * 2
    with pytest.raises(UsageError, match="no row of that pair"):
        draw_figure("bands", FigureChoice(sweep=Path("out"), pair="Busan:Tashkent"))


def test_draws_and_swings_are_asked_for_as_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def sweep(studies: list[Study], *ends: list[str], **options: Any) -> Sweep:
        asked["sweep"] = [one.scenario.scenario_id for one in studies], ends, options
        return Sweep(Path("out"), {"parameters": PARAMETERS}, SUMMARY, pd.DataFrame())

    def tornado(study: Study, *ends: list[str], **options: Any) -> pd.DataFrame:
        asked["tornado"] = study.scenario.scenario_id, ends, options
        return SWINGS

    monkeypatch.setattr(by_name, "sweep", sweep)
    monkeypatch.setattr(by_name, "tornado", tornado)
    choice = FigureChoice(
        pair="Busan:Rotterdam", scenarios=("reopened", "severed-2026"), draws=8, seed=3
    )
    bands = draw_figure("bands", choice)
    scenarios, ends, options = asked["sweep"]
    assert (scenarios, ends) == (["reopened", "severed-2026"], (["Busan"], ["Rotterdam"]))
    assert (options["draws"], options["seed"]) == (8, 3)
    assert options["corridors"] == ("tkr-tsr", "sea-tsr", "sea-suez", "road")
    assert bands.data["summary"][0]["usd_p50"] == 2000.0
    swings = draw_figure(
        "tornado", FigureChoice(scenarios=("reopened",), corridors="sea-tsr", measures=("usd",))
    )
    scenario, ends, options = asked["tornado"]
    assert (scenario, ends) == ("reopened", (["busan"], ["moscow"]))
    assert options == {"corridor": "sea-tsr", "measure": "usd"}
    assert swings.data["unknowns"][0]["swing"] == 2700.0
    assert swings.figure.get_suptitle() == "Busan → Moscow, sea-tsr, reopened"


@pytest.mark.parametrize(
    ("name", "options", "error", "told"),
    [
        ("tetrad", {}, UsageError, "cost-breakdown"),
        ("two-track", {"pair": "Seoul"}, UsageError, "no pair of places"),
        ("cost-breakdown", {"pair": "Seoul"}, UsageError, "no pair of places"),
        ("triad", {"width": "column"}, UsageError, "17 cm"),
        ("time-cost", {"pair": "Busan:Atlantis"}, UnknownNameError, "Atlantis"),
        ("time-cost", {"corridors": "tkr-tsx"}, UnknownNameError, "tkr-tsr"),
        ("tornado", {"corridors": "tkr-tsr,sea-tsr"}, UsageError, "one way, not 2"),
        ("tornado", {"measures": ("usd", "hours")}, UsageError, "one measure, not 2"),
        ("tornado", {"scenarios": ("a", "b")}, UsageError, "one state of the world, not 2"),
        ("mode-lines", {"zone": "moon"}, UnknownNameError, "zone of tariffs"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    name: str, options: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        draw_figure(name, FigureChoice(**options))


def test_where_no_corridor_leads_the_best_way_is_drawn() -> None:
    drawn = draw_figure(
        "cost-breakdown", FigureChoice(pair="Busan:Vladivostok", corridors="tkr-tsr")
    )
    (route,) = drawn.data["routes"]
    assert route["corridor"] == "best"
    assert list(drawn.data["without_route"]) == ["tkr-tsr, severed-2026"]
