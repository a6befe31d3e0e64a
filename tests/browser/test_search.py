"""A place is found by any of its names, in any script; where there is none, that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("부산", "Busan"),
        ("Пусан", "Busan"),
        ("釜山", "Busan"),
        ("pusan", "Busan"),
        ("개성", "aesong"),
        ("Владивосток", "Vladivostok"),
        ("kaesong", "aesong"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(
    open_map: Callable[..., MapPage], maps: DrawnMaps, asked: str, name: str
) -> None:
    page = open_map(maps.file("study"))
    page.search.fill(asked)
    first = page.found.first
    assert name in first.inner_text()
    first.click()
    page.card.wait_for()
    assert name in page.card.inner_text()


def test_a_name_that_no_place_has_is_said_to_be_none(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.search.fill("Atlantis<b>")
    said = page.page.get_by_role("status").filter(has_text="No place")
    said.wait_for()
    assert "Atlantis<b>" in said.inner_text()
    assert page.found.count() == 0
    page.search.fill("")
    said.wait_for(state="hidden")


def test_the_search_is_worked_by_keys_alone(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.tab_to(page.search)
    page.page.keyboard.type("Dandong")
    page.found.first.wait_for()
    count = page.found.count()
    assert count > 1
    page.page.keyboard.press("ArrowDown")
    assert page.found.nth(1).get_attribute("aria-selected") == "true"
    page.page.keyboard.press("ArrowUp")
    page.page.keyboard.press("Enter")
    page.card.wait_for()
    assert "Dandong" in page.card.inner_text()
    page.page.keyboard.press("Escape")
    page.card.wait_for(state="detached")
