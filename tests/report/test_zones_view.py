"""Zones and tracks at the terminal: the figures of the analysis, and its caveats."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from geo.analysis import Ladders, Pair, compose, describe_zone, path_steps, two_track
from geo.report.tracks_view import grid_view, levels_view, path_view
from geo.report.wording import number
from geo.report.zones_view import zone_view, zones_view
from tests.worlds import study

if TYPE_CHECKING:
    from rich.console import RenderableType

    from geo.analysis import Zone


def text_of(view: RenderableType) -> str:
    """Draw a view as it looks in 120 columns."""
    console = Console(file=io.StringIO(), width=120, highlight=False)
    console.print(view)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def gaesong() -> Zone:
    return describe_zone(study("kaesong-2008"), "gaesong")


def test_a_zone_shows_status_people_duty_and_ban(gaesong: Zone) -> None:
    text = text_of(zone_view(gaesong))
    assert "Gaesong   open" in text
    assert number(gaesong.people[25.0]) in text
    assert "16.5 %" in text
    assert "Executive Orders 13570 and 13722" in text
    assert "GeoNames" in text


def test_all_zones_stand_side_by_side(gaesong: Zone) -> None:
    other = describe_zone(study(), "najin")
    text = text_of(zones_view([gaesong, other]))
    assert text.index("Gaesong") < text.index("Najin")
    assert "USD per FEU, hours to" in text


def test_levels_list_links_and_the_figure_with_its_trust() -> None:
    text = text_of(levels_view(Ladders.of(study().atlas)))
    assert "open road-crossing:gyeongui-road" in text
    assert "3.000 h" in text
    assert "unknown road-border-gyeongui" in text


def test_the_grid_joins_columns_that_are_alike() -> None:
    atlas = study().atlas
    ladders = Ladders.of(atlas)
    cells = [
        compose(atlas, sanctions=across.rank, integration=down.rank)
        for down in ladders.by_axis["integration"][:1]
        for across in ladders.by_axis["sanctions"]
    ]
    # One row stands for all: the view asks for a full grid.
    only = Ladders(ladders.by_axis | {"integration": ladders.by_axis["integration"][:1]})
    text = text_of(grid_view(two_track(study(), [Pair("gaesong", "seoul")], cells), only))
    assert "Sanctions 2–5" in text
    assert "prohibited" in text


def test_a_path_is_told_step_by_step() -> None:
    atlas = study().atlas
    steps = path_steps(atlas, "stalled")[:2]
    cells = [compose(atlas, sanctions=s.sanctions, integration=s.integration) for s in steps]
    text = text_of(
        path_view(steps, two_track(study(), [Pair("gaesong", "seoul")], cells), Ladders.of(atlas))
    )
    assert "t+0" in text
    assert "t+1" in text
    assert "steps are counted, not dated" in text
