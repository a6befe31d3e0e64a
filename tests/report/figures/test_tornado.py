"""The tornado: the largest swing at the top, each bar from the base to what the cost becomes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from geo.errors import UsageError
from geo.report.figures import tornado_figure, variable_titles
from tests.report.figures.drawn import covered, outside, words

PAIR = {"origin": "busan", "destination": "moscow"}


def frame(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            PAIR
            | {
                "variable": name,
                "at_base": 5000.0,
                "at_p5": low,
                "at_p95": high,
                "swing": abs(high - low),
            }
            for name, low, high in rows
        ]
    )


SWINGS = frame(
    ("time-value", 4200.0, 6900.0),
    ("haul-rus:money", 4700.0, 5900.0),
    # Dear waits make another port the better one: both ends lie above the base.
    ("wait-x:hours", 5300.0, 5100.0),
    ("nothing:money", 5000.0, 5000.0),
)
TITLES = {"haul-rus:money": "Rail haulage of a 40-foot box with its wagon, Russia (USD)"}


@pytest.mark.parametrize("width", ["page", "column"])
def test_bars_reach_from_the_base_to_both_ends(width: str) -> None:
    figure = tornado_figure(SWINGS, TITLES, width=width)
    (axes,) = figure.axes
    bars = [patch for container in axes.containers for patch in container]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
    assert [end for _, end in ends] == pytest.approx([4200, 6900, 4700, 5900, 5300, 5100])
    assert {start for start, _ in ends} == {5000.0}
    names = [" ".join(one.get_text().split()) for one in axes.get_yticklabels()]
    assert names == ["time-value", TITLES["haul-rus:money"], "wait-x:hours"]
    low, high = axes.get_ylim()
    # The first row is the top one.
    assert low > high
    told = words(figure).replace("\u202f", " ")
    for word in ("4 200", "6 900", "the line, 5 000", "unknown at its P95"):
        assert word in told
    assert outside(figure) == []
    assert covered(figure, axes.texts) == []


def test_the_rest_is_counted() -> None:
    told = words(tornado_figure(SWINGS, TITLES, most=1)).replace("\u202f", " ")
    assert "2 more unknowns swing it by 1 200 or less." in told


def test_time_is_told_in_days() -> None:
    hours = SWINGS.assign(**{name: SWINGS[name] * 24 for name in ("at_base", "at_p5", "at_p95")})
    figure = tornado_figure(hours, {}, measure="hours")
    assert figure.axes[0].get_xlabel() == "Time, days"
    bars = [patch for container in figure.axes[0].containers for patch in container]
    assert bars[0].get_x() == pytest.approx(5000.0)


def test_items_groups_and_values_have_names() -> None:
    items = pd.DataFrame(
        [
            ("haul-rus", "Rail haulage, Russia", "tariff-1520"),
            ("haul-kaz", "Rail haulage, Kazakhstan", "tariff-1520"),
            ("sea-deep", "Deep-sea freight", None),
        ],
        columns=["item_id", "title", "group"],
    )
    titles = variable_titles(cast("Any", SimpleNamespace(items=items)))
    assert titles["sea-deep:money"] == "Deep-sea freight (USD)"
    assert titles["tariff-1520:money"] == "Rail tariff, 1520 mm, 2 rates moved together (USD)"
    assert titles["goods-value"] == "Value of the goods"


def test_what_cannot_be_drawn_is_refused() -> None:
    other = SWINGS.assign(destination="oslo")
    with pytest.raises(UsageError, match="one pair of places, not for 2"):
        tornado_figure(pd.concat([SWINGS, other]), {})
    with pytest.raises(UsageError, match="nothing that is unknown"):
        tornado_figure(SWINGS.tail(1), {})
