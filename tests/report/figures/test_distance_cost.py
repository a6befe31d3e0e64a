"""Cost by distance: lines are the ways' own, and diamonds stand where the algebra has them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from geo.analysis.distance_cost import ModeLine
from geo.errors import UsageError
from geo.report.figures import distance_cost_figure, mode_lines_figure
from tests.fakes import PLACES, leg, route
from tests.report.figures.drawn import corners, outside, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geo.route import Route

ENDS = PLACES["busan"], PLACES["moscow"]


def by_rail() -> Route:
    legs = (
        leg("transfer", *ENDS, km=0.0, usd=100.0),
        leg("rail", *ENDS, km=1000.0, usd=500.0),
        leg("border", *ENDS, km=0.0, usd=300.0),
        leg("rail", *ENDS, km=1000.0, usd=500.0),
    )
    return dataclasses.replace(route(corridor="rail"), legs=legs)


def by_sea() -> Route:
    legs = (
        leg("transfer", *ENDS, km=0.0, usd=340.0),
        leg("sea", *ENDS, km=2500.0, usd=500.0),
    )
    return dataclasses.replace(route(corridor="sea"), legs=legs)


def by_road() -> Route:
    legs = (
        leg("transfer", *ENDS, km=0.0, usd=340.0),
        leg("road", *ENDS, km=2500.0, usd=500.0),
    )
    return dataclasses.replace(route(corridor="road"), legs=legs)


def diamonds(figure: Figure) -> list[tuple[float, float]]:
    found = [one for one in figure.axes[0].get_lines() if one.get_gid() == "break-even"]
    return [spot for one in found for spot in corners(one)]


@pytest.mark.parametrize("width", ["page", "column"])
def test_ways_cross_where_the_algebra_says(width: str) -> None:
    figure = distance_cost_figure([by_rail(), by_road()], width=width)
    # Before the border rail has cost 100 + km / 2, the road 340 + km / 5.
    (spot,) = diamonds(figure)
    assert spot == pytest.approx((800.0, 500.0))
    told = words(figure).replace("\u202f", " ")
    for word in ("800 km", "break-even", "rail", "road", "km along each way"):
        assert word in told
    assert outside(figure) == []


def test_no_break_even_stands_within_one_price_for_a_stretch() -> None:
    # The same algebra, but the ship's price is never paid by the half.
    figure = distance_cost_figure([by_rail(), by_sea()])
    assert diamonds(figure) == []
    assert "no break-even is marked there" in words(figure)


def test_a_line_goes_through_every_corner_of_its_way() -> None:
    figure = distance_cost_figure([by_rail(), by_sea()])
    pieces = {
        str(one.get_gid()): one for one in figure.axes[0].get_lines() if one.get_gid() is not None
    }
    rail = pieces["way-0-0"]
    assert corners(rail) == [(0, 0), (0, 100), (1000, 600), (1000, 900), (2000, 1400)]
    # The ship's one price is thin, its terminal is not.
    assert pieces["way-1-1"].get_linewidth() < pieces["way-1-0"].get_linewidth()
    assert rail.get_linestyle() != pieces["way-1-1"].get_linestyle()


def test_lines_by_mode_cross_at_the_closed_form() -> None:
    lines = [
        ModeLine("Road", 0.0, 2.0, 1.0, 3.0),
        ModeLine("Rail", 300.0, 1.0, 0.5, 1.5, assumed=True),
        ModeLine("Deep sea", 900.0, 0.5, 0.4, 0.9),
    ]
    figure = mode_lines_figure(lines, note="Made for a test.")
    assert diamonds(figure) == [(300, 600), (600, 1200), (1200, 1500)]
    told = words(figure).replace("\u202f", " ")
    for word in ("1 200 km", "Rail: 300 + 1.00 per km (0.50–1.50) ≈", "Made for a test."):
        assert word in told
    assert outside(figure) == []
    # Parallel lines are drawn, and cross nowhere.
    assert diamonds(mode_lines_figure([lines[0], dataclasses.replace(lines[0], fixed_usd=9)])) == []


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="no way between"):
        distance_cost_figure([])
    with pytest.raises(UsageError, match="no line by distance"):
        mode_lines_figure([])
    with pytest.raises(ValueError, match="1 routes, but 2 labels"):
        distance_cost_figure([by_rail()], labels=["a", "b"])
