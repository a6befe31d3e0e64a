"""The build of the road layers from a source of a few lines: two states, a dead end, a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geo.errors import MissingDataError
from geo.network import road_build
from geo.network.rail_source import RailGraph
from geo.network.road_build import RoadFacts, RoadReport, build_road
from geo.network.road_source import join_pieces, set_places

if TYPE_CHECKING:
    from pathlib import Path

# lat, lon: a road along 50 N from 0 to 4 E over a border at 2 E, a dead end, a way round, a loop.
NODES = [
    [50.0, 0.0],
    [50.0, 1.0],
    [50.0, 1.9],
    [50.0, 2.1],
    [50.0, 3.0],
    [50.0, 4.0],
    [50.5, 1.0],
    [50.3, 3.5],
    [51.0, 0.5],
    [49.5, 1.0],
]
EDGES = [
    (0, 1, 75.0),
    (1, 2, 70.0),
    (2, 3, 15.0),
    (3, 4, 66.0),
    (4, 5, 72.0),
    (6, 2, 70.0),
    (4, 7, 60.0),
    (7, 5, 61.0),
    (0, 0, 9.0),
    (0, 8, 130.0),
    (8, 1, 131.0),
    (8, 6, 60.0),
    (1, 9, 55.0),
]
PLACES = pd.DataFrame(
    {
        "place_id": ["west", "mid", "east"],
        "iso3": ["AAA", "AAA", "BBB"],
        "kinds": ["city", "station", "city"],
        "lon": [0.0, 1.0, 4.0],
        "lat": [50.0, 50.0, 50.0],
    }
)
CROSSINGS = pd.DataFrame(
    {"crossing_id": ["gate"], "iso3_a": ["AAA"], "iso3_b": ["BBB"], "lon": [2.0], "lat": [50.0]}
)
STATES = gpd.GeoDataFrame(
    {"iso3": ["AAA", "BBB"]}, geometry=[box(-1, 49, 2, 52), box(2, 49, 5, 52)], crs="EPSG:4326"
)


def source(folder: Path) -> Path:
    """Write a source as the package writes it."""
    graph: list[dict[int, float]] = [{} for _ in NODES]
    for a, b, km in EDGES:
        graph[a][b] = km
        graph[b][a] = km
    path = folder / "world_highways.py"
    path.write_text(f"import os\ngraph = {graph}\nnodes = {NODES}\n", encoding="utf-8")
    return path


def build(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, national: tuple[str, ...]
) -> RoadReport:
    """Build the layers of the small source."""
    monkeypatch.setattr(road_build, "LEAST_COMPONENT", 1)
    facts = RoadFacts(
        boundaries=STATES,
        crossings=CROSSINGS,
        places=PLACES,
        national=national,
        thinned={"AAA", "BBB"} - set(national),
        unions=set(),
    )
    return build_road(source(folder), folder, facts)


def edges(folder: Path) -> gpd.GeoDataFrame:
    """Read the edges that were written."""
    return gpd.read_parquet(folder / "road_edges.parquet")


def test_of_thinned_states_only_the_short_way_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """West to east: 75 + 70 + 15 + 66 + 72 km; neither dead end, loop nor ways round."""
    report = build(tmp_path, monkeypatch, national=())
    made = edges(tmp_path)
    assert made["length_km"].sum() == pytest.approx(298, abs=0.01)
    assert made.groupby("iso3")["length_km"].sum()["AAA"] == pytest.approx(152.5, abs=0.2)
    assert report.crossing_km["gate"] < 1
    nodes = pd.read_parquet(tmp_path / "road_nodes.parquet")
    assert sorted(nodes["kind"]) == ["border", "place", "place"]
    assert nodes.loc[nodes["kind"] == "border", "crossing_id"].tolist() == ["gate"]


def test_a_national_network_stays_but_for_dead_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In AAA the ways round by 51 N stay, in BBB none does; the mere station counts."""
    build(tmp_path, monkeypatch, national=("AAA",))
    made = edges(tmp_path)
    assert made["length_km"].sum() == pytest.approx(298 + 130 + 131 + 130, abs=0.01)
    assert made.geometry.bounds["miny"].min() == pytest.approx(50.0, abs=0.01)
    assert made.loc[made["iso3"] == "BBB"].geometry.bounds["maxy"].max() < 50.1
    nodes = pd.read_parquet(tmp_path / "road_nodes.parquet")
    assert (nodes["kind"] == "place").sum() == 3


def test_the_same_source_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice built, the files agree."""
    once, twice = tmp_path / "a", tmp_path / "b"
    for folder in (once, twice):
        folder.mkdir()
        build(folder, monkeypatch, national=("AAA",))
    for name in ("road_edges.parquet", "road_nodes.parquet"):
        assert (once / name).read_bytes() == (twice / name).read_bytes()


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No file, no layers."""
    facts = RoadFacts(STATES, CROSSINGS, PLACES, ("AAA",), ("BBB",), set())
    with pytest.raises(MissingDataError, match=r"absent\.py"):
        build_road(tmp_path / "absent.py", tmp_path, facts)
    assert not list(tmp_path.iterdir())


def line(lon: list[float], *edges_km: tuple[int, int, float]) -> RailGraph:
    """Make a graph of points on the equator."""
    tail, head, km = (np.array(column) for column in zip(*edges_km, strict=True))
    return RailGraph(
        lon=np.array(lon),
        lat=np.zeros(len(lon)),
        tail=tail.astype(np.int64),
        head=head.astype(np.int64),
        length_km=km.astype(np.float64),
        kind=np.full(len(edges_km), "track"),
    )


def test_pieces_are_joined_over_small_gaps_of_one_state() -> None:
    """Gaps of 1.1 km (joined), 1.1 km over a border (not) and 111 km (not)."""
    broken = line(
        [0, 1, 1.01, 2, 2.01, 3, 4, 5], (0, 1, 112.0), (2, 3, 111.0), (4, 5, 111.0), (6, 7, 112.0)
    )
    states = np.array(["AAA"] * 4 + ["BBB"] * 4)
    joined = join_pieces(broken, states)
    new = joined.kind == "join"
    pairs = {tuple(sorted(pair)) for pair in zip(joined.tail[new], joined.head[new], strict=True)}
    assert pairs == {(1, 2)}
    # 0.01 degrees of the equator of WGS84.
    assert joined.length_km[new] == pytest.approx(1.1131949, rel=1e-5)


def test_a_place_on_a_long_edge_is_set_into_it_and_no_length_changes() -> None:
    """An edge of 230 km, straight 222.6 km; the place lies 11 km off its middle."""
    long = line([0, 2], (0, 1, 230.0))
    places = pd.DataFrame({"lon": [1.0, 1.0], "lat": [0.1, 0.9]})
    placed = set_places(long, places)
    assert placed.n_vertices == 3
    assert placed.length_km.sum() == pytest.approx(230)
    assert placed.length_km[0] == pytest.approx(115, abs=0.1)
