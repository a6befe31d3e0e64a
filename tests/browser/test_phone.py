"""The page on a phone: nothing is wider than it, panels are folded, fingers find their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

_PHONE = (390, 844)
# Controls that reach over an edge of the window, unless they scroll inside a panel of their own.
_OVER_THE_EDGE = """
() => Array.from(document.querySelectorAll("body *:not(#map *)")).filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || !one.checkVisibility({visibilityProperty: true})) return false;
  if (one.closest("[hidden], .leaflet-container")) return false;
  const scrolls = one.parentElement && one.parentElement.closest(".card, .middle");
  if (scrolls && scrolls.scrollWidth <= scrolls.clientWidth + 1) return false;
  return box.left < -0.5 || box.right > window.innerWidth + 0.5;
}).map((one) => `${one.tagName} ${one.id} ${one.className} ${one.textContent.slice(0, 40)}`)
"""


@pytest.mark.parametrize("kind", drawn.KINDS)
def test_nothing_is_wider_than_a_phone(
    open_map: Callable[..., MapPage], maps: DrawnMaps, kind: str
) -> None:
    page = open_map(maps.file(kind), size_px=_PHONE, phone=True)
    width = page.page.evaluate("document.documentElement.scrollWidth")
    height = page.page.evaluate("document.documentElement.scrollHeight")
    assert (width, height) == _PHONE
    assert page.page.evaluate(_OVER_THE_EDGE) == []


def test_panels_are_folded_on_a_phone_and_open_on_a_touch(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"), size_px=_PHONE, phone=True)
    for panel in ("layers", "legend"):
        inside = page.page.locator(f"#{panel} > .rows")
        assert not inside.is_visible()
        page.page.locator(f"#{panel} > summary").tap()
        inside.wait_for(state="visible")
        assert page.page.evaluate(_OVER_THE_EDGE) == []
        page.page.locator(f"#{panel} > summary").tap()
        inside.wait_for(state="hidden")


def test_most_of_the_phone_is_map(open_map: Callable[..., MapPage], maps: DrawnMaps) -> None:
    page = open_map(maps.file("study"), size_px=_PHONE, phone=True)
    free = page.page.evaluate(
        """() => {
          let free = 0, all = 0;
          for (let x = 5; x < innerWidth; x += 10) for (let y = 5; y < innerHeight; y += 10) {
            all += 1;
            if (document.elementFromPoint(x, y).closest("#map")) free += 1;
          }
          return free / all;
        }"""
    )
    assert free > 0.6


def test_a_touch_opens_a_card_that_fits(open_map: Callable[..., MapPage], maps: DrawnMaps) -> None:
    page = open_map(maps.file("study"), size_px=_PHONE, phone=True)
    page.choose("reopened")
    card = page.click("Busan →", "Deep sea by Suez", nearest=4)
    page.rest()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= _PHONE[0]
