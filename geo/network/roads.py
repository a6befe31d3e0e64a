"""The roads of an atlas, ready to be joined: network, crossings and places in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.network.road import road_crossing_block, road_layer
from geo.network.road_doors import RoadJoins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.atlas import Atlas
    from geo.network.blocks import ArcBlock, NodeBook

__all__ = ["roads_of"]


def roads_of(
    atlas: Atlas,
    book: NodeBook,
    *,
    zone_of: Mapping[str, str],
    regimes: Mapping[tuple[str, str], tuple[str, str]],
    first_shape: int,
) -> tuple[RoadJoins, list[ArcBlock]]:
    """Make the road network of an atlas.

    Parameters
    ----------
    atlas : Atlas
    book : NodeBook
        Where the nodes are entered.
    zone_of : mapping
        Tariff zone by iso3.
    regimes : mapping (iso3, iso3) -> (regime_id, item)
        Unions of states, inside which roads pass anywhere.
    first_shape : int
        Number of the first road's shape among those of the network.

    Returns
    -------
    RoadJoins
        To join places and terminals by.
    list of ArcBlock
        The roads, and the crossings.
    """
    edges, vertices, crossings = atlas.road_edges, atlas.road_nodes, atlas.road_crossings
    names = dict(zip(crossings["crossing_id"], crossings["name"], strict=True))
    road = road_layer(
        edges, vertices, zone_of=zone_of, names=names, book=book, first_shape=first_shape
    )
    joins = RoadJoins(
        road,
        edges,
        bound_km=atlas.parameter("access-bound"),
        circuity=atlas.parameter("road-circuity"),
        most_circuity=atlas.parameter("road-detour"),
    )
    passed = road_crossing_block(road, vertices, crossings=crossings, regimes=regimes)
    return joins, [road.block, passed]
