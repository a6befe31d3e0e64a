"""Coverage: no consignment pays twice for the same thing.

A charge declares what it covers (``haulage:RUS``); two items that cover one thing are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from geo.errors import DoubleChargeError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Covering", "check_coverage"]

_TABLE: Final = "data/items.csv"


class Covering(Protocol):
    """A charge that says what it covers."""

    @property
    def item_id(self) -> str:
        """Item that is charged."""

    @property
    def consignment(self) -> int:
        """Stretch between a loading and the next reload."""

    @property
    def covers(self) -> tuple[str, ...]:
        """What the charge pays for, each ``what:where``."""


def check_coverage(charges: Iterable[Covering]) -> None:
    """Refuse charges of different items that cover the same thing on one consignment.

    Parameters
    ----------
    charges
        Lines of one bill. The same item may be charged at several places.

    Raises
    ------
    DoubleChargeError
        Names both items and the thing.
    """
    payer: dict[tuple[int, str], str] = {}
    for charge in charges:
        for thing in charge.covers:
            first = payer.setdefault((charge.consignment, thing), charge.item_id)
            if first != charge.item_id:
                problem = f"{first} and {charge.item_id} both charge for {thing}"
                raise DoubleChargeError(_TABLE, None, "covers", problem)
