"""A world small enough to work by hand: four states in a row, one line, a port and an island.

    alpha (AAA, 1435) | beta (BBB, 1520) ~ gamma (CCC, 1520) | delta (DDD, 1435)

`|` is a listed crossing with a break of gauge, `~` a border inside a union. Nothing here is data.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString

import geo.network.assembly
from geo.atlas.places import PlaceIndex
from geo.study import Study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.atlas import Place

ZONE_OF = {"AAA": "europe", "BBB": "rus", "CCC": "blr", "DDD": "chn", "EEE": "other"}

POINTS = {
    0: (0.0, 50.0),
    1: (1.4, 50.0),
    2: (4.2, 50.0),
    3: (8.4, 50.0),
    4: (9.1, 50.0),
    5: (10.0, 50.0),
    6: (11.0, 50.0),
    7: (0.0, 55.0),
    8: (1.0, 55.0),
}
STATIONS = {0: "alpha", 2: "beta", 4: "gamma", 6: "delta", 7: "omega"}
BORDERS = {1: ("AAA", "BBB", "a-b"), 3: ("BBB", "CCC", ""), 5: ("CCC", "DDD", "c-d")}

EDGES = """from_node,to_node,iso3,gauges,length_km,tariff_km,line_id,part_order,kind
0,1,AAA,1435,100,110,main,1,track
1,2,BBB,1520,200,,main,1,track
2,3,BBB,1520,300,,main,2,track
3,4,CCC,1520,50,,main,2,schematic
4,5,CCC,1520,60,,,0,track
5,6,DDD,1435,70,,,0,track
7,8,AAA,1435,80,,,0,track
"""
ROAD_BORDERS = {1: ("AAA", "BBB", "a-b-road"), 3: ("BBB", "CCC", ""), 5: ("CCC", "DDD", "")}
ROADS = """edge_id,from_node,to_node,iso3,length_km,kind
0,0,1,AAA,110,road
1,1,2,BBB,210,road
2,2,3,BBB,310,curated
3,3,4,CCC,60,road
4,4,5,CCC,70,road
5,5,6,DDD,80,road
"""
ROAD_CROSSINGS = """crossing_id,name,iso3_a,iso3_b,lon,lat,border_item_ab,border_item_ba,\
trucks_day,actual_status,actual_from,legal_status,legal_note,source_ids,note
a-b-road,Road A-B,AAA,BBB,1.4,50,road-border-ab,road-border-ba,,open,,permitted,,made,
"""
PLACES = """place_id,name,iso3,lon,lat,kinds
alpha,Alpha,AAA,0,50,station;port
beta,Beta,BBB,4.2,50,station
gamma,Gamma,CCC,9.1,50,station
delta,Delta,DDD,11,50,station
omega,Omega,AAA,0,55,station
isle,Isle,EEE,0,48,port
hut,Hut,BBB,4.2,50.1,city
lost,Lost,BBB,4.2,53,city
"""
LINES = """line_id,name,run_item,freight
main,Main Line,,true
"""
LINE_STATIONS = """line_id,order,place_id,status,power
main,0,alpha,,
main,1,beta,open,25kV50
main,2,gamma,open,3kVdc
"""
CROSSINGS = """crossing_id,name,iso3_a,iso3_b,gauge_a_mm,gauge_b_mm,methods,border_item_ab,\
border_item_ba,gauge_items,actual_status,actual_from,legal_status,legal_note
a-b,A-B,AAA,BBB,1435,1520,transshipment;bogie-exchange,border-ab,border-ba,gauge-lift;gauge-bogie,\
open,,restricted,by a list
c-d,C-D,CCC,DDD,1520,1435,transshipment,border-cd,border-dc,gauge-lift,open,,permitted,
"""
PORTS = """place_id,lon,lat,sea,handling_item,dwell_item,actual_status,legal_status,legal_note
alpha,0.1,49.9,short,port-handling,port-dwell,open,permitted,
isle,0,48,short,port-handling,port-dwell,open,permitted,
"""
TRANSFERS = """transfer_id,name,place_a,place_b,gauge_a_mm,gauge_b_mm,methods,gauge_items,\
actual_status
"""
HEADWAYS = """item_id,mode,from_places,to_places,departures_week,low,high,least_wait_h,\
source_ids,confidence,note
"""
STORAGE = """item_id,dwell_item,from_day,to_day,per_day,currency,price_year,\
source_ids,confidence,note
"""
PASSAGES = """passage_id,name,default,gate
strait,The Strait,open,"0 49, 1 49"
ice,The Ice,closed,"0 60, 1 60"
"""
SEA_LANES = """lane_id,port_a,port_b,length_km,passages
near,alpha,isle,400,strait
round,alpha,isle,900,
"""
LANES = """lane_rate_id,item,from_ports,to_ports,passages,rate_date,covers_handling
spot,lane-spot,alpha,isle,strait,2025-10,both
"""
SERVICES = """service_id,name,item,from_crossing,to_crossing,states,tariff_km,valid_from
through,Through Train,service-through,a-b,c-d,BBB;CCC,650,2024-07
"""
CORRIDORS = """corridor_id,name,vias,modes,avoid
by-train,Through train,service:through,rail,
by-sea,By the strait,passage:strait,rail;sea,
not-bbb,Round BBB,,rail;sea,BBB
"""
SCENARIOS = {
    "severed-2026": "",
    "shut": 'close = ["crossing:a-b"]',
    "tolls": '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nscale = 2.0',
}

RATES = {
    # Unit, category, what it covers, then money, hours and CO2 for one unit.
    "haul-europe": ("FEU-km", "haulage", "haulage:AAA", 1.0, None, None),
    "haul-rus": ("FEU-km", "haulage", "haulage:BBB", 0.5, None, None),
    "haul-blr": ("FEU-km", "haulage", "haulage:CCC", 0.5, None, None),
    "haul-chn": ("FEU-km", "haulage", "haulage:DDD", 0.8, None, None),
    **{
        f"run-{zone}": ("km", "running", "", None, 0.02, None)
        for zone in ("europe", "rus", "blr", "chn", "road", "sea-short", "sea-deep")
    },
    **{
        f"energy-{zone}": ("t-km", "energy", "", None, None, 0.01)
        for zone in ("europe", "rus", "blr", "chn", "road")
    },
    "energy-sea": ("TEU-km", "energy", "", None, None, 0.05),
    "entry-europe": ("FEU", "entry", "", 100.0, None, None),
    "entry-rus": ("FEU", "entry", "", 120.0, None, None),
    "entry-blr": ("FEU", "entry", "", 90.0, None, None),
    "entry-chn": ("FEU", "entry", "", 70.0, None, None),
    **{
        f"rail-handling-{zone}": ("FEU", "handling", "", 50.0, 5.0, None)
        for zone in ("europe", "rus", "blr", "chn")
    },
    **{
        f"wait-train-{zone}": ("FEU", "waiting", "", None, 10.0, None)
        for zone in ("europe", "rus", "blr", "chn")
    },
    "border-ab": ("FEU", "border", "border:a-b", 200.0, 30.0, None),
    "border-ba": ("FEU", "border", "border:b-a", 300.0, 40.0, None),
    "border-cd": ("FEU", "border", "border:c-d", 210.0, 31.0, None),
    "border-dc": ("FEU", "border", "border:d-c", 310.0, 41.0, None),
    "border-union": ("FEU", "border", "border:union", 0.0, 1.0, None),
    "gauge-lift": ("FEU", "gauge-change", "", 80.0, 2.0, None),
    "gauge-bogie": ("FEU", "gauge-change", "", 60.0, 4.0, None),
    "service-through": ("FEU", "service", "haulage:BBB;haulage:CCC", 333.0, 20.0, None),
    "port-handling": ("FEU", "handling", "port-handling:any", 40.0, 0.0, None),
    "port-dwell": ("FEU", "dwell", "", None, 24.0, None),
    "lane-spot": ("FEU", "lane", "port-handling:any;sea", 150.0, None, None),
    "sea-short": ("FEU-km", "sea", "sea", 0.5, None, None),
    "sea-deep": ("FEU-km", "sea", "sea", 0.2, None, None),
    "wait-sailing-short": ("FEU", "waiting", "", None, 48.0, None),
    "wait-sailing-deep": ("FEU", "waiting", "", None, 96.0, None),
    **{
        f"haul-road-{zone}": ("FEU-km", "access", f"road-haulage:{zone}", 1.5, None, None)
        for zone in ("europe", "rus", "blr", "chn")
    },
    **{
        f"run-road-{zone}": ("km", "access", "", None, 0.025, None)
        for zone in ("europe", "rus", "blr", "chn")
    },
    "road-border-ab": ("FEU", "border", "border:road-a-b", 20.0, 3.0, None),
    "road-border-ba": ("FEU", "border", "border:road-b-a", 25.0, 4.0, None),
    "road-border-union": ("FEU", "border", "border:road-union", 0.0, 0.5, None),
}


def table(text: str, **kinds: Any) -> pd.DataFrame:
    """Read a table from its text, blanks as missing; a column of blanks is one of text."""
    frame: pd.DataFrame = pd.read_csv(io.StringIO(text), **kinds)
    blank = [name for name in frame if frame[name].isna().all()]
    return frame.astype(dict.fromkeys(blank, "object"))


def vertices() -> pd.DataFrame:
    """Return the vertices of track."""
    rows = []
    for node, (lon, lat) in POINTS.items():
        iso3_a, iso3_b, crossing = BORDERS.get(node, ("", "", ""))
        station = STATIONS.get(node, "")
        rows.append(
            {
                "node_id": node,
                "lon": lon,
                "lat": lat,
                "kind": "border" if node in BORDERS else "station" if station else "end",
                "place_ids": station,
                "iso3_a": iso3_a,
                "iso3_b": iso3_b,
                "crossing_id": crossing,
                "name": station or crossing,
            }
        )
    return pd.DataFrame(rows)


def road_vertices() -> pd.DataFrame:
    """Return the vertices of the road, which runs beside the main line and has one crossing."""
    rows = []
    for node in range(7):
        lon, lat = POINTS[node]
        iso3_a, iso3_b, crossing = ROAD_BORDERS.get(node, ("", "", ""))
        kind = "border" if node in ROAD_BORDERS else "place"
        rows.append((node, lon, lat, kind, iso3_a, iso3_b, crossing))
    columns = ["node_id", "lon", "lat", "kind", "iso3_a", "iso3_b", "crossing_id"]
    return pd.DataFrame(rows, columns=columns)


def road_edges() -> gpd.GeoDataFrame:
    """Return the roads, straight between their ends."""
    frame = table(ROADS)
    shapes = [
        LineString([POINTS[a], POINTS[b]])
        for a, b in zip(frame["from_node"], frame["to_node"], strict=True)
    ]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def edges(text: str = EDGES) -> gpd.GeoDataFrame:
    """Return the track, straight between its ends."""
    frame = table(text, dtype={"gauges": str, "line_id": str})
    shapes = [
        LineString([POINTS[a], POINTS[b]])
        for a, b in zip(frame["from_node"], frame["to_node"], strict=True)
    ]
    frame["line_id"] = frame["line_id"].fillna("")
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def _rates() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of items and rates."""
    items = [
        {"item_id": item, "title": item, "unit": unit, "category": kind, "covers": covers}
        for item, (unit, kind, covers, *_) in RATES.items()
    ]
    words = {"money": "per {}", "hours": "h per {}", "co2": "kg per {}"}
    rates = [
        {
            "item_id": item,
            "measure": measure,
            "base": base,
            "low": base / 2,
            "high": base * 2,
            "unit": words[measure].format(unit),
            "currency": "USD" if measure == "money" else "",
            "price_year": 2024 if measure == "money" else None,
            "distribution": "triangular",
            "range_means": "ignorance",
            "source_ids": "made",
            "confidence": "high",
            "note": "",
        }
        for item, (unit, _kind, _covers, *amounts) in RATES.items()
        for measure, base in zip(words, amounts, strict=True)
        if base is not None
    ]
    return pd.DataFrame(items), pd.DataFrame(rates)


class SmallAtlas:
    """The tables and layers of the small world, each an attribute that a test may change."""

    def parameter(self, parameter_id: str) -> float:
        """Return the value of a parameter."""
        return self.parameters[parameter_id]

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "scenarios").mkdir(parents=True, exist_ok=True)
        for name, text in SCENARIOS.items():
            head = f'id = "{name}"\ntitle = "{name}"\ndate = 2026-01-01\n'
            (root / "scenarios" / f"{name}.toml").write_text(head + text, encoding="utf-8")
        self.places = table(PLACES)
        self.sources = pd.DataFrame({"source_id": ["book", "survey", "law"]})
        self.trade_bans = pd.DataFrame(
            columns=["ban_id", "iso3_a", "iso3_b", "status", "valid_from", "valid_to", "note"]
        )
        self.parameters = {
            "access-bound": 30.0,
            "road-circuity": 1.3,
            "road-detour": 2.1,
            "short-sea-length": 3000.0,
        }
        self.road_edges = road_edges()
        self.road_nodes = road_vertices()
        self.road_crossings = table(ROAD_CROSSINGS)
        self.place_names = pd.DataFrame(columns=["place_id", "text"])
        self.states = pd.DataFrame({"iso3": ZONE_OF.keys(), "tariff_zone": ZONE_OF.values()})
        self.boundaries = gpd.GeoDataFrame(
            columns=["iso3", "name", "geometry"], geometry="geometry", crs="EPSG:4326"
        )
        self.cities = pd.DataFrame(columns=["name", "iso3", "lon", "lat", "population"])
        self.rail_nodes = vertices().drop(columns="name")
        self.rail_edges = edges()
        self.lines = table(LINES)
        self.line_stations = table(LINE_STATIONS)
        self.crossings = table(CROSSINGS)
        self.border_regimes = pd.DataFrame(
            [{"regime_id": "union", "members": "BBB;CCC", "border_item": "border-union"}]
        )
        self.transfers = table(TRANSFERS)
        self.headways = table(HEADWAYS)
        self.storage = table(STORAGE)
        self.ports = table(PORTS)
        self.passages = table(PASSAGES)
        lanes = table(SEA_LANES, keep_default_na=False)
        shapes = [
            LineString([(0.1, 49.9), (0, 48)]),
            LineString([(0.1, 49.9), (-3, 49), (0, 48)]),
        ]
        self.sea_lanes = gpd.GeoDataFrame(lanes, geometry=shapes, crs="EPSG:4326")
        self.lanes = table(LANES)
        self.services = table(SERVICES)
        self.corridors = table(CORRIDORS)
        self.items, self.rates = _rates()
        self.exchange_rates = pd.DataFrame(columns=["currency", "year", "per_usd", "source_ids"])
        self.deflators = table("year,index,series,source_ids\n2024,100,made,made\n")
        self.goods = table(
            "goods_id,name,value_usd_per_feu,value_low,value_high,tonnes_per_feu,price_year,"
            "confidence,source_ids,note\n"
            "general,General,24000,12000,48000,10,2024,high,made,\n"
        )
        self.time_values = table(
            "method,per_day,low,high,source_ids,confidence,note\n"
            "ad-valorem,0.01,0.01,0.02,made,high,\ncapital-cost,0.001,,,made,high,\n"
        )

    def find_place(self, text: str) -> Place:
        """Find a place by any name."""
        return PlaceIndex(self.places, self.place_names).find(text)


def small_study(root: Path, scenario: str = "severed-2026", **options: Any) -> Study:
    """Return a study of the small world, in which even a short railway counts."""
    return study_of(SmallAtlas(root), scenario, **options)


def study_of(atlas: SmallAtlas, scenario: str = "severed-2026", **options: Any) -> Study:
    """Return a study of a small world that a test has changed."""
    study = Study(scenario, atlas=cast("Any", atlas), **options)
    with patch.object(geo.network.assembly, "LEAST_COMPONENT", 1):
        assert study.network is not None
    return study
