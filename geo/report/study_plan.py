"""What the study asks: from Busan and the zones, by every corridor, in each state of the world.

Table and map are made from the same routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.outcome import outcomes_frame
from geo.report.maps import RouteGroup
from geo.report.selection import select_corridors, select_places
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from geo.outcome import Outcome
    from geo.route import Route
    from geo.study import Study

__all__ = [
    "DEFAULT_SCENARIOS",
    "MAIN_DESTINATIONS",
    "OTHER_WAYS",
    "StudyAnswer",
    "ask",
    "route_groups",
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
    """Answer the study's questions.

    Every corridor is asked for the main destinations (those with a through price from the main
    origin alone); for the Crescent capitals the best way alone, because most corridors lead away
    from them.

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
        atlas = study.atlas
        main = select_places(atlas, ",".join(MAIN_DESTINATIONS))
        capitals = [p for p in select_places(atlas, "crescent") if p not in main]
        corridors = select_corridors(atlas, "all")
        shared = [name for name in corridors if name not in MAIN_ORIGIN_ONLY]
        origins = select_places(atlas, f"{MAIN_ORIGIN},zones")
        for position, origin in enumerate(origins):
            asked = corridors if origin == MAIN_ORIGIN else shared
            outcomes += study.routes([origin], main, corridors=asked)
            if capitals:
                outcomes += study.routes([origin], capitals)
            if progress is not None:
                progress(number * len(origins) + position + 1, len(studies) * len(origins))
    return StudyAnswer(tuple(outcomes))


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
