"""Encirclement: how a set of states lies around another, by border, by bearing and by rail.

The paper's Crescent claims to lie around China; these are the measures that can test it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.analysis.bearings import bearing_coverage
from geo.analysis.borders import contiguous_groups, label_of, shared_borders
from geo.analysis.state_sets import members_of
from geo.earth import NearestPoints, distance_km
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geo.analysis.bearings import BearingCoverage
    from geo.route import Route
    from geo.study import Study

__all__ = ["BANDS_KM", "Band", "Encirclement", "Member", "encircle"]

BANDS_KM = (0.0, 100.0, 250.0, 500.0, 1000.0)
"""Edges of the bands of border by distance to the nearest member; the last has no end."""

REGIONS = {"CHN": ("HKG", "MAC")}
"""Regions of a state that the boundaries draw apart: the line to them is no border of states."""

KOREAN_GATE = "busan"
"""Where goods from Korea set out."""

_STEP_DEGREES = 0.05
"""The border is measured out in pieces of at most this length."""


@dataclass(frozen=True)
class RailReach:
    """Whether rail alone leads from Busan to a state, and at what cost.

    Attributes
    ----------
    goal : str
        The place that is asked for: the capital, or the first city on a railway.
    usd_per_feu, hours : float or None
        None where no railway leads there.
    reason : str
        Why none does.
    route : Route or None
        The way itself.
    """

    goal: str
    usd_per_feu: float | None
    hours: float | None
    reason: str = ""
    route: Route | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Member:
    """A state of the set.

    Attributes
    ----------
    iso3, name : str
    shared_km : float
        Border with the state in the middle, km; 0 where there is none.
    share : float
        Of the land border of the state in the middle.
    landlocked : bool
    gauge_mm : int
        Main gauge of its railways.
    by_rail : dict, scenario -> RailReach
        From Busan by rail alone.
    """

    iso3: str
    name: str
    shared_km: float
    share: float
    landlocked: bool
    gauge_mm: int
    by_rail: dict[str, RailReach]


@dataclass(frozen=True)
class Band:
    """A part of the border by its distance to the nearest member.

    Attributes
    ----------
    from_km, to_km : float
        Distances; the nearest band is the border with members itself, the last has no end
        (infinity).
    border_km : float
    """

    from_km: float
    to_km: float
    border_km: float


@dataclass(frozen=True, eq=False)
class Encirclement:
    """How a set lies around a state.

    Attributes
    ----------
    around, set_id : str
    scenarios : tuple of str
        Under which rail was asked for; the first is the study's own.
    members : tuple of Member
    land_border_km : float
        All land border of the state in the middle, without the lines to its own regions.
    excluded : dict, name -> km
        Those lines.
    unassigned : dict, name -> km
        Stretches to ground of no ISO code (disputed), counted in the land border.
    views : dict, name -> BearingCoverage
        Seen from the capital and from the centroid.
    bands : tuple of Band
    groups : tuple of tuple of str
        Members that adjoin one another, directly or through other members.
    gauge_blocks : dict, gauge in mm -> tuple of groups
        Members of one gauge, in groups that adjoin: goods cross between blocks only by way of
        others, or with a break of gauge.
    """

    around: str
    set_id: str
    scenarios: tuple[str, ...]
    members: tuple[Member, ...]
    land_border_km: float
    excluded: dict[str, float]
    unassigned: dict[str, float]
    views: dict[str, BearingCoverage]
    bands: tuple[Band, ...]
    groups: tuple[tuple[str, ...], ...]
    gauge_blocks: dict[int, tuple[tuple[str, ...], ...]]

    @property
    def shared_km(self) -> float:
        """Border with all members together, km."""
        return sum(member.shared_km for member in self.members)

    @property
    def share(self) -> float:
        """Share of the land border that members have."""
        return self.shared_km / self.land_border_km if self.land_border_km else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON; bearings are from the capital, costs in the first scenario."""
        capital = self.views["capital"]
        return {
            "around": self.around,
            "set": self.set_id,
            "scenario": self.scenarios[0],
            "land_border_km": round(self.land_border_km, 1),
            "shared_km": round(self.shared_km, 1),
            "share": round(self.share, 4),
            "bearing_coverage_deg": capital.coverage_deg,
            "largest_gap_deg": capital.largest_gap_deg,
            "contiguous_groups": [list(group) for group in self.groups],
            "views": {
                name: {
                    "lon": round(view.lon, 4),
                    "lat": round(view.lat, 4),
                    "bearing_coverage_deg": view.coverage_deg,
                    "largest_gap_deg": view.largest_gap_deg,
                    "largest_gap_from_deg": view.largest_gap[0],
                }
                for name, view in self.views.items()
            },
            "bands": [
                {
                    "from_km": band.from_km,
                    "to_km": band.to_km if np.isfinite(band.to_km) else None,
                    "border_km": round(band.border_km, 1),
                }
                for band in self.bands
            ],
            "gauge_blocks": {
                str(gauge): [list(group) for group in groups]
                for gauge, groups in self.gauge_blocks.items()
            },
            "border_not_counted_km": {name: round(km, 1) for name, km in self.excluded.items()},
            "border_to_disputed_ground_km": {
                name: round(km, 1) for name, km in self.unassigned.items()
            },
            "members": [_member_dict(member, self.scenarios[0]) for member in self.members],
        }


def _member_dict(member: Member, scenario: str) -> dict[str, Any]:
    """Return a member for JSON: its way by rail in one scenario, and in each of them."""
    ways = {name: _way_dict(way) for name, way in member.by_rail.items()}
    return {
        "iso3": member.iso3,
        "name": member.name,
        "shared_km": round(member.shared_km, 1),
        "share": round(member.share, 4),
        "landlocked": member.landlocked,
        "gauge_mm": member.gauge_mm,
        **ways[scenario],
        "by_scenario": ways,
    }


def _way_dict(way: RailReach) -> dict[str, Any]:
    usd, hours = way.usd_per_feu, way.hours
    return {
        "goal": way.goal,
        "usd_per_feu_from_busan": None if usd is None else round(usd, 2),
        "hours_from_busan": None if hours is None else round(hours, 2),
        "reason": way.reason,
    }


def encircle(
    study: Study,
    *,
    set_id: str = "crescent-6",
    around: str = "CHN",
    on: str | None = None,
    also: Sequence[str | Path] = (),
) -> Encirclement:
    """Measure how a set of states lies around a state.

    Parameters
    ----------
    study : Study
        Its scenario decides what rail from Busan reaches, and at what cost.
    set_id : str
        A set of `state_sets.csv`.
    around : str
        ISO 3166 alpha-3 of the state in the middle.
    on : str, optional
        The date at which membership counts.
    also : sequence of str or Path
        Further scenarios in which rail is asked for.

    Returns
    -------
    Encirclement

    Raises
    ------
    UnknownNameError
        If the set or the state is unknown.
    UsageError
        If the state in the middle has no land border, or belongs to the set alone.
    """
    atlas = study.atlas
    boundaries = atlas.boundaries
    states = atlas.states.set_index("iso3")
    gauge_of = {str(iso3): int(gauge) for iso3, gauge in states["gauge_mm"].items()}
    codes = set(boundaries["iso3"].dropna())
    if around not in codes:
        kind = "state"
        raise UnknownNameError(kind, around, sorted(codes))
    members = [iso3 for iso3 in members_of(atlas, set_id, on=on) if iso3 != around]
    if not members:
        msg = f"{set_id} has no other state than {around} at that date"
        raise UsageError(msg)
    borders = shared_borders(boundaries)
    mine = _borders_of(borders, around)
    inside = mine["other"].isin(REGIONS.get(around, ()))
    outer = mine[~inside]
    if outer.empty:
        msg = f"{around} has no land border: nothing lies around it by land"
        raise UsageError(msg)
    land_km = float(outer["border_km"].sum())
    shared = outer.groupby("other")["border_km"].sum()
    studies = [study, *(study.at(scenario) for scenario in also)]
    by_rail = {asked.scenario.scenario_id: _by_rail(asked, members) for asked in studies}
    shapes = dict(zip(label_of(boundaries), boundaries.geometry, strict=True))
    return Encirclement(
        around=around,
        set_id=set_id,
        scenarios=tuple(by_rail),
        members=tuple(
            Member(
                iso3=iso3,
                name=str(states.at[iso3, "name"]),
                shared_km=float(shared.get(iso3, 0.0)),
                share=float(shared.get(iso3, 0.0)) / land_km,
                landlocked=bool(states.at[iso3, "landlocked"]),
                gauge_mm=gauge_of[iso3],
                by_rail={name: ways[iso3] for name, ways in by_rail.items()},
            )
            for iso3 in members
        ),
        land_border_km=land_km,
        excluded=dict(mine[inside].groupby("other")["border_km"].sum()),
        unassigned={str(name): float(km) for name, km in shared.items() if name not in codes},
        views=_views(study, around, [shapes[iso3] for iso3 in members], shapes[around]),
        bands=_bands(outer, members, [shapes[iso3] for iso3 in members]),
        groups=contiguous_groups(borders, members),
        gauge_blocks=_gauge_blocks(gauge_of, borders, members),
    )


def _borders_of(borders: gpd.GeoDataFrame, iso3: str) -> gpd.GeoDataFrame:
    """Borders of one state, with the other side in the column `other`."""
    mine = borders[(borders["a"] == iso3) | (borders["b"] == iso3)]
    return mine.assign(other=mine["a"].where(mine["b"] == iso3, mine["b"]))


def _views(study: Study, around: str, areas: list[Any], middle: Any) -> dict[str, BearingCoverage]:
    """Look around from the capital, and from the centroid on an equal-area footing."""
    capital = _goal_of(study, around)
    views = {"capital": bearing_coverage(capital["lon"], capital["lat"], areas)}
    inside = middle.centroid
    views["centroid"] = bearing_coverage(float(inside.x), float(inside.y), areas)
    return views


def _goal_of(study: Study, iso3: str) -> pd.Series:
    """Return the place of a state that stands for it: its capital, else its first city."""
    places = study.atlas.places
    own = places[places["iso3"] == iso3]
    for kind in ("capital", "city", "station"):
        found = own[own["kinds"].str.split(";").map(lambda kinds, kind=kind: kind in kinds)]
        if len(found):
            return found.iloc[0]
    kind = "place of state"
    raise UnknownNameError(kind, iso3, ())


def _by_rail(study: Study, members: Sequence[str]) -> dict[str, RailReach]:
    """Ask for the way from Busan to each member by rail alone."""
    known = set(study.atlas.places["iso3"])
    goals = {iso3: _goal_of(study, iso3) for iso3 in members if iso3 in known}
    outcomes = study.routes(
        [KOREAN_GATE], [str(goal["place_id"]) for goal in goals.values()], modes=("rail",)
    )
    unknown = dict.fromkeys(members, RailReach("", None, None, "no place of this state is known"))
    return unknown | {
        iso3: RailReach(
            str(goal["name"]),
            None if outcome.route is None else outcome.route.usd_per_feu,
            None if outcome.route is None else outcome.route.hours,
            outcome.reason,
            outcome.route,
        )
        for (iso3, goal), outcome in zip(goals.items(), outcomes, strict=True)
    }


def _bands(outer: gpd.GeoDataFrame, members: Sequence[str], areas: list[Any]) -> tuple[Band, ...]:
    """Measure the border by its distance to the nearest member."""
    common = outer["other"].isin(members)
    bands = [Band(0.0, 0.0, float(outer.loc[common, "border_km"].sum()))]
    lon, lat, km = _pieces(outer.geometry[~common])
    outline = shapely.get_coordinates(shapely.segmentize(np.array(areas, dtype=object), 0.02))
    _, away = NearestPoints(outline[:, 0], outline[:, 1]).query(lon, lat)
    for low, high in itertools.pairwise((*BANDS_KM, np.inf)):
        within = (away >= low) & (away < high)
        bands.append(Band(low, high, float(km[within].sum())))
    return tuple(bands)


def _pieces(
    lines: gpd.GeoSeries,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Cut lines into short pieces: the middle of each, and its length in km."""
    parts = shapely.get_parts(np.asarray(lines, dtype=object))
    points, part = shapely.get_coordinates(
        shapely.segmentize(parts, _STEP_DEGREES), return_index=True
    )
    joined = part[1:] == part[:-1]
    begin, end = points[:-1][joined], points[1:][joined]
    middle = (begin + end) / 2
    return middle[:, 0], middle[:, 1], distance_km(*begin.T, *end.T)


def _gauge_blocks(
    gauge_of: dict[str, int], borders: pd.DataFrame, members: Sequence[str]
) -> dict[int, tuple[tuple[str, ...], ...]]:
    """Group members of one gauge that adjoin."""
    return {
        gauge: contiguous_groups(borders, [iso3 for iso3 in members if gauge_of[iso3] == gauge])
        for gauge in sorted({gauge_of[iso3] for iso3 in members})
    }
