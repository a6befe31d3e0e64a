"""Derived rates, worked out before the product of quantities and rates, each by its formula.

A derived rate goes into the table of rates with its formula in the note.
"""

from __future__ import annotations

import math

from geo.errors import UsageError

__all__ = [
    "demurrage_usd",
    "per_feu_km_of_train",
    "per_km_of_through_rate",
    "two_part_usd",
    "with_empty_return",
]


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
