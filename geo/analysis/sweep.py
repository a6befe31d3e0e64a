"""The sweep: states of the world times draws times pairs, with the route chosen anew in each.

Partitioned by state of the world and block of draws; every block is a function of its number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.analysis.draws import BLOCK, Sampling, block_count, block_size, random_block
from geo.analysis.pairs import Pairs
from geo.analysis.path_pool import choose
from geo.analysis.sweep_files import (
    Task,
    block_file,
    is_done,
    manifest_of,
    read_manifest,
    resource,
)
from geo.analysis.sweep_problem import Problem
from geo.analysis.sweep_summary import ranks_and_summary
from geo.analysis.workers import run_blocks
from geo.files import whole_file, write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.study import Study

__all__ = ["Sweep", "compute_block", "read_sweep", "sweep"]


@dataclass(frozen=True, eq=False)
class Sweep:
    """A finished sweep.

    Attributes
    ----------
    folder : Path
    manifest : dict
        Seed, parameters, and files with their SHA-256.
    summary : DataFrame
        A row for each state of the world, way and pair: see `geo.analysis.sweep_summary`.
    ranks : DataFrame
        A row for each alternative of a pair: how often it comes first, and its mean rank.
    kept : int
        Blocks that were there already.
    """

    folder: Path
    manifest: dict[str, Any]
    summary: pd.DataFrame
    ranks: pd.DataFrame
    kept: int = 0


def sweep(  # noqa: PLR0913 - a sweep has as many choices
    studies: Sequence[Study],
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    folder: str | Path,
    corridors: Sequence[str] = ("best",),
    modes: Sequence[str] | None = None,
    draws: int = 1024,
    seed: int = 1,
    sampling: Sampling | str = Sampling.latin,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Draw rates, choose every route anew in every draw, and write what it costs.

    Parameters
    ----------
    studies : sequence of Study
        One a state of the world, of one network, load and objective (`Study.at`).
    origins, destinations : sequence of str
        Any names of places.
    folder : str or Path
        Where the files go. Blocks of the same sweep that are there already are kept.
    corridors : sequence of str
        Ways to go; ``best`` leaves the way open. The named ones compete for each pair.
    modes : sequence of str, optional
        Of rail, sea and road; by default those of the corridor, rail and sea on the open way.
    draws : int
        How many; more draws later go on from those that are there.
    seed : int
        The same seed gives the same bytes, whatever the workers.
    sampling : Sampling or str
        `plain`, `latin` (within each block) or `sobol`.
    workers : int, optional
        Processes of this machine; by default one for each core.
    scheduler : str, optional
        Address of a Dask scheduler whose workers are used instead.
    progress : callable, optional
        Called with (blocks done, all blocks).

    Returns
    -------
    Sweep

    Raises
    ------
    DataError
        If a rate is missing, or a range is no distribution.
    OutputError
        If the folder cannot be written to, or holds another sweep.
    UsageError, UnknownNameError
        If there is nothing to draw, or a name is unknown.
    """
    sampling = Sampling(sampling)
    root = Path(folder)
    pairs = Pairs.of(studies[0], origins, destinations)
    problem = Problem.of(studies, pairs, corridors=corridors, modes=modes)
    tasks = _tasks(problem, draws, seed, sampling)
    left = [task for task in tasks if not is_done(root, task)]
    if progress is not None:
        progress(len(tasks) - len(left), len(tasks))
    done = run_blocks(compute_block, problem, left, workers=workers, scheduler=scheduler)
    for number, (task, content) in enumerate(done, start=len(tasks) - len(left) + 1):
        write_bytes(root / task.path, content)
        if progress is not None:
            progress(number, len(tasks))
    first = studies[0]
    parameters = {
        "draws": draws,
        "seed": seed,
        "sampling": sampling.value,
        "block": BLOCK,
        "goods": first.goods.goods_id,
        "time_value": first.time_value.method,
        "modes": list(modes) if modes else None,
    }
    return _finish(root, problem, tasks, parameters, len(tasks) - len(left))


def read_sweep(folder: str | Path) -> Sweep:
    """Read a finished sweep again.

    Raises
    ------
    MissingDataError
        If there is none in the folder.
    """
    root = Path(folder)
    manifest = read_manifest(root)
    summary, ranks = (pd.read_parquet(root / name) for name in _TABLES)
    return Sweep(root, manifest, summary, ranks)


_TABLES = ("summary.parquet", "ranks.parquet")


def compute_block(problem: Problem, task: Task) -> bytes:
    """Return the file of one block: a function of the problem and the task alone."""
    world = problem.worlds[task.world]
    variables = problem.variables
    numbers = random_block(
        Sampling(task.sampling), seed=task.seed, block=task.block, variables=len(variables)
    )
    drawn = world.unknowns.drawn(numbers[: task.size], variables)
    chosen = {way.corridor_id: choose(problem, way, drawn) for way in world.ways}
    return block_file(problem, task, chosen)


def _tasks(problem: Problem, draws: int, seed: int, sampling: Sampling) -> list[Task]:
    """List the blocks, scenario after scenario."""
    return [
        Task(
            problem.digest,
            world,
            one.scenario_id,
            seed,
            sampling.value,
            block,
            block_size(draws, block),
            block * BLOCK,
        )
        for world, one in enumerate(problem.worlds)
        for block in range(block_count(draws))
    ]


def _finish(
    root: Path, problem: Problem, tasks: list[Task], parameters: dict[str, Any], kept: int
) -> Sweep:
    """Write the draws, the distributions, the summary and the manifest."""
    _write_draws(root, problem, tasks)
    with whole_file(root / "distributions.parquet") as path:
        _distributions(problem).to_parquet(path, index=False)
    ranks, summary = ranks_and_summary(root, problem, tasks)
    for name, frame in zip(_TABLES, (summary, ranks), strict=True):
        with whole_file(root / name) as path:
            frame.to_parquet(path, index=False)
    resources = [
        resource(root, "draws.parquet", title="Random numbers of each draw, above 0 and below 1"),
        resource(root, "distributions.parquet", title="What was drawn, and from what"),
        resource(root, "summary.parquet", title="Quantiles and probabilities of each pair"),
        resource(root, "ranks.parquet", title="How often each alternative comes first"),
        *(resource(root, task.path, scenario=task.scenario_id, block=task.block) for task in tasks),
    ]
    manifest = manifest_of(problem, parameters, resources)
    write_text(root / "sweep.json", json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return Sweep(root, manifest, summary, ranks, kept)


def _write_draws(root: Path, problem: Problem, tasks: list[Task]) -> None:
    """Write the random numbers, block after block: every state of the world has the same."""
    variables = problem.variables
    schema = pa.schema([("draw", pa.int64()), *((name, pa.float64()) for name in variables)])
    with (
        whole_file(root / "draws.parquet") as path,
        pq.ParquetWriter(path, schema, compression="zstd") as writer,
    ):
        for task in (task for task in tasks if task.world == 0):
            numbers = random_block(
                Sampling(task.sampling), seed=task.seed, block=task.block, variables=len(variables)
            )[: task.size]
            columns = [pa.array(range(task.first, task.first + task.size), pa.int64())]
            columns += [pa.array(column) for column in numbers.T]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _distributions(problem: Problem) -> pd.DataFrame:
    """Return what was drawn in each state of the world."""
    rows = [
        {
            "scenario": world.scenario_id,
            "variable": unknown.variable,
            "what": unknown.what,
            "range_means": unknown.means,
            "distribution": unknown.distribution.shape,
            "base": unknown.distribution.base,
            "mean": unknown.distribution.mean,
            "left": unknown.distribution.left,
            "right": unknown.distribution.right,
            "mu": unknown.distribution.mu,
            "sigma": unknown.distribution.sigma,
            "low_at": unknown.distribution.low_at,
            "high_at": unknown.distribution.high_at,
            "skew_reason": unknown.reason,
        }
        for world in problem.worlds
        for unknown in world.unknowns.unknowns
    ]
    return pd.DataFrame(rows)
