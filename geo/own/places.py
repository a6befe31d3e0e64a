"""Places of the user's own: a name and two coordinates suffice.

The state is found from the boundaries; the rest is filled in and said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.atlas.overlay import Overlay
from geo.atlas.tables import Table, table_of
from geo.earth import distance_km
from geo.errors import DataError
from geo.network import States
from geo.own.reading import OwnRow, counted, own_source, read_own_csv, rows_of, slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.atlas import Atlas

__all__ = ["read_own_places"]

_COLUMNS: Final = ("place_id", "name", "lon", "lat", "iso3", "kinds", "coord_error_km", "names")
_COLUMNS_KEPT: Final = (*_COLUMNS, "note")
_NEEDED: Final = (("name", "place_id"), ("lon",), ("lat",))
_MOVED_KM: Final = 1.0
"""A shipped place that is moved further than this is joined to the track anew."""


def read_own_places(path: Path, atlas: Atlas) -> Overlay:
    """Read places from a CSV file and lay them over those of an atlas.

    Parameters
    ----------
    path
        Columns: ``name`` or ``place_id`` (or both), ``lon``, ``lat`` (degrees, EPSG:4326), and if
        wanted ``iso3``, ``kinds``, ``coord_error_km``, ``names`` (other names, joined by ``;``)
        and ``note``.
    atlas
        What the places are laid over.

    Returns
    -------
    Overlay
        Rows of `places`, `place_names` and `sources`; the layer `rail_nodes` if a shipped place
        was moved away from its station.

    Raises
    ------
    UsageError
        The file cannot be read.
    DataError
        A row is wrong: coordinates out of range, swapped or far at sea, an id twice.
    """
    label = str(path)
    rows, lines = read_own_csv(path, _COLUMNS_KEPT, needed=_NEEDED)
    source_id, source = own_source("places", path, atlas)
    for row, line in zip(rows, lines, strict=True):
        _name(row, label, line)
    lon, lat = (_degrees(rows, lines, label, axis) for axis in ("lon", "lat"))
    iso3 = _states(rows, lines, label, lon, lat, States(atlas.boundaries))
    for row, state in zip(rows, iso3, strict=True):
        row |= {"iso3": state, "source_ids": source_id, "kinds": row.get("kinds") or "city"}
    tables = {
        "sources": source,
        "places": table_of(rows_of(rows, schema := atlas.schema("places")), schema, label, lines),
    }
    if names := _names(rows, lines, source_id):
        schema = atlas.schema("place_names")
        cells, at = names
        tables["place_names"] = table_of(rows_of(cells, schema), schema, label, at)
    whole, notes = _moved(atlas, tables["places"])
    return Overlay(title=f"own data: {path.name}", rows=tables, whole=whole, notes=notes)


def _name(row: OwnRow, label: str, line: int) -> None:
    """Fill in an id from the name, or the name from the id."""
    row["name"] = row.get("name") or row.get("place_id", "")
    if not row["name"]:
        raise DataError(label, line, "name", "expected a name or a place_id, got a blank")
    row["place_id"] = row.get("place_id") or slug(row["name"])
    if not row["place_id"]:
        problem = f"no id can be made of {row['name']!r}: give a place_id of small Latin letters"
        raise DataError(label, line, "place_id", problem)


def _degrees(
    rows: Sequence[OwnRow], lines: Sequence[int], label: str, axis: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return one coordinate of every row, checked."""
    most = 180.0 if axis == "lon" else 90.0
    values = []
    for row, line in zip(rows, lines, strict=True):
        try:
            value = float(row[axis])
        except ValueError as error:
            problem = f"expected degrees, got {row[axis]!r}"
            raise DataError(label, line, axis, problem) from error
        if not abs(value) <= most:
            problem = f"expected degrees from {-most:g} to {most:g}, got {row[axis]!r}"
            if axis == "lat" and abs(value) <= 180.0 and abs(float(row["lon"])) <= 90.0:
                problem += "; lon and lat seem to be swapped"
            raise DataError(label, line, axis, problem)
        values.append(value)
    return np.array(values)


def _states(
    rows: Sequence[OwnRow],
    lines: Sequence[int],
    label: str,
    lon: np.ndarray[tuple[int], np.dtype[np.float64]],
    lat: np.ndarray[tuple[int], np.dtype[np.float64]],
    states: States,
) -> list[str]:
    """Find the state of every row, and refuse coordinates that seem to be swapped."""
    found = states.at(lon, lat)
    swappable = np.abs(lon) <= 90.0
    swapped = states.at(np.where(swappable, lat, lon), np.where(swappable, lon, lat))
    given = [row.get("iso3", "") for row in rows]
    result = []
    for at, (said, here, there) in enumerate(zip(given, found, swapped, strict=True)):
        if (there and not here) or (said and said == there != here):
            problem = (
                f"lon {lon[at]:g}, lat {lat[at]:g} lies {f'in {here}' if here else 'in no state'}; "
                f"swapped it lies in {there}"
            )
            raise DataError(label, lines[at], "lon", problem)
        if not said and not here:
            problem = f"lon {lon[at]:g}, lat {lat[at]:g} is over 20 km from any state: give iso3"
            raise DataError(label, lines[at], "iso3", problem)
        result.append(said or str(here))
    return result


def _names(
    rows: Sequence[OwnRow], lines: Sequence[int], source_id: str
) -> tuple[list[OwnRow], list[int]] | None:
    """Return the rows of other names, and the line of each; None if there are none."""
    cells: list[OwnRow] = []
    at: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        for text in dict.fromkeys(filter(None, map(str.strip, row.get("names", "").split(";")))):
            cells.append(
                {
                    "place_id": row["place_id"],
                    "text": text,
                    "language": "und",
                    "preferred": "false",
                    "source_ids": source_id,
                }
            )
            at.append(line)
    return (cells, at) if cells else None


def _moved(atlas: Atlas, own: Table) -> tuple[dict[str, Table], tuple[str, ...]]:
    """Take shipped places that were moved off the stations that they stood at."""
    both = own.frame.merge(atlas.places, on="place_id", suffixes=("", "_old"))
    km = distance_km(both["lon"], both["lat"], both["lon_old"], both["lat_old"])
    read = counted(len(own.frame), "place")
    notes = [f"{read} read, {len(both)} of them instead of shipped ones"]
    far = [str(place) for place in both["place_id"][km > _MOVED_KM]]
    notes += [
        f"{place} was moved by {away:.1f} km: it is joined to the nearest track anew"
        for place, away in zip(both["place_id"], km, strict=True)
        if away > _MOVED_KM
    ]
    if not far:
        return {}, tuple(notes)
    nodes = atlas.rail_nodes
    left = [
        ";".join(place for place in str(ids).split(";") if place not in far)
        for ids in nodes["place_ids"].fillna("")
    ]
    changed = nodes.assign(place_ids=left)
    return {"rail_nodes": Table(own.label, changed, range(2, len(changed) + 2))}, tuple(notes)
