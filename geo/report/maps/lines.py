"""Ways on the ground: railway lines by system, and the roads as a light web.

Lines of one system are one GeoJSON layer; one layer a line would triple the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.report.maps.legend import LegendRow, stroke
from geo.report.maps.looks import LayerLook, own_style
from geo.report.maps.palette import (
    DASHES,
    ROAD_COLOUR,
    SCHEMATIC_DASH,
    SYSTEM_COLOURS,
    SYSTEM_NAMES,
    dash,
)
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light, web
from geo.report.maps.worlds import OtherWorlds

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame
    from geo.report.maps.labels import MapWords

__all__ = ["add_lines", "add_roads"]

_TOLERANCE = 0.003
_ROAD_TOLERANCE = 0.1
_STROKES = {
    "open": "",
    "being built or planned": DASHES["planned"],
    "closed or severed": DASHES["closed"],
    "drawn by hand (schematic)": SCHEMATIC_DASH,
}

Row = dict[str, Any]


def add_lines(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Draw the railway lines, a layer a system, dashed where schematic or not open.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `lines`: line_id, part_order, name, system, from_place, to_place, status, drawn,
        length_km, gauges.
    """
    lines = layers["lines"]
    others = OtherWorlds(frame.worlds, "lines", ("line_id", "part_order"))
    drawn_systems = set(lines["system"])
    # a file of lines may bring a system of its own
    known = [system for system in SYSTEM_NAMES if system in drawn_systems]
    known += sorted(map(str, drawn_systems - set(SYSTEM_NAMES)))
    for system in known:
        rows = lines.loc[lines["system"] == system]
        features = []
        for row, shape in zip(rows.to_dict("records"), rows.geometry, strict=True):
            drawn = light(shape, tolerance=_TOLERANCE)
            if drawn.is_empty:
                continue
            told = _line_drawn(row, frame.words)
            worlds = others.changes(row, lambda other: _line_drawn(other, frame.words))
            features.append(feature(drawn, **told, worlds=worlds))
        look = LayerLook(_system_name(system), _colour(system), head="Railways")
        frame.add(features, look, style=own_style)
    frame.legend_rows(
        [
            *(
                LegendRow(stroke("", _colour(one)), _system_name(one), on=_word(one))
                for one in known
            ),
            *(
                LegendRow(stroke(dashes, "#333333"), words, on=f"line:{dashes.replace(' ', '-')}")
                for words, dashes in _STROKES.items()
            ),
        ],
        head="Railways",
    )


def _system_name(system: str) -> str:
    return SYSTEM_NAMES.get(system, system)


def _colour(system: str) -> str:
    return SYSTEM_COLOURS.get(system, SYSTEM_COLOURS["other"])


def _word(system: str) -> str:
    return f"system:{system.replace(' ', '_')}"


def _line_drawn(row: Row, words: MapWords) -> Row:
    dashes = dash(str(row["status"]), str(row["drawn"]))
    system = str(row["system"])
    style = {
        "color": _colour(system),
        "weight": 2.4,
        "opacity": 0.9,
        "dashArray": dashes or None,
        "legend": f"{_word(system)} line:{dashes.replace(' ', '-')}",
    }
    return {"style": style, "tip": tip(row["name"]), "popup": _line_facts(row, words)}


def _line_facts(row: Row, words: MapWords) -> str:
    ends = [words.names.get(str(row[end]), str(row[end])) for end in ("from_place", "to_place")]
    return facts(
        str(row["name"]),
        {
            "stretch": " – ".join(ends),
            "system": _system_name(str(row["system"])),
            "length": f"{row['length_km']:.1f} km",
            "gauge": f"{str(row['gauges']).replace(';', ' and ')} mm",
            "status": row["status"],
            "geometry": row["drawn"],
        },
    )


def add_roads(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Draw the roads thin, a web a state, off until asked for.

    Parameters
    ----------
    frame
        The map.
    layers
        The layers `roads`: iso3, length_km; and `states`.
    """
    states = dict(zip(layers["states"]["iso3"], layers["states"]["name"], strict=True))
    features = []
    for iso3, rows in layers["roads"].groupby("iso3", sort=True):
        # Steps are merged first: a short edge alone cannot be made simpler.
        drawn = light(
            shapely.line_merge(web(rows.geometry.to_numpy(), decimals=2)),
            tolerance=_ROAD_TOLERANCE,
            decimals=2,
        )
        if drawn.is_empty:
            continue
        name = states.get(str(iso3), str(iso3))
        told = facts(name, {"roads": f"{rows['length_km'].sum():,.0f} km", "by": "road"})
        features.append(feature(drawn, tip=tip(f"Roads of {name}"), popup=told))
    style = {"color": ROAD_COLOUR, "weight": 1.0, "opacity": 0.7}
    frame.add(features, LayerLook("Roads", ROAD_COLOUR, head="Roads", show=False), style=style)
    frame.legend([(stroke("", ROAD_COLOUR), "Road")], head="Roads", layer="Roads")
