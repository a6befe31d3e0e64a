"""Interactive maps, each one self-contained file; the only room that uses folium.

`study_map` draws the whole study; `corridor_map`, `reach_map`, `encirclement_map`,
`difference_map` and `criticality_map` draw answers. `frame.MapFrame` is what every map stands in;
the other modules hold their parts, and `page/` the scripts and style sheets of the page.
"""

from geo.report.maps.corridor_map import corridor_map
from geo.report.maps.criticality_map import criticality_map
from geo.report.maps.difference_map import difference_map
from geo.report.maps.encirclement_map import encirclement_map
from geo.report.maps.frame import MapFrame
from geo.report.maps.labels import MapWords
from geo.report.maps.looks import LayerLook, MapWorld
from geo.report.maps.reach_map import reach_map
from geo.report.maps.study_map import RouteGroup, study_frame, study_map

__all__ = [
    "LayerLook",
    "MapFrame",
    "MapWords",
    "MapWorld",
    "RouteGroup",
    "corridor_map",
    "criticality_map",
    "difference_map",
    "encirclement_map",
    "reach_map",
    "study_frame",
    "study_map",
]
