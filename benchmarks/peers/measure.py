"""Measures one engine on one graph, in a process of its own.

Called by `routing.py` as ``python -m peers.measure ENGINE GRAPH TRUTH SECONDS ANSWERS`` on files of
arrays; prints JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from memory import peak_mb

from peers.catalogue import ENGINES
from peers.graphs import BenchGraph
from peers.questions import Questions, agrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from peers.engine import Engine

__all__ = ["Record", "measure"]

REPEATS = (5, 9)
"""Runs that a median is taken of: at least, unless the time is over, and at most."""


VECTORS = 50
"""Weight vectors of W4."""


@dataclass(frozen=True)
class Record:
    """What one engine took for one work item.

    Parameters
    ----------
    item, engine, graph, threads
        What was measured.
    median_s
        Seconds for the whole item; scaled up if only a sample was run.
    n
        Questions that were run in each repeat.
    sample
        Whether they were fewer than the item's.
    repeats
        Runs that the median is of.
    agreed
        Whether the answers equal the truth; None where nothing was answered (build).
    peak_mb
        Memory of the process at its peak so far.
    """

    item: str
    engine: str
    graph: str
    threads: str
    median_s: float
    n: int
    sample: bool
    repeats: int
    agreed: bool | None
    peak_mb: float


class _Bench:
    """One engine, its questions and the truth."""

    def __init__(
        self, engine: Engine, name: str, truth: dict[str, NDArray[Any]], budget_s: float
    ) -> None:
        self.engine, self.name, self.truth, self.budget_s = engine, name, truth, budget_s
        self.questions = Questions.of(engine.graph)
        self.answers: dict[str, NDArray[Any]] = {}

    def record(self, item: str, seconds: list[float], asked: int, of: int) -> Record:
        """Note the median, scaled to the whole item, and whether the answers are right."""
        answer = self.answers.get(item)
        return Record(
            item,
            self.name,
            self.engine.graph.name,
            self.engine.threads,
            statistics.median(seconds) * of / asked,
            asked,
            asked < of,
            len(seconds),
            None if answer is None else agrees(answer, self.truth[item]),
            peak_mb(),
        )

    def repeat(self, item: str, ask: Callable[[], NDArray[Any]]) -> list[float]:
        """Ask several times; keep the first answer and every duration."""
        seconds: list[float] = []
        begin = time.perf_counter()
        while len(seconds) < REPEATS[1]:
            started = time.perf_counter()
            answer = ask()
            seconds.append(time.perf_counter() - started)
            self.answers.setdefault(item, answer)
            over = time.perf_counter() - begin
            if over > self.budget_s or (len(seconds) >= REPEATS[0] and over > self.budget_s / 4):
                break
        return seconds

    def sample(self, ask: Callable[[int], object], of: int) -> int:
        """Choose how many questions of an item a slow engine is asked in each repeat."""
        started = time.perf_counter()
        ask(1)
        if time.perf_counter() - started > self.budget_s:
            return 1
        started = time.perf_counter()
        ask(2)
        each = (time.perf_counter() - started) / 2
        return int(min(of, max(1, self.budget_s / REPEATS[0] / max(each, 1e-9))))

    def build(self) -> Record:
        """Time the preparation, once."""
        started = time.perf_counter()
        self.engine.build()
        return self.record("build", [time.perf_counter() - started], 1, 1)

    def pairs(self) -> Record:
        """W1, a Python call a pair; given as the mean of one."""
        pairs = self.questions.pairs

        def ask(count: int) -> NDArray[Any]:
            return np.array([self.engine.pair(int(a), int(b))[0] for a, b in pairs[:count]])

        count = self.sample(ask, len(pairs))
        seconds = self.repeat("W1", lambda: ask(count))
        whole = self.record("W1", seconds, count, len(pairs))
        return replace(whole, median_s=whole.median_s / len(pairs))

    def trees(self) -> Record | None:
        """W2, each time from another source."""
        if not self.engine.has_tree:
            return None
        origins = self.questions.origins.tolist()
        turn = iter(origins * REPEATS[1])
        self.engine.tree(origins[-1])
        seconds = self.repeat("W2", lambda: self.engine.tree(next(turn)))
        return self.record("W2", seconds, 1, 1)

    def table(self) -> Record:
        """W3; a slow engine is asked for some of the rows."""
        sources, targets = self.questions.sources, self.questions.targets
        count = len(sources)
        if self.engine.row_by_row:
            count = self.sample(lambda rows: self.engine.matrix(sources[:rows], targets), count)
        seconds = self.repeat("W3", lambda: self.engine.matrix(sources[:count], targets))
        return self.record("W3", seconds, count, len(sources))

    def scenarios(self) -> Record:
        """W4; whoever builds anew, or is slow, is given some of the vectors."""
        graph, asked = self.engine.graph, self.questions
        weights = np.array([asked.vector(graph, number) for number in range(VECTORS)])

        def ask(count: int) -> NDArray[Any]:
            return self.engine.scenarios(weights[:count], asked.few_sources, asked.few_targets)

        count = self.sample(ask, VECTORS)
        seconds = self.repeat("W4", lambda: ask(count))
        self.answers["W4"] = self.answers["W4"][0]
        self.engine.reweigh(graph.weight)
        return self.record("W4", seconds, count, VECTORS)

    def breakdown(self) -> Record:
        """W5; a slow engine is asked for some of the paths."""
        pairs = self.questions.many_pairs
        count = self.sample(lambda some: self.engine.by_zone(pairs[:some]), len(pairs))
        seconds = self.repeat("W5", lambda: self.engine.by_zone(pairs[:count]).sum(axis=1))
        return self.record("W5", seconds, count, len(pairs))


def measure(
    name: str, graph: BenchGraph, truth: dict[str, NDArray[Any]], budget_s: float
) -> tuple[list[Record], dict[str, NDArray[Any]]]:
    """Put every work item to an engine; return the records and the answers."""
    bench = _Bench(ENGINES[name](graph), name, truth, budget_s)
    items = (bench.build, bench.pairs, bench.trees, bench.table, bench.breakdown, bench.scenarios)
    records = [record for item in items if (record := item()) is not None]
    return records, bench.answers


def main() -> None:
    """Measure as the arguments say."""
    name, graph_file, truth_file, budget, answers_file = sys.argv[1:]
    with np.load(truth_file) as content:
        truth = {item: content[item] for item in content.files}
    graph = BenchGraph.load(Path(graph_file))
    records, answers = measure(name, graph, truth, float(budget))
    np.savez(answers_file, **answers)  # type: ignore[arg-type]  # arrays by name
    print(json.dumps([asdict(record) for record in records]))


if __name__ == "__main__":
    main()
