"""Border crossings on the map, of railways and of roads, with what each border costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium

from geo.report.maps.page import swatch
from geo.report.maps.palette import BREAK_COLOUR, CROSSING_COLOUR
from geo.report.maps.points import add_points, cross, dot, ring
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["add_crossings", "add_road_crossings"]

Row = dict[str, Any]

_BORDER_WORDS = {
    "": "",
    "own": "",
    "assumption": " (assumed)",
    "class": " (class, not this crossing's own)",
}


def add_crossings(leaflet_map: folium.Map, crossings: gpd.GeoDataFrame) -> None:
    """Mark the border crossings: a ring, orange and thick at a break of gauge, a cross if closed.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    crossings
        The layer `crossings`: name, status, legal_status, gauge_a_mm, gauge_b_mm, methods.
    """
    label = swatch("Border crossings", BREAK_COLOUR, head="Places", shape="dot")
    group = folium.FeatureGroup(name=label)
    group.add_to(leaflet_map)
    kinds: dict[tuple[bool, bool], list[Row]] = {}
    for row, point in zip(crossings.to_dict("records"), crossings.geometry, strict=True):
        broken = row["gauge_a_mm"] != row["gauge_b_mm"]
        popup = _crossing_facts(row, broken=broken)
        mark = feature(light(point, tolerance=0.0), tip=tip(row["name"]), popup=popup)
        kinds.setdefault((row["status"] == "open", broken), []).append(mark)
    for (usable, broken), features in sorted(kinds.items()):
        colour = BREAK_COLOUR if broken else CROSSING_COLOUR
        marker = ring(colour, 2.6 if broken else 1.6) if usable else cross(colour)
        add_points(group, features, marker)


def add_road_crossings(leaflet_map: folium.Map, crossings: gpd.GeoDataFrame) -> None:
    """Mark the border crossings of roads, off until asked for: a small dot, a cross if closed.

    Parameters
    ----------
    leaflet_map
        The map, with a pane named ``points``.
    crossings
        The layer `road_crossings`: name, iso3_a, iso3_b, status, legal_status, trucks_day.
    """
    group = folium.FeatureGroup(
        name=swatch("Road crossings", CROSSING_COLOUR, shape="dot"), show=False
    )
    group.add_to(leaflet_map)
    marks: dict[bool, list[Row]] = {True: [], False: []}
    for row, point in zip(crossings.to_dict("records"), crossings.geometry, strict=True):
        popup = facts(
            str(row["name"]),
            {
                "states": f"{row['iso3_a']} – {row['iso3_b']}",
                "by": "road",
                "lorries a day": row["trucks_day"],
                **_border_facts(row),
                "status": row["status"],
                "law": row["legal_status"],
                "law is": row["legal_note"],
                "remark": row["note"],
            },
        )
        mark = feature(light(point, tolerance=0.0), tip=tip(row["name"]), popup=popup)
        marks[row["status"] == "open"].append(mark)
    for usable, features in marks.items():
        if features:
            marker = dot(CROSSING_COLOUR, 3.4) if usable else cross(CROSSING_COLOUR)
            add_points(group, features, marker)


def _crossing_facts(row: Row, *, broken: bool) -> str:
    gauges = [f"{row[side]:.0f}" for side in ("gauge_a_mm", "gauge_b_mm")]
    return facts(
        str(row["name"]),
        {
            "states": f"{row['iso3_a']} – {row['iso3_b']}",
            "gauge": " | ".join(gauges) + " mm" if broken else f"{gauges[0]} mm",
            "change by": row["methods"] if broken else None,
            "power": "ends here" if row.get("power_break") is True else None,
            **_border_facts(row),
            "status": row["status"],
            "law": row["legal_status"],
            "remark": row["legal_note"],
        },
    )


def _border_facts(row: Row) -> dict[str, str]:
    """Say what the border costs each way, and so where that is the figure of a class."""
    shown = {}
    for way, ends in (("ab", ("iso3_a", "iso3_b")), ("ba", ("iso3_b", "iso3_a"))):
        hours, usd = row.get(f"border_hours_{way}"), row.get(f"border_usd_{way}")
        if hours is None or usd is None or hours != hours or usd != usd:  # noqa: PLR0124 - NaN
            continue
        words = (
            (f"{hours:.3g} h", row[f"border_hours_kind_{way}"]),
            (f"USD {usd:.0f}", row[f"border_usd_kind_{way}"]),
        )
        amounts = ", ".join(f"{amount}{_BORDER_WORDS[kind]}" for amount, kind in words)
        shown[" to ".join(row[end] for end in ends)] = amounts
    return shown
