"""The map of the study: self-contained, the same bytes, each state of the world, and small."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from geo.report.maps import MapWords, MapWorld, RouteGroup, study_map
from geo.report.study_plan import OTHER_WAYS, ask, route_groups
from tests import worlds
from tests.fakes import NASTY, FakeStudy, route
from tests.report.maps.drawn import drawn


def both() -> list[Any]:
    """Make the small study in two states of the world."""
    return [FakeStudy("severed-2026"), FakeStudy("reopened")]


def draw() -> str:
    """Draw the map of the small study, with its switch."""
    studies = both()
    return study_map(
        studies[0].layers(),
        route_groups(ask(studies)),
        title="A <b>title</b>",
        lines=["As of today"],
        words=MapWords.of(studies[0].atlas),
        worlds=[MapWorld(s.scenario.scenario_id, s.scenario.title, s.layers()) for s in studies],
    )


@pytest.fixture(scope="module")
def page() -> str:
    """Draw it once."""
    return draw()


def test_the_same_study_gives_the_same_bytes(page: str) -> None:
    assert draw() == page


def test_whatever_the_seed_of_hashes_is(page: str) -> None:
    code = (
        "import hashlib; from tests.report.maps.test_study_map import draw; "
        "print(hashlib.sha256(draw().encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_nothing_is_asked_from_a_network(page: str) -> None:
    # a link that a reader may click asks for nothing by itself
    assert not re.search(r"""src\s*=\s*["']?\s*(https?:)?//""", page)
    assert "<link" not in page
    assert not re.search(r"url\(\s*[\"']?(https?:)?//", page)
    assert not re.search(r"url\(images/", page)


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
        "Busan → Moscow",
        "Routes by corridor",
        "OpenStreetMap contributors",
        "Natural Earth",
        "boundaries as held on the ground",
        "Eurostat marnet",
    ):
        assert words in page, words


def test_seas_bear_every_name(page: str) -> None:
    assert '"East Sea /\\nSea of Japan","feature-name sea"' in page


def test_the_scenario_decides_what_a_crossing_and_a_line_are(page: str) -> None:
    found = re.search(r'id="data">(.*?)</script>', page)
    texts = re.search(r'id="texts">(.*?)</script>', page)
    assert found is not None
    assert texts is not None
    data, words = json.loads(found[1]), json.loads(texts[1])
    assert data["world"] == 1, "it opens with that of the routes that are shown"
    changes = {}
    for layer in data["layers"]:
        for _, chunk in layer["chunks"]:
            for entry in chunk:
                for world in entry[4].get("w", {}) if len(entry) > 4 else ():
                    changes[layer["name"]] = (entry[1:4], entry[4]["w"][world])
    assert set(changes) == {"Border crossings", "Trans-Korean Railway"}
    (shut, _, told), (usable, _, told_then) = changes["Border crossings"]
    assert data["styles"][shut].get("cross") is True
    assert "cross" not in data["styles"][usable]
    assert "severed" in words[told]
    assert "severed" not in words[told_then]
    (broken, _, _), (whole, _, _) = changes["Trans-Korean Railway"]
    assert data["styles"][broken]["dashArray"] == "2 7"
    assert "dashArray" not in data["styles"][whole]


def test_routes_of_every_scenario_stand_in_one_line_of_the_control(page: str) -> None:
    assert page.count("<span>Busan → Moscow</span>") == 1
    assert "Routes, reopened" not in page


def test_without_a_switch_the_headings_tell_the_scenario() -> None:
    studies = both()
    html = study_map(studies[1].layers(), route_groups(ask(studies)))
    assert "<summary>Routes, reopened</summary>" in html
    assert html.count("<span>Busan → Moscow</span>") == 2


def test_a_place_is_found_by_any_of_its_names(page: str) -> None:
    found = re.search(r'id="data">(.*?)</script>', page)
    assert found is not None
    names = [
        entry[4]["f"]
        for layer in json.loads(found[1])["layers"]
        for _, chunk in layer["chunks"]
        for entry in chunk
        if len(entry) > 4 and "f" in entry[4]
    ]
    (kaesong,) = [one for one in names if "개성" in one]
    assert {"Gaesong", "Kaesong", "Kaesŏng"} <= set(kaesong)


def test_only_one_group_of_routes_is_shown_at_first() -> None:
    answer = ask(both())
    shown = [(group.head, group.name) for group in route_groups(answer) if group.show]
    assert shown == [("Routes, reopened", "Busan → Moscow")]


def test_corridors_beyond_the_main_ones_wait_in_groups_of_their_own() -> None:
    others = {corridor for family in OTHER_WAYS.values() for corridor in family}
    assert set(worlds.study().atlas.corridors["corridor_id"]) >= others
    for group in route_groups(ask(both())):
        of_group = {route.corridor for route in group.routes}
        assert not group.show or not of_group & others
        assert of_group <= others or group.name not in OTHER_WAYS


def test_the_legend_names_the_corridors_that_are_drawn_and_no_others() -> None:
    groups = [RouteGroup("One", (route(corridor="tkr-tsr"), route(corridor="<my own>")))]
    words = MapWords(corridors={"tkr-tsr": "Korea & Siberia", "road": "By road"})
    html = study_map(FakeStudy("reopened").layers(), groups, words=words)
    rows = re.findall(r'data-on="(corridor:[^"]*)">.*?</svg><span>([^<]*)</span>', html)
    assert rows == [
        ("corridor:tkr-tsr", "Korea &amp; Siberia"),
        ("corridor:&lt;my_own&gt;", "&lt;my own&gt;"),
    ]
    looks = {one["style"]["legend"] for one in drawn(html)["One"]}
    assert looks == {"corridor:tkr-tsr", "corridor:<my_own>"}


def test_every_row_of_the_legend_has_something_that_shows_it(page: str) -> None:
    found = re.search(r'id="data">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found[1])
    known = {word for style in data["styles"] for word in style.get("legend", "").split()}
    known |= {layer["words"] for layer in data["layers"] if "words" in layer}
    rows = set(re.findall(r'data-on="([^"]*)"', page))
    # what a small world has none of: dashes, signs and states of other maps
    absent = {row for row in rows - known if not row.startswith(("line:", "layer:"))}
    assert absent <= {
        *("crossing:break", "crossing:open", "crossing:closed", "port:closed", "port:open"),
        *("road-crossing:open", "road-crossing:closed", "zone"),
    }
    assert {"system:TKR", "states:crescent", "states:neighbours", "zone"} <= rows & known


def test_a_map_without_routes() -> None:
    html = study_map(FakeStudy("reopened").layers(), [RouteGroup("None", ())])
    assert "Routes by corridor" not in html


def test_a_place_is_told_by_both_its_korean_names() -> None:
    words = MapWords.of(FakeStudy().atlas)
    assert words.also["gaesong"] == "Kaesong · 개성"
    assert words.also["busan"] == "부산"


def test_the_map_of_what_ships_is_small() -> None:
    study = worlds.study()
    html = study_map(study.layers(), words=MapWords.of(study.atlas))
    # The routes of the whole study add 0.9 MB, and together they stay below 4 MB.
    assert len(html.encode()) < 2_300_000
    assert "(class, not this crossing's own)" in html.replace("&#x27;", "'")


def test_roads_ties_and_stations_are_off_at_first(page: str) -> None:
    boxes = re.findall(r'data-layer="[\d ]*"( checked)?>.*?<span>([^<]*)</span>', page)
    ticked = {name: bool(checked) for checked, name in boxes}
    for name in ("Roads", "Road crossings", "Stations and other places", "Treaties of defence"):
        assert not ticked[name], name
    assert ticked["Trans-Korean Railway"]
