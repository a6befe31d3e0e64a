"""Travel times of the network beside published ones, within a tolerance of their own.

Only what the published time counts is added up: running, border, change of gauge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.atlas import ids_of, text_of
from geo.errors import NoRouteError
from geo.report.wording import number, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Group

    from geo.study import Study

__all__ = [
    "TIME_TOLERANCE",
    "TIME_TOLERANCE_H",
    "TimeCheck",
    "check_times",
    "judge",
    "time_records",
    "times_view",
]

TIME_TOLERANCE = 0.25
TIME_TOLERANCE_H = 3.0
_FAILING = ("out", "excuse no longer needed", "no way")
_STYLES = {"agrees": "green", "excused": "yellow", "rests on it": "dim"}

Row = dict[Any, Any]


@dataclass(frozen=True)
class TimeCheck:
    """The compared times, row by row.

    Attributes
    ----------
    rows : pandas.DataFrame
        time_id, from, to, scenario, km, computed_h, published_h, difference_h, difference_share,
        tolerance_h, role, verdict, excuse, source.
    """

    rows: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether no row is out and no excuse has become idle."""
        return not self.rows["verdict"].isin(_FAILING).any()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each verdict."""
        return {str(k): int(n) for k, n in self.rows["verdict"].value_counts(sort=False).items()}


def check_times(study: Study) -> TimeCheck:
    """Compare travel times by rail with published ones.

    Parameters
    ----------
    study : Study
        Any study; each row is answered in the scenario that it names.

    Returns
    -------
    TimeCheck
        Verdicts: ``agrees`` (within 25 % or 3 h, whichever is more), ``rests on it`` (the same
        where the speed was taken from this very time, so that it proves nothing), ``out``,
        ``excused``,
        ``excuse no longer needed``, ``no way`` (no route by rail).
    """
    studies = {study.scenario.scenario_id: study}
    categories = dict(zip(study.atlas.items["item_id"], study.atlas.items["category"], strict=True))
    rows = []
    for row in study.atlas.published_times.to_dict("records"):
        scenario = str(row["scenario"])
        if scenario not in studies:
            studies[scenario] = study.at(scenario)
        rows.append(_compared(row, *_computed(studies[scenario], row, categories)))
    return TimeCheck(pd.DataFrame(rows))


def judge(computed_h: float, published_h: float, excuse: str, *, calibrates: bool = False) -> str:
    """Judge one time by a published one, h; one that the speed rests on proves nothing."""
    if math.isnan(computed_h):
        return "no way"
    allowed = max(TIME_TOLERANCE * published_h, TIME_TOLERANCE_H)
    if abs(computed_h - published_h) <= allowed:
        agreed = "rests on it" if calibrates else "agrees"
        return "excuse no longer needed" if excuse else agreed
    return "excused" if excuse else "out"


def time_records(result: TimeCheck) -> list[dict[str, object]]:
    """Turn the comparison into plain rows, a missing number as None."""
    return [
        {
            str(key): None if isinstance(value, float) and math.isnan(value) else value
            for key, value in row.items()
        }
        for row in result.rows.to_dict("records")
    ]


def times_view(result: TimeCheck, names: Mapping[str, str]) -> Group:
    """Draw the comparison for a reader at a terminal.

    Parameters
    ----------
    result : TimeCheck
    names : mapping of str to str
        Names of places by id.
    """
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim"
    )
    for head in ("From", "To"):
        table.add_column(head, no_wrap=True)
    for head in ("Hours", "Published", "Δ h", "%"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Verdict", overflow="fold")
    for row in result.rows.to_dict("records"):
        known = not math.isnan(row["difference_h"])
        verdict = Text(row["verdict"], style=_STYLES.get(row["verdict"], "bold red"))
        if row["excuse"]:
            verdict.append(f": {row['excuse']}", style="dim")
        table.add_row(
            *(Text(short_name(names.get(row[end], row[end]))) for end in ("from", "to")),
            number(row["computed_h"], 1) if known else "–",
            number(row["published_h"], 1),
            f"{row['difference_h']:+.1f}" if known else "–",
            f"{100 * row['difference_share']:+.1f}" if known else "–",
            verdict,
        )
    summary = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items())
    word = Text("ok" if result.ok else "FAILED", style="bold green" if result.ok else "bold red")
    rule = (
        "within 25 % or 3 h of the published time, whichever is more; rests on it: the speed was "
        "taken from this time"
    )
    return Group(table, Text(""), Text.assemble(word, f": {summary} ({rule})"))


def _computed(study: Study, row: Row, categories: Mapping[str, str]) -> tuple[float, float]:
    """Add up the hours that a published time counts, and the km of the way; NaN if none leads."""
    counted = set(ids_of(row["counts"]))
    try:
        route = study.route(
            str(row["from_place"]), str(row["to_place"]), via=ids_of(row["via"]), modes=["rail"]
        )
    except NoRouteError:
        return math.nan, math.nan
    hours = [
        charge.hours
        for charge in route.charges.charges
        if categories.get(charge.item_id) in counted and not charge.item_id.startswith("run-road")
    ]
    return math.fsum(hours), route.distance_km


def _compared(row: Row, hours: float, km: float) -> Row:
    """Set a published time beside the computed one."""
    published, excuse = float(row["hours"]), text_of(row["excuse"])
    return {
        "time_id": row["time_id"],
        "from": row["from_place"],
        "to": row["to_place"],
        "scenario": row["scenario"],
        "km": km,
        "computed_h": hours,
        "published_h": published,
        "difference_h": hours - published,
        "difference_share": (hours - published) / published,
        "tolerance_h": max(TIME_TOLERANCE * published, TIME_TOLERANCE_H),
        "role": row["role"],
        "verdict": judge(hours, published, excuse, calibrates=row["role"] == "calibrates"),
        "excuse": excuse,
        "source": row["source_ids"],
    }
