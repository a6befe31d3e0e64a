"""Figures: what they draw is what the bills say."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import pytest

from geo.costing import Bill
from geo.report.charges import BUCKETS, stops, usd_by_bucket
from geo.report.figures import BUCKET_COLOURS, cost_breakdown
from geo.report.figures.style import BUCKET_HATCHES
from tests.fakes import PLACES, charge, route
from tests.report.figures.drawn import covered, outside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geo.route import Route

CATEGORIES = {
    "haul-rus": "haulage",
    "entry-prk": "entry",
    "run-rus": "running",
    "border-x": "border",
    "lane-y": "lane",
    "wait-z": "waiting",
}


def rich_route(corridor: str = "tkr-tsr", *, factor: float = 1.0) -> Route:
    """Make a route with a bill of several kinds of charges."""
    charges = (
        charge("haul-rus", 3000.0 * factor, hours=0.0),
        charge("run-rus", 0.0, hours=240.0),
        charge("border-x", 230.5 * factor, where="Tumangang - Khasan"),
        charge("lane-y", 900.25 * factor, where="Busan - Vostochny"),
        charge("haul-rus", 11.0 * factor, consignment=2),
        charge("unheard-of", 7.0 * factor, where="Busan"),
    )
    return dataclasses.replace(route(corridor=corridor), charges=Bill(charges))


def drawn(figure: Figure) -> list[float]:
    """Add up the widths of the bars, row by row."""
    axes = figure.axes[0]
    rows = len(axes.get_yticks())
    sums = [0.0] * rows
    for container in axes.containers:
        for row, patch in enumerate(container):
            sums[row] += patch.get_width()
    return sums


def test_the_bars_add_up_to_the_bills() -> None:
    routes = [rich_route(), rich_route("sea-tsr", factor=0.5), route(assumed_usd=900.0)]
    figure = cost_breakdown(routes, CATEGORIES)
    assert drawn(figure) == pytest.approx([one.usd_per_feu for one in routes])
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert labels == ["tkr-tsr", "sea-tsr", "best"]
    assert figure.get_suptitle() == "Busan → Moscow, reopened"


def test_buckets_and_stops_leave_nothing_out() -> None:
    bill = rich_route().charges
    parts = usd_by_bucket(bill, CATEGORIES)
    assert list(parts) == list(BUCKETS) == list(BUCKET_COLOURS) == list(BUCKET_HATCHES)
    assert sum(parts.values()) == pytest.approx(bill.usd)
    assert parts["rail"] == 3011.0
    assert parts["other"] == 7.0
    places = stops(bill, CATEGORIES)
    assert sum(place.usd for place in places) == pytest.approx(bill.usd)
    assert sum(place.hours for place in places) == pytest.approx(bill.hours)
    assert [place.what for place in places][:3] == ["rail", "border", "ship, through rate"]
    assert places[-1].what == "Unheard of"


def test_a_missing_rate_and_an_indicative_total_are_said() -> None:
    lost = dataclasses.replace(route(), charges=Bill((charge("haul-rus", float("nan")),)))
    figure = cost_breakdown([lost, route(usd=100.0, assumed_usd=900.0)], CATEGORIES)
    words = " ".join(text.get_text() for text in (*figure.axes[0].texts, *figure.texts))
    assert "incomplete" in words
    assert "≈ indicative" in words
    assert drawn(figure) == pytest.approx([0.0, 1000.0])


def test_the_same_routes_give_the_same_picture() -> None:
    pictures = []
    for _ in range(2):
        file = io.BytesIO()
        cost_breakdown([rich_route()], CATEGORIES).savefig(file, format="png")
        pictures.append(file.getvalue())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(("width", "cm"), [("page", 17.0), ("column", 8.4)])
def test_it_is_as_wide_as_print_and_nothing_is_cut_off(width: str, cm: float) -> None:
    routes = [rich_route(), rich_route("sea-tsr", factor=40.0)]
    figure = cost_breakdown(routes, CATEGORIES, width=width)
    assert figure.get_figwidth() * 2.54 == pytest.approx(cm)
    assert outside(figure) == []
    assert covered(figure, figure.axes[0].texts) == []
    # The scale reaches as far as the words at the end of the longest line.
    axes = figure.axes[0]
    assert max(t.get_window_extent().x1 for t in axes.texts) <= axes.get_window_extent().x1 + 1
    with pytest.raises(ValueError, match="poster"):
        cost_breakdown(routes, CATEGORIES, width="poster")


def test_a_name_in_letters_that_the_font_lacks_is_romanised() -> None:
    there = dataclasses.replace(PLACES["gaesong"], name="개성")
    figure = cost_breakdown([dataclasses.replace(route(), origin=there)], CATEGORIES)
    assert figure.get_suptitle() == "Gaesong → Moscow, reopened"


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no route to draw"):
        cost_breakdown([], CATEGORIES)
    with pytest.raises(ValueError, match="1 routes, but 2 labels"):
        cost_breakdown([route()], CATEGORIES, labels=["a", "b"])
