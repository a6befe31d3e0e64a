"""The summary of a sweep: quantiles, how often rail beats sea, which way wins, how firm a rank is.

It reads a few pairs of all blocks at a time, so that its memory does not grow with the draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.analysis.sweep_files import Task
    from geo.analysis.sweep_problem import Problem

__all__ = ["MEASURES", "QUANTILES", "ranks_and_summary"]

MEASURES: Final = ("usd", "hours", "kg_co2", "generalised_usd")
QUANTILES: Final = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}

_CELLS: Final = 500_000
"""So many figures are in memory at a time, at most, but one pair's are."""

_TIED: Final = 1e-9
"""Costs that differ by less than this share are the same route's."""


def ranks_and_summary(
    root: Path, problem: Problem, tasks: Sequence[Task]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sum up the blocks of a sweep.

    Parameters
    ----------
    root
        Folder of the sweep.
    problem, tasks
        What was swept, and its blocks.

    Returns
    -------
    ranks : DataFrame
        A row for each pair and alternative (state of the world and way; ``best`` only where no
        other way was asked for): `p_first`, how often its generalised cost is the least, ties
        shared; `mean_rank`; `rank_by_median`; and `tau`, Kendall's coefficient between the order
        in a draw and that of the medians, mean over draws: 1 is a firm order, 0 none at all.
    summary : DataFrame
        A row for each state of the world, way and pair: `draws`; `p_route`, how often there is a
        route; of each measure its mean and quantiles (`usd_p5`, ...); `p_rail`, `p_sea` and
        `p_road`, how often most kilometres of the route are by that mode; `p_land`, how often none
        is by sea; `p_wins`, how often the way is the cheapest of those named in its state of the
        world; `route`, the one chosen most often, and `p_of_route`.
    """
    ways = [way.corridor_id for way in problem.worlds[0].ways]
    draws = sum(task.size for task in tasks if task.world == 0)
    columns = len(MEASURES) * len(ways) * len(problem.worlds)
    chunk = max(1, _CELLS // (draws * columns))
    summary: list[dict[str, Any]] = []
    ranks: list[dict[str, Any]] = []
    for start in range(len(problem.origins)):
        for first in range(0, len(problem.destinations), chunk):
            ends = slice(first, min(first + chunk, len(problem.destinations)))
            tables = {
                (world, way): _read(root, tasks, world, way * len(problem.origins) + start, ends)
                for world in range(len(problem.worlds))
                for way in range(len(ways))
            }
            for end, destination in enumerate(problem.destinations[ends]):
                pair = {"origin": problem.origins[start], "destination": destination}
                if pair["origin"] == destination:
                    continue
                rows = slice(end * draws, (end + 1) * draws)
                mine = {key: table.slice(rows.start, draws) for key, table in tables.items()}
                summary += _summaries(problem, ways, pair, mine)
                ranks += _ranks(problem, ways, pair, mine)
    order = ["scenario", "corridor", "origin", "destination"]
    frame = pd.DataFrame(summary)
    by_scenario = {one.scenario_id: at for at, one in enumerate(problem.worlds)}
    frame = frame.sort_values(
        order[:1], key=lambda column: column.map(by_scenario), kind="stable"
    ).reset_index(drop=True)
    return pd.DataFrame(ranks), frame[order + [name for name in frame if name not in order]]


def _read(root: Path, tasks: Sequence[Task], world: int, group: int, ends: slice) -> pa.Table:
    """Read some destinations of one origin and way: rows by destination and draw."""
    parts, sizes = [], []
    for task in tasks:
        if task.world != world:
            continue
        columns = [*MEASURES, "route", "main_mode", "by_sea"]
        with pq.ParquetFile(root / task.path) as file:
            table = file.read_row_group(group, columns=columns)
        parts.append(table.slice(ends.start * task.size, (ends.stop - ends.start) * task.size))
        sizes.append(task.size)
    joined = pa.concat_tables(parts).unify_dictionaries().combine_chunks()
    # By block, destination and draw so far: bring the draws of a destination together.
    destination = np.concatenate([np.repeat(np.arange(ends.stop - ends.start), n) for n in sizes])
    return joined.take(np.argsort(destination, kind="stable"))


def _summaries(
    problem: Problem,
    ways: Sequence[str],
    pair: dict[str, str],
    tables: dict[tuple[int, int], pa.Table],
) -> list[dict[str, Any]]:
    """Sum up one pair, for every state of the world and way."""
    rivals = [at for at, way in enumerate(ways) if way != "best"] or [0]
    found = []
    for world, state in enumerate(problem.worlds):
        costs = np.array([_numbers(tables[world, way], "generalised_usd") for way in rivals])
        first = dict(zip(rivals, _firsts(costs).mean(axis=1), strict=True))
        for at, way in enumerate(ways):
            table = tables[world, at]
            row = {"scenario": state.scenario_id, "corridor": way, **pair, "draws": len(table)}
            found.append(row | _of_routes(table) | {"p_wins": first.get(at, np.nan)})
    return found


def _of_routes(table: pa.Table) -> dict[str, Any]:
    """Return quantiles and shares of the routes of one pair on one way."""
    row: dict[str, Any] = {}
    there = np.isfinite(_numbers(table, "usd"))
    row["p_route"] = float(there.mean())
    for name in MEASURES:
        values = _numbers(table, name)[there]
        row[f"{name}_mean"] = float(values.mean()) if len(values) else np.nan
        for label, quantile in QUANTILES.items():
            row[f"{name}_{label}"] = float(np.quantile(values, quantile)) if len(values) else np.nan
    modes = table["main_mode"].to_pandas().astype("object").to_numpy()[there]
    sea = table["by_sea"].to_pandas().to_numpy()[there].astype(bool)
    for mode in ("rail", "sea", "road"):
        row[f"p_{mode}"] = float((modes == mode).mean()) if there.any() else np.nan
    row["p_land"] = float((~sea).mean()) if there.any() else np.nan
    # Of routes that are chosen equally often, the first by name.
    counts = table["route"].to_pandas().astype("object")[there].value_counts().sort_index()
    row["route"] = str(counts.idxmax()) if len(counts) else ""
    row["p_of_route"] = float(counts.max() / there.sum()) if len(counts) else np.nan
    return row


def _ranks(
    problem: Problem,
    ways: Sequence[str],
    pair: dict[str, str],
    tables: dict[tuple[int, int], pa.Table],
) -> list[dict[str, Any]]:
    """Rank the alternatives of one pair in every draw."""
    rivals = [at for at, way in enumerate(ways) if way != "best"] or [0]
    keys = [(world, way) for world in range(len(problem.worlds)) for way in rivals]
    costs = np.array([_numbers(tables[key], "generalised_usd") for key in keys])
    costs[np.isnan(costs)] = np.inf
    below = (costs[np.newaxis] < costs[:, np.newaxis] * (1 - _TIED)).sum(axis=1)
    # Medians of alternatives without a way in most draws are infinite, and rank last.
    medians = np.sort(costs, axis=1)[:, costs.shape[1] // 2]
    order = np.array([(medians < median * (1 - _TIED)).sum() for median in medians])
    first = _firsts(costs).mean(axis=1)
    tau = _kendall(costs, medians)
    return [
        {
            **pair,
            "scenario": problem.worlds[world].scenario_id,
            "corridor": ways[way],
            "p_first": float(first[at]),
            "mean_rank": float(below[at].mean() + 1),
            "rank_by_median": int(order[at]) + 1,
            "tau": tau,
        }
        for at, (world, way) in enumerate(keys)
    ]


def _firsts(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return who has the least in each draw, ties shared; float64[alternatives, draws]."""
    known = np.where(np.isnan(costs), np.inf, costs)
    least = known.min(axis=0)
    tied = np.isfinite(known) & (known <= least * (1 + _TIED))
    shares: NDArray[np.float64] = tied / np.maximum(tied.sum(axis=0), 1)
    return shares


def _kendall(costs: NDArray[np.float64], medians: NDArray[np.float64]) -> float:
    """Return Kendall's tau-b against the order of medians, mean over draws; NaN if it has none.

    Notes
    -----
    Kendall (1945), "The treatment of ties in ranking problems", Biometrika 33.
    """
    one, other = np.triu_indices(len(costs), k=1)

    def sign(values: NDArray[np.float64]) -> NDArray[np.float64]:
        a, b = values[one], values[other]
        # Of two ways that are not there the difference is none: infinity less infinity.
        with np.errstate(invalid="ignore"):
            near = np.abs(a - b) <= _TIED * np.abs(a)
        same = (a == b) | (np.isfinite(a) & np.isfinite(b) & near)
        return np.where(same, 0.0, np.where(a < b, -1.0, 1.0))

    by_draw, by_median = sign(costs), sign(medians)
    size = np.sqrt((by_draw**2).sum(axis=0) * (by_median**2).sum())
    if not (size > 0).any():
        return float("nan")
    agree = (by_draw * by_median[:, np.newaxis]).sum(axis=0)
    return float((agree[size > 0] / size[size > 0]).mean())


def _numbers(table: pa.Table, name: str) -> NDArray[np.float64]:
    """Return a column as numbers, NaN where it is empty."""
    column: Any = table[name]
    values: NDArray[np.float64] = np.asarray(column.to_pandas(), dtype=np.float64)
    return values
