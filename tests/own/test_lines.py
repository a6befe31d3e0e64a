"""Reading lines from GeoJSON: what is understood, repaired and counted, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geo.errors import DataError
from geo.own.lines import parse_lines

POINTS = [[126.5, 37.9], [126.3, 38.0], [126.0, 38.0]]


def collection(
    properties: dict[str, Any] | None = None,
    *,
    kind: str = "LineString",
    points: Any = None,
    **members: Any,
) -> str:
    """Return a text with one feature."""
    geometry = {"type": kind, "coordinates": POINTS if points is None else points}
    feature = {"type": "Feature", "properties": properties or {"name": "A"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature], **members})


def test_a_name_suffices() -> None:
    (line,), notes = parse_lines(collection({"name": "My Line"}), "my.geojson")
    assert (line.line_id, line.name, line.status, line.freight) == (
        "my-line",
        "My Line",
        "open",
        True,
    )
    assert list(line.geometry.coords) == [tuple(point) for point in POINTS]
    assert notes == ("1 line read",)


def test_properties_are_read() -> None:
    text = collection(
        {
            "line_id": "x",
            "gauge_mm": "1520;1435",
            "speed_kmh": "60",
            "freight": False,
            "status": "planned",
            "stations": ["Kaesong", "Haeju"],
            "tariff_km": 80,
            "join": "start",
            "crossing": "own",
        }
    )
    (line,), _ = parse_lines(text, "my.geojson")
    assert (line.gauges, line.speed_kmh, line.freight, line.status) == (
        "1435;1520",
        60.0,
        False,
        "planned",
    )
    assert (line.stations, line.tariff_km, line.join) == (("Kaesong", "Haeju"), 80.0, "start")
    assert line.crossing == "own"


def test_what_is_repaired_is_counted() -> None:
    points = [[126.5, 37.9, 12], [126.5, 37.9, 12], [126.3, 38.0, 9], [126.0, 38.0]]
    text = collection({"name": "A", "fid": 3, "stroke": "red"}, points=points)
    (line,), notes = parse_lines(text, "my.geojson")
    assert len(line.geometry.coords) == 3
    assert "1 repeated points left out" in notes
    assert "3 points had a height, which was left out" in notes
    assert "properties not understood and left out: fid, stroke" in notes


def test_pieces_that_meet_become_one() -> None:
    (line,), _ = parse_lines(
        collection(kind="MultiLineString", points=[POINTS[:2], POINTS[1:]]), "my.geojson"
    )
    assert len(line.geometry.coords) == 3


def test_one_feature_alone_will_do() -> None:
    feature = json.loads(collection())["features"][0]
    assert len(parse_lines(json.dumps(feature), "my.geojson")[0]) == 1


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_wgs84_may_be_named(crs: str) -> None:
    text = collection(crs={"type": "name", "properties": {"name": crs}})
    assert len(parse_lines(text, "my.geojson")[0]) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty; expected a GeoJSON FeatureCollection"),
        ("name,lon,lat", "my.geojson, row 1: is not JSON"),
        ("[1, 2]", "got a list"),
        ('{"type": "Topology"}', "got an object of type 'Topology'"),
        ('{"type": "FeatureCollection", "features": []}', "holds no feature"),
        ('{"type": "FeatureCollection", "features": 3}', "expected a list of features"),
        (collection(kind="Point", points=[126.5, 37.9]), "feature 1, geometry: .*got Point"),
        (collection(kind="Polygon", points=[POINTS]), "expected a LineString, got Polygon"),
        (collection(points=[[126.5, 37.9], [126.5, 37.9]]), "has no length"),
        (collection(points=[[126.5, 37.9]]), "has no length"),
        (collection(points=[*POINTS, POINTS[0]]), "begins where it ends"),
        (collection(points=[[37.9, 126.5], [38.0, 126.0]]), "they seem to be swapped"),
        (collection(points=[[14080000, 4560000], [1, 2]]), "metres of a projection"),
        (collection(points=[[126.5, None], [1, 2]]), r"expected \[lon, lat\], got"),
        (collection(points=[[float("nan"), 37], [126, 37]]), "out of range"),
        (
            collection(kind="MultiLineString", points=[POINTS, [[120, 30], [121, 30]]]),
            "2 pieces do not meet end to end",
        ),
        (
            collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5186"}}),
            "expected WGS84 .*5186.*ogr2ogr -t_srs EPSG:4326",
        ),
        (collection({"name": ""}), "expected a name or a line_id"),
        (collection({"name": "부산"}), "of small Latin letters"),
        (collection({"line_id": "My Line"}), "line_id: expected small Latin letters"),
        (collection({"name": "A", "gauge_mm": "narrow"}), "gauge_mm: expected mm from 600"),
        (collection({"name": "A", "gauge_mm": 14350}), "gauge_mm: expected mm from 600"),
        (collection({"name": "A", "gauge_mm": "²²²²"}), "gauge_mm: expected mm from 600"),
        (collection({"name": "A", "speed_kmh": 0}), "speed_kmh: expected a number from 1"),
        (collection({"name": "A", "speed_kmh": "fast"}), "got 'fast'"),
        (collection({"name": "A", "speed_kmh": 60, "run_item": "run-prk"}), "not both"),
        (collection({"name": "A", "status": "shut"}), "status: expected one of open, severed"),
        (collection({"name": "A", "join": "middle"}), "join: expected one of both, start"),
        (collection({"name": "A", "freight": "maybe"}), "freight: expected true or false"),
        (collection({"name": "A", "tariff_km": -3}), "tariff_km: expected a number"),
    ],
)
def test_bad_lines_are_refused(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_lines(text, "my.geojson")


def test_an_id_twice_is_refused() -> None:
    document = json.loads(collection({"line_id": "x"}))
    document["features"] *= 2
    with pytest.raises(DataError, match="feature 2, line_id: 'x' is there already, as feature 1"):
        parse_lines(json.dumps(document), "my.geojson")
