"""What a click opens says the same as the table and the data."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.outcome import outcomes_frame
from tests import worlds
from tests.browser import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.drawn import DrawnMaps
    from tests.browser.map_page import MapPage

_ROOT = Path(__file__).parents[2]
_DATA = _ROOT / "data"
_GAP = "\u202f"  # between thousands


def row_of(table: str, **wanted: str) -> dict[str, str]:
    """Return the row of a table of the data, as it was written by hand."""
    with (_DATA / table).open(encoding="utf-8", newline="") as file:
        return next(
            row
            for row in csv.DictReader(file)
            if all(row[name] == value for name, value in wanted.items())
        )


def sum_line(card: Locator) -> tuple[float, float, float]:
    """Read money (USD), time (h) and way (km) off the card of a route."""
    text = card.locator(".sum").inner_text().replace(_GAP, "").replace("≈", "")
    found = re.fullmatch(r"USD ([\d.]+) · ([\d.]+) ([hd]) · ([\d.]+) km", text)
    assert found is not None, text
    usd, time, unit, km = found.groups()
    return float(usd), float(time) * (24 if unit == "d" else 1), float(km)


@pytest.mark.parametrize("corridor", ["tkr-tsr", "sea-tsr"])
def test_the_card_of_a_route_says_what_the_table_says(
    open_map: Callable[..., MapPage], maps: DrawnMaps, corridor: str
) -> None:
    name = row_of("corridors.csv", corridor_id=corridor)["name"]
    table = outcomes_frame(drawn.outcomes())
    here = table["destination"].str.startswith("Moscow") & (table["scenario"] == "reopened")
    row = table[here & (table["corridor"] == corridor)].iloc[0]
    card = open_map(maps.file("study")).click("Busan →", name, nearest=5)
    usd, hours, km = sum_line(card)
    # As far as the card rounds: to a dollar, a tenth of a day, a kilometre.
    assert usd == pytest.approx(row["usd_per_feu"], abs=0.5)
    assert hours == pytest.approx(row["hours"], abs=1.2)
    assert km == pytest.approx(row["distance_km"], abs=0.5)
    # The bill adds up to the same.
    bill = card.locator("tr:not(.t) td:nth-child(2)").all_inner_texts()
    charged = [float(re.sub(r"[^\d.-]", "", usd)) for usd in bill if usd.strip()]
    assert sum(charged) == pytest.approx(row["usd_per_feu"], abs=0.5 * len(charged) + 0.5)


def test_the_map_that_ships_says_what_the_table_beside_it_says(
    open_map: Callable[..., MapPage],
) -> None:
    with (_ROOT / "maps" / "study.csv").open(encoding="utf-8", newline="") as file:
        row = next(
            row
            for row in csv.DictReader(file)
            if row["origin"] == "Busan"
            and row["destination"].startswith("Moscow")
            and (row["scenario"], row["corridor"]) == ("reopened", "tkr-tsr")
        )
    page = open_map(_ROOT / "maps" / "study.html")
    usd, hours, _ = sum_line(page.click("Busan", "Busan →", drawn.BY_KOREA_AND_SIBERIA, nearest=5))
    assert usd == pytest.approx(float(row["usd_per_feu"]), abs=0.5)
    assert hours == pytest.approx(float(row["hours"]), abs=1.2)


def test_the_card_of_a_crossing_says_its_hours_its_fees_and_its_status(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    crossing = row_of("crossings.csv", crossing_id="saryagash-keles")
    drawn_ = worlds.study("severed-2026").layers()["crossings"].set_index("crossing_id")
    text = open_map(maps.file("study")).click(crossing["name"]).inner_text()
    for way, ends in (("ab", ("iso3_a", "iso3_b")), ("ba", ("iso3_b", "iso3_a"))):
        row = row_of("rates.csv", item_id=f"border-saryagash-keles-{way}", measure="hours")
        assumed = " (assumed)" if row["confidence"] == "assumption" else ""
        # The fee in the table is of its own year; the layer has it in that of the bills.
        fee = drawn_.loc["saryagash-keles", f"border_usd_{way}"]
        told = f"{' to '.join(crossing[end] for end in ends)}\t"
        told += f"{float(row['base']):.3g} h{assumed}, USD {fee:.0f}"
        assert told in text
    assert f"status\t{crossing['actual_status']}" in text
    assert f"law\t{crossing['legal_status']}" in text
    gauges = f"{crossing['gauge_a_mm']} mm"
    assert gauges in text


def test_a_closed_crossing_says_so(open_map: Callable[..., MapPage], maps: DrawnMaps) -> None:
    crossing = row_of("crossings.csv", crossing_id="dorasan-panmun")
    page = open_map(maps.file("study"))
    page.choose("severed-2026")
    text = page.click(crossing["name"]).inner_text()
    assert f"status\t{crossing['actual_status']}" in text
    assert crossing["legal_status"] in text


@pytest.mark.parametrize("place_id", ["gaesong", "najin"])
def test_the_card_of_a_zone_says_what_is_known_of_it(
    open_map: Callable[..., MapPage], maps: DrawnMaps, place_id: str
) -> None:
    zone = row_of("zones.csv", place_id=place_id)
    page = open_map(maps.file("study"))
    text = page.click(row_of("places.csv", place_id=place_id)["name"], nearest=11).inner_text()
    assert f"{float(zone['area_km2']):g} km²" in text
    assert zone["status"] in text


def test_the_card_of_a_zone_that_is_a_port_tells_of_both(
    open_map: Callable[..., MapPage], maps: DrawnMaps
) -> None:
    port = row_of("ports.csv", place_id="najin")
    page = open_map(maps.file("study"))
    text = page.click(row_of("places.csv", place_id="najin")["name"], nearest=11).inner_text()
    assert f"port, UN/LOCODE\t{port['unlocode']}" in text


def test_a_card_closes_by_its_button(open_map: Callable[..., MapPage], maps: DrawnMaps) -> None:
    page = open_map(maps.file("study"))
    page.click("Khorgos")
    page.page.get_by_role("button", name="Close popup").click()
    page.card.wait_for(state="detached")
