"""Routes as strokes: what follows track or lanes is firm, what is drawn by hand is dotted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.report.maps.palette import SCHEMATIC_DASH
from geo.report.maps.shapes import feature, light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.route import Leg, Route

__all__ = ["route_strokes"]

_TOLERANCE = 0.012  # degrees; a pixel at zoom 6
_DECIMALS = 3


def route_strokes(
    route: Route, *, colour: str, dashes: str = "", shift: float = 0.0, **properties: object
) -> list[dict[str, Any]]:
    """Make the features of a route.

    Parameters
    ----------
    route
        The route.
    colour, dashes
        Its look: a CSS colour and an SVG dash array.
    shift
        Pixels to the right of the way, so that routes that share a track lie side by side.
    **properties
        Further properties; texts that reach HTML must be escaped already.

    Returns
    -------
    list of dict
        GeoJSON features with the properties colour, dash, shift and those given: at most one
        that is firm, and one that is drawn by hand.
    """
    features = []
    for schematic, dash in ((False, dashes), (True, SCHEMATIC_DASH)):
        shape = _joined([leg for leg in route.legs if leg.schematic == schematic])
        if shape is not None:
            look = {"colour": colour, "dash": dash, "shift": shift}
            features.append(feature(shape, **look, **properties))
    return features


def _joined(legs: Sequence[Leg]) -> Any:
    lines = [
        line
        for leg in legs
        if leg.geometry is not None
        for line in shapely.get_parts(leg.geometry)
        if line.geom_type == "LineString"
    ]
    if not lines:
        return None
    # Directed, so that routes of one way lie side by side in one order.
    merged = shapely.line_merge(shapely.MultiLineString(lines), directed=True)
    drawn = light(merged, tolerance=_TOLERANCE, decimals=_DECIMALS)
    return None if drawn.is_empty else drawn
