"""Workers: blocks computed by processes of this machine, or by a Dask cluster, and given back.

A worker that dies loses nothing: what it was at is computed again, to the same bytes.
"""

from __future__ import annotations

import pickle
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from geo.errors import GeoError, MissingExtraError, UsageError
from geo.routing.threads import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["run_blocks"]

_Problem = TypeVar("_Problem")
_Task = TypeVar("_Task")

_DEATHS: Final = 3
"""So many times in a row may all of a machine's workers be lost without a block done."""

_ANSWER_S: Final = "20s"
"""A scheduler that has not answered after so long is not there."""


def run_blocks(
    compute: Callable[[_Problem, _Task], bytes],
    problem: _Problem,
    tasks: Sequence[_Task],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[tuple[_Task, bytes]]:
    """Compute blocks, and yield each as it is done, in whatever order.

    Parameters
    ----------
    compute
        A function of a module, of the problem and one task alone.
    problem
        Travels to each worker once, by pickle.
    tasks
        The blocks.
    workers
        Processes of this machine; by default one for each core. One is this process itself.
    scheduler
        Address of a Dask scheduler, e.g. ``tcp://host:8786``, whose workers do the work instead;
        each has Crescent installed.

    Yields
    ------
    tuple of task and bytes

    Raises
    ------
    UsageError
        If there is no worker to be, or no scheduler at the address.
    MissingExtraError
        If Dask is asked for and not installed.
    GeoError
        If workers die again and again.
    """
    if scheduler is not None:
        yield from _by_cluster(compute, problem, tasks, scheduler)
        return
    count = min(cores(workers), max(1, len(tasks)))
    if count == 1:
        for task in tasks:
            yield task, compute(problem, task)
        return
    yield from _by_processes(compute, problem, tasks, count)


def _by_processes(
    compute: Callable[[_Problem, _Task], bytes],
    problem: _Problem,
    tasks: Sequence[_Task],
    count: int,
) -> Iterator[tuple[_Task, bytes]]:
    """Compute blocks by processes that are started anew, so that no thread is forked."""
    with tempfile.TemporaryDirectory(prefix="crescent-") as folder:
        path = Path(folder) / "problem"
        path.write_bytes(_packed(problem))
        left, deaths = dict.fromkeys(tasks), 0
        while left:
            done = 0
            with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
                waiting = {pool.submit(_from_file, compute, str(path), task): task for task in left}
                try:
                    for future in as_completed(list(waiting)):
                        task = waiting.pop(future)
                        content = future.result()
                        del left[task]
                        done += 1
                        yield task, content
                except BrokenProcessPool as error:
                    deaths = 1 if done else deaths + 1
                    if deaths == _DEATHS:
                        msg = f"the workers died {deaths} times; is there memory for {count}?"
                        raise GeoError(msg) from error
                finally:
                    for future in waiting:
                        future.cancel()


def _by_cluster(
    compute: Callable[[_Problem, _Task], bytes],
    problem: _Problem,
    tasks: Sequence[_Task],
    address: str,
) -> Iterator[tuple[_Task, bytes]]:
    """Compute blocks on a cluster; the scheduler gives the blocks of a lost worker to another."""
    try:
        from distributed import Client, KilledWorker
        from distributed import as_completed as as_computed
    except ImportError as error:
        msg = "a Dask scheduler needs the extra `cluster`: pip install 'crescent[cluster]'"
        raise MissingExtraError(msg) from error
    try:
        client = Client(address, timeout=_ANSWER_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        msg = f"no Dask scheduler answers at {address}: {error}"
        raise UsageError(msg) from error
    with client:
        # As a task and not as data: should its only holder die, it is made again.
        shared = client.submit(_unpacked, _packed(problem), pure=True)
        waiting = {client.submit(compute, shared, task, pure=False): task for task in tasks}
        try:
            for future in as_computed(list(waiting), loop=client.loop):  # type: ignore[no-untyped-call]
                content: bytes = future.result()
                yield waiting.pop(future), content
                future.release()
        except KilledWorker as error:
            msg = f"workers died again and again at one block: {error}"
            raise GeoError(msg) from error
        finally:
            client.cancel(list(waiting), force=True)  # type: ignore[no-untyped-call]


def _packed(problem: object) -> bytes:
    return zlib.compress(pickle.dumps(problem, protocol=5), level=1)


def _unpacked(content: bytes) -> object:
    # What travels is our own, from the process that asks to those that it asked.
    return pickle.loads(zlib.decompress(content))  # noqa: S301


@lru_cache(maxsize=1)
def _read(path: str) -> object:
    """Return the problem of this worker, read once."""
    return _unpacked(Path(path).read_bytes())


def _from_file(compute: Callable[[_Problem, _Task], bytes], path: str, task: _Task) -> bytes:
    problem: _Problem = _read(path)  # type: ignore[assignment]  # as it was packed
    return compute(problem, task)
