"""Robustness on the small world: what is lost, what carries, how many ways there are."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from geo.analysis.capacity import crossing_capacities
from geo.analysis.connectivity import LinkGraph, independent_routes
from geo.analysis.pairs import Pairs, pair_costs
from geo.analysis.robustness import robustness
from geo.errors import UsageError
from tests.small import SmallAtlas, study_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network import Network
    from geo.study import Study

ALL = ["Alpha", "Beta", "Gamma", "Delta", "Isle"]


@pytest.fixture
def world(tmp_path: Path) -> Study:
    """Make the small world with counted trains."""
    atlas: Any = SmallAtlas(tmp_path)
    atlas.crossings = atlas.crossings.assign(trains_day=[2.0, np.nan], trains_date="2024")
    atlas.parameters["train-teu"] = 100.0
    return study_of(atlas)


def test_losing_the_only_crossing_cuts_the_pairs_beyond_it(world: Study) -> None:
    found = robustness(world, ["Alpha"], ["Beta", "Delta", "Isle"], kinds=["crossing", "passage"])
    first = found.ranking().iloc[0]
    assert (first["link"], first["pairs_cut"], first["demand_cut"]) == ("crossing:a-b", 2, 2)
    assert found.carried[found.links.index("crossing:a-b")] == 2
    assert found.unserved == 0


def test_losing_the_strait_costs_the_way_round_it(world: Study) -> None:
    found = robustness(world, ["Alpha"], ["Isle"], kinds=["passage"])
    link = found.ranking().set_index("link").loc["passage:strait"]
    far = world.route("Alpha", "Isle", via=()).generalised_usd_per_feu
    closed = found.closed[found.links.index("passage:strait"), 0, 0]
    assert link["pairs_cut"] == 0
    assert link["mean_rise"] == pytest.approx(closed - found.before[0, 0])
    assert found.before[0, 0] == pytest.approx(far)
    assert link["mean_rise_share"] == pytest.approx(link["mean_rise"] / far)


def test_closing_a_link_never_lowers_the_least_cost(world: Study) -> None:
    found = robustness(world, ALL, ALL, kinds=["crossing", "line", "passage", "port", "part"])
    assert (found.closed >= found.before).all()
    table = found.ranking()
    assert (table["mean_rise"] >= 0).all()


def test_a_link_closed_here_costs_what_it_costs_in_a_scenario(world: Study) -> None:
    found = robustness(world, ALL, ALL, kinds=["crossing"])
    at = found.links.index("crossing:a-b")
    shut = world.at("shut")
    assert found.closed[at] == pytest.approx(pair_costs(Pairs.of(shut, ALL, ALL), shut.choice))


def test_only_what_is_open_of_a_line_can_be_lost_and_is_named_so(world: Study) -> None:
    half = world.at(replace(world.scenario, steps=(((), ("part:main/1",)),)))
    found = robustness(half, ["Alpha"], ["Isle"], kinds=["line", "passage"])
    assert found.names[found.links.index("line:main")].endswith(", open between Beta and Gamma")
    none = world.at(replace(world.scenario, steps=(((), ("part:main/1", "part:main/2")),)))
    links = robustness(none, ["Alpha"], ["Isle"], kinds=["line", "passage"]).links
    assert "line:main" not in links


def test_demand_weighs_pairs_and_a_pair_counts_once_for_a_link(world: Study) -> None:
    demand = [[5.0, 1.0]]
    found = robustness(
        world, ["Alpha"], ["Beta", "Delta"], kinds=["crossing", "line"], demand=demand
    )
    carried = dict(zip(found.links, found.carried, strict=True))
    # The through train to Delta carries the crossings on its way.
    assert carried["crossing:a-b"] == 6
    assert carried["line:main"] >= 5
    assert found.arc_load.max() <= 6


def test_the_share_of_a_demand_that_trains_carry(world: Study) -> None:
    found = robustness(world, ["Alpha"], ["Beta", "Delta"], kinds=["crossing"], teu_year=146_000)
    (one,) = found.capacities
    assert one.teu_year == pytest.approx(2 * 100 * 365)
    assert one.demand_teu_year == pytest.approx(146_000)
    assert one.share == pytest.approx(0.5)
    assert crossing_capacities(world.atlas)[0].share is None
    with pytest.raises(UsageError, match="load of a train"):
        crossing_capacities(world.atlas, teu_per_train=0)


def test_wrong_kinds_places_and_demands_are_refused(world: Study) -> None:
    with pytest.raises(UsageError, match="unknown kind of link 'bridge'"):
        robustness(world, ["Alpha"], ["Beta"], kinds=["bridge"])
    with pytest.raises(UsageError, match="shape"):
        robustness(world, ["Alpha"], ["Beta"], demand=[1.0, 2.0])
    with pytest.raises(UsageError, match="above 0 for one"):
        robustness(world, ["Alpha"], ["Beta"], demand=[[0.0]])
    with pytest.raises(UsageError, match="two places"):
        robustness(world, ["Alpha"], ["Alpha"])


def test_one_crossing_parts_two_states_and_none_parts_one(world: Study) -> None:
    found = robustness(world, ["Alpha", "Beta"], ["Beta", "Gamma"], kinds=["crossing"])
    by_pair = {(pair.origin, pair.destination): pair for pair in found.routes}
    assert by_pair["Alpha", "Beta"].routes == 1
    assert by_pair["Alpha", "Beta"].cut == ("crossing:a-b",)
    assert by_pair["Beta", "Gamma"].routes is None


def network_of(arcs: list[tuple[int, int, tuple[int, ...]]], n_nodes: int, n_links: int) -> Network:
    """Make a network of arcs (tail, head, links) alone."""
    rows = [at for at, (_, _, links) in enumerate(arcs) for _ in links]
    columns = [link for _, _, links in arcs for link in links]
    table = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(arcs), n_links))
    graph = SimpleNamespace(
        n_nodes=n_nodes,
        tail=np.array([a for a, _, _ in arcs]),
        head=np.array([b for _, b, _ in arcs]),
    )
    links = tuple(f"crossing:{k}" for k in range(n_links))
    made = SimpleNamespace(graph=graph, links=links, links_of_arcs=table)
    return cast("Network", made)


@pytest.mark.parametrize("seed", range(8))
def test_independent_routes_are_the_maximum_flow_of_networkx(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n_nodes, n_links = 9, 14
    oracle: nx.DiGraph[Any] = nx.DiGraph()
    arcs: list[tuple[int, int, tuple[int, ...]]] = []
    for link in range(n_links):
        a, b = (int(node) for node in draw.choice(n_nodes, 2, replace=False))
        arcs += [(a, b, (link,)), (b, a, (link,))]
        oracle.add_edge(("in", link), ("out", link), capacity=1)
        for node in (a, b):
            oracle.add_edge(node, ("in", link))
            oracle.add_edge(("out", link), node)
    network = network_of(arcs, n_nodes, n_links)
    is_open = np.ones(len(arcs), np.bool_)
    oracle.add_nodes_from(range(n_nodes))
    for target in range(1, n_nodes):
        found = independent_routes(network, is_open, (0, target))
        assert found is not None
        routes, cut = found
        assert routes == nx.maximum_flow_value(oracle, 0, target)
        assert len(cut) == routes
        parted = oracle.copy()
        parted.remove_nodes_from(("in", int(link.removeprefix("crossing:"))) for link in cut)
        assert not nx.has_path(parted, 0, target)


def test_an_arc_of_two_links_needs_both_and_ground_needs_none() -> None:
    arcs: list[tuple[int, int, tuple[int, ...]]] = [
        (0, 1, (0, 1)),
        (0, 2, (0,)),
        (2, 1, (2,)),
        (1, 3, ()),
    ]
    network = network_of(arcs, 4, 3)
    graph = LinkGraph.of(network, np.ones(4, np.bool_))
    assert graph.routes_between(0, 3) == (1, ("crossing:0",))
    assert graph.routes_between(1, 3) is None
    shut = LinkGraph.of(network, np.array([False, True, False, True]))
    assert shut.routes_between(0, 3) == (0, ())
    with pytest.raises(UsageError, match="no link of the kinds tunnel"):
        LinkGraph.of(network, np.ones(4, np.bool_), ["tunnel"])


def test_capacities_leave_out_crossings_without_a_count(world: Study) -> None:
    frame = pd.DataFrame([one.to_dict() for one in crossing_capacities(world.atlas)])
    assert frame["link"].tolist() == ["crossing:a-b"]
