"""The network: track, crossings, sea lanes and terminals as one graph of quantities.

It knows no money; the floors above price what its arcs use.
"""

from geo.network.network import Network, build_network
from geo.network.states import state_at

__all__ = ["Network", "build_network", "state_at"]
