"""The small world of `tests.small` with all that a map of it needs: areas, names, seas, ties.

Its states are boxes side by side, so that borders and areas can be worked out by hand.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from tests.small import SmallAtlas, study_of, table

if TYPE_CHECKING:
    from pathlib import Path

    from geo.study import Study

NASTY = "Gam<script>alert(1)</script>ma & Co"
"""A name that must be escaped before it reaches HTML."""

BOXES = {
    "AAA": (-2.0, 49.0, 1.4, 56.0),
    "BBB": (1.4, 49.0, 8.4, 56.0),
    "CCC": (8.4, 49.0, 10.0, 56.0),
    "DDD": (10.0, 49.0, 13.0, 56.0),
    "EEE": (-1.0, 47.0, 1.0, 48.5),
}


class DrawnAtlas(SmallAtlas):
    """The tables of the small world, and those that only maps and measures of states read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.places.loc[self.places["place_id"] == "gamma", "name"] = NASTY
        self.places.loc[self.places["place_id"] == "isle", "kinds"] = "port;city"
        self.place_names = table(
            "place_id,text,language,system,preferred\ndelta,Busan,en,,True\n"
        ).astype({"preferred": bool})
        self.states = self.states.assign(
            name=[f"State {iso3}" for iso3 in self.states["iso3"]],
            gauge_mm=[1435, 1520, 1520, 1435, 1435],
            landlocked=[False, True, True, True, False],
            tariff_zone=["europe", "rus", "blr", "chn", "europe"],
        )
        self.boundaries = gpd.GeoDataFrame(
            [
                {"iso3": iso3, "name": f"State {iso3}", "population": 1e6, "gdp_usd": 1e9}
                for iso3 in BOXES
            ],
            geometry=[box(*bounds) for bounds in BOXES.values()],
            crs="EPSG:4326",
        )
        self.cities = table(
            "name,iso3,lon,lat,population\nNear,AAA,0.3,50.05,200000\nFar,DDD,11.2,50.1,50000\n"
        )
        self.state_sets = pd.DataFrame(
            [{"set_id": "ring", "iso3": iso3, "role": "member"} for iso3 in ("AAA", "CCC", "EEE")]
        ).assign(valid_from=None, valid_to=None, quote=None)
        self.capitals = table("iso3,lon,lat\nAAA,0,50\nBBB,4.2,50\n")
        self.alliances = table("alliance_id,a,b,kind\na-b-1,AAA,BBB,defence-treaty\n")
        self.zones = table(
            "place_id,area_km2,status,nearest_station,nearest_port\nhut,3.3,open,beta,alpha\n"
        )
        self.features = table(
            "feature_id,name,kind,lon,lat,held_by,claimed_by,source_ids,note\n"
            "gulf,East Gulf / Sea of Alpha,sea,-1,48,,,made,\n"
        )
        self.lines = self.lines.assign(system="TKR")
        self.line_stations = self.line_stations.assign(geometry="matched")
        where = {"a-b": (1.4, 50.0), "c-d": (10.0, 50.0)}
        self.crossings = self.crossings.assign(
            lon=[where[one][0] for one in self.crossings["crossing_id"]],
            lat=[where[one][1] for one in self.crossings["crossing_id"]],
        )
        self.crossings = self.crossings.assign(trains_day=[2.0, float("nan")], trains_date="2024")
        self.parameters["train-teu"] = 60.0
        self.ports = self.ports.assign(unlocode=["AAALP", "EEEIS"])


def drawn_study(root: Path, scenario: str = "severed-2026", **options: Any) -> Study:
    """Return a study of the small world of which maps can be drawn."""
    return study_of(DrawnAtlas(root), scenario, **options)


def notes(html: str) -> str:
    """Return what a page says as plain text, without its scripts and styles, blanks as one."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    # a thin space inside a number is no blank
    return unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", bare)))


def drawn(html: str) -> dict[str, list[dict[str, Any]]]:
    """Read what a page draws: the features of each layer with their looks, texts and properties."""
    data = json.loads(_script(html, "data"))
    texts = json.loads(_script(html, "texts"))
    layers: dict[str, list[dict[str, Any]]] = {}
    for layer in data["layers"]:
        features = layers.setdefault(layer.get("name", ""), [])
        for decimals, chunk in layer["chunks"]:
            for shape, style, tip, popup, *extra in chunk:
                own = extra[0] if extra else {}
                features.append(
                    {
                        "shape": shape,
                        "decimals": decimals,
                        "style": data["styles"][style],
                        "tip": texts[tip],
                        "popup": texts[popup],
                        **own.get("p", {}),
                    }
                )
    return layers


def _script(html: str, name: str) -> str:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html)
    assert found is not None, name
    return found[1]
