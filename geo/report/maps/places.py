"""Economic zones, ports and all other places on the map, with their names.

A place is found by any of its names; a name from a user's file is text like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.maps.legend import LegendRow, circle
from geo.report.maps.looks import LayerLook, dot_look, own_style
from geo.report.maps.palette import PLACE_COLOUR, PORT_COLOUR, ZONE_COLOUR
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light
from geo.report.maps.worlds import OtherWorlds
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame
    from geo.report.maps.labels import MapWords

__all__ = ["add_places", "add_ports", "add_zones"]

Row = dict[str, Any]


def add_zones(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Mark the special economic zones, with their names.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `zones`: place_id, name, status, area_km2, nearest_station, nearest_port; and
        `ports`, if the card of a zone that is a port is to tell of it too.
    """
    zones, words = layers["zones"], frame.words
    rows = layers["ports"].to_dict("records") if "ports" in layers else []
    ports = {row["place_id"]: row for row in rows}
    others = OtherWorlds(frame.worlds, "ports", ("place_id",)) if ports else None
    features = []
    for row, point in zip(zones.to_dict("records"), zones.geometry, strict=True):

        def drawn(port: Row | None, zone: Row = row) -> Row:
            return {"popup": _zone_popup(zone, port, words)}

        port = ports.get(row["place_id"])
        told = {"tip": _dual(row, words), "find": _find(row, words), **drawn(port)}
        if others is not None and port is not None:
            told["worlds"] = others.changes(port, drawn)
        label = (short_name(str(row["name"])), "name zone near left")
        features.append(feature(light(point, tolerance=0.0), label=label, **told))
    look = LayerLook("Economic zones", ZONE_COLOUR, head="Places", shape="dot")
    frame.add(features, look, style={**dot_look(ZONE_COLOUR, 5), "legend": "zone"}, point=True)
    row = LegendRow(circle(ZONE_COLOUR, ZONE_COLOUR), "Special economic zone", on="zone")
    frame.legend_rows([row], head="Places")


def _zone_popup(row: Row, port: Row | None, words: MapWords) -> str:
    near = {
        f"nearest {what}": words.names.get(str(row[f"nearest_{what}"]), row[f"nearest_{what}"])
        for what in ("station", "port")
    }
    return facts(
        str(row["name"]),
        {
            "status": row["status"],
            "area": _area(row["area_km2"]),
            **near,
            **{f"port, {what}": value for what, value in _port_facts(port).items()},
            "remark": row.get("note"),
        },
        also=words.also.get(str(row["place_id"]), ""),
    )


def _area(area_km2: float | None) -> str | None:
    known = area_km2 is not None and area_km2 == area_km2  # noqa: PLR0124 - NaN
    return f"{area_km2:g} km²" if known else None


def add_ports(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Mark the ports, with their names where no zone bears them already.

    Parameters
    ----------
    frame
        The map.
    layers
        The layers `ports`: place_id, name, unlocode, sea, status, legal_status; and `zones`.
    """
    ports = layers["ports"]
    named = set(layers["zones"]["place_id"]) if "zones" in layers else set()
    others = OtherWorlds(frame.worlds, "ports", ("place_id",))

    def drawn(row: Row) -> Row:
        return _port_drawn(row, frame.words)

    features = []
    for row, point in zip(ports.to_dict("records"), ports.geometry, strict=True):
        told = drawn(row)
        short = short_name(str(row["name"]))
        label = None if row["place_id"] in named else (short, "name near right")
        told |= {"find": _find(row, frame.words), "worlds": others.changes(row, drawn)}
        features.append(feature(light(point, tolerance=0.0), label=label, **told))
    look = LayerLook("Ports", PORT_COLOUR, head="Places", shape="dot")
    frame.add(features, look, style=own_style, point=True)
    frame.legend_rows(
        [
            LegendRow(circle("#fff", PORT_COLOUR), "Port", on="port:open"),
            LegendRow(circle(PORT_COLOUR, "#fff"), "closed port", on="port:closed"),
        ],
        head="Places",
    )


def _port_facts(row: Row | None) -> Row:
    """Return what the card of a port tells; nothing of what is no port."""
    if row is None:
        return {}
    return {
        "UN/LOCODE": row["unlocode"],
        "services": "deep sea and short sea" if row["sea"] == "deep" else "short sea",
        "status": row["status"],
        "law": row["legal_status"],
    }


def _port_drawn(row: Row, words: MapWords) -> Row:
    usable = row["status"] == "open"
    style = dot_look(PORT_COLOUR, 4)
    if not usable:
        style |= {"fillColor": "#ffffff", "color": PORT_COLOUR, "weight": 1.6}
    also = words.also.get(str(row["place_id"]), "")
    popup = facts(str(row["name"]), _port_facts(row), also=also)
    style["legend"] = f"port:{'open' if usable else 'closed'}"
    return {"style": style, "tip": _dual(row, words), "popup": popup}


def add_places(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Mark every other place, off until asked for; the search finds them nevertheless.

    Parameters
    ----------
    frame
        The map.
    layers
        The layers `places`: place_id, name, iso3, kinds, points; `zones`, `ports` and `states`.
    """
    places, states = layers["places"], layers["states"]
    marked = {
        place for name in ("zones", "ports") if name in layers for place in layers[name]["place_id"]
    }
    names = dict(zip(states["iso3"], states["name"], strict=True))
    features = []
    for row, point in zip(places.to_dict("records"), places.geometry, strict=True):
        if row["place_id"] in marked:
            continue
        place = str(row["place_id"])
        told = {
            "tip": _dual(row, frame.words),
            "find": _find(row, frame.words),
            "popup": facts(
                str(row["name"]),
                {
                    "state": names.get(row["iso3"], row["iso3"]),
                    "is": str(row["kinds"]).replace(";", ", "),
                },
                also=frame.words.also.get(place, ""),
            ),
        }
        features.append(feature(light(point, tolerance=0.0), **told))
    name = "Stations and other places"
    look = LayerLook(name, PLACE_COLOUR, head="Places", shape="dot", show=False)
    frame.add(features, look, style=dot_look(PLACE_COLOUR, 3), point=True)
    frame.legend(
        [(circle("#fff", PLACE_COLOUR), "Station or other place")], head="Places", layer=name
    )


def _dual(row: Row, words: MapWords) -> str:
    """Write the name of a place and its other names."""
    also = words.also.get(str(row["place_id"]), "")
    return tip(f"{row['name']} · {also}" if also else row["name"])


def _find(row: Row, words: MapWords) -> tuple[str, ...]:
    """Return every name of a place, its own first."""
    return tuple(dict.fromkeys((str(row["name"]), *words.every.get(str(row["place_id"]), ()))))
