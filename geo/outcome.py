"""Outcomes: what became of each question, and all of them as the cost table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.atlas import Place
    from geo.route import Route

__all__ = ["TABLE_COLUMNS", "Outcome", "outcomes_frame"]

TABLE_COLUMNS = (
    "origin",
    "destination",
    "scenario",
    "corridor",
    "modes",
    "distance_km",
    "hours",
    "usd_per_feu",
    "usd_low",
    "usd_high",
    "kg_co2_per_feu",
    "generalised_usd_per_feu",
    "assumed_share",
    "status",
    "reason",
)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one question: a route, or the reason why there is none.

    Attributes
    ----------
    origin, destination : Place
    scenario, corridor : str
    route : Route or None
    reason : str
    """

    origin: Place
    destination: Place
    scenario: str
    corridor: str
    route: Route | None
    reason: str = ""


def outcomes_frame(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return outcomes as the cost table, one row each, with the columns of `TABLE_COLUMNS`."""
    rows = []
    for outcome in outcomes:
        row: dict[str, Any] = {
            "origin": outcome.origin.name,
            "destination": outcome.destination.name,
            "scenario": outcome.scenario,
            "corridor": outcome.corridor,
            "status": "no route",
            "reason": outcome.reason,
        }
        route = outcome.route
        if route is not None:
            row |= {
                "modes": "+".join(route.modes),
                "distance_km": route.distance_km,
                "hours": route.hours,
                "usd_per_feu": route.usd_per_feu,
                "usd_low": route.usd_low,
                "usd_high": route.usd_high,
                "kg_co2_per_feu": route.kg_co2_per_feu,
                "generalised_usd_per_feu": route.generalised_usd_per_feu,
                "assumed_share": route.assumed_share,
                "status": _status(route),
                "reason": "; ".join(_remarks(route)),
            }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(TABLE_COLUMNS))


def _status(route: Route) -> str:
    """Say how a route stands on the ground, and in law where that sets a limit."""
    physical = "incomplete" if route.missing else route.physical_status
    law = "" if route.legal_status == "permitted" else f", law: {route.legal_status}"
    return physical + law


def _remarks(route: Route) -> list[str]:
    """Say what is missing from a route, and where known freight lines were preferred."""
    remarks = [f"no rate for {item}" for item in route.missing]
    if route.steering is not None:
        more = route.steering.difference / route.steering.unsteered
        remarks.append(f"known freight lines preferred: {route.steering.objective} +{more:.1%}")
    return remarks
