"""Refusals: why there is no route, in words that name what is closed or where track ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.earth import distance_km
from geo.routing import WeightedGraph
from geo.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.choice import Found
    from geo.corridor import Waypoint
    from geo.network import Network
    from geo.scenario import World

__all__ = ["causes_of", "closures_beside", "out_of_reach"]

CLOSED_PENALTY = 1e6
"""Added to a closed arc, so that the explanation uses as few of them as it can."""


def out_of_reach(network: Network, place: Place) -> str | None:
    """Say why a place has neither railway nor port, or nothing if it has one."""
    door = network.terminals.doors[place.place_id]
    if (network.graph.tail == door).any():
        return None
    km = float(network.terminals.access["access_km"].to_dict()[place.place_id])
    if np.isinf(km):
        return f"{place.name} is no port, and its state has no railway in the network"
    return (
        f"{place.name} is no port and lies {km:,.0f} km from the nearest railway of its state "
        f"(places are joined up to {network.terminals.road.bound_km:g} km)"
    )


def causes_of(
    network: Network,
    world: World,
    *,
    found: Found,
    ends: tuple[int, int],
    waypoints: Sequence[Waypoint],
) -> tuple[str, ...]:
    """Return the reasons why no open path leads from one node to another.

    Parameters
    ----------
    network : Network
    world : World
    found : Found
        The search that found nothing.
    ends : (int, int)
        Nodes of origin and destination.
    waypoints : sequence of Waypoint

    Returns
    -------
    tuple of str
        What is closed on the way that needs the fewest closed arcs; or else where the network ends.
    """
    shut = found.closed | np.isnan(found.unclosed)
    weights = np.nan_to_num(found.unclosed, nan=0.0, posinf=np.inf) + shut * CLOSED_PENALTY
    weighted = WeightedGraph.of(network.graph, weights)
    anyhow = search(weighted, source=ends[0], waypoints=waypoints)
    if anyhow.blocked_at is not None:
        return (f"nothing leads to {anyhow.blocked_at.label} by the modes allowed",)
    if np.isfinite(anyhow.cost(ends[1])):
        path = anyhow.path(ends[1])
        used = network.links_at(path[found.closed[path]])
        closed = [world.closures[link] for link in used if link in world.closures]
        return (*closed, *_unpriced(network, world, path[np.isnan(found.unclosed[path])]))
    return (_where_it_ends(network, anyhow.trees[-1].cost, ends[1]),)


def closures_beside(
    network: Network,
    world: World,
    *,
    found: Found,
    ends: tuple[int, int],
    waypoints: Sequence[Waypoint],
) -> tuple[str, ...]:
    """Return what is closed on the way that would be the best if nothing were; see `causes_of`."""
    weights = np.nan_to_num(found.unclosed, nan=np.inf, posinf=np.inf)
    weighted = WeightedGraph.of(network.graph, weights)
    anyhow = search(weighted, source=ends[0], waypoints=waypoints)
    if np.isinf(anyhow.cost(ends[1])):
        return ()
    path = anyhow.path(ends[1])
    used = network.links_at(path[found.closed[path]])
    return tuple(world.closures[link] for link in used if link in world.closures)


def _unpriced(network: Network, world: World, arcs: NDArray[np.int64]) -> list[str]:
    """Name the items without a rate that some arcs use."""
    used = {network.items[at] for at in network.quantities[arcs].indices}
    return [f"no {measure} rate for {item}" for item, measure in world.card.missing if item in used]


def _where_it_ends(network: Network, cost: NDArray[np.float64], target: int) -> str:
    """Say how near to its destination the network comes, and what ends it."""
    nodes = network.nodes
    reached = np.flatnonzero(np.isfinite(cost) & (nodes["kind"] == "rail").to_numpy())
    if not len(reached):
        return "no railway leads out of the origin by the modes allowed"
    lon, lat = nodes["lon"].to_numpy(), nodes["lat"].to_numpy()
    km = distance_km(lon[reached], lat[reached], lon[target], lat[target])
    nearest = int(reached[np.argmin(km)])
    name = str(nodes["name"].iat[nearest]) or f"{lat[nearest]:.2f} N, {lon[nearest]:.2f} E"
    gap = float(km.min())
    iso3 = nodes["iso3"].to_numpy(dtype=object)
    here = (lon == lon[nearest]) & (lat == lat[nearest])
    beyond = set(iso3[here & np.isinf(cost)])
    if beyond & set(iso3[here & np.isfinite(cost)]):
        return f"the gauge ends at {name}: there is no change of gauge there"
    if beyond:
        return f"the way ends at {name}: no crossing into {min(beyond)} is listed there"
    return f"the network ends at {name} ({nodes['iso3'].iat[nearest]!s}), {gap:,.0f} km short of it"
