"""Reading the source, joining dead ends, adding links, and contracting chains."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.earth.geodesic import distance_km
from geo.errors import DataError, MissingDataError
from geo.network.chains import contract_chains
from geo.network.rail_source import EURASIA, RailGraph, load_raw_railways
from geo.network.topology import Allowed, CuratedLink, add_links, join_dead_ends

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

KM = 1 / 111.195  # degrees of latitude in a kilometre, near enough at the equator

SOURCE = """
from scgraph.core import GeoGraph
raise SystemExit("executed")
graph=[{0: 0.0, 1: 11.5, 2: 30.0}, {0: 11.5}, {0: 30.0, 2: 1.0}, {3: 0.0}]
nodes=[[50.0, 20.0], [50.1, 20.0], [-30.0, 20.0], [51.0, 21.0]]
"""


def track(points: list[tuple[float, float]], pairs: list[tuple[int, int]]) -> RailGraph:
    """Make a graph whose edges are as long as the distance of their ends."""
    lon, lat = np.array(points, dtype=np.float64).reshape(-1, 2).T
    tail, head = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    length_km = distance_km(lon[tail], lat[tail], lon[head], lat[head])
    return RailGraph(lon, lat, tail, head, length_km, np.full(len(tail), "track"))


def broken_line(gap_km: float) -> RailGraph:
    """Make two lines of 20 km each, one behind the other with a gap between them."""
    at = [0.0, 20.0, 20.0 + gap_km, 40.0 + gap_km]
    return track([(0.0, km * KM) for km in at], [(0, 1), (2, 3)])


def joins(graph: RailGraph) -> set[tuple[int, int]]:
    new = graph.kind == "join"
    pairs = zip(graph.tail[new].tolist(), graph.head[new].tolist(), strict=True)
    return {(min(pair), max(pair)) for pair in pairs}


def test_source_is_read_and_never_executed(tmp_path: Path) -> None:
    path = tmp_path / "world_railways.py"
    path.write_text(SOURCE, encoding="utf-8")
    world = load_raw_railways(path, None)
    assert world.n_edges == 2
    assert world.counts["self_loops_dropped"] == 3
    assert world.counts["source_km"] == 41.5
    assert world.counts["nodes_without_edge_dropped"] == 1
    assert (world.lon[0], world.lat[0]) == (20.0, 50.0)
    europe = load_raw_railways(path, (10.0, 40.0, 30.0, 60.0))
    assert europe.n_vertices == 2
    assert europe.length_km.tolist() == [11.5]
    with pytest.raises(DataError, match="region"):
        load_raw_railways(path, (100.0, 40.0, 110.0, 60.0))


def test_source_that_is_absent_or_damaged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError):
        load_raw_railways(tmp_path / "absent.py")
    path = tmp_path / "world_railways.py"
    path.write_text("graph=[{0: open('x')}]\nnodes=[]\n", encoding="utf-8")
    with pytest.raises(DataError, match="graph"):
        load_raw_railways(path)
    path.write_text("graph=[]\n", encoding="utf-8")
    with pytest.raises(DataError, match="nodes"):
        load_raw_railways(path)


@pytest.mark.parametrize(
    ("name", "lon", "lat", "inside"),
    [
        ("Seoul", 127.0, 37.5, True),
        ("Kholmsk on Sakhalin", 142.0, 47.0, True),
        ("Singapore", 103.85, 1.3, True),
        ("Lisbon", -9.1, 38.7, True),
        ("Dublin", -6.2, 53.3, True),
        ("Gibraltar", -5.35, 36.15, True),
        ("Catania", 15.1, 37.5, True),
        ("Medina", 39.6, 24.5, True),
        ("Tangier", -5.8, 35.78, False),
        ("Algiers", 3.05, 36.75, False),
        ("Tunis", 10.2, 36.8, False),
        ("Port Said", 32.3, 31.25, False),
        ("Djibouti", 43.1, 11.6, False),
        ("Reykjavik", -21.9, 64.1, False),
        ("Jakarta", 106.8, -6.2, False),
        ("Chicago", -87.6, 41.9, False),
    ],
)
def test_the_region_is_eurasia(name: str, lon: float, lat: float, *, inside: bool) -> None:
    assert shapely.contains_xy(EURASIA, lon, lat) == inside, name


def test_a_graph_that_does_not_fit_together_is_refused() -> None:
    good = broken_line(1.0)
    for wrong in (
        {"lon": good.lon[:1]},
        {"length_km": good.length_km[:1]},
        {"head": good.head + 3},
        {"length_km": np.array([1.0, np.nan])},
        {"length_km": np.array([1.0, -1.0])},
    ):
        with pytest.raises(ValueError, match=r"unequal|outside|negative"):
            replace(good, **wrong)


@pytest.mark.parametrize(("gap_km", "joined"), [(0.5, True), (2.9, True), (3.1, False)])
def test_dead_ends_are_joined_within_the_bound(gap_km: float, *, joined: bool) -> None:
    graph = join_dead_ends(broken_line(gap_km), max_km=3.0)
    assert joins(graph) == ({(1, 2)} if joined else set())
    assert graph.counts["components_after_joining"] == (1 if joined else 2)
    if joined:
        assert graph.length_km[-1] == pytest.approx(gap_km, rel=0.01)
        assert graph.counts["joins_km"] == pytest.approx(graph.length_km[-1])


@pytest.mark.parametrize(
    ("near", "far", "joined"),
    [
        ("PRK|1435", "PRK|1435", True),
        ("PRK|1435", "PRK|1435;1520", True),
        ("PRK|1435", "CHN|1435", False),
        ("KAZ|1520", "KAZ|1435", False),
        ("", "", False),
    ],
)
def test_no_join_over_a_border_or_two_gauges(near: str, far: str, *, joined: bool) -> None:
    zone = np.array([near, near, far, far])
    graph = join_dead_ends(broken_line(2.0), zone=zone)
    assert bool(joins(graph)) == joined
    assert graph.counts["joins_refused_zone"] == (0 if joined else 2)


def test_an_allowed_gap_is_joined_over_a_border() -> None:
    zone = np.array(["KOR|1435", "KOR|1435", "PRK|1435", "PRK|1435"])
    here = Allowed(0.0, 22.0 * KM, 0.0, 20.0 * KM)
    graph = join_dead_ends(broken_line(2.0), zone=zone, allow=[here])
    assert joins(graph) == {(1, 2)}
    assert graph.counts["joins_over_border"] == 1
    elsewhere = Allowed(1.0, 22.0 * KM, 1.0, 20.0 * KM)
    assert not joins(join_dead_ends(broken_line(2.0), zone=zone, allow=[elsewhere]))


def test_sidings_of_one_yard_are_not_joined() -> None:
    # Two tracks 1 km long leave one junction and end side by side; the main line goes on.
    graph = track(
        [(0.0, 0.0), (KM, 0.2 * KM), (KM, -0.2 * KM), (-20 * KM, 0.0)],
        [(0, 1), (0, 2), (0, 3)],
    )
    joined = join_dead_ends(graph)
    assert not joins(joined)
    assert joined.counts["joins_refused_sidings"] == 2


def test_a_lonely_dead_end_is_joined_to_the_nearest_track_of_another_component() -> None:
    graph = track(
        [(-20 * KM, 0.0), (-1 * KM, 0.0), (0.0, -20 * KM), (0.0, 0.0), (0.0, 20 * KM)],
        [(0, 1), (2, 3), (3, 4)],
    )
    joined = join_dead_ends(graph)
    assert joins(joined) == {(1, 3)}
    assert joined.counts["joins_to_other_component"] == 1


def test_links_use_vertices_that_are_there_and_add_those_that_are_not() -> None:
    graph = broken_line(10.0)
    link = CuratedLink("over the gap", ((0.0, 20 * KM), (0.02, 25 * KM), (0.0, 30 * KM)), 12.5)
    mended = add_links(graph, [link])
    assert mended.n_vertices == graph.n_vertices + 1
    assert mended.kind[-2:].tolist() == ["curated", "curated"]
    assert mended.length_km[-2:].sum() == pytest.approx(12.5)
    assert mended.components()[0] == 1
    assert mended.counts["links_ends_loose"] == 0
    loose = CuratedLink("elsewhere", ((5.0, 5.0), (5.0, 6.0)), kind="schematic")
    more = add_links(graph, [loose])
    assert more.counts["links_ends_loose"] == 2
    assert more.length_km[-1] == pytest.approx(110.6, abs=0.1)
    with pytest.raises(ValueError, match="two points"):
        add_links(graph, [CuratedLink("a point", ((0.0, 0.0),))])


def test_a_chain_keeps_its_stations_its_length_and_its_geometry() -> None:
    graph = track([(i * 0.1, (i % 2) * 0.1) for i in range(7)], [(i, i + 1) for i in range(6)])
    keep = np.zeros(7, dtype=bool)
    keep[2] = True  # a station
    edge_class = np.array([0, 0, 0, 0, 7, 7])  # the gauge changes at vertex 4
    chains = contract_chains(graph, keep=keep, edge_class=edge_class)
    assert chains.vertex.tolist() == [0, 2, 4, 6]
    assert chains.length_km.sum() == pytest.approx(graph.length_km.sum())
    lines = chains.lines(graph.lon, graph.lat)
    assert shapely.get_num_coordinates(lines).tolist() == [3, 3, 3]
    assert edge_class[chains.first_edge].tolist() == [0, 0, 7]
    ends = [(line.coords[0], line.coords[-1]) for line in lines]
    at = chains.vertex
    assert ends == [
        ((graph.lon[at[a]], graph.lat[at[a]]), (graph.lon[at[b]], graph.lat[at[b]]))
        for a, b in zip(chains.tail, chains.head, strict=True)
    ]


def test_a_ring_keeps_one_vertex() -> None:
    ring = track([(0, 0), (1, 0), (1, 1), (0, 1)], [(0, 1), (1, 2), (3, 2), (0, 3)])
    chains = contract_chains(
        ring, keep=np.zeros(4, dtype=bool), edge_class=np.zeros(4, dtype=np.int64)
    )
    assert chains.cycles == 1
    assert (len(chains.vertex), len(chains.tail)) == (1, 1)
    assert chains.tail[0] == chains.head[0]
    assert chains.length_km.sum() == pytest.approx(ring.length_km.sum())
    assert len(chains.path) == 5


def test_an_edge_from_a_vertex_to_itself_is_refused() -> None:
    graph = track([(0, 0), (1, 0)], [(0, 1), (1, 1)])
    with pytest.raises(ValueError, match="itself"):
        contract_chains(graph, keep=np.zeros(2, dtype=bool), edge_class=np.zeros(2, dtype=np.int64))


def all_distances(
    n: int, tail: NDArray[np.int64], head: NDArray[np.int64], km: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give distances between all vertices; of parallel edges the shortest counts."""
    best: dict[tuple[int, int], float] = {}
    for a, b, length in zip(tail.tolist(), head.tolist(), km.tolist(), strict=True):
        if a != b:
            pair = min(a, b), max(a, b)
            best[pair] = min(length, best.get(pair, np.inf))
    rows, columns = zip(*best, strict=True) if best else ((), ())
    matrix = csr_array((list(best.values()), (rows, columns)), shape=(n, n))
    return np.asarray(dijkstra(matrix, directed=False))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_contraction_changes_no_distance_between_the_vertices_kept(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 14))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1])
    pairs = data.draw(st.lists(ends, min_size=1, max_size=22))
    m = len(pairs)
    km = np.array(data.draw(st.lists(st.integers(1, 50), min_size=m, max_size=m)), dtype=float)
    classes = data.draw(st.lists(st.integers(0, 1), min_size=m, max_size=m))
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    graph = replace(track([(0.1 * i, 0.0) for i in range(n)], pairs), length_km=km)

    chains = contract_chains(graph, keep=keep, edge_class=np.array(classes, dtype=np.int64))

    before = all_distances(n, graph.tail, graph.head, km)[np.ix_(chains.vertex, chains.vertex)]
    after = all_distances(len(chains.vertex), chains.tail, chains.head, chains.length_km)
    np.testing.assert_allclose(after, before)
    assert chains.length_km.sum() == pytest.approx(km.sum())
    assert set(np.flatnonzero(keep & (graph.degree > 0))) <= set(chains.vertex.tolist())
    for edge, chain in enumerate(chains.edge_chain.tolist()):
        assert classes[edge] == classes[int(chains.first_edge[chain])]
        path = chains.path[chains.start[chain] : chains.start[chain + 1]].tolist()
        steps = {frozenset(step) for step in pairwise(path)}
        assert frozenset(pairs[edge]) in steps
