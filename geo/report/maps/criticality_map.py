"""The map of criticality: crossings, lines, passages and ports by what their loss costs.

The ranking is that of `crescent robustness`; colour and width follow the rank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import shapely

from geo.report.maps.ends import add_ends
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.labels import MapWords
from geo.report.maps.looks import dot_look
from geo.report.maps.notes import NoteRow, answer, bar, folded, sentence, table
from geo.report.maps.popups import facts, tip
from geo.report.maps.quiet import add_railways, railway_legend
from geo.report.maps.scales import ramp
from geo.report.maps.shapes import feature, light
from geo.report.maps.views import view_of
from geo.report.wording import number, percent, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geo.analysis.robustness import Robustness
    from geo.study import Study

__all__ = ["criticality_map", "link_words", "rank_class"]

_GROUND = ("states", "features")
_UNITS = {"generalised": "generalised USD per FEU", "hours": "h", "co2": "kg CO2 per FEU"}
_BEST = {
    "generalised": "of least generalised cost (money and time)",
    "money": "of least money",
    "hours": "of least time",
    "co2": "of least emissions",
}
_CLASSES = 5
_WIDTHS = (8.0, 6.5, 5.0, 3.6, 2.4)
_RADII = (11.0, 9.0, 7.5, 6.0, 4.6)
_LISTED = 8
_HEADS = {
    "crossing": "Crossings",
    "road-crossing": "Road crossings",
    "line": "Lines",
    "part": "Parts of lines",
    "passage": "Passages",
    "port": "Ports",
    "service": "Through trains",
}

Feature = dict[str, Any]


def criticality_map(study: Study, found: Robustness, *, tiles: bool = False) -> str:
    """Draw the links that matter most to some pairs of places.

    Parameters
    ----------
    study : Study
        What was asked: its layers are the ground of the map, its objective the unit.
    found : Robustness
        What `geo.analysis.robustness.robustness` returned.
    tiles : bool, default False
        Whether an online base map lies below; without it the page asks for nothing.

    Returns
    -------
    str
        HTML; the same answer gives the same bytes. Ranks fall into five classes of equal size,
        the most critical darkest and broadest.

    Examples
    --------
    >>> from geo import Study
    >>> from geo.analysis import robustness
    >>> study = Study("reopened")
    >>> found = robustness(study, ["Busan"], ["Moscow", "Tashkent"])  # doctest: +SKIP
    >>> html = criticality_map(study, found)  # doctest: +SKIP
    """
    ranking = found.ranking()
    layers = study.layers()
    shapes = _shapes(layers)
    unit = _unit(study.objective)
    where = {link: shape for link in ranking["link"] if (shape := _shape(link, shapes, study))}
    ends = (*found.pairs.origins, *found.pairs.destinations)
    frame = MapFrame(
        layers,
        title="Crescent: what its loss costs",
        told=[study.scenario.title, _asked(found, study.objective)],
        words=MapWords.of(study.atlas),
        view=view_of([*where.values(), *(shapely.Point(one.lon, one.lat) for one in ends)]),
        ground=_GROUND,
        tiles=tiles,
    )
    add_railways(frame, layers["lines"])
    _add_links(frame, ranking, where, unit)
    ends = (*found.pairs.origins, *found.pairs.destinations)
    add_ends(frame, ends, name="Places of the pairs", head="Links by rank")
    colours = ramp(_CLASSES)
    frame.legend(
        [(bar(colours[at]), words) for at, words in enumerate(_class_words(len(ranking)))],
        head="Rank by the cost of losing it",
    )
    frame.note(_note(ranking, found, study.objective, where))
    railway_legend(frame)
    return frame.render()


def _asked(found: Robustness, objective: str) -> str:
    starts = ", ".join(short_name(place.name) for place in found.pairs.origins)
    ends = ", ".join(short_name(place.name) for place in found.pairs.destinations)
    return f"From {starts} to {ends}, the way left {_BEST[objective]}"


def link_words(name: str) -> str:
    """Shorten the name of a link: no brackets, and what is open of a line."""
    bare = short_name(name)
    if told := re.search(r", open between .*$", name):
        bare += told[0]
    return bare[:1].upper() + bare[1:]


def _unit(objective: str) -> str:
    return _UNITS.get(objective, "USD per FEU")


def rank_class(position: int, count: int) -> int:
    """Return the class of a rank, 0 for the most critical, of five of equal size."""
    return min(position * _CLASSES // max(count, _CLASSES), _CLASSES - 1)


def _class_words(count: int) -> list[str]:
    classes = [rank_class(position, count) for position in range(count)]
    words = []
    for one in range(_CLASSES):
        ranks = [position + 1 for position, of in enumerate(classes) if of == one]
        if ranks:
            first, last = ranks[0], ranks[-1]
            words.append(f"rank {first}" if first == last else f"ranks {first} to {last}")
    return words


def _shapes(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, BaseGeometry]:
    """Give every link of the layers its geometry, a line from all of its parts."""
    shapes: dict[str, BaseGeometry] = {}
    keys = {
        "crossings": ("crossing", "crossing_id"),
        "road_crossings": ("road-crossing", "crossing_id"),
        "ports": ("port", "place_id"),
        "passages": ("passage", "passage_id"),
    }
    for name, (kind, key) in keys.items():
        if name in layers:
            layer = layers[name]
            for link, shape in zip(layer[key], layer.geometry, strict=True):
                shapes[f"{kind}:{link}"] = shape
    lines = layers["lines"]
    for line, rows in lines.groupby("line_id", sort=True):
        # What is closed already cannot be lost.
        left = rows[rows["status"] == "open"] if (rows["status"] == "open").any() else rows
        parts = list(shapely.get_parts(left.geometry.to_numpy()))
        shapes[f"line:{line}"] = shapely.line_merge(shapely.MultiLineString(parts))
        for order, shape in zip(rows["part_order"], rows.geometry, strict=True):
            shapes[f"part:{line}/{order}"] = shape
    return shapes


def _shape(link: str, shapes: Mapping[str, BaseGeometry], study: Study) -> BaseGeometry | None:
    """Return the geometry of a link: that of a layer, or of the arcs that it carries."""
    if link in shapes:
        return shapes[link]
    network = study.network
    numbers = network.column["shape"][network.arcs_of(link)]
    lines = [
        part
        for number_ in dict.fromkeys(int(one) for one in numbers)
        if number_ >= 0
        for part in shapely.get_parts(network.shapes[number_])
    ]
    return shapely.MultiLineString(lines) if lines else None


def _add_links(
    frame: MapFrame, ranking: pd.DataFrame, where: Mapping[str, BaseGeometry], unit: str
) -> None:
    """Draw the links, a layer a kind, the least critical first."""
    colours = ramp(_CLASSES)
    kinds: dict[str, tuple[list[Feature], list[Feature]]] = {}
    records = ranking.to_dict("records")
    for position in reversed(range(len(records))):
        row = records[position]
        link = str(row["link"])
        if link not in where:
            continue
        shape, kind = where[link], link.partition(":")[0]
        is_point = shape.geom_type == "Point"
        drawn = feature(
            light(shape, tolerance=0.0 if is_point else 0.01, decimals=3),
            kind=kind,
            id=link,
            rank=position + 1,
            rank_class=rank_class(position, len(records)),
            tip=tip(f"{position + 1}. {row['name']}: {_loss(row, unit)}"),
            popup=_facts(row, position + 1, unit),
            find=[str(row["name"])],
        )
        kinds.setdefault(kind, ([], []))[is_point].append(drawn)
    for kind in sorted(kinds, key=lambda one: list(_HEADS).index(one) if one in _HEADS else 99):
        strokes, points = kinds[kind]
        look = LayerLook(
            _HEADS.get(kind, kind.capitalize()),
            ",".join(colours),
            head="Links by rank",
            shape="dot" if points else "",
            key=f"critical-{kind}",
        )
        frame.add(strokes, look, style=lambda one: _stroke(one, colours))
        frame.add(points, look, style=lambda one: _dot(one, colours), point=True)


def _stroke(one: Feature, colours: tuple[str, ...]) -> dict[str, Any]:
    at = one["properties"]["rank_class"]
    return {"color": colours[at], "weight": _WIDTHS[at], "opacity": 0.85}


def _dot(one: Feature, colours: tuple[str, ...]) -> dict[str, Any]:
    at = one["properties"]["rank_class"]
    return dot_look(colours[at], _RADII[at])


def _loss(row: Mapping[Any, Any], unit: str) -> str:
    """Say in a few words what the loss of a link costs."""
    cut = int(row["pairs_cut"])
    rise = f"+{number(row['mean_rise'], _decimals(unit))} {unit} on average"
    if cut:
        return f"{cut} {'pairs' if cut > 1 else 'pair'} without a way"
    return rise if row["mean_rise"] > 0 else "no dearer, carries some"


def _decimals(unit: str) -> int:
    return 1 if unit == "h" else 0


def _facts(row: Mapping[Any, Any], rank: int, unit: str) -> str:
    return facts(
        str(row["name"]),
        {
            "rank": f"{rank}",
            "pairs left without a way": f"{int(row['pairs_cut'])}",
            "mean rise": f"{number(row['mean_rise'], _decimals(unit))} {unit}",
            "mean rise, share": percent(row["mean_rise_share"]),
            "pairs dearer": f"{int(row['pairs_dearer'])}",
            "carries": percent(row["carried_share"]),
        },
    )


def _note(
    ranking: pd.DataFrame, found: Robustness, objective: str, where: Mapping[str, BaseGeometry]
) -> str:
    """Write the list of what matters most, the rest of it folded."""
    unit = _unit(objective)
    colours = ramp(_CLASSES)
    rows = []
    for position, row in enumerate(ranking.to_dict("records")):
        name = link_words(str(row["name"])) + ("" if row["link"] in where else " (not drawn)")
        cells = (
            f"{position + 1}  {name}",
            number(row["pairs_cut"]),
            number(row["mean_rise"], _decimals(unit)),
            percent(row["mean_rise_share"]),
            percent(row["carried_share"]),
        )
        picture = bar(colours[rank_class(position, len(ranking))])
        rows.append(NoteRow(cells, picture=picture, key=str(row["link"])))
    heads = ("Link lost", "Pairs cut", f"Rise, {unit.partition(' per')[0]}", "Rise", "Carries")
    html = table(heads, rows[:_LISTED])
    if rows[_LISTED:]:
        html += folded(f"{len(rows) - _LISTED} more", table(heads, rows[_LISTED:]))
    pairs = int(found.pairs.apart.sum())
    told = (
        f"Of {pairs} {'pairs' if pairs > 1 else 'pair'}. A link is lost alone, for good, and the "
        f"goods take the way left {_BEST[objective]}; rise: the mean over the pairs that keep one"
        f"{', per FEU' if unit.endswith('per FEU') else ''}."
    )
    return answer("What its loss costs", html + sentence(told, quiet=True))
