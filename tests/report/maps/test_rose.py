"""The rose of bearings: its arcs are the runs of sectors in which something lies."""

from __future__ import annotations

import re

import numpy as np
import pytest

from geo.report.maps.rose import rose, runs


def covered(*spans: tuple[int, int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Cover spans of a horizon of 3600 sectors, in tenths of a degree."""
    sectors = np.zeros(3600, dtype=np.bool_)
    for begin, end in spans:
        sectors[begin:end] = True
    return sectors


def test_runs_are_found_and_one_that_passes_north_is_whole() -> None:
    assert runs(covered((100, 900))) == [(10.0, 90.0)]
    ends = [end for run in runs(covered((0, 450), (900, 1800), (3150, 3600))) for end in run]
    assert ends == pytest.approx([90, 180, 315, 405])


def test_all_and_nothing_are_no_runs_of_their_own() -> None:
    assert runs(covered((0, 3600))) == [(0.0, 360.0)]
    assert runs(covered()) == []


def test_the_picture_has_an_arc_a_run_and_says_what_it_shows() -> None:
    svg = rose(covered((0, 900), (1800, 2700)), colour="#123456", words='a "b"')
    assert 'aria-label="a &quot;b&quot;"' in svg
    arcs = re.findall(r'<path d="M([\d.]+) ([\d.]+)A[^"]*" fill="#123456"/>', svg)
    # a quarter from north begins above the middle, one from south below it
    assert arcs == [("60.00", "14.00"), ("60.00", "106.00")]
