"""The maps of answers: ways, reach, encirclement, differences, criticality; and their controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.report.wording import short_name
from tests.browser import drawn
from tests.browser.test_cards import sum_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

_NOTES = tuple(kind for kind in drawn.KINDS if kind != "study")


@pytest.mark.parametrize("kind", _NOTES)
def test_a_map_of_an_answer_tells_it_and_what_its_colours_mean(
    open_map: Callable[..., MapPage], maps: DrawnMaps, kind: str
) -> None:
    page = open_map(maps.file(kind))
    assert page.page.locator(".note").first.inner_text().strip()
    assert len(page.legend()) > 2
    assert page.told() != []


def test_each_way_has_the_bill_of_its_route(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("corridor"))
    page.unfold()
    ways = drawn.ways()
    assert len(ways) > 1
    # Ways lie on one track for long; each is looked at alone.
    boxes = page.page.get_by_role("group", name="Ways").get_by_role("checkbox")
    assert boxes.count() == len(ways)
    for box in boxes.all():
        box.uncheck()
    for number, way in enumerate(ways, 1):
        box = page.page.get_by_role("checkbox", name=re.compile(rf"^{number}\b"))
        box.check()
        usd, hours, _ = sum_line(page.click(f"{number}  ", nearest=5))
        assert usd == pytest.approx(way.usd_per_feu, abs=0.5)
        assert hours == pytest.approx(way.hours, abs=1.2)
        box.uncheck()


def test_the_slider_shows_the_bands_up_to_a_limit(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("reach"))
    slider = page.page.get_by_role("slider", name="Within")
    said = page.page.get_by_role("status").filter(has_text=" h")
    assert said.inner_text() == f"{drawn.LIMITS_H[-1]} h"
    for band in reversed(range(len(drawn.LIMITS_H) - 1)):
        page.tab_to(slider)
        page.page.keyboard.press("ArrowLeft")
        assert said.inner_text() == f"{drawn.LIMITS_H[band]} h"
        assert page.visible_bands() == set(range(band + 1))
    page.page.keyboard.press("End")
    assert page.visible_bands() == set(range(len(drawn.LIMITS_H)))
    assert said.inner_text() == f"{drawn.LIMITS_H[-1]} h"


def test_a_band_beyond_the_limit_does_not_come_back_by_the_pointer(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("reach"))
    widest = len(drawn.LIMITS_H) - 1
    words = f"{drawn.LIMITS_H[-2]} h to {drawn.LIMITS_H[-1]} h"
    page.page.evaluate("words => lookup.bring([words], 9)", words)
    spots = page.page.evaluate("words => lookup.spots([words])", words)
    x, y = spots[len(spots) // 2]
    page.page.mouse.move(x, y, steps=3)
    page.page.locator(".leaflet-tooltip").filter(has_text=words).wait_for()
    slider = page.page.get_by_role("slider", name="Within")
    page.tab_to(slider)
    page.page.keyboard.press("Home")
    page.page.locator(".leaflet-tooltip").wait_for(state="detached")
    assert widest not in page.visible_bands()
    for step in (1, 2, 40):
        page.page.mouse.move(x + step, y + step)
        page.rest()
        assert page.visible_bands() == {0}
    # nor when its layer is taken off the map and put back
    box = page.page.get_by_role("checkbox", name="Ground in reach")
    box.uncheck()
    box.check()
    assert page.visible_bands() == {0}


def test_the_table_beside_the_bands_says_what_was_reached(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("reach"))
    found = drawn.reached()
    for limit, area in zip(found.ground["limit"], found.ground["area_km2"], strict=True):
        row = page.page.get_by_role("row").filter(has_text=f"{limit:.0f} h").first
        cells = [cell.replace("\u202f", "") for cell in row.get_by_role("cell").all_inner_texts()]
        assert float(cells[1]) == pytest.approx(area, abs=0.5)


def test_the_bands_play_one_after_the_other(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("reach"))
    page.page.get_by_role("button", name="Play").click()
    assert page.visible_bands() == {0}
    page.page.get_by_role("button", name="Pause").click()
    page.page.get_by_role("button", name="Play").wait_for()


def test_a_difference_tells_what_was_and_what_comes(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("difference"))
    by_scenario = {
        one.scenario: one.route
        for one in drawn.differences()
        if one.corridor == "best" and one.route is not None
    }
    text = page.page.locator(".note").first.inner_text().replace("\u202f", "")
    for route in by_scenario.values():
        assert f"{route.usd_per_feu:.0f}" in text


def test_the_most_critical_link_is_named_first(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("criticality"))
    ranking = drawn.weighed().ranking()
    first = page.page.locator(".note tbody tr").first.inner_text()
    assert short_name(str(ranking.iloc[0]["name"])).casefold() in first.casefold()
