"""Measures the costs of 7 x 30 pairs under 10,000 vectors of weights; part of `make bench`.

The network is the project's own, over all modes; a vector is its quantities times drawn prices.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from memory import peak_mb
from results import write_results

from geo.report.selection import select_places
from geo.routing import Products, costs_batch
from geo.study import Study

VECTORS = 10_000
ORIGINS, N_ORIGINS = "busan,incheon,zones", 7
DESTINATIONS, N_DESTINATIONS = "europe,crescent", 30
LIMIT_S = 60.0
SPREAD = 0.3
"""Standard deviation of the logarithm of a price."""


def main() -> None:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=int, default=VECTORS)
    asked = parser.parse_args()
    study = Study()
    network = study.network
    base = np.nan_to_num(study.world.card.bind(study.goods).base)
    price = base[:, 0] + study.time_value.usd(study.goods, 1.0) * base[:, 1]
    random = np.random.default_rng(2008)
    prices = price * np.exp(SPREAD * random.standard_normal((asked.vectors, len(price))))
    ends = [
        [network.terminals.doors[place] for place in _some(study, words, size)]
        for words, size in ((ORIGINS, N_ORIGINS), (DESTINATIONS, N_DESTINATIONS))
    ]
    hierarchy = network.hierarchy
    vectors = Products(network.quantities, prices, closed=study.world.closed)
    costs_batch(hierarchy, Products(network.quantities, prices[:16]), *ends)
    begin = time.perf_counter()
    costs = costs_batch(hierarchy, vectors, *ends)
    seconds = time.perf_counter() - begin
    row = {
        "vectors": asked.vectors,
        "origins": len(ends[0]),
        "destinations": len(ends[1]),
        "nodes": network.graph.n_nodes,
        "arcs": network.graph.n_arcs,
        "seconds": round(seconds, 2),
        "reached": round(float(np.isfinite(costs).mean()), 3),
        "peak_mb": round(peak_mb()),
    }
    print(
        "{vectors:,} vectors x {origins} x {destinations} costs on {nodes:,} nodes: "
        "{seconds:.1f} s, {peak_mb:,} MB".format(**row)
    )
    print(f"limit {LIMIT_S:g} s for {VECTORS:,}: {'kept' if seconds <= LIMIT_S else 'BROKEN'}")
    if asked.vectors == VECTORS:
        write_results("batches", [row])


def _some(study: Study, words: str, size: int) -> list[str]:
    """Return the first places that some words stand for."""
    found = dict.fromkeys(
        place for word in words.split(",") for place in select_places(study.atlas, word)
    )
    return list(found)[:size]


if __name__ == "__main__":
    main()
