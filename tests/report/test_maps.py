"""The map of the study: self-contained, the same bytes, and safe against names from outside."""

from __future__ import annotations

import re
from typing import Any

import pytest
from shapely.geometry import LineString, MultiLineString

from geo.report.maps import RouteGroup, study_map
from geo.report.maps.palette import dash
from geo.report.maps.popups import route_popup
from geo.report.maps.shapes import feature, feature_collection, light
from geo.report.study_plan import ask, route_groups
from tests.fakes import NASTY, FakeStudy, charge, route


def both() -> list[Any]:
    """Make the small study in two states of the world."""
    return [FakeStudy("severed-2026"), FakeStudy("reopened")]


@pytest.fixture(scope="module")
def page() -> str:
    """Draw the map of the small study."""
    studies = both()
    groups = route_groups(ask(studies))
    return study_map(studies[1].layers(), groups, title="A <b>title</b>", lines=["As of today"])


def test_the_same_study_gives_the_same_bytes(page: str) -> None:
    studies = both()
    groups = route_groups(ask(studies))
    again = study_map(studies[1].layers(), groups, title="A <b>title</b>", lines=["As of today"])
    assert again == page


def test_nothing_is_asked_from_a_network(page: str) -> None:
    # a link that a reader may click asks for nothing by itself
    assert not re.search(r"""src\s*=\s*["']?\s*(https?:)?//""", page)
    assert "<link" not in page
    assert not re.search(r"url\(\s*[\"']?(https?:)?//", page)
    assert not re.search(r"url\(images/", page)
    # jQuery, which some parts of folium use, is not there
    assert "$(" not in page


def test_foreign_text_is_escaped(page: str) -> None:
    assert "A <b>title</b>" not in page
    assert NASTY not in page
    assert "<script>note" not in page
    assert "a <script>" not in page


def test_layers_legend_and_sources_are_there(page: str) -> None:
    for words in (
        "Trans-Korean Railway",
        "Border crossings",
        "Economic zones",
        "Ports",
        "Busan \\u2192 Moscow \\u00b7 reopened",
        "Routes by corridor",
        "OpenStreetMap contributors",
        "Natural Earth",
        "Eurostat marnet",
    ):
        assert words in page, words


def test_only_one_group_of_routes_is_shown_at_first() -> None:
    answer = ask(both())
    shown = [group.name for group in route_groups(answer) if group.show]
    assert shown == ["Busan → Moscow · reopened"]


def test_a_map_without_routes() -> None:
    html = study_map(FakeStudy("reopened").layers(), [RouteGroup("None", ())])
    assert "Routes by corridor" not in html


def test_a_popup_has_the_bill_and_its_total() -> None:
    html = route_popup(route(usd=1000.0, assumed_usd=1000.0))
    assert "Haul rus, RUS" in html
    assert "indicative" in html
    assert "tariff-2024, review-2023" in html
    assert "Total" in html


def test_a_long_bill_is_cut_but_still_adds_up() -> None:
    found = route()
    many = tuple(charge(f"item-{i}", 10.0 + i, where=str(i)) for i in range(20))
    object.__setattr__(found.charges, "charges", many)
    html = route_popup(found)
    assert "8 smaller charges" in html
    # 20 charges of 10 to 29 dollars
    assert ">390<" in html
    assert f">{sum(10 + i for i in range(8))}<" in html


@pytest.mark.parametrize(
    ("status", "drawn", "dashes"),
    [
        ("open", "matched", ""),
        ("open", "schematic", "1 6"),
        ("severed", "matched", "2 7"),
        ("planned", "schematic", "8 5"),
        ("unheard-of", "matched", "2 7"),
    ],
)
def test_what_is_not_open_or_drawn_by_hand_is_dashed(status: str, drawn: str, dashes: str) -> None:
    assert dash(status, drawn) == dashes


def test_light_geometry_is_cut_and_rounded() -> None:
    shape = light(LineString([(179.123456, 60), (-179.5, 61)]), tolerance=0.0)
    assert isinstance(shape, MultiLineString)
    assert shape.bounds[0] == -180
    assert shape.bounds[2] == 180
    assert shape.geoms[0].coords[0] == (179.1235, 60)


def test_features_have_stable_ids_and_short_numbers() -> None:
    one = feature(LineString([(1.0, 2.5), (3, 4)]), tip="x")
    assert one["geometry"]["coordinates"] == [[1, 2.5], [3, 4]]
    assert [f["id"] for f in feature_collection([one, one])["features"]] == ["0", "1"]
