"""The map of encirclement: groups, borders and ways with the figures of `crescent encircle`."""

from __future__ import annotations

import pytest

from geo.analysis import Encirclement, encircle
from geo.report.maps import encirclement_map
from geo.report.wording import duration, money, number, percent
from tests.report.maps.drawn import drawn, drawn_study, notes

SCENARIOS = ("severed-2026", "shut")


@pytest.fixture(scope="module")
def found_and_page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Encirclement, str]:
    """Measure the ring around BBB and draw it."""
    study = drawn_study(tmp_path_factory.mktemp("small"))
    found = encircle(study, set_id="ring", around="BBB", also=SCENARIOS[1:])
    html = encirclement_map(study, found)
    assert html == encirclement_map(study, found)
    return found, html


def test_members_are_layers_by_the_groups_that_adjoin(
    found_and_page: tuple[Encirclement, str],
) -> None:
    found, html = found_and_page
    layers = drawn(html)
    for group in found.groups:
        name = ", ".join(f"State {iso3}" for iso3 in group)
        assert [one["id"] for one in layers[name] if one.get("kind") == "member"] == list(group)


def test_the_borders_are_those_of_the_boxes(found_and_page: tuple[Encirclement, str]) -> None:
    found, html = found_and_page
    # both sides of BBB are as long as they are high: seven degrees of a meridian
    shared = {one["id"]: one for one in drawn(html)["Shared with members"]}
    assert set(shared) == {"AAA", "CCC"}
    for one in shared.values():
        assert "779 km" in one["tip"]
        assert "50 %" in one["tip"].replace("\u202f", " ")
    assert f"{number(found.shared_km)} of {number(found.land_border_km)} km" in notes(html)


def test_the_panel_has_the_figures_of_the_answer(
    found_and_page: tuple[Encirclement, str],
) -> None:
    found, html = found_and_page
    told = notes(html)
    for member in found.members[:2]:
        assert f"{member.name} {number(member.shared_km)} {percent(member.share)}" in told
        for scenario in SCENARIOS:
            way = member.by_rail[scenario]
            if way.usd_per_feu is not None:
                assert f"USD {money(way.usd_per_feu)}, {duration(way.hours)}" in told
    assert "State AAA, shut: border crossing A-B closed in shut." in told
    for view in found.views.values():
        assert f"{view.coverage_deg:.1f}° of 360°" in told


def test_the_ways_by_rail_are_drawn_a_layer_a_scenario(
    found_and_page: tuple[Encirclement, str],
) -> None:
    found, html = found_and_page
    layers = drawn(html)
    for scenario in SCENARIOS:
        ways = {one["id"] for one in layers[f"In {scenario}"]}
        reached = [m.iso3 for m in found.members if m.by_rail[scenario].route is not None]
        assert ways == {f"{scenario}-{iso3}" for iso3 in reached}
    assert len(layers["In severed-2026"]) > len(layers["In shut"])


def test_names_are_escaped(found_and_page: tuple[Encirclement, str]) -> None:
    _, html = found_and_page
    assert "<script>alert" not in html
    assert "Gam&lt;script&gt;" in html
