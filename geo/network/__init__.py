"""The network: track, crossings, sea lanes and terminals as one graph of quantities.

It knows no money; the floors above price what its arcs use.
"""

from geo.network.imported import is_imported, network_overlay
from geo.network.kept import build_network
from geo.network.network import Network
from geo.network.rail import TRACK_LINKS
from geo.network.states import States, state_at

__all__ = [
    "TRACK_LINKS",
    "Network",
    "States",
    "build_network",
    "is_imported",
    "network_overlay",
    "state_at",
]
