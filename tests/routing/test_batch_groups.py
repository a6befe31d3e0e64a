"""Batches a few vectors at a time, and paths in pieces that they share."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from geo.routing import Hierarchy, batch_groups, costs_batch
from tests.routing.oracle import random_graph, seeds, weights_for


@given(seeds)
def test_pieces_put_together_cost_what_the_batch_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng)
    hierarchy = Hierarchy.of(graph)
    vectors = np.array([weights_for(rng, graph.n_arcs) for _ in range(11)])
    sources, targets = rng.integers(graph.n_nodes, size=3), rng.integers(graph.n_nodes, size=4)
    truth = costs_batch(hierarchy, vectors, sources, targets)
    from_to = np.repeat(np.arange(3), 4), np.tile(np.arange(4), 3)
    seen = 0
    for group in batch_groups(hierarchy, vectors, sources, targets):
        np.testing.assert_array_equal(group.costs, truth[group.begin : group.begin + 8])
        for one, costs in enumerate(group.costs):
            begin, piece, paths = group.pieces(one, *from_to)
            assert len(np.unique(piece)) == len(paths)
            for pair, cost in enumerate(costs.ravel()):
                mine = piece[begin[pair] : begin[pair + 1]]
                arcs = np.concatenate([np.empty(0, np.int64), *(paths[at] for at in mine)])
                if np.isfinite(cost):
                    np.testing.assert_allclose(vectors[seen, arcs].sum(), cost, rtol=1e-12)
                    ends = [sources[from_to[0][pair]], targets[from_to[1][pair]]]
                    walk = [ends[0], *graph.head[arcs]]
                    assert walk[-1] == ends[1]
                    np.testing.assert_array_equal(walk[:-1], graph.tail[arcs])
                else:
                    assert not len(arcs)
            seen += 1
    assert seen == 11
