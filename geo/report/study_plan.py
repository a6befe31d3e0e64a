"""What the study asks: from Busan and the zones, by every corridor, in each state of the world.

Table and map are made from the same routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pandas as pd

from geo.analysis.totals import totals
from geo.outcome import outcomes_frame
from geo.report.maps import RouteGroup
from geo.report.selection import select_corridors, select_places
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.atlas import Atlas
    from geo.outcome import Outcome
    from geo.route import Route
    from geo.study import Study

__all__ = [
    "DEFAULT_SCENARIOS",
    "MAIN_DESTINATIONS",
    "OTHER_WAYS",
    "StudyAnswer",
    "ask",
    "questions",
    "route_groups",
    "study_totals",
]

DEFAULT_SCENARIOS = ("severed-2026", "reopened")
MAIN_ORIGIN = "busan"
MAIN_DESTINATIONS = ("moscow", "tashkent", "rotterdam")
# Through prices over most of the way say the same from every origin.
MAIN_ORIGIN_ONLY = ("tkr-transit", "sea-transit")
# What the map draws together with the main corridors is unreadable; these wait in groups of
# their own.
OTHER_WAYS = {
    "By the Cape": ("sea-cape",),
    "By the Baikal-Amur Mainline": ("tkr-bam", "sea-bam"),
    "Middle Corridor, Iran": ("middle", "middle-turkmen", "southern"),
    "By road": ("road", "gyeongui-road"),
    "At the through price": MAIN_ORIGIN_ONLY,
}

Question = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Origins, destinations and corridors that are asked together."""


@dataclass(frozen=True, eq=False)
class StudyAnswer:
    """The answers of the study in every scenario asked for.

    Attributes
    ----------
    outcomes
        By scenario, origin, destination and corridor.
    """

    outcomes: tuple[Outcome, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The cost table, every row."""
        return outcomes_frame(self.outcomes)


def ask(
    studies: Sequence[Study], *, progress: Callable[[int, int], None] | None = None
) -> StudyAnswer:
    """Answer the study's questions, with routes and bills.

    Parameters
    ----------
    studies
        The same study in each state of the world.
    progress
        Called with (done, all).

    Returns
    -------
    StudyAnswer
        Every outcome.
    """
    outcomes: list[Outcome] = []
    for number, study in enumerate(studies):

        def step(done: int, every: int, number: int = number) -> None:
            if progress is not None:
                progress(number * every + done, len(studies) * every)

        outcomes += _answers(study, questions(study.atlas), step)
    return StudyAnswer(tuple(outcomes))


def _answers(
    study: Study, asked: Sequence[Question], progress: Callable[[int, int], None]
) -> Iterator[Outcome]:
    """Yield the outcomes of questions in their order.

    They are asked a corridor after the other, for all origins together: so they share searches.
    """
    together = _origins_by_way(asked)
    found: dict[tuple[str, str, str], Outcome] = {}
    for step, ((destinations, corridor), starts) in enumerate(together.items(), start=1):
        for outcome in study.routes(starts, destinations, corridors=(corridor,)):
            ends = (outcome.origin.place_id, outcome.destination.place_id)
            found[*ends, corridor] = outcome
        progress(step, len(together))
    for question in asked:
        yield from (found[one] for one in product(*question) if one in found)


def _origins_by_way(
    asked: Sequence[Question],
) -> dict[tuple[tuple[str, ...], str], list[str]]:
    """Gather the origins from which the same destinations are asked for on the same corridor."""
    origins: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for starts, ends, corridors in asked:
        for corridor in corridors:
            origins.setdefault((ends, corridor), []).extend(starts)
    return origins


def questions(atlas: Atlas) -> list[Question]:
    """Return what the study asks in every state of the world.

    Every corridor is asked for the main destinations (those with a through price from the main
    origin alone); for the Crescent capitals the best way alone, because most corridors lead away
    from them.

    Parameters
    ----------
    atlas
        The data.

    Returns
    -------
    list of tuple
        Origins, destinations and corridors that go together, by origin.
    """
    main = select_places(atlas, ",".join(MAIN_DESTINATIONS))
    capitals = tuple(place for place in select_places(atlas, "crescent") if place not in main)
    corridors = select_corridors(atlas, "all")
    shared = tuple(name for name in corridors if name not in MAIN_ORIGIN_ONLY)
    asked: list[Question] = []
    for origin in select_places(atlas, f"{MAIN_ORIGIN},zones"):
        asked.append(((origin,), main, corridors if origin == MAIN_ORIGIN else shared))
        if capitals:
            asked.append(((origin,), capitals, ("best",)))
    return asked


def study_totals(studies: Sequence[Study]) -> pd.DataFrame:
    """Answer the study's questions in many states of the world, without routes and bills.

    Parameters
    ----------
    studies
        The same study in each state of the world, made by `Study.at`.

    Returns
    -------
    DataFrame
        Columns of `geo.analysis.totals.Totals.frame`; a row a question and state of the world.
    """
    origins = _origins_by_way(questions(studies[0].atlas))
    # Corridors that are asked of the same pairs are weighed in one call.
    together: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (ends, corridor), starts in origins.items():
        together.setdefault((tuple(starts), ends), []).append(corridor)
    found = [totals(studies, *pairs, corridors=names).frame for pairs, names in together.items()]
    return pd.concat(found, ignore_index=True)


def route_groups(answer: StudyAnswer) -> tuple[RouteGroup, ...]:
    """Group the routes for the map, one group a scenario and destination.

    Parameters
    ----------
    answer
        The answers.

    Returns
    -------
    tuple of RouteGroup
        The main corridors from the main origin to each main destination, then the zones' best
        ways, then the other corridors from the main origin by family (`OTHER_WAYS`); the first
        group of the last scenario is shown when the map opens.
    """
    scenarios = tuple(dict.fromkeys(outcome.scenario for outcome in answer.outcomes))
    groups: list[RouteGroup] = []
    others = {corridor for family in OTHER_WAYS.values() for corridor in family}
    for scenario in scenarios:
        head = f"Routes, {scenario}"
        found = [o for o in answer.outcomes if o.scenario == scenario and o.route is not None]
        for destination in MAIN_DESTINATIONS:
            ends = (MAIN_ORIGIN, destination)
            routes = [
                o.route
                for o in found
                if (o.origin.place_id, o.destination.place_id) == ends
                and o.route is not None
                and o.corridor not in others
            ]
            if routes:
                shown = scenario == scenarios[-1] and not any(g.show for g in groups)
                places = (routes[0].origin, routes[0].destination)
                name = " → ".join(short_name(place.name) for place in places)
                groups.append(RouteGroup(name, tuple(routes), show=shown, head=head))
        zones = [o for o in found if o.origin.place_id != MAIN_ORIGIN]
        best = tuple(_named(o, zones) for o in zones if _is_main_best(o))
        if best:
            groups.append(RouteGroup("Zones, best ways", best, head=head))
        groups += _other_groups(found, head)
    return tuple(groups)


def _other_groups(found: Sequence[Outcome], head: str) -> list[RouteGroup]:
    """Group the other corridors from the main origin, to every main destination together."""
    groups = []
    for name, family in OTHER_WAYS.items():
        routes = tuple(
            o.route
            for o in found
            if o.route is not None
            and o.corridor in family
            and o.origin.place_id == MAIN_ORIGIN
            and o.destination.place_id in MAIN_DESTINATIONS
        )
        if routes:
            groups.append(RouteGroup(name, routes, head=head))
    return groups


def _is_main_best(outcome: Outcome) -> bool:
    return outcome.corridor == "best" and outcome.destination.place_id in MAIN_DESTINATIONS


def _named(best: Outcome, found: Sequence[Outcome]) -> Route:
    """Return a best route under the name, and so in the colour, of the corridor it follows."""
    if best.route is None:
        msg = "there is no route to name"
        raise ValueError(msg)
    ends = (best.origin.place_id, best.destination.place_id)
    for other in found:
        route = other.route
        if route is None or other.corridor == "best":
            continue
        same_ends = (other.origin.place_id, other.destination.place_id) == ends
        if same_ends and (route.usd_per_feu, route.hours, route.distance_km) == (
            best.route.usd_per_feu,
            best.route.hours,
            best.route.distance_km,
        ):
            return route
    return best.route
