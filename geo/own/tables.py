"""The tables that speak of own lines: stations, parts, crossings, speeds, and their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.atlas.cells import FIRST_ROW, text_of
from geo.atlas.overlay import Overlay
from geo.atlas.tables import Table, table_of
from geo.earth import distance_km
from geo.errors import DataError
from geo.own.reading import OwnRow, counted, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.atlas import Atlas
    from geo.own.builder import TrackBuilder
    from geo.own.lines import OwnLine

__all__ = ["CROSSING_KM", "Laid", "Station", "own_tables"]

CROSSING_KM: Final = 5.0
"""A line that passes a border within this distance of a listed crossing passes there."""
_LAWS: Final = ("permitted", "restricted", "prohibited")
_CLASS_OF: Final = {"PRK": "border-class-prk"}
_CLASS: Final = "border-class-carec-2022"
_LIFT: Final = "gauge-class-transshipment"


@dataclass(frozen=True)
class Station:
    """A station of an own line: its place, km from the start, node; `new_name` if it is made up."""

    place_id: str
    km: float
    node: int
    new_name: str = ""
    iso3: str = ""


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A line as it was laid.

    Attributes
    ----------
    line
        As the user drew it.
    where
        What errors call it.
    stations
        From its start to its end.
    part_km
        Length of the part that leads to each station but the first, km.
    snap_km
        How far its ends are from where they were drawn, km.
    borders
        km, node and the two states of each border that it passes.
    gauge_of
        Gauge on either side of its borders, mm.
    """

    line: OwnLine
    where: str
    stations: tuple[Station, ...]
    part_km: tuple[float, ...]
    snap_km: tuple[float, float]
    borders: tuple[tuple[float, int, str, str], ...]
    gauge_of: Mapping[str, int]


def own_tables(  # noqa: PLR0913 - what was laid, on what, and what to say of it
    laid: Sequence[Laid],
    atlas: Atlas,
    build: TrackBuilder,
    label: str,
    *,
    source: tuple[str, Table],
    replaced: Sequence[str],
    notes: Sequence[str],
) -> Overlay:
    """Make the overlay of own lines.

    Parameters
    ----------
    laid
        The lines.
    atlas
        What they are laid over.
    build
        The track, with them in it.
    label
        The file, as errors call it.
    source
        Id and row of the source that the file is.
    replaced
        Lines that ship and are replaced.
    notes
        What has been reported so far.

    Returns
    -------
    Overlay
    """
    source_id, source_row = source
    said = list(notes)
    crossings: list[OwnRow] = []
    for one in laid:
        crossings += _crossings(one, atlas, build, source_id, said)
    rows = {
        "lines": [_line_row(one, source_id) for one in laid],
        "places": [row for one in laid for row in _place_rows(one, build, source_id)],
        "crossings": crossings,
        "items": [row for one in laid for row in _speed_item(one)],
        "rates": [row for one in laid for row in _speed_rate(one, source_id)],
    }
    tables = {"sources": source_row}
    for name, found in rows.items():
        if found:
            schema = atlas.schema(name)
            tables[name] = table_of(rows_of(found, schema), schema, label, [1] * len(found))
    edges = build.edges()
    nodes, lost = build.nodes(edges)
    if replaced:
        said.append(
            f"{counted(len(replaced), 'shipped line')} replaced: {', '.join(replaced)}; "
            f"{lost} nodes of theirs that no other track meets are left out"
        )
    whole = {
        "rail_edges": edges,
        "rail_nodes": nodes,
        "line_parts": _line_parts(laid, atlas, replaced),
        "line_stations": _line_stations(laid, atlas, replaced, label, source_id),
    }
    return Overlay(
        title=source_row.frame["title"].iloc[0],
        rows=tables,
        whole={
            name: Table(label, frame, range(FIRST_ROW, len(frame) + FIRST_ROW))
            for name, frame in whole.items()
        },
        notes=tuple(said),
    )


def _line_row(one: Laid, source_id: str) -> OwnRow:
    line = one.line
    return {
        "line_id": line.line_id,
        "name": line.name,
        "system": line.system,
        "run_item": line.run_item or (f"run-{line.line_id}" if line.speed_kmh else ""),
        "freight": str(line.freight).lower(),
        "gauges": line.gauges,
        "speed_kmh": f"{line.speed_kmh:g}" if line.speed_kmh else "",
        "speed_kind": "swod" if line.speed_kmh else "",
        "speed_source_ids": source_id if line.speed_kmh else "",
        "source_ids": source_id,
        "note": line.note,
    }


def _place_rows(one: Laid, build: TrackBuilder, source_id: str) -> list[OwnRow]:
    """Return the places that had to be made up where a line ends on open track."""
    return [
        {
            "place_id": station.place_id,
            "name": station.new_name,
            "iso3": station.iso3,
            "lon": f"{build.position(station.node)[0]:.6f}",
            "lat": f"{build.position(station.node)[1]:.6f}",
            "kinds": "station",
            "source_ids": source_id,
        }
        for station in one.stations
        if station.new_name
    ]


def _speed_item(one: Laid) -> list[OwnRow]:
    """Return the item by which trains run on a line with a speed of its own."""
    if not one.line.speed_kmh:
        return []
    title = f"Running on {one.line.name}"
    return [
        {
            "item_id": f"run-{one.line.line_id}",
            "title": title,
            "unit": "km",
            "category": "running",
        }
    ]


def _speed_rate(one: Laid, source_id: str) -> list[OwnRow]:
    if not one.line.speed_kmh:
        return []
    hours = repr(1.0 / one.line.speed_kmh)
    return [
        {
            "item_id": f"run-{one.line.line_id}",
            "measure": "hours",
            **dict.fromkeys(("base", "low", "high"), hours),
            "unit": "h per km",
            "distribution": "fixed",
            "range_means": "none",
            "source_ids": source_id,
            "confidence": "medium",
            "note": f"1 / {one.line.speed_kmh:g} km/h",
        }
    ]


def _line_stations(
    laid: Sequence[Laid], atlas: Atlas, replaced: Sequence[str], label: str, source_id: str
) -> pd.DataFrame:
    """Return the table of stations without replaced lines and with the own ones."""
    rows: list[OwnRow] = []
    for one in laid:
        total, priced = sum(one.part_km), one.line.tariff_km
        for order, station in enumerate(one.stations):
            km = one.part_km[order - 1] if order else 0.0
            rows.append(
                {
                    "line_id": one.line.line_id,
                    "order": str(order),
                    "place_id": station.place_id,
                    "tariff_km": f"{priced * km / total:.3f}" if order and priced else "",
                    "status": one.line.status,
                    "geometry": "curated",
                    "power": one.line.power,
                    "valid_from": one.line.valid_from,
                    "source_ids": source_id,
                }
            )
    schema = atlas.schema("line_stations")
    own = table_of(rows_of(rows, schema), schema, label, [1] * len(rows)).frame
    kept = atlas.line_stations
    return pd.concat([kept[~kept["line_id"].isin(replaced)], own], ignore_index=True)


def _line_parts(laid: Sequence[Laid], atlas: Atlas, replaced: Sequence[str]) -> pd.DataFrame:
    """Return the layer of matched parts without replaced lines and with the own ones."""
    rows: list[dict[str, Any]] = []
    for one in laid:
        last = len(one.part_km)
        for order, km in enumerate(one.part_km, start=1):
            rows.append(
                {
                    "line_id": one.line.line_id,
                    "part_order": order,
                    "from_place": one.stations[order - 1].place_id,
                    "to_place": one.stations[order].place_id,
                    "kind": "curated",
                    "length_km": round(km, 3),
                    "drawn_km": round(km, 3),
                    "from_snap_km": one.snap_km[0] if order == 1 else 0.0,
                    "to_snap_km": one.snap_km[1] if order == last else 0.0,
                }
            )
    kept = atlas.line_parts
    own = pd.DataFrame(rows).reindex(columns=list(kept.columns)).astype(kept.dtypes.to_dict())
    return pd.concat([kept[~kept["line_id"].isin(replaced)], own], ignore_index=True)


def _crossings(
    one: Laid, atlas: Atlas, build: TrackBuilder, source_id: str, notes: list[str]
) -> list[OwnRow]:
    """Settle at which crossing a line passes each border; return the rows of its own ones."""
    listed = atlas.crossings
    made: list[OwnRow] = []
    for km, node, before, after in one.borders:
        lon, lat = build.position(node)
        spot = f"{one.line.line_id}: passes from {before} to {after} at {lon:.3f}, {lat:.3f}"
        pair = listed[
            [{a, b} == {before, after} for a, b in listed[["iso3_a", "iso3_b"]].to_numpy()]
        ]
        wanted = one.line.crossing
        if wanted == "own":
            crossing_id = f"{one.line.line_id}-{before}-{after}".lower()
            made.append(_own_crossing(one, (km, node, before, after), pair, build, source_id))
            notes.append(f"{spot}, by a crossing of its own: {crossing_id}")
        elif wanted and wanted in set(pair["crossing_id"]):
            crossing_id = wanted
        elif wanted and len(one.borders) == 1:
            known = ", ".join(pair["crossing_id"]) or "none"
            problem = (
                f"expected own, or a crossing of {before} and {after} ({known}); got {wanted!r}"
            )
            raise DataError(one.where, None, "crossing", problem)
        else:
            crossing_id = _listed_near(pair, lon, lat)
            if crossing_id:
                notes.append(f"{spot}, at the listed crossing {crossing_id}")
        if not crossing_id and not _one_union(atlas, before, after):
            notes.append(
                f"{spot}, where no crossing is listed within {CROSSING_KM:g} km: no train passes "
                'there; give the line the property "crossing": "own" if one does'
            )
        build.mark_border(node, (before, after), crossing_id)
    return made


def _listed_near(pair: pd.DataFrame, lon: float, lat: float) -> str:
    """Return the listed crossing of two states that is near a point, "" if none is."""
    placed = pair.dropna(subset=["lon", "lat"])
    if placed.empty:
        return ""
    away = distance_km(lon, lat, placed["lon"], placed["lat"])
    nearest = int(np.argmin(away))
    return str(placed["crossing_id"].iloc[nearest]) if away[nearest] <= CROSSING_KM else ""


def _one_union(atlas: Atlas, one: str, other: str) -> bool:
    """Whether two states are in one union, inside which any track may cross."""
    return any(
        {one, other} <= set(members.split(";")) for members in atlas.border_regimes["members"]
    )


def _own_crossing(
    one: Laid,
    border: tuple[float, int, str, str],
    pair: pd.DataFrame,
    build: TrackBuilder,
    source_id: str,
) -> OwnRow:
    """Return the row of a crossing of the line's own, priced by class items."""
    km, node, before, after = border
    lon, lat = build.position(node)
    gauge_a, gauge_b = one.gauge_of[before], one.gauge_of[after]
    item = one.line.border_item or _CLASS_OF.get(before) or _CLASS_OF.get(after) or _CLASS
    changes = gauge_a != gauge_b
    laws = [text_of(law) for law in pair["legal_status"]]
    status = one.line.status
    return {
        "crossing_id": f"{one.line.line_id}-{before}-{after}".lower(),
        "name": f"{one.line.name}, {before}-{after}",
        "place_a": [s.place_id for s in one.stations if s.km <= km][-1],
        "place_b": next(s.place_id for s in one.stations if s.km >= km),
        "iso3_a": before,
        "iso3_b": after,
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "gauge_a_mm": str(gauge_a),
        "gauge_b_mm": str(gauge_b),
        "methods": "transshipment" if changes else "",
        "gauge_items": _LIFT if changes else "",
        "border_item_ab": item,
        "border_item_ba": item,
        "power_a": one.line.power,
        "power_b": one.line.power,
        "actual_status": "planned" if status == "building" else status,
        # The law of two states does not end where a line is drawn anew.
        "legal_status": max(laws, key=_LAWS.index, default="permitted"),
        "legal_note": "as at the listed crossings of the two states" if laws else "",
        "source_ids": source_id,
        "note": "Time and money are those of a class; give border_item for its own",
    }
