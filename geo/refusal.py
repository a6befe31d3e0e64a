"""Refusals: why there is no route, in words that name what is closed or where track ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.earth import distance_km
from geo.earth.nearest import unit_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.choice import Found
    from geo.corridor import Waypoint
    from geo.network import Network
    from geo.scenario import World
    from geo.search import StagedSearch

__all__ = ["Asked", "led_away", "out_of_reach", "reason_of", "turns_back"]


@dataclass(frozen=True, eq=False)
class Asked:
    """A question without an answer, and what was tried.

    Attributes
    ----------
    network : Network
    world : World
    found : Found
        The search from the origin.
    origin, destination : Place
    waypoints : sequence of Waypoint
    """

    network: Network
    world: World
    found: Found
    origin: Place
    destination: Place
    waypoints: Sequence[Waypoint]

    @property
    def ends(self) -> tuple[int, int]:
        """Nodes of origin and destination."""
        doors = self.network.terminals.doors
        return doors[self.origin.place_id], doors[self.destination.place_id]


def out_of_reach(network: Network, place: Place, *, by_road: bool = False) -> str | None:
    """Say why a place has neither railway nor port, or nothing if it has one.

    Where lorries may go all the way (`by_road`), a road at the place is enough.
    """
    door = network.terminals.doors[place.place_id]
    leaving = network.graph.tail == door
    if leaving.any() and (by_road or (network.column["mode"][leaving] != "road").any()):
        return None
    km = float(network.terminals.access["access_km"].to_dict()[place.place_id])
    if np.isinf(km):
        return f"{place.name} is no port, and its state has no railway in the network"
    return (
        f"{place.name} is no port and lies {km:,.0f} km from the nearest railway of its state "
        f"(places are joined up to {network.terminals.road.bound_km:g} km)"
    )


def reason_of(asked: Asked) -> str:
    """Say why no open path leads from one place to another.

    Parameters
    ----------
    asked : Asked

    Returns
    -------
    str
        A place out of reach; or what is closed on the way that needs the fewest closed arcs; or
        where the network ends.
    """
    by_road = asked.found.allowed.by_road
    ends = (asked.origin, asked.destination)
    lost = [out_of_reach(asked.network, place, by_road=by_road) for place in ends]
    causes = [reason for reason in lost if reason] or _causes_of(asked)
    return "; ".join(causes)


def turns_back(network: Network, path: NDArray[np.int64]) -> list[str]:
    """Return the listed crossings that a path passes more than once."""
    over = path[network.column["mode"][path] == "border"]
    passed = [link for arc in over for link in network.links_at(arc[np.newaxis])]
    crossings = [link for link in passed if _is_crossing(link)]
    return [link for link in dict.fromkeys(crossings) if crossings.count(link) > 1]


def led_away(asked: Asked, path: NDArray[np.int64]) -> str:
    """Say why a corridor that passes a listed crossing there and back is no way to go.

    Parameters
    ----------
    asked : Asked
    path : int64[arcs of the path]

    Returns
    -------
    str
        What is closed on the way that would be the best if nothing were, and the crossing; "" if
        no listed crossing is passed twice.
    """
    over = path[asked.network.column["mode"][path] == "border"]
    twice = turns_back(asked.network, path)
    if not twice:
        return ""
    again = asked.network.arcs_of(twice[0])
    where = str(asked.network.column["where"][again[0]])
    service = _service_over(asked, over, again)
    away = f"the corridor does not lead there: it would pass {where} twice"
    if service:
        away = (
            f"{service} is one price through to {where}, beyond {asked.destination.name}, "
            "and cannot be left before"
        )
    return "; ".join((*_closed_on(asked, asked.found.opened), away))


def _service_over(asked: Asked, over: NDArray[np.int64], again: NDArray[np.int64]) -> str:
    """Name the through price of a waypoint that leads over a crossing; "" if there is none."""
    network = asked.network
    met = network.links_at(over[np.isin(over, again)])
    for waypoint in asked.waypoints:
        if waypoint.label.startswith("service:") and waypoint.label in met:
            arcs = waypoint.arcs
            (train, *_) = arcs[network.column["mode"][arcs] == "rail"]
            return str(network.column["where"][train])
    return ""


def _is_crossing(link: str) -> bool:
    return link.startswith(("crossing:", "road-crossing:"))


def _closed_on(asked: Asked, anyhow: StagedSearch) -> list[str]:
    """Name what is closed on the way that a search found."""
    if np.isinf(anyhow.cost(asked.ends[1])):
        return []
    path = anyhow.path(asked.ends[1])
    used = asked.network.links_at(path[asked.found.closed[path]])
    return [asked.world.closures[link] for link in used if link in asked.world.closures]


def _causes_of(asked: Asked) -> list[str]:
    """Name what stands in the way."""
    unclosed, anyhow = asked.found.unclosed, asked.found.forced
    if anyhow.blocked_at is not None:
        return [f"nothing leads to {anyhow.blocked_at.label} by the modes allowed"]
    if np.isinf(anyhow.cost(asked.ends[1])):
        return [_where_it_ends(asked, anyhow.trees[-1].cost)]
    path = anyhow.path(asked.ends[1])
    unpriced = path[np.isnan(unclosed[path])]
    return [*_closed_on(asked, anyhow), *_unpriced(asked.network, asked.world, unpriced)]


def _unpriced(network: Network, world: World, arcs: NDArray[np.int64]) -> list[str]:
    """Name the items without a rate that some arcs use."""
    used = {network.items[at] for at in network.quantities[arcs].indices}
    return [f"no {measure} rate for {item}" for item, measure in world.card.missing if item in used]


def _about_the_nearest(
    nodes: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    end: tuple[float, float],
) -> NDArray[np.int64]:
    """Return the nodes of which one is the nearest to an end, by the sphere; lon, lat in degrees.

    Distances on the sphere are within 0.6 % of those on the ellipsoid, which take far longer.
    """
    places = unit_vectors(lon[nodes], lat[nodes])
    away = np.linalg.norm(places - unit_vectors(*map(np.atleast_1d, end)), axis=1)
    # A chord grows no faster than the way under it, so that 2 % of it leave no nearest out.
    near: NDArray[np.int64] = nodes[away <= away.min() * 1.02 + 1e-6]
    return near


def _where_it_ends(asked: Asked, cost: NDArray[np.float64]) -> str:
    """Say how near to its destination the network comes, and what ends it."""
    network, target = asked.network, asked.ends[1]
    nodes = network.nodes
    reached = np.flatnonzero(np.isfinite(cost) & nodes["kind"].isin(("rail", "road")).to_numpy())
    if not len(reached):
        return "no railway or road leads out of the origin by the modes allowed"
    lon, lat = nodes["lon"].to_numpy(), nodes["lat"].to_numpy()
    end = float(lon[target]), float(lat[target])
    reached = _about_the_nearest(reached, lon, lat, end)
    km = distance_km(lon[reached], lat[reached], *end)
    nearest = int(reached[np.argmin(km)])
    (name,) = network.names_of(np.array([nearest]))
    gap = float(km.min())
    iso3 = nodes["iso3"].to_numpy(dtype=object)
    here = (lon == lon[nearest]) & (lat == lat[nearest])
    # A railway and a road may end at one spot: only what was followed there counts.
    is_road = (nodes["kind"] == "road").to_numpy()
    here &= is_road == is_road[nearest]
    beyond = set(iso3[here & np.isinf(cost)])
    if beyond & set(iso3[here & np.isfinite(cost)]):
        return f"the gauge ends at {name}: there is no change of gauge there"
    if beyond:
        return f"the way ends at {name}: no crossing into {min(beyond)} is listed there"
    short = f"{gap:,.0f} km short of {asked.destination.name}"
    where = name if name.startswith("near ") else f"at {name}"
    return f"the network ends {where} ({nodes['iso3'].iat[nearest]!s}), {short}"
