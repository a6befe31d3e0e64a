"""Which wait stands before which departure."""

from __future__ import annotations

import pytest

from geo.errors import DataError
from geo.network.headways import sailing_waits, train_waits
from tests.small import HEADWAYS, table
from tests.worlds import study

ROWS = (
    HEADWAYS
    + "wait-strait,sea,alpha,isle;beta,7,3,14,48,book,high,\n"
    + "wait-alpha,rail,alpha;hut,,2,1,3,,book,high,\n"
)


def test_a_line_calls_on_its_way_there_and_back() -> None:
    waits = sailing_waits(table(ROWS))
    assert waits == dict.fromkeys(
        [("alpha", "isle"), ("isle", "alpha"), ("alpha", "beta"), ("beta", "alpha")], "wait-strait"
    )


def test_trains_are_told_by_the_place_of_loading() -> None:
    assert train_waits(table(ROWS)) == {"alpha": "wait-alpha", "hut": "wait-alpha"}


def test_two_rows_about_one_departure_are_refused() -> None:
    sea = ROWS + "wait-other,sea,isle,alpha,1,1,1,,book,high,\n"
    with pytest.raises(DataError, match="wait-strait and wait-other both speak of isle-alpha"):
        sailing_waits(table(sea))
    rail = ROWS + "wait-other,rail,hut,,1,1,1,,book,high,\n"
    with pytest.raises(DataError, match="wait-alpha and wait-other both speak of hut"):
        train_waits(table(rail))


def test_a_box_waits_for_its_own_sailing_and_train() -> None:
    """Busan-Dalian has sailings every day, Busan-Vostochny one a week."""
    waits = {}
    for target in ("Dalian", "Vostochny"):
        route = study().route("Busan", target, modes=["sea"])
        (wait,) = [c for c in route.charges.charges if c.item_id.startswith("wait-sailing")]
        waits[target] = wait.item_id, wait.hours
    assert waits == {
        "Dalian": ("wait-sailing-busan-china", 48),
        "Vostochny": ("wait-sailing-busan-vostochny", 84),
    }
    train = study().route("Xi'an", "Lanzhou", modes=["rail"])
    assert "wait-train-xian" in {charge.item_id for charge in train.charges.charges}
