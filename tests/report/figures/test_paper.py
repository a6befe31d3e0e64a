"""The paper's figures: an equal-area ground, whole files, the same bytes, the words they need."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo.atlas import Atlas
from geo.earth import area_km2
from geo.files import sha256_of
from geo.report.figures import crescent_figure, save_figure, triad_figure, two_track_figure
from geo.report.figures.paper.ground import Ground
from tests.report.figures.drawn import covered, outside, texts, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure

    Drawn = Callable[[Callable[[Atlas], Figure]], Figure]

HEADS = {".svg": b"<?xml", ".pdf": b"%PDF", ".png": b"\x89PNG"}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.fixture(scope="module")
def drawn(atlas: Atlas) -> Drawn:
    """Draw a figure, once for all tests."""

    @cache
    def figure(draw: Callable[[Atlas], Figure]) -> Figure:
        return draw(atlas)

    return figure


def test_areas_on_the_ground_are_those_on_the_ellipsoid(atlas: Atlas) -> None:
    ground = Ground(atlas.boundaries, (60.0, 5.0, 150.0, 55.0))
    boxes = [shapely.box(lon, lat, lon + 4, lat + 4) for lon in (65, 140) for lat in (8, 48)]
    drawn = np.array([ground.shape(box, tolerance_m=0.0).area for box in boxes]) / 1e6
    assert drawn == pytest.approx(area_km2(boxes), rel=2e-3)


@pytest.mark.parametrize("draw", [triad_figure, crescent_figure, two_track_figure])
def test_every_word_is_on_the_page_and_none_covers_another(
    drawn: Drawn, draw: Callable[[Atlas], Figure]
) -> None:
    figure = drawn(draw)
    assert figure.get_figwidth() * 2.54 == pytest.approx(17.0)
    assert outside(figure) == []
    assert covered(figure, figure.texts) == []
    assert min(float(one.get_fontsize()) for one in texts(figure)) >= 7.0


@pytest.mark.parametrize(
    ("draw", "suffixes"),
    # Every figure as SVG, whose marks have names; the two dear formats by turns.
    [
        (triad_figure, (".svg", ".pdf")),
        (crescent_figure, (".svg", ".png")),
        (two_track_figure, (".svg", ".pdf")),
    ],
)
def test_a_figure_gives_the_same_bytes(
    drawn: Drawn, tmp_path: Path, draw: Callable[[Atlas], Figure], suffixes: tuple[str, ...]
) -> None:
    for suffix in suffixes:
        for name in ("a", "b"):
            save_figure(drawn(draw), tmp_path / f"{name}{suffix}")
        assert sha256_of(tmp_path / f"a{suffix}") == sha256_of(tmp_path / f"b{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes().startswith(HEADS[suffix])


def test_the_triad_shows_the_power_gap_and_the_measures(drawn: Drawn) -> None:
    told = words(drawn(triad_figure))
    # 1 324.655 and 128.063 million people over 49.054708.
    for word in ("27.0 (2008)", "2.6 (2008)", "density 0.50", "East Sea / Sea of Japan"):
        assert word in told


def test_the_crescent_is_told_with_its_border_and_groups(drawn: Drawn) -> None:
    told = words(drawn(crescent_figure))
    for word in ("45%", "4 groups", "194 m people", "none, now partner", "Natural Earth"):
        assert word in told


def test_the_two_tracks_have_every_level_and_path(atlas: Atlas, drawn: Drawn) -> None:
    figure = drawn(two_track_figure)
    (axes,) = figure.axes
    levels = atlas.levels
    for axis, ticks in (("integration", axes.get_xticks()), ("sanctions", axes.get_yticks())):
        assert len(ticks) == (levels["axis"] == axis).sum()
    told = words(figure)
    for word in ("Parallel", "Sequential", "Stalled", "Severed", "free under KORUS"):
        assert word in told
