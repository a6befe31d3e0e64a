"""Zones: the industrial zones in North Korea, what lies near them, and what they can reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.analysis.landed import landed_costs, preferences
from geo.analysis.two_track import MODES
from geo.atlas import ids_of, text_of
from geo.earth import NearestPoints, buffer_km, distance_km
from geo.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geo.analysis.landed import Landed, Preference
    from geo.atlas import Atlas, Place
    from geo.outcome import Outcome
    from geo.study import Study

__all__ = [
    "GOALS",
    "HOURS",
    "RADII_KM",
    "Near",
    "Zone",
    "describe_zone",
    "describe_zones",
    "people_by_road",
    "people_within",
    "status_on",
]

GOALS = ("seoul", "incheon", "busan", "dandong", "vladivostok")
"""Where the zones' goods go."""

RADII_KM = (25.0, 50.0, 100.0)
HOURS = (2.0, 6.0)
"""Limits of the labour shed, hours by road."""


@dataclass(frozen=True)
class Near:
    """The nearest station, port or crossing: as the table names it, and as computed.

    Attributes
    ----------
    kind : str
        station, port or crossing.
    named, nearest : str
        Names; the first is that of `zones.csv`, "" where it names none.
    named_km, nearest_km : float
        Geodesic distances; NaN where the table names none.
    """

    kind: str
    named: str
    named_km: float
    nearest: str
    nearest_km: float

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "named": self.named or None,
            "named_km": None if math.isnan(self.named_km) else round(self.named_km, 1),
            "nearest": self.nearest,
            "nearest_km": round(self.nearest_km, 1),
        }


@dataclass(frozen=True, eq=False)
class Zone:
    """A zone in one state of the world.

    Attributes
    ----------
    place : Place
    scenario : str
    area_km2, planned_area_km2 : float
        NaN where not known.
    status, valid_from, valid_to : str
        Status on the day of the scenario, and from and until when it was open or is planned (""
        for no date).
    near : tuple of Near
    ways : tuple of Outcome
        To each of `GOALS`, by rail, sea and road.
    people : dict, radius in km -> int
        Of GeoNames' places of at least 1,000 people, as the crow flies and across any border.
    people_by_road : dict, hours -> int
        Of the same places, by road.
    landed : tuple of Landed
    preferences : tuple of Preference
    source_ids : tuple of str
    note : str
    """

    place: Place
    scenario: str
    area_km2: float
    planned_area_km2: float
    status: str
    valid_from: str
    valid_to: str
    near: tuple[Near, ...]
    ways: tuple[Outcome, ...]
    people: dict[float, int]
    people_by_road: dict[float, int]
    landed: tuple[Landed, ...]
    preferences: tuple[Preference, ...]
    source_ids: tuple[str, ...]
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "zone": self.place.place_id,
            "name": self.place.name,
            "scenario": self.scenario,
            "area_km2": _known(self.area_km2),
            "planned_area_km2": _known(self.planned_area_km2),
            "status": self.status,
            "from": self.valid_from or None,
            "to": self.valid_to or None,
            "near": {near.kind: near.to_dict() for near in self.near},
            "ways": [_way_dict(outcome) for outcome in self.ways],
            "people_within_km": {f"{radius:g}": n for radius, n in self.people.items()},
            "people_within_hours_by_road": {f"{h:g}": n for h, n in self.people_by_road.items()},
            "people_are": "of GeoNames' places of at least 1,000 people only",
            "landed_in_usa": [landed.to_dict() for landed in self.landed],
            "preference": [preference.to_dict() for preference in self.preferences],
            "source_ids": list(self.source_ids),
            "note": self.note,
        }


def describe_zones(
    study: Study, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Zone, ...]:
    """Describe every zone of `zones.csv`; see `describe_zone`."""
    names = [str(place_id) for place_id in study.atlas.zones["place_id"]]
    found = []
    for done, name in enumerate(names, start=1):
        found.append(describe_zone(study, name))
        if progress is not None:
            progress(done, len(names))
    return tuple(found)


def describe_zone(study: Study, name: str) -> Zone:
    """Describe a zone: its ground, what is near, where its goods get to, and at what cost.

    Parameters
    ----------
    study : Study
        Its scenario says what is open and what it costs.
    name : str
        Any name of the zone's place.

    Returns
    -------
    Zone

    Raises
    ------
    UnknownNameError
        If there is no such place, or it is no zone.
    """
    atlas = study.atlas
    place = atlas.find_place(name)
    rows = atlas.zones[atlas.zones["place_id"] == place.place_id]
    if rows.empty:
        kind = "zone"
        raise UnknownNameError(kind, name, tuple(atlas.zones["place_id"]))
    row = rows.iloc[0]
    return Zone(
        place=place,
        scenario=study.scenario.scenario_id,
        area_km2=float(row["area_km2"]),
        planned_area_km2=float(row["planned_area_km2"]),
        status=status_on(row, study.scenario.date),
        valid_from=text_of(row["valid_from"]),
        valid_to=text_of(row["valid_to"]),
        near=_near(atlas, place, row),
        ways=study.routes([place.place_id], GOALS, modes=MODES),
        people=people_within(atlas, place.lon, place.lat, RADII_KM),
        people_by_road=people_by_road(study, place.place_id, HOURS),
        landed=landed_costs(study, place.place_id),
        preferences=preferences(study),
        source_ids=ids_of(row["source_ids"]),
        note=text_of(row["note"]),
    )


def status_on(row: pd.Series, day: str) -> str:
    """Return the status of a zone on a day.

    Parameters
    ----------
    row : Series
        A row of `zones.csv`.
    day : str
        ISO 8601.

    Returns
    -------
    str
        That of the row from its first day on, and `open` while a closed zone was not yet closed.
    """
    since, until, status = (text_of(row[name]) for name in ("valid_from", "valid_to", "status"))
    if since and day[: len(since)] < since:
        return "not yet there"
    return "open" if status == "closed" and until and day[: len(until)] < until else status


def people_within(
    atlas: Atlas, lon: float, lat: float, radii_km: Sequence[float]
) -> dict[float, int]:
    """Count the people of GeoNames' places within some distances of a point.

    Parameters
    ----------
    atlas : Atlas
    lon, lat : float
        Degrees.
    radii_km : sequence of float

    Returns
    -------
    dict, radius -> people
        As the crow flies on the ellipsoid; borders do not count.
    """
    cities = atlas.cities
    lon_lat = cities["lon"].to_numpy(np.float64), cities["lat"].to_numpy(np.float64)
    people = cities["population"].to_numpy()
    found = {}
    for radius in radii_km:
        area = buffer_km(shapely.Point(lon, lat), radius)
        shapely.prepare(area)
        found[float(radius)] = int(people[shapely.contains_xy(area, *lon_lat)].sum())
    return found


def people_by_road(study: Study, place: str, hours: Sequence[float]) -> dict[float, int]:
    """Count the people of GeoNames' places within some hours by road: the labour shed.

    Parameters
    ----------
    study : Study
        Its scenario says which roads across borders are open.
    place : str
    hours : sequence of float

    Returns
    -------
    dict, hours -> people

    Notes
    -----
    Hours at the wheel from the zone's door, with the hours of border crossings; nothing is
    loaded, and by rail the wait for a train alone is longer. A place is joined straight to the
    nearest node of the road network of its own state, at most as far as any place is joined to a
    railway, the way there lengthened by the circuity of roads.
    """
    _, spent, _, _ = study.spent_from(place, measure="hours", modes=("road",))
    nodes = study.network.nodes
    kinds, states = nodes["kind"].to_numpy(object), nodes["iso3"].to_numpy(object)
    on_road = np.isfinite(spent) & (kinds == "road")
    road = study.network.terminals.road
    per_km = study.unit_cost("run-road", measure="hours") * road.circuity
    cities = study.atlas.cities
    least = np.full(len(cities), np.inf)
    city_state = cities["iso3"].to_numpy(object)
    for state in dict.fromkeys(states[on_road]):
        here, there = city_state == state, np.flatnonzero(on_road & (states == state))
        if not here.any():
            continue
        ways = NearestPoints(nodes["lon"].to_numpy()[there], nodes["lat"].to_numpy()[there])
        nearest, away = ways.query(cities["lon"][here], cities["lat"][here])
        total = spent[there[nearest]] + away * per_km
        least[here] = np.where(away <= road.bound_km, total, np.inf)
    people = cities["population"].to_numpy()
    return {float(limit): int(people[least <= limit].sum()) for limit in hours}


def _near(atlas: Atlas, place: Place, row: pd.Series) -> tuple[Near, ...]:
    """Compare what the table names with what is nearest by geodesic."""
    places = atlas.places
    kinds = places["kinds"].str.split(";")
    is_station = kinds.map(lambda names: "station" in names).to_numpy()
    at_ports = atlas.ports.merge(places[["place_id", "name"]], on="place_id")
    tables = {
        "station": (places[is_station], places, "place_id"),
        "port": (at_ports, at_ports, "place_id"),
        "crossing": (atlas.crossings, atlas.crossings, "crossing_id"),
    }
    found = []
    for kind, (table, whole, key) in tables.items():
        away = _away(place, table)
        least = int(np.argmin(away))
        named = whole[whole[key] == text_of(row[f"nearest_{kind}"])]
        found.append(
            Near(
                kind=kind,
                named="" if named.empty else str(named["name"].iloc[0]),
                named_km=math.nan if named.empty else float(_away(place, named)[0]),
                nearest=str(table["name"].iloc[least]),
                nearest_km=float(away[least]),
            )
        )
    return tuple(found)


def _away(place: Place, table: pd.DataFrame) -> NDArray[np.float64]:
    """Geodesic distances from a place, km."""
    lon, lat = table["lon"].to_numpy(np.float64), table["lat"].to_numpy(np.float64)
    start = np.full(len(table), place.lon), np.full(len(table), place.lat)
    away: NDArray[np.float64] = distance_km(*start, lon, lat)
    return away


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _way_dict(outcome: Outcome) -> dict[str, Any]:
    route = outcome.route
    return {
        "destination": outcome.destination.place_id,
        "usd_per_feu": None if route is None else round(route.usd_per_feu, 2),
        "hours": None if route is None else round(route.hours, 2),
        "modes": None if route is None else list(route.modes),
        "legal_status": None if route is None else route.legal_status,
        "reason": outcome.reason,
    }
