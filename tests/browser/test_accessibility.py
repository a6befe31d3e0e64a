"""The rules of WCAG that a machine can test, by axe-core, on every kind of map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

_RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    # The page is one map: it has no landmarks to walk between.
    "rules": {"region": {"enabled": False}},
}


def faults(page: MapPage) -> list[str]:
    """Return what axe finds fault with: the rule, and the first spot."""
    found = Axe().run(page.page, options=_RULES).response["violations"]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("kind", drawn.KINDS)
def test_a_page_keeps_the_rules(
    open_map: Callable[..., MapPage], maps: DrawnMaps, kind: str
) -> None:
    page = open_map(maps.file(kind))
    page.unfold()
    assert faults(page) == []


def test_a_card_and_a_search_keep_the_rules(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.search.fill("Mos")
    page.found.first.wait_for()
    assert faults(page) == []
    page.choose("reopened")
    page.click("Busan →", drawn.BY_KOREA_AND_SIBERIA, nearest=5)
    assert faults(page) == []
