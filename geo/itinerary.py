"""From the arcs of a path to legs and the lines of a bill."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from shapely import LineString, MultiLineString, get_coordinates, get_parts

from geo.route import Leg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.costing import Prices
    from geo.network import Network

__all__ = ["bill_lines", "legs_of"]

STUB_KM = 8.0
"""Track of no line that is shorter than this between two lines belongs to the leg before it."""


def bill_lines(
    network: Network, path: NDArray[np.int64]
) -> tuple[tuple[str, str, int, float], ...]:
    """Return the charges of a path: (item, where, consignment, quantity).

    A new consignment begins where boxes are lifted at a yard on the way.
    """
    kinds = network.nodes["kind"].to_numpy()[network.graph.tail[path]]
    lifted = np.isin(kinds, ("door", "yard"))
    lifted[:1] = False
    consignment = 1 + np.cumsum(lifted)
    uses = network.quantities[path]
    of_arc = np.repeat(np.arange(len(path)), np.diff(uses.indptr))
    code, places = pd.factorize(network.column["where"][path])
    # One number for each item, place and consignment, so that equal charges are added up at once.
    key = (consignment[of_arc] * len(places) + code[of_arc]) * len(network.items) + uses.indices
    group, keys = pd.factorize(key)
    amounts = np.bincount(group, weights=uses.data, minlength=len(keys))
    rest, items = np.divmod(keys, len(network.items))
    numbers, wheres = np.divmod(rest, len(places))
    return tuple(
        (network.items[item], str(places[where]), int(number), float(amount))
        for item, where, number, amount in zip(items, wheres, numbers, amounts, strict=True)
    )


def _groups(network: Network, path: NDArray[np.int64]) -> list[list[int]]:
    """Group consecutive arcs of one mode, line, state, gauge and power."""
    column = network.column
    columns = [column[name][path] for name in ("mode", "line_id", "iso3", "gauge_mm", "power")]
    keys = list(zip(*columns, strict=True))
    km = column["length_km"][path]
    groups: list[list[int]] = []
    for key, members in groupby(range(len(path)), key=keys.__getitem__):
        group = list(members)
        if key[0] != "rail":
            groups += [[member] for member in group]
        elif groups and _continues([keys[at] for at in groups[-1]], key, float(km[group].sum())):
            groups[-1] += group
        else:
            groups.append(group)
    return groups


def _continues(leg: list[tuple[Any, ...]], key: tuple[Any, ...], km: float) -> bool:
    """Say whether track belongs to the leg before it: the same line, or a stub of no line.

    Where the power of a part is not known, it does not end the leg.
    """
    mode, line_id, iso3, gauge_mm, power = key
    first = leg[0]
    if (first[0], first[2], first[3]) != (mode, iso3, gauge_mm):
        return False
    if line_id == "":
        return km < STUB_KM
    known = {of_arc[4] for of_arc in leg} - {""}
    return first[1] == line_id and (power == "" or known <= {power})


def _geometry(network: Network, arcs: NDArray[np.int64]) -> BaseGeometry | None:
    """Join the shapes of some arcs in the order of travel."""
    shape = network.column["shape"][arcs]
    drawn = shape >= 0
    if not drawn.any():
        return _straight(network, arcs)
    parts, arc = get_parts(network.shapes[shape[drawn]], return_index=True)
    backwards = network.column["reverse"][arcs][drawn][arc]
    # Backwards: the parts of one shape in their reverse order, and the points of each of them.
    order = np.lexsort((np.where(backwards, -1, 1) * np.arange(len(arc)), arc))
    points, part = get_coordinates(parts[order], return_index=True)
    sign = np.where(backwards[order], -1, 1)[part]
    points = points[np.lexsort((sign * np.arange(len(points)), part))]
    starts = np.flatnonzero(np.diff(part)) + 1
    joined = (points[starts] == points[starts - 1]).all(axis=1)
    # A new line begins where a part does not start at the end of the part before.
    apart = np.zeros(len(points), dtype=np.int64)
    apart[starts[~joined]] = 1
    keep = np.ones(len(points), dtype=np.bool_)
    keep[starts[joined]] = False
    ends = np.flatnonzero(np.diff(np.cumsum(apart)[keep])) + 1
    lines = [LineString(line) for line in np.split(points[keep], ends)]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def _straight(network: Network, arcs: NDArray[np.int64]) -> LineString | None:
    """Draw the way by road as a straight line, and nothing for what happens on the spot."""
    if network.column["mode"][arcs[0]] != "access":
        return None
    ends = [network.graph.tail[arcs[0]], network.graph.head[arcs[-1]]]
    return LineString(network.nodes[["lon", "lat"]].to_numpy()[ends])


def legs_of(
    network: Network,
    path: NDArray[np.int64],
    prices: Prices,
    *,
    line_names: Mapping[str, str],
) -> tuple[Leg, ...]:
    """Return the legs of a path.

    Parameters
    ----------
    network : Network
    path : int64[arcs of the path]
        In the order of travel.
    prices : Prices
    line_names : mapping line_id -> name

    Returns
    -------
    tuple of Leg
    """
    groups = _groups(network, path)
    names = _end_names(network, path, groups)
    column = network.column
    legs: list[Leg] = []
    for group, (start, end) in zip(groups, names, strict=True):
        arcs = path[group]
        first = int(arcs[0])
        mode = str(column["mode"][first])
        line_id = next((name for name in column["line_id"][arcs] if name), "")
        line = line_names.get(line_id, line_id)
        legs.append(
            Leg(
                mode=mode,
                from_name=start,
                to_name=end,
                line=line or (str(column["where"][first]) if mode != "rail" else ""),
                country=str(column["iso3"][first]),
                gauge_mm=int(column["gauge_mm"][first]) or None,
                power=next((name for name in column["power"][arcs] if name), ""),
                km=float(column["length_km"][arcs].sum()),
                tariff_km=float(column["tariff_km"][arcs].sum()),
                hours=float(prices.hours[arcs].sum()),
                usd=float(prices.money[arcs].sum()),
                kg_co2=float(prices.co2[arcs].sum()),
                geometry=_geometry(network, arcs),
                schematic=mode == "access" or bool(column["schematic"][arcs].any()),
            )
        )
    return tuple(legs)


def _end_names(
    network: Network, path: NDArray[np.int64], groups: Sequence[Sequence[int]]
) -> list[tuple[str, str]]:
    """Name both ends of each leg; a junction without a name is named by the nearest station."""
    first = network.graph.tail[path[[group[0] for group in groups]]]
    last = network.graph.head[path[[group[-1] for group in groups]]]
    names = network.names_of(np.concatenate([first, last]))
    return list(zip(names[: len(groups)], names[len(groups) :], strict=True))
