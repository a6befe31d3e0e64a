"""Names from users' files are text on the map, whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geo.layers import atlas_layers
from geo.own import with_own_data
from geo.report.maps import MapWords, MapWorld, RouteGroup, study_map
from tests import fakes, worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

_SCRIPT = "<script>alert(1)</script>"
_PICTURE = '<img src=x onerror="alert(2)">'
_NASTY = (_SCRIPT, _PICTURE, "`${alert(3)}`", "</script><script>alert(4)</script>")


@pytest.fixture(scope="module")
def page_file(maps: DrawnMaps, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw places of such names from a user's file, and routes, layers and scenarios of them."""
    rows = [
        f'"{name.replace(chr(34), chr(34) * 2)}",{100 + 5 * i},60' for i, name in enumerate(_NASTY)
    ]
    own = tmp_path_factory.mktemp("own") / "places.csv"
    own.write_text("\n".join(["name,lon,lat", *rows]) + "\n", encoding="utf-8")
    atlas = with_own_data(worlds.study().atlas, places=own)
    layers = atlas_layers(atlas, [])
    busan = replace(fakes.PLACES["busan"], name=_SCRIPT)
    group = RouteGroup(_PICTURE, (fakes.route(busan, corridor=_SCRIPT),), show=True)
    html = study_map(
        layers,
        [group],
        title=_SCRIPT,
        lines=[_PICTURE],
        words=MapWords.of(atlas),
        worlds=[MapWorld("reopened", _SCRIPT, layers)],
    )
    return maps.keep("names", html)


@pytest.mark.parametrize("name", _NASTY)
def test_a_name_of_a_users_file_is_text(
    open_map: Callable[..., MapPage], page_file: Path, name: str
) -> None:
    page = open_map(page_file)
    page.search.fill(name)
    assert name in page.found.first.inner_text()
    page.page.keyboard.press("Enter")
    page.card.wait_for()
    assert name in page.card.inner_text()
    assert page.card.locator("script, img").count() == 0


def test_a_route_of_such_names_is_told_in_text(
    open_map: Callable[..., MapPage], page_file: Path
) -> None:
    page = open_map(page_file)
    page.unfold()
    heading = page.page.get_by_role("heading", level=1)
    assert heading.inner_text() == _SCRIPT
    assert _PICTURE in page.layer_names()
    assert _SCRIPT in page.legend()
    card = page.click(_SCRIPT, "Moscow", nearest=5)
    assert _SCRIPT in card.inner_text()
    # Every script is one of the page's own, and there is no picture at all.
    assert page.page.locator("script").count() == 4
    assert page.page.locator("img").count() == 0
