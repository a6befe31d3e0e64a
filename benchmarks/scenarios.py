"""Measures the study's table in every scenario that ships; part of `make bench`.

All states of the world are weighed together; the same table with routes and bills, in one state
of the world, stands beside it.
"""

from __future__ import annotations

import time

from results import write_results

from geo.report.study_plan import ask, study_totals
from geo.scenario_file import scenario_ids
from geo.study import Study

LIMIT_S = 5.0
ROUNDS = 3


def main() -> None:
    """Measure, print, and write the results."""
    first = Study()
    # Kernels and the order of the network are made once for all time.
    study_totals([first])
    names = scenario_ids(first.atlas)
    rounds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        table = study_totals([first.at(name) for name in names])
        rounds.append(time.perf_counter() - begin)
    seconds = sorted(rounds)[ROUNDS // 2]
    begin = time.perf_counter()
    ask([first.at(names[0])])
    billed = time.perf_counter() - begin
    row = {
        "scenarios": len(names),
        "rows": len(table),
        "answered": int(table["usd_per_feu"].notna().sum()),
        "seconds": round(seconds, 3),
        "one_scenario_with_bills_s": round(billed, 3),
    }
    print(
        "{scenarios} scenarios, {rows} rows, {answered} of them answered: {seconds:.2f} s; "
        "one scenario with routes and bills: {one_scenario_with_bills_s:.2f} s".format(**row)
    )
    word = "kept" if seconds <= LIMIT_S else "BROKEN"
    print(f"limit {LIMIT_S:g} s for the study's table in every scenario: {word}")
    write_results("scenarios", [row])


if __name__ == "__main__":
    main()
