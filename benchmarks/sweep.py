"""Measures a sweep of 10,000 draws over 7 x 30 pairs, and its memory; part of `make bench`.

Routes are chosen anew in every draw over rail, sea and road. Arguments: fewer draws, for a trial.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from memory import peak_mb
from results import write_results

from geo.analysis.draws import block_count
from geo.analysis.sweep import sweep
from geo.report.selection import select_places
from geo.study import Study

ORIGINS = ("busan", "incheon", "zones")
DESTINATIONS = ("europe", "crescent")
N_ORIGINS, N_DESTINATIONS = 7, 30
DRAWS = 10_000
LIMIT_S = 120.0
MODES = ("rail", "sea", "road")


def main() -> None:
    """Measure several numbers of draws, each in a process of its own, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--one", action="store_true", help="measure these draws here and now")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.draws)))
        return
    rows = []
    for draws in (asked.draws // 4, asked.draws):
        command = [sys.executable, __file__, "--one", "--draws", str(draws)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        print(
            "{draws:>6} draws x {pairs} pairs: {seconds:6.1f} s, {cpu_s:6.1f} s of processors, "
            "{worker_mb:.0f} MB a worker, {parent_mb:.0f} MB here".format(**rows[-1])
        )
    within = rows[-1]["seconds"] <= LIMIT_S
    print(f"limit {LIMIT_S:g} s for {DRAWS:,} draws: {'kept' if within else 'missed'}")
    if asked.draws == DRAWS:
        write_results("sweep", rows)


def measure(draws: int) -> dict[str, Any]:
    """Run one sweep with as many workers as there are cores."""
    study = Study()
    starts = _some(study, ORIGINS, N_ORIGINS)
    ends = _some(study, DESTINATIONS, N_DESTINATIONS)
    # Kernels and order are made once for all time; the sweep itself is what is measured.
    _ = study.network.hierarchy
    workers_mb: list[float] = []

    def watch(_: int, __: int) -> None:
        told = (peak_mb(child.pid) for child in multiprocessing.active_children())
        # A worker that has ended meanwhile tells nothing.
        workers_mb.extend(mb for mb in told if not math.isnan(mb))

    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        found = sweep(
            [study], starts, ends, folder=folder, draws=draws, modes=MODES, progress=watch
        )
        seconds = time.perf_counter() - begin
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "draws": draws,
        "blocks": block_count(draws),
        "pairs": len(found.summary),
        "seconds": round(seconds, 1),
        "cpu_s": round(sum(one.ru_utime + one.ru_stime for one in used), 1),
        "worker_mb": round(max(workers_mb, default=0.0)),
        "parent_mb": round(peak_mb()),
        "files_mb": round(size / 1e6, 1),
    }


def _some(study: Study, words: tuple[str, ...], size: int) -> list[str]:
    """Return the first places that some words stand for."""
    found = dict.fromkeys(place for word in words for place in select_places(study.atlas, word))
    return list(found)[:size]


if __name__ == "__main__":
    main()
