"""The study: questions and answers, and the laws that every answer obeys."""

from __future__ import annotations

import math
import random
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geo.choice
from geo.earth import line_length_km
from geo.errors import NoRouteError, UnknownNameError, UsageError
from geo.outcome import TABLE_COLUMNS
from geo.study import OBJECTIVES, Study
from tests.small import SmallAtlas, small_study, study_of
from tests.worlds import study, with_arcs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.route import Route

ORIGINS = ("busan", "seoul", "gaesong", "najin", "sinuiju", "lianyungang", "tokyo", "hanoi")
DESTINATIONS = ("moscow", "rotterdam", "tashkent", "ulaanbaatar", "warsaw", "urumqi", "berlin")
WAYS = (
    ("best", ("rail", "sea")),
    ("best", ("rail",)),
    ("best", ("sea",)),
    ("tkr-tsr", None),
    ("tkr-tmr", None),
    ("tkr-tcr", None),
    ("sea-tsr", None),
    ("sea-tcr", None),
    ("sea-cape", None),
)
SCENARIOS = ("severed-2026", "reopened", "modernised", "russia-transit-closed", "red-sea-closed")


@cache
def asked(
    scenario: str, objective: str, start: str, end: str, way: tuple[str, Any]
) -> tuple[Route, NDArray[np.int64]] | None:
    """Return a route and its arcs, or nothing if there is none."""
    corridor, modes = way
    try:
        return with_arcs(study(scenario, objective), start, end, corridor=corridor, modes=modes)
    except NoRouteError:
        return None


# A few dozen of some ten thousand questions, the same for every law, so that each is asked once.
SAMPLE = random.Random(2026).sample(  # noqa: S311 - a sample, no secret
    list(product(SCENARIOS, OBJECTIVES, ORIGINS, DESTINATIONS, WAYS)), 36
)
QUESTIONS = st.sampled_from(SAMPLE)
MANY = settings(max_examples=36)


def objective_of(route: Route, objective: str) -> float:
    """Return what an objective makes of a route, from its public totals."""
    return {
        "generalised": route.generalised_usd_per_feu,
        "money": route.usd_per_feu,
        "hours": route.hours,
        "co2": route.kg_co2_per_feu,
    }[objective]


def least_of(route: Route, objective: str) -> float:
    """Return the least value of the objective that was found: without steering."""
    if route.steering is None:
        return objective_of(route, objective)
    return route.steering.unsteered


def test_most_questions_of_the_sample_have_a_route() -> None:
    answers = [asked(*question) for question in SAMPLE]
    assert sum(answer is not None for answer in answers) > len(SAMPLE) / 2


@MANY
@given(QUESTIONS)
def test_legs_and_bill_each_sum_to_the_totals(question: tuple[Any, ...]) -> None:
    found = asked(*question)
    if found is None:
        return
    route, bill = found[0], found[0].bill
    assert not route.missing
    for name, total in (
        ("usd", route.usd_per_feu),
        ("hours", route.hours),
        ("kg_co2", route.kg_co2_per_feu),
    ):
        assert math.fsum(bill[name]) == pytest.approx(total, rel=1e-9)
        assert math.fsum(getattr(leg, name) for leg in route.legs) == pytest.approx(total, rel=1e-9)
    assert math.fsum(leg.km for leg in route.legs) == pytest.approx(route.distance_km)
    assert math.fsum(leg.tariff_km for leg in route.legs) == pytest.approx(route.tariff_km)


@MANY
@given(QUESTIONS)
def test_low_is_at_most_base_and_base_at_most_high(question: tuple[Any, ...]) -> None:
    found = asked(*question)
    if found is None:
        return
    route, bill = found[0], found[0].bill
    assert 0 < route.usd_low <= route.usd_per_feu <= route.usd_high
    assert (bill["usd_low"] <= bill["usd"]).all()
    assert (bill["usd"] <= bill["usd_high"]).all()
    assert 0 <= route.assumed_share <= 1


@MANY
@given(QUESTIONS)
def test_a_bill_is_quantities_times_rates_and_knows_no_steering(question: tuple[Any, ...]) -> None:
    found = asked(*question)
    if found is None:
        return
    route, arcs = found
    at = study(question[0])
    quantities = np.asarray(at.network.quantities[arcs].sum(axis=0)).ravel()
    load, card = at.goods.tonnes_per_feu, at.world.card
    units = np.array([{"t-km": load, "TEU-km": 2.0}.get(item.unit, 1.0) for item in card.items])
    used = quantities > 0
    money, hours, co2 = (quantities * units)[used] @ card.base[used]
    assert route.usd_per_feu == pytest.approx(money, rel=1e-9)
    assert route.hours == pytest.approx(hours, rel=1e-9)
    assert route.kg_co2_per_feu == pytest.approx(co2, rel=1e-9)


@MANY
@given(QUESTIONS)
def test_every_line_of_a_bill_leads_to_sources_in_the_table(question: tuple[Any, ...]) -> None:
    found = asked(*question)
    if found is None:
        return
    known = set(study().atlas.sources["source_id"])
    for sources, confidence in zip(
        found[0].bill["source"], found[0].bill["confidence"], strict=True
    ):
        cited = set(sources.split(";"))
        assert cited - {""}
        assert cited <= known
        assert (confidence == "assumption") >= (cited == {"assumption"})


@MANY
@given(QUESTIONS)
def test_a_path_is_connected_and_passes_nothing_closed(question: tuple[Any, ...]) -> None:
    found = asked(*question)
    if found is None:
        return
    at, arcs = study(question[0]), found[1]
    graph = at.network.graph
    doors = at.network.terminals.doors
    assert graph.tail[arcs[0]] == doors[found[0].origin.place_id]
    assert graph.head[arcs[-1]] == doors[found[0].destination.place_id]
    assert (graph.head[arcs[:-1]] == graph.tail[arcs[1:]]).all()
    shut = set(at.network.links_at(arcs)) & set(at.world.closures)
    assert shut <= {f"transit:{found[0].origin.iso3}"}


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("start", ["busan", "seoul", "vladivostok"])
@pytest.mark.parametrize("end", ["moscow", "rotterdam"])
def test_more_open_links_never_raise_what_is_minimised(
    start: str, end: str, objective: str
) -> None:
    way = ("best", ("rail", "sea"))
    worlds = ("russia-transit-closed", "severed-2026", "reopened")
    found = [asked(world, objective, start, end, way) for world in worlds]
    least = [np.inf if answer is None else least_of(answer[0], objective) for answer in found]
    assert least[0] >= least[1] * (1 - 1e-12)
    assert least[1] >= least[2] * (1 - 1e-12)
    assert np.isfinite(least[2])


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_route_is_the_least_of_its_own_objective(objective: str) -> None:
    way = ("best", ("rail", "sea"))
    own = asked("reopened", objective, "busan", "moscow", way)
    assert own is not None
    for other in OBJECTIVES:
        rival = asked("reopened", other, "busan", "moscow", way)
        assert rival is not None
        assert least_of(own[0], objective) <= objective_of(rival[0], objective) * (1 + 1e-9)


@pytest.mark.parametrize("strength", [1.0, 2.0, 5.0])
def test_steering_never_changes_what_a_given_path_costs(tmp_path: Path, strength: float) -> None:
    # There is one way only from gamma to delta, and all of its track belongs to no line.
    with patch.object(geo.choice, "STEERING", strength):
        route = small_study(tmp_path).route("gamma", "delta", modes=["rail"])
    # lift 50 and entry 90; 60 km at 0.5; border 210, entry 70, change of gauge 80;
    # 70 km at 0.8; lift 50
    assert route.usd_per_feu == pytest.approx(50 + 90 + 30 + 210 + 70 + 80 + 56 + 50)
    assert route.distance_km == 130
    assert route.steering is None


def test_track_of_no_line_is_charged_at_the_plain_rate() -> None:
    with patch.object(geo.choice, "STEERING", 1.0):
        # Without the preference for known lines a part of the way is track of no line.
        route = study("reopened").at("reopened").route("lianyungang", "alashankou")
    unnamed = [leg for leg in route.legs if leg.mode == "rail" and not leg.line]
    assert unnamed
    card = study("reopened").card
    for leg in unnamed:
        rate = card.base[card.position[f"haul-{leg.country.lower()}"], 0]
        assert leg.usd == pytest.approx(leg.tariff_km * rate, rel=1e-9)


def test_without_steering_the_unsteered_optimum_is_what_is_found() -> None:
    steered = study("reopened").route("busan", "moscow", corridor="tkr-tsr")
    assert steered.steering is not None
    with patch.object(geo.choice, "STEERING", 1.0):
        # A study of its own, with no tree of the search before.
        free = study("reopened").at("reopened").route("busan", "moscow", corridor="tkr-tsr")
    assert free.steering is None
    assert free.generalised_usd_per_feu == pytest.approx(steered.steering.unsteered)
    assert steered.generalised_usd_per_feu == pytest.approx(steered.steering.chosen)
    assert steered.steering.difference > 0


def test_a_corridor_that_leads_away_and_back_is_answered_in_a_table() -> None:
    outcomes = study("reopened").routes(
        ["busan"], ["hanoi", "ulaanbaatar"], corridors=["tkr-tmr", "tkr-tmgr"]
    )
    assert len(outcomes) == 4
    assert all(outcome.route is not None or outcome.reason for outcome in outcomes)


def test_a_table_has_the_promised_columns_and_a_reason_for_every_refusal() -> None:
    promised = (
        "origin, destination, scenario, corridor, modes, distance_km, hours, usd_per_feu, "
        "usd_low, usd_high, kg_co2_per_feu, generalised_usd_per_feu, assumed_share, status, reason"
    )
    table = study().table(["busan", "seoul"], ["moscow", "pyongyang"], modes=["rail"])
    assert ", ".join(table.columns) == promised == ", ".join(TABLE_COLUMNS)
    refused = table[table["status"] == "no route"]
    assert len(refused) == 4
    assert refused["reason"].str.contains("Dorasan").all()
    assert refused["usd_per_feu"].isna().all()


def test_answers_come_by_origin_destination_and_corridor_and_leave_out_equal_places() -> None:
    outcomes = study().routes(
        ["busan", "moscow"], ["moscow", "tashkent"], corridors=["best", "sea-tsr"]
    )
    assert [(o.origin.place_id, o.destination.place_id, o.corridor) for o in outcomes] == [
        ("busan", "moscow", "best"),
        ("busan", "moscow", "sea-tsr"),
        ("busan", "tashkent", "best"),
        ("busan", "tashkent", "sea-tsr"),
        ("moscow", "tashkent", "best"),
        ("moscow", "tashkent", "sea-tsr"),
    ]


def test_progress_is_told_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    study().routes(
        ["busan", "seoul"],
        ["moscow"],
        corridors=["best", "sea-tsr"],
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_table_row_is_the_route_of_the_same_question() -> None:
    (row,) = study().table(["lianyungang"], ["alashankou"]).to_dict("records")
    route = study().route("lianyungang", "alashankou")
    assert route.steering is not None
    assert row["usd_per_feu"] == route.usd_per_feu
    assert row["hours"] == route.hours
    assert row["modes"] == "+".join(route.modes)
    law = "" if route.legal_status == "permitted" else f", law: {route.legal_status}"
    assert row["status"] == f"{route.physical_status}{law}"
    assert row["reason"].startswith("known freight lines preferred: generalised +")


def test_another_state_of_the_world_shares_the_network_and_keeps_the_choices() -> None:
    other = study().at("reopened")
    assert other.network is study().network
    assert other.scenario.scenario_id == "reopened"
    assert study().scenario.scenario_id == "severed-2026"
    assert "time_value='ad-valorem'" in repr(other)
    capital = Study(time_value="capital-cost", objective="hours", atlas=study().atlas)
    assert capital.at("reopened").time_value.method == "capital-cost"
    assert capital.at("reopened").objective == "hours"


def test_both_values_of_time_can_be_had_and_change_the_generalised_cost_alone(
    tmp_path: Path,
) -> None:
    ad_valorem, capital = (
        small_study(tmp_path, objective="money", time_value=method).route("alpha", "beta")
        for method in ("ad-valorem", "capital-cost")
    )
    assert ad_valorem.usd_per_feu == capital.usd_per_feu
    hours, money = ad_valorem.hours, ad_valorem.usd_per_feu
    # 24,000 USD at 1 % and at 0.1 % a day.
    assert ad_valorem.generalised_usd_per_feu == pytest.approx(money + 240 * hours / 24)
    assert capital.generalised_usd_per_feu == pytest.approx(money + 24 * hours / 24)


def test_what_has_no_rate_is_no_way_and_never_free(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.rates = atlas.rates[atlas.rates["item_id"] != "haul-rus"]
    with pytest.raises(NoRouteError, match="haul-rus"):
        study_of(atlas, objective="money").route("alpha", "beta", modes=["rail"])


def test_where_only_the_objective_is_priced_the_other_totals_are_incomplete(
    tmp_path: Path,
) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.rates = atlas.rates[atlas.rates["item_id"] != "energy-rus"]
    study_here = study_of(atlas)
    route = study_here.route("alpha", "beta", modes=["rail"])
    assert route.missing == ("energy-rus",)
    assert math.isnan(route.kg_co2_per_feu)
    assert not math.isnan(route.usd_per_feu)
    (row,) = study_here.table(["alpha"], ["beta"], modes=["rail"]).to_dict("records")
    assert row["status"].startswith("incomplete")
    assert row["reason"] == "no rate for energy-rus"


@pytest.mark.parametrize("modes", [("rail",), ("sea",), ("sea", "rail")])
def test_only_the_modes_allowed_carry(modes: tuple[str, ...]) -> None:
    route = study("reopened").route("busan", "rotterdam", modes=modes)
    assert set(route.modes) - {"road"} <= set(modes)


def test_a_corridor_keeps_off_the_states_it_avoids(tmp_path: Path) -> None:
    with pytest.raises(NoRouteError):
        small_study(tmp_path).route("alpha", "gamma", corridor="not-bbb")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"modes": ["air"]}, "unknown mode 'air'; one of rail, sea"),
        ({"via": ["Xi'an:unload"]}, "PLACE or PLACE:reload"),
        ({"via": ["Los Angeles"]}, "cannot pass Los Angeles by rail"),
        ({"via": ["Xi'an"], "corridor": "sea-tcr"}, "either a corridor or via points"),
    ],
)
def test_a_wrong_question_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        study().route("Busan", "Moscow", **options)


def test_from_a_place_to_itself_there_is_no_route() -> None:
    with pytest.raises(NoRouteError, match="the same place"):
        study().route("Busan", "Pusan")


def test_an_unknown_objective_goods_or_value_of_time_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown objective 'beauty'"):
        Study(objective="beauty", atlas=study().atlas)
    with pytest.raises(UnknownNameError, match="unknown goods 'generl'; did you mean general"):
        Study(goods="generl", atlas=study().atlas)
    with pytest.raises(UnknownNameError, match="capital"):
        Study(time_value="capital", atlas=study().atlas)


def test_a_point_by_its_coordinates_is_joined_by_road() -> None:
    # A study of its own: a new point has its network built anew.
    route = study().at("severed-2026").route("37.50,55.90", "Berlin", modes=["rail"])
    assert "road" in route.modes
    assert 0 < route.access_km < 30 * 1.3
    assert route.distance_km == pytest.approx(
        study().route("Moscow", "Berlin", modes=["rail"]).distance_km, rel=0.05
    )


def test_every_name_of_a_place_leads_to_the_same_route() -> None:
    totals = {
        study("reopened").route(name, "Moscow").usd_per_feu
        for name in ("Kaesŏng", "kaesong", "KAESONG")
    }
    assert len(totals) == 1


def test_layers_show_the_status_of_the_scenario() -> None:
    for scenario, status in (("severed-2026", "severed"), ("reopened", "open")):
        crossings = study(scenario).layers()["crossings"].set_index("crossing_id")
        assert crossings.at["dorasan-panmun", "status"] == status
        assert crossings.at["dorasan-panmun", "actual_status"] == "severed"


def test_a_corridor_that_leads_away_is_refused_and_a_via_of_ones_own_is_not() -> None:
    reopened = study("reopened")
    with pytest.raises(NoRouteError, match="would pass Zabaikalsk - Manzhouli twice"):
        reopened.route("Busan", "Hanoi", corridor="tkr-tmr")
    there_and_back = reopened.route("Gaesong", "Moscow", via=["Seoul"])
    crossings = [leg.line for leg in there_and_back.legs if leg.mode == "border"]
    assert crossings[:2] == ["Dorasan - Panmun (Gyeongui line)"] * 2


@pytest.mark.parametrize("state", ["KAZ", "RUS", "BLR"])
def test_a_through_train_stops_with_any_state_that_it_crosses(tmp_path: Path, state: str) -> None:
    path = tmp_path / "shut.toml"
    head = 'id = "shut"\ntitle = "Shut"\ndate = 2026-11-01\nparent = "severed-2026"\n'
    path.write_text(f'{head}close = ["state:{state}"]\n', encoding="utf-8")
    assert study().route("Busan", "Rotterdam", corridor="sea-transit").modes == ("sea", "rail")
    with pytest.raises(NoRouteError, match=f"railways and roads of {state} closed"):
        study().at(path).route("Busan", "Rotterdam", corridor="sea-transit")


def test_a_strait_that_is_shut_has_ships_go_round_it(tmp_path: Path) -> None:
    head = 'id = "shut"\ntitle = "Shut"\ndate = 2026-11-01\nparent = "severed-2026"\n'
    for strait, ends in (
        ("taiwan-strait", ("Busan", "Ho Chi Minh City")),
        ("korea-strait", ("Incheon", "Vladivostok")),
        ("dover", ("Busan", "Rotterdam")),
    ):
        path = tmp_path / f"{strait}.toml"
        path.write_text(f'{head}close = ["passage:{strait}"]\n', encoding="utf-8")
        usual = study().route(*ends, modes=["sea"])
        round_it = study().at(path).route(*ends, modes=["sea"])
        sailings = [leg for leg in round_it.legs if leg.mode == "sea"]
        assert len(sailings) == 1
        assert usual.distance_km < round_it.distance_km < usual.distance_km + 2500


def test_a_place_by_coordinates_may_stand_among_the_via_points() -> None:
    fresh = Study("severed-2026", atlas=study().atlas)
    via = ["gwangyang:reload", "127.38,36.33"]
    route = fresh.route("busan", "seoul", via=via, modes=["rail"])
    assert route.countries == ("KOR",)
    assert route.distance_km > study().route("busan", "seoul", modes=["rail"]).distance_km


def test_no_mode_is_no_question() -> None:
    with pytest.raises(UsageError, match="no mode is allowed"):
        study().route("Busan", "Moscow", modes=[])


def test_a_gauge_that_a_ship_lies_between_is_no_break() -> None:
    route = study().route("Seoul", "Moscow", corridor="sea-tsr")
    assert {leg.gauge_mm for leg in route.legs if leg.mode == "rail"} == {1435, 1520}
    assert route.gauge_breaks == 0
    assert not route.bill["item"].str.startswith("gauge-").any()


def test_the_road_to_a_terminal_is_drawn_from_the_place_to_the_track() -> None:
    route = study().route("Gaesong", "Moscow")
    (access,) = (leg for leg in route.legs if leg.mode == "access")
    # By the road network, whose length the drawing has; without it a straight line stands there.
    assert not access.schematic
    assert line_length_km([access.geometry]).sum() == pytest.approx(access.km, rel=0.05)


def test_a_border_without_a_listed_crossing_is_named(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.crossings = atlas.crossings[atlas.crossings["crossing_id"] != "c-d"]
    atlas.rail_nodes = atlas.rail_nodes.replace({"crossing_id": {"c-d": ""}})
    with pytest.raises(NoRouteError, match="no crossing into DDD is listed there"):
        study_of(atlas).route("Alpha", "Delta", modes=["rail"])


def test_the_railway_between_kazakhstan_and_turkmenistan_is_open_and_straight() -> None:
    # Open since 2013: Uzen - Bereket is no way round by Uzbekistan.
    route = study().route("Bolashak", "Bereket", modes=["rail"])
    assert {leg.country for leg in route.legs if leg.mode == "rail"} == {"KAZ", "TKM"}
    assert any("Serhetyaka" in leg.line for leg in route.legs if leg.mode == "border")
    assert 350 < route.distance_km < 550


@pytest.mark.parametrize("start", ["Busan", "Vladivostok"])
def test_boxes_to_moscow_run_by_chita_and_not_by_the_baikal_amur_line(start: str) -> None:
    route, arcs = with_arcs(study(), start, "Moscow")
    lines = set(study().network.column["line_id"][arcs])
    assert "tsr" in lines
    assert not {line for line in lines if line.startswith("bam")}
    assert 9000 < sum(leg.km for leg in route.legs if leg.mode == "rail") < 9600
