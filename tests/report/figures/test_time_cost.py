"""Time against money: marks lie where the routes are, and the front is that of brute force."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Annotation

from geo.costing import Bill
from geo.errors import UsageError
from geo.report.figures import front_of, time_cost_figure
from tests.fakes import charge, route
from tests.report.figures.drawn import corners, covered, outside, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from geo.route import Route


def way(corridor: str, usd: float, days: float, *, scenario: str = "reopened") -> Route:
    bill = Bill((charge("haul-rus", usd, hours=24.0 * days),))
    return dataclasses.replace(route(corridor=corridor, scenario=scenario), charges=bill)


WAYS = (
    way("road", 9000, 12),
    way("tkr-tsr", 4000, 18),
    way("tkr-tmr", 4100, 18.2),
    way("sea-tsr", 3500, 25),
    way("sea-tcr", 5200, 26),
    way("sea-suez", 2100, 44),
    way("sea-cape", 2300, 52),
)


def lines(figure: Figure) -> list[Line2D]:
    return list(figure.axes[0].get_lines())


def labels(figure: Figure) -> dict[str, Annotation]:
    found: list[Any] = figure.findobj(Annotation)
    return {one.get_text(): one for one in found if one.get_text()}


def test_the_front_is_that_of_brute_force() -> None:
    drawn = np.random.default_rng(7)
    some = [way(str(n), *drawn.integers(1, 30, size=2)) for n in range(60)]
    best = front_of(some)
    points = [(one.hours, one.usd_per_feu) for one in some]
    beaten = [any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in points) for a in points]
    kept = {a for a, lost in zip(points, beaten, strict=True) if not lost}
    assert [(one.hours, one.usd_per_feu) for one in best] == sorted(kept)


@pytest.mark.parametrize("measure", ["usd", "hours"])
def test_a_way_whose_rate_is_missing_is_on_no_front(measure: str) -> None:
    amounts: dict[str, Any] = {"usd": 1.0, "hours": 1.0} | {measure: math.nan}
    bill = Bill((charge("haul-rus", **amounts),))
    lost = dataclasses.replace(way("sea-tcr", 1, 1), charges=bill)
    assert front_of([lost, *WAYS, lost]) == front_of(WAYS)
    assert front_of([lost]) == ()


def test_marks_and_front_lie_where_the_routes_are() -> None:
    figure = time_cost_figure(WAYS, others=[way("pareto", 3000, 30)])
    (front,) = [one for one in lines(figure) if str(one.get_gid()).startswith("front")]
    assert corners(front) == [
        *((12, 9000), (18, 9000), (18, 4000), (25, 4000), (25, 3500)),
        *((30, 3500), (30, 3000), (44, 3000), (44, 2100), (52, 2100)),
    ]
    marks = {corners(one)[0] for one in lines(figure) if len(corners(one)) == 1}
    assert marks == {(one.hours / 24, one.usd_per_feu) for one in WAYS} | {(30.0, 3000.0)}
    assert figure.get_suptitle() == "Busan → Moscow, reopened"


@pytest.mark.parametrize("width", ["page", "column"])
def test_every_way_is_named_and_no_name_covers_another(width: str) -> None:
    figure = time_cost_figure(WAYS, width=width)
    told = labels(figure)
    assert set(told) == {one.corridor for one in WAYS}
    assert covered(figure, told.values()) == []
    assert outside(figure) == []
    axes = figure.axes[0].get_window_extent()
    for one in told.values():
        box = one.get_window_extent()
        assert axes.x0 - 1 <= box.x0 < box.x1 <= axes.x1 + 1


def test_states_of_the_world_have_markers_and_fronts_of_their_own() -> None:
    both = [*WAYS, way("sea-tsr", 3900, 27, scenario="severed-2026")]
    figure = time_cost_figure(both)
    fronts = [one for one in lines(figure) if str(one.get_gid()).startswith("front")]
    assert len(fronts) == 2
    assert fronts[0].get_linestyle() != fronts[1].get_linestyle()
    marks = {one.get_marker() for one in lines(figure) if len(corners(one)) == 1}
    assert len(marks) == 2
    for name in ("reopened, with its front", "severed-2026, with its front"):
        assert name in words(figure)


def test_an_indicative_way_is_empty_and_a_missing_rate_is_told() -> None:
    sure, unsure = (
        WAYS[0],
        dataclasses.replace(
            way("tkr-tsr", 100, 18), charges=Bill((charge("entry-prk", 900.0, assumed=True),))
        ),
    )
    lost = dataclasses.replace(
        way("sea-tcr", 1, 1), charges=Bill((charge("haul-rus", float("nan")),))
    )
    figure = time_cost_figure([sure, unsure, lost])
    faces = {
        corners(one)[0][1]: to_hex(one.get_markerfacecolor())
        for one in lines(figure)
        if len(corners(one)) == 1
    }
    assert faces[900.0] == "#ffffff"
    assert faces[9000.0] != "#ffffff"
    assert "≈ indicative: over" in words(figure)
    assert "for want of a rate: sea-tcr" in words(figure)
    with pytest.raises(UsageError, match="no way between"):
        time_cost_figure([lost])
