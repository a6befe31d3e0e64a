"""Measure, full screen, zoom and the panels, by mouse and by keys alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pyproj import Geod

from tests.browser import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage


def test_the_distance_of_two_clicks_is_that_on_the_ellipsoid(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    button = page.page.get_by_role("button", name="Measure a distance")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    ends = [page.click_at(620, 450), page.click_at(900, 560)]
    said = page.page.get_by_role("status").filter(has_text="km")
    text = said.inner_text()
    found = re.match(r"([\d,.]+) km", text)
    assert found is not None, text
    _, _, metres = Geod(ellps="WGS84").inv(*ends[0], *ends[1])
    assert float(found[1].replace(",", "")) == pytest.approx(metres / 1000, abs=1.0)
    # A click that measures opens no card; Escape ends the measuring.
    assert page.card.count() == 0
    page.page.keyboard.press("Escape")
    said.wait_for(state="hidden")
    assert button.get_attribute("aria-pressed") == "false"


def test_the_zoom_is_worked_by_buttons_and_by_keys(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    first = page.zoom()
    page.page.get_by_role("button", name="Nearer").click()
    page.until_zoom(lambda zoom: zoom > first)
    page.page.get_by_role("button", name="Farther").click()
    page.until_zoom(lambda zoom: zoom == first)
    page.tab_to(page.page.get_by_role("application"))
    page.page.keyboard.press("+")
    page.until_zoom(lambda zoom: zoom > first)


def test_every_control_is_reached_by_tab_and_has_a_name(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    reached = page.tab_round()
    for words in (
        "Find",
        "Scenario",
        "Nearer",
        "Farther",
        "Measure a distance",
        "Layers",
        "Legend",
    ):
        assert any(words in name for name in reached), (words, reached)
    assert all(reached), reached


def test_a_layer_is_shown_and_hidden_by_keys_alone(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    box = page.page.get_by_role("checkbox", name="Ports")
    page.tab_to(box)
    before = page.drawn()
    page.page.keyboard.press("Space")
    assert not box.is_checked()
    assert page.drawn() < before
    page.page.keyboard.press("Space")
    assert page.drawn() == before


def test_panels_fold_and_unfold_by_keys_alone(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    for panel in ("layers", "legend"):
        folding = page.page.locator(f"#{panel} > summary")
        inside = page.page.locator(f"#{panel} .rows").first
        page.tab_to(folding)
        page.page.keyboard.press("Enter")
        inside.wait_for(state="hidden")
        page.page.keyboard.press("Enter")
        inside.wait_for(state="visible")


def test_the_scenario_is_chosen_by_keys_alone(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    switch = page.page.get_by_role("combobox", name="Scenario")
    page.choose("reopened")
    assert page.told("Busan →", drawn.BY_KOREA_AND_SIBERIA)
    page.tab_to(switch)
    page.page.keyboard.press("ArrowUp")
    assert switch.input_value() == "severed-2026"
    assert not page.told("Busan →", drawn.BY_KOREA_AND_SIBERIA)


def test_the_page_fills_the_screen_and_goes_back(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    button = page.page.get_by_role("button", name="Full screen")
    button.click()
    page.page.wait_for_function("document.fullscreenElement !== null")
    page.page.get_by_role("button", name="Full screen", pressed=True).wait_for()
    button.click()
    page.page.wait_for_function("document.fullscreenElement === null")
    page.page.get_by_role("button", name="Full screen", pressed=False).wait_for()
