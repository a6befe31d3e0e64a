"""Railway lines of the user's own, as they stand in a GeoJSON file.

Each feature is checked here; `geo.own.track` joins them to the network.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.errors import DataError
from geo.own.reading import counted, decode_text, own_source, read_bytes, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.atlas import Atlas
    from geo.atlas.overlay import Overlay

__all__ = ["OwnLine", "parse_lines", "read_own_lines"]

_WGS84: Final = ("CRS84", "4326")
_STATUSES: Final = ("open", "severed", "closed", "building", "planned")
_GAUGES: Final = (600, 1676)
_JOINS: Final = ("both", "start", "end", "none")
_KNOWN: Final = (
    *("line_id", "name", "status", "gauge_mm", "power", "freight", "speed_kmh", "run_item"),
    *("stations", "crossing", "border_item", "join", "system", "tariff_km", "valid_from", "note"),
)


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """One line of the user.

    Parameters
    ----------
    number
        The feature, counted from 1.
    line_id, name
        As given; either is made from the other.
    geometry
        LineString, lon and lat in degrees (EPSG:4326), without repeated points.
    gauges
        Gauges, mm, joined by ``;``; "" leaves it to the states.
    status
        As in `line_stations`.
    power, system, run_item, border_item, valid_from, note
        As in the tables; "" where not given.
    freight
        Whether goods trains run.
    speed_kmh
        Moving speed, km/h; None takes that of the tariff zone.
    tariff_km
        Length by which freight is charged, km; None takes the drawn one.
    stations
        Places on it, by any name, in any order.
    crossing
        ``own``, or the id of a listed crossing; "" takes a listed one near by.
    join
        Which ends are joined to other track: both, start, end or none.
    """

    number: int
    line_id: str
    name: str
    geometry: shapely.LineString
    gauges: str = ""
    status: str = "open"
    power: str = ""
    system: str = "other"
    freight: bool = True
    speed_kmh: float | None = None
    tariff_km: float | None = None
    run_item: str = ""
    stations: tuple[str, ...] = ()
    crossing: str = ""
    border_item: str = ""
    join: str = "both"
    valid_from: str = ""
    note: str = ""


def read_own_lines(path: Path, atlas: Atlas) -> Overlay:
    """Read lines from a GeoJSON file and join them to the network of an atlas.

    Parameters
    ----------
    path
        A FeatureCollection of LineStrings in WGS84; properties as in `OwnLine`, all optional but
        ``name`` or ``line_id``.
    atlas
        What the lines are laid over. A line with the id of a shipped one replaces it.

    Returns
    -------
    Overlay
        The track and all tables that speak of it.

    Raises
    ------
    UsageError
        The file cannot be read.
    DataError
        A feature is wrong, or an end of a line is too far from other track.
    """
    from geo.own.track import lay_lines

    label = str(path)
    lines, notes = parse_lines(decode_text(read_bytes(path), label), label)
    return lay_lines(lines, atlas, label, source=own_source("lines", path, atlas), notes=notes)


def parse_lines(text: str, label: str) -> tuple[tuple[OwnLine, ...], tuple[str, ...]]:
    """Read and check the features of a GeoJSON text.

    Returns
    -------
    lines : tuple of OwnLine
    notes : tuple of str
        What was repaired or not understood, counted.

    Raises
    ------
    DataError
        It is no GeoJSON of lines in WGS84; the row is the number of the feature.
    """
    counts = {"repeated points left out": 0, "points had a height, which was left out": 0}
    strange: dict[str, int] = {}
    lines: list[OwnLine] = []
    seen: dict[str, int] = {}
    for number, feature in enumerate(_features(text, label), start=1):
        where = f"{label}, feature {number}"
        geometry = _geometry(feature.get("geometry"), where, counts)
        properties = feature.get("properties") or {}
        line = _line(number, geometry, properties, where)
        if line.line_id in seen:
            problem = f"{line.line_id!r} is there already, as feature {seen[line.line_id]}"
            raise DataError(where, None, "line_id", problem)
        seen[line.line_id] = number
        lines.append(line)
        for name in properties:
            if name not in _KNOWN:
                strange[name] = strange.get(name, 0) + 1
    notes = [f"{counted(len(lines), 'line')} read"]
    notes += [f"{count} {what}" for what, count in counts.items() if count]
    if strange:
        named = ", ".join(sorted(strange))
        notes.append(f"properties not understood and left out: {named}")
    return tuple(lines), tuple(notes)


def _features(text: str, label: str) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON text, in its order."""
    if not text.strip():
        raise DataError(label, None, None, "is empty; expected a GeoJSON FeatureCollection")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(label, error.lineno, None, f"is not JSON: {error.msg}") from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind not in {"FeatureCollection", "Feature"}:
        found = f"an object of type {kind!r}" if kind else f"a {type(document).__name__}"
        problem = f"expected a GeoJSON FeatureCollection of LineStrings, got {found}"
        raise DataError(label, None, None, problem)
    _check_reference_system(document, label)
    features = document.get("features") if kind == "FeatureCollection" else [document]
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise DataError(label, None, None, "expected a list of features")
    if not features:
        raise DataError(label, None, None, "holds no feature; draw a line, or leave the file out")
    return features


def _check_reference_system(document: Mapping[str, Any], label: str) -> None:
    """Refuse any reference system but WGS84, which GeoJSON is in if it names none."""
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    if not name.endswith(_WGS84):
        problem = f"expected WGS84 (EPSG:4326), got {name!r}; write it anew in WGS84, e.g. with "
        problem += "`ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.geojson`"
        raise DataError(label, None, "crs", problem)


def _geometry(found: Any, where: str, counts: dict[str, int]) -> shapely.LineString:
    """Return one line without repeated points; pieces that meet end to end become one."""
    kind = found.get("type") if isinstance(found, dict) else None
    if kind not in {"LineString", "MultiLineString"}:
        problem = f"expected a LineString, got {kind or 'no geometry'}"
        raise DataError(where, None, "geometry", problem)
    pieces = found.get("coordinates") or []
    pieces = [pieces] if kind == "LineString" else pieces
    points = [_points(piece, where, counts) for piece in pieces]
    usable = [piece for piece in points if len(piece) > 1]
    if not usable:
        problem = "has no length: expected at least two different points"
        raise DataError(where, None, "geometry", problem)
    line = shapely.LineString(usable[0])
    if len(usable) > 1:
        joined = shapely.line_merge(shapely.MultiLineString(usable))
        if not isinstance(joined, shapely.LineString):
            problem = f"{len(usable)} pieces do not meet end to end: make a feature of each"
            raise DataError(where, None, "geometry", problem)
        line = joined
    if line.is_ring or line.coords[0] == line.coords[-1]:
        problem = "begins where it ends: a line leads from one place to another; cut the loop"
        raise DataError(where, None, "geometry", problem)
    return line


def _points(piece: Any, where: str, counts: dict[str, int]) -> list[tuple[float, float]]:
    """Return the points of one piece, checked; a point repeated at once is left out."""
    points: list[tuple[float, float]] = []
    for point in piece if isinstance(piece, list) else []:
        try:
            lon, lat = float(point[0]), float(point[1])
        except (TypeError, ValueError, IndexError) as error:
            problem = f"expected [lon, lat], got {point!r}"
            raise DataError(where, None, "geometry", problem) from error
        if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
            problem = f"[{lon:g}, {lat:g}] is out of range: expected degrees, lon before lat"
            if abs(lon) <= 90.0 and abs(lat) <= 180.0:
                problem += "; they seem to be swapped"
            elif math.isfinite(lon + lat) and max(abs(lon), abs(lat)) > 400.0:
                problem += "; they seem to be metres of a projection: write it anew in WGS84"
            raise DataError(where, None, "geometry", problem)
        counts["points had a height, which was left out"] += len(point) > 2
        if points and points[-1] == (lon, lat):
            counts["repeated points left out"] += 1
        else:
            points.append((lon, lat))
    return points


def _line(
    number: int, geometry: shapely.LineString, given: Mapping[str, Any], where: str
) -> OwnLine:
    """Return a line from the properties of its feature, checked."""
    name = str(given.get("name") or given.get("line_id") or "").strip()
    line_id = str(given.get("line_id") or "").strip() or slug(name)
    if not line_id:
        problem = "expected a name or a line_id of small Latin letters"
        raise DataError(where, None, "line_id", problem)
    if line_id != slug(line_id):
        problem = f"expected small Latin letters, digits and hyphens, got {line_id!r}"
        raise DataError(where, None, "line_id", problem)
    texts = {
        key: str(given.get(key) or "").strip()
        for key in ("power", "run_item", "crossing", "border_item", "valid_from", "note")
    }
    speed = _number(given, "speed_kmh", where, (1.0, 500.0))
    if speed is not None and texts["run_item"]:
        raise DataError(where, None, "run_item", "give speed_kmh or run_item, not both")
    return OwnLine(
        number=number,
        line_id=line_id,
        name=name,
        geometry=geometry,
        gauges=_gauges(given.get("gauge_mm"), where),
        status=_one_of(given, "status", _STATUSES, where),
        freight=_truth(given, "freight", where),
        speed_kmh=speed,
        tariff_km=_number(given, "tariff_km", where, (0.001, 20_000.0)),
        stations=_list(given.get("stations")),
        join=_one_of(given, "join", _JOINS, where),
        system=str(given.get("system") or "other"),
        **texts,
    )


def _one_of(given: Mapping[str, Any], key: str, words: Sequence[str], where: str) -> str:
    """Return a word of a list; the first of it where none is given."""
    word = str(given.get(key) or words[0]).strip().casefold()
    if word not in words:
        raise DataError(where, None, key, f"expected one of {', '.join(words)}, got {word!r}")
    return word


def _truth(given: Mapping[str, Any], key: str, where: str) -> bool:
    """Return a truth value, true where none is given."""
    value = given.get(key)
    words = {"": True, "true": True, "false": False, "1": True, "0": False}
    text = "" if value is None else str(value).casefold()
    if text not in words:
        raise DataError(where, None, key, f"expected true or false, got {value!r}")
    return words[text]


def _number(
    given: Mapping[str, Any], key: str, where: str, bounds: tuple[float, float]
) -> float | None:
    """Return a number within bounds; None where none is given."""
    value = given.get(key)
    if value is None or value == "":
        return None
    low, high = bounds
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not low <= number <= high:
        problem = f"expected a number from {low:g} to {high:g}, got {value!r}"
        raise DataError(where, None, key, problem)
    return number


def _list(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or of one text parted by ``;``."""
    parts = value if isinstance(value, list) else str(value or "").split(";")
    return tuple(text for part in parts if (text := str(part).strip()))


def _gauges(value: Any, where: str) -> str:
    """Return gauges, smallest first, joined by ``;``; "" where none is given."""
    gauges = set()
    for text in _list(value):
        low, high = _GAUGES
        if not text.isdecimal() or not low <= int(text) <= high:
            problem = f"expected mm from {low} to {high}, such as 1435 or 1435;1520, got {value!r}"
            raise DataError(where, None, "gauge_mm", problem)
        gauges.add(int(text))
    return ";".join(map(str, sorted(gauges)))
