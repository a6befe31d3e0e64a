"""Threads: the work is cut evenly, done once, and leaves nothing that a fork could break."""

from __future__ import annotations

import multiprocessing
import sys
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.routing import Graph, Hierarchy, costs_batch
from geo.routing.threads import cores, runs, spread


@given(st.integers(0, 50), st.integers(1, 8), st.integers(1, 10))
def test_runs_cover_all_once(size: int, threads: int, least: int) -> None:
    cut = runs(size, threads, least=least)
    assert [at for run in cut for at in range(run.start, run.stop)] == list(range(size))
    assert 1 <= len(cut) <= threads
    lengths = [run.stop - run.start for run in cut]
    assert max(lengths) - min(lengths) <= 1
    assert len(cut) == 1 or min(lengths) >= least


def test_as_many_threads_as_asked_for() -> None:
    assert cores(3) == 3
    assert cores() >= 1
    with pytest.raises(UsageError, match="at least one thread, not 0"):
        cores(0)


def test_results_come_in_order_and_errors_come_out() -> None:
    assert spread(lambda share: share * 2, [1, 2, 3]) == [2, 4, 6]

    def fail(share: int) -> int:
        if share == 2:
            message = "share 2"
            raise ValueError(message)
        return share

    with pytest.raises(ValueError, match="share 2"):
        spread(fail, [1, 2, 3])


def table() -> list[float]:
    """Use every core in this process."""
    ring = np.arange(100)
    hierarchy = Hierarchy.of(Graph(100, ring, (ring + 1) % 100))
    costs = costs_batch(hierarchy, np.ones((20, 100)), [0], [99], threads=2)
    answers: list[float] = costs.ravel().tolist()
    return answers


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_started_after_threads_ran_gets_its_answers(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        method = "spawn"
    before = threading.active_count()
    assert table() == [99.0] * 20
    assert threading.active_count() == before
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply_async(table).get(timeout=120) == [99.0] * 20


def test_numba_brings_no_threads_of_its_own() -> None:
    table()
    layers = ("numba.np.ufunc.omppool", "numba.np.ufunc.tbbpool", "numba.np.ufunc.workqueue")
    assert not [layer for layer in layers if layer in sys.modules]
