"""Reach: how far one gets from a place for hours, money or km, on the network and on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from geo.analysis.borders import label_of
from geo.analysis.ground import reached_ground
from geo.analysis.tracks import reached_shares, reached_tracks
from geo.earth import area_km2, line_length_km
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.atlas import Atlas, Place
    from geo.study import Study

__all__ = ["MEASURES", "Reach", "reach"]

MEASURES = {"hours": "h", "usd": "USD per FEU", "km": "km"}
"""What may be spent, and its unit: the contours are isochrones, isocosts and isodistances."""

CITY_PEOPLE = 100_000
"""A place of so many people is counted as a city."""

_LINE_MODES = ("rail", "road", "sea")


@dataclass(frozen=True, eq=False)
class Reach:
    """What lies within each of some limits of a place.

    Attributes
    ----------
    place : Place
    scenario : str
    measure : str
        hours, usd or km.
    limits : tuple of float
        In rising order, in the unit of the measure.
    modes : tuple of str
        What goods may travel by.
    network : GeoDataFrame
        One row a limit and mode: limit, mode, track_km (geodesic), geometry (MultiLineString,
        EPSG:4326): every line as far as it is reached.
    ground : GeoDataFrame
        One row a limit: limit, area_km2, people, cities, states (`;`-joined), geometry
        (MultiPolygon, EPSG:4326). A later row holds the ground of the earlier ones too.
    cities : DataFrame
        GeoNames' places in reach: name, iso3, lon, lat, population, limit (the least that does).
    places : DataFrame
        The atlas's own places in reach: place_id, name, iso3, spent, limit.
    """

    place: Place
    scenario: str
    measure: str
    limits: tuple[float, ...]
    modes: tuple[str, ...]
    network: gpd.GeoDataFrame
    ground: gpd.GeoDataFrame
    cities: pd.DataFrame
    places: pd.DataFrame

    @property
    def unit(self) -> str:
        """Unit of the limits."""
        return MEASURES[self.measure]

    @cached_property
    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """The layers by name, for files and maps."""
        cities = gpd.GeoDataFrame(
            self.cities,
            geometry=gpd.points_from_xy(self.cities["lon"], self.cities["lat"]),
            crs="EPSG:4326",
        )
        return {"ground": self.ground, "network": self.network, "cities": cities}

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON, without geometries."""
        return {
            "place": self.place.place_id or self.place.name,
            "scenario": self.scenario,
            "measure": self.measure,
            "unit": self.unit,
            "modes": list(self.modes),
            "limits": [self._row(limit) for limit in self.limits],
            "people_are": "of GeoNames' places of at least 1,000 people only",
        }

    def _row(self, limit: float) -> dict[str, Any]:
        ground = self.ground[self.ground["limit"] == limit].iloc[0]
        tracks = self.network[self.network["limit"] == limit]
        reached = self.places[self.places["limit"] <= limit]
        return {
            "limit": limit,
            "track_km": {
                str(row["mode"]): round(float(row["track_km"]), 1)
                for row in tracks.to_dict("records")
            },
            "area_km2": round(float(ground["area_km2"])),
            "people": int(ground["people"]),
            "cities": int(ground["cities"]),
            "states": [state for state in str(ground["states"]).split(";") if state],
            "places": [str(name) for name in reached["name"]],
        }


def reach(
    study: Study,
    place: str,
    *,
    measure: str,
    limits: Sequence[float],
    modes: Sequence[str] | None = None,
    bound_km: float | None = None,
) -> Reach:
    """Find what lies within limits of a place.

    Parameters
    ----------
    study : Study
        Its scenario says what is open and what it costs.
    place : str
        Any name of a place, its id, or `lon,lat`.
    measure : str
        hours (isochrone), usd (isocost, USD of the study's year per FEU) or km (isodistance).
    limits : sequence of float
        Above 0, in the unit of the measure.
    modes : sequence of str, optional
        Of rail, road and sea; the study's own by default.
    bound_km : float, optional
        Farthest that ground lies from the reached track or terminal, geodesic km; by default
        the bound of the study within which places are joined to railways.

    Returns
    -------
    Reach

    Raises
    ------
    UsageError
        If the measure or a limit is none.
    UnknownNameError
        If the place is unknown.

    Notes
    -----
    Each place is reached by the way that spends least of the measure itself, all waiting, border
    hours and handling included; costs are spent evenly along a line. Ground counts as reached if
    a box can be lifted off at the nearest point of the track, at the handling of that state, and
    brought there by road; at a terminal of the atlas its own handling counts.
    """
    wanted = _checked(measure, limits)
    start, cost, weights, carriers = study.spent_from(place, measure=measure, modes=modes)
    network, atlas = study.network, study.atlas
    bound = _bound(study, bound_km)
    lift, road = _alighting(study, measure)
    states = network.column["iso3"]
    lift_of_arc, road_of_arc = _for_each(states, lift), _for_each(states, road)
    land = dict(zip(label_of(atlas.boundaries), atlas.boundaries.geometry, strict=True))
    reached = _places(study, cost)

    def tracks_within(limit: float | NDArray[np.float64], mode: str) -> tuple[Any, Any]:
        share = reached_shares(cost, weights, network.graph.tail, limit)
        return reached_tracks(network, share, mode=mode)

    def left_within(limit: float, away_km: float) -> list[tuple[Any, Any]]:
        """Return what is reached with enough left to lift a box off and bring it so far."""
        here = reached["spent"] + away_km * _for_each(reached["iso3"], road) <= limit
        near = reached[here]
        points = shapely.points(near["lon"], near["lat"])
        on_track = tracks_within(limit - lift_of_arc - away_km * road_of_arc, "rail")
        return [on_track, (points, near["iso3"].to_numpy(dtype=object))]

    tracks = [
        {"limit": limit, "mode": mode, "geometry": _joined(tracks_within(limit, mode)[0])}
        for limit in wanted
        for mode in _LINE_MODES
        if mode in carriers
    ]
    ground = [
        reached_ground(partial(left_within, limit), bound_km=bound, land=land) for limit in wanted
    ]
    cities = _cities(atlas, ground, wanted)
    return Reach(
        place=start,
        scenario=study.scenario.scenario_id,
        measure=measure,
        limits=wanted,
        modes=carriers,
        network=_network_layer(tracks),
        ground=_ground_layer(ground, wanted, cities, land),
        cities=cities,
        places=_first_limits(reached, wanted),
    )


def _checked(measure: str, limits: Sequence[float]) -> tuple[float, ...]:
    """Return the limits in rising order, or say what is wrong with them."""
    if measure not in MEASURES:
        msg = f"unknown measure {measure!r}; one of {', '.join(MEASURES)}"
        raise UsageError(msg)
    if not limits or not all(np.isfinite(limit) and limit > 0 for limit in limits):
        msg = f"limits of reach are numbers above 0, such as 24,48,72; got {list(limits)}"
        raise UsageError(msg)
    return tuple(sorted({float(limit) for limit in limits}))


def _bound(study: Study, bound_km: float | None) -> float:
    """Return how far from the network ground may lie, km."""
    bound = study.network.terminals.road.bound_km if bound_km is None else bound_km
    if not (np.isfinite(bound) and bound > 0):
        msg = f"the bound of reach beside the track is a number of km above 0, not {bound_km}"
        raise UsageError(msg)
    return float(bound)


def _alighting(study: Study, measure: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return, by state, what lifting a box off spends, and a geodesic km by road after it."""
    zones = dict(zip(study.atlas.states["iso3"], study.atlas.states["tariff_zone"], strict=True))
    circuity = study.network.terminals.road.circuity
    if measure == "km":
        return dict.fromkeys(zones, 0.0), dict.fromkeys(zones, circuity)
    by_road = "haul-road" if measure == "usd" else "run-road"
    lift = {
        zone: study.unit_cost(f"rail-handling-{zone}", measure=measure)
        for zone in set(zones.values())
    }
    road = {
        zone: study.unit_cost(f"{by_road}-{zone}", measure=measure) for zone in set(zones.values())
    }
    return (
        {state: lift[zone] for state, zone in zones.items()},
        {state: circuity * road[zone] for state, zone in zones.items()},
    )


def _for_each(states: Iterable[str], by_state: dict[str, float]) -> NDArray[np.float64]:
    """Look a figure up for each state; infinite where there is none, so that nothing is reached."""
    spent = np.array([by_state.get(state, np.inf) for state in states], np.float64)
    return np.where(np.isnan(spent), np.inf, spent)


def _places(study: Study, cost: NDArray[np.float64]) -> pd.DataFrame:
    """List the atlas's places that can be reached at all, and what that spends."""
    doors = study.network.terminals.doors
    places = study.atlas.places
    rows = places[places["place_id"].isin(list(doors))]
    spent = cost[[doors[place_id] for place_id in rows["place_id"]]]
    found: pd.DataFrame = rows[["place_id", "name", "iso3", "lon", "lat"]].assign(spent=spent)
    near: pd.DataFrame = found[np.isfinite(found["spent"])]
    return near.sort_values(["spent", "place_id"], ignore_index=True)


def _first_limits(reached: pd.DataFrame, limits: Sequence[float]) -> pd.DataFrame:
    """Add the least limit that holds each place, and drop what none does."""
    within = reached[reached["spent"] <= limits[-1]]
    position = np.searchsorted(limits, within["spent"].to_numpy())
    return within.assign(limit=np.asarray(limits)[position]).reset_index(drop=True)


def _joined(lines: NDArray[np.object_]) -> BaseGeometry:
    return shapely.MultiLineString([part for part in shapely.get_parts(lines) if part.length > 0])


def _network_layer(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    layer = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    layer.insert(2, "track_km", line_length_km(layer.geometry))
    return layer


def _cities(atlas: Atlas, ground: list[BaseGeometry], limits: Sequence[float]) -> pd.DataFrame:
    """Find GeoNames' places on the ground, each with the least limit that holds it."""
    cities = atlas.cities
    tree = shapely.STRtree(np.array(gpd.points_from_xy(cities["lon"], cities["lat"])))
    least = np.full(len(cities), np.inf)
    for limit, area in zip(reversed(limits), reversed(ground), strict=True):
        # The parts, not the whole: their boxes are small.
        parts = shapely.get_parts(area)
        within = tree.query(parts, predicate="contains")[1]
        least[within] = limit
    columns = ["name", "iso3", "lon", "lat", "population"]
    found: pd.DataFrame = cities[columns].assign(limit=least)
    found = found[np.isfinite(found["limit"])]
    return found.sort_values(["limit", "population"], ascending=[True, False], ignore_index=True)


def _ground_layer(
    ground: list[BaseGeometry],
    limits: Sequence[float],
    cities: pd.DataFrame,
    land: dict[str, BaseGeometry],
) -> gpd.GeoDataFrame:
    rows = []
    for limit, area in zip(limits, ground, strict=True):
        inside = cities[cities["limit"] <= limit]
        rows.append(
            {
                "limit": limit,
                "area_km2": float(area_km2(area)[0]),
                "people": int(inside["population"].sum()),
                "cities": int((inside["population"] >= CITY_PEOPLE).sum()),
                "states": ";".join(
                    sorted(s for s, shape in land.items() if area.intersects(shape))
                ),
                "geometry": area,
            }
        )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
