"""Interactive maps, each one self-contained file; the only room that uses folium.

`study_map` draws the whole study; the other modules hold its parts.
"""

from geo.report.maps.labels import MapWords
from geo.report.maps.study_map import RouteGroup, study_map

__all__ = ["MapWords", "RouteGroup", "study_map"]
