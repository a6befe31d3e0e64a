"""A small study without a network: routes and tables made by hand, for reports and commands.

Its figures are round and invented; nothing here is data.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, box

from geo.atlas import Atlas, Place
from geo.costing import Bill, Charge, Goods, TimeValue
from geo.errors import NoRouteError, UnknownNameError
from geo.files import data_root
from geo.layers import atlas_layers
from geo.outcome import Outcome
from geo.route import Leg, Route, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.atlas.schema import Schema

NASTY = "Bus<b>an & Co"
"""A name that must be escaped before it reaches HTML."""

PLACES = {
    "busan": Place("busan", "Busan", "KOR", 129.04, 35.11, ("station", "port")),
    "gaesong": Place("gaesong", "Gaesong", "PRK", 126.55, 37.97, ("zone", "station")),
    "moscow": Place("moscow", "Moscow", "RUS", 37.66, 55.78, ("station", "capital")),
    "rotterdam": Place("rotterdam", "Rotterdam", "NLD", 4.14, 51.95, ("port", "city")),
    "tashkent": Place("tashkent", "Tashkent", "UZB", 69.29, 41.29, ("station", "capital")),
    "hanoi": Place("hanoi", "Hanoi", "VNM", 105.84, 21.02, ("station", "capital")),
}


def charge(item: str, usd: float, *, assumed: bool = False, **other: Any) -> Charge:
    """Make one line of a bill."""
    fields: dict[str, Any] = {
        "item_id": item,
        "title": item.replace("-", " ").capitalize(),
        "where": "RUS",
        "consignment": 1,
        "quantity": 1.0,
        "unit": "FEU",
        "usd": usd,
        "usd_low": 0.8 * usd,
        "usd_high": 1.5 * usd,
        "hours": 10.0,
        "kg_co2": 100.0,
        "source_ids": ("assumption",) if assumed else ("tariff-2024", "review-2023"),
        "confidence": "assumption" if assumed else "high",
        "assumed": assumed,
    }
    return Charge(**{**fields, **other})


def leg(mode: str, start: Place, end: Place, **other: Any) -> Leg:
    """Make one leg in a straight line."""
    fields: dict[str, Any] = {
        "mode": mode,
        "from_name": start.name,
        "to_name": end.name,
        "line": "Trans-Siberian Railway" if mode == "rail" else "",
        "country": end.iso3,
        "gauge_mm": 1520 if mode == "rail" else None,
        "power": "",
        "km": 1000.0,
        "tariff_km": 1010.0,
        "hours": 20.0,
        "usd": 900.0,
        "kg_co2": 200.0,
        "geometry": LineString([(start.lon, start.lat), (end.lon, end.lat)]),
        "schematic": False,
    }
    return Leg(**{**fields, **other})


def route(
    origin: Place = PLACES["busan"],
    destination: Place = PLACES["moscow"],
    *,
    scenario: str = "reopened",
    corridor: str = "best",
    usd: float = 3000.0,
    assumed_usd: float = 0.0,
    physical: str = "open",
    legal: str = "permitted",
    notes: tuple[str, ...] = (),
) -> Route:
    """Make a route of two legs and two charges."""
    charges = [charge("haul-rus", usd, quantity=9124.5, unit="FEU-km", hours=240.0)]
    if assumed_usd:
        charges.append(charge("entry-prk", assumed_usd, assumed=True, where="PRK"))
    gaesong = PLACES["gaesong"]
    legs = (
        leg("rail", origin, gaesong, schematic=True, gauge_mm=1435),
        leg("rail", gaesong, destination),
    )
    return Route(
        origin=origin,
        destination=destination,
        scenario=scenario,
        corridor=corridor,
        objective="generalised",
        goods=goods(),
        time_value=time_value(),
        legs=legs,
        charges=Bill(tuple(charges)),
        physical_status=physical,
        legal_status=legal,
        status_notes=notes,
    )


def goods() -> Goods:
    """Make the load of a box."""
    return Goods(
        goods_id="general",
        name="General cargo",
        value_usd=50_000.0,
        value_low_usd=20_000.0,
        value_high_usd=100_000.0,
        tonnes_per_feu=18.0,
        source_ids=("assumption",),
        confidence="assumption",
    )


def time_value(method: str = "ad-valorem") -> TimeValue:
    """Make a value of time."""
    return TimeValue(
        method=method,
        per_day=0.006,
        low=0.003,
        high=0.021,
        source_ids=("hummels-schaur-2013",),
        confidence="medium",
    )


class FakeAtlas:
    """The tables that reports and commands read, a few rows each."""

    def __init__(self) -> None:
        self.root = data_root()
        self.resources: dict[str, Any] = {}
        self.overlays = ()
        edge = {"gauges": "1435", "kind": "track", "iso3": "KOR"}
        self.places = pd.DataFrame(
            [
                {
                    "place_id": p.place_id,
                    "name": p.name,
                    "iso3": p.iso3,
                    "lon": p.lon,
                    "lat": p.lat,
                    "kinds": ";".join(p.kinds),
                    "source_ids": "atlas",
                }
                for p in PLACES.values()
            ]
        )
        shapes = {"VNM": (102, 9, 109, 23), "CHN": (80, 23, 120, 48), "RUS": (40, 50, 180, 72)}
        self.boundaries = gpd.GeoDataFrame(
            [
                {
                    "iso3": iso3,
                    "name": NASTY if iso3 == "CHN" else iso3,
                    "population": 1e8,
                    "gdp_usd": 1e12,
                    "geometry": box(*bounds),
                }
                for iso3, bounds in shapes.items()
            ],
            geometry="geometry",
            crs="EPSG:4326",
        )
        self.states = pd.DataFrame(
            [
                {"iso3": "VNM", "gauge_mm": 1000, "tariff_zone": "other", "landlocked": False},
                {"iso3": "CHN", "gauge_mm": 1435, "tariff_zone": "chn", "landlocked": False},
                {"iso3": "NLD", "gauge_mm": 1435, "tariff_zone": "europe", "landlocked": False},
            ]
        )
        self.state_sets = pd.DataFrame(
            [{"set_id": "crescent-6", "iso3": iso3} for iso3 in ("VNM", "UZB")]
        )
        self.capitals = pd.DataFrame(
            [
                {"iso3": "KOR", "lon": 126.98, "lat": 37.57},
                {"iso3": "USA", "lon": -77.04, "lat": 38.9},
            ]
        )
        self.alliances = pd.DataFrame(
            [{"alliance_id": "usa-kor-1953", "a": "USA", "b": "KOR", "kind": "defence-treaty"}]
        )
        self.zones = pd.DataFrame(
            [
                {
                    "place_id": "gaesong",
                    "area_km2": 3.3,
                    "status": "closed",
                    "nearest_station": "gaesong",
                    "nearest_port": "busan",
                    "nearest_crossing": "dorasan-panmun",
                }
            ]
        )
        self.lines = pd.DataFrame(
            [{"line_id": "gyeongui", "name": "Gyeongui", "system": "TKR", "freight": True}]
        )
        self.line_stations = pd.DataFrame(
            [
                {
                    "line_id": "gyeongui",
                    "order": order,
                    "place_id": place,
                    "status": status,
                    "geometry": drawn,
                    "power": "",
                }
                for order, place, status, drawn in (
                    (1, "busan", "open", "matched"),
                    (2, "gaesong", "severed", "matched"),
                    (3, "moscow", "open", "schematic"),
                )
            ]
        )
        self.rail_edges = gpd.GeoDataFrame(
            [
                {
                    **edge,
                    "edge_id": number,
                    "line_id": "gyeongui",
                    "part_order": order,
                    "length_km": km,
                    "geometry": LineString([(lon, 36), (lon + 1, 37)]),
                }
                for number, (order, km, lon) in enumerate(
                    ((2, 60.0, 126), (2, 40.0, 127), (3, 7000.0, 128))
                )
            ],
            geometry="geometry",
            crs="EPSG:4326",
        )
        self.rail_edges.loc[2, "kind"] = "schematic"
        self.crossings = pd.DataFrame(
            [
                {
                    "crossing_id": name,
                    "name": NASTY if broken else "Dorasan–Panmun",
                    "iso3_a": "KOR",
                    "iso3_b": "PRK",
                    "lon": 126.7,
                    "lat": 37.9,
                    "gauge_a_mm": 1435,
                    "gauge_b_mm": 1520 if broken else 1435,
                    "methods": "transshipment" if broken else "",
                    "actual_status": "open" if broken else "severed",
                    "legal_status": "restricted",
                    "legal_note": "a <script>note</script>",
                }
                for name, broken in (("dorasan-panmun", False), ("tumangang-khasan", True))
            ]
        )
        self.road_crossings = self.crossings[
            ["crossing_id", "name", "iso3_a", "iso3_b", "lon", "lat", "actual_status"]
        ].assign(
            trucks_day=[400.0, float("nan")],
            legal_status="restricted",
            legal_note="a <script>note</script>",
            note="",
        )
        self.road_edges = self.rail_edges[["length_km", "geometry"]].assign(
            edge_id=range(len(self.rail_edges)), iso3="KOR", kind="road"
        )
        self.ports = pd.DataFrame(
            [
                {
                    "place_id": "busan",
                    "unlocode": "KRPUS",
                    "lon": 129.04,
                    "lat": 35.1,
                    "sea": "deep",
                    "actual_status": "open",
                    "legal_status": "permitted",
                }
            ]
        )
        self.features = pd.DataFrame(
            [
                (
                    "east-sea",
                    "East Sea / Sea of Japan",
                    "sea",
                    134.5,
                    39.6,
                    None,
                    None,
                    "atlas",
                    None,
                )
            ],
            columns=[
                *("feature_id", "name", "kind", "lon", "lat", "held_by", "claimed_by"),
                *("source_ids", "note"),
            ],
        )
        self.passages = pd.DataFrame(
            [
                {
                    "passage_id": "suez",
                    "name": "Suez Canal",
                    "default": "open",
                    "gate": "32.2 30.0, 32.6 30.0",
                }
            ]
        )
        self.sea_lanes = gpd.GeoDataFrame(
            [
                {
                    "lane_id": "busan-rotterdam",
                    "port_a": "busan",
                    "port_b": "rotterdam",
                    "length_km": 20_200.0,
                    "passages": "suez",
                    "geometry": LineString([(129, 35), (100, 5), (32, 30), (4, 52)]),
                }
            ],
            geometry="geometry",
            crs="EPSG:4326",
        )
        self.place_names = pd.DataFrame(
            [
                ("gaesong", "Gaesong", "en", "", True),
                ("gaesong", "Kaesŏng", "ko", "MR", True),
                ("gaesong", "Kaesong", "ko", "DPRK", True),
                ("gaesong", "개성", "ko", "hangul", True),
                ("busan", "Busan", "ko", "RR", True),
                ("busan", "부산", "ko", "hangul", True),
            ],
            columns=["place_id", "text", "language", "system", "preferred"],
        )
        self.items = pd.DataFrame(
            [("haul-rus", "haulage"), ("entry-prk", "entry")], columns=["item_id", "category"]
        )
        self.line_parts = self.rail_edges[["line_id", "part_order", "length_km", "kind"]]
        self.corridors = pd.DataFrame(
            [{"corridor_id": name, "name": name} for name in ("tkr-tsr", "sea-suez")]
        )
        self.sources = pd.DataFrame(
            [
                {
                    "source_id": "tariff-2024",
                    "title": "Tariff book",
                    "address": "",
                    "kind": "page",
                    "year": 2024,
                    "accessed": "2026-11-24",
                    "licence": "CC-BY-4.0",
                    "note": "",
                }
            ]
        )

    def schema(self, name: str) -> Schema:
        """Return the real rules of a table."""
        return Atlas().schema(name)

    def find_place(self, text: str) -> Place:
        """Find a place by its id."""
        if text.casefold() not in PLACES:
            kind = "place"
            raise UnknownNameError(kind, text, ("Busan",))
        return PLACES[text.casefold()]


class FakeStudy:
    """A study whose answers are made by hand; the demarcation line is shut in severed-2026."""

    def __init__(
        self, scenario: str = "severed-2026", *, atlas: FakeAtlas | None = None, **_other: object
    ) -> None:
        if scenario not in {"severed-2026", "reopened"}:
            kind = "scenario"
            raise UnknownNameError(kind, str(scenario), ("severed-2026",))
        self.atlas = atlas or FakeAtlas()
        self.scenario = SimpleNamespace(scenario_id=scenario, title=f"The world, {scenario}")

    def at(self, scenario: str) -> FakeStudy:
        """Return the study in another state of the world."""
        return FakeStudy(scenario, atlas=self.atlas)

    def route(self, origin: str, destination: str, **_other: object) -> Route:
        """Answer one question."""
        found = self._answer(self.atlas.find_place(origin), self.atlas.find_place(destination))
        if found.route is None:
            raise NoRouteError(found.origin.name, found.destination.name, [found.reason])
        return found.route

    def alternatives(self, origin: str, destination: str, *, k: int, **_: object) -> list[Route]:
        """Find ways that go by other crossings."""
        gates = (("Dorasan - Panmun (Gyeongui line)", "Tumangang - Khasan"), ("ship Busan-Dalian",))
        best = self.route(origin, destination)
        return [replace(best, way=Way(each, "", 1.0)) for each in gates[:k]]

    def pareto(
        self, origin: str, destination: str, criteria: Sequence[str], **_: object
    ) -> list[Route]:
        """Find as many ways as there are criteria."""
        best = self.route(origin, destination)
        return [replace(best, way=Way((), f"by {each} line", 1.0)) for each in criteria]

    def routes(
        self,
        origins: Iterable[str],
        destinations: Iterable[str],
        *,
        corridors: Sequence[str] = ("best",),
        modes: Sequence[str] | None = None,  # noqa: ARG002 - as the real one
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Answer every pair on every corridor."""
        if progress is not None:
            progress(1, 1)
        return tuple(
            self._answer(self.atlas.find_place(a), self.atlas.find_place(b), corridor)
            for a in origins
            for b in destinations
            if a != b
            for corridor in corridors
        )

    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """Build the layers from the tables."""
        shut = ["crossing:dorasan-panmun", "part:gyeongui/2"]
        closed = shut if self.scenario.scenario_id == "severed-2026" else []
        return atlas_layers(cast("Any", self.atlas), closed)

    def _answer(self, start: Place, end: Place, corridor: str = "best") -> Outcome:
        scenario = self.scenario.scenario_id
        ends = (start, end, scenario, corridor)
        if scenario == "severed-2026" and start.place_id == "gaesong":
            return Outcome(*ends, None, "border crossing Dorasan–Panmun severed since 2024-10-15")
        usd = 3000.0 if corridor in {"best", "tkr-tsr"} else 4100.0
        usd += 900.0 if scenario == "severed-2026" else 0.0
        found = route(start, end, scenario=scenario, corridor=corridor, usd=usd, assumed_usd=900.0)
        return Outcome(*ends, found)
