"""Two charges that cover the same thing."""

from __future__ import annotations

import pytest

from geo.costing import Bill, Goods, RateCard
from geo.errors import DoubleChargeError

Line = tuple[str, str, int, float]


def bill(card: RateCard, goods: Goods, *lines: Line) -> Bill:
    return Bill.from_lines(lines, card.bind(goods))


def test_haulage_under_a_through_rate_is_refused(card: RateCard, goods: Goods) -> None:
    with pytest.raises(DoubleChargeError) as caught:
        bill(card, goods, ("erai", "dostyk-brest", 0, 1), ("haul-rus", "RUS", 0, 100))
    assert all(word in str(caught.value) for word in ("erai", "haul-rus", "haulage:RUS"))
    assert caught.value.exit_code == 4


def test_handling_that_a_lane_rate_includes_is_refused(card: RateCard, goods: Goods) -> None:
    with pytest.raises(DoubleChargeError, match="handling-load:busan"):
        bill(card, goods, ("lift-busan", "busan", 0, 1), ("lane-busan-rotterdam", "sea", 0, 1))


def test_another_consignment_pays_anew(card: RateCard, goods: Goods) -> None:
    made = bill(card, goods, ("erai", "dostyk-brest", 0, 1), ("haul-rus", "RUS", 1, 100))
    assert len(made.charges) == 2


def test_one_item_at_several_places_is_no_double_charge(card: RateCard, goods: Goods) -> None:
    made = bill(card, goods, ("haul-rus", "west", 0, 100), ("haul-rus", "east", 0, 200))
    assert made.usd == pytest.approx(150)


def test_items_that_cover_nothing_in_common_live_together(card: RateCard, goods: Goods) -> None:
    made = bill(card, goods, ("haul-chn", "CHN", 0, 100), ("haul-rus", "RUS", 0, 100))
    assert len(made.charges) == 2


def test_a_charge_of_nothing_covers_nothing(card: RateCard, goods: Goods) -> None:
    made = bill(card, goods, ("erai", "dostyk-brest", 0, 1), ("haul-rus", "RUS", 0, 0))
    assert [charge.item_id for charge in made.charges] == ["erai"]


def test_a_bill_made_by_hand_is_checked_too(card: RateCard, goods: Goods) -> None:
    through = bill(card, goods, ("erai", "dostyk-brest", 0, 1))
    haulage = bill(card, goods, ("haul-rus", "RUS", 0, 100))
    with pytest.raises(DoubleChargeError):
        Bill(through.charges + haulage.charges)
