"""By road: what a lorry may do in the small world by hand, and in the world as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import NoRouteError
from tests.small import SmallAtlas, small_study, study_of
from tests.worlds import charged, study

if TYPE_CHECKING:
    from pathlib import Path

ROAD = ("road",)


def test_a_way_by_road_is_worked_out_by_hand(tmp_path: Path) -> None:
    """Alpha to gamma: 110 km in AAA, 520 in BBB, 60 in CCC; 20 USD and 3 h, 0.5 h at borders."""
    route = small_study(tmp_path).route("alpha", "gamma", modes=ROAD)
    assert route.modes == ROAD
    assert route.distance_km == pytest.approx(690)
    assert route.usd_per_feu == pytest.approx(690 * 1.5 + 20)
    assert route.hours == pytest.approx(690 * 0.025 + 3 + 0.5)
    assert route.kg_co2_per_feu == pytest.approx(690 * 10 * 0.01)
    assert [leg.mode for leg in route.legs] == ["road", "border", "road", "border", "road"]
    assert [leg.country for leg in route.legs if leg.mode == "road"] == ["AAA", "BBB", "CCC"]


def test_back_the_other_item_is_paid(tmp_path: Path) -> None:
    """The crossing costs 25 USD and 4 h from BBB to AAA."""
    route = small_study(tmp_path).route("gamma", "alpha", modes=ROAD)
    assert route.usd_per_feu == pytest.approx(690 * 1.5 + 25)


def test_no_lorry_goes_where_no_crossing_is_listed(tmp_path: Path) -> None:
    """CCC and DDD share a road but neither crossing nor union."""
    with pytest.raises(NoRouteError, match="no crossing into DDD is listed"):
        small_study(tmp_path).route("alpha", "delta", modes=ROAD)


def test_a_closed_road_crossing_is_named_and_the_railway_beside_it_stays_open(
    tmp_path: Path,
) -> None:
    """The road of AAA and BBB is severed."""
    atlas = SmallAtlas(tmp_path)
    atlas.road_crossings["actual_status"] = "severed"
    small = study_of(atlas)
    with pytest.raises(NoRouteError, match="road crossing Road A-B severed"):
        small.route("alpha", "beta", modes=ROAD)
    assert small.route("alpha", "beta").modes == ("rail",)


def test_by_default_the_road_leads_to_terminals_only(tmp_path: Path) -> None:
    """Road would be the fastest: it must be asked for."""
    small = small_study(tmp_path, objective="hours")
    assert small.route("alpha", "gamma").modes == ("rail",)
    assert small.route("alpha", "gamma", modes=("rail", "sea", "road")).modes == ROAD


def test_two_charges_for_time_by_road_never_meet() -> None:
    """The time to a terminal covers what the time throughout covers; the haulage is one item."""
    items = study().atlas.items.set_index("item_id")["covers"]
    access = set(str(items["run-road"]).split(";"))
    through = items[items.index.str.startswith("run-road-")]
    assert len(through) >= 10
    assert all(set(str(covers).split(";")) <= access for covers in through)


def test_today_no_lorry_crosses_the_demarcation_line() -> None:
    """Both roads were blown up on 15 October 2024."""
    with pytest.raises(NoRouteError, match=r"Gyeongui road\) severed since 2024-10-15"):
        study().route("Seoul", "Pyongyang", modes=ROAD)


def test_reopened_gaesong_is_an_hour_or_two_of_road_from_seoul() -> None:
    """Published distances are 60 to 70 km."""
    route = study("reopened").route("Gaesong", "Seoul", corridor="gyeongui-road")
    assert 60 <= route.distance_km <= 75
    assert route.modes == ROAD
    assert route.physical_status == "hypothetical"
    assert not route.missing
    assert charged(route, "border")["item"].tolist() == ["road-border-gyeongui"]


def test_moscow_to_rotterdam_pays_one_border_with_customs() -> None:
    """Inside both unions lorries pass; between them they wait at Kozlovichi."""
    route = study().route("Moscow", "Rotterdam", modes=ROAD)
    borders = charged(route, "border").groupby("item")["quantity"].sum()
    assert borders["road-border-class-carec-2022"] == 1
    assert borders["road-border-union"] == 3
    assert route.countries == ("RUS", "BLR", "POL", "DEU", "NLD")


def test_xian_to_tashkent_pays_the_items_of_its_direction() -> None:
    """Out of China, by Kashgar or by Khorgos, the way out is the dear one."""
    route = study().route("Xi'an", "Tashkent", modes=ROAD)
    items = set(charged(route, "border")["item"])
    assert items & {"road-border-irkeshtam-ba", "road-border-khorgos-ba"}
    assert not items & {"road-border-irkeshtam-ab", "road-border-khorgos-ab"}
    assert route.countries[0] == "CHN"
    assert route.countries[-1] == "UZB"


@pytest.mark.parametrize("ends", [("Busan", "Moscow"), ("Gaesong", "Seoul")])
def test_the_default_answer_uses_no_road_throughout(ends: tuple[str, str]) -> None:
    """First and last miles are legs of their own kind."""
    route = study("reopened").route(*ends)
    assert all(leg.mode != "road" for leg in route.legs)
    assert not any(item.startswith("run-road-") for item in route.bill["item"])
