"""Assembly: rail, borders, roads, terminals, sea and through trains joined to one network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.atlas import ids_of, text_of
from geo.errors import DataError
from geo.network.blocks import ArcBlock, NodeBook
from geo.network.crossings import BorderBook, crossing_block
from geo.network.headways import sailing_waits, train_waits
from geo.network.lanes import lane_block
from geo.network.network import Network
from geo.network.rail import rail_layer
from geo.network.road_doors import door_block
from geo.network.roads import roads_of
from geo.network.services import service_block
from geo.network.terminals import RoadAccess, Terminals, terminal_layer
from geo.network.transfers import transfer_block
from geo.routing import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.atlas import Atlas, Place
    from geo.network.rail import RailLayer

__all__ = ["assemble"]

ITEMS = "data/items.csv"

LEAST_COMPONENT = 50
"""Track in a piece of fewer vertices than this leads nowhere, and no place is joined to it."""


def assemble(atlas: Atlas, *, points: Sequence[Place] = ()) -> Network:
    """Build the network of an atlas from its tables and layers.

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
    places = _with_points(atlas.places, points)
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
    shapes = list(_shapes_of(atlas.rail_edges))
    joins, road_blocks = roads_of(
        atlas, book, zone_of=zone_of, regimes=borders.regimes, first_shape=len(shapes)
    )
    shapes += list(_shapes_of(joins.edges))
    terminals = terminal_layer(
        places,
        atlas.ports,
        vertices,
        rail=rail,
        usable=_usable(atlas.rail_edges, vertices),
        zone_of=zone_of,
        road=RoadAccess(
            atlas.parameter("access-bound"),
            atlas.parameter("road-circuity"),
            joins,
            first_shape=len(shapes),
        ),
        waits=train_waits(atlas.headways),
        book=book,
    )
    blocks.append(terminals.block)
    shapes += terminals.shapes
    blocks.append(transfer_block(atlas.transfers, atlas.places, rail=rail, terminals=terminals))
    seas = lane_block(
        atlas.sea_lanes,
        atlas.lanes,
        terminals=terminals,
        first_shape=len(shapes),
        short_sea_km=atlas.parameter("short-sea-length"),
        waits=sailing_waits(atlas.headways),
    )
    blocks.append(seas)
    shapes += list(_shapes_of(atlas.sea_lanes))
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
    # Roads come last: through prices look for track among what was made before.
    blocks += [*road_blocks, door_block(joins, places, terminals.doors, zone_of)]
    return _join(blocks, book, atlas, _objects(shapes + geometries), terminals, rail)


def _records(frame: pd.DataFrame, key: str) -> dict[Any, dict[Any, Any]]:
    """Return the rows of a table by a key."""
    return {row[key]: row for row in frame.to_dict("records")}


def _shapes_of(layer: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the geometries of a layer as they are stored: to iterate over them is slow."""
    return np.asarray(layer.geometry.to_numpy(), dtype=np.object_)


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
    # A station on track for passengers alone is no terminal: goods go to the track nearest to it.
    edges = atlas.rail_edges
    for_freight = _for_freight(edges).to_numpy(dtype=np.bool_)
    ends = (edges[end].to_numpy()[for_freight] for end in ("from_node", "to_node"))
    served = vertices["node_id"].isin(np.concatenate(list(ends)))
    return vertices.assign(
        name=name, crossing_id=crossing, place_ids=np.where(served, placed, "").astype(object)
    )


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


def _for_freight(edges: pd.DataFrame) -> pd.Series[bool]:
    """Say of each edge whether it is more than track for passengers alone, and not shut by tags."""
    fit = pd.Series(data=True, index=edges.index)
    if "use" in edges:
        fit &= ~edges["use"].fillna("").str.contains("passenger")
    if "status" in edges:
        fit &= edges["status"].eq("open") | edges["line_id"].fillna("").ne("")
    return fit


def _usable(edges: pd.DataFrame, vertices: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which vertices are on a piece of railway large enough to lead freight somewhere."""
    edges = edges[_for_freight(edges)]
    position = pd.Series(np.arange(len(vertices)), index=vertices["node_id"])
    tail = position.loc[edges["from_node"]].to_numpy()
    head = position.loc[edges["to_node"]].to_numpy()
    size = len(vertices)
    _, label = connected_components(
        csr_array((np.ones(len(tail)), (tail, head)), shape=(size, size)), directed=False
    )
    sizes = np.bincount(label)
    # A network that is smaller as a whole, such as one imported for a town, leads where it can.
    return np.asarray(sizes[label] >= min(LEAST_COMPONENT, int(sizes.max())))


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
        terminals=terminals.nodes,
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
