"""The whole network: quantities without money, links that close, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

import geo.network.assembly
from geo.errors import DataError
from geo.network import build_network
from tests.small import RATES, SmallAtlas
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network import Network


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallAtlas:
    """Return the small world, in which even a short railway counts."""
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 1)
    return SmallAtlas(tmp_path)


def test_the_network_of_the_small_world(small: SmallAtlas) -> None:
    network = build_network(cast("Any", small))
    assert network.items == tuple(RATES)
    assert network.quantities.shape == (network.graph.n_arcs, len(RATES))
    assert len(network.nodes) == network.graph.n_nodes
    assert len(network.arcs) == network.graph.n_arcs
    assert set(network.arcs["mode"]) == {"rail", "road", "sea", "border", "transfer", "access"}


def test_an_item_that_the_vocabulary_lacks_is_refused(small: SmallAtlas) -> None:
    small.items = small.items[small.items["item_id"] != "gauge-bogie"]
    with pytest.raises(DataError, match=r"items.csv, item_id: no row for the item 'gauge-bogie'"):
        build_network(cast("Any", small))


def test_track_in_a_small_piece_takes_no_place_that_is_not_its_own(
    small: SmallAtlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.places.loc[small.places["place_id"] == "hut", ["lon", "lat"]] = 1.0, 55.01
    monkeypatch.setattr(geo.network.assembly, "LEAST_COMPONENT", 3)
    network = build_network(cast("Any", small))
    assert network.terminals.access.loc["hut", "vertex"] == -1
    assert network.terminals.access.loc["omega", "vertex"] == 7


def test_closing_a_link_closes_its_arcs_and_no_others() -> None:
    network = study().network
    two = ("crossing:zabaikalsk-manzhouli", "passage:suez")
    shut = network.closed_arcs(frozenset(two))
    expected = np.zeros(network.graph.n_arcs, dtype=np.bool_)
    for link in two:
        assert len(network.arcs_of(link))
        expected[network.arcs_of(link)] = True
    assert np.array_equal(shut, expected)


def test_a_link_that_is_not_there_closes_nothing() -> None:
    network = study().network
    assert not network.closed_arcs(frozenset({"crossing:nowhere"})).any()
    assert not len(network.arcs_of("crossing:nowhere"))


def test_links_of_a_path_are_told_in_the_order_of_travel() -> None:
    network = study().network
    suez, cape = network.arcs_of("passage:suez")[0], network.arcs_of("passage:cape")[0]
    there = network.links_at(np.array([suez, cape]))
    assert there.index("passage:suez") < there.index("passage:cape")
    assert network.links_at(np.empty(0, dtype=np.int64)) == ()


@pytest.fixture(scope="module")
def real() -> Network:
    """Return the network that ships."""
    return study().network


def test_quantities_are_positive_and_finite(real: Network) -> None:
    assert np.isfinite(real.quantities.data).all()
    assert (real.quantities.data >= 0).all()


def test_every_arc_of_rail_pays_haulage_time_and_energy_once(real: Network) -> None:
    kind = dict(zip(study().atlas.items["item_id"], study().atlas.items["category"], strict=True))
    rail = ((real.arcs["mode"] == "rail") & ~real.arcs["iso3"].str.contains(";")).to_numpy()
    for category, column in (
        ("haulage", "tariff_km"),
        ("running", "length_km"),
        ("energy", "length_km"),
    ):
        columns = [at for at, item in enumerate(real.items) if kind[item] == category]
        total = np.asarray(real.quantities[:, columns].sum(axis=1)).ravel()
        assert total[rail] == pytest.approx(real.arcs[column].to_numpy()[rail])


def test_the_network_holds_no_prices(real: Network) -> None:
    assert not [name for name in real.arcs.columns if "usd" in name or "cost" in name]


def test_every_node_that_a_door_leads_to_exists(real: Network) -> None:
    doors = np.array(list(real.terminals.doors.values()))
    assert len(set(doors.tolist())) == len(study().atlas.places)
    assert set(real.nodes["kind"].to_numpy()[doors]) == {"door"}


def test_every_part_of_a_line_that_is_not_open_has_track_to_be_closed(real: Network) -> None:
    parts = study().atlas.line_stations
    shut = parts[(parts["order"] > 0) & (parts["status"] != "open")]
    assert len(shut) > 3
    untouched = [
        f"{line}/{order}"
        for line, order in zip(shut["line_id"], shut["order"], strict=True)
        if not len(real.arcs_of(f"part:{line}/{order}"))
    ]
    assert not untouched
