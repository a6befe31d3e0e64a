"""Tables and layers against their schema: what is read, and what every fault says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString

from geo.atlas import Atlas
from geo.atlas.tables import parse_csv
from geo.errors import DataError, MissingDataError

if TYPE_CHECKING:
    from pathlib import Path


def replace(file: Path, old: str, new: str) -> None:
    """Replace a part of a file, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_types_and_blanks(data: Path) -> None:
    atlas = Atlas(data)
    rates = atlas.rates
    assert rates["base"].dtype == "float64"
    assert rates["price_year"].dtype == "Int64"
    assert rates["price_year"].isna().tolist() == [False, True]
    assert rates["currency"].isna().tolist() == [False, True]
    assert rates["item_id"].tolist() == ["haul-rus", "run-rus"]
    assert atlas.place_names["preferred"].dtype == "bool"
    assert atlas.places["coord_error_km"].dtype == "float64"
    assert atlas.sources["note"].iloc[1] == "reasons, in the notes"


def test_a_table_is_the_callers_own(data: Path) -> None:
    atlas = Atlas(data)
    mine = atlas.rates
    mine["base"] = 7.0
    mine = atlas.rates
    mine.loc[0, "base"] = 7.0
    assert atlas.rates["base"].tolist() == [0.6, 0.02]


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "rates",
            "money,0.6",
            "money,n/a",
            "data/rates.csv, row 2, base: expected a number >= 0, got 'n/a'",
        ),
        (
            "rates",
            "hours,0.02",
            "hours,-1",
            "data/rates.csv, row 3, base: expected a number >= 0, got '-1'",
        ),
        (
            "rates",
            "hours,0.02",
            "hours,inf",
            "data/rates.csv, row 3, base: expected a number >= 0, got 'inf'",
        ),
        (
            "rates",
            "hours,0.02",
            "hours,nan",
            "data/rates.csv, row 3, base: expected a number >= 0, got 'nan'",
        ),
        (
            "rates",
            "hours,0.02",
            "hours,",
            "data/rates.csv, row 3, base: expected a number >= 0, got a blank",
        ),
        (
            "rates",
            "0.6,0.5",
            "0.6,0.7",
            "data/rates.csv, row 2, base: expected a number >= 0.7 (low), got '0.6'",
        ),
        (
            "rates",
            "USD,2024",
            "USD,2024.5",
            (
                "data/rates.csv, row 2, price_year: expected a whole number >= 1990 and <= 2100, "
                "got '2024.5'"
            ),
        ),
        (
            "rates",
            "USD,2024",
            ",2024",
            "data/rates.csv, row 2, currency: expected a value where measure is money, got a blank",
        ),
        (
            "rates",
            "uniform",
            "normal",
            (
                "data/rates.csv, row 3, distribution: expected one of fixed, triangular, uniform, "
                "lognormal, got 'normal'"
            ),
        ),
        (
            "rates",
            "run-rus",
            "run-rsu",
            "data/rates.csv, row 3, item_id: expected one of the item_id of items, got 'run-rsu'",
        ),
        (
            "rates",
            "ignorance,atlas-1",
            "ignorance,atlas-1;atlas-2",
            (
                "data/rates.csv, row 3, source_ids: expected one of the source_id of sources, "
                "got 'atlas-2'"
            ),
        ),
        (
            "rates",
            "ignorance,atlas-1",
            "ignorance,atlas-1;",
            "data/rates.csv, row 3, source_ids: expected text of the form ",
        ),
        (
            "rates",
            "run-rus,hours",
            "haul-rus,money",
            "data/rates.csv, row 3, item_id+measure: 'haul-rus, money' is there already, in row 2",
        ),
        (
            "rates",
            "base,low",
            "low",
            "data/rates.csv, row 1, base: the column is missing; the file has item_id, measure",
        ),
        ("rates", "medium,", "medium,,", "data/rates.csv, row 2: expected 14 cells, got 15"),
        (
            "items",
            "run-rus,Running",
            "haul-rus,Running",
            "data/items.csv, row 3, item_id: 'haul-rus' is there already, in row 2",
        ),
        ("items", "note", "remark", "data/items.csv, row 1, note: the column is missing"),
        (
            "places",
            "station;zone",
            "station;zones",
            (
                "data/places.csv, row 2, kinds: expected one of station, border, port, zone, "
                "capital, city, got 'zones'"
            ),
        ),
        (
            "places",
            "126.557",
            "226.557",
            "data/places.csv, row 2, lon: expected a number >= -180 and <= 180, got '226.557'",
        ),
        (
            "place_names",
            "hangul,true",
            "hangul,yes",
            "data/place_names.csv, row 2, preferred: expected true or false, got 'yes'",
        ),
        (
            "place_names",
            "gyeonggi-gwangju",
            "gyeongi-gwangju",
            "data/place_names.csv, row 7, place_id: expected one of the place_id of places",
        ),
        ("sources", '"reasons', 'x"reasons"y"', "data/sources.csv, row 3: "),
    ],
)
def test_faults_in_a_table(data: Path, table: str, old: str, new: str, message: str) -> None:
    replace(data / f"{table}.csv", old, new)
    with pytest.raises(DataError) as caught:
        Atlas(data).table(table)
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == 4


def test_extra_column(data: Path) -> None:
    file = data / "items.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(f"{row},x" for row in rows), encoding="utf-8")
    with pytest.raises(DataError, match=r"data/items.csv, row 1, x: the schema .* no such column"):
        _ = Atlas(data).items


@pytest.mark.parametrize("odd", ["\u2028", "\x0c", "\x85", "\x1c"])
def test_only_line_breaks_end_a_row(odd: str) -> None:
    text = f"name,km\r\na{odd}b,1\nc,2"
    assert parse_csv(text, "my.csv") == (["name", "km"], [[f"a{odd}b", "1"], ["c", "2"]], [2, 3])


def test_rows_count_lines_of_quoted_cells(data: Path) -> None:
    replace(data / "rates.csv", "medium,", 'medium,"two\nlines"')
    replace(data / "rates.csv", "hours,0.02", "hours,x")
    with pytest.raises(DataError, match=r"row 4, base"):
        _ = Atlas(data).rates


def test_wrong_encoding(data: Path) -> None:
    file = data / "places.csv"
    file.write_bytes(file.read_text(encoding="utf-8").replace("ó", "o").encode("cp1250"))
    with pytest.raises(DataError, match=r"data/places.csv, row 6: expected UTF-8 text, got the by"):
        _ = Atlas(data).places


def test_a_byte_order_mark_is_no_fault(data: Path) -> None:
    file = data / "items.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(Atlas(data).items) == 2


def test_empty_and_missing_files(data: Path) -> None:
    (data / "items.csv").write_text("", encoding="utf-8")
    (data / "places.csv").unlink()
    with pytest.raises(DataError, match=r"data/items.csv, row 1: expected a header"):
        _ = Atlas(data).items
    with pytest.raises(MissingDataError, match=r"data/places.csv: there is no such file"):
        _ = Atlas(data).places


def test_a_table_without_rows(data: Path) -> None:
    header = (data / "items.csv").read_text(encoding="utf-8").splitlines()[0]
    (data / "items.csv").write_text(header + "\n", encoding="utf-8")
    assert Atlas(data).items.empty


def test_no_package(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"datapackage\.json"):
        Atlas(tmp_path)


def test_broken_package(data: Path) -> None:
    (data / "datapackage.json").write_text('{"resources": [', encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage.json, row 1: is not JSON"):
        Atlas(data)
    (data / "datapackage.json").write_text('{"resources": [{"name": "x"}]}', encoding="utf-8")
    with pytest.raises(DataError, match="lacks or garbles a part"):
        Atlas(data)


def edges(**columns: object) -> gpd.GeoDataFrame:
    """Return a small layer of sea edges, some of its columns replaced."""
    line = LineString([(0, 0), (1, 1)])
    own = {"from_node": [0, 1], "to_node": [1, 2], "length_km": [1.0, 2.0]}
    own["passage_id"] = ["", "suez"]
    return gpd.GeoDataFrame({**own, **columns}, geometry=[line, line], crs="EPSG:4326")


def test_a_layer(data: Path) -> None:
    edges().to_parquet(data / "layers" / "sea_edges.parquet")
    atlas = Atlas(data)
    assert "geometry" not in atlas.attributes("sea_edges")
    assert isinstance(atlas.sea_edges, gpd.GeoDataFrame)
    assert atlas.sea_edges.crs.to_epsg() == 4326
    assert atlas.sea_edges["passage_id"].tolist() == ["", "suez"]
    assert "geometry" not in atlas.attributes("sea_edges")


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (edges(length_km=[1.0, -2.0]), "row 3, length_km: expected a number >= 0, got '-2'"),
        (edges(length_km=["a", "b"]), "row 1, length_km: expected number, got str"),
        (edges(from_node=[0.5, 1.0]), "row 1, from_node: expected integer, got float64"),
        (edges().drop(columns="passage_id"), "row 1, passage_id: the column is missing"),
        (edges(extra=[1, 2]), "row 1, extra: the schema"),
        (edges().to_crs(3857), "geometry: expected EPSG:4326, got WGS 84 / Pseudo"),
    ],
)
def test_faults_in_a_layer(data: Path, layer: gpd.GeoDataFrame, message: str) -> None:
    layer.to_parquet(data / "layers" / "sea_edges.parquet")
    with pytest.raises(DataError) as caught:
        _ = Atlas(data).sea_edges
    assert str(caught.value).startswith(f"data/layers/sea_edges.parquet, {message}")


@pytest.mark.parametrize("cut", [0, 10, 400])
def test_a_damaged_layer(data: Path, cut: int) -> None:
    file = data / "layers" / "sea_edges.parquet"
    edges().to_parquet(file)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(DataError, match=r"damaged.*crescent data verify.*reinstall"):
        _ = Atlas(data).sea_edges


def test_a_damaged_middle(data: Path) -> None:
    file = data / "layers" / "sea_edges.parquet"
    pd.concat([edges()] * 500, ignore_index=True).to_parquet(file)
    content = bytearray(file.read_bytes())
    content[4:200] = bytes(196)
    file.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        _ = Atlas(data).sea_edges


def test_parquet_without_geo_metadata(data: Path) -> None:
    pd.DataFrame(edges().to_wkb()).to_parquet(data / "layers" / "sea_edges.parquet")
    with pytest.raises(DataError, match="damaged"):
        _ = Atlas(data).sea_edges
