"""The map of a corridor: one route and its alternatives, or the ways of a Pareto front.

Each way is a layer of its own in a colour and a stroke of its own; a click shows its bill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import UsageError
from geo.report.maps.ends import add_ends
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.labels import MapWords
from geo.report.maps.notes import NoteRow, answer, folded, mark, sentence, table
from geo.report.maps.popups import route_popup, tip
from geo.report.maps.quiet import add_railways, gates_near, railway_legend
from geo.report.maps.scales import stroke_in_turn
from geo.report.maps.strokes import route_strokes
from geo.report.maps.views import view_of
from geo.report.ways_text import folded_ways, way_words
from geo.report.wording import (
    INDICATIVE_NOTE,
    USD_PER_FEU,
    duration,
    money,
    number,
    short_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.route import Route
    from geo.study import Study

__all__ = ["corridor_map", "way_style"]

_GROUND = ("states", "features", "crossings", "ports")
_LONGEST = 64  # letters of a name in a panel
_STEP = 3.2  # pixels between ways on one track, unless there are many
_WIDEST = 20.0  # pixels of all of them together
_NAMES = {"money": "money", "hours": "time", "co2": "CO₂"}


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A way that is drawn: its number, what sets it apart, and how many are much like it."""

    number: int
    name: str
    route: Route
    like: int

    @property
    def is_variant(self) -> bool:
        """Whether it has the gates of a way before it, and differs in what is done there."""
        return self.name.startswith("as ")

    @property
    def short(self) -> str:
        """The name, no longer than a line of a panel."""
        name = f"{self.number}  {self.name}"
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip(" ·–") + "…"

    @property
    def sums(self) -> str:
        """What it costs and takes."""
        usd = money(self.route.usd_per_feu, indicative=self.route.indicative)
        return f"USD {usd}, {duration(self.route.hours)}"


def corridor_map(
    study: Study, routes: Sequence[Route], *, criteria: Sequence[str] = (), tiles: bool = False
) -> str:
    """Draw several ways between two places, or one.

    Parameters
    ----------
    study : Study
        What was asked: its layers are the ground of the map.
    routes : sequence of Route
        At least one, between the same two places: of `Study.route`, `Study.alternatives` or
        `Study.pareto`.
    criteria : sequence of str
        Those of a Pareto front; none where the routes are alternatives.
    tiles : bool, default False
        Whether an online base map lies below; without it the page asks for nothing.

    Returns
    -------
    str
        HTML; the same routes give the same bytes.

    Raises
    ------
    UsageError
        If there is no route, or they join different places.

    Examples
    --------
    >>> from geo import Study
    >>> study = Study("reopened")
    >>> ways = study.alternatives("Busan", "Moscow", k=3)  # doctest: +SKIP
    >>> html = corridor_map(study, ways)  # doctest: +SKIP
    """
    _check(routes)
    layers, words = study.layers(), MapWords.of(study.atlas)
    ends = " → ".join(short_name(end.name) for end in (routes[0].origin, routes[0].destination))
    told = [one or route.corridor for one, route in zip(way_words(routes), routes, strict=True)]
    left_out = folded_ways(routes, criteria)
    ways = [
        _Drawn(at + 1, name, route, sum(one == at for one in left_out.values()))
        for at, (name, route) in enumerate(zip(told, routes, strict=True))
        if at not in left_out
    ]
    shapes = [way.route.geometry for way in ways]
    frame = MapFrame(
        gates_near(layers, shapes),
        title=f"Crescent: {ends}",
        told=[study.scenario.title],
        words=words,
        view=view_of(shapes),
        ground=_GROUND,
        tiles=tiles,
    )
    add_railways(frame, layers["lines"])
    states = dict(zip(layers["states"]["iso3"], layers["states"]["name"], strict=True))
    step = min(_STEP, _WIDEST / len(ways))
    for place, way in enumerate(ways):
        colour, dashes = stroke_in_turn(place)
        frame.add(
            route_strokes(
                way.route,
                colour=colour,
                dashes=dashes,
                shift=round((place - (len(ways) - 1) / 2) * step, 2),
                kind="route",
                id=f"way-{way.number}",
                tip=tip(f"{way.number}  {way.name}: {way.sums}"),
                popup=route_popup(way.route, categories=words.categories, states=states),
            ),
            LayerLook(
                way.short,
                colour,
                head="Variants of a way" if way.is_variant else "Ways",
                show=not way.is_variant,
            ),
            style=way_style(3.4 if place == 0 else 2.6),
            highlight={"weight": 6, "opacity": 1},
        )
        frame.legend([(_picture(place), way.short)], head="Ways", layer=way.short)
    add_ends(frame, (routes[0].origin, routes[0].destination), name="From and to", head="Places")
    frame.note(_note(ways, len(routes), criteria))
    railway_legend(frame)
    return frame.render()


def _check(routes: Sequence[Route]) -> None:
    if not routes:
        msg = "there is no way to draw: ask for at least one route"
        raise UsageError(msg)
    ends = {(route.origin.place_id, route.destination.place_id) for route in routes}
    if len(ends) > 1:
        msg = "a map of a corridor is of ways between the same two places"
        raise UsageError(msg)


def _picture(at: int) -> str:
    colour, dashes = stroke_in_turn(at)
    return mark(colour, dashes=dashes)


def way_style(weight: float) -> Any:
    """Return how routes are drawn that say their colour, dash and shift themselves."""
    return lambda one: {
        "color": one["properties"]["colour"],
        "weight": weight,
        "opacity": 0.95,
        "dashArray": one["properties"]["dash"] or None,
        "shift": one["properties"]["shift"],
    }


def _count(ways: int, criteria: Sequence[str]) -> str:
    if criteria:
        *most, last = (_NAMES[name] for name in criteria)
        listed = f"{', '.join(most)} and {last}"
        return f"{ways} way{'s' * (ways > 1)} that no other beats in {listed}"
    return f"{ways} ways that differ" if ways > 1 else "1 way"


def _note(ways: Sequence[_Drawn], count: int, criteria: Sequence[str]) -> str:
    """Write a row a way: the figures of the table that `crescent route` prints."""
    rows = [
        NoteRow(
            (
                f"{way.number}  {way.name}" + (f" (and {way.like} like it)" if way.like else ""),
                money(way.route.usd_per_feu, indicative=way.route.indicative),
                duration(way.route.hours),
                number(way.route.generalised_usd_per_feu),
                number(way.route.kg_co2_per_feu),
                number(way.route.distance_km),
            ),
            picture=_picture(at),
            key=f"way-{way.number}",
            strong=at == 0 and not criteria and len(ways) > 1,
        )
        for at, way in enumerate(ways)
    ]
    heads = ("Way", "USD", "Time", "Generalised", "kg CO₂", "km")
    told = f"Money in {USD_PER_FEU}, door to door; generalised: money and time. "
    if not criteria:
        told += f"The best by {ways[0].route.objective} comes first. "
    told += "A click on a way shows its bill."
    if any(way.like for way in ways):
        told += " Ways within 1 % of one that is drawn are left out."
    if any(way.route.indicative for way in ways):
        told += f" {INDICATIVE_NOTE}."
    variants = [row for row, way in zip(rows, ways, strict=True) if way.is_variant]
    html = table(heads, [row for row in rows if row not in variants])
    if variants:
        html += folded(f"Variants, off at first: {len(variants)}", table(heads, variants))
    return answer(_count(count, criteria), html + sentence(told, quiet=True))
