"""The map of encirclement: how a set of states lies around another, and what leads there by rail.

The figures are those of `crescent encircle`; they test the claim of a crescent, and endorse none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.analysis.borders import shared_borders
from geo.analysis.encirclement import REGIONS
from geo.analysis.state_sets import members_of
from geo.report.maps.corridor_map import way_style
from geo.report.maps.encirclement_note import encirclement_note
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.ground import state_label
from geo.report.maps.labels import MapWords
from geo.report.maps.looks import dot_look
from geo.report.maps.notes import bar, mark
from geo.report.maps.popups import facts, route_popup, tip
from geo.report.maps.scales import OKABE_ITO
from geo.report.maps.shapes import feature, light
from geo.report.maps.strokes import route_strokes
from geo.report.maps.views import view_of
from geo.report.wording import duration, money, number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geo.analysis.encirclement import Encirclement, Member
    from geo.study import Study

__all__ = ["SET_WORDS", "encirclement_map"]

SET_WORDS = {
    "crescent-6": "The Crescent",
    "neat": "Northeast Asian Triad",
    "spokes": "Hub and spokes",
    "soft-coalition-4": "Soft coalition",
    "six-party": "Six-party talks",
    "sco": "Shanghai Cooperation Organisation",
    "csto": "Collective Security Treaty Organisation",
}
"""Names of sets in words; a set without one is named by its id."""

_OTHERS = ("crescent-6", "neat", "spokes", "soft-coalition-4", "six-party")
_MIDDLE = "#d9d4cd"
_SHARED, _BARE = "#c4003c", "#6b5a4c"
_BARE_DASH = "5 4"
_TOLERANCE = 0.02
_NO_MARK = {"stroke": False, "radius": 0}

Feature = dict[str, Any]


def encirclement_map(study: Study, found: Encirclement, *, tiles: bool = False) -> str:
    """Draw a set of states around a state: groups, borders, other sets, and the ways by rail.

    Parameters
    ----------
    study : Study
        What was asked: its layers are the ground of the map.
    found : Encirclement
        What `geo.analysis.encircle` returned.
    tiles : bool, default False
        Whether an online base map lies below; without it the page asks for nothing.

    Returns
    -------
    str
        HTML; the same answer gives the same bytes.

    Examples
    --------
    >>> from geo import Study
    >>> from geo.analysis import encircle
    >>> study = Study("reopened")
    >>> html = encirclement_map(study, encircle(study))  # doctest: +SKIP
    """
    layers = study.layers()
    states = layers["states"]
    names = dict(zip(states["iso3"], map(str, states["name"]), strict=True))
    middle = names.get(found.around, found.around)
    set_words = SET_WORDS.get(found.set_id, found.set_id)
    inner = states["iso3"].isin([found.around, *(member.iso3 for member in found.members)])
    frame = MapFrame(
        layers,
        title=f"Crescent: {set_words} around {middle}",
        told=[
            f"{percent(found.share)} of the land border is shared with members",
            f"Rail from Busan: {', '.join(found.scenarios)}",
        ],
        words=MapWords.of(study.atlas),
        view=view_of(states.geometry[inner]),
        ground=("features", "ties"),
        tiles=tiles,
    )
    shapes = dict(zip(states["iso3"], frame.state_shapes(states), strict=True))
    opacity = 0.45 if tiles else 0.85
    _add_middle(frame, found, middle, shapes, opacity)
    colours = _add_groups(frame, found, names, shapes, opacity)
    _add_other_sets(frame, study, found.set_id, names, shapes)
    _add_borders(frame, study, found, middle, names)
    ways = _add_ways(frame, found, layers)
    frame.legend(
        [
            *((bar(colour), f"Members: {', '.join(group)}") for group, colour in colours),
            (bar(_MIDDLE), middle),
            (mark(_SHARED, width=4.0), "Border shared with members"),
            (mark(_BARE, dashes=_BARE_DASH, width=2.0), "Border not shared"),
            *ways,
        ],
        head="Around " + middle,
    )
    frame.note(encirclement_note(found, middle, [colour for _, colour in colours]))
    return frame.render()


def _add_middle(
    frame: MapFrame,
    found: Encirclement,
    name: str,
    shapes: Mapping[str, BaseGeometry],
    opacity: float,
) -> None:
    """Draw the state in the middle, with the places from which it is looked around."""
    look = LayerLook(name, _MIDDLE, head="States")
    popup = facts(
        name,
        {
            "land border": f"{number(found.land_border_km)} km",
            "shared with members": f"{number(found.shared_km)} km",
            "share": percent(found.share),
        },
    )
    iso3s = [found.around, *REGIONS.get(found.around, ())]
    areas = [
        feature(shapes[iso3], kind="middle", id=iso3, tip=tip(name), popup=popup)
        for iso3 in iso3s
        if iso3 in shapes
    ]
    frame.add(areas, look, style=_area(_MIDDLE, "#8a8177", opacity), highlight={"weight": 2.4})
    frame.add(
        [state_label(name, shapes[found.around], " other")],
        look,
        style=_NO_MARK,
        tip=False,
        popup=False,
    )
    views = [
        feature(
            light(shapely.Point(view.lon, view.lat), tolerance=0.0),
            kind="view",
            id=key,
            tip=tip(f"Seen from the {key}: {view.coverage_deg:.1f}° of 360°"),
            popup=facts(
                f"Seen from the {key}",
                {
                    "members lie in": f"{view.coverage_deg:.1f}° of 360°",
                    "largest gap": f"{view.largest_gap_deg:.1f}°",
                    "it begins at": f"{view.largest_gap[0]:.1f}° clockwise from north",
                },
            ),
        )
        for key, view in found.views.items()
    ]
    frame.add(
        views,
        LayerLook("Where one looks around from", "#22303c", head="States", shape="dot"),
        style=dot_look("#22303c", 4.6),
        point=True,
    )


def _add_groups(
    frame: MapFrame,
    found: Encirclement,
    names: Mapping[str, str],
    shapes: Mapping[str, BaseGeometry],
    opacity: float,
) -> list[tuple[list[str], str]]:
    """Draw the members, a layer for each group of those that adjoin."""
    members = {member.iso3: member for member in found.members}
    groups = []
    for at, group in enumerate(found.groups):
        colour = OKABE_ITO[(4, 2, 5, 3, 0, 6)[at % 6]]
        listed = [names.get(iso3, iso3) for iso3 in group]
        look = LayerLook(", ".join(listed), colour, head="Members, by groups that adjoin")
        areas = [
            feature(
                shapes[iso3],
                kind="member",
                id=iso3,
                tip=tip(_short(members[iso3])),
                popup=_member_facts(members[iso3], found),
                find=[names.get(iso3, iso3)],
            )
            for iso3 in group
        ]
        frame.add(areas, look, style=_area(colour, "#5a4a20", opacity), highlight={"weight": 2.6})
        words = [state_label(names.get(iso3, iso3), shapes[iso3], "") for iso3 in group]
        frame.add(words, look, style=_NO_MARK, tip=False, popup=False)
        groups.append((listed, colour))
    return groups


def _area(fill: str, edge: str, opacity: float) -> dict[str, object]:
    return {"fill": True, "fillColor": fill, "fillOpacity": opacity, "color": edge, "weight": 1.1}


def _short(member: Member) -> str:
    if not member.shared_km:
        return f"{member.name}: no common border"
    return f"{member.name}: {number(member.shared_km)} km, {percent(member.share)}"


def _member_facts(member: Member, found: Encirclement) -> str:
    ways = {}
    for scenario in found.scenarios:
        way = member.by_rail[scenario]
        ways[f"rail from Busan, {scenario}"] = (
            f"no way: {way.reason}"
            if way.usd_per_feu is None
            else f"{way.goal}: USD {money(way.usd_per_feu)}, {duration(way.hours)}"
        )
    return facts(
        member.name,
        {
            "shared border": f"{number(member.shared_km)} km" if member.shared_km else "none",
            "share": percent(member.share) if member.shared_km else None,
            "coast": "none" if member.landlocked else "yes",
            "gauge": f"{member.gauge_mm} mm",
            **ways,
        },
    )


def _add_other_sets(
    frame: MapFrame,
    study: Study,
    asked: str,
    names: Mapping[str, str],
    shapes: Mapping[str, BaseGeometry],
) -> None:
    """Outline the states of other sets, each off until asked for."""
    known = set(study.atlas.state_sets["set_id"])
    for at, set_id in enumerate(one for one in _OTHERS if one in known and one != asked):
        words = SET_WORDS[set_id]
        colour = OKABE_ITO[(0, 1, 6, 2)[at % 4]]
        areas = [
            feature(
                shapes[iso3],
                kind="set",
                id=f"{set_id}-{iso3}",
                tip=tip(f"{words}: {names.get(iso3, iso3)}"),
            )
            for iso3 in members_of(study.atlas, set_id)
            if iso3 in shapes
        ]
        style = {
            **_area(colour, colour, 0.16),
            "weight": 2.4,
            "dashArray": ("10 4", "3 3", "10 3 2 3", "6 6")[at % 4],
        }
        look = LayerLook(words, colour, head="Other sets of states", show=False)
        frame.add(areas, look, style=style, popup=False)


def _add_borders(
    frame: MapFrame, study: Study, found: Encirclement, middle: str, names: Mapping[str, str]
) -> None:
    """Draw the land border, broad where it is shared with members."""
    borders = shared_borders(study.atlas.boundaries)
    mine = borders[(borders["a"] == found.around) | (borders["b"] == found.around)]
    others = mine["a"].where(mine["b"] == found.around, mine["b"])
    inside = REGIONS.get(found.around, ())
    members = {member.iso3 for member in found.members}
    drawn: dict[bool, list[Feature]] = {False: [], True: []}
    for other, row in zip(others, mine.to_dict("records"), strict=True):
        if other in inside:
            continue
        name = names.get(other, str(other))
        share = float(row["border_km"]) / found.land_border_km
        told = f"{middle} – {name}: {number(row['border_km'])} km, {percent(share)}"
        drawn[other in members].append(
            feature(
                light(row["geometry"], tolerance=_TOLERANCE, decimals=3),
                kind="border",
                id=str(other),
                tip=tip(told),
                popup=facts(
                    f"{middle} – {name}",
                    {
                        "border": f"{number(row['border_km'])} km",
                        "share of the land border": percent(share),
                        "is": "shared with a member" if other in members else "not shared",
                    },
                ),
            )
        )
    head = f"Land border of {middle}"
    for shared, name, style in (
        (False, "Not shared", {"color": _BARE, "weight": 2.0, "dashArray": _BARE_DASH}),
        (True, "Shared with members", {"color": _SHARED, "weight": 4.0}),
    ):
        colour = _SHARED if shared else _BARE
        frame.add(drawn[shared], LayerLook(name, colour, head=head), style=style)


def _add_ways(
    frame: MapFrame, found: Encirclement, layers: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Draw the ways by rail from Busan, a layer a scenario; the last that has any is shown."""
    states = dict(zip(layers["states"]["iso3"], layers["states"]["name"], strict=True))
    looks = (("#222222", "8 5"), ("#0072b2", ""), ("#7a5195", "2 5"))
    with_ways = [
        scenario
        for scenario in found.scenarios
        if any(member.by_rail[scenario].route is not None for member in found.members)
    ]
    rows = []
    for at, scenario in enumerate(found.scenarios):
        colour, dashes = looks[at % len(looks)]
        features: list[Feature] = []
        for member in found.members:
            way = member.by_rail[scenario]
            if way.route is None:
                continue
            told = f"Busan → {way.goal}, {scenario}: USD {money(way.usd_per_feu)}"
            features += route_strokes(
                way.route,
                colour=colour,
                dashes=dashes,
                kind="route",
                id=f"{scenario}-{member.iso3}",
                tip=tip(f"{told}, {duration(way.hours)}"),
                popup=route_popup(way.route, categories=frame.words.categories, states=states),
            )
        name = f"In {scenario}"
        shown = bool(with_ways) and scenario == with_ways[-1]
        look = LayerLook(name, colour, head="Rail from Busan to members", show=shown)
        frame.add(features, look, style=way_style(2.4), highlight={"weight": 5, "opacity": 1})
        if features:
            rows.append((mark(colour, dashes=dashes, width=2.4), f"Rail from Busan, {scenario}"))
    return rows
