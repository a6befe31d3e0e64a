"""The check against published lengths: it can fail, and an excuse must stay needed."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geo.report.check import check_lengths, check_records, check_view, compare, line_length
from tests.fakes import FakeAtlas


def lengths(computed: float, published: float, excuse: str = "", kind: str = "track") -> object:
    """Compare one length."""
    frame = pd.DataFrame(
        [
            {
                "check_id": "a-b",
                "from": "a",
                "to": "b",
                "computed_km": computed,
                "published_km": published,
                "source": "book",
                "excuse": excuse,
                "kind": kind,
            }
        ]
    )
    result = compare(frame)
    return result.rows["verdict"].iloc[0], result.ok


@pytest.mark.parametrize(
    ("computed", "published", "excuse", "kind", "outcome"),
    [
        (1030.0, 1000.0, "", "track", ("agrees", True)),
        (1030.1, 1000.0, "", "track", ("out", False)),
        (969.0, 1000.0, "", "curated", ("not judged", True)),
        (11.9, 10.0, "", "track", ("agrees", True)),
        (12.1, 10.0, "", "track", ("out", False)),
        (12.1, 10.0, "another route", "track", ("excused", True)),
        (10.1, 10.0, "another route", "track", ("excuse no longer needed", False)),
        (50.0, 10.0, "", "schematic", ("not judged", True)),
        (math.nan, 10.0, "", "no track", ("not judged", True)),
    ],
)
def test_verdicts(
    computed: float, published: float, excuse: str, kind: str, outcome: tuple[str, bool]
) -> None:
    assert lengths(computed, published, excuse, kind) == outcome


def test_a_fault_of_the_source_is_counted_apart() -> None:
    frame = pd.DataFrame(
        {
            "check_id": ["bends", "other"],
            "from": "a",
            "to": "b",
            "computed_km": 90.0,
            "published_km": 100.0,
            "source": "s",
            "excuse": "why",
            "kind": "track",
            "fault": ["source", ""],
        }
    )
    result = compare(frame)
    assert result.counts == {"excused": 1, "excused: source": 1}
    assert result.ok


def chain() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two lines that share the station `b`."""
    edges = pd.DataFrame(
        [
            ("one", 2, 10.0, "track"),
            ("one", 2, 5.0, "track"),
            ("one", 3, 7.0, "schematic"),
            ("two", 2, 20.0, "curated"),
            ("", 0, 99.0, "track"),
        ],
        columns=["line_id", "part_order", "length_km", "kind"],
    )
    stations = pd.DataFrame(
        [("one", 1, "a"), ("one", 2, "b"), ("one", 3, "c"), ("two", 1, "b"), ("two", 2, "d")],
        columns=["line_id", "order", "place_id"],
    )
    return edges, stations


@pytest.mark.parametrize(
    ("ends", "lines", "km", "kind"),
    [
        (("a", "b"), ("one",), 15.0, "track"),
        (("b", "a"), ("one",), 15.0, "track"),
        (("a", "d"), ("one", "two"), 35.0, "curated"),
        (("a", "c"), ("one",), 22.0, "schematic"),
        (("a", "d"), ("one",), math.nan, "no track"),
        (("a", "elsewhere"), ("one", "two"), math.nan, "no track"),
    ],
)
def test_a_length_is_the_sum_of_parts_and_lines_chain(
    ends: tuple[str, str], lines: tuple[str, ...], km: float, kind: str
) -> None:
    edges, stations = chain()
    length = line_length(edges, stations, from_place=ends[0], to_place=ends[1], line_ids=lines)
    assert length.km == pytest.approx(km, nan_ok=True)
    assert length.kind == kind


def test_a_part_without_track_is_not_jumped() -> None:
    edges, stations = chain()
    edges = edges[edges["line_id"] != "two"]
    length = line_length(edges, stations, from_place="a", to_place="d", line_ids=("one", "two"))
    assert math.isnan(length.km)


def test_the_published_table_is_compared_row_by_row() -> None:
    atlas = FakeAtlas()
    published = pd.DataFrame(
        [
            ("busan-gaesong", "busan", "gaesong", "gyeongui", 101.0, "book", None),
            ("gaesong-moscow", "gaesong", "moscow", "gyeongui", 6000.0, "book", ""),
            ("too-long", "busan", "gaesong", "gyeongui", 150.0, "book", ""),
        ],
        columns=[
            *("check_id", "from_place", "to_place", "line_ids", "length_km"),
            *("source_ids", "excuse"),
        ],
    )
    result = check_lengths(published, atlas.line_stations, atlas.rail_edges)
    assert list(result.rows["verdict"]) == ["agrees", "not judged", "out"]
    assert not result.ok
    assert result.counts == {"agrees": 1, "not judged": 1, "out": 1}
    assert check_records(result)[0]["difference_km"] == -1.0
    assert check_view(result).renderables


@pytest.mark.parametrize(("drawn", "verdict"), [(10.0, "agrees"), (10.1, "not judged")])
def test_a_length_is_judged_while_a_tenth_of_it_is_drawn_by_hand(
    drawn: float, verdict: str
) -> None:
    parts = pd.DataFrame(
        [("one", 2, 100.0, drawn, "curated")],
        columns=["line_id", "part_order", "length_km", "drawn_km", "kind"],
    )
    _, stations = chain()
    published = pd.DataFrame(
        [("a-b", "a", "b", "one", 101.0, "book", "")],
        columns=[
            *("check_id", "from_place", "to_place", "line_ids", "length_km"),
            *("source_ids", "excuse"),
        ],
    )
    result = check_lengths(published, stations, parts)
    assert result.rows["verdict"].iloc[0] == verdict
    assert result.rows["drawn_share"].iloc[0] == pytest.approx(drawn / 100)


def test_the_median_error_is_of_the_rows_that_are_judged() -> None:
    frame = pd.DataFrame(
        [(99.0, 100.0, "track"), (102.0, 100.0, "track"), (50.0, 100.0, "schematic")],
        columns=["computed_km", "published_km", "kind"],
    ).assign(check_id="x", excuse="", source="book", **{"from": "a", "to": "b"})
    assert compare(frame).median_error == pytest.approx(0.015)
