"""Threads: one share of the work for each core that this process may use.

Kernels let other threads run, so plain threads keep every core busy, and a fork finds none.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["cores", "runs", "spread"]

_Share = TypeVar("_Share")
_Result = TypeVar("_Result")


def cores(threads: int | None = None) -> int:
    """Return how many threads to use: as many as asked for, or one for each core.

    Raises
    ------
    UsageError
        If fewer than one is asked for.
    """
    if threads is None:
        can_tell = hasattr(os, "sched_getaffinity")
        return len(os.sched_getaffinity(0)) if can_tell else os.cpu_count() or 1
    if threads < 1:
        message = f"the work needs at least one thread, not {threads}"
        raise UsageError(message)
    return threads


def runs(size: int, threads: int, *, least: int = 1) -> list[slice]:
    """Cut 0 to size into even runs, at most one for each thread; always one at the least.

    Parameters
    ----------
    size
        How many there are to do.
    threads
        How many threads there are.
    least
        How many make it worth while to begin a thread.
    """
    parts = max(1, min(threads, size // least))
    cuts = [size * part // parts for part in range(parts + 1)]
    return [slice(begin, end) for begin, end in pairwise(cuts)]


def spread(work: Callable[[_Share], _Result], shares: Sequence[_Share]) -> list[_Result]:
    """Do each share of the work in a thread of its own; return the results in their order.

    A single share is done here and now. The threads end with the call, so nothing is left that a
    fork could break.
    """
    if len(shares) <= 1:
        return [work(share) for share in shares]
    with ThreadPoolExecutor(len(shares)) as pool:
        return list(pool.map(work, shares))
