"""Merits: by what projects are ranked, and what is published of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.analysis.access import gravity_access, harris_access, market_sizes, trade_cost_factor
from geo.atlas import ids_of, text_of
from geo.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.analysis.projects import Effects, SubsetCosts
    from geo.atlas import Atlas
    from geo.study import Study

__all__ = ["merit_of", "project_notes"]


def merit_of(study: Study, costs: SubsetCosts, by: str) -> tuple[Effects, str]:
    """Return the effects of projects by a merit, and their unit in words.

    Parameters
    ----------
    study : Study
        Whose goods and objective the costs are of.
    costs : SubsetCosts
    by : str
        saving: the mean saving of the pairs that have a way before; access: the mean gain of the
        origins' market access, by the GDP of the destinations' states and the parameter
        `trade-theta`, in per cent of what it was; harris: the same of their market potential,
        GDP over cost (Harris 1954).

    Raises
    ------
    UsageError
        If there is no such merit, or market access is asked of another objective than money and
        time together, or of places whose state has no GDP in the tables.
    """
    if by == "saving":
        units = {"hours": "h", "co2": "kg of CO2 per FEU"}
        return costs.savings(), f"{units.get(study.objective, 'USD per FEU')} saved a pair"
    if by not in {"access", "harris"}:
        msg = f"unknown merit {by!r}; one of saving, access, harris"
        raise UsageError(msg)
    if study.objective != "generalised":
        msg = f"market access is worked by generalised costs, not by {study.objective}"
        raise UsageError(msg)
    markets, missing = market_sizes(study.atlas, costs.pairs.destinations)
    if missing:
        msg = f"no GDP in the tables for {', '.join(missing)}: leave out their places"
        raise UsageError(msg)
    theta = study.atlas.parameter("trade-theta")

    def access(least: NDArray[np.float64]) -> NDArray[np.float64]:
        away = np.where(costs.pairs.apart, least, np.inf)
        if by == "harris":
            return harris_access(away, markets)
        factors = trade_cost_factor(away, value_usd=study.goods.value_usd)
        return gravity_access(factors, markets, theta=theta)

    before = access(costs.costs[0])
    if not (before > 0).all():
        lost = costs.pairs.origins[int(np.argmin(before))].name
        msg = f"{lost} reaches no market without the projects: a gain in per cent has no base"
        raise UsageError(msg)
    gains = costs.gains(lambda least: float((access(least) / before - 1.0).mean()) * 100.0)
    what = "market potential (Harris)" if by == "harris" else "market access"
    return gains, f"per cent of the origins' {what}"


def project_notes(atlas: Atlas) -> dict[str, dict[str, object]]:
    """Return what the table says of each project: published costs of building it, and remarks.

    Returns
    -------
    dict of project_id -> dict
        invest_low, invest_high (million, or None), currency, invest_year, source_ids, note.
    """
    return {
        str(row["project_id"]): {
            "invest_low": None if pd.isna(row["invest_low"]) else float(row["invest_low"]),
            "invest_high": None if pd.isna(row["invest_high"]) else float(row["invest_high"]),
            "currency": text_of(row["currency"]) or None,
            "invest_year": None if pd.isna(row["invest_year"]) else int(row["invest_year"]),
            "source_ids": list(ids_of(row["source_ids"])),
            "note": text_of(row["note"]),
        }
        for row in atlas.projects.to_dict("records")
    }
