"""Comparison of states of the world: each pair and corridor, differences, routes that change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.analysis.totals import TOTALS
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.totals import Totals
    from geo.outcome import Outcome
    from geo.route import Route

__all__ = ["changed_routes", "compared", "comparison"]

_NO_WAY = -1
_LEAST = 2
_TOO_FEW = "name at least two states of the world to compare"
_MOVED = {"changed", "new", "lost"}
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
        the totals of `TOTALS` (USD, h and kg of CO2 per FEU; NaN without a route); the same
        less those of the first, as ``d_...``; and ``route``: same, changed, new, lost or none
        (no way in either), with "base" for the first.

    Raises
    ------
    UsageError
        If there are not two of them, or they answer different questions or none.
    """
    _check(outcomes)
    ways: dict[tuple[object, ...], int] = {}
    rows = [
        {
            "origin": outcome.origin.name,
            "destination": outcome.destination.name,
            "corridor": outcome.corridor,
            "scenario": outcome.scenario,
            **{name: _total(outcome.route, name) for name in TOTALS},
            "way": _NO_WAY
            if outcome.route is None
            else ways.setdefault(tuple(_way(outcome.route)), len(ways)),
        }
        for same in zip(*outcomes, strict=True)
        for outcome in same
    ]
    return _with_differences(pd.DataFrame(rows), len(outcomes))


def compared(found: Totals) -> pd.DataFrame:
    """Compare totals of several states of the world, as `comparison` does routes.

    Parameters
    ----------
    found : Totals
        The first state of the world is what is compared with.

    Returns
    -------
    DataFrame
        As of `comparison`.

    Raises
    ------
    UsageError
        If there are not two states of the world.
    """
    if len(found.scenarios) < _LEAST:
        raise UsageError(_TOO_FEW)
    return _with_differences(found.frame, len(found.scenarios))


def _with_differences(frame: pd.DataFrame, n_worlds: int) -> pd.DataFrame:
    """Put beside each row how it differs from the first of its question.

    Parameters
    ----------
    frame
        Rows by question and state of the world, with the totals and the number of the way.
    n_worlds
        States of the world.
    """
    sums = frame[list(TOTALS)].to_numpy(dtype=np.float64).reshape(-1, n_worlds, len(TOTALS))
    less = sums - sums[:, :1]
    less[:, 0] = 0.0
    ways = frame["way"].to_numpy().reshape(-1, n_worlds)
    words = [_change(row[0], way) if at else "base" for row in ways for at, way in enumerate(row)]
    named = dict(
        zip((f"d_{name}" for name in TOTALS), less.reshape(-1, len(TOTALS)).T, strict=True)
    )
    return frame.drop(columns="way").assign(**named, route=words)


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
    changes = comparison(outcomes)["route"].to_numpy().reshape(-1, len(outcomes))
    rows = []
    for same, words in zip(zip(*outcomes, strict=True), changes, strict=True):
        moved = [(one, word) for one, word in zip(same, words, strict=True) if word in _MOVED]
        if moved and same[0].route is not None:
            rows.append(_feature(same[0], same[0].route, "was"))
        rows += [_feature(one, one.route, word) for one, word in moved if one.route is not None]
    columns = ["origin", "destination", "corridor", "scenario", "route", "generalised_usd_per_feu"]
    return gpd.GeoDataFrame(
        rows, columns=[*columns, "geometry"], geometry="geometry", crs="EPSG:4326"
    )


def _check(outcomes: Sequence[Sequence[Outcome]]) -> None:
    if len(outcomes) < _LEAST:
        raise UsageError(_TOO_FEW)
    asked = [
        [(one.origin.place_id, one.destination.place_id, one.corridor) for one in answer]
        for answer in outcomes
    ]
    if any(questions != asked[0] for questions in asked):
        msg = "states of the world are compared by the same questions in the same order"
        raise UsageError(msg)
    if not asked[0]:
        msg = "name at least one origin and one destination that are two places"
        raise UsageError(msg)


def _total(route: Route | None, name: str) -> float:
    return float("nan") if route is None else float(getattr(route, name))


def _change(before: int, after: int) -> str:
    """Say what became of a way by its number."""
    if _NO_WAY in {before, after}:
        return _WORDS[before == _NO_WAY, after == _NO_WAY]
    return "same" if before == after else "changed"


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
