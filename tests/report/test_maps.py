"""The map of the study: self-contained, the same bytes, and safe against names from outside."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import folium
import pytest
from shapely.geometry import LineString, MultiLineString

from geo.costing import Bill
from geo.report.maps import MapWords, RouteGroup, study_map
from geo.report.maps.offline import render_page
from geo.report.maps.palette import ROUTE_LOOKS, corridor_order, dash, route_look
from geo.report.maps.popups import route_popup, tip
from geo.report.maps.shapes import feature, feature_collection, light
from geo.report.maps.strands import strand_shifts
from geo.report.study_plan import OTHER_WAYS, ask, route_groups
from tests import worlds
from tests.fakes import NASTY, FakeStudy, charge, route


def both() -> list[Any]:
    """Make the small study in two states of the world."""
    return [FakeStudy("severed-2026"), FakeStudy("reopened")]


@pytest.fixture(scope="module")
def page() -> str:
    """Draw the map of the small study."""
    studies = both()
    groups = route_groups(ask(studies))
    words = MapWords.of(studies[0].atlas)
    lines = ["As of today"]
    return study_map(studies[1].layers(), groups, title="A <b>title</b>", lines=lines, words=words)


def test_the_same_study_gives_the_same_bytes(page: str) -> None:
    studies = both()
    groups = route_groups(ask(studies))
    words = MapWords.of(studies[0].atlas)
    lines = ["As of today"]
    again = study_map(studies[1].layers(), groups, title="A <b>title</b>", lines=lines, words=words)
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
        "Busan \\u2192 Moscow",
        "Routes, reopened",
        "Routes by corridor",
        "OpenStreetMap contributors",
        "Natural Earth",
        "Eurostat marnet",
    ):
        assert words in page, words


def test_seas_bear_every_name_and_ask_for_no_jquery(page: str) -> None:
    assert "East Sea / Sea of Japan" in page
    assert "feature-name sea" in page
    # A folium popup with markup of its own needs jQuery, which the page does not carry.
    assert "$(`" not in page
    assert "boundaries as held on the ground" in page


def test_only_one_group_of_routes_is_shown_at_first() -> None:
    answer = ask(both())
    shown = [(group.head, group.name) for group in route_groups(answer) if group.show]
    assert shown == [("Routes, reopened", "Busan → Moscow")]


def test_corridors_beyond_the_main_ones_wait_in_groups_of_their_own() -> None:
    others = {corridor for family in OTHER_WAYS.values() for corridor in family}
    assert set(worlds.study().atlas.corridors["corridor_id"]) >= others
    for group in route_groups(ask(both())):
        drawn = {route.corridor for route in group.routes}
        assert not group.show or not drawn & others
        assert drawn <= others or group.name not in OTHER_WAYS


def test_every_corridor_that_ships_has_a_look_of_its_own() -> None:
    shipped = set(worlds.study().atlas.corridors["corridor_id"])
    assert shipped <= set(ROUTE_LOOKS)
    looks = [(look.colour, look.dashes) for look in ROUTE_LOOKS.values()]
    assert len(set(looks)) == len(looks)


def test_an_unknown_corridor_has_a_steady_look_that_no_known_one_has() -> None:
    look = route_look("mine")
    assert look == route_look("mine")
    assert look.colour not in {known.colour for known in ROUTE_LOOKS.values()}
    assert len({route_look(f"mine-{number}") for number in range(30)}) > 10


def test_the_legend_names_the_corridors_that_are_drawn_and_no_others() -> None:
    groups = [RouteGroup("One", (route(corridor="tkr-tsr"), route(corridor="<mine>")))]
    words = MapWords(corridors={"tkr-tsr": "Korea & Siberia", "road": "By road"})
    html = study_map(FakeStudy("reopened").layers(), groups, words=words)
    rows = re.findall(r'data-corridor="([^"]*)">.*?</svg>([^<]*)</div>', html)
    assert rows == [("tkr-tsr", "Korea &amp; Siberia"), ("&lt;mine&gt;", "&lt;mine&gt;")]


def test_the_map_of_what_ships_is_small() -> None:
    study = worlds.study()
    html = study_map(study.layers(), words=MapWords.of(study.atlas))
    # The routes of the whole study add 1.2 MB, and together they stay below 4 MB.
    assert len(html.encode()) < 2_800_000
    assert "(class, not this crossing's own)" in html.replace("&#x27;", "'")


def test_roads_and_their_crossings_are_off_at_first(page: str) -> None:
    for label in ("Roads", "Road crossings"):
        found = re.search(rf"{label}</span>\"\s*:\s*(\w+)", page)
        assert found is not None, label
        assert f"{found[1]}.addTo(" not in page


def test_markup_in_scripts_is_shortened_but_cannot_end_them() -> None:
    leaflet_map = folium.Map(tiles=None)
    texts = {"tip": "<b>x</b> & <script>y</script><!--", "other": "\\u003cb\\u003e"}
    drawn = feature(LineString([(1, 2), (3.5, 4)]), **texts)
    folium.GeoJson(feature_collection([drawn])).add_to(leaflet_map)
    html = render_page(leaflet_map, title="", style="", body="")
    assert '"coordinates":[[1,2],[3.5,4]]' in html
    assert "<script>y" not in html
    assert "<!--" not in html.replace("<!-- ", "")
    data = re.search(r"_add\((\{.*\})\);", html)
    assert data is not None
    told = json.loads(data[1])["features"][0]["properties"]
    assert {name: told[name] for name in texts} == texts


def test_a_text_cannot_leave_a_template_string() -> None:
    assert tip("`${alert(1)}\\") == "&#96;&#36;{alert(1)}&#92;"


def test_a_map_without_routes() -> None:
    html = study_map(FakeStudy("reopened").layers(), [RouteGroup("None", ())])
    assert "Routes by corridor" not in html


def test_a_popup_has_the_bill_and_its_total() -> None:
    html = route_popup(
        route(usd=1000.0, assumed_usd=1000.0),
        categories={"haul-rus": "haulage"},
        states={"RUS": "Russia"},
    )
    assert 'Russia <span class="w">· rail</span>' in html
    assert "indicative" in html
    assert "tariff-2024, review-2023" in html
    assert "Total" in html


def test_a_popup_tells_what_falls_due_at_one_place_in_one_row() -> None:
    found = route()
    many = tuple(charge(f"item-{i}", 10.0 + i, where=str(i // 10)) for i in range(20))
    html = route_popup(dataclasses.replace(found, charges=Bill(many)))
    assert html.count('<td class="n">') == 2 * (2 + 1)
    for total in (sum(range(10, 20)), sum(range(20, 30)), sum(range(10, 30))):
        assert f">{total}<" in html


def test_a_place_is_told_by_both_its_korean_names() -> None:
    words = MapWords.of(FakeStudy().atlas)
    assert words.also["gaesong"] == "Kaesong · 개성"
    assert words.also["busan"] == "부산"


def test_routes_of_one_way_lie_side_by_side_in_a_steady_order() -> None:
    assert strand_shifts(["best", "a", "b", "c"]) == {"a": -2.4, "b": 0.0, "c": 2.4}
    assert strand_shifts(["best"]) == {}
    assert corridor_order({"sea-suez", "mine", "best", "tkr-tsr"}) == [
        *("best", "tkr-tsr", "sea-suez", "mine"),
    ]


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
