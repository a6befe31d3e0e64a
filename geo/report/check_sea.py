"""Sailing distances of the network beside published ones, within a tolerance of their own.

A distance that nobody was found to have published is listed too, so that it is not forgotten.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.atlas import ids_of, text_of
from geo.report.wording import number, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Group

__all__ = ["SEA_TOLERANCE", "SeaCheck", "check_sea", "sea_records", "sea_view"]

SEA_TOLERANCE = 0.05
_FAILING = ("out", "excuse no longer needed", "no way")
_STYLES = {"agrees": "green", "excused": "yellow", "no source": "dim"}

Row = dict[Any, Any]


@dataclass(frozen=True)
class SeaCheck:
    """The compared distances, row by row.

    Attributes
    ----------
    rows : pandas.DataFrame
        check_id, from, to, computed_km, published_km, difference_km, difference_share,
        tolerance_share, verdict, excuse, source.
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


def check_sea(published: pd.DataFrame, lanes: pd.DataFrame) -> SeaCheck:
    """Compare the lanes of the sea with published sailing distances.

    Parameters
    ----------
    published : pandas.DataFrame
        The table `published_sea_lengths`.
    lanes : pandas.DataFrame
        The layer `sea_lanes`.

    Returns
    -------
    SeaCheck
        Verdicts: ``agrees`` (within 5 %), ``out``, ``excused``, ``excuse no longer needed``,
        ``no source`` (nobody published it), ``no way`` (no lane leads there by those passages).
    """
    return SeaCheck(pd.DataFrame([_compared(row, lanes) for row in published.to_dict("records")]))


def sea_records(result: SeaCheck) -> list[dict[str, object]]:
    """Turn the comparison into plain rows, a missing number as None."""
    return [
        {str(key): None if value != value else value for key, value in row.items()}  # noqa: PLR0124
        for row in result.rows.to_dict("records")
    ]


def sea_view(result: SeaCheck, names: Mapping[str, str]) -> Group:
    """Draw the comparison for a reader at a terminal.

    Parameters
    ----------
    result : SeaCheck
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
    for head in ("Sailing km", "Published", "Δ km", "%"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("Verdict", overflow="fold")
    for row in result.rows.to_dict("records"):
        known = not math.isnan(row["difference_km"])
        verdict = Text(row["verdict"], style=_STYLES.get(row["verdict"], "bold red"))
        if row["excuse"]:
            verdict.append(f": {row['excuse']}", style="dim")
        table.add_row(
            *(Text(short_name(names.get(row[end], row[end]))) for end in ("from", "to")),
            number(row["computed_km"], 1),
            number(row["published_km"], 1) if known else "–",
            f"{row['difference_km']:+.1f}" if known else "–",
            f"{100 * row['difference_share']:+.1f}" if known else "–",
            verdict,
        )
    summary = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items())
    word = Text("ok" if result.ok else "FAILED", style="bold green" if result.ok else "bold red")
    rule = f"by sea, within {SEA_TOLERANCE:.0%} of the published distance".replace("%", " %")
    return Group(table, Text.assemble(word, f": {summary} ({rule})"))


def _compared(row: Row, lanes: pd.DataFrame) -> dict[str, object]:
    """Compare one distance."""
    computed = _sailing_km(row, lanes)
    published = float(row["length_km"])
    difference = computed - published
    excuse = text_of(row["excuse"])
    return {
        "check_id": str(row["check_id"]),
        "from": str(row["from_port"]),
        "to": str(row["to_port"]),
        "computed_km": round(computed, 3),
        "published_km": published,
        "difference_km": round(difference, 3),
        "difference_share": difference / published,
        "tolerance_share": SEA_TOLERANCE,
        "verdict": _verdict(computed, published, excused=bool(excuse)),
        "excuse": excuse,
        "source": ";".join(ids_of(row["source_ids"])),
    }


def _sailing_km(row: Row, lanes: pd.DataFrame) -> float:
    """Return the shortest lane by the passages that the row names and round those it shuns."""
    ends = sorted((str(row["from_port"]), str(row["to_port"])))
    between = lanes[(lanes["port_a"] == ends[0]) & (lanes["port_b"] == ends[1])]
    through, around = set(ids_of(row["passages"])), set(ids_of(row["around"]))
    usable = [
        float(km)
        for km, passages in zip(between["length_km"], between["passages"], strict=True)
        if through <= set(ids_of(passages)) and around.isdisjoint(ids_of(passages))
    ]
    return min(usable, default=math.nan)


def _verdict(computed: float, published: float, *, excused: bool) -> str:
    if math.isnan(computed):
        return "no way"
    if math.isnan(published):
        return "no source"
    if abs(computed - published) <= SEA_TOLERANCE * published:
        return "excuse no longer needed" if excused else "agrees"
    return "excused" if excused else "out"
