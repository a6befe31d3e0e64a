"""Alliances: closed forms of stars and complete graphs, and networkx as the oracle."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest

from geo.analysis.alliances import KINDS, alliance_network, network_measures, ties_at
from geo.analysis.state_sets import members_of
from geo.atlas import Atlas
from geo.errors import UnknownNameError, UsageError


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.mark.parametrize("n", [3, 4, 9])
def test_a_star_is_wholly_central_and_a_complete_graph_not_at_all(n: int) -> None:
    star = network_measures([("hub", f"s{i}") for i in range(n - 1)])
    assert star.degree_centralisation == pytest.approx(1)
    assert star.betweenness_centralisation == pytest.approx(1)
    assert star.density == pytest.approx(2 / n)
    assert star.hub == "hub"
    complete = network_measures(itertools.combinations([str(i) for i in range(n)], 2))
    assert complete.degree_centralisation == 0
    assert complete.betweenness_centralisation == 0
    assert complete.density == 1
    assert complete.hub is None


@pytest.mark.parametrize("seed", range(6))
def test_measures_are_those_of_networkx(seed: int) -> None:
    graph = nx.gnm_random_graph(11, 14, seed=seed)
    named = nx.relabel_nodes(graph, {node: f"n{node:02}" for node in graph})
    found = network_measures(named.edges, states=named.nodes)
    assert found.density == pytest.approx(nx.density(named))
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(named))
    assert found.degree == dict(named.degree)
    assert found.groups == nx.number_connected_components(named)


def test_small_networks_have_no_centralisation() -> None:
    pair = network_measures([("a", "b"), ("b", "a")])
    assert (pair.ties, pair.density, pair.degree_centralisation) == (1, 1, None)
    assert network_measures([], states=["a"]).density is None
    with pytest.raises(UsageError, match="itself"):
        network_measures([("a", "a")])


def test_the_mesh_undoes_the_star_and_the_crescent_makes_korea_the_hub(atlas: Atlas) -> None:
    spokes = members_of(atlas, "spokes")
    star = alliance_network(atlas, on="2007", among=spokes)
    assert (star.hub, star.degree_centralisation) == ("USA", 1)
    mesh = alliance_network(atlas, on="2008-12", kinds=KINDS, among=spokes)
    assert (mesh.hub, mesh.degree_centralisation, mesh.density) == (None, 0, 1)
    wide = (*spokes, *members_of(atlas, "crescent-6"))
    assert alliance_network(atlas, on="2008-12", kinds=KINDS, among=wide).hub == "KOR"


@pytest.mark.parametrize(
    ("date", "pair", "there"),
    [
        ("1953", ("KOR", "USA"), False),
        ("1954", ("KOR", "USA"), True),
        ("1985", ("NZL", "USA"), True),
        ("1987", ("NZL", "USA"), False),
        ("2024-11", ("PRK", "RUS"), False),
        ("2024-12", ("PRK", "RUS"), True),
    ],
)
def test_ties_by_date(atlas: Atlas, date: str, pair: tuple[str, str], *, there: bool) -> None:
    ties = ties_at(atlas, on=date)
    assert (pair in set(zip(ties["a"], ties["b"], strict=True))) is there


def test_an_organisation_ties_its_members_pairwise(atlas: Atlas) -> None:
    # Six members of 2005, seven with Uzbekistan from June 2006 to December 2012.
    for date, members in (("2005", 6), ("2008", 7), ("2013", 6)):
        ties = ties_at(atlas, on=date, kinds=[], organisations=["csto"])
        assert len(ties) == members * (members - 1) / 2


def test_strange_words_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UsageError, match="defence-treaty"):
        ties_at(atlas, kinds=["friendship"])
    with pytest.raises(UnknownNameError):
        ties_at(atlas, organisations=["nato"])
