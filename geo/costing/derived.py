"""Derived rates, worked out before the product of quantities and rates, each by its formula.

A derived rate goes into the table of rates with its formula in the note.
"""

from __future__ import annotations

import math
from itertools import count
from typing import TYPE_CHECKING, Final

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "demurrage_usd",
    "expected_demurrage",
    "half_headway_h",
    "per_feu_km_of_train",
    "per_km_of_through_rate",
    "tiered_demurrage",
    "two_part_usd",
    "with_empty_return",
]


HOURS_A_WEEK: Final = 168.0
_NEARLY_NEVER: Final = 1e-9


def half_headway_h(departures_week: float, *, least_h: float = 0.0) -> float:
    """Mean wait for the next departure: ``max(168 / departures / 2, least)``.

    Parameters
    ----------
    departures_week
        Sailings or trains a week, above 0.
    least_h
        A box must be there so long before it leaves, h.

    Returns
    -------
    Hours.
    """
    _require(0 < departures_week < math.inf, "a headway needs departures above 0 a week")
    _require(least_h >= 0, "a wait is not negative")
    return max(HOURS_A_WEEK / departures_week / 2, least_h)


def two_part_usd(entry_usd: float, per_km_usd: float, tariff_km: float) -> float:
    """Charge of a two-part tariff: ``entry + per_km * tariff_km``.

    The network bills the two parts apart; this is the closed form to check it by.

    Parameters
    ----------
    entry_usd
        First part, once per consignment, money per FEU.
    per_km_usd
        Second part, money per FEU-km.
    tariff_km
        Tariff distance, km.

    Returns
    -------
    Money per FEU, in the currency of the parts.
    """
    _require(min(entry_usd, per_km_usd, tariff_km) >= 0, "a tariff has no negative part")
    return entry_usd + per_km_usd * tariff_km


def per_km_of_through_rate(through_usd: float, tariff_km: float, *, entry_usd: float = 0) -> float:
    """Rate per km in a through price: ``(through - entry) / tariff_km``.

    Parameters
    ----------
    through_usd
        Through price, money per FEU.
    tariff_km
        Tariff distance that it pays for, km.
    entry_usd
        Part that does not grow with distance, money per FEU.

    Returns
    -------
    Money per FEU-km, in the currency of the price.
    """
    _require(tariff_km > 0, "a through price needs a distance above 0 km")
    _require(0 <= entry_usd <= through_usd, "the entry part lies between 0 and the through price")
    return (through_usd - entry_usd) / tariff_km


def demurrage_usd(dwell_days: float, free_days: float, per_day_usd: float) -> float:
    """Demurrage of one box: ``per_day * ceil(max(0, dwell - free))``.

    Every day that is begun after the free time is charged whole.

    Parameters
    ----------
    dwell_days
        Time in the terminal, days.
    free_days
        Time free of charge, days.
    per_day_usd
        Demurrage, money per FEU and day.

    Returns
    -------
    Money per FEU.
    """
    _require(min(dwell_days, free_days, per_day_usd) >= 0, "demurrage knows no negative number")
    return per_day_usd * math.ceil(max(0.0, dwell_days - free_days))


def tiered_demurrage(dwell_days: float, per_day: Callable[[int], float]) -> float:
    """Demurrage of one box by a tariff that rises: the sum of its days, each begun one whole.

    Parameters
    ----------
    dwell_days
        Time in the terminal, days.
    per_day
        Charge of the first day, the second, ...: money per FEU; 0 in the free time.

    Returns
    -------
    Money per FEU.
    """
    _require(0 <= dwell_days < math.inf, "demurrage knows no negative number")
    return math.fsum(per_day(day) for day in range(1, math.ceil(dwell_days) + 1))


def expected_demurrage(
    low_days: float, mode_days: float, high_days: float, per_day: Callable[[int], float]
) -> float:
    """Mean demurrage where the dwell spreads as a triangle: ``sum of charge(day) * P(begun)``.

    Day ``d`` is charged when the dwell is longer than ``d - 1`` days, so the mean over the spread
    needs no simulation.

    Parameters
    ----------
    low_days, mode_days, high_days
        Shortest, likeliest and longest dwell, days.
    per_day
        Charge of the first day, the second, ...: money per FEU; 0 in the free time.

    Returns
    -------
    Money per FEU.
    """
    _require(0 <= low_days <= mode_days <= high_days < math.inf, "a spread runs from low to high")
    total = 0.0
    for day in count(1):
        begun = _longer_than(day - 1, low_days, mode_days, high_days)
        if begun <= _NEARLY_NEVER:
            return total
        total += per_day(day) * begun
    raise AssertionError  # pragma: no cover - the days never end


def _longer_than(days: float, low: float, mode: float, high: float) -> float:
    """Chance that a triangular spread is above a number of days."""
    if days < low or high == low:
        return float(days < high)
    if days <= mode and mode > low:
        return 1 - (days - low) ** 2 / ((high - low) * (mode - low))
    return max(0.0, high - days) ** 2 / ((high - low) * (high - mode)) if high > mode else 0.0


def per_feu_km_of_train(train_km_usd: float, places_feu: float, filling: float) -> float:
    """Share of one FEU in the cost of a train: ``train_km / (places * filling)``.

    Parameters
    ----------
    train_km_usd
        Cost of the train, money per train-km.
    places_feu
        Places on the train, FEU.
    filling
        Share of the places that carry a paying box, above 0 to 1.

    Returns
    -------
    Money per FEU-km.
    """
    _require(train_km_usd >= 0, "the cost of a train is not negative")
    _require(places_feu > 0, "a train needs places")
    _require(0 < filling <= 1, f"the filling of a train lies above 0 and up to 1, got {filling:g}")
    return train_km_usd / (places_feu * filling)


def with_empty_return(loaded_usd: float, empty_share: float, empty_ratio: float) -> float:
    """Rate of a loaded box that pays for its way back: ``loaded * (1 + share * ratio)``.

    Parameters
    ----------
    loaded_usd
        Rate of a loaded box, money per FEU or FEU-km.
    empty_share
        Share of the boxes that go back empty, 0 to 1.
    empty_ratio
        Rate of an empty box relative to a loaded one, >= 0.

    Returns
    -------
    Money per loaded FEU or FEU-km.
    """
    _require(min(loaded_usd, empty_ratio) >= 0, "an empty return knows no negative number")
    _require(0 <= empty_share <= 1, f"a share lies between 0 and 1, got {empty_share:g}")
    return loaded_usd * (1 + empty_share * empty_ratio)


def _require(holds: bool, msg: str) -> None:  # noqa: FBT001
    if not holds:
        raise UsageError(msg)
