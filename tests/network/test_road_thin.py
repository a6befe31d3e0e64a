"""Thinning: what serves no place goes, and no distance between places changes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from geo.network.rail_source import RailGraph
from geo.network.road_thin import dead_end_edges, short_ways, shortest_parallels


def graph(n: int, *edges: tuple[int, int, float]) -> RailGraph:
    """Make a graph; its positions do not matter."""
    tail, head, km = (np.array(column) for column in zip(*edges, strict=True))
    return RailGraph(
        lon=np.zeros(n),
        lat=np.zeros(n),
        tail=tail.astype(np.int64),
        head=head.astype(np.int64),
        length_km=km.astype(np.float64),
        kind=np.full(len(edges), "track"),
    )


def kept(n: int, *which: int) -> np.ndarray:
    """Return a mask of vertices."""
    mask = np.zeros(n, dtype=np.bool_)
    mask[list(which)] = True
    return mask


def test_a_tree_without_a_place_goes_whole_and_a_ring_stays() -> None:
    """0-1-2-0 is a ring; 3 and 4 hang on it in a row."""
    hung = graph(5, (0, 1, 1), (1, 2, 1), (2, 0, 1), (2, 3, 1), (3, 4, 1))
    assert dead_end_edges(hung, kept(5)).tolist() == [False, False, False, True, True]


def test_a_dead_end_that_leads_to_a_place_stays_up_to_it() -> None:
    """The place is vertex 3; what lies beyond it goes."""
    hung = graph(5, (0, 1, 1), (1, 2, 1), (2, 0, 1), (2, 3, 1), (3, 4, 1))
    assert dead_end_edges(hung, kept(5, 3)).tolist() == [False, False, False, False, True]


def test_of_parallel_roads_the_shortest_stays() -> None:
    """A loop joins nothing; of three roads between two vertices one is enough."""
    twin = graph(2, (0, 1, 5), (1, 0, 3), (0, 1, 4), (1, 1, 1))
    assert shortest_parallels(twin).tolist() == [False, True, False, False]


def test_the_longer_way_round_goes() -> None:
    """From 0 to 2 by 1 it is 2 km, directly 3 km."""
    triangle = graph(3, (0, 1, 1), (1, 2, 1), (0, 2, 3))
    assert short_ways(triangle, np.array([0, 2]), within_km=10).tolist() == [True, True, False]


def test_no_way_is_sought_beyond_the_bound() -> None:
    """The two ends lie 2 km apart."""
    line = graph(3, (0, 1, 1), (1, 2, 1))
    assert not short_ways(line, np.array([0, 2]), within_km=1.5).any()


@pytest.mark.parametrize("seed", range(5))
def test_distances_between_ends_stay_what_they_were(seed: int) -> None:
    """Compared with scipy's distances on the whole graph, on random ones."""
    random = np.random.default_rng(seed)
    n = 60
    pairs = {tuple(sorted(random.choice(n, 2, replace=False).tolist())) for _ in range(150)}
    edges = [(a, b, float(random.integers(1, 50))) for a, b in sorted(pairs)]
    whole = graph(n, *edges)
    ends = np.sort(random.choice(n, 8, replace=False))
    used = short_ways(whole, ends, within_km=1e6)
    assert 0 < used.sum() < len(edges)

    def distances(which: np.ndarray) -> np.ndarray:
        matrix = csr_array(
            (whole.length_km[which], (whole.tail[which], whole.head[which])), shape=(n, n)
        )
        return np.asarray(shortest_path(matrix, directed=False)[np.ix_(ends, ends)])

    np.testing.assert_allclose(distances(used), distances(np.ones(len(edges), dtype=np.bool_)))
