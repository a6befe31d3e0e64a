"""Every engine by name, and which of them can be imported here."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from peers.crescent import Crescent
from peers.dijkstras import IGraph, NetworKit, NetworkX, RustworkX, ScGraph, SciPy
from peers.hierarchies import ChRouter, Pandana, PyRoutingKit

if TYPE_CHECKING:
    from peers.engine import Engine

__all__ = ["ENGINES", "installed"]

ENGINES: dict[str, type[Engine]] = {
    "crescent": Crescent,
    "pyroutingkit": PyRoutingKit,
    "ch-router": ChRouter,
    "pandana": Pandana,
    "scipy": SciPy,
    "networkit": NetworKit,
    "igraph": IGraph,
    "rustworkx": RustworkX,
    "scgraph": ScGraph,
    "networkx": NetworkX,
}


def installed(name: str) -> bool:
    """Whether the package of an engine is there."""
    return importlib.util.find_spec(ENGINES[name].package) is not None
