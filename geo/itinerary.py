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

SHORT_KM = 15.0
"""Legs by rail shorter than this that follow one another beside a longer one are one leg: a town
where trains change from line to line."""

MOST_NAMES, NAME_SHARE = 3, 0.1
"""A leg on track of no known line has so many names at most, each of this share of its km."""


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
        if key[0] not in {"rail", "road"}:
            groups += [[member] for member in group]
        elif groups and _continues([keys[at] for at in groups[-1]], key, float(km[group].sum())):
            groups[-1] += group
        else:
            groups.append(group)
    return _through_towns(groups, keys, km)


def _through_towns(
    groups: list[list[int]], keys: list[tuple[Any, ...]], km: NDArray[np.float64]
) -> list[list[int]]:
    """Join short legs by rail on several lines, of one state and gauge, beside a long one."""
    lengths = [float(km[group].sum()) for group in groups]

    def kind(at: int) -> tuple[Any, ...]:
        mode, _, iso3, gauge_mm, _ = keys[groups[at][0]]
        return (iso3, gauge_mm) if mode == "rail" and lengths[at] < SHORT_KM else (at,)

    def is_long(at: int) -> bool:
        return (
            0 <= at < len(groups) and keys[groups[at][0]][0] == "rail" and lengths[at] >= SHORT_KM
        )

    joined: list[list[int]] = []
    for _, members in groupby(range(len(groups)), key=kind):
        run = list(members)
        if len(run) > 1 and (is_long(run[0] - 1) or is_long(run[-1] + 1)):
            joined.append([arc for at in run for arc in groups[at]])
        else:
            joined += [groups[at] for at in run]
    return joined


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
    """Draw the last stretch to a road as a straight line; nothing for what happens on the spot."""
    if network.column["mode"][arcs[0]] not in {"access", "road"}:
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
        lines = [name for name in dict.fromkeys(column["line_id"][arcs]) if name]
        line_id = lines[0] if lines else ""
        line = line_names.get(line_id, line_id)
        if len(lines) > 1:
            line = f"through {end.removeprefix('near ').partition(' (')[0]}"
        if not line and mode == "rail":
            line = _track_name(network, arcs)
        legs.append(
            Leg(
                mode=mode,
                from_name=start,
                to_name=end,
                line=line or (str(column["where"][first]) if mode not in {"rail", "road"} else ""),
                country=str(column["iso3"][first]),
                gauge_mm=int(column["gauge_mm"][first]) or None,
                power=_longest(column["power"][arcs], column["length_km"][arcs]),
                km=float(column["length_km"][arcs].sum()),
                tariff_km=float(column["tariff_km"][arcs].sum()),
                hours=float(prices.hours[arcs].sum()),
                usd=float(prices.money[arcs].sum()),
                kg_co2=float(prices.co2[arcs].sum()),
                geometry=_geometry(network, arcs),
                schematic=bool(column["schematic"][arcs].any()),
            )
        )
    return tuple(legs)


def _longest(names: NDArray[np.object_], km: NDArray[np.float64]) -> str:
    """Return the name of most of the km that have one; "" if none has."""
    lengths: dict[str, float] = {}
    for name, part in zip(names, km, strict=True):
        if name:
            lengths[str(name)] = lengths.get(str(name), 0.0) + float(part)
    return max(lengths, key=lengths.__getitem__, default="")


def _track_name(network: Network, arcs: NDArray[np.int64]) -> str:
    """Name track of no known line as it is tagged: its longest names, in the order of travel."""
    km = network.column["length_km"][arcs]
    lengths: dict[str, float] = {}
    for name, part in zip(network.column["track_name"][arcs], km, strict=True):
        if name:
            lengths[name] = lengths.get(name, 0.0) + float(part)
    longest = sorted(lengths, key=lengths.__getitem__, reverse=True)[:MOST_NAMES]
    least = NAME_SHARE * float(km.sum())
    return " · ".join(name for name in lengths if name in longest and lengths[name] >= least)


def _end_names(
    network: Network, path: NDArray[np.int64], groups: Sequence[Sequence[int]]
) -> list[tuple[str, str]]:
    """Name both ends of each leg; a junction without a name is named by the nearest station."""
    first = network.graph.tail[path[[group[0] for group in groups]]]
    last = network.graph.head[path[[group[-1] for group in groups]]]
    names = network.names_of(np.concatenate([first, last]))
    return list(zip(names[: len(groups)], names[len(groups) :], strict=True))
