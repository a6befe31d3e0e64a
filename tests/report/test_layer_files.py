"""Layers as files, each read back without the libraries that wrote it: values, geometry, CRS."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, shape

from geo.errors import OutputError
from geo.report.layer_notes import LayerNote
from geo.report.layers import LAYER_ENDINGS, write_layer
from geo.report.provenance import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ["부산 – 서울", "Владивосток", "<![CDATA[A & B <script> ]]>", "без геометрии"]
LINE = LineString([(129.0403, 35.1152), (127.0, 37.5547)])
SPLIT = MultiLineString([[(179.9, 51.2), (180.0, 51.3)], [(-180.0, 51.3), (-179.5, 51.5)]])
GEOMETRIES = [LINE, SPLIT, Point(131.8852, 43.1155), None]
USD = [1234.5678, -0.25, None, 4.0]
LAYER = gpd.GeoDataFrame(
    {
        "name": NAMES,
        "length_km": [451.25, 70.5, 0.0, 1.0],
        "usd": USD,
        "gauge_mm": [1435, 1520, 1520, 1435],
        "freight": [True, False, True, True],
    },
    geometry=gpd.GeoSeries(GEOMETRIES),
    crs="EPSG:4326",
)
SOURCE = Source(source_id="kr", kind="page", title="철도 <통계>", address="an address", year=2024)
NOTE = LayerNote("Линии", ("Tracks: OSM (ODbL-1.0)",), (SOURCE,), {"scenario": "reopened"})


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Write the layer in a format."""
    path = tmp_path / f"lines{request.param}"
    write_layer({"lines": LAYER}, path, name="lines", notes={"lines": NOTE})
    return path


def of(ending: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("file", [ending], indirect=True)


def assert_same(read: Sequence[Any]) -> None:
    """Hold geometries against those that were written, to the last digit that was given."""
    for mine, theirs in zip(GEOMETRIES, read, strict=True):
        if mine is None:
            assert theirs is None or theirs.is_empty
        else:
            assert shapely.equals_exact(mine, theirs, tolerance=1e-9)


def geometry_of(blob: bytes | None) -> Any:
    """Read a geometry of a GeoPackage: a header of its own, then well-known binary."""
    if blob is None:
        return None
    magic, _version, flags, srs_id = struct.unpack_from("<2sBBi", blob)
    assert (magic, srs_id) == (b"GP", 4326)
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(flags >> 1) & 7]
    return shapely.from_wkb(blob[8 + envelope :])


@of(".gpkg")
def test_a_geopackage_reads_back_by_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base:
        (table, srs_id) = base.execute("SELECT table_name, srs_id FROM gpkg_contents").fetchone()
        assert (table, srs_id) == ("lines", 4326)
        definition = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
        assert base.execute(f"{definition} WHERE srs_id = 4326").fetchone() == ("EPSG", 4326)
        rows = base.execute("SELECT name, length_km, usd, gauge_mm, freight, geom FROM lines")
        name, km, usd, gauge, freight, blob = zip(*rows.fetchall(), strict=True)
        said = base.execute("SELECT metadata FROM gpkg_metadata").fetchall()
    assert list(name) == NAMES
    assert list(km) == LAYER["length_km"].tolist()
    assert list(usd) == USD
    assert list(gauge) == LAYER["gauge_mm"].tolist()
    assert [bool(one) for one in freight] == LAYER["freight"].tolist()
    assert_same([geometry_of(one) for one in blob])
    items = {one.get("key"): one.text for (xml,) in said for one in ET.fromstring(xml).iter()}  # noqa: S314 - our own
    assert json.loads(str(items["crescent"])) == NOTE.to_dict()


@of(".parquet")
def test_geoparquet_reads_back_by_arrow(file: Path) -> None:
    table = pq.read_table(file)
    geo = json.loads(table.schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert table["name"].to_pylist() == NAMES
    assert table["usd"].to_pylist() == USD
    assert table["gauge_mm"].to_pylist() == LAYER["gauge_mm"].tolist()
    assert_same([one and shapely.from_wkb(one) for one in table["geometry"].to_pylist()])
    assert json.loads(table.schema.metadata[b"crescent"]) == NOTE.to_dict()


@of(".geojson")
def test_geojson_reads_back_as_json(file: Path) -> None:
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["type"] == "FeatureCollection"
    # RFC 7946: lon, lat on WGS 84, and nothing else may be named
    assert "crs" not in record
    assert record["about"] == NOTE.to_dict()
    rows = [feature["properties"] for feature in record["features"]]
    assert [row["name"] for row in rows] == NAMES
    assert [row["usd"] for row in rows] == USD
    assert [row["freight"] for row in rows] == LAYER["freight"].tolist()
    drawn = [feature["geometry"] for feature in record["features"]]
    assert_same([one and shape(one) for one in drawn])


KML = "{http://www.opengis.net/kml/2.2}"


def kml_geometry(mark: ET.Element) -> Any:
    """Return the geometry of a placemark."""
    lines: list[Any] = []
    for kind, make in (("Point", Point), ("LineString", LineString)):
        for element in mark.iter(f"{KML}{kind}"):
            text = str(element.findtext(f"{KML}coordinates"))
            points = [tuple(map(float, one.split(",")))[:2] for one in text.split()]
            lines.append(make(points[0] if kind == "Point" else points))
    if not lines:
        return None
    return MultiLineString(lines) if mark.find(f".//{KML}MultiGeometry") is not None else lines[0]


@of(".kml")
def test_kml_reads_back_as_xml(file: Path) -> None:
    root = ET.parse(file).getroot()  # noqa: S314 - our own
    assert root.tag == f"{KML}kml"
    marks = list(root.iter(f"{KML}Placemark"))
    names = [str(mark.findtext(f"{KML}name")) for mark in marks]
    # the driver cannot write the signs of a CDATA section: one without width breaks them
    assert [name.replace("\u200b", "") for name in names] == NAMES
    assert_same([kml_geometry(mark) for mark in marks])
    data = [{one.get("name"): one.text for one in mark.iter(f"{KML}SimpleData")} for mark in marks]
    read = [float(str(row["usd"])) if row.get("usd") else None for row in data]
    assert read == USD
    assert [int(str(row["gauge_mm"])) for row in data] == LAYER["gauge_mm"].tolist()
    said = str(marks[0].findtext(f"{KML}description"))
    assert "<b>length km</b>: 451.25 km" in said
    texts = [element.text or "" for element in root.iter(f"{KML}description")]
    (about,) = [text for text in texts if "ODbL" in text]
    assert "철도 &lt;통계&gt;, an address" in about
    assert "scenario: reopened" in about


@of(".kml")
def test_kml_escapes_what_a_balloon_would_run(file: Path) -> None:
    for element in ET.parse(file).getroot().iter(f"{KML}description"):  # noqa: S314 - our own
        assert "<script" not in str(element.text)


@pytest.mark.parametrize("ending", LAYER_ENDINGS)
def test_the_same_layer_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    written = []
    for name in "ab":
        path = tmp_path / name / f"lines{ending}"
        write_layer({"lines": LAYER}, path, name="lines", notes={"lines": NOTE})
        written.append(path.read_bytes())
        assert list(path.parent.iterdir()) == [path]
    assert written[0] == written[1]


@pytest.mark.parametrize("ending", LAYER_ENDINGS)
def test_an_unwritable_place_leaves_nothing(tmp_path: Path, ending: str) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        write_layer({"lines": LAYER}, blocked / f"a{ending}", name="lines")
    assert list(tmp_path.iterdir()) == [blocked]
