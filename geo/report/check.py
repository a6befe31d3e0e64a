"""Lengths of the network's lines beside the published ones: a check that can fail.

The published figures steer nothing: lengths come from the geometry of the track alone.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.atlas import text_of
from geo.report.wording import split_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Group

__all__ = [
    "RESULT_COLUMNS",
    "CheckResult",
    "LineLength",
    "check_lengths",
    "check_records",
    "check_view",
    "compare",
    "line_length",
]

RELATIVE_TOLERANCE = 0.03
ABSOLUTE_TOLERANCE_KM = 2.0
DRAWN_SHARE = 0.10
"""A length of which no more than this was drawn by hand is judged; its share is told."""

RESULT_COLUMNS = (
    "check_id",
    "from",
    "to",
    "computed_km",
    "published_km",
    "difference_km",
    "difference_share",
    "tolerance_km",
    "drawn_share",
    "kind",
    "verdict",
    "excuse",
    "source",
)
_KINDS = ("schematic", "curated", "track")
_FAILING = ("out", "excuse no longer needed", "no way")


@dataclass(frozen=True)
class LineLength:
    """A length computed between two places along lines.

    Attributes
    ----------
    km : float
        Kilometres; NaN when not every part has track.
    kind : str
        ``track``, ``curated``, ``schematic`` (hand-drawn somewhere) or ``no track``.
    drawn_km : float
        Kilometres of it that were drawn by hand.
    """

    km: float
    kind: str
    drawn_km: float = 0.0

    @property
    def drawn_share(self) -> float:
        """Part of the length that was drawn by hand, 0 to 1."""
        return self.drawn_km / self.km if self.km > 0 else 0.0


@dataclass(frozen=True)
class CheckResult:
    """The compared lengths, row by row.

    Attributes
    ----------
    rows : pandas.DataFrame
        With the columns of `RESULT_COLUMNS`.
    """

    rows: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether no row is out and no excuse has become idle."""
        return not self.rows["verdict"].isin(_FAILING).any()

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by verdict."""
        counts = self.rows["verdict"].value_counts()
        return {str(verdict): int(counts[verdict]) for verdict in sorted(counts.index)}

    @property
    def median_error(self) -> float:
        """Median of the differences as shares, without sign, of all rows judged; NaN if none."""
        judged = self.rows.loc[self.rows["verdict"] != "not judged", "difference_share"]
        return float(judged.abs().median())


def check_lengths(
    published: pd.DataFrame, line_stations: pd.DataFrame, parts: pd.DataFrame
) -> CheckResult:
    """Compute every published length from the track and compare.

    Parameters
    ----------
    published : pandas.DataFrame
        The table `published_lengths`: check_id, from_place, to_place, line_ids, length_km (km),
        source_ids, excuse.
    line_stations : pandas.DataFrame
        Lines as ordered stations: line_id, order, place_id.
    parts : pandas.DataFrame
        The layer `line_parts`: line_id, part_order, length_km and drawn_km (km), kind.

    Returns
    -------
    CheckResult
        One row a published length.
    """
    lengths = _parts(parts)
    rows = []
    for row in published.to_dict("records"):
        length = _shortest(
            _links(line_stations, lengths, split_ids(row["line_ids"])),
            str(row["from_place"]),
            str(row["to_place"]),
        )
        rows.append(
            {
                "check_id": row["check_id"],
                "from": row["from_place"],
                "to": row["to_place"],
                "computed_km": length.km,
                "published_km": row["length_km"],
                "source": row["source_ids"],
                "excuse": "" if pd.isna(row["excuse"]) else row["excuse"],
                "kind": length.kind,
                "drawn_share": length.drawn_share,
                "fault": text_of(row.get("fault")),
            }
        )
    return compare(pd.DataFrame(rows, columns=_INPUT_COLUMNS))


_INPUT_COLUMNS = [
    "check_id",
    "from",
    "to",
    "computed_km",
    "published_km",
    "source",
    "excuse",
    "kind",
    "drawn_share",
    "fault",
]


def compare(
    lengths: pd.DataFrame,
    *,
    relative: float = RELATIVE_TOLERANCE,
    absolute_km: float = ABSOLUTE_TOLERANCE_KM,
) -> CheckResult:
    """Judge computed lengths by published ones.

    Parameters
    ----------
    lengths : pandas.DataFrame
        Columns check_id, from, to, computed_km, published_km (km), source, excuse, kind, and
        drawn_share and fault if known. A row of which more than a tenth was drawn by hand, or
        that has no computed length, is not judged.
    relative : float, default 0.03
        Tolerance as a share of the published length.
    absolute_km : float, default 2.0
        Tolerance in km; the larger of the two counts.

    Returns
    -------
    CheckResult
        The same rows with difference and verdict: ``agrees``, ``out``, ``excused``,
        ``excused: source`` (the railway source draws the track smoothed or straight, so that no
        other alignment can be had), ``excuse no longer needed`` or ``not judged``.
    """
    rows = lengths.copy()
    rows["difference_km"] = rows["computed_km"] - rows["published_km"]
    rows["difference_share"] = rows["difference_km"] / rows["published_km"]
    rows["tolerance_km"] = (relative * rows["published_km"]).clip(lower=absolute_km)
    if "drawn_share" not in rows:
        rows["drawn_share"] = (rows["kind"] != "track").astype("float64")
    judged = (rows["drawn_share"] <= DRAWN_SHARE) & rows["computed_km"].notna()
    inside = rows["difference_km"].abs() <= rows["tolerance_km"]
    excused = rows["excuse"].fillna("").str.strip() != ""
    rows["verdict"] = [
        _verdict(judged=j, inside=i, excused=e)
        for j, i, e in zip(judged, inside, excused, strict=True)
    ]
    if "fault" in rows:
        of_source = (rows["verdict"] == "excused") & (rows["fault"] == "source")
        rows.loc[of_source, "verdict"] = "excused: source"
    return CheckResult(rows.loc[:, list(RESULT_COLUMNS)])


def line_length(
    parts: pd.DataFrame,
    line_stations: pd.DataFrame,
    *,
    from_place: str,
    to_place: str,
    line_ids: Iterable[str],
) -> LineLength:
    """Add up the track between two places along lines.

    Parameters
    ----------
    parts : pandas.DataFrame
        The track: line_id, part_order (the order of the station at the end of the part),
        length_km (km), kind, and drawn_km (km); without it a part is drawn whole or not at all.
    line_stations : pandas.DataFrame
        Lines as ordered stations: line_id, order, place_id.
    from_place, to_place : str
        Ids of places that are stations of these lines.
    line_ids : iterable of str
        The lines that may be used; they chain through the stations they share.

    Returns
    -------
    LineLength
        The length and what it is made of.
    """
    return _shortest(_links(line_stations, _parts(parts), tuple(line_ids)), from_place, to_place)


def check_records(result: CheckResult) -> list[dict[str, object]]:
    """Turn the comparison into plain rows, a missing number as None.

    Parameters
    ----------
    result
        The compared lengths.

    Returns
    -------
    list of dict
        One a published length, numbers rounded to the metre.
    """
    return [
        {str(key): _plain(value) for key, value in row.items()}
        for row in result.rows.to_dict("records")
    ]


def check_view(result: CheckResult, names: Mapping[str, str] | None = None) -> Group:
    """Draw the comparison for a reader at a terminal.

    Parameters
    ----------
    result : CheckResult
        The compared lengths.
    names : mapping of str to str, optional
        Names of places by id.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from geo.report.check_view import check_table, excuse_marks

    summary = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items())
    word = Text("ok" if result.ok else "FAILED", style="bold green" if result.ok else "bold red")
    excuses = [
        Padding(Text(f"[{mark}] {excuse}", style="dim"), (0, 0, 0, 1))
        for excuse, mark in excuse_marks(result.rows).items()
    ]
    rule = (
        "within 3 % or 2 km of the published length, whichever is more; judged where at most "
        "a tenth was drawn by hand"
    )
    median = f"median error {100 * result.median_error:.1f} %"
    return Group(
        check_table(result.rows, names or {}),
        *excuses,
        Text(""),
        Text.assemble(word, f": {summary}; {median} ({rule})"),
    )


def _plain(value: object) -> object:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 3)
    return value


def _verdict(*, judged: bool, inside: bool, excused: bool) -> str:
    if not judged:
        return "not judged"
    if inside:
        return "excuse no longer needed" if excused else "agrees"
    return "excused" if excused else "out"


_Parts = dict[tuple[str, int], LineLength]
_Links = dict[str, list[tuple[str, LineLength]]]


def _parts(edges: pd.DataFrame) -> _Parts:
    """Sum the pieces of each part of each line."""
    on_line = edges.loc[(edges["part_order"] > 0) & (edges["line_id"].fillna("") != "")]
    parts: _Parts = {}
    whole = on_line["length_km"].where(on_line["kind"] != "track", 0.0)
    drawn = on_line.get("drawn_km", whole)
    columns = ["line_id", "part_order", "length_km", "kind"]
    for (line_id, order, km, kind), by_hand in zip(
        on_line[columns].itertuples(index=False), drawn, strict=True
    ):
        before = parts.get((line_id, order), LineLength(0.0, "track"))
        parts[line_id, order] = LineLength(
            before.km + km, _weaker(before.kind, kind), before.drawn_km + by_hand
        )
    return parts


def _links(line_stations: pd.DataFrame, parts: _Parts, line_ids: tuple[str, ...]) -> _Links:
    """Join neighbouring stations of the lines by the length of the part between them."""
    links: _Links = {}
    missing = LineLength(math.nan, "no track")
    for line_id in line_ids:
        stations = line_stations.loc[line_stations["line_id"] == line_id].sort_values("order")
        places = [str(place) for place in stations["place_id"]]
        orders = [int(order) for order in stations["order"]]
        for before, place, order in zip(places, places[1:], orders[1:], strict=False):
            part = parts.get((line_id, order), missing)
            links.setdefault(before, []).append((place, part))
            links.setdefault(place, []).append((before, part))
    return links


def _shortest(links: _Links, start: str, goal: str) -> LineLength:
    """Walk from start to goal; parts without track are taken only if nothing else leads there."""
    queue = [(0, 0.0, start, frozenset({"track"}), 0.0)]
    done: set[str] = set()
    while queue:
        lacking, km, place, kinds, drawn_km = heapq.heappop(queue)
        if place == goal:
            return _walked(lacking, km, kinds, drawn_km)
        if place in done:
            continue
        done.add(place)
        for neighbour, part in links.get(place, ()):
            lost = part.kind == "no track"
            step = (lacking + lost, km + (0.0 if lost else part.km), neighbour, kinds | {part.kind})
            heapq.heappush(queue, (*step, drawn_km + part.drawn_km))
    return LineLength(math.nan, "no track")


def _walked(lacking: int, km: float, kinds: frozenset[str], drawn_km: float) -> LineLength:
    if lacking:
        return LineLength(math.nan, "no track")
    return LineLength(km, next(kind for kind in _KINDS if kind in kinds), drawn_km)


def _weaker(one: str, other: str) -> str:
    """Name the kind of a whole: hand-drawn somewhere, curated somewhere, or track throughout."""
    return next((kind for kind in _KINDS if kind in {one, other}), "track")
