"""Edits of rates: what a scenario, a subsidy or a what-if does to one rate of the card."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.costing.items import MEASURES
from geo.costing.rates import ASSUMPTION, CONFIDENCES, Rate
from geo.errors import ScenarioError

if TYPE_CHECKING:
    from geo.costing.items import Item

__all__ = ["RateEdit"]


@dataclass(frozen=True, kw_only=True)
class RateEdit:
    """Sets a rate, or scales it together with its range.

    Parameters
    ----------
    set
        New rate: USD of the card's price year, h or kg per unit of the item.
    low, high
        Range of a set rate; by default it has none.
    scale
        Factor on base, low and high.
    source_ids
        Ids of the sources of the edit; a set rate keeps no other.
    confidence
        Confidence of the edited rate. Empty: a set rate is an assumption, and so is a scaled
        rate unless the edit names its sources.
    """

    set: float | None = None
    low: float | None = None
    high: float | None = None
    scale: float | None = None
    source_ids: tuple[str, ...] = ()
    confidence: str = ""

    def apply(self, item: Item, measure: str, before: Rate | None, *, price_year: int) -> Rate:
        """Return the edited rate of an item.

        Parameters
        ----------
        item
            Item whose rate it is.
        measure
            ``money``, ``hours`` or ``co2``.
        before
            Rate of the card, or None if it has none.
        price_year
            Year of the card's dollars.

        Returns
        -------
        The new rate: a set rate in USD of the price year, a scaled one in its own currency.

        Raises
        ------
        ScenarioError
            If the edit makes no sense for the item, or the rate would be negative.
        """
        if problem := self._problem(item, measure, before):
            msg = f"edited rate, {item.item_id} {measure}: {problem}"
            raise ScenarioError(msg)
        if self.scale is not None and before is not None:
            return self._scaled(before, self.scale)
        low, base, high = self._range()
        money = measure == "money"
        return Rate(
            item_id=item.item_id,
            measure=MEASURES[MEASURES.index(measure)],
            base=base,
            low=low,
            high=high,
            unit=item.unit_of(measure),
            currency="USD" if money else "",
            price_year=price_year if money else None,
            distribution="triangular" if low < high else "fixed",
            range_means="ignorance" if low < high else "none",
            source_ids=self.source_ids,
            confidence=self.confidence or ASSUMPTION,
            note="set by the scenario",
            skew_reason="range set by the scenario" if low < high else "",
        )

    def _range(self) -> tuple[float, float, float]:
        base = math.nan if self.set is None else self.set
        low, high = (base if bound is None else bound for bound in (self.low, self.high))
        return low, base, high

    def _scaled(self, before: Rate, scale: float) -> Rate:
        return replace(
            before,
            base=before.base * scale,
            low=before.low * scale,
            high=before.high * scale,
            source_ids=tuple(dict.fromkeys((*before.source_ids, *self.source_ids))),
            confidence=self.confidence or (before.confidence if self.source_ids else ASSUMPTION),
            note=f"{before.note} (scaled by {scale:g} in the scenario)".strip(),
            of_class="",
        )

    def _problem(self, item: Item, measure: str, before: Rate | None) -> str:
        if measure not in MEASURES:
            return f"a measure is one of {', '.join(MEASURES)}"
        if not item.allows(measure):
            return f"cannot be stated per {item.unit}"
        if self.confidence and self.confidence not in CONFIDENCES[:-1]:
            return f"unknown confidence {self.confidence!r}"
        if (self.set is None) == (self.scale is None):
            return "expected either set or scale"
        return self._problem_of_set() if self.scale is None else self._problem_of_scale(before)

    def _problem_of_set(self) -> str:
        low, base, high = self._range()
        if 0 <= low <= base <= high < math.inf:
            return ""
        return f"expected 0 <= low <= set <= high, got {low:g}, {base:g}, {high:g}"

    def _problem_of_scale(self, before: Rate | None) -> str:
        if before is None:
            return "there is no rate to scale"
        if self.scale is not None and not 0 <= self.scale < math.inf:
            return f"expected a scale >= 0, got {self.scale:g}"
        has_range = self.low is not None or self.high is not None
        return "low and high go with set alone" if has_range else ""
