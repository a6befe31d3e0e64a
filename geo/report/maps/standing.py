"""The layers that stand on every map, from below to above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.report.maps import crossings, ground, lines, places, sea, ties

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import geopandas as gpd

    from geo.report.maps.frame import MapFrame

__all__ = ["GROUND", "draw_standing"]

_Drawer = tuple[str, str, "Callable[[MapFrame, Mapping[str, gpd.GeoDataFrame]], None]"]

# The name by which a map asks for it, the layer that it needs, and what draws it.
_DRAWERS: tuple[_Drawer, ...] = (
    ("states", "states", ground.add_states),
    ("features", "features", ground.add_features),
    ("lanes", "lanes", sea.add_sea),
    ("lines", "lines", lines.add_lines),
    ("places", "places", places.add_places),  # below all other marks
    ("crossings", "crossings", crossings.add_crossings),
    ("ports", "ports", places.add_ports),
    ("zones", "zones", places.add_zones),
    ("roads", "roads", lines.add_roads),
    ("road_crossings", "road_crossings", crossings.add_road_crossings),
    ("ties", "alliances", ties.add_ties),
)

GROUND = tuple(name for name, _, _ in _DRAWERS)
"""The layers that stand on every map, unless a kind leaves some out."""


def draw_standing(
    frame: MapFrame, layers: Mapping[str, gpd.GeoDataFrame], wanted: Collection[str]
) -> None:
    """Draw the land, and those of the standing layers that are wanted and there.

    Parameters
    ----------
    frame
        The map.
    layers
        The layers by name; `states` is needed.
    wanted
        Names of `GROUND`.
    """
    ground.add_land(frame, layers["states"])
    for name, layer, draw in _DRAWERS:
        if name in wanted and layer in layers:
            draw(frame, layers)
