"""Capacity: what the trains that cross a border in a day can carry, where their number is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.atlas import text_of
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.atlas import Atlas

__all__ = ["CrossingCapacity", "crossing_capacities"]

DAYS: Final = 365.0


@dataclass(frozen=True)
class CrossingCapacity:
    """Trains at a border crossing, and what they carry.

    Attributes
    ----------
    link, name : str
    trains_day : float
        Freight trains a day as published; whether in one direction or both, its source leaves open.
    trains_date : str
        When they were counted.
    teu_year : float
        trains x TEU per train x 365.
    demand_teu_year : float or None
        What is asked of the crossing, TEU a year.
    """

    link: str
    name: str
    trains_day: float
    trains_date: str
    teu_year: float
    demand_teu_year: float | None

    @property
    def share(self) -> float | None:
        """Part of its demand that the trains can carry, at most 1; None without a demand."""
        if self.demand_teu_year is None:
            return None
        return min(1.0, self.teu_year / self.demand_teu_year)

    def to_dict(self) -> dict[str, object]:
        """Return the capacity ready for JSON."""
        return {
            "link": self.link,
            "name": self.name,
            "trains_day": self.trains_day,
            "trains_date": self.trains_date,
            "teu_year": self.teu_year,
            "demand_teu_year": self.demand_teu_year,
            "share_carried": self.share,
        }


def crossing_capacities(
    atlas: Atlas,
    *,
    demand_teu_year: Mapping[str, float] | None = None,
    teu_per_train: float | None = None,
) -> tuple[CrossingCapacity, ...]:
    """Return the capacity of every crossing whose trains were counted.

    Parameters
    ----------
    atlas : Atlas
    demand_teu_year : mapping link -> float, optional
        TEU a year; a crossing that is not in it, or with 0, has no demand.
    teu_per_train : float, optional
        By default the parameter `train-teu`.

    Returns
    -------
    tuple of CrossingCapacity
        In the order of the table of crossings.

    Raises
    ------
    UsageError
        If the load of a train is not above 0.
    """
    load = atlas.parameter("train-teu") if teu_per_train is None else teu_per_train
    if not 0 < load < math.inf:
        msg = f"the load of a train must be above 0 TEU, got {load:g}"
        raise UsageError(msg)
    demand = demand_teu_year or {}
    return tuple(
        CrossingCapacity(
            link=f"crossing:{row['crossing_id']}",
            name=text_of(row["name"]),
            trains_day=float(row["trains_day"]),
            trains_date=text_of(row["trains_date"]),
            teu_year=float(row["trains_day"]) * load * DAYS,
            demand_teu_year=demand.get(f"crossing:{row['crossing_id']}") or None,
        )
        for row in atlas.crossings.to_dict("records")
        if not pd.isna(row["trains_day"]) and float(row["trains_day"]) > 0
    )
