"""States of the world compared: the table at the terminal, and what changes on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.compare import comparison
from geo.report.frames import frame_view
from geo.report.maps import RouteGroup
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from rich.console import RenderableType

    from geo.outcome import Outcome

__all__ = ["changed_groups", "comparison_view"]


def changed_groups(outcomes: Sequence[Sequence[Outcome]]) -> tuple[RouteGroup, ...]:
    """Group the routes that change, one group a pair of places and state of the world.

    Parameters
    ----------
    outcomes
        One for each state of the world; the first is what is compared with.

    Returns
    -------
    tuple of RouteGroup
        Those of one state of the world under one heading; the first group of each is shown.

    Raises
    ------
    UsageError
        See `geo.analysis.compare.comparison`.
    """
    table = comparison(outcomes)
    n_worlds = len(outcomes)
    changes = table["route"].to_numpy().reshape(-1, n_worlds)
    # A question whose route is the same everywhere has nothing to show.
    moved = [not set(row[1:]) <= {"same", "none"} for row in changes]
    groups: list[RouteGroup] = []
    for answer in outcomes:
        by_pair: dict[str, list[Outcome]] = {}
        for outcome, shown in zip(answer, moved, strict=True):
            if shown and outcome.route is not None:
                ends = (outcome.origin.name, outcome.destination.name)
                name = " → ".join(short_name(end) for end in ends)
                by_pair.setdefault(name, []).append(outcome)
        for number, (name, found) in enumerate(by_pair.items()):
            routes = tuple(one.route for one in found if one.route is not None)
            head = f"Routes, {found[0].scenario}"
            groups.append(RouteGroup(name, routes, show=number == 0, head=head))
    return tuple(groups)


def comparison_view(table: pd.DataFrame) -> list[RenderableType]:
    """Draw a comparison for the terminal, a table a pair of places.

    Parameters
    ----------
    table
        What `geo.analysis.compare.comparison` returned.

    Returns
    -------
    list of renderables
        Ready to print.
    """
    from rich.text import Text

    titles = {
        "corridor": "Corridor",
        "scenario": "Scenario",
        "usd_per_feu": "USD",
        "hours": "Hours",
        "generalised_usd_per_feu": "Generalised",
        "d_usd_per_feu": "USD +/-",
        "d_hours": "Hours +/-",
        "d_generalised_usd_per_feu": "Gen. +/-",
        "route": "Route",
    }
    signed = [name for name in titles if name.startswith("d_")]
    lines: list[RenderableType] = []
    for (origin, destination), rows in table.groupby(["origin", "destination"], sort=False):
        pair = f"{short_name(str(origin))} → {short_name(str(destination))}"
        lines += [
            Text(pair, style="bold cyan"),
            frame_view(rows, titles, signed=signed, whole=("scenario", "corridor", "route")),
        ]
    return lines
