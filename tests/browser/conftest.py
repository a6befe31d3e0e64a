"""One browser for all tests of maps, and the maps that they open, each drawn once.

Where no browser is installed the tests are skipped with the reason; in CI they fail with it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import OutputError
from geo.report.maps.picture import find_browser
from tests.browser import drawn
from tests.browser.map_page import MapPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that is installed."""
    try:
        program = find_browser()
    except OutputError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # As root Chromium starts without its sandbox only.
        started = playwright.chromium.launch(
            executable_path=program, chromium_sandbox=os.geteuid() != 0
        )
        yield started
        started.close()


@pytest.fixture
def open_map(browser: Browser) -> Iterator[Callable[..., MapPage]]:
    """Give a way to open a map; whatever was done with it, it complained and asked for nothing."""
    opened: list[MapPage] = []

    def open_(file: Path, **options: Any) -> MapPage:
        opened.append(MapPage.open(browser, file, **options))
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()
    assert [one.complaints for one in opened] == [[] for _ in opened]
    assert [one.asked for one in opened] == [[] for _ in opened]


@pytest.fixture(scope="session")
def maps(tmp_path_factory: pytest.TempPathFactory) -> drawn.DrawnMaps:
    """Draw maps when they are first asked for."""
    return drawn.DrawnMaps(tmp_path_factory.mktemp("maps"))
