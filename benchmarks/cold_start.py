"""Measures the command cold, each run in a process of its own, against the promised limits.

Run by `make bench`; only the standard library, so that the parent's memory does not count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from results import write_results

RUNS = 3
MEMORY_LIMIT_GB = 1.5
COMMAND = Path(sys.executable).with_name("crescent")


@dataclass(frozen=True)
class Case:
    """A command line and the seconds that it may take."""

    arguments: tuple[str, ...]
    limit_s: float


@dataclass(frozen=True)
class Result:
    """The slowest of the runs of one command, and the most memory it held."""

    command: str
    seconds: float
    limit_s: float
    peak_gb: float
    limit_gb: float

    @property
    def verdict(self) -> str:
        """Whether both promises are kept."""
        kept = self.seconds <= self.limit_s and self.peak_gb <= self.limit_gb
        return "kept" if kept else "BROKEN"


CASES = (
    Case(("--help",), 0.5),
    Case(("route", "Busan", "Moscow", "--scenario", "reopened"), 4.0),
    Case(("study",), 20.0),
)


def run_once(arguments: tuple[str, ...], folder: str) -> tuple[float, float]:
    """Run the command in a folder; return its seconds and its peak memory in GB."""
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [COMMAND, *arguments], cwd=folder, stdout=output, stderr=subprocess.STDOUT
        )
        # Unlike getrusage(RUSAGE_CHILDREN), wait4 tells the peak of this child alone.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"crescent {' '.join(arguments)} failed:\n{output.read().decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit / 1e9


def measure(case: Case) -> Result:
    """Run a command several times, outside the checkout, and keep the worst."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [run_once(case.arguments, folder) for _ in range(RUNS)]
    return Result(
        command=" ".join(("crescent", *case.arguments)),
        seconds=round(max(seconds for seconds, _ in runs), 3),
        limit_s=case.limit_s,
        peak_gb=round(max(peak for _, peak in runs), 3),
        limit_gb=MEMORY_LIMIT_GB,
    )


def main() -> None:
    """Measure every case, print the table and write the results."""
    print(f"{'command':<50} {'slowest':>9} {'limit':>7} {'peak':>9} {'limit':>7}")
    results = []
    for case in CASES:
        result = measure(case)
        results.append(result)
        print(
            f"{result.command:<50} {result.seconds:>7.2f} s {result.limit_s:>5.1f} s"
            f" {result.peak_gb:>6.2f} GB {result.limit_gb:>4.1f} GB  {result.verdict}"
        )
    write_results("cold_start", [asdict(result) for result in results])


if __name__ == "__main__":
    main()
