"""Figures by name, with the routes, draws and swings that they show asked for first."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from geo.analysis import Ladders, Pair, compose, two_track
from geo.analysis.distance_cost import DRAYAGE_KM, Profile, break_even_km, mode_lines
from geo.analysis.sensitivity import tornado
from geo.analysis.sweep import read_sweep, sweep
from geo.errors import UsageError
from geo.report.figures.bands import bands_figure
from geo.report.figures.breakdown import cost_breakdown, route_label
from geo.report.figures.distance_cost import (
    distance_cost_figure,
    mode_lines_figure,
    real_crossings,
)
from geo.report.figures.paper import crescent_figure, triad_figure, two_track_figure
from geo.report.figures.style import ZONES, Width, place_words
from geo.report.figures.time_cost import front_of, time_cost_figure
from geo.report.figures.tornado import tornado_figure, variable_titles
from geo.report.frames import frame_records
from geo.report.selection import select_corridors
from geo.report.wording import number
from geo.scenario_file import DEFAULT_SCENARIO
from geo.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from geo.analysis.sweep import Sweep
    from geo.route import Route

__all__ = ["FIGURES", "Drawing", "FigureChoice", "draw_figure"]

_USUAL_PAIR: Final = "Busan:Moscow"
_RIVALS: Final = ("tkr-tsr", "sea-tsr", "sea-suez", "road")
"""By rail alone, by sea and rail, by sea round Asia, and by road."""


@dataclass(frozen=True)
class FigureChoice:
    """What a figure is to show; each figure reads what it needs.

    Parameters
    ----------
    pair
        Two places, ``A:B``; "" for Busan and Moscow, and for the two tracks without costs.
    scenarios
        States of the world; None for the usual one, and for all those of a finished sweep.
    corridors
        Ways, as `geo.report.selection.select_corridors` reads them; None for those that fit.
    goods
        What is in the box.
    measures
        What the bands or the tornado show, of ``usd``, ``hours``, ``generalised_usd``, ``kg_co2``.
    draws, seed
        Of the sweep that bands are drawn from.
    sweep
        Folder of a finished sweep to draw the bands of instead.
    zone
        Zone of tariffs of the lines by mode.
    width
        ``page`` (17 cm) or ``column`` (8.4 cm).
    """

    pair: str = ""
    scenarios: tuple[str, ...] | None = None
    corridors: str | None = None
    goods: str = "general"
    measures: tuple[str, ...] = ()
    draws: int = 256
    seed: int = 1
    sweep: Path | None = None
    zone: str = "kor"
    width: str = "page"

    @property
    def worlds(self) -> tuple[str, ...]:
        """The states of the world to ask in: those that are named, or the usual one."""
        return self.scenarios or (DEFAULT_SCENARIO,)


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure, and the data that it shows, ready for JSON.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    data : dict
    """

    figure: Figure
    data: dict[str, Any] = field(default_factory=dict)


def draw_figure(name: str, choice: FigureChoice | None = None) -> Drawing:
    """Draw a figure.

    Parameters
    ----------
    name
        One of `FIGURES`.
    choice
        What it is to show.

    Returns
    -------
    Drawing

    Raises
    ------
    UsageError
        The name or the pair is none, no way leads between the two places, or a map is to be
        narrower than a page.
    UnknownNameError
        A place, a corridor or a scenario is unknown.
    """
    if name not in FIGURES:
        msg = f"unknown figure {name!r}; one of {', '.join(FIGURES)}"
        raise UsageError(msg)
    choice = choice or FigureChoice()
    if name in _PAGES and choice.width != Width.page:
        msg = f"{name} is drawn for a page, 17 cm wide: its words do not fit into a column"
        raise UsageError(msg)
    return FIGURES[name](choice)


def _study(choice: FigureChoice) -> Study:
    return Study(choice.worlds[0], goods=choice.goods)


def _triad(choice: FigureChoice) -> Drawing:
    return Drawing(triad_figure(_study(choice).atlas))


def _crescent(choice: FigureChoice) -> Drawing:
    return Drawing(crescent_figure(_study(choice).atlas))


def _two_track(choice: FigureChoice) -> Drawing:
    """Draw the two tracks, with the cost of a pair of places in every cell if one is named."""
    study = _study(choice)
    if not choice.pair:
        return Drawing(two_track_figure(study.atlas))
    ends = Pair(*_ends(choice))
    ladders = Ladders.of(study.atlas).by_axis
    cells = [
        compose(study.atlas, sanctions=across.rank, integration=down.rank)
        for across in ladders["sanctions"]
        for down in ladders["integration"]
    ]
    return Drawing(two_track_figure(study.atlas, two_track(study, [ends], cells)))


def _breakdown(choice: FigureChoice) -> Drawing:
    """Draw what every corridor between two places costs, the cheapest first, the unknown last."""
    study = _study(choice)
    routes, lost = _routes(study, choice, "all")
    if choice.corridors is None:
        routes += _best(study, choice, routes)
    # what is not known has no place among numbers: it goes to the end
    routes.sort(key=lambda route: (math.isnan(route.usd_per_feu), route.usd_per_feu))
    items = study.atlas.items
    categories = dict(zip(items["item_id"], items["category"], strict=True))
    figure = cost_breakdown(routes, categories, width=choice.width)
    return Drawing(figure, {"routes": [_told(one) for one in routes], "without_route": lost})


def _time_cost(choice: FigureChoice) -> Drawing:
    """Draw every corridor, and the ways that none beats."""
    study = _study(choice)
    routes, lost = _routes(study, choice, "all")
    others: list[Route] = []
    for scenario in choice.worlds:
        if any(route.scenario == study.at(scenario).scenario.scenario_id for route in routes):
            others += study.at(scenario).pareto(*_ends(choice))
    tops = _best(study, choice, routes)
    figure = time_cost_figure(routes, others=others, tops=tops, width=choice.width)
    best = {
        id(one)
        for scenario in {route.scenario for route in routes}
        for one in front_of([r for r in (*routes, *others) if r.scenario == scenario])
    }
    told = [_told(route) | {"on_front": id(route) in best} for route in (*routes, *others)]
    return Drawing(figure, {"routes": told, "without_route": lost})


def _distance_cost(choice: FigureChoice) -> Drawing:
    """Draw a way of each kind by its distance."""
    routes, lost = _routes(_study(choice), choice, ",".join(_RIVALS))
    priced = [route for route in routes if not route.missing]
    figure = distance_cost_figure(priced, width=choice.width)
    labelled = [Profile.of(route, route_label(route, priced)) for route in priced]
    points = real_crossings(labelled)
    told = {
        "routes": [_told(route) for route in priced],
        "break_even": [point.to_dict() for point in points],
        "without_route": lost,
    }
    return Drawing(figure, told)


def _mode_lines(choice: FigureChoice) -> Drawing:
    """Draw the lines of the rate card."""
    study = _study(choice)
    # Deep sea differs from short sea by its rate alone: two lines that hide each other.
    lines = [line for line in mode_lines(study, choice.zone) if line.name != "Deep sea"]
    note = (
        f"Rates of {ZONES.get(choice.zone, choice.zone)}, {study.goods.name}. Rail: two lifts and "
        "the fixed part of the tariff; ships: two port handlings; both with "
        f"{number(DRAYAGE_KM)} km of road at each end, as chosen here. Where no ship sails, its "
        "line is theory."
    )
    title = f"Cost by distance and mode, {ZONES.get(choice.zone, choice.zone)}"
    figure = mode_lines_figure(lines, note=note, title=title, width=choice.width)
    told = [
        {
            "mode": line.name,
            "fixed_usd": line.fixed_usd,
            "usd_per_km": line.usd_per_km,
            "break_even_km": {
                other.name: break_even_km(line, other) for other in lines if other is not line
            },
        }
        for line in lines
    ]
    return Drawing(figure, {"zone": choice.zone, "lines": told})


def _best(study: Study, choice: FigureChoice, routes: Sequence[Route]) -> list[Route]:
    """Return the best of all ways in each state of the world, where it is not there already."""
    there = {route.scenario for route in routes if route.corridor == "best"}
    found = [
        study.at(name).routes([_ends(choice)[0]], [_ends(choice)[1]]) for name in choice.worlds
    ]
    ways = [outcome.route for outcomes in found for outcome in outcomes]
    return [way for way in ways if way is not None and way.scenario not in there]


def _bands(choice: FigureChoice) -> Drawing:
    """Draw a sweep: one that is there, or one of some draws."""
    bases: list[Route] = []
    if choice.sweep is not None:
        found = read_sweep(choice.sweep)
    else:
        first = _study(choice)
        studies = [first, *(first.at(name) for name in choice.worlds[1:])]
        start, end = _ends(choice)
        ways = select_corridors(first.atlas, choice.corridors or ",".join(_RIVALS))
        for study in studies:
            outcomes = study.routes([start], [end], corridors=ways)
            bases += [one.route for one in outcomes if one.route is not None]
        with TemporaryDirectory() as folder:
            found = sweep(
                studies,
                [start],
                [end],
                folder=Path(folder) / "sweep",
                corridors=ways,
                draws=choice.draws,
                seed=choice.seed,
                # A few blocks are done before another process would have started.
                workers=1,
            )
    rows = _rows_of(found, choice)
    parameters = found.manifest["parameters"]
    told = (
        f"{number(parameters['draws'])} draws ({parameters['sampling']}, seed "
        f"{parameters['seed']}), {parameters['goods']} cargo; the route is chosen anew in each."
    )
    given: dict[str, Any] = {"measures": choice.measures} if choice.measures else {}
    figure = bands_figure(rows, bases=bases, told=told, width=choice.width, **given)
    return Drawing(figure, {"parameters": parameters, "summary": frame_records(rows)})


def _rows_of(found: Sweep, choice: FigureChoice) -> pd.DataFrame:
    """Return the rows of a finished sweep that are asked for."""
    rows = found.summary
    if choice.sweep is None:
        return rows
    if choice.pair:
        study = _study(choice)
        for column, name in zip(("origin", "destination"), _ends(choice), strict=True):
            place = study.place(name)
            rows = rows[rows[column].isin([place.place_id, place.name])]
    if choice.corridors:
        ways = [part.strip() for part in choice.corridors.split(",")]
        rows = rows[rows["corridor"].isin(ways)]
    if choice.scenarios:
        rows = rows[rows["scenario"].isin(choice.scenarios)]
    if rows.empty:
        msg = f"the sweep in {choice.sweep} has no row of that pair, corridor and scenario"
        raise UsageError(msg)
    return rows


def _tornado(choice: FigureChoice) -> Drawing:
    """Draw what the cost of the best way, or of one corridor, hangs on."""
    ways = [part.strip() for part in (choice.corridors or "best").split(",")]
    measures = choice.measures or ("generalised_usd",)
    for what, named in (
        ("way", ways),
        ("measure", measures),
        ("state of the world", choice.worlds),
    ):
        if len(named) > 1:
            msg = f"a tornado shows one {what}, not {len(named)}: {', '.join(named)}"
            raise UsageError(msg)
    study = _study(choice)
    start, end = (study.place(name) for name in _ends(choice))
    frame = tornado(
        study,
        *([start.place_id or start.name], [end.place_id or end.name]),
        corridor=ways[0],
        measure=measures[0],
    )
    way = "" if ways[0] == "best" else f", {ways[0]}"
    figure = tornado_figure(
        frame,
        variable_titles(study.atlas),
        measure=measures[0],
        title=f"{place_words(start)} → {place_words(end)}{way}, {study.scenario.scenario_id}",
        width=choice.width,
    )
    return Drawing(figure, {"measure": measures[0], "unknowns": frame_records(frame)})


def _routes(study: Study, choice: FigureChoice, usual: str) -> tuple[list[Route], dict[str, str]]:
    """Return the routes of the corridors in every state of the world, and why others have none."""
    start, end = _ends(choice)
    ways = [
        way for way in select_corridors(study.atlas, choice.corridors or usual) if way != "best"
    ] or ["best"]
    routes: list[Route] = []
    lost: dict[str, str] = {}
    for scenario in choice.worlds:
        for outcome in study.at(scenario).routes([start], [end], corridors=ways):
            if outcome.route is None:
                lost[f"{outcome.corridor}, {outcome.scenario}"] = outcome.reason
            else:
                routes.append(outcome.route)
    if not routes:
        # No corridor leads near some pairs: then the best of all ways is drawn, or its error told.
        routes = [study.route(start, end)]
    return routes, lost


def _told(route: Route) -> dict[str, Any]:
    known = route.to_dict()
    names = ("corridor", "distance_km", "hours", "usd_per_feu", "usd_low", "usd_high", "indicative")
    return {"scenario": route.scenario} | {name: known[name] for name in names}


def _ends(choice: FigureChoice) -> tuple[str, str]:
    pair = choice.pair or _USUAL_PAIR
    start, separator, end = pair.partition(":")
    if not (start and separator and end):
        msg = f"{pair!r} is no pair of places; write it as Gaesong:Seoul"
        raise UsageError(msg)
    return start, end


FIGURES: Final[dict[str, Callable[[FigureChoice], Drawing]]] = {
    "cost-breakdown": _breakdown,
    "time-cost": _time_cost,
    "bands": _bands,
    "tornado": _tornado,
    "distance-cost": _distance_cost,
    "mode-lines": _mode_lines,
    "triad": _triad,
    "crescent": _crescent,
    "two-track": _two_track,
}
"""What draws each figure, by its name."""

_PAGES: Final = frozenset({"triad", "crescent", "two-track"})
