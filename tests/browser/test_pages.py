"""Every page opens without a complaint, asks for nothing, settles soon, is small and the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.report.maps.picture import save_picture
from tests.browser.drawn import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

OpenMap = "Callable[..., MapPage]"

_SHIPPED = Path(__file__).parents[2] / "maps" / "study.html"
_SETTLED_MS = 3000
_LARGEST_BYTES = 4_000_000


def test_the_map_of_the_study_settles_within_three_seconds(
    open_map: Callable[..., MapPage],
) -> None:
    times: list[float] = []
    # A machine may be busy with other things; a page that is too slow is so every time.
    while len(times) < 3 and min(times, default=_SETTLED_MS) >= _SETTLED_MS:
        times.append(open_map(_SHIPPED).settled_ms())
    assert min(times) < _SETTLED_MS, times


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_small_and_the_same_twice(maps: DrawnMaps, kind: str) -> None:
    first = maps.file(kind).read_bytes()
    assert len(first) <= _LARGEST_BYTES
    assert maps.draw(kind).encode() == first


def test_the_map_of_the_study_is_small() -> None:
    assert _SHIPPED.stat().st_size <= _LARGEST_BYTES


def test_a_picture_is_of_what_the_page_shows(
    maps: DrawnMaps, browser: object, tmp_path: Path
) -> None:
    from PIL import Image

    assert browser is not None  # without one this test is skipped as the others are
    save_picture(maps.file("study"), tmp_path / "map.png", size_px=(700, 500))
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.size == (700, 500)
        colours = picture.convert("RGB").getcolors(maxcolors=700 * 500)
        corner = picture.convert("RGB").crop((0, 480, 700, 500)).getcolors(maxcolors=700 * 20)
    assert colours is not None
    assert corner is not None
    # Land, sea, tracks and words, down to the last row: not a sheet of one colour.
    assert len(colours) > 50
    assert len(corner) > 3
