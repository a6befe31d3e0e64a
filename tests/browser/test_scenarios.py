"""The switch in the map changes routes and statuses to those of another state of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.report.maps import MapWords
from tests import worlds
from tests.browser import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage


@pytest.mark.parametrize("scenario", drawn.SCENARIOS)
def test_the_routes_are_those_of_the_scenario(
    open_map: Callable[..., MapPage], maps: DrawnMaps, scenario: str
) -> None:
    page = open_map(maps.file("study"))
    page.choose(scenario)
    names = MapWords.of(worlds.study().atlas).corridors
    found = {
        names[one.corridor]
        for one in drawn.outcomes()
        if one.scenario == scenario
        and one.route is not None
        and one.destination.place_id == "moscow"
    }
    told = page.told("Busan → Moscow")
    assert {tip.split("), ")[1].split(":")[0] for tip in told} == found


def test_what_is_severed_today_has_no_route_until_it_is_reopened(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.choose("severed-2026")
    assert not page.told("Busan →", drawn.BY_KOREA_AND_SIBERIA)
    page.choose("reopened")
    assert page.told("Busan →", drawn.BY_KOREA_AND_SIBERIA)


@pytest.mark.parametrize("scenario", drawn.SCENARIOS)
def test_the_status_of_a_crossing_is_that_of_the_scenario(
    open_map: Callable[..., MapPage], maps: DrawnMaps, scenario: str
) -> None:
    crossings = worlds.study(scenario).layers()["crossings"].set_index("crossing_id")
    row = crossings.loc["dorasan-panmun"]
    page = open_map(maps.file("study"))
    page.choose(scenario)
    assert f"status\t{row['status']}" in page.click(row["name"]).inner_text()


def test_the_switch_names_the_scenarios_and_opens_with_one_of_them(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    switch = open_map(maps.file("study")).page.get_by_role("combobox", name="Scenario")
    titles = switch.get_by_role("option").all_inner_texts()
    assert titles == [worlds.study(one).scenario.title for one in drawn.SCENARIOS]
    assert switch.input_value() in drawn.SCENARIOS


def test_a_card_of_another_state_of_the_world_does_not_stay_open(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.choose("reopened")
    page.click("Busan →", drawn.BY_KOREA_AND_SIBERIA, nearest=5)
    page.choose("severed-2026")
    page.card.wait_for(state="detached")
