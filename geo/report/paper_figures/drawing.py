"""Figures by name, with the costs that some of them need asked for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis import Ladders, Pair, compose, two_track
from geo.errors import NoRouteError, UsageError
from geo.report.figures import cost_breakdown
from geo.report.paper_figures.crescent import crescent_figure
from geo.report.paper_figures.triad import triad_figure
from geo.report.paper_figures.two_track import two_track_figure
from geo.study import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_figure"]

_USUAL_PAIR = "Busan:Moscow"


def draw_figure(name: str, *, pair: str = "", scenario: str = "severed-2026") -> Figure:
    """Draw a figure.

    Parameters
    ----------
    name
        triad, crescent, two-track or cost-breakdown.
    pair
        Two places, ``A:B``: the costs of the two tracks, or the ways whose costs are broken down.
    scenario
        State of the world of the breakdown.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    UsageError
        The name or the pair is none.
    UnknownNameError
        A place or the scenario is unknown.
    NoRouteError
        No way leads between the two places of a breakdown.
    """
    study = Study(scenario)
    if name == "triad":
        return triad_figure(study.atlas)
    if name == "crescent":
        return crescent_figure(study.atlas)
    if name == "two-track":
        return _grid(study, pair)
    if name == "cost-breakdown":
        return _costs(study, pair or _USUAL_PAIR)
    msg = f"unknown figure {name!r}; one of triad, crescent, two-track, cost-breakdown"
    raise UsageError(msg)


def _grid(study: Study, pair: str) -> Figure:
    """Draw the two tracks, with the cost of a pair of places in every cell if one is named."""
    if not pair:
        return two_track_figure(study.atlas)
    ends = Pair(*_ends(pair))
    ladders = Ladders.of(study.atlas).by_axis
    cells = [
        compose(study.atlas, sanctions=across.rank, integration=down.rank)
        for across in ladders["sanctions"]
        for down in ladders["integration"]
    ]
    return two_track_figure(study.atlas, two_track(study, [ends], cells))


def _costs(study: Study, pair: str) -> Figure:
    """Draw what every corridor between two places costs, the cheapest first."""
    ends = _ends(pair)
    routes = []
    for corridor in study.atlas.corridors["corridor_id"]:
        try:
            routes.append(study.route(*ends, corridor=corridor))
        except NoRouteError:
            # Most corridors lead nowhere near a given pair: only those that do are drawn.
            continue
    if not routes:
        routes = [study.route(*ends)]
    routes.sort(key=lambda route: route.usd_per_feu)
    items = study.atlas.items
    return cost_breakdown(routes, dict(zip(items["item_id"], items["category"], strict=True)))


def _ends(pair: str) -> tuple[str, str]:
    start, separator, end = pair.partition(":")
    if not (start and separator and end):
        msg = f"{pair!r} is no pair of places; write it as Gaesong:Seoul"
        raise UsageError(msg)
    return start, end
