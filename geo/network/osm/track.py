"""The track of OpenStreetMap as plain arrays, mended: what was wrong is counted or refused.

Both readers, of files and of the live services, end here; what follows sees no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import DataError
from geo.network.osm.tags import TrackTags, read_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Origin", "OsmTrack", "RawWays", "mended"]

_HALF_TURN = 180.0


@dataclass(frozen=True)
class Origin:
    """Where track comes from.

    Attributes
    ----------
    label
        What errors and the terminal call it: the file, or what was asked.
    title
        The source as its credit says it.
    sha256
        Of the file, or of all answers in their order.
    data_date
        Day of the data (ISO 8601) if the source says it, else "".
    """

    label: str
    title: str
    sha256: str
    data_date: str


@dataclass(frozen=True, eq=False)
class RawWays:
    """Ways and nodes as read.

    Attributes
    ----------
    way_id : int64[ways]
        Ascending; a way may come in several pieces, one after the other.
    tags : sequence of mapping
        The tags of each way, at least those of `KEPT_KEYS` that it has.
    start, ref
        Nodes of way i in order: ``ref[start[i]:start[i + 1]]``, ids.
    node_id : int64[nodes]
        Ascending.
    lon, lat : float64[nodes]
        Degrees, as the source gives them.
    counts
        What was met on reading.
    """

    way_id: NDArray[np.int64]
    tags: Sequence[Mapping[str, str]]
    start: NDArray[np.int64]
    ref: NDArray[np.int64]
    node_id: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class OsmTrack:
    """Straight pieces of track, each of one way.

    Attributes
    ----------
    lon, lat : float64[vertices]
        Degrees (EPSG:4326).
    tail, head : int64[pieces]
        Vertices at the ends of each piece, never the same.
    way : int64[pieces]
        Position of its way in `way_id` and `tags`.
    way_id : int64[ways]
    tags : tuple of TrackTags
    twins : int64[pairs, 2]
        Vertices that are one place at 180 degrees, east and west: to be made one after the
        borders are cut, for no straight piece may run round the globe.
    counts
        What was read, mended and left out, by name.
    left_out, doubts
        Ways left out by what they are, and tags not understood, each with its number.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    way: NDArray[np.int64]
    way_id: NDArray[np.int64]
    tags: tuple[TrackTags, ...]
    twins: NDArray[np.int64]
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    doubts: Mapping[str, int]


def mended(raw: RawWays, origin: Origin, *, sidings: bool = True) -> OsmTrack:
    """Turn ways into pieces of track.

    Parameters
    ----------
    raw
        Ways and nodes as read.
    origin
        What errors call the source.
    sidings
        Whether sidings and yards are kept.

    Returns
    -------
    OsmTrack
        Counts: ways_read, ways_kept, ways_left_out, sidings_left_out, ways_with_missing_nodes,
        nodes_missing, repeated_nodes (a node twice in a row), twin_nodes (nodes of different
        number at one spot, made one), ways_of_no_length, closed_ways, cuts_at_180.

    Raises
    ------
    DataError
        No railway is there; or a coordinate is out of range; or no node of any way is there.
    """
    tags, keep, left_out, doubts = _tagged(raw, sidings=sidings)
    counts = dict(raw.counts) | {
        "ways_read": len(np.unique(raw.way_id)),
        "ways_kept": len(tags),
        "ways_left_out": sum(left_out.values()) - left_out.get("siding or yard", 0),
        "sidings_left_out": left_out.get("siding or yard", 0),
    }
    if not len(keep):
        what = ", ".join(f"{number} {name}" for name, number in sorted(left_out.items()))
        problem = "holds no railway" + (f" for freight, only: {what}" if what else "")
        raise DataError(origin.label, None, None, problem)
    tail, head, way, found = _pieces(raw, keep, origin)
    counts |= found
    same, lon, lat, twins = _one_spot(raw)
    counts["twin_nodes"] = twins
    _check_range(raw, np.unique(np.concatenate([tail, head])), origin)
    tail, head = same[tail], same[head]
    counts["repeated_nodes"] += int((tail == head).sum())
    real = tail != head
    counts["ways_of_no_length"] = len(tags) - len(np.unique(way[real]))
    counts["closed_ways"] = _closed(tail[real], head[real], way[real])
    if not real.any():
        raise DataError(origin.label, None, None, "holds no railway of any length")
    track = OsmTrack(
        lon=lon,
        lat=lat,
        tail=tail[real],
        head=head[real],
        way=way[real],
        way_id=np.unique(raw.way_id[keep]),
        tags=tags,
        twins=np.empty((0, 2), dtype=np.int64),
        counts=counts,
        left_out=left_out,
        doubts=doubts,
    )
    return _used_only(_cut_at_180(track))


def _tagged(
    raw: RawWays, *, sidings: bool
) -> tuple[tuple[TrackTags, ...], NDArray[np.int64], dict[str, int], dict[str, int]]:
    """Read the tags of every way: those kept, where they stand, and counts of the others."""
    known: dict[tuple[tuple[str, str], ...], TrackTags | str] = {}
    tags: list[TrackTags] = []
    keep: list[int] = []
    left_out: dict[str, int] = {}
    doubts: dict[str, int] = {}
    for at, each in enumerate(raw.tags):
        key = tuple(each.items())
        if key not in known:
            known[key] = read_tags(each)
        found = known[key]
        if isinstance(found, TrackTags) and found.is_siding and not sidings:
            found = "siding or yard"
        first = at == 0 or raw.way_id[at] != raw.way_id[at - 1]
        if isinstance(found, str):
            left_out[found] = left_out.get(found, 0) + int(first)
            continue
        keep.append(at)
        if first:
            tags.append(found)
            for doubt in found.doubts:
                doubts[doubt] = doubts.get(doubt, 0) + 1
    return tuple(tags), np.array(keep, dtype=np.int64), left_out, doubts


def _pieces(
    raw: RawWays, keep: NDArray[np.int64], origin: Origin
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], dict[str, int]]:
    """Give the pieces of the kept ways between nodes that are there: ends by position, and way."""
    sizes = np.diff(raw.start)[keep]
    first = np.repeat(raw.start[:-1][keep], sizes)
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    ref = raw.ref[first + within]
    piece = np.repeat(np.arange(len(keep)), sizes)
    _, number = np.unique(raw.way_id[keep], return_inverse=True)
    way = number[piece]
    place = np.minimum(np.searchsorted(raw.node_id, ref), max(len(raw.node_id) - 1, 0))
    there = raw.node_id[place] == ref if len(raw.node_id) else np.zeros(len(ref), dtype=np.bool_)
    if not there.any():
        problem = "holds ways but none of their nodes: make the extract with all nodes of its ways"
        raise DataError(origin.label, None, None, problem)
    follows = piece[1:] == piece[:-1]
    whole = follows & there[1:] & there[:-1]
    tail, head = place[:-1][whole], place[1:][whole]
    counts = {
        "ways_with_missing_nodes": len(np.unique(way[~there])),
        "nodes_missing": len(np.unique(ref[~there])),
        "repeated_nodes": 0,
    }
    return tail, head, way[1:][whole], counts


def _closed(tail: NDArray[np.int64], head: NDArray[np.int64], way: NDArray[np.int64]) -> int:
    """Count the ways that end where they begin: no node of theirs has an odd number of ends."""
    ends = np.column_stack([np.tile(way, 2), np.concatenate([tail, head])])
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    opens = np.flatnonzero(np.append([True], (np.diff(ends, axis=0) != 0).any(axis=1)))
    odd = np.diff(np.append(opens, len(ends))) % 2 == 1
    return len(np.unique(way)) - len(np.unique(ends[opens[odd], 0]))


def _one_spot(
    raw: RawWays,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], int]:
    """Make nodes at one spot one: the new number of each node, positions, how many vanished."""
    # The two names of the 180th meridian are one spot, too.
    lon = np.where(raw.lon == -_HALF_TURN, _HALF_TURN, raw.lon)
    order = np.lexsort((raw.lat, lon))
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = (np.diff(lon[order]) != 0) | (np.diff(raw.lat[order]) != 0)
    spot = np.empty(len(order), dtype=np.int64)
    spot[order] = np.cumsum(opens) - 1
    # The sort keeps the order of equals, so the first of a spot has the smallest number. Spots
    # are counted in the order of the node numbers, so that little moves.
    first = order[opens]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    at = np.sort(first)
    return rank[spot], lon[at], raw.lat[at], len(lon) - len(at)


def _check_range(raw: RawWays, used: NDArray[np.int64], origin: Origin) -> None:
    """Refuse coordinates that are none."""
    lon, lat = raw.lon[used], raw.lat[used]
    bad = ~((np.abs(lon) <= _HALF_TURN) & (np.abs(lat) <= _HALF_TURN / 2))
    if not bad.any():
        return
    at = int(np.argmax(bad))
    problem = (
        f"node {raw.node_id[used[at]]} lies at lon {lon[at]:g}, lat {lat[at]:g}, out of range "
        f"(one of {int(bad.sum())} such nodes)"
    )
    turned = (np.abs(lat) <= _HALF_TURN) & (np.abs(lon) <= _HALF_TURN / 2)
    if turned.all() and bad.mean() >= 0.5:
        problem += "; longitude and latitude look swapped"
    raise DataError(origin.label, None, None, problem)


def _cut_at_180(track: OsmTrack) -> OsmTrack:
    """Cut pieces that cross the 180th meridian; both halves end on it, each on its side."""
    span = track.lon[track.head] - track.lon[track.tail]
    over = np.flatnonzero(np.abs(span) > _HALF_TURN)
    if not len(over):
        return track
    tail, head = track.tail[over], track.head[over]
    # Unwrapped: the head goes on beyond the meridian on the side of the tail.
    side = np.where(track.lon[tail] > 0, _HALF_TURN, -_HALF_TURN)
    beyond = track.lon[head] + 2 * side
    share = (side - track.lon[tail]) / (beyond - track.lon[tail])
    lat = track.lat[tail] + share * (track.lat[head] - track.lat[tail])
    near = len(track.lon) + 2 * np.arange(len(over))
    far = near + 1
    new_head = track.head.copy()
    new_head[over] = near
    cut = replace(
        track,
        lon=np.concatenate([track.lon, np.column_stack([side, -side]).ravel()]),
        lat=np.concatenate([track.lat, np.repeat(lat, 2)]),
        tail=np.concatenate([track.tail, far]),
        head=np.concatenate([new_head, head]),
        way=np.concatenate([track.way, track.way[over]]),
        twins=np.column_stack([near, far]),
        counts=dict(track.counts) | {"cuts_at_180": len(over)},
    )
    # A node on the meridian itself makes a half of no length: join it to its twin at once.
    stub = (cut.lon[cut.tail] == cut.lon[cut.head]) & (cut.lat[cut.tail] == cut.lat[cut.head])
    return _without_stubs(cut, stub) if stub.any() else cut


def _without_stubs(track: OsmTrack, stub: NDArray[np.bool_]) -> OsmTrack:
    """Drop pieces of no length, making their two ends one vertex."""
    same = np.arange(len(track.lon))
    same[np.maximum(track.tail[stub], track.head[stub])] = np.minimum(
        track.tail[stub], track.head[stub]
    )
    return replace(
        track,
        tail=same[track.tail[~stub]],
        head=same[track.head[~stub]],
        way=track.way[~stub],
        twins=same[track.twins],
    )


def _used_only(track: OsmTrack) -> OsmTrack:
    """Leave out vertices without a piece."""
    used = np.zeros(len(track.lon), dtype=np.bool_)
    used[track.tail] = used[track.head] = True
    number = np.cumsum(used) - 1
    twins = track.twins[used[track.twins].all(axis=1)]
    return replace(
        track,
        lon=track.lon[used],
        lat=track.lat[used],
        tail=number[track.tail],
        head=number[track.head],
        twins=number[twins],
        counts={"cuts_at_180": 0, **track.counts},
    )
