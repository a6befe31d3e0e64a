"""Every layer can be hidden and shown, and the legend tells what is on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.drawn import BY_KOREA_AND_SIBERIA, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage


@pytest.mark.parametrize("kind", KINDS)
def test_every_layer_goes_and_comes_back(
    open_map: Callable[..., MapPage], maps: DrawnMaps, kind: str
) -> None:
    page = open_map(maps.file(kind))
    page.unfold()
    boxes = page.layer_boxes
    names = page.layer_names()
    assert len(names) == boxes.count() > 1
    for number, name in enumerate(names):
        box = boxes.nth(number)
        box.uncheck()
        without = page.drawn()
        box.check()
        # What comes back is what went, and nothing else went with it.
        assert page.drawn() > without, name
        box.uncheck()
        assert page.drawn() == without, name
    # With every layer off, the ground alone is left: it answers no pointer.
    assert page.told() == []
    for number in range(len(names)):
        boxes.nth(number).check()
    assert page.told() != []


def test_a_layer_is_seen_to_go_and_to_come_back(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.unfold()
    for name in ("Border crossings", "Ports", "Busan → Moscow"):
        box = page.page.get_by_role("checkbox", name=name)
        assert box.is_checked()
        before = page.picture()
        box.uncheck()
        page.rest()
        without = page.picture()
        box.check()
        page.rest()
        assert before != without, name
        assert page.picture() == before, name


def test_the_legend_follows_the_layers(open_map: Callable[..., MapPage], maps: DrawnMaps) -> None:
    page = open_map(maps.file("study"))
    page.unfold()
    crossings = page.page.get_by_role("checkbox", name="Border crossings")
    told = ("Border crossing", "closed crossing")
    assert set(told) <= set(page.legend())
    crossings.uncheck()
    assert not set(told) & set(page.legend())
    crossings.check()
    assert set(told) <= set(page.legend())


def test_the_legend_names_the_corridors_that_are_drawn(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    page = open_map(maps.file("study"))
    page.unfold()
    name = BY_KOREA_AND_SIBERIA
    moscow = page.page.get_by_role("checkbox", name="Busan → Moscow")
    rotterdam = page.page.get_by_role("checkbox", name="Busan → Rotterdam")
    assert name in page.legend()
    moscow.uncheck()
    assert name not in page.legend()
    rotterdam.check()
    assert name in page.legend()
