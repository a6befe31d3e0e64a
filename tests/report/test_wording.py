"""Numbers and words as a reader meets them."""

from __future__ import annotations

import math

import pytest

from geo.report.wording import (
    duration,
    is_indicative,
    money,
    number,
    percent,
    span,
    split_ids,
    status_words,
)

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "text"),
    [(12023.73, f"12{THIN}024"), (0.2, "0"), (-0.4, "0"), (math.nan, "–"), (None, "–")],
)
def test_money_has_no_decimals_and_thin_thousands(value: float | None, text: str) -> None:
    assert money(value) == text


def test_indicative_money_bears_a_mark_and_absent_money_none() -> None:
    assert money(7410.0, indicative=True) == f"≈{THIN}7{THIN}410"
    assert money(math.nan, indicative=True) == "–"


def test_negative_numbers_keep_their_sign() -> None:
    assert number(-1234.5, 1) == f"-1{THIN}234.5"


@pytest.mark.parametrize(
    ("hours", "text"),
    [(9.44, "9.4 h"), (41.2, "41 h"), (71.9, "72 h"), (72.0, "3.0 d"), (390.0, "16.2 d")],
)
def test_long_times_are_told_in_days(hours: float, text: str) -> None:
    assert duration(hours) == text


def test_a_range_needs_both_ends() -> None:
    assert span(100.0, 2500.0) == f"100–2{THIN}500"
    assert span(100.0, math.nan) == "–"


@pytest.mark.parametrize(("share", "marked"), [(0.2, False), (0.2001, True), (None, False)])
def test_above_a_fifth_of_assumptions_a_total_is_indicative(
    share: float | None, *, marked: bool
) -> None:
    assert is_indicative(share) == marked


def test_percent() -> None:
    assert percent(0.336) == "34 %"


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("a;b", ("a", "b")),
        ("sea+rail", ("sea", "rail")),
        (["x", "y"], ("x", "y")),
        ("", ()),
        (math.nan, ()),
        (None, ()),
    ],
)
def test_ids_are_parted(cell: object, ids: tuple[str, ...]) -> None:
    assert split_ids(cell) == ids


def test_the_law_is_named_only_where_it_forbids() -> None:
    assert status_words("open", "permitted") == "open"
    assert status_words("open", "restricted") == "open, law: restricted"
