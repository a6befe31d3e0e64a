"""The data that ships, read once for all tests: a study for each state of the world.

All of them share one network; a route can be had together with its arcs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

import geo.answers
from geo.itinerary import legs_of
from geo.study import Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.route import Route

SEVERED = "severed-2026"


@cache
def _first() -> Study:
    """Return the study whose network all others use."""
    return Study(SEVERED)


@cache
def study(scenario: str = SEVERED, objective: str = "generalised") -> Study:
    """Return the study in one state of the world, for one objective."""
    first = _first()
    if objective == first.objective:
        return first if scenario == SEVERED else first.at(scenario)
    other = Study(scenario, objective=objective, atlas=first.atlas)
    other.__dict__["network"] = first.network
    other.__dict__["card"] = first.card
    return other


def with_arcs(of: Study, start: str, end: str, **options: Any) -> tuple[Route, NDArray[np.int64]]:
    """Return a route and the arcs of the network that it is made of."""
    with patch.object(geo.answers, "legs_of", wraps=legs_of) as spy:
        route = of.route(start, end, **options)
    return route, np.asarray(spy.call_args.args[1], dtype=np.int64)


@cache
def categories() -> dict[str, str]:
    """Return the category of each item."""
    items = study().atlas.items
    return dict(zip(items["item_id"], items["category"], strict=True))


def charged(route: Route, *kinds: str) -> pd.DataFrame:
    """Return the lines of a bill whose item is of one of some categories."""
    bill = route.bill
    return bill[bill["item"].map(categories()).isin(kinds)]
