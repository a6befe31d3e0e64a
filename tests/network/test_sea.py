"""Ways by sea: true lengths on the network that ships, and rules on small made seas."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, MultiLineString, box

from geo.atlas import Atlas
from geo.earth import line_length_km
from geo.errors import DataError
from geo.network.sea import port_approaches, sea_lanes

PASSAGES = pd.DataFrame(
    {"passage_id": ["suez", "bab-el-mandeb", "panama", "malacca", "cape"], "default": "open"}
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.fixture(scope="module")
def lanes(atlas: Atlas) -> gpd.GeoDataFrame:
    return atlas.sea_lanes


def between(lanes: pd.DataFrame, port: str, other: str) -> pd.DataFrame:
    """Return the lanes between two ports, shortest first, their passages as sets."""
    a, b = sorted((port, other))
    found = lanes[(lanes["port_a"] == a) & (lanes["port_b"] == b)].sort_values("length_km")
    return found.assign(passages=found["passages"].str.split(";").map(set))


def shortest(lanes: gpd.GeoDataFrame, port: str, other: str, *shut: str) -> pd.Series:
    """Return the shortest lane between two ports that avoids the passages in `shut`."""
    found = between(lanes, port, other)
    return found[[passages.isdisjoint(shut) for passages in found["passages"]]].iloc[0]


ARCTIC = ("northern-sea-route", "northwest-passage")
DEFAULT = (*ARCTIC, "panama")


def test_busan_rotterdam_by_suez(lanes: gpd.GeoDataFrame) -> None:
    lane = shortest(lanes, "busan", "rotterdam", *DEFAULT)
    assert lane["length_km"] == pytest.approx(20_200, rel=0.02)
    assert {"malacca", "bab-el-mandeb", "suez", "gibraltar"} <= lane["passages"]


def test_suez_closed_leads_round_the_cape(lanes: gpd.GeoDataFrame) -> None:
    lane = shortest(lanes, "busan", "rotterdam", *DEFAULT, "suez", "bab-el-mandeb")
    assert lane["length_km"] == pytest.approx(26_300, rel=0.01)
    assert "cape" in lane["passages"]


def test_panama_opens_alone(lanes: gpd.GeoDataFrame) -> None:
    lane = shortest(lanes, "busan", "rotterdam", *ARCTIC, "suez", "malacca")
    assert lane["length_km"] == pytest.approx(24_119, rel=0.01)
    assert "panama" in lane["passages"]


def test_the_arctic_is_shut_by_its_two_switches(lanes: gpd.GeoDataFrame) -> None:
    found = between(lanes, "busan", "rotterdam")
    arctic = found[[bool(passages & set(ARCTIC)) for passages in found["passages"]]]
    assert sorted(len(passages & set(ARCTIC)) for passages in arctic["passages"]) == [1, 1]
    for geometry in found.drop(index=arctic.index)["geometry"]:
        assert geometry.bounds[3] < 62


@pytest.mark.parametrize(
    ("port", "other", "km", "share"),
    [
        ("najin", "busan", 850, 0.04),
        ("busan", "vostochny", 930, 0.03),
        ("busan", "vladivostok", 940, 0.03),
        ("incheon", "dalian", 500, 0.05),
        ("busan", "lianyungang", 910, 0.04),
        ("busan", "shanghai", 850, 0.08),
        ("busan", "los-angeles", 9_680, 0.03),
        # Round the cape of Jangsan and the islands off it: the straight line is land.
        ("incheon", "nampo", 350, 0.06),
    ],
)
def test_short_and_long_hops(
    lanes: gpd.GeoDataFrame, port: str, other: str, km: float, share: float
) -> None:
    assert shortest(lanes, port, other, *DEFAULT)["length_km"] == pytest.approx(km, rel=share)


def test_singapore_piraeus_is_the_same_before_and_after_a_closure(atlas: Atlas) -> None:
    edges, passages = atlas.sea_edges, atlas.passages
    ports = pd.DataFrame(
        {"place_id": ["piraeus", "singapore"], "lon": [23.62, 103.75], "lat": [37.93, 1.25]}
    )
    before = edges.copy(deep=True)
    first = sea_lanes(edges, ports, passages)
    again = sea_lanes(edges, ports, passages)
    pd.testing.assert_frame_equal(pd.DataFrame(edges), pd.DataFrame(before))
    pd.testing.assert_frame_equal(pd.DataFrame(first), pd.DataFrame(again))
    assert first["length_km"].min() == pytest.approx(10_499, rel=0.01)
    closed = shortest(first, "piraeus", "singapore", *DEFAULT, "suez")
    assert closed["length_km"] > 20_000


def test_the_pacific_is_split_at_the_antimeridian(lanes: gpd.GeoDataFrame) -> None:
    lane = shortest(lanes, "busan", "los-angeles", *DEFAULT)
    assert isinstance(lane["geometry"], MultiLineString)
    lon = np.array([x for part in lane["geometry"].geoms for x, _ in part.coords])
    assert np.abs(lon).max() == 180.0
    for part in lane["geometry"].geoms:
        assert max(abs(b[0] - a[0]) for a, b in pairwise(part.coords)) < 180
    drawn = line_length_km([lane["geometry"]])[0]
    assert drawn == pytest.approx(lane["length_km"], rel=0.002)


def test_every_lane_is_drawn_as_long_as_it_is(lanes: gpd.GeoDataFrame) -> None:
    drawn = line_length_km(lanes.geometry.to_numpy())
    np.testing.assert_allclose(drawn, lanes["length_km"], rtol=0.005)
    assert (lanes["port_a"] < lanes["port_b"]).all()


def test_every_port_is_near_the_sea(atlas: Atlas) -> None:
    found = port_approaches(atlas.sea_edges, atlas.ports, land=atlas.boundaries)
    assert set(found["place_id"]) == set(atlas.ports["place_id"])
    best = found.groupby("place_id")["km"].min()
    assert best.max() < 60  # up the river to Ho Chi Minh City


def test_the_added_legs_stay_on_water(atlas: Atlas) -> None:
    land = atlas.boundaries
    for leg, points in atlas.sea_additions.groupby("leg_id"):
        line = LineString(points.sort_values("order")[["lon", "lat"]].to_numpy())
        assert land[land.intersects(line)].empty, leg


def made(*edges: tuple[int, int, float, str]) -> gpd.GeoDataFrame:
    """Return a made sea on the equator: node n lies at n / 10 degrees east."""
    tail, head, km, names = zip(*edges, strict=True)
    shapes = [LineString([(a / 10, 0), (b / 10, 0)]) for a, b in zip(tail, head, strict=True)]
    columns = {"from_node": tail, "to_node": head, "length_km": km, "passage_id": names}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def two_ports(lon: float = 0.0, other: float = 0.3) -> pd.DataFrame:
    """Return two ports on the equator."""
    return pd.DataFrame({"place_id": ["a", "b"], "lon": [lon, other], "lat": [0.0, 0.0]})


def far(*edges: tuple[int, int, float, str]) -> gpd.GeoDataFrame:
    """Return a made sea whose nodes lie too far apart for a port to reach two of them."""
    sea = made(*edges)
    sea["geometry"] = [LineString([(x * 20, y) for x, y in line.coords]) for line in sea.geometry]
    return sea


def test_one_lane_for_each_set_of_passages_worth_using() -> None:
    sea = far(
        (0, 3, 10.0, "suez"), (0, 3, 12.0, "panama"), (0, 3, 11.0, "suez;malacca"), (0, 3, 30.0, "")
    )
    lanes = sea_lanes(sea, two_ports(0.0, 6.0), PASSAGES)
    found = list(zip(lanes["length_km"], lanes["passages"], strict=True))
    assert found == [(10.0, "suez"), (12.0, "panama"), (30.0, "")]
    assert lanes["lane_id"].tolist() == ["a-b-1", "a-b-2", "a-b-3"]


def test_suez_and_bab_el_mandeb_are_one_switch() -> None:
    sea = far((0, 3, 10.0, "suez"), (0, 3, 11.0, "bab-el-mandeb"), (0, 3, 30.0, ""))
    lanes = sea_lanes(sea, two_ports(0.0, 6.0), PASSAGES)
    assert lanes["passages"].tolist() == ["suez", ""]


def test_passages_stand_in_the_order_of_travel() -> None:
    sea = far((0, 1, 1.0, "suez"), (2, 1, 1.0, "malacca"), (2, 3, 1.0, "cape"))
    lanes = sea_lanes(sea, two_ports(0.0, 6.0), PASSAGES)
    assert lanes["passages"].tolist() == ["suez;malacca;cape"]


def test_a_port_too_far_from_the_sea() -> None:
    with pytest.raises(DataError, match="b lies 1085 km from the sea network, more than 100 km"):
        sea_lanes(made((0, 1, 10.0, ""), (1, 2, 10.0, "")), two_ports(0.0, 9.95), PASSAGES)


def test_a_port_in_a_sea_of_its_own() -> None:
    with pytest.raises(DataError, match="no way by sea from a to b"):
        sea_lanes(far((0, 1, 10.0, ""), (2, 3, 10.0, "")), two_ports(0.0, 6.0), PASSAGES)


def test_approaches_keep_off_the_land() -> None:
    sea = made((0, 4, 10.0, ""), (4, 7, 10.0, ""))
    ports = two_ports(0.39, 0.7)
    land = gpd.GeoDataFrame(geometry=[box(0.392, -1, 0.398, 1)], crs="EPSG:4326")
    free = port_approaches(sea, ports)
    bound = port_approaches(sea, ports, land=land)
    assert free[free["place_id"] == "a"]["node"].tolist() == [4, 7, 0]
    assert bound[bound["place_id"] == "a"]["land_km"].max() == pytest.approx(0.668, abs=0.01)
    wide = gpd.GeoDataFrame(geometry=[box(0.395, -1, 0.65, 1)], crs="EPSG:4326")
    bound = port_approaches(sea, ports, land=wide)
    assert 7 not in bound[bound["place_id"] == "a"]["node"].tolist()
    assert 4 in bound[bound["place_id"] == "a"]["node"].tolist()


def test_the_caspian_opens_by_the_volga_don_canal_alone(lanes: gpd.GeoDataFrame) -> None:
    caspian = {"aktau", "alat", "turkmenbashi"}
    out = lanes["port_a"].isin(caspian) != lanes["port_b"].isin(caspian)
    by_canal = lanes["passages"].str.contains("volga-don")
    assert out.any()
    assert (out == by_canal).all()
    # 500 km of sea by the association of the route.
    assert shortest(lanes, "aktau", "alat")["length_km"] == pytest.approx(500, rel=0.05)
