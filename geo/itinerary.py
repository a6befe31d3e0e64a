"""From the arcs of a path to legs and the lines of a bill."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from shapely import LineString, MultiLineString, get_coordinates, get_parts, linestrings

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

_LEG_KEY = ("mode", "line_id", "iso3", "gauge_mm", "power")
_COLUMNS = (
    *_LEG_KEY,
    *("length_km", "tariff_km", "where", "shape", "reverse", "schematic", "track_name"),
)

Stretch = tuple[int, int]


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


@dataclass(frozen=True, eq=False)
class _Way:
    """The columns of the arcs of one path, in the order of travel, and its stretches.

    A stretch is the positions of its first arc and of the one after its last.
    """

    network: Network
    path: NDArray[np.int64]
    column: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, network: Network, path: NDArray[np.int64]) -> _Way:
        return cls(network, path, {name: network.column[name][path] for name in _COLUMNS})

    def km(self, stretch: Stretch) -> float:
        return float(self.column["length_km"][slice(*stretch)].sum())

    def key(self, at: int) -> tuple[Any, ...]:
        """Mode, line, state, gauge and power of one arc."""
        return tuple(self.column[name][at] for name in _LEG_KEY)

    def runs(self) -> list[Stretch]:
        """Cut the path wherever mode, line, state, gauge or power changes."""
        changes = np.zeros(max(len(self.path) - 1, 0), dtype=np.bool_)
        for name in _LEG_KEY:
            values = self.column[name]
            changes |= values[1:] != values[:-1]
        cuts = [0, *(np.flatnonzero(changes) + 1).tolist(), len(self.path)]
        return list(pairwise(cuts))


def _stretches(way: _Way) -> list[Stretch]:
    """Group consecutive arcs of one mode, line, state, gauge and power."""
    groups: list[Stretch] = []
    keys: list[list[tuple[Any, ...]]] = []
    for start, end in way.runs() if len(way.path) else ():
        key = way.key(start)
        if key[0] not in {"rail", "road"}:
            groups += [(at, at + 1) for at in range(start, end)]
            keys += [[key]] * (end - start)
        elif groups and _continues(keys[-1], key, way.km((start, end))):
            groups[-1] = (groups[-1][0], end)
            keys[-1].append(key)
        else:
            groups.append((start, end))
            keys.append([key])
    return _through_towns(way, groups)


def _through_towns(way: _Way, groups: list[Stretch]) -> list[Stretch]:
    """Join short legs by rail on several lines, of one state and gauge, beside a long one."""
    keys = [way.key(start) for start, _ in groups]
    lengths = [way.km(group) for group in groups]

    def kind(at: int) -> tuple[Any, ...]:
        mode, _, iso3, gauge_mm, _ = keys[at]
        return (iso3, gauge_mm) if mode == "rail" and lengths[at] < SHORT_KM else (at,)

    def is_long(at: int) -> bool:
        return 0 <= at < len(groups) and keys[at][0] == "rail" and lengths[at] >= SHORT_KM

    joined: list[Stretch] = []
    for _, members in groupby(range(len(groups)), key=kind):
        run = list(members)
        if len(run) > 1 and (is_long(run[0] - 1) or is_long(run[-1] + 1)):
            joined.append((groups[run[0]][0], groups[run[-1]][1]))
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
    known = {of_run[4] for of_run in leg} - {""}
    return first[1] == line_id and (power == "" or known <= {power})


def _geometries(way: _Way, groups: Sequence[Stretch]) -> list[BaseGeometry | None]:
    """Join the shapes of the arcs of each leg in the order of travel."""
    shape = way.column["shape"]
    drawn = np.flatnonzero(shape >= 0)
    if not len(drawn):
        return [_straight(way, group) for group in groups]
    parts, arc = get_parts(way.network.shapes[shape[drawn]], return_index=True)
    backwards = way.column["reverse"][drawn][arc]
    # Backwards: the parts of one shape in their reverse order, and the points of each of them.
    order = np.lexsort((np.where(backwards, -1, 1) * np.arange(len(arc)), arc))
    ends = np.array([end for _, end in groups])
    leg = np.searchsorted(ends, drawn[arc[order]], side="right")
    points, part = get_coordinates(parts[order], return_index=True)
    points = points[_turned(part, backwards[order])]
    starts = np.flatnonzero(np.diff(part)) + 1
    joined = (points[starts] == points[starts - 1]).all(axis=1)
    joined &= leg[part[starts]] == leg[part[starts - 1]]
    # A new line begins where a part does not start at the end of the part before.
    line = np.zeros(len(points), dtype=np.int64)
    line[starts[~joined]] = 1
    line = np.cumsum(line)
    keep = np.ones(len(points), dtype=np.bool_)
    keep[starts[joined]] = False
    lines = np.asarray(linestrings(points[keep], indices=line[keep]), dtype=np.object_)
    first = np.flatnonzero(np.diff(line, prepend=-1))
    by_leg = np.searchsorted(leg[part[first]], np.arange(len(groups) + 1))
    return [
        _joined(lines[begin:end]) if begin < end else _straight(way, group)
        for group, (begin, end) in zip(groups, pairwise(by_leg), strict=True)
    ]


def _turned(part: NDArray[np.int64], backwards: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the order of points in which those of some parts are turned round.

    `part` numbers the part of each point, ascending.
    """
    size = np.bincount(part, minlength=len(backwards))
    first = np.repeat(np.cumsum(size) - size, size)
    last = first + np.repeat(size, size) - 1
    at = np.arange(len(part))
    return np.where(np.repeat(backwards, size), first + last - at, at)


def _joined(lines: NDArray[np.object_]) -> BaseGeometry:
    """Return the line, or several as one geometry."""
    only: BaseGeometry = lines[0]
    return only if len(lines) == 1 else MultiLineString(list(lines))


def _straight(way: _Way, group: Stretch) -> LineString | None:
    """Draw the last stretch to a road as a straight line; nothing for what happens on the spot."""
    if way.column["mode"][group[0]] not in {"access", "road"}:
        return None
    graph, arcs = way.network.graph, way.path[slice(*group)]
    ends = [graph.tail[arcs[0]], graph.head[arcs[-1]]]
    return LineString(way.network.nodes[["lon", "lat"]].to_numpy()[ends])


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
    way = _Way.of(network, path)
    groups = _stretches(way)
    names = _end_names(network, path, groups)
    geometries = _geometries(way, groups)
    sums = (prices.hours[path], prices.money[path], prices.co2[path], way.column["tariff_km"])
    legs: list[Leg] = []
    for group, (start, end), geometry in zip(groups, names, geometries, strict=True):
        own = slice(*group)
        column = {name: values[own] for name, values in way.column.items()}
        hours, usd, kg_co2, tariff_km = (float(amount[own].sum()) for amount in sums)
        mode = str(column["mode"][0])
        lines = [name for name in dict.fromkeys(column["line_id"]) if name]
        line_id = lines[0] if lines else ""
        line = line_names.get(line_id, line_id)
        if len(lines) > 1:
            line = f"through {end.removeprefix('near ').partition(' (')[0]}"
        if not line and mode == "rail":
            line = _track_name(column["track_name"], column["length_km"])
        legs.append(
            Leg(
                mode=mode,
                from_name=start,
                to_name=end,
                line=line or (str(column["where"][0]) if mode not in {"rail", "road"} else ""),
                country=str(column["iso3"][0]),
                gauge_mm=int(column["gauge_mm"][0]) or None,
                power=_longest(column["power"], column["length_km"]),
                km=way.km(group),
                tariff_km=tariff_km,
                hours=hours,
                usd=usd,
                kg_co2=kg_co2,
                geometry=geometry,
                schematic=bool(column["schematic"].any()),
            )
        )
    return tuple(legs)


def _longest(names: NDArray[np.object_], km: NDArray[np.float64]) -> str:
    """Return the name of most of the km that have one; "" if none has."""
    known = [str(name) for name in dict.fromkeys(names) if name]
    if len(known) < 2:
        return "".join(known)
    lengths = dict.fromkeys(known, 0.0)
    for name, part in zip(names, km, strict=True):
        if name:
            lengths[str(name)] += float(part)
    return max(lengths, key=lengths.__getitem__)


def _track_name(names: NDArray[np.object_], km: NDArray[np.float64]) -> str:
    """Name track of no known line as it is tagged: its longest names, in the order of travel."""
    lengths: dict[str, float] = {}
    for name, part in zip(names, km, strict=True):
        if name:
            lengths[name] = lengths.get(name, 0.0) + float(part)
    longest = sorted(lengths, key=lengths.__getitem__, reverse=True)[:MOST_NAMES]
    least = NAME_SHARE * float(km.sum())
    return " · ".join(name for name in lengths if name in longest and lengths[name] >= least)


def _end_names(
    network: Network, path: NDArray[np.int64], groups: Sequence[Stretch]
) -> list[tuple[str, str]]:
    """Name both ends of each leg; a junction without a name is named by the nearest station."""
    first = network.graph.tail[path[[start for start, _ in groups]]]
    last = network.graph.head[path[[end - 1 for _, end in groups]]]
    names = network.names_of(np.concatenate([first, last]))
    return list(zip(names[: len(groups)], names[len(groups) :], strict=True))
