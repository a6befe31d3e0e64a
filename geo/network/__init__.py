"""The network: track, crossings, sea lanes and terminals as one graph of quantities.

It knows no money; the floors above price what its arcs use.
"""

from geo.network.network import Network, build_network
from geo.network.states import state_at
from geo.network.terminals import ACCESS_BOUND_KM

__all__ = ["ACCESS_BOUND_KM", "Network", "build_network", "state_at"]
