"""Measures the routing engine beside its peers and writes `results.json`; part of `make bench`.

Every engine runs in a process of its own. Arguments name graphs or engines to be measured alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from peers.catalogue import ENGINES, installed
from peers.dijkstras import SciPy
from peers.graphs import GRAPHS, BenchGraph
from peers.questions import TITLES, Questions, truth_of
from results import kept_results, write_results

from geo.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
BUDGET_S = 5.0
"""Seconds that one engine may spend on one work item, about."""
TIMEOUT_S = 150.0
REFERENCE = "crescent"
"""Measured first: SciPy judges a sample of its answers, and all of them judge whoever follows."""


def main() -> None:
    """Measure, print a table a graph, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*GRAPHS, *ENGINES, []], metavar="GRAPH|ENGINE")
    parser.add_argument("--seconds", type=float, default=BUDGET_S, help="for each work item")
    asked = parser.parse_args()
    graphs = [name for name in GRAPHS if name in asked.only] or list(GRAPHS)
    engines = [name for name in ENGINES if name in asked.only] or list(ENGINES)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in graphs:
            try:
                graph = GRAPHS[name]()
            except MissingDataError as error:
                print(f"\n{name}: left out, {error}; `make data` fetches it")
                continue
            rows += measure_graph(graph, engines, Path(folder), asked.seconds)
    if engines == list(ENGINES):
        measured = {row["graph"] for row in rows}
        write_results("routing", [*kept_results("routing", but=measured), *rows])


def measure_graph(
    graph: BenchGraph, engines: Iterable[str], folder: Path, budget_s: float
) -> list[dict[str, Any]]:
    """Measure engines on one graph and print the table."""
    print(f"\n{graph.name}: {graph.n_nodes:,} nodes, {graph.n_arcs:,} arcs", flush=True)
    graph_file, truth_file = folder / "graph.npz", folder / "truth.npz"
    graph.save(graph_file)
    oracle = SciPy(graph)
    oracle.build()
    truth = truth_of(oracle, Questions.of(graph))
    np.savez(truth_file, **truth)  # type: ignore[arg-type]  # arrays by name
    records: list[dict[str, Any]] = []
    for engine in engines:
        if not installed(engine):
            print(f"  {engine}: not installed", flush=True)
            continue
        answers = folder / "answers.npz"
        found = _measured(engine, graph_file, truth_file, budget_s, answers)
        records += found
        if engine == REFERENCE and found and all(row["agreed"] is not False for row in found):
            # Right wherever SciPy was asked: from here on everything it answered is the truth.
            answers.replace(truth_file)
    rows = ranked(records)
    print_table(rows)
    return rows


def _measured(
    engine: str, graph: Path, truth: Path, budget_s: float, answers: Path
) -> list[dict[str, Any]]:
    """Run one engine in a process of its own; what fails is said and left out."""
    files = (str(graph), str(truth), str(budget_s), str(answers))
    command = [sys.executable, "-m", "peers.measure", engine, *files]
    try:
        done = subprocess.run(
            command,
            cwd=HERE,
            # No order from an earlier run: it belongs to the building.
            env=os.environ | {"CRESCENT_CACHE": str(graph.parent / "cache")},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        print(f"  {engine}: not ready after {TIMEOUT_S:.0f} s", flush=True)
        return []
    except subprocess.CalledProcessError as error:
        print(f"  {engine}: failed, {error.stderr.strip().splitlines()[-1:]}", flush=True)
        return []
    print(f"  {engine}: measured", flush=True)
    records: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return records


def ranked(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each record how many times the best right answer it took."""
    best: dict[str, float] = {}
    for row in records:
        if row["agreed"] is not False:
            best[row["item"]] = min(best.get(row["item"], np.inf), row["median_s"])
    return [
        row | {"ratio_to_best": round(row["median_s"] / best[row["item"]], 3)}
        if row["item"] in best
        else row | {"ratio_to_best": None}
        for row in records
    ]


def print_table(rows: list[dict[str, Any]]) -> None:
    """Print medians and ratios to the best, an engine a line."""
    cells = {(row["engine"], row["item"]): row for row in rows}
    names = dict.fromkeys(row["engine"] for row in rows)
    print("  " + f"{'engine':<14}" + "".join(f"{item:>20}" for item in TITLES) + f"{'peak':>10}")
    for name in names:
        line = "".join(f"{_cell(cells.get((name, item))):>20}" for item in TITLES)
        peak = max(row["peak_mb"] for row in rows if row["engine"] == name)
        print(f"  {name:<14}{line}{peak:>7.0f} MB")
    for item, title in TITLES.items():
        print(f"  {item}: {title}")
    print("  ~ from a sample; ! disagrees with the truth; (x) times the best of the column")


def _cell(row: dict[str, Any] | None) -> str:
    if row is None:
        return "-"
    marks = ("~" if row["sample"] else "") + ("!" if row["agreed"] is False else "")
    ratio = f" ({row['ratio_to_best']:.3g})" if row["ratio_to_best"] is not None else ""
    return f"{marks}{_seconds(row['median_s'])}{ratio}"


def _seconds(value: float) -> str:
    if value < 1e-3:
        return f"{value * 1e6:.0f} us"
    return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.3g} s"


if __name__ == "__main__":
    main()
