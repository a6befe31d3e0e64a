"""Balance: people and product of groups of states, and how its neighbours outweigh a state.

The idea of a buffer state is that of Fazal (2004, 2007): it lies between two rivals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.analysis.borders import label_of, shared_borders
from geo.analysis.state_sets import members_of
from geo.earth import NearestPoints
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.atlas import Atlas

    Shapes = NDArray[np.object_]

__all__ = [
    "KOREA",
    "NeighbourPower",
    "Neighbours",
    "Weight",
    "balance",
    "neighbour_power",
    "neighbours",
    "weigh",
]

KOREA = ("KOR", "PRK")
"""The two states of an integrated Korea."""

THEN = 2008
WORLD = "WLD"
SUM_INDICATORS = ("population", "gdp", "gdp-ppp")
"""Indicators that may be added up over states."""

_OUTLINE_DEGREES = 0.1


@dataclass(frozen=True)
class Weight:
    """People or product of a group of states in a year.

    Attributes
    ----------
    group : str
    members : tuple of str
    indicator, unit : str
    year : int
    value : float
        Sum over the members that have a figure.
    missing : tuple of str
        Members without a figure, which the sum leaves out.
    share_of_world : float or None
        None where the world has no figure of that year.
    source_ids : tuple of str
    """

    group: str
    members: tuple[str, ...]
    indicator: str
    unit: str
    year: int
    value: float
    missing: tuple[str, ...]
    share_of_world: float | None
    source_ids: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        share = self.share_of_world
        return {
            "group": self.group,
            "members": list(self.members),
            "indicator": self.indicator,
            "unit": self.unit,
            "year": self.year,
            "value": self.value,
            "missing": list(self.missing),
            "share_of_world": None if share is None else round(share, 5),
            "sources": list(self.source_ids),
        }


@dataclass(frozen=True)
class Neighbours:
    """States next to a state, or to several taken together.

    Attributes
    ----------
    by_land : dict, iso3 -> border in km, as drawn at 1:10 million
    across_water : dict, iso3 -> least distance in km
    """

    by_land: dict[str, float]
    across_water: dict[str, float]


@dataclass(frozen=True)
class NeighbourPower:
    """How much its neighbours outweigh a state.

    Attributes
    ----------
    states : tuple of str
        Taken together.
    indicator : str
    year : int
    value : float
        Its own figure.
    ratios : dict, iso3 -> float
        Figure of each neighbour over its own, the greatest first.
    missing : tuple of str
        Neighbours without a figure of that year, which may weigh more than is told.
    partial : tuple of str
        States of the middle without a figure: then the ratios are too high.
    """

    states: tuple[str, ...]
    indicator: str
    year: int
    value: float
    ratios: dict[str, float]
    missing: tuple[str, ...]
    partial: tuple[str, ...]

    @property
    def squeeze(self) -> float:
        """The second greatest ratio: both sides outweigh the state at least so many times."""
        return sorted(self.ratios.values())[-2] if len(self.ratios) > 1 else 0.0

    @property
    def sandwiched(self) -> bool:
        """Whether two neighbours each outweigh it; whether they are rivals is not coded."""
        return self.squeeze > 1

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "states": list(self.states),
            "indicator": self.indicator,
            "year": self.year,
            "value": self.value,
            "ratios": {iso3: round(ratio, 3) for iso3, ratio in self.ratios.items()},
            "squeeze": round(self.squeeze, 3),
            "sandwiched": self.sandwiched,
            "missing": list(self.missing),
            "partial": list(self.partial),
        }


def weigh(
    atlas: Atlas,
    members: Sequence[str],
    indicator: str,
    *,
    year: int | None = None,
    group: str = "",
) -> Weight:
    """Add up an indicator over states.

    Parameters
    ----------
    atlas : Atlas
    members : sequence of str
        ISO codes.
    indicator : str
        One of `SUM_INDICATORS`.
    year : int, optional
        The newest year that most members have if left out.
    group : str
        Name of the group, for the reader.

    Returns
    -------
    Weight

    Raises
    ------
    UnknownNameError
        If the indicator cannot be added up, or no member has a figure.
    """
    if indicator not in SUM_INDICATORS:
        kind = "indicator to add up"
        raise UnknownNameError(kind, indicator, SUM_INDICATORS)
    rows = atlas.indicators
    rows = rows[rows["indicator"] == indicator]
    own = rows[rows["iso3"].isin(members)]
    counts = own.groupby("year")["iso3"].nunique()
    if counts.empty or (year is not None and year not in counts.index):
        kind = f"{indicator} of {', '.join(members)} in"
        raise UnknownNameError(kind, str(year), [str(one) for one in counts.index])
    when = year if year is not None else int(counts[counts == counts.max()].index.max())
    own = own[own["year"] == when]
    world = rows[(rows["iso3"] == WORLD) & (rows["year"] == when)]["value"]
    value = math.fsum(own["value"])
    has = set(own["iso3"])
    ids = dict.fromkeys(name for cell in own["source_ids"] for name in str(cell).split(";"))
    return Weight(
        group=group,
        members=tuple(members),
        indicator=indicator,
        unit=str(own["unit"].iloc[0]),
        year=when,
        value=value,
        missing=tuple(iso3 for iso3 in members if iso3 not in has),
        share_of_world=value / float(world.iloc[0]) if len(world) else None,
        source_ids=tuple(ids),
    )


def balance(atlas: Atlas) -> tuple[Weight, ...]:
    """Weigh NEAT, an integrated Korea and the Crescent in 2008 and now.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    tuple of Weight
        Population and nominal GDP of each group, in 2008 and in the newest year of the data. The
        North's product is in no series of the World Bank: Korea's is that of the South alone.
    """
    groups = {
        "NEAT": members_of(atlas, "neat"),
        "Korea, integrated": KOREA,
        "Crescent": members_of(atlas, "crescent-6"),
    }
    return tuple(
        weigh(atlas, members, indicator, year=year, group=group)
        for group, members in groups.items()
        for indicator in SUM_INDICATORS[:2]
        for year in (THEN, None)
    )


def neighbours(
    boundaries: gpd.GeoDataFrame, states: Sequence[str], *, water_km: float = 0.0
) -> Neighbours:
    """Find the states next to a state.

    Parameters
    ----------
    boundaries : GeoDataFrame
        `Atlas.boundaries`.
    states : sequence of str
        ISO codes; several are taken together, and the border between them does not count.
    water_km : float
        States within this distance across water count too, km along the geodesic; where the
        shortest way leads over a third state, no water lies between.

    Returns
    -------
    Neighbours
        Territories without an ISO code are left out.

    Raises
    ------
    UnknownNameError
        If a state is not in the boundaries.
    """
    labels = np.array(label_of(boundaries), dtype=object)
    codes = set(boundaries["iso3"].dropna())
    for iso3 in states:
        if iso3 not in codes:
            kind = "state"
            raise UnknownNameError(kind, iso3, sorted(codes))
    borders = shared_borders(boundaries)
    by_land: dict[str, float] = {}
    for a, b, km in zip(borders["a"], borders["b"], borders["border_km"], strict=True):
        for one, other in ((a, b), (b, a)):
            if one in states and other in codes and other not in states:
                by_land[other] = by_land.get(other, 0.0) + float(km)
    across = {}
    if water_km > 0:
        shapes = np.asarray(boundaries.geometry, dtype=object)
        middle = shapes[np.isin(labels, list(states))]
        close = _near(middle, shapes, water_km) & ~np.isin(labels, list(states))
        near = close & ~np.isin(labels, list(by_land))
        lon, lat = _outline(middle)
        own = NearestPoints(lon, lat)
        for label, shape in zip(labels[near], shapes[near], strict=True):
            there = _outline(np.array([shape], dtype=object))
            index, away = own.query(*there)
            best = int(np.argmin(away))
            start = (lon[index[best]], lat[index[best]])
            way = shapely.LineString([start, (there[0][best], there[1][best])])
            third = shapes[close & (labels != label)]
            if label in codes and away[best] <= water_km and not _over_land(way, third):
                across[str(label)] = float(away[best])
    return Neighbours(by_land, across)


def _near(middle: Shapes, shapes: Shapes, km: float) -> NDArray[np.bool_]:
    """Tell which shapes may lie within a distance, by boxes; near 180 degrees or a pole, all."""
    west, south, east, north = shapely.total_bounds(middle)
    lat = max(abs(south), abs(north)) + km / 110
    if lat > 85:
        return np.ones(len(shapes), dtype=bool)
    wide = km / 110 / math.cos(math.radians(lat))
    box = shapely.box(west - wide, south - km / 110, east + wide, north + km / 110)
    if west - wide < -180 or east + wide > 180:
        return np.ones(len(shapes), dtype=bool)
    near: NDArray[np.bool_] = shapely.intersects(shapely.envelope(shapes), box)
    return near


def _over_land(way: shapely.LineString, third: Shapes) -> bool:
    """Tell whether most of the shortest way leads over other states."""
    return bool(shapely.length(shapely.intersection(third, way)).sum() > way.length / 2)


def _outline(shapes: Shapes) -> tuple[Any, Any]:
    points = shapely.get_coordinates(shapely.segmentize(shapes, _OUTLINE_DEGREES))
    return points[:, 0], points[:, 1]


def neighbour_power(
    atlas: Atlas,
    states: Sequence[str],
    *,
    indicator: str = "gdp",
    year: int = THEN,
    water_km: float = 0.0,
) -> NeighbourPower:
    """Measure how much its neighbours outweigh a state.

    Parameters
    ----------
    atlas : Atlas
    states : sequence of str
        ISO codes; several are taken together, such as the two Koreas.
    indicator : str
        One of `SUM_INDICATORS`.
    year : int
    water_km : float
        Neighbours across water up to this distance count too.

    Returns
    -------
    NeighbourPower

    Raises
    ------
    UnknownNameError
        If a state, the indicator or a figure of that year is unknown.
    UsageError
        If nothing lies next to it.

    Notes
    -----
    For a state *s* and each neighbour *j* the ratio is x_j / x_s. Fazal (2004, 2007) finds that
    buffer states, between two rivals, die more often than others; her rivalries are not in the
    data, so the measure tells the weight on either side and not whether they are rivals.
    """
    around = neighbours(atlas.boundaries, states, water_km=water_km)
    names = [*around.by_land, *around.across_water]
    if not names:
        msg = f"{', '.join(states)}: no neighbour by land; give water_km for those across water"
        raise UsageError(msg)
    own = weigh(atlas, states, indicator, year=year)
    rows = atlas.indicators
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] == year)]
    figures = dict(zip(rows["iso3"], rows["value"], strict=True))
    ratios = {iso3: float(figures[iso3]) / own.value for iso3 in names if iso3 in figures}
    return NeighbourPower(
        states=tuple(states),
        indicator=indicator,
        year=year,
        value=own.value,
        ratios=dict(sorted(ratios.items(), key=lambda item: (-item[1], item[0]))),
        missing=tuple(sorted(iso3 for iso3 in names if iso3 not in figures)),
        partial=own.missing,
    )
