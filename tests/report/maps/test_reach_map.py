"""The map of reach: bands beside each other, and the figures of the answer in its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.analysis import Reach, reach
from geo.report.maps import reach_map
from geo.report.maps.reach_map import band_names, limit_words
from geo.report.wording import number
from tests.report.maps.drawn import drawn, drawn_study, notes

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study

LIMITS = (20.0, 60.0, 200.0)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a study of the small world."""
    return drawn_study(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def found(study: Study) -> Reach:
    """Return the isochrones of alpha."""
    return reach(study, "alpha", measure="hours", limits=LIMITS)


@pytest.fixture(scope="module")
def page(study: Study, found: Reach) -> str:
    """Return their map."""
    return reach_map(study, found)


def test_each_limit_is_a_band_with_a_colour_of_its_own(page: str) -> None:
    ground = drawn(page)["Ground in reach"]
    assert sorted(one["band"] for one in ground) == [0, 1, 2]
    assert len({one["style"]["fillColor"] for one in ground}) == 3
    assert {one["kind"] for one in ground} == {"band"}
    # the widest is drawn first, and so lies lowest
    assert [one["band"] for one in ground] == [2, 1, 0]


def test_the_panel_has_the_figures_of_the_answer(page: str, found: Reach) -> None:
    told = notes(page)
    for row in found.to_dict()["limits"]:
        cells = (
            f"{row['limit']:.0f} h",
            number(row["area_km2"]),
            number(row["people"]),
            number(row["track_km"]["rail"]),
            number(len(row["places"])),
        )
        assert " ".join(cells) in told


def test_places_tell_what_it_takes_to_reach_them(page: str, found: Reach) -> None:
    marks = {one["id"]: one for one in drawn(page)["Places of the atlas"]}
    assert set(marks) == set(found.places["place_id"]) - {"alpha"}
    band = {limit: at for at, limit in enumerate(LIMITS)}
    for row in found.places.to_dict("records"):
        if row["place_id"] != "alpha":
            assert marks[row["place_id"]]["band"] == band[row["limit"]]
    assert [one["tip"] for one in drawn(page)["Where it begins"]] == ["Alpha"]


def test_cities_of_fewer_people_are_not_drawn(page: str) -> None:
    assert [one["tip"] for one in drawn(page)["Cities of 100 000"]] == ["Near: up to 20 h"]


def test_the_slider_has_a_step_a_limit_and_says_where_it_stands(page: str) -> None:
    assert 'type="range" min="0" max="2" step="1" value="2"' in page
    assert '<label for="cr-reach">Within</label>' in page
    assert '<output for="cr-reach">200 h</output>' in page
    assert "[&quot;20 h&quot;, &quot;60 h&quot;, &quot;200 h&quot;]" in page


def test_the_same_reach_gives_the_same_bytes_and_names_are_escaped(
    page: str, study: Study, found: Reach
) -> None:
    assert reach_map(study, found) == page
    assert "<script>alert" not in page
    assert "Gam&lt;script&gt;alert(1)&lt;/script&gt;ma &amp; Co" in page


@pytest.mark.parametrize(
    ("measure", "limits", "names"),
    [
        ("usd", (500.0, 2000.0), ["up to USD 500", "USD 500 to USD 2\u202f000"]),
        ("km", (12.5, 50.0), ["up to 12.5 km", "12.5 km to 50 km"]),
    ],
)
def test_isocosts_and_isodistances_have_their_units(
    study: Study, measure: str, limits: tuple[float, ...], names: list[str]
) -> None:
    found = reach(study, "alpha", measure=measure, limits=limits)
    assert band_names(found) == names
    html = reach_map(study, found)
    assert names[1] in notes(html)
    assert {"usd": "Isocosts of Alpha", "km": "Isodistances of Alpha"}[measure] in html


@pytest.mark.parametrize(
    ("limit", "words"), [(48.0, "48 h"), (0.25, "0.25 h"), (1500.0, "1\u202f500 h"), (7, "7 h")]
)
def test_a_limit_is_said_as_it_was_asked_for(limit: float, words: str) -> None:
    assert limit_words(limit, "hours") == words


def test_what_is_reached_by_sea_alone_has_no_track_by_rail(study: Study) -> None:
    found = reach(study, "isle", measure="hours", limits=(300.0,), modes=("sea",))
    layers = drawn(reach_map(study, found))
    assert "Sea in reach" in layers
    assert "Rail in reach" not in layers


def test_a_map_is_written_into_a_file_as_it_is(page: str, tmp_path: Path) -> None:
    file = tmp_path / "reach.html"
    file.write_text(page, encoding="utf-8", newline="\n")
    assert file.read_bytes().decode() == page
    assert len(page.encode()) < 4_000_000
