"""Border crossings on the map, of railways and of roads, with what each border costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.maps.legend import LegendRow, circle, crossed
from geo.report.maps.looks import LayerLook, cross_look, dot_look, own_style, ring_look
from geo.report.maps.palette import BREAK_COLOUR, CROSSING_COLOUR
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light
from geo.report.maps.worlds import OtherWorlds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame

__all__ = ["add_crossings", "add_road_crossings"]

Row = dict[str, Any]

_BORDER_WORDS = {
    "": "",
    "own": "",
    "assumption": " (assumed)",
    "class": " (class, not this crossing's own)",
}


def add_crossings(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Mark the border crossings: a ring, orange and thick at a break of gauge, a cross if closed.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `crossings`: crossing_id, name, status, legal_status, gauge_a_mm, gauge_b_mm,
        methods.
    """
    look = LayerLook("Border crossings", BREAK_COLOUR, head="Places", shape="dot")
    _add_marks(frame, layers, look, layer="crossings", drawn=_crossing_drawn)
    frame.legend_rows(
        [
            LegendRow(circle(CROSSING_COLOUR, "#fff"), "Border crossing", on="crossing:open"),
            LegendRow(
                circle(BREAK_COLOUR, "#fff", 2.6), "with a break of gauge", on="crossing:break"
            ),
            LegendRow(crossed(CROSSING_COLOUR), "closed crossing", on="crossing:closed"),
        ],
        head="Places",
    )


def add_road_crossings(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Mark the border crossings of roads, off until asked for: a small dot, a cross if closed.

    Parameters
    ----------
    frame
        The map.
    layers
        The layer `road_crossings`: crossing_id, name, iso3_a, iso3_b, status, legal_status,
        trucks_day.
    """
    look = LayerLook("Road crossings", CROSSING_COLOUR, head="Roads", shape="dot", show=False)
    _add_marks(frame, layers, look, layer="road_crossings", drawn=_road_crossing_drawn)
    frame.legend_rows(
        [
            LegendRow(circle("#fff", CROSSING_COLOUR), "Road crossing", on="road-crossing:open"),
            LegendRow(crossed(CROSSING_COLOUR), "closed road crossing", on="road-crossing:closed"),
        ],
        head="Roads",
    )


def _add_marks(
    frame: MapFrame,
    layers: Mapping[str, gpd.GeoDataFrame],
    look: LayerLook,
    *,
    layer: str,
    drawn: Callable[[Row], Row],
) -> None:
    crossings = layers[layer]
    others = OtherWorlds(frame.worlds, layer, ("crossing_id",))
    features = []
    for row, point in zip(crossings.to_dict("records"), crossings.geometry, strict=True):
        told = drawn(row)
        mark = light(point, tolerance=0.0)
        found = (str(row["name"]),)
        features.append(feature(mark, **told, find=found, worlds=others.changes(row, drawn)))
    frame.add(features, look, style=own_style, point=True)


def _crossing_drawn(row: Row) -> Row:
    broken = row["gauge_a_mm"] != row["gauge_b_mm"]
    colour = BREAK_COLOUR if broken else CROSSING_COLOUR
    usable = row["status"] == "open"
    style = ring_look(colour, 2.6 if broken else 1.6) if usable else cross_look(colour)
    sign = "closed" if not usable else "break" if broken else "open"
    return {
        "style": {**style, "legend": f"crossing:{sign}"},
        "tip": tip(row["name"]),
        "popup": _crossing_facts(row, broken=broken),
    }


def _road_crossing_drawn(row: Row) -> Row:
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
    usable = row["status"] == "open"
    style = dot_look(CROSSING_COLOUR, 3.4) if usable else cross_look(CROSSING_COLOUR)
    word = f"road-crossing:{'open' if usable else 'closed'}"
    return {"style": {**style, "legend": word}, "tip": tip(row["name"]), "popup": popup}


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
