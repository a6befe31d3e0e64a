"""The paper's figures: an equal-area ground, whole files, the same bytes, the words they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo.atlas import Atlas
from geo.earth import area_km2
from geo.errors import UsageError
from geo.files import sha256_of
from geo.report.paper_figures import (
    crescent_figure,
    draw_figure,
    save_figure,
    triad_figure,
    two_track_figure,
)
from geo.report.paper_figures.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure

DRAWERS = (triad_figure, crescent_figure, two_track_figure)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


def words(figure: Figure) -> str:
    import matplotlib.text

    return "\n".join(one.get_text() for one in figure.findobj(matplotlib.text.Text))


def test_areas_on_the_ground_are_those_on_the_ellipsoid(atlas: Atlas) -> None:
    ground = Ground(atlas.boundaries, (60.0, 5.0, 150.0, 55.0))
    boxes = [shapely.box(lon, lat, lon + 4, lat + 4) for lon in (65, 140) for lat in (8, 48)]
    drawn = np.array([ground.shape(box, tolerance_m=0.0).area for box in boxes]) / 1e6
    assert drawn == pytest.approx(area_km2(boxes), rel=2e-3)


@pytest.mark.parametrize("draw", DRAWERS)
def test_a_figure_gives_the_same_bytes_in_every_format(
    atlas: Atlas, tmp_path: Path, draw: Callable[[Atlas], Figure]
) -> None:
    figure = draw(atlas)
    for suffix, head in ((".svg", b"<?xml"), (".pdf", b"%PDF"), (".png", b"\x89PNG")):
        for name in ("a", "b"):
            save_figure(figure, tmp_path / f"{name}{suffix}")
        assert sha256_of(tmp_path / f"a{suffix}") == sha256_of(tmp_path / f"b{suffix}")
        assert (tmp_path / f"a{suffix}").read_bytes().startswith(head)


def test_the_triad_shows_the_power_gap_and_the_measures(atlas: Atlas) -> None:
    told = words(triad_figure(atlas))
    # 1 324.655 and 128.063 million people over 49.054708.
    for word in ("27.0  (2008)", "2.6  (2008)", "density 0.50", "East Sea /\nSea of Japan"):
        assert word in told


def test_the_crescent_is_told_with_its_border_and_groups(atlas: Atlas) -> None:
    told = words(crescent_figure(atlas))
    for word in ("45%", "4 groups", "194 m people", "none, now partner", "Natural Earth"):
        assert word in told


def test_the_two_tracks_have_every_level_and_path(atlas: Atlas) -> None:
    figure = two_track_figure(atlas)
    (axes,) = figure.axes
    levels = atlas.levels
    for axis, ticks in (("integration", axes.get_xticks()), ("sanctions", axes.get_yticks())):
        assert len(ticks) == (levels["axis"] == axis).sum()
    told = words(figure)
    for word in ("Parallel", "Sequential", "Stalled", "Severed", "free under KORUS"):
        assert word in told


def test_an_unknown_format_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.svg, \.pdf, \.png"):
        save_figure(two_track_figure(atlas), tmp_path / "a.jpg")
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="cost-breakdown"):
        draw_figure("tetrad")
    for name in ("two-track", "cost-breakdown"):
        with pytest.raises(UsageError, match="no pair of places"):
            draw_figure(name, pair="Seoul")
