"""The map of a difference: what changes between states of the world.

Ways that are given up, ways that take their place, and the links that open and close; the
figures are those of `crescent compare`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.analysis.compare import comparison
from geo.report.maps.corridor_map import way_style
from geo.report.maps.ends import add_ends
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.labels import MapWords
from geo.report.maps.looks import cross_look, ring_look
from geo.report.maps.notes import NoteRow, answer, folded, mark, sentence, table
from geo.report.maps.popups import facts, route_popup, tip
from geo.report.maps.quiet import add_railways, gates_near, railway_legend
from geo.report.maps.scales import OKABE_ITO
from geo.report.maps.shapes import feature, light
from geo.report.maps.strokes import route_strokes
from geo.report.maps.views import view_of
from geo.report.wording import INDICATIVE_NOTE, USD_PER_FEU, duration, money, number, short_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd

    from geo.outcome import Outcome
    from geo.route import Route
    from geo.study import Study

__all__ = ["difference_map", "links_that_differ", "signed"]

_GROUND = ("states", "features", "crossings", "ports")
_WAS, _SAME, _CLOSES = "#d55e00", "#6b6b6b", "#d55e00"
_NEW = (OKABE_ITO[0], OKABE_ITO[2], OKABE_ITO[6], OKABE_ITO[3])
_DASHES = {"was": "9 6", "same": "2 5"}
_LINKS = {
    "lines": ("line", ("line_id", "part_order")),
    "crossings": ("crossing", ("crossing_id",)),
    "ports": ("port", ("place_id",)),
    "passages": ("passage", ("passage_id",)),
    "road_crossings": ("road crossing", ("crossing_id",)),
}

Feature = dict[str, Any]


def difference_map(
    studies: Sequence[Study], outcomes: Sequence[Sequence[Outcome]], *, tiles: bool = False
) -> str:
    """Draw what changes between two or more states of the world.

    Parameters
    ----------
    studies : sequence of Study
        The same study in each state of the world; the first is what the others are compared with.
    outcomes : sequence of sequence of Outcome
        What `Study.routes` answered to the same questions in each, in the same order.
    tiles : bool, default False
        Whether an online base map lies below; without it the page asks for nothing.

    Returns
    -------
    str
        HTML; the same answers give the same bytes.

    Raises
    ------
    UsageError
        See `geo.analysis.compare.comparison`.

    Examples
    --------
    >>> from geo import Study
    >>> before = Study("severed-2026")
    >>> both = [before, before.at("reopened")]
    >>> answers = [one.routes(["Busan"], ["Moscow"]) for one in both]  # doctest: +SKIP
    >>> html = difference_map(both, answers)  # doctest: +SKIP
    """
    changes = comparison(outcomes)
    layers = [study.layers() for study in studies]
    titles = [study.scenario.title for study in studies]
    ids = [study.scenario.scenario_id for study in studies]
    routes = [one.route for answer in outcomes for one in answer if one.route is not None]
    shapes = [route.geometry for route in routes]
    frame = MapFrame(
        gates_near(layers[-1], shapes),
        title="Crescent: what changes",
        told=[f"From: {titles[0]}", *(f"To: {title}" for title in titles[1:])],
        words=MapWords.of(studies[0].atlas),
        view=view_of(shapes),
        ground=_GROUND,
        tiles=tiles,
    )
    add_railways(frame, layers[-1]["lines"])
    states = dict(zip(layers[0]["states"]["iso3"], layers[0]["states"]["name"], strict=True))
    table_ = changes["route"].to_numpy().reshape(-1, len(outcomes))
    _add_routes(frame, outcomes, table_, states)
    links = [
        (scenario, links_that_differ(layers[0], other))
        for scenario, other in zip(ids[1:], layers[1:], strict=True)
    ]
    for scenario, found in links:
        _add_links(frame, found, scenario)
    ends = [end for route in routes for end in (route.origin, route.destination)]
    add_ends(frame, ends, name="From and to", head="Places")
    weak = [
        one.route is not None and one.route.indicative
        for same in zip(*outcomes, strict=True)
        for one in same
    ]
    frame.note(_note(changes.assign(indicative=weak), links))
    railway_legend(frame)
    return frame.render()


def links_that_differ(
    before: dict[str, gpd.GeoDataFrame], after: dict[str, gpd.GeoDataFrame]
) -> pd.DataFrame:
    """Find the lines, crossings, ports and passages whose status is another one.

    Parameters
    ----------
    before, after : dict of str to GeoDataFrame
        What `Study.layers` returned in both states of the world.

    Returns
    -------
    DataFrame
        kind, name, before, after (statuses), opens (bool), geometry (EPSG:4326).
    """
    rows: list[dict[str, Any]] = []
    for layer, (kind, keys) in _LINKS.items():
        if layer not in before or layer not in after:
            continue
        statuses = before[layer].set_index(list(keys))["status"]
        other = after[layer].set_index(list(keys))
        for key, row in zip(other.index, other.to_dict("records"), strict=True):
            was = statuses.get(key)
            if was is None or was == row["status"]:
                continue
            rows.append(
                {
                    "kind": kind,
                    "name": str(row["name"]),
                    "before": was,
                    "after": row["status"],
                    "opens": row["status"] == "open",
                    "geometry": row["geometry"],
                }
            )
    return pd.DataFrame(rows, columns=["kind", "name", "before", "after", "opens", "geometry"])


def _add_routes(
    frame: MapFrame,
    outcomes: Sequence[Sequence[Outcome]],
    changes: Any,
    states: dict[str, str],
) -> None:
    """Draw the ways that stay, those given up and, for each later world, those instead."""
    layers: dict[LayerLook, list[Feature]] = {}
    for look, route, shift, told in _fates(outcomes, changes):
        features = layers.setdefault(look, [])
        if route is None:
            continue
        features += route_strokes(
            route,
            colour=look.colour,
            dashes=_DASHES.get(look.key, ""),
            shift=shift,
            kind="route",
            id=f"{look.key}-{len(features)}",
            tip=tip(told),
            popup=route_popup(route, categories=frame.words.categories, states=states),
        )
    rows = []
    for look, features in layers.items():
        width = 3.0 if look.key.startswith("new") else 2.4
        frame.add(features, look, style=way_style(width), highlight={"weight": 6, "opacity": 1})
        if features:
            rows.append((mark(look.colour, dashes=_DASHES.get(look.key, "")), look.name))
    if rows:
        frame.legend(rows, head="What becomes of the ways")


def _fates(
    outcomes: Sequence[Sequence[Outcome]], changes: Any
) -> Iterator[tuple[LayerLook, Route | None, float, str]]:
    """Tell what becomes of every way: its layer, how far it is moved aside (pixels), its tip."""
    base = outcomes[0][0].scenario
    stays = LayerLook("Stays the same", _SAME, head="Ways", key="same", show=False)
    was = LayerLook(f"Was: {base}, given up", _WAS, head="Ways", key="was")
    # their order in the control, whatever comes first
    yield stays, None, 0.0, ""
    yield was, None, 0.0, ""
    for (first, *others), (_, *fates) in zip(zip(*outcomes, strict=True), changes, strict=True):
        before = first.route
        if before is not None:
            told = f"{_told(first, before)} ({base})"
            if any(fate not in {"same", "none"} for fate in fates):
                yield was, before, -2.4, f"Given up: {told}"
            else:
                yield stays, before, 0.0, f"Stays: {told}"
        for world, (outcome, fate) in enumerate(zip(others, fates, strict=True)):
            if outcome.route is None or fate not in {"changed", "new"}:
                continue
            name, colour = outcome.scenario, _NEW[world % len(_NEW)]
            look = LayerLook(f"New: {name}", colour, head="Ways", key=f"new-{name}")
            told = _told(outcome, outcome.route) + _less(before, outcome.route)
            yield look, outcome.route, 2.4 * (1 + world), f"New: {told}"


def _told(outcome: Outcome, route: Route) -> str:
    ends = " → ".join(short_name(end.name) for end in (outcome.origin, outcome.destination))
    usd = money(route.usd_per_feu, indicative=route.indicative)
    return f"{ends}, {outcome.corridor}: USD {usd}, {duration(route.hours)}"


def _less(before: Route | None, after: Route) -> str:
    """Say what a way costs more or less than the one before."""
    if before is None:
        return ""
    usd, hours = after.usd_per_feu - before.usd_per_feu, after.hours - before.hours
    return f" ({signed(usd)} USD, {signed(hours, 1)} h)"


def signed(value: float, decimals: int = 0) -> str:
    """Write a difference with its sign, and a dash where it is none that can be told."""
    text = number(value, decimals)
    if value > 0 and text.strip("0.") != "":
        return f"+{text}"
    return text.replace("-", "−", 1)


def _add_links(frame: MapFrame, found: pd.DataFrame, scenario: str) -> None:
    """Draw what opens and what closes: lines as broad bands, the rest as marks."""
    for opens, verb, colour in ((True, "Opens", _NEW[1]), (False, "Closes", _CLOSES)):
        rows = found[found["opens"] == opens].to_dict("records")
        look = LayerLook(f"{verb} in {scenario}", colour, head="Links", key=f"{verb}-{scenario}")
        lines = [_link(row, at) for at, row in enumerate(rows) if _is_line(row)]
        points = [_link(row, at) for at, row in enumerate(rows) if not _is_line(row)]
        frame.add(
            lines,
            look,
            style={"color": colour, "weight": 8, "opacity": 0.38},
            highlight={"opacity": 0.8},
        )
        mark_ = ring_look(colour, 3.2) if opens else cross_look(colour)
        frame.add(points, look, style={**mark_, "radius": 6}, point=True)
        if rows:
            frame.legend(
                [(mark(colour, width=8.0), f"{verb} in {scenario}")],
                head=f"Links that differ, {scenario}",
                layer=look.name,
            )


def _is_line(row: dict[Any, Any]) -> bool:
    return str(row["geometry"].geom_type) != "Point"


def _link(row: dict[Any, Any], at: int) -> Feature:
    told = f"{row['kind']}: {row['before']} → {row['after']}"
    return feature(
        light(row["geometry"], tolerance=0.005, decimals=3),
        kind="link",
        id=f"link-{at}",
        tip=tip(f"{row['name']} ({told})"),
        popup=facts(
            row["name"], {"is": row["kind"], "before": row["before"], "after": row["after"]}
        ),
        find=[row["name"]],
    )


def _note(changes: pd.DataFrame, links: Sequence[tuple[str, pd.DataFrame]]) -> str:
    """Write the table of differences, and the list of what opens and closes."""
    rows = []
    worlds = 1 + len(links)
    for start in range(0, len(changes), worlds):
        base, *others = changes.iloc[start : start + worlds].to_dict("records")
        ends = f"{short_name(base['origin'])} → {short_name(base['destination'])}"
        ends += "" if base["corridor"] == "best" else f", {base['corridor']}"
        for row in others:
            cells = (
                ends if worlds == 2 else f"{ends} ({row['scenario']})",
                row["route"],
                money(base["usd_per_feu"], indicative=base["indicative"]),
                money(row["usd_per_feu"], indicative=row["indicative"]),
                signed(row["d_usd_per_feu"]),
                signed(row["d_hours"], 1),
            )
            rows.append(NoteRow(cells, strong=row["route"] in {"changed", "new", "lost"}))
    heads = ("Pair", "Way", "USD was", "is", "USD ±", "h ±")
    html = table(heads, rows, words=2)
    for scenario, found in links:
        listed = [
            NoteRow((row["name"], row["kind"], f"{row['before']} → {row['after']}"))
            for row in found.to_dict("records")
        ]
        if listed:
            verb = "links differ" if len(listed) > 1 else "link differs"
            html += folded(
                f"{len(listed)} {verb} in {scenario}",
                table(("Link", "Kind", "Status"), listed, words=3),
            )
    told = (
        f"Money in {USD_PER_FEU}, door to door. Way: new where there was none, lost where "
        "there is none any more."
    )
    if changes["indicative"].any():
        told += f" {INDICATIVE_NOTE}."
    return answer("What changes", html + sentence(told, quiet=True))
