"""The map of criticality: rank, colour and width follow the ranking of `crescent robustness`."""

from __future__ import annotations

import itertools

import pytest

from geo.analysis import Robustness, robustness
from geo.report.maps import criticality_map
from geo.report.maps.criticality_map import link_words, rank_class
from geo.report.wording import number, percent
from tests.report.maps.drawn import drawn, drawn_study, notes
from tests.report.maps.test_scales import lightness

KINDS = ("crossing", "line", "passage", "port", "part", "service")


@pytest.fixture(scope="module")
def found_and_page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Robustness, str]:
    """Rank the links of the small world and draw them."""
    study = drawn_study(tmp_path_factory.mktemp("small"))
    found = robustness(study, ["alpha"], ["delta", "isle"], kinds=KINDS)
    html = criticality_map(study, found)
    assert html == criticality_map(study, found)
    return found, html


def test_every_link_that_matters_is_drawn_with_its_rank(
    found_and_page: tuple[Robustness, str],
) -> None:
    found, html = found_and_page
    marks = {one["id"]: one for layer in drawn(html).values() for one in layer if "rank" in one}
    ranking = found.ranking()
    assert [marks[link]["rank"] for link in ranking["link"]] == list(range(1, len(ranking) + 1))
    for row in ranking.to_dict("records"):
        assert f"{row['pairs_cut']}" in marks[row["link"]]["popup"]


def test_the_most_critical_are_darkest_and_broadest(
    found_and_page: tuple[Robustness, str],
) -> None:
    _, html = found_and_page
    layers = drawn(html)
    dots = sorted(layers["Crossings"] + layers["Ports"], key=lambda one: one["rank"])
    for one, other in itertools.pairwise(dots):
        assert one["style"]["radius"] >= other["style"]["radius"]
        assert lightness(one["style"]["fillColor"]) <= lightness(other["style"]["fillColor"])
    lines = sorted(layers["Lines"] + layers["Parts of lines"], key=lambda one: one["rank"])
    assert lines[0]["style"]["weight"] >= lines[-1]["style"]["weight"]


def test_the_panel_lists_the_ranking(found_and_page: tuple[Robustness, str]) -> None:
    found, html = found_and_page
    told = notes(html)
    for row in found.ranking().to_dict("records"):
        cells = (
            number(row["pairs_cut"]),
            number(row["mean_rise"]),
            percent(row["mean_rise_share"]),
            percent(row["carried_share"]),
        )
        assert f"{link_words(row['name'])} {' '.join(cells)}" in told
    assert "Of 2 pairs." in told
    assert "Rise, generalised USD" in told
    assert "the way left of least generalised cost" in told
    assert "generalised USD per FEU" in html


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Gyeongbu Line (Seoul - Busan, conventional)", "Gyeongbu Line"),
        ("Alpha Line (A - D), open between A and B", "Alpha Line, open between A and B"),
        ("Almaty - Shu - Tashkent line", "Almaty - Shu - Tashkent line"),
        ("border crossing Brest - Malaszewicze (Terespol)", "Border crossing Brest - Malaszewicze"),
    ],
)
def test_brackets_go_and_what_is_open_of_a_line_stays(name: str, words: str) -> None:
    assert link_words(name) == words


@pytest.mark.parametrize("count", [1, 4, 5, 23])
def test_classes_are_of_nearly_equal_size_and_in_order(count: int) -> None:
    classes = [rank_class(position, count) for position in range(count)]
    assert classes == sorted(classes)
    assert classes[0] == 0
    if count >= 5:
        sizes = [classes.count(one) for one in range(5)]
        assert max(sizes) - min(sizes) <= 1
