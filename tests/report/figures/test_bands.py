"""Bands: lines, boxes and bars stand at the quantiles of the sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.errors import UsageError
from geo.report.figures import bands_figure
from tests.report.figures.drawn import corners, covered, outside, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

QUANTILES = ("p5", "p25", "p50", "p75", "p95")


def row(corridor: str, scenario: str, factor: float, *, share: float = 1.0) -> dict[str, object]:
    found: dict[str, object] = {
        "scenario": scenario,
        "corridor": corridor,
        "origin": "busan",
        "destination": "moscow",
        "draws": 64,
        "p_route": share,
    }
    for measure, scale in (("usd", 1.0), ("hours", 0.24), ("generalised_usd", 1.5)):
        for name, value in zip(QUANTILES, (1000.0, 1500.0, 2000.0, 2600.0, 4000.0), strict=True):
            found[f"{measure}_{name}"] = value * scale * factor if share else float("nan")
    return found


SUMMARY = pd.DataFrame(
    [
        row("tkr-tsr", "reopened", 1.0),
        row("sea-tsr", "reopened", 1.2, share=0.75),
        row("sea-tsr", "severed-2026", 1.3),
        row("tkr-tsr", "severed-2026", 1.0, share=0.0),
    ]
)


def drawn(axes: Axes) -> list[tuple[float, ...]]:
    """Return P5, P25, P50, P75 and P95 of each row as they are drawn."""
    bars = [patch for container in axes.containers for patch in container]
    across = [[x for x, _ in corners(one)] for one in axes.get_lines()]
    ends, middles = across[::2], across[1::2]
    return [
        (low, bar.get_x(), middle, bar.get_x() + bar.get_width(), high)
        for (low, high), bar, (middle, _) in zip(ends, bars, middles, strict=True)
    ]


@pytest.mark.parametrize("width", ["page", "column"])
def test_the_bands_are_the_quantiles(width: str) -> None:
    figure = bands_figure(SUMMARY, width=width)
    for axes, measure, unit in zip(
        figure.axes, ("usd", "hours", "generalised_usd"), (1.0, 24.0, 1.0), strict=True
    ):
        expected = [
            tuple(float(one[f"{measure}_{name}"]) / unit for name in QUANTILES)
            for one in SUMMARY.head(3).to_dict("records")
        ]
        assert [pytest.approx(one) for one in expected] == drawn(axes)
        assert covered(figure, axes.texts) == []
    assert outside(figure) == []
    told = words(figure)
    for word in (
        "Busan → Moscow",
        "tkr-tsr, reopened",
        "in 75 % of draws",
        "Without a route in any draw: tkr-tsr (severed-2026)",
        "Time, days",
    ):
        assert word in told


def test_states_of_the_world_differ_by_more_than_colour() -> None:
    figure = bands_figure(SUMMARY, measures=["usd"])
    bars = [patch for container in figure.axes[0].containers for patch in container]
    assert bars[0].get_hatch() == bars[1].get_hatch() != bars[2].get_hatch()


def test_several_pairs_are_named_in_their_rows() -> None:
    more = pd.concat([SUMMARY, SUMMARY.assign(destination="tashkent")])
    assert "Busan – Tashkent" in words(bands_figure(more, measures=["usd"]))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown measure 'joy'"):
        bands_figure(SUMMARY, measures=["joy"])
    with pytest.raises(UsageError, match="no way of this sweep"):
        bands_figure(SUMMARY.tail(1))
