"""From the arcs of a path to legs and the lines of a bill."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from shapely.geometry import LineString, MultiLineString

from geo.route import Leg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.network import Network

__all__ = ["ArcPrices", "bill_lines", "legs_of"]

STUB_KM = 8.0
"""Track of no line that is shorter than this between two lines belongs to the leg before it."""


@dataclass(frozen=True, eq=False)
class ArcPrices:
    """What every arc costs for one FEU: money (USD), hours, co2_kg; float64[arcs], NaN missing."""

    money: NDArray[np.float64]
    hours: NDArray[np.float64]
    co2_kg: NDArray[np.float64]


def bill_lines(
    network: Network, path: NDArray[np.int64]
) -> tuple[tuple[str, str, int, float], ...]:
    """Return the charges of a path: (item, where, consignment, quantity).

    A new consignment begins where boxes are lifted at a yard on the way.
    """
    kinds = network.nodes["kind"].to_numpy()
    where = network.arcs["where"].to_numpy()
    table = network.quantities
    lines: list[tuple[str, str, int, float]] = []
    consignment = 1
    for position, arc in enumerate(path):
        if position and kinds[network.graph.tail[arc]] in {"door", "yard"}:
            consignment += 1
        for at in range(table.indptr[arc], table.indptr[arc + 1]):
            item = network.items[table.indices[at]]
            lines.append((item, str(where[arc]), consignment, float(table.data[at])))
    return tuple(lines)


def _groups(network: Network, path: NDArray[np.int64]) -> list[list[int]]:
    """Group consecutive arcs of one mode, line, state and gauge."""
    arcs = network.arcs
    columns = [arcs[name].to_numpy()[path] for name in ("mode", "line_id", "iso3", "gauge_mm")]
    keys = list(zip(*columns, strict=True))
    km = arcs["length_km"].to_numpy()[path]
    mode_state_gauge = [(key[0], *key[2:]) for key in keys]
    groups: list[list[int]] = []
    for key, members in groupby(range(len(path)), key=keys.__getitem__):
        group = list(members)
        if (
            groups
            and key[0] == "rail"
            and mode_state_gauge[groups[-1][-1]] == mode_state_gauge[group[0]]
            and ((key[1] == "" and km[group].sum() < STUB_KM) or key[1] == keys[groups[-1][0]][1])
        ):
            groups[-1] += group
        elif key[0] in {"border", "transfer", "access", "sea"}:
            groups += [[member] for member in group]
        else:
            groups.append(group)
    return groups


def _geometry(network: Network, arcs: NDArray[np.int64]) -> BaseGeometry | None:
    """Join the shapes of some arcs in the order of travel."""
    columns = network.arcs
    shape = columns["shape"].to_numpy()[arcs]
    reverse = columns["reverse"].to_numpy()[arcs]
    if not (shape >= 0).any():
        return _straight(network, arcs)
    lines: list[list[tuple[float, float]]] = []
    for number, backwards in zip(shape, reverse, strict=True):
        if number < 0:
            continue
        drawn = network.shapes[number]
        parts = [list(part.coords) for part in getattr(drawn, "geoms", [drawn])]
        if backwards:
            parts = [part[::-1] for part in parts[::-1]]
        for part in parts:
            if lines and lines[-1][-1] == part[0]:
                lines[-1] += part[1:]
            else:
                lines.append(part)
    return LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines)


def _straight(network: Network, arcs: NDArray[np.int64]) -> LineString | None:
    """Draw the way by road as a straight line, and nothing for what happens on the spot."""
    if network.arcs["mode"].iat[int(arcs[0])] != "access":
        return None
    ends = [network.graph.tail[arcs[0]], network.graph.head[arcs[-1]]]
    return LineString(network.nodes[["lon", "lat"]].to_numpy()[ends])


def legs_of(
    network: Network,
    path: NDArray[np.int64],
    prices: ArcPrices,
    *,
    line_names: Mapping[str, str],
) -> tuple[Leg, ...]:
    """Return the legs of a path.

    Parameters
    ----------
    network : Network
    path : int64[arcs of the path]
        In the order of travel.
    prices : ArcPrices
    line_names : mapping line_id -> name

    Returns
    -------
    tuple of Leg
    """
    groups = _groups(network, path)
    names = _end_names(network, path, groups)
    legs: list[Leg] = []
    columns = network.arcs
    for group, (start, end) in zip(groups, names, strict=True):
        arcs = path[group]
        first = columns.iloc[int(arcs[0])]
        line_id = next((name for name in columns["line_id"].to_numpy()[arcs] if name), "")
        power = next((name for name in columns["power"].to_numpy()[arcs] if name), "")
        line = line_names.get(line_id, line_id)
        legs.append(
            Leg(
                mode=str(first["mode"]),
                from_name=start,
                to_name=end,
                line=line or (str(first["where"]) if first["mode"] != "rail" else ""),
                country=str(first["iso3"]),
                gauge_mm=int(first["gauge_mm"]) or None,
                power=power,
                km=float(columns["length_km"].to_numpy()[arcs].sum()),
                tariff_km=float(columns["tariff_km"].to_numpy()[arcs].sum()),
                hours=float(prices.hours[arcs].sum()),
                usd=float(prices.money[arcs].sum()),
                kg_co2=float(prices.co2_kg[arcs].sum()),
                geometry=_geometry(network, arcs),
                schematic=bool(columns["schematic"].to_numpy()[arcs].any()),
            )
        )
    return tuple(legs)


def _end_names(
    network: Network, path: NDArray[np.int64], groups: Sequence[Sequence[int]]
) -> list[tuple[str, str]]:
    """Name both ends of each leg; a junction without a name is named by where it is."""
    name = network.nodes["name"].to_numpy()
    position = network.nodes[["lon", "lat"]].to_numpy()

    def named(node: int) -> str:
        if name[node]:
            return str(name[node])
        lon, lat = position[node]
        return f"junction at {lat:.2f} N, {lon:.2f} E"

    return [
        (named(network.graph.tail[path[group[0]]]), named(network.graph.head[path[group[-1]]]))
        for group in groups
    ]
