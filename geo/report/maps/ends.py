"""The places that a map's ways lead from and to, marked and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.report.maps.looks import LayerLook, dot_look
from geo.report.maps.popups import facts, tip
from geo.report.maps.shapes import feature, light
from geo.report.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.atlas import Place
    from geo.report.maps.frame import MapFrame

__all__ = ["add_ends"]

_COLOUR = "#d55e00"
_RADIUS_PX = 5.0


def add_ends(frame: MapFrame, places: Iterable[Place], *, name: str, head: str = "") -> None:
    """Mark the ends of ways, so that they are named and can be found.

    Parameters
    ----------
    frame
        The map.
    places
        Each is marked once.
    name, head
        Name of the layer, and the section of the control that it stands in.
    """
    distinct = {(one.place_id, one.name): one for one in places}.values()
    marks = [
        feature(
            light(shapely.Point(one.lon, one.lat), tolerance=0.0),
            kind="place",
            id=one.place_id,
            tip=tip(one.name),
            popup=facts(one.name, {"in": one.iso3}),
            find=(one.name,),
            label=(short_name(one.name), "name"),
        )
        for one in distinct
    ]
    look = LayerLook(name, _COLOUR, head=head, shape="dot")
    frame.add(marks, look, style=dot_look(_COLOUR, _RADIUS_PX), point=True)
