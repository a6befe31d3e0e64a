"""Files of a sweep: one Parquet file a state of the world and block, and what binds them together.

A block's file carries the key of all that it was computed from, so a stopped sweep knows its own.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import MissingDataError, OutputError
from geo.files import sha256_of

if TYPE_CHECKING:
    from geo.analysis.path_pool import Chosen
    from geo.analysis.sweep_problem import Problem

__all__ = ["COLUMNS", "Task", "block_file", "is_done", "manifest_of", "read_manifest", "resource"]

COLUMNS: Final = {
    "corridor": ("string", "Way to go; best leaves it open"),
    "origin": ("string", "Place"),
    "destination": ("string", "Place"),
    "draw": ("integer", "Number of the draw, from 0"),
    "usd": ("number", "Money, USD of the price year per FEU; empty: no route"),
    "hours": ("number", "Time, h"),
    "kg_co2": ("number", "Emissions, kg of CO2 per FEU"),
    "generalised_usd": ("number", "Money and the value of time, USD per FEU"),
    "route": ("string", "Borders, straits, ports and through trains that it passes, in order"),
    "main_mode": ("string", "Mode of most of its kilometres"),
    "by_sea": ("boolean", "Whether any of it is by sea"),
}
_KEY: Final = b"crescent_sweep"


@dataclass(frozen=True)
class Task:
    """One block of draws in one state of the world.

    Parameters
    ----------
    digest
        Of the problem.
    world
        Position of the state of the world in the problem.
    scenario_id
        Its name.
    seed, sampling
        Of the whole sweep.
    block, size
        Number of the block, and how many draws of it are wanted.
    first
        Number of its first draw.
    """

    digest: str
    world: int
    scenario_id: str
    seed: int
    sampling: str
    block: int
    size: int
    first: int

    @property
    def path(self) -> str:
        """Where its file is, within the folder of the sweep."""
        return f"blocks/{self.scenario_id}/block-{self.block:06d}.parquet"

    @property
    def sweep_key(self) -> str:
        """Names the sweep that it is part of, however many draws that has."""
        return f"{self.digest}/{self.seed}/{self.sampling}"

    @property
    def key(self) -> str:
        """Names all that the block is computed from."""
        text = f"{self.sweep_key}/{self.scenario_id}/{self.block}/{self.size}"
        return hashlib.sha256(text.encode()).hexdigest()


def block_file(problem: Problem, task: Task, chosen: dict[str, Chosen]) -> bytes:
    """Return the bytes of a block's file.

    Parameters
    ----------
    problem
        What was swept.
    task
        The block.
    chosen
        Routes by way.

    Returns
    -------
    bytes
        Parquet; a row group for each way and origin; rows by destination and draw.
    """
    schema: pa.Schema | None = None
    buffer = io.BytesIO()
    writer: Any = None
    for corridor, routes in chosen.items():
        for start, origin in enumerate(problem.origins):
            table = _rows(problem, task, corridor, (start, origin), routes)
            if writer is None:
                content = {_KEY: json.dumps({"sweep": task.sweep_key, "key": task.key}).encode()}
                schema = table.schema.with_metadata(content)
                writer = pq.ParquetWriter(buffer, schema, compression="zstd")
            writer.write_table(table.cast(schema), row_group_size=max(1, len(table)))
    writer.close()
    return buffer.getvalue()


def _rows(
    problem: Problem, task: Task, corridor: str, origin: tuple[int, str], routes: Chosen
) -> pa.Table:
    """Return the rows of one way and origin."""
    start, name = origin
    size = len(routes.route)
    ends = np.repeat(np.arange(len(problem.destinations)), size)
    numbers = {
        column: getattr(routes, column)[:, start].T.reshape(-1)
        for column in ("usd", "hours", "kg_co2", "generalised_usd")
    }
    route = routes.route[:, start].T.reshape(-1)
    none = route < 0
    at = np.where(none, 0, route)
    names, modes, seas = ([one[part] for one in routes.routes] or [""] for part in range(3))
    sea = np.array([bool(one) for one in seas])[at]
    return pa.table(
        {
            "corridor": pa.array([corridor] * len(ends)).dictionary_encode(),
            "origin": pa.array([name] * len(ends)).dictionary_encode(),
            "destination": _coded(ends, list(problem.destinations), np.zeros(len(ends), bool)),
            "draw": pa.array(task.first + np.tile(np.arange(size), len(problem.destinations))),
            **{column: pa.array(values, mask=none) for column, values in numbers.items()},
            "route": _coded(at, [str(one) for one in names], none),
            "main_mode": _coded(at, [str(one) for one in modes], none),
            "by_sea": pa.array(sea, mask=none),
        }
    )


def _coded(at: Any, names: list[str], none: Any) -> pa.DictionaryArray:
    """Return text by its position in a list, each text once."""
    distinct = {name: number for number, name in enumerate(dict.fromkeys(names))}
    code = np.array([distinct[name] for name in names], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(code[at], mask=none), list(distinct))


def is_done(folder: Path, task: Task) -> bool:
    """Say whether a block's file is there already, whole and of this very sweep.

    Raises
    ------
    OutputError
        If there is a block of another sweep in its place.
    """
    path = folder / task.path
    try:
        content = json.loads(pq.read_schema(path).metadata[_KEY])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        # Not there, damaged, or no block: it is computed.
        return False
    if content.get("sweep") != task.sweep_key:
        msg = (
            f"{folder} holds blocks of another sweep ({task.path}): other data, pairs, seed or "
            "sampling; name a new folder, or give the same again"
        )
        raise OutputError(msg)
    return bool(content.get("key") == task.key)


def resource(folder: Path, name: str, **facts: Any) -> dict[str, Any]:
    """Describe a file of the sweep: its path, size and SHA-256, and further facts."""
    path = folder / name
    return {
        "path": name,
        **facts,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
    }


def manifest_of(
    problem: Problem, parameters: dict[str, Any], resources: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the manifest of a sweep: what it was computed from, and its files.

    Parameters
    ----------
    problem
        What was swept.
    parameters
        Draws, seed, sampling, modes, goods and value of time.
    resources
        Its files.
    """
    from geo import __version__

    return {
        "profile": "data-package",
        "name": "crescent-sweep",
        "crescent": __version__,
        "digest": problem.digest,
        "parameters": {
            **parameters,
            "objective": problem.objective,
            "origins": list(problem.origins),
            "destinations": list(problem.destinations),
            "corridors": [way.corridor_id for way in problem.worlds[0].ways],
            "scenarios": {one.scenario_id: one.scenario_digest for one in problem.worlds},
            "variables": list(problem.variables),
        },
        "block_columns": [
            {"name": name, "type": kind, "description": words}
            for name, (kind, words) in COLUMNS.items()
        ],
        "resources": resources,
    }


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of a finished sweep.

    Raises
    ------
    MissingDataError
        If there is none.
    """
    path = Path(folder) / "sweep.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingDataError(path, problem="no finished sweep is there") from error
    return found
