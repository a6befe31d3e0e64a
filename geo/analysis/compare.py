"""Comparison of states of the world: each pair and corridor, differences, routes that change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.outcome import Outcome
    from geo.route import Route

__all__ = ["COMPARED", "changed_routes", "comparison"]

COMPARED = {
    "usd_per_feu": "money",
    "hours": "time",
    "kg_co2_per_feu": "CO2",
    "generalised_usd_per_feu": "generalised cost",
}
"""Totals of a route that are compared."""

_WORDS = {
    (True, True): "none",
    (True, False): "new",
    (False, True): "lost",
}


def comparison(outcomes: Sequence[Sequence[Outcome]]) -> pd.DataFrame:
    """Compare the outcomes of one set of questions in several states of the world.

    Parameters
    ----------
    outcomes : sequence of sequence of Outcome
        One for each state of the world, in the same order; the first is what is compared with.

    Returns
    -------
    DataFrame
        One row for each question and state of the world: origin, destination, corridor, scenario;
        the totals of `COMPARED` (USD, h and kg of CO2 per FEU; NaN without a route); the same
        less those of the first, as ``d_...``; and ``route``: same, changed, new, lost or none
        (no way in either), with "base" for the first.

    Raises
    ------
    UsageError
        If there are not two of them, or they answer different questions.
    """
    _check(outcomes)
    rows = []
    for same in zip(*outcomes, strict=True):
        first = same[0]
        for number, outcome in enumerate(same):
            row: dict[str, Any] = {
                "origin": outcome.origin.name,
                "destination": outcome.destination.name,
                "corridor": outcome.corridor,
                "scenario": outcome.scenario,
            }
            for name in COMPARED:
                row[name] = _total(outcome.route, name)
            for name in COMPARED:
                row[f"d_{name}"] = row[name] - _total(first.route, name) if number else 0.0
            row["route"] = _change(first.route, outcome.route) if number else "base"
            rows.append(row)
    return pd.DataFrame(rows)


def changed_routes(outcomes: Sequence[Sequence[Outcome]]) -> gpd.GeoDataFrame:
    """Return the routes that are not those of the first state of the world, as a layer.

    Parameters
    ----------
    outcomes : sequence of sequence of Outcome
        As in `comparison`.

    Returns
    -------
    GeoDataFrame
        EPSG:4326; origin, destination, corridor, scenario, route (was: the way of the first that
        is left; changed or new: the way that takes its place), generalised_usd_per_feu.

    Raises
    ------
    UsageError
        As in `comparison`.
    """
    _check(outcomes)
    rows = []
    for same in zip(*outcomes, strict=True):
        first = same[0]
        told = False
        for outcome in same[1:]:
            change = _change(first.route, outcome.route)
            if change in {"same", "none"}:
                continue
            if first.route is not None and not told:
                rows.append(_feature(first, first.route, "was"))
                told = True
            if outcome.route is not None:
                rows.append(_feature(outcome, outcome.route, change))
    columns = ["origin", "destination", "corridor", "scenario", "route", "generalised_usd_per_feu"]
    return gpd.GeoDataFrame(
        rows, columns=[*columns, "geometry"], geometry="geometry", crs="EPSG:4326"
    )


def _check(outcomes: Sequence[Sequence[Outcome]]) -> None:
    least = 2
    if len(outcomes) < least:
        msg = "name at least two states of the world to compare"
        raise UsageError(msg)
    asked = [
        [(one.origin.place_id, one.destination.place_id, one.corridor) for one in answer]
        for answer in outcomes
    ]
    if any(questions != asked[0] for questions in asked):
        msg = "states of the world are compared by the same questions in the same order"
        raise UsageError(msg)


def _total(route: Route | None, name: str) -> float:
    return float("nan") if route is None else float(getattr(route, name))


def _change(before: Route | None, after: Route | None) -> str:
    """Say what became of a route."""
    if before is None or after is None:
        return _WORDS[before is None, after is None]
    return "same" if _way(before) == _way(after) else "changed"


def _way(route: Route) -> list[tuple[object, ...]]:
    """Return what a route is made of, whatever it costs."""
    return [
        (leg.mode, leg.line, leg.from_name, leg.to_name, leg.gauge_mm, round(leg.km, 3))
        for leg in route.legs
    ]


def _feature(outcome: Outcome, route: Route, change: str) -> dict[str, Any]:
    return {
        "origin": outcome.origin.name,
        "destination": outcome.destination.name,
        "corridor": outcome.corridor,
        "scenario": outcome.scenario,
        "route": change,
        "generalised_usd_per_feu": route.generalised_usd_per_feu,
        "geometry": route.geometry,
    }
