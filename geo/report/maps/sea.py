"""The sea on the map: the web of lanes and the named passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.maps.legend import stroke
from geo.report.maps.looks import LayerLook, own_style
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light, web
from geo.report.maps.worlds import OtherWorlds

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame

__all__ = ["add_sea"]

_TOLERANCE = 0.02
_LANE_COLOUR = "#7fa6c4"
_PASSAGE_COLOUR = "#5d7f9c"


def add_sea(frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Draw the web of sea lanes thin and the named passages as short bars.

    Parameters
    ----------
    frame
        The map.
    layers
        The layers `lanes`, and `passages`: passage_id, name, status.
    """
    lanes, passages = layers["lanes"], layers["passages"]
    lane_features = []
    if len(lanes):
        drawn = light(web(lanes.geometry.to_numpy()), tolerance=_TOLERANCE, decimals=2)
        lane_features.append(feature(drawn, tip=f"{len(lanes)} lanes between ports"))
    look = LayerLook("Sea lanes", _LANE_COLOUR, head="Ground", show=False)
    frame.add(lane_features, look, style=_style(_LANE_COLOUR, 1.0), popup=False)
    others = OtherWorlds(frame.worlds, "passages", ("passage_id",))
    gates = []
    for row, shape in zip(passages.to_dict("records"), passages.geometry, strict=True):
        told = _gate_drawn(row)
        names = (str(row["name"]),)
        worlds = others.changes(row, _gate_drawn)
        gates.append(feature(light(shape, tolerance=0.0), **told, find=names, worlds=worlds))
    gate_look = LayerLook("Named passages", _PASSAGE_COLOUR, head="Ground")
    frame.add(gates, gate_look, style=own_style)
    for name, colour, rows in (
        ("Sea lanes", _LANE_COLOUR, lane_features),
        ("Named passages", _PASSAGE_COLOUR, gates),
    ):
        if rows:
            frame.legend([(stroke("", colour), name)], head="Ground", layer=name)


def _gate_drawn(row: dict[str, Any]) -> dict[str, Any]:
    dashes = None if row["status"] == "open" else "2 5"
    told = {"status": row["status"], "remark": row.get("note")}
    return {
        "style": _style(_PASSAGE_COLOUR, 2.2, dashes),
        "tip": tip(f"{row['name']}: {row['status']}"),
        "popup": facts(str(row["name"]), told),
    }


def _style(colour: str, weight: float, dashes: str | None = None) -> dict[str, object]:
    return {"color": colour, "weight": weight, "opacity": 0.8, "dashArray": dashes}
