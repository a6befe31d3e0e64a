"""The network: every arc of rail, road, sea and terminals, with the quantities that it uses.

It holds what a route uses, never what that costs; money, hours and CO2 come from a rate card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.earth import NearestPoints
from geo.routing import Graph, Hierarchy

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.network.shapes import StoredShapes
    from geo.network.terminals import TerminalNodes

__all__ = ["Network"]


@dataclass(frozen=True, eq=False)
class Network:
    """Rail, road, sea and terminals in one directed multigraph.

    Attributes
    ----------
    graph : Graph
    nodes : DataFrame, one row a node
        lon, lat (degrees, EPSG:4326), name, iso3, kind.
    arcs : DataFrame, one row an arc
        mode, line_id, iso3, gauge_mm, length_km (geometric), tariff_km, where, power, shape,
        reverse, schematic, unlisted (track of no known freight line), track_name (as tagged).
    quantities : csr_array, arcs x items
        How many units of each item of `items` an arc uses.
    items : tuple of str
        Item ids, in the order of the columns of `quantities`.
    links : tuple of str
        Names of what can be closed: `crossing:x`, `part:line/3`, `line:x`, `passage:x`, `state:X`,
        `port:x`, `road-crossing:x`, `sea:A-B`, `service:x`, `lane:x`, `dated:x:a-b`,
        `transfer:x`, `transit:X`, `regime:x`, `arrive:x`.
    links_of_arcs : csr_array, arcs x links
        One where a link carries an arc.
    shapes : object[shapes] or StoredShapes
        LineString or MultiLineString, lon and lat in degrees; to be indexed.
    terminals : TerminalNodes
    station_nodes : mapping, place_id -> int64[]
        Rail nodes at the place, on every gauge.
    """

    graph: Graph
    nodes: pd.DataFrame
    arcs: pd.DataFrame
    quantities: csr_array
    items: tuple[str, ...]
    links: tuple[str, ...]
    links_of_arcs: csr_array
    shapes: NDArray[np.object_] | StoredShapes
    terminals: TerminalNodes
    station_nodes: dict[str, NDArray[np.int64]]

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The graph, contracted: every state of the world weighs the same one."""
        return Hierarchy.of(self.graph)

    @cached_property
    def column(self) -> dict[str, NDArray[Any]]:
        """The columns of `arcs` as plain arrays, text as objects: quick to index one by one."""
        return {
            str(name): values.to_numpy(dtype=object if values.dtype.kind not in "ifb" else None)
            for name, values in self.arcs.items()
        }

    @cached_property
    def link_number(self) -> dict[str, int]:
        """Position of each link in `links`."""
        return {link: number for number, link in enumerate(self.links)}

    @cached_property
    def arcs_by_link(self) -> csr_array:
        """The transpose of `links_of_arcs`, by rows."""
        return self.links_of_arcs.T.tocsr()

    @cached_property
    def _stations(self) -> dict[str, tuple[NearestPoints, NDArray[Any]]]:
        """Rail nodes of each state that have a name, to find the nearest, and their names."""
        named = self.nodes[(self.nodes["kind"] == "rail") & (self.nodes["name"] != "")]
        return {
            str(iso3): (
                NearestPoints(rows["lon"], rows["lat"]),
                rows["name"].to_numpy(dtype=object),
            )
            for iso3, rows in named.groupby("iso3")
        }

    def names_of(self, nodes: NDArray[np.int64]) -> list[str]:
        """Return the names of nodes; a junction without one is near its state's nearest station."""
        for node in nodes.tolist():
            if node not in self._known_names:
                self._known_names[node] = self._name_of(node)
        return [self._known_names[node] for node in nodes.tolist()]

    @cached_property
    def _known_names(self) -> dict[int, str]:
        """Names of the nodes that were asked for: the nearest station takes a while to find."""
        return {}

    def _name_of(self, node: int) -> str:
        """Return the name of a node, or of the station nearest to it."""
        nodes: Any = self.nodes
        name, iso3, lon, lat = (nodes[of].iat[node] for of in ("name", "iso3", "lon", "lat"))
        if not name and iso3 in self._stations:
            stations, known = self._stations[iso3]
            return f"near {known[stations.query([lon], [lat])[0][0]]}"
        return str(name) or f"{lat:.2f} N, {lon:.2f} E"

    def arcs_of(self, link: str) -> NDArray[np.int64]:
        """Return the arcs that a link carries (none if there is no such link)."""
        number = self.link_number.get(link)
        if number is None:
            return np.empty(0, dtype=np.int64)
        row = self.arcs_by_link
        return row.indices[row.indptr[number] : row.indptr[number + 1]].astype(np.int64)

    def links_at(self, arcs: NDArray[np.int64]) -> tuple[str, ...]:
        """Return the links of some arcs, in the order in which they are met."""
        table = self.links_of_arcs
        begin = table.indptr[arcs].astype(np.int64)
        size = table.indptr[arcs + 1] - begin
        # Position of each link among those of its arc, counted from where the arc begins.
        at = np.arange(size.sum()) + np.repeat(begin - np.cumsum(size) + size, size)
        numbers = table.indices[at]
        return tuple(self.links[number] for number in dict.fromkeys(numbers.tolist()))

    def closed_arcs(self, closed_links: frozenset[str]) -> NDArray[np.bool_]:
        """Return which arcs have at least one closed link (bool[arcs])."""
        shut = np.zeros(len(self.links))
        for link in closed_links:
            if link in self.link_number:
                shut[self.link_number[link]] = 1.0
        return np.asarray(self.links_of_arcs @ shut > 0)
