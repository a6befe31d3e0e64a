"""Which wait stands before which departure: by lane at sea, by terminal on the railway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.atlas import ids_of
from geo.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["sailing_waits", "train_waits"]

_TABLE: Final = "data/headways.csv"


def sailing_waits(headways: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the item of the wait for a sailing, by port of loading and of discharge.

    Parameters
    ----------
    headways : DataFrame
        The table of this name. A line calls on its way there and back, so a row holds both ways.

    Raises
    ------
    DataError
        If two rows speak of the same lane.
    """
    waits: dict[tuple[str, ...], str] = {}
    for row in headways[headways["mode"] == "sea"].to_dict("records"):
        for origin in ids_of(row["from_places"]):
            for target in ids_of(row["to_places"]):
                _enter(waits, (origin, target), str(row["item_id"]))
                _enter(waits, (target, origin), str(row["item_id"]))
    return {(origin, target): item for (origin, target), item in waits.items()}


def train_waits(headways: pd.DataFrame) -> dict[str, str]:
    """Return the item of the wait for a train, by place of loading.

    Raises
    ------
    DataError
        If two rows speak of the same place.
    """
    waits: dict[tuple[str, ...], str] = {}
    for row in headways[headways["mode"] == "rail"].to_dict("records"):
        for place in ids_of(row["from_places"]):
            _enter(waits, (place,), str(row["item_id"]))
    return {place: item for (place,), item in waits.items()}


def _enter(waits: dict[tuple[str, ...], str], where: tuple[str, ...], item: str) -> None:
    if waits.setdefault(where, item) != item:
        problem = f"{waits[where]} and {item} both speak of {'-'.join(where)}"
        raise DataError(_TABLE, None, "item_id", problem)
