"""Distance and cost: the line of a way ends at its bill, and lines cross where the algebra says."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.analysis.distance_cost import (
    ModeLine,
    Profile,
    all_crossings,
    break_even_km,
    crossings,
    mode_lines,
)
from geo.costing import Bill
from geo.errors import UnknownNameError, UsageError
from tests import worlds
from tests.fakes import PLACES, charge, leg, route

FAR_KM = 10_000.0


def line(name: str, *corners: tuple[float, float]) -> Profile:
    km, usd = zip(*corners, strict=True)
    return Profile(name, np.array(km), np.array(usd), ("rail",) * (len(corners) - 1))


def straight(name: str, fixed: float, rate: float, far: float = FAR_KM) -> Profile:
    return line(name, (0.0, 0.0), (0.0, fixed), (far, fixed + rate * far))


def mode(name: str, fixed: float, rate: float) -> ModeLine:
    return ModeLine(name, fixed, rate, rate, rate)


# A textbook's case: road 0 + 2 per km, rail 300 + 1, ship 900 + 0.5.
ROAD, RAIL, SHIP = mode("road", 0, 2), mode("rail", 300, 1), mode("ship", 900, 0.5)


def test_break_evens_of_a_textbook() -> None:
    assert break_even_km(ROAD, RAIL) == break_even_km(RAIL, ROAD) == 300
    assert break_even_km(RAIL, SHIP) == 1200
    assert break_even_km(ROAD, SHIP) == 600
    assert break_even_km(ROAD, mode("dear", 1, 3)) is None
    assert break_even_km(ROAD, mode("parallel", 1, 2)) is None


@given(st.floats(0, 5000), st.floats(0, 5000), st.floats(0.05, 4), st.floats(0.05, 4))
def test_lines_cross_at_the_closed_form(f1: float, f2: float, v1: float, v2: float) -> None:
    # Lines that all but begin or all but end together may be told as tied there.
    assume(f1 == f2 or abs(f1 - f2) > 1e-3)
    assume(abs((f1 - f2) + (v1 - v2) * FAR_KM) > 1e-3)
    expected = break_even_km(mode("a", f1, v1), mode("b", f2, v2))
    found = crossings(straight("a", f1, v1), straight("b", f2, v2))
    if expected is None or expected > FAR_KM:
        assert found == ()
        return
    (point,) = found
    assert point.km == pytest.approx(expected, rel=1e-6)
    assert point.usd == pytest.approx(f1 + v1 * expected, rel=1e-6)
    assert point.cheaper_before == ("a" if f1 < f2 else "b")


def test_a_step_is_crossed_at_its_own_km() -> None:
    # One pays 500 at the border, km 100; the other climbs by 3 a km and has paid 300 there.
    stepped = line("border", (0, 0), (100, 100), (100, 600), (1000, 700))
    steady = line("steady", (0, 0), (1000, 3000))
    first, second = crossings(stepped, steady)
    assert (first.km, first.usd) == (100, 300)
    assert (first.cheaper_before, first.cheaper_after) == ("border", "steady")
    # 600 + (km - 100) / 9 = 3 km
    assert second.km == pytest.approx((600 - 100 / 9) / (3 - 1 / 9))
    assert all_crossings([steady, stepped])[0].km == 100


def test_lines_that_touch_or_run_together_do_not_cross() -> None:
    one = line("one", (0, 0), (100, 100), (200, 300))
    assert crossings(one, line("same", (0, 0), (100, 100), (200, 300))) == ()
    assert crossings(one, line("touch", (0, 50), (100, 100), (200, 400))) == ()
    # Together from 100 to 200 km: no crossing, unless they part to the other side.
    above = line("a", (0, 10), (100, 100), (200, 200), (300, 400))
    assert crossings(above, line("b", (0, 0), (100, 100), (200, 200), (300, 300))) == ()
    (point,) = crossings(above, line("b", (0, 0), (100, 100), (200, 200), (300, 500)))
    assert (point.km, point.usd, point.cheaper_after) == (200, 200, "a")


def test_the_line_of_a_way_ends_at_its_bill() -> None:
    at = worlds.study("reopened")
    for corridor, kinds in (("tkr-tsr", {"border"}), ("sea-tsr", {"sea"})):
        found = at.route("Busan", "Moscow", corridor=corridor)
        profile = Profile.of(found)
        assert profile.usd[-1] == pytest.approx(found.usd_per_feu)
        assert profile.km[-1] == pytest.approx(found.distance_km)
        assert (np.diff(profile.km) >= 0).all()
        assert (np.diff(profile.usd) >= -1e-9).all()
        assert set(profile.kinds) == {"rail", "terminal"} | kinds
        middle = 0.5 * float(profile.km[-1])
        assert profile.usd_at(middle, after=False) <= profile.usd_at(middle)
    # By rail a box is lifted before it has moved: one lift falls due at km 0.
    by_rail = Profile.of(at.route("Busan", "Moscow", corridor="tkr-tsr"))
    lift = at.unit_cost("rail-handling-kor", measure="usd")
    assert by_rail.usd_at(0.0, after=False) == 0
    assert by_rail.usd_at(0.0) == pytest.approx(lift)


def test_kinds_of_pieces() -> None:
    ends = PLACES["busan"], PLACES["moscow"]
    legs = (
        leg("transfer", *ends, km=0.0, usd=50.0),
        leg("rail", *ends, country="CHN;KAZ", km=900.0, usd=1000.0),
        leg("border", *ends, km=2.0, usd=30.0),
        leg("access", *ends, km=10.0, usd=20.0),
    )
    profile = Profile.of(dataclasses.replace(route(), legs=legs))
    assert profile.kinds == ("terminal", "through", "border", "border", "road")
    assert list(profile.km) == [0, 0, 900, 900, 902, 912]
    assert list(profile.usd) == [0, 50, 1050, 1080, 1080, 1100]


def test_a_way_with_a_missing_rate_has_no_line() -> None:
    lost = dataclasses.replace(route(), charges=Bill((charge("haul-rus", float("nan")),)))
    with pytest.raises(UsageError, match="no rate for haul-rus"):
        Profile.of(lost)


def test_lines_by_mode_are_those_of_the_rate_card() -> None:
    at = worlds.study("reopened")
    road, rail, short, deep = mode_lines(at, "rus", drayage_km=10.0)

    def usd(item: str) -> float:
        return at.unit_cost(item, measure="usd")

    assert (road.fixed_usd, road.usd_per_km) == (0.0, usd("haul-road-rus"))
    assert rail.fixed_usd == pytest.approx(
        2 * usd("rail-handling-rus") + usd("entry-rus") + 20 * usd("haul-road-rus")
    )
    assert rail.usd_per_km == usd("haul-rus")
    assert rail.usd_per_km_low < rail.usd_per_km < rail.usd_per_km_high
    assert rail.assumed
    for ship, item in ((short, "sea-short"), (deep, "sea-deep")):
        assert ship.usd_per_km == usd(item)
        assert ship.fixed_usd == pytest.approx(
            2 * usd("port-handling-class") + 20 * usd("haul-road-rus")
        )


def test_what_cannot_be_is_refused() -> None:
    at = worlds.study("reopened")
    with pytest.raises(UnknownNameError, match="zone of tariffs"):
        mode_lines(at, "korea")
    with pytest.raises(UsageError, match="0 km or more"):
        mode_lines(at, "kor", drayage_km=-1.0)
