"""Workers that die in the middle: a process of this machine, and one of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from distributed import LocalCluster

from geo.analysis.sweep import Sweep, sweep
from geo.analysis.workers import run_blocks
from geo.errors import GeoError, UsageError
from tests.small import small_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DRAWS = 512 * 6


def hashes(found: Sweep) -> dict[str, str]:
    return {one["path"]: one["hash"] for one in found.manifest["resources"]}


def swept(root: Path, name: str, **options: Any) -> Sweep:
    study = small_study(root / "atlas")
    return sweep([study], ["alpha"], ["delta", "isle"], folder=root / name, draws=DRAWS, **options)


def killing(pids: Callable[[], list[int]], killed: list[int]) -> Callable[[int, int], None]:
    """Return a progress that kills one worker as soon as a block is done."""

    def progress(blocks: int, _: int) -> None:
        if blocks >= 1 and not killed:
            killed.append(pids()[0])
            os.kill(killed[0], signal.SIGKILL)

    return progress


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    truth = swept(tmp_path, "truth", workers=1)
    killed: list[int] = []

    def pids() -> list[int]:
        return [int(child.pid or 0) for child in multiprocessing.active_children()]

    found = swept(tmp_path, "killed", workers=2, progress=killing(pids, killed))
    assert killed
    assert hashes(found) == hashes(truth)


# Dask's own threads and sockets are closed late.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_killed_worker_of_a_cluster_loses_nothing(tmp_path: Path) -> None:
    truth = swept(tmp_path, "truth", workers=1)
    killed: list[int] = []
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:

        def pids() -> list[int]:
            return [worker.pid for worker in cluster.workers.values()]

        address = cluster.scheduler_address
        found = swept(tmp_path, "killed", scheduler=address, progress=killing(pids, killed))
    assert killed
    assert hashes(found) == hashes(truth)


def test_a_block_that_always_kills_is_given_up() -> None:
    with pytest.raises(GeoError, match="the workers died 3 times"):
        list(run_blocks(_dies, 0, [1, 2], workers=2))


def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.analysis.workers._ANSWER_S", "0.5s")
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        list(run_blocks(_dies, 0, [1], scheduler="tcp://127.0.0.1:9"))


def _dies(_: int, __: int) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""
