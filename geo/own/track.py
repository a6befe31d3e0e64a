"""Own lines laid on the network: joined at ends and stations, cut at borders.

Between its stations a line meets no other track, as on a bridge; what is joined is reported.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.atlas import ids_of
from geo.earth import distance_km
from geo.errors import DataError, UnknownNameError
from geo.own.builder import NODE_KM, TrackBuilder
from geo.own.draft import Draft, inner_points, point_at
from geo.own.ground import Ground, TrackIndex, positions_km
from geo.own.tables import Laid, Station, own_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.atlas import Atlas
    from geo.atlas.overlay import Overlay
    from geo.atlas.tables import Table
    from geo.own.ground import Piece
    from geo.own.lines import OwnLine

__all__ = ["JOIN_KM", "lay_lines"]

JOIN_KM: Final = 5.0
"""An end is joined to track within this distance, and a station stands within it of its line."""
_END_KM: Final = 2.0
"""A station nearer than this to an end of its line, along the line, stands at the end."""


class _Layer:
    """Lays lines, one step after another."""

    def __init__(self, lines: Sequence[OwnLine], atlas: Atlas, label: str) -> None:
        self.atlas = atlas
        shipped = set(atlas.lines["line_id"])
        self.replaced = tuple(line.line_id for line in lines if line.line_id in shipped)
        edges = atlas.rail_edges
        edges = edges[~edges["line_id"].fillna("").isin(self.replaced)].reset_index(drop=True)
        self.build = TrackBuilder(edges, atlas.rail_nodes)
        self.index = TrackIndex(edges)
        self.gauge_of = atlas.states.set_index("iso3")["gauge_mm"].to_dict()
        self.notes: list[str] = []
        ground = Ground(atlas)
        self.drafts = [
            Draft(
                line,
                positions_km(line.geometry),
                self._pieces(ground, line, f"{label}, feature {line.number} ({line.line_id})"),
                f"{label}, feature {line.number} ({line.line_id})",
            )
            for line in lines
        ]

    @staticmethod
    def _pieces(ground: Ground, line: OwnLine, where: str) -> tuple[Piece, ...]:
        """Cut a line at borders; refuse one with lon and lat swapped, or at sea."""
        pieces = ground.pieces(line.geometry)
        coords = shapely.get_coordinates(line.geometry)
        if pieces[0].iso3 and ground.at(*coords[[0, -1]].T).all():
            return pieces
        if np.abs(coords).max() <= 90.0 and ground.at(*coords[:, ::-1].T).all():
            problem = "lies in no state, but does with lon and lat swapped"
            raise DataError(where, None, "geometry", problem)
        if not pieces[0].iso3:
            problem = "lies over 20 km from any state"
            raise DataError(where, None, "geometry", problem)
        return pieces

    def gauges(self, draft: Draft, iso3: str) -> set[str]:
        """Return the gauges of a line in a state, as texts."""
        if draft.line.gauges:
            return set(draft.line.gauges.split(";"))
        known = self.gauge_of.get(iso3)
        return {"1435" if known is None or known != known else str(int(known))}  # noqa: PLR0124

    def find_stations(self, draft: Draft) -> None:
        """Find the stations that a line names, and where they stand on it."""
        for name in draft.line.stations:
            try:
                place = self.atlas.find_place(name)
            except UnknownNameError as error:
                raise DataError(draft.where, None, "stations", str(error)) from error
            km, away = draft.locate(place.lon, place.lat)
            if away > JOIN_KM:
                problem = f"{place.name} is {away:.1f} km from the line; a station stands within "
                raise DataError(draft.where, None, "stations", f"{problem}{JOIN_KM:g} km of it")
            if km <= _END_KM or km >= draft.length_km - _END_KM:
                draft.end_places[int(km > draft.length_km / 2)] = place
            else:
                draft.places.append((km, place))
        draft.places.sort(key=lambda found: found[0])

    def join_ends(self, draft: Draft) -> None:
        """Join the ends of a line to the track that ships."""
        for side, word in enumerate(("start", "end")):
            lon, lat = draft.end(side)
            place = draft.end_places[side]
            iso3, gauges = draft.state(side), self.gauges(draft, draft.state(side))
            if place is not None:
                node = self.build.station(place.place_id, iso3, gauges, (lon, lat), JOIN_KM)
                if node >= 0:
                    self._settle(draft, side, node, "its station")
                    continue
            if draft.line.join not in {"both", word}:
                continue
            for near in self.index.near(lon, lat, JOIN_KM):
                if near.iso3 == iso3 and gauges & set(near.gauges.split(";")):
                    self._settle(draft, side, self.build.at(near), "the nearest track")
                    break

    def _settle(self, draft: Draft, side: int, node: int, what: str) -> None:
        """Give an end its node on track that ships."""
        draft.nodes[side], draft.anchored = node, True
        draft.snap_km[side] = float(distance_km(*draft.end(side), *self.build.position(node)))
        self.notes.append(
            f"{draft.line.line_id}: its {('start', 'end')[side]} is joined to {what}, "
            f"{draft.snap_km[side]:.2f} km away"
        )

    def join_each_other(self, draft: Draft) -> None:
        """Join the ends that are still loose to other own lines."""
        for side in (0, 1):
            if draft.nodes[side] >= 0:
                continue
            lon, lat = draft.end(side)
            here = draft.state(side)
            met: list[tuple[float, int, float]] = []
            for number, other in enumerate(self.drafts):
                if other is draft:
                    continue
                km, away = other.locate(lon, lat)
                there = other.state_at(km)
                fits = here == there and self.gauges(draft, here) & self.gauges(other, there)
                if away <= JOIN_KM and fits:
                    met.append((away, number, km))
            if met:
                _, number, km = min(met)
                self._meet(draft, side, self.drafts[number], km)

    def _meet(self, draft: Draft, side: int, other: Draft, km: float) -> None:
        """Join an end to a point of another own line."""
        lon, lat = draft.end(side)
        ends = [end for end in (0, 1) if abs(km - end * other.length_km) <= NODE_KM]
        if ends and other.nodes[ends[0]] >= 0:
            draft.nodes[side] = other.nodes[ends[0]]
        else:
            draft.nodes[side] = self.build.new_node(lon, lat, "junction")
            if ends:
                other.nodes[ends[0]] = draft.nodes[side]
            else:
                other.cuts.append((km, draft.nodes[side]))
        draft.meets.add(other.line.line_id)
        other.meets.add(draft.line.line_id)
        self.notes.append(
            f"{draft.line.line_id}: its {('start', 'end')[side]} is joined to {other.line.line_id}"
        )

    def close_ends(self, draft: Draft) -> None:
        """Let an end that meets no track end at its station, or refuse it."""
        for side, word in enumerate(("start", "end")):
            if draft.nodes[side] >= 0:
                continue
            lon, lat = draft.end(side)
            wanted = draft.line.join in {"both", word}
            if wanted and draft.end_places[side] is None:
                raise DataError(draft.where, None, "geometry", self._too_far(draft, side))
            draft.nodes[side] = self.build.new_node(lon, lat, "end")
            self.notes.append(f"{draft.line.line_id}: its {word} meets no other track")

    def _too_far(self, draft: Draft, side: int) -> str:
        """Say how far an end is from track, and why what is near does not do."""
        lon, lat = draft.end(side)
        word, iso3 = ("start", "end")[side], draft.state(side)
        gauges = "/".join(sorted(self.gauges(draft, iso3)))
        spot = f"its {word} ({lon:g}, {lat:g}) in {iso3} is not joined: "
        near = self.index.near(lon, lat, 50.0)
        fitting = [
            n for n in near if n.iso3 == iso3 and set(n.gauges.split(";")) & set(gauges.split("/"))
        ]
        if near and near[0].away_km <= JOIN_KM:
            first = near[0]
            spot += f"the track {first.away_km:.1f} km away has {first.gauges} mm in {first.iso3}"
            spot += f", the line {gauges} mm"
        elif fitting:
            spot += f"the nearest track of {gauges} mm is {fitting[0].away_km:.1f} km away"
        else:
            spot += f"there is no track of {gauges} mm within 50 km"
        return (
            f"{spot}. Draw it to within {JOIN_KM:g} km of track, name a station there, or set "
            "the property join to start, end or none"
        )

    def check_anchored(self) -> None:
        """Refuse lines that lead nowhere: neither they nor those they meet are joined."""
        by_id = {draft.line.line_id: draft for draft in self.drafts}
        reached = {draft.line.line_id for draft in self.drafts if draft.anchored}
        while more := {name for one in reached for name in by_id[one].meets} - reached:
            reached |= more
        for draft in self.drafts:
            if draft.line.line_id not in reached:
                problem = "neither end of it meets the network, so it leads nowhere"
                raise DataError(draft.where, None, "geometry", problem)

    def place_stations(self, draft: Draft) -> list[Station]:
        """Put the stations of a line on nodes, from its start to its end."""
        stations = [self._end_station(draft, 0)]
        for km, place in draft.places:
            iso3 = draft.state_at(km)
            spot = shapely.get_coordinates(point_at(draft, km))[0]
            node = self.build.station(
                place.place_id, iso3, self.gauges(draft, iso3), (spot[0], spot[1]), JOIN_KM
            )
            if node >= 0:
                draft.anchored = True
            else:
                node = self.build.new_node(float(spot[0]), float(spot[1]), "station")
                self.build.name_node(node, place.place_id)
            draft.cuts.append((km, node))
            stations.append(Station(place.place_id, km, node))
        return [*stations, self._end_station(draft, 1)]

    def _end_station(self, draft: Draft, side: int) -> Station:
        """Return the station at an end: that of its node, the one named, or a new one."""
        node, km = draft.nodes[side], side * draft.length_km
        named = draft.end_places[side]
        there = ids_of(self.build.places_at(node))
        if named is not None:
            self.build.name_node(node, named.place_id)
            return Station(named.place_id, km, node)
        if there:
            return Station(there[0], km, node)
        word = ("start", "end")[side]
        place_id = f"{draft.line.line_id}-{word}"
        self.build.name_node(node, place_id)
        name = f"{draft.line.name}, {word}"
        return Station(place_id, km, node, new_name=name, iso3=draft.state(side))

    def borders(self, draft: Draft) -> list[tuple[float, int, str, str]]:
        """Cut a line where it passes from state to state: km, node and the two states."""
        found = []
        for before, after in pairwise(draft.pieces):
            km = before.end_km
            lon, lat = shapely.get_coordinates(point_at(draft, km))[0]
            node = self.build.new_node(float(lon), float(lat), "border")
            draft.cuts.append((km, node))
            found.append((km, node, before.iso3, after.iso3))
        return found

    def lay(self, draft: Draft) -> Laid:
        """Turn a line into edges between its nodes."""
        stations = self.place_stations(draft)
        borders = self.borders(draft)
        ends = [(0.0, draft.nodes[0]), (draft.length_km, draft.nodes[1])]
        cuts = sorted([*ends, *draft.cuts], key=lambda cut: cut[0])
        starts = np.array([station.km for station in stations[:-1]])
        lengths = np.zeros(len(starts))
        for (km, node), (next_km, next_node) in pairwise(cuts):
            if node == next_node or next_km - km < 1e-6:
                continue
            iso3 = draft.state_at((km + next_km) / 2.0)
            part = int(np.searchsorted(starts, (km + next_km) / 2.0, side="right"))
            gauges = ";".join(sorted(self.gauges(draft, iso3), key=int))
            tariff = draft.line.tariff_km
            share = (next_km - km) / draft.length_km
            lengths[part - 1] += self.build.new_edge(
                (node, next_node),
                inner_points(draft, km, next_km),
                {
                    "tariff_km": np.nan if tariff is None else tariff * share,
                    "iso3": iso3,
                    "gauges": gauges,
                    "line_id": draft.line.line_id,
                    "part_order": part,
                    "kind": "curated",
                    "use": "freight" if draft.line.freight else "passenger-high-speed",
                },
            )
        return Laid(
            line=draft.line,
            where=draft.where,
            stations=tuple(stations),
            part_km=tuple(map(float, lengths)),
            snap_km=(draft.snap_km[0], draft.snap_km[1]),
            borders=tuple(borders),
            gauge_of={
                iso3: max(map(int, self.gauges(draft, iso3)))
                for _, _, a, b in borders
                for iso3 in (a, b)
            },
        )


def lay_lines(
    lines: Sequence[OwnLine],
    atlas: Atlas,
    label: str,
    *,
    source: tuple[str, Table],
    notes: Sequence[str] = (),
) -> Overlay:
    """Join own lines to the network of an atlas.

    Parameters
    ----------
    lines
        The lines.
    atlas
        What they are laid over.
    label
        What errors call the file.
    source
        Id and row of the source that the file is.
    notes
        What was repaired on reading.

    Returns
    -------
    Overlay
        The layers `rail_edges`, `rail_nodes` and `line_parts` and the table `line_stations`,
        whole; rows of `lines`, `places`, `crossings`, `items`, `rates` and `sources`.

    Raises
    ------
    DataError
        An end is over 5 km from track of its state and gauge and names no station there, a
        station is over 5 km from its line, or a line meets the network nowhere.
    """
    layer = _Layer(lines, atlas, label)
    for step in (layer.find_stations, layer.join_ends, layer.join_each_other, layer.close_ends):
        for draft in layer.drafts:
            step(draft)
    laid = [layer.lay(draft) for draft in layer.drafts]
    layer.check_anchored()
    said = [*notes, *layer.notes]
    return own_tables(
        laid, atlas, layer.build, label, source=source, replaced=layer.replaced, notes=said
    )
