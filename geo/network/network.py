"""The network: every arc of rail, sea and terminals, with the quantities that it uses.

It holds what a route uses, never what that costs; money, hours and CO2 come from a rate card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.atlas import ids_of, text_of
from geo.earth import NearestPoints
from geo.errors import DataError
from geo.network.blocks import ArcBlock, NodeBook
from geo.network.crossings import BorderBook, crossing_block
from geo.network.lanes import lane_block
from geo.network.rail import rail_layer
from geo.network.services import service_block
from geo.network.terminals import RoadAccess, Terminals, terminal_layer
from geo.routing import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Atlas, Place
    from geo.network.rail import RailLayer

__all__ = ["Network", "build_network"]

ITEMS = "data/items.csv"

LEAST_COMPONENT = 50
"""Track in a piece of fewer vertices than this leads nowhere, and no place is joined to it."""


@dataclass(frozen=True, eq=False)
class Network:
    """Rail, sea and terminals in one directed multigraph.

    Attributes
    ----------
    graph : Graph
    nodes : DataFrame, one row a node
        lon, lat (degrees, EPSG:4326), name, iso3, kind.
    arcs : DataFrame, one row an arc
        mode, line_id, iso3, gauge_mm, length_km (geometric), tariff_km, where, power, shape,
        reverse, schematic, unlisted (track of no known freight line).
    quantities : csr_array, arcs x items
        How many units of each item of `items` an arc uses.
    items : tuple of str
        Item ids, in the order of the columns of `quantities`.
    links : tuple of str
        Names of what can be closed: `crossing:x`, `part:line/3`, `line:x`, `passage:x`, `state:X`,
        `port:x`, `sea:A-B`, `service:x`, `lane:x`, `transit:X`, `regime:x`, `arrive:x`.
    links_of_arcs : csr_array, arcs x links
        One where a link carries an arc.
    shapes : object[shapes]
        LineString or MultiLineString, lon and lat in degrees.
    terminals : Terminals
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
    shapes: NDArray[np.object_]
    terminals: Terminals
    station_nodes: dict[str, NDArray[np.int64]]

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
        rows = self.nodes.iloc[nodes]
        names = [str(name) for name in rows["name"]]
        for at, (lon, lat, iso3) in enumerate(
            zip(rows["lon"], rows["lat"], rows["iso3"], strict=True)
        ):
            if not names[at] and iso3 in self._stations:
                stations, known = self._stations[iso3]
                names[at] = f"near {known[stations.query([lon], [lat])[0][0]]}"
            names[at] = names[at] or f"{lat:.2f} N, {lon:.2f} E"
        return names

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
        numbers = np.concatenate(
            [table.indices[table.indptr[arc] : table.indptr[arc + 1]] for arc in arcs]
            or [np.empty(0, dtype=np.int64)]
        )
        return tuple(self.links[number] for number in dict.fromkeys(numbers.tolist()))

    def closed_arcs(self, closed_links: frozenset[str]) -> NDArray[np.bool_]:
        """Return which arcs have at least one closed link (bool[arcs])."""
        shut = np.zeros(len(self.links))
        for link in closed_links:
            if link in self.link_number:
                shut[self.link_number[link]] = 1.0
        return np.asarray(self.links_of_arcs @ shut > 0)


def build_network(atlas: Atlas, *, points: Sequence[Place] = ()) -> Network:
    """Build the network of an atlas.

    Parameters
    ----------
    atlas : Atlas
    points : sequence of Place
        Further places, by coordinates, to be joined to it.

    Returns
    -------
    Network

    Raises
    ------
    DataError
        If a table names an item that `items.csv` does not have.
    """
    book = NodeBook()
    zone_of = dict(zip(atlas.states["iso3"], atlas.states["tariff_zone"], strict=True))
    vertices = _named_vertices(atlas)
    rail = rail_layer(
        atlas.rail_edges,
        vertices,
        zone_of=zone_of,
        lines=atlas.lines,
        parts=atlas.line_stations,
        book=book,
    )
    borders = BorderBook(
        rail=rail,
        vertices=_records(vertices.loc[vertices["kind"] == "border"], "node_id"),
        crossings=_records(atlas.crossings, "crossing_id"),
        regimes=_regimes(atlas.border_regimes),
        zone_of=zone_of,
        book=book,
    )
    blocks = [rail.block, crossing_block(borders)]
    shapes = list(atlas.rail_edges.geometry)
    terminals = terminal_layer(
        _with_points(atlas.places, points),
        atlas.ports,
        vertices,
        rail=rail,
        usable=_usable(atlas.rail_edges, vertices),
        zone_of=zone_of,
        road=RoadAccess(atlas.parameter("access-bound"), atlas.parameter("road-circuity")),
        book=book,
    )
    blocks.append(terminals.block)
    seas = lane_block(
        atlas.sea_lanes,
        atlas.lanes,
        terminals=terminals,
        first_shape=len(shapes),
        short_sea_km=atlas.parameter("short-sea-length"),
    )
    blocks.append(seas)
    shapes += list(atlas.sea_lanes.geometry)
    so_far = _graph(blocks, book)
    services, geometries = service_block(
        atlas.services,
        borders,
        graph=so_far,
        columns=pd.concat([block.columns for block in blocks], ignore_index=True),
        shapes=_objects(shapes),
        links=rail.block.links,
    )
    blocks.append(services)
    return _join(blocks, book, atlas, _objects(shapes + geometries), terminals, rail)


def _records(frame: pd.DataFrame, key: str) -> dict[Any, dict[Any, Any]]:
    """Return the rows of a table by a key."""
    return {row[key]: row for row in frame.to_dict("records")}


def _objects(values: Sequence[object]) -> NDArray[np.object_]:
    """Return objects as an array of objects, whatever they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _with_points(places: pd.DataFrame, points: Sequence[Place]) -> pd.DataFrame:
    """Add places by coordinates to the table of places."""
    columns = ["place_id", "name", "iso3", "lon", "lat"]
    rows = [[getattr(point, name) for name in columns] for point in points]
    return pd.concat([places[columns], pd.DataFrame(rows, columns=columns)] if rows else [places])


def _named_vertices(atlas: Atlas) -> pd.DataFrame:
    """Give each vertex of track a name: its place, its crossing, or nothing."""
    vertices = pd.DataFrame(atlas.rail_nodes.drop(columns=["geometry"], errors="ignore"))
    places = atlas.places.set_index("place_id")["name"]
    crossings = atlas.crossings.set_index("crossing_id")["name"]
    crossing = vertices["crossing_id"].fillna("").to_numpy(dtype=object)
    name = np.full(len(vertices), "", dtype=object)
    border = np.flatnonzero((vertices["kind"] == "border").to_numpy())
    sides = vertices[["iso3_a", "iso3_b"]].iloc[border]
    name[border] = [f"{a}-{b} border" for a, b in sides.itertuples(index=False)]
    listed = border[crossing[border] != ""]
    name[listed] = crossings.loc[crossing[listed]].to_numpy(dtype=object)
    placed = vertices["place_ids"].fillna("").to_numpy(dtype=object)
    station = np.flatnonzero(placed != "")
    name[station] = places.loc[[ids.split(";")[0] for ids in placed[station]]].to_numpy(object)
    return vertices.assign(name=name, crossing_id=crossing)


def _regimes(table: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the union and the border item of each pair of its members."""
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for regime in table.to_dict("records"):
        members = ids_of(regime["members"])
        item = text_of(regime["border_item"])
        for here in members:
            for there in members:
                if here != there:
                    pairs.setdefault((here, there), (str(regime["regime_id"]), item))
    return pairs


def _usable(edges: pd.DataFrame, vertices: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which vertices are on a piece of railway large enough to lead somewhere."""
    position = pd.Series(np.arange(len(vertices)), index=vertices["node_id"])
    tail = position.loc[edges["from_node"]].to_numpy()
    head = position.loc[edges["to_node"]].to_numpy()
    size = len(vertices)
    _, label = connected_components(
        csr_array((np.ones(len(tail)), (tail, head)), shape=(size, size)), directed=False
    )
    return np.bincount(label)[label] >= LEAST_COMPONENT


def _graph(blocks: Sequence[ArcBlock], book: NodeBook) -> Graph:
    """Join the arcs of blocks to a graph."""
    return Graph(
        book.size,
        np.concatenate([block.tail for block in blocks]),
        np.concatenate([block.head for block in blocks]),
    )


def _join(
    blocks: Sequence[ArcBlock],
    book: NodeBook,
    atlas: Atlas,
    shapes: NDArray[np.object_],
    terminals: Terminals,
    rail: RailLayer,
) -> Network:
    """Join blocks to the network."""
    items = tuple(atlas.items["item_id"])
    starts = np.cumsum([0, *(len(block.tail) for block in blocks)])
    n_arcs = int(starts[-1])
    uses = [
        (arcs + start, names, amounts)
        for block, start in zip(blocks, starts, strict=False)
        for arcs, names, amounts in block.quantities
    ]
    ties = [
        (arcs + start, names)
        for block, start in zip(blocks, starts, strict=False)
        for arcs, names in block.links
    ]
    link_code, links = pd.factorize(np.concatenate([names for _, names in ties]), sort=True)
    tied = np.concatenate([arcs for arcs, _ in ties])
    return Network(
        graph=_graph(blocks, book),
        nodes=book.frame(),
        arcs=pd.concat([block.columns for block in blocks], ignore_index=True),
        quantities=_quantities(uses, items, n_arcs),
        items=items,
        links=tuple(links),
        links_of_arcs=csr_array(
            (np.ones(len(tied)), (tied, link_code)), shape=(n_arcs, len(links))
        ),
        shapes=shapes,
        terminals=terminals,
        station_nodes=_station_nodes(terminals.access, rail),
    )


def _quantities(
    uses: Sequence[tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.float64]]],
    items: tuple[str, ...],
    n_arcs: int,
) -> csr_array:
    """Make the matrix arcs x items, and refuse an item that the vocabulary does not have."""
    names = np.concatenate([name for _, name, _ in uses])
    column = pd.Index(items).get_indexer(pd.Index(names))
    if (column < 0).any():
        unknown = sorted(set(names[column < 0]))
        problem = f"no row for the item {unknown[0]!r}"
        raise DataError(ITEMS, column="item_id", problem=problem)
    return csr_array(
        (
            np.concatenate([amount for *_, amount in uses]),
            (np.concatenate([arcs for arcs, *_ in uses]), column),
        ),
        shape=(n_arcs, len(items)),
    )


def _station_nodes(access: pd.DataFrame, rail: RailLayer) -> dict[str, NDArray[np.int64]]:
    """Return the rail nodes at each place that has a railway."""
    return {
        str(place): np.array(list(rail.nodes_at(int(vertex)).values()), dtype=np.int64)
        for place, vertex in access["vertex"].items()
        if vertex >= 0
    }
