"""OpenStreetMap in: railways from a file or from the live services, as a network of their own."""

from geo.network.osm.build import OsmNetwork, OsmReport, build_osm_network
from geo.network.osm.file import read_osm_file
from geo.network.osm.live import LiveSettings, read_osm_live
from geo.network.osm.package import write_network
from geo.network.osm.track import mended

__all__ = [
    "LiveSettings",
    "OsmNetwork",
    "OsmReport",
    "build_osm_network",
    "mended",
    "read_osm_file",
    "read_osm_live",
    "write_network",
]
