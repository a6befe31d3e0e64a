"""What the first form must show, on the data that ships: one promise a test.

The figures are published ones, written here and not read from our own tables or code.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from shapely.geometry import LineString
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from geo.errors import NoRouteError
from geo.study import OBJECTIVES
from tests.worlds import charged, study

if TYPE_CHECKING:
    from geo.route import Route

MUNSAN_KAESONG_PYONGYANG_KM = 27.3 + 187.3
SUEZ = LineString([(32.10, 30.60), (32.60, 30.60)])
CAPE = LineString([(18.40, -34.35), (18.40, -45.0)])
PANAMA = LineString([(-79.95, 9.05), (-79.40, 9.05)])
CHELYUSKIN = LineString([(104.30, 77.70), (104.30, 79.50)])
HANDLING = ("handling",)


def passes(route: Route, name: str) -> bool:
    """Say whether a leg of a route begins or ends at a name."""
    return any(name in (leg.from_name + leg.to_name) for leg in route.legs)


def test_seoul_pyongyang_by_rail_is_exit_3_and_names_the_closed_crossing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = study().network
    monkeypatch.setattr(geo.study, "build_network", lambda _atlas, **_points: network)
    done = CliRunner().invoke(app, ["route", "Seoul", "Pyongyang", "--modes", "rail", "--json"])
    assert done.exit_code == 3
    record = json.loads(done.stderr)
    assert any("Dorasan - Panmun" in cause and "severed" in cause for cause in record["causes"])


def test_tkr_tsr_passes_khasan_and_no_china_with_one_break_of_gauge() -> None:
    route = study("reopened").route("Busan", "Moscow", corridor="tkr-tsr")
    assert passes(route, "Tumangang - Khasan")
    assert route.countries == ("KOR", "PRK", "RUS")
    assert route.gauge_breaks == 1
    assert route.modes == ("rail",)


def test_tkr_tsr_touches_no_chinese_ground_on_the_map() -> None:
    route = study("reopened").route("Busan", "Moscow", corridor="tkr-tsr")
    states = study().atlas.boundaries.to_crs("EPSG:6933")
    china = states.loc[states["iso3"] == "CHN", "geometry"].union_all()
    import geopandas as gpd

    way = gpd.GeoSeries([route.geometry], crs="EPSG:4326").to_crs("EPSG:6933").iloc[0]
    assert way.length > 9_000_000
    # The boundary follows the Tumen beside the track: a kilometre of a generalised line is no
    # crossing.
    assert way.intersection(china).length < 2_000


def test_tkr_tmr_passes_dandong_and_zabaikalsk() -> None:
    route = study("reopened").route("Busan", "Moscow", corridor="tkr-tmr")
    assert passes(route, "Dandong")
    assert passes(route, "Zabaikalsk")
    assert route.countries == ("KOR", "PRK", "CHN", "RUS")
    assert route.gauge_breaks == 1


@pytest.mark.parametrize(
    ("corridor", "places"),
    [
        ("tkr-tmgr", ("Dandong", "Erenhot", "Naushki")),
        ("tkr-tcr", ("Dandong", "Alashankou")),
        ("sea-tsr", ("Vostochny",)),
        ("sea-tcr", ("Lianyungang", "Alashankou")),
        ("sea-tmr", ("Dalian", "Zabaikalsk")),
    ],
)
def test_every_other_corridor_passes_what_it_is_named_after(
    corridor: str, places: tuple[str, ...]
) -> None:
    route = study("reopened").route("Busan", "Moscow", corridor=corridor)
    for place in places:
        assert passes(route, place)


def test_munsan_kaesong_pyongyang_is_as_long_as_published() -> None:
    route = study("reopened").route("Munsan", "Pyongyang", modes=["rail"], via=["Kaesong"])
    assert route.distance_km == pytest.approx(MUNSAN_KAESONG_PYONGYANG_KM, rel=0.03)
    assert route.access_km == 0


def test_munsan_kaesong_pyongyang_changes_no_gauge_and_its_power_once() -> None:
    route = study("reopened").route("Munsan", "Pyongyang", modes=["rail"], via=["Kaesong"])
    assert route.gauge_breaks == 0
    assert route.power_breaks == 1


def test_kaesong_pyongyang_takes_the_hours_of_the_surveyed_speeds() -> None:
    route = study("reopened").route("Kaesong", "Pyongyang", modes=["rail"])
    (train,) = [leg for leg in route.legs if leg.mode == "rail"]
    assert train.hours > 0
    # 187.3 km at 20 and at 15 km/h, 9.4 and 12.5 h
    assert 187.3 / 20 <= train.hours <= 187.3 / 15
    rate = study().card.rates["run-prk-south", "hours"]
    assert train.km * rate.low == pytest.approx(9.4, abs=0.05)
    assert train.km * rate.high == pytest.approx(12.5, abs=0.05)
    assert train.hours == pytest.approx(train.km * rate.base)
    assert rate.source_ids == ("korea-net-2018",)


def test_the_chinese_tariff_has_two_parts() -> None:
    route = study().route("Lianyungang", "Alashankou", modes=["rail"])
    assert route.tariff_km == pytest.approx(4119, abs=0.5)
    assert route.countries == ("CHN",)
    tariff = charged(route, "haulage", "entry")
    assert set(tariff["currency"]) == {"CNY"}
    assert tariff["original_amount"].sum() == pytest.approx(12_023.73, abs=0.05)
    entry = tariff[tariff["item"] == "entry-chn"]
    assert list(entry["original_amount"]) == [680.0]


def test_a_via_at_xian_without_unloading_changes_nothing() -> None:
    plain = study().route("Lianyungang", "Alashankou", modes=["rail"])
    passing = study().route("Lianyungang", "Alashankou", modes=["rail"], via=["Xi'an"])
    assert passing.bill.equals(plain.bill)
    assert [leg.to_dict() for leg in passing.legs] == [leg.to_dict() for leg in plain.legs]


def test_reloading_at_xian_adds_the_fixed_part_once_and_the_handling() -> None:
    plain = study().route("Lianyungang", "Alashankou", modes=["rail"])
    reloaded = study().route("Lianyungang", "Alashankou", modes=["rail"], via=["Xi'an:reload"])
    more = charged(reloaded, "haulage", "entry")["original_amount"].sum()
    less = charged(plain, "haulage", "entry")["original_amount"].sum()
    assert more - less == pytest.approx(680.0, abs=1e-6)
    lifts = [charged(route, *HANDLING) for route in (plain, reloaded)]
    assert [int(lift["quantity"].sum()) for lift in lifts] == [2, 4]
    fixed = charged(plain, "entry")["usd"].sum()
    handled = lifts[1]["usd"].sum() - lifts[0]["usd"].sum()
    assert reloaded.usd_per_feu - plain.usd_per_feu == pytest.approx(fixed + handled)
    assert handled > 0


def through_rate() -> Route:
    """Return Busan-Warsaw by the July 2024 through rate, however a user comes to it."""
    corridors = ["best", *study().atlas.corridors["corridor_id"]]
    for objective in OBJECTIVES:
        for corridor in corridors:
            try:
                route = study(objective=objective).route("Busan", "Warsaw", corridor=corridor)
            except NoRouteError:
                continue
            if "service-erai-2024-07" in set(route.bill["item"]):
                return route
    pytest.fail("no corridor and no objective leads over the through rate of July 2024")


def test_the_through_rate_of_july_2024_counts_once() -> None:
    route = through_rate()
    bill = route.bill.set_index("item")
    assert bill.at["service-erai-2024-07", "quantity"] == 1
    assert bill.at["service-erai-2024-07", "usd"] == pytest.approx(3289)
    assert bill.at["service-erai-2024-07", "hours"] == pytest.approx(175.4, abs=0.05)
    (train,) = [leg for leg in route.legs if "RUS" in leg.country and leg.mode == "rail"]
    assert train.tariff_km == 5430
    for where in ("kaz", "rus", "blr"):
        assert not {f"haul-{where}", f"run-{where}", f"entry-{where}"} & set(bill.index)
    assert "border-regime-eaeu" not in bill.index


def test_busan_europe_by_the_lane_rate_has_no_further_handling() -> None:
    for port in ("Rotterdam", "Hamburg"):
        route = study().route("Busan", port, corridor="sea-cape")
        assert "lane-kcci-busan-europe-2025-10" in set(route.bill["item"])
        assert charged(route, *HANDLING).empty
        assert not charged(route, "sea", "lane")["item"].str.startswith("sea-").any()
        lane = route.bill.set_index("item").loc["lane-kcci-busan-europe-2025-10"]
        assert (lane["original_amount"], lane["currency"]) == (1955, "USD")


def test_busan_rotterdam_by_suez_is_as_long_as_published() -> None:
    route = study().route("Busan", "Rotterdam", corridor="sea-suez")
    (sea,) = [leg for leg in route.legs if leg.mode == "sea"]
    assert sea.km == pytest.approx(20_200, rel=0.02)
    assert route.geometry.intersects(SUEZ)


def test_with_the_red_sea_closed_ships_go_round_the_cape() -> None:
    route = study("red-sea-closed").route("Busan", "Rotterdam", modes=["sea"])
    assert route.geometry.intersects(CAPE)
    assert not route.geometry.intersects(SUEZ)
    # 26,000 to 27,500 km in voyage tables by the Cape
    assert 26_000 < route.distance_km < 27_500
    with pytest.raises(NoRouteError, match="Suez"):
        study("red-sea-closed").route("Busan", "Rotterdam", corridor="sea-suez")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Busan", "Rotterdam"),
        ("Tokyo", "Hamburg"),
        ("Vostochny", "Rotterdam"),
        ("Shanghai", "Los Angeles"),
        ("Rotterdam", "Los Angeles"),
        ("Vladivostok", "Hamburg"),
    ],
)
@pytest.mark.parametrize("scenario", ["severed-2026", "red-sea-closed"])
def test_no_ship_takes_panama_or_the_northern_sea_route_unasked(
    start: str, end: str, scenario: str
) -> None:
    try:
        route = study(scenario, "hours").route(start, end, modes=["sea"])
    except NoRouteError as refused:
        assert refused.causes  # noqa: PT017 - a refusal is an answer too
        return
    assert not route.geometry.intersects(PANAMA)
    assert not route.geometry.intersects(CHELYUSKIN)
    assert all(line.bounds[3] < 66 for line in route.geometry.geoms)


def test_no_ship_sails_straight_between_the_two_koreas_today() -> None:
    for objective in OBJECTIVES:
        route = study(objective=objective).route("Incheon", "Nampo", modes=["sea"])
        sailings = [(leg.from_name, leg.to_name) for leg in route.legs if leg.mode == "sea"]
        assert len(sailings) > 1
        assert "CHN" in route.countries
    open_again = study("reopened").route("Incheon", "Nampo", modes=["sea"])
    assert [leg.mode for leg in open_again.legs].count("sea") == 1


def test_kaesong_2008_reaches_the_zone_by_rail_and_not_pyongyang() -> None:
    route = study("kaesong-2008").route("Seoul", "gaesong", modes=["rail"])
    assert route.countries == ("KOR", "PRK")
    # Seoul-Dorasan 55.8 km, Dorasan-Panmun (Bongdong) 7.3 km as told in 2007, and the road
    assert route.distance_km - route.access_km == pytest.approx(55.8 + 7.3, abs=3.0)
    assert route.access_km < 10
    with pytest.raises(NoRouteError):
        study("kaesong-2008").route("Seoul", "Pyongyang", modes=["rail"])
    with pytest.raises(NoRouteError):
        study().route("Seoul", "gaesong", modes=["rail"])


@pytest.mark.parametrize("corridor", ["best", "sea-tsr", "sea-tmr", "sea-tcr"])
def test_with_transit_through_russia_closed_no_train_crosses_it(corridor: str) -> None:
    try:
        route = study("russia-transit-closed").route("Busan", "Rotterdam", corridor=corridor)
    except NoRouteError as refused:
        assert any("RUS" in cause for cause in refused.causes)  # noqa: PT017 - an answer too
        assert corridor != "best"
        return
    assert "RUS" not in route.countries


def test_with_transit_through_russia_closed_goods_still_reach_and_leave_it() -> None:
    there = study("russia-transit-closed").route("Busan", "Moscow")
    assert there.countries[-1] == "RUS"
    back = study("russia-transit-closed").route("Moscow", "Busan")
    assert back.countries[0] == "RUS"


def test_the_demarcation_line_is_shut_to_road_too() -> None:
    for mode in (["rail"], ["sea"], ["rail", "sea"]):
        try:
            route = study().route("Seoul", "gaesong", modes=mode)
        except NoRouteError:
            continue
        pairs = [leg.country for leg in route.legs if leg.mode != "sea"]
        assert "CHN" in pairs or "RUS" in pairs


def test_guesses_say_so() -> None:
    route = study("reopened").route("Kaesong", "Pyongyang", modes=["rail"])
    assumed = route.bill[route.bill["source"].str.split(";").map(lambda ids: "assumption" in ids)]
    assert not assumed.empty
    assert route.indicative
    assert set(assumed["confidence"]) == {"assumption"}
    rates = study().atlas.rates
    guesses = rates[rates["confidence"] == "assumption"]
    assert (guesses["low"] < guesses["high"]).mean() > 0.5
    assert guesses["note"].notna().all()
    assert guesses["source_ids"].str.contains("assumption").all()
