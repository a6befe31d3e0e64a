"""Reads the railways of an OpenStreetMap file (XML or PBF) by osmium, in two passes.

First the ways with a railway tag, then only the nodes that they name: a country fits into memory.
"""

from __future__ import annotations

import bz2
import gzip
import re
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import files
from geo.errors import DataError, UsageError
from geo.network.osm.extra import need
from geo.network.osm.tags import KEPT_KEYS, LIFECYCLE_KEYS
from geo.network.osm.track import Origin, RawWays

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["read_osm_file"]

_FORMATS = (".osm", ".pbf", ".osm.gz", ".osm.bz2", ".xml", ".o5m")
_PER_DEGREE = 10_000_000
"""osmium keeps positions as whole numbers: OpenStreetMap has seven digits of a degree."""

_NO_POSITION = 2**31 - 1
"""What osmium gives for a position that a node does not have, twice."""


def read_osm_file(
    path: str | Path, *, progress: Callable[[str], None] = lambda _: None
) -> tuple[RawWays, Origin]:
    """Read the ways with a railway tag, and their nodes.

    Parameters
    ----------
    path
        An OpenStreetMap file: .osm.pbf, .osm, .osm.gz, .osm.bz2.
    progress
        Called with the name of each step.

    Returns
    -------
    RawWays, Origin

    Raises
    ------
    UsageError
        The path cannot be read, or its name says that it is no OpenStreetMap file.
    MissingExtraError
        osmium is not installed.
    DataError
        The file is cut short, or no OpenStreetMap file.
    """
    file = Path(path)
    _check_readable(file)
    osmium = need("osmium")
    progress("read ways")
    way_id, tags, start, ref, counts = _ways(osmium, file)
    progress("read nodes")
    node_id, lon, lat = _nodes(osmium, file, np.unique(ref))
    raw = RawWays(way_id, tags, start, ref, node_id, lon, lat, counts)
    return raw, Origin(
        label=str(file),
        title=f"(c) OpenStreetMap contributors, {file.name}",
        sha256=files.sha256_of(file),
        data_date=_date(osmium, file),
    )


def _check_readable(file: Path) -> None:
    """Refuse what cannot be opened, before osmium meets it."""
    if not file.name.lower().endswith(_FORMATS):
        msg = f"{file} is no OpenStreetMap file by its name; expected {', '.join(_FORMATS)}"
        raise UsageError(msg)
    try:
        with file.open("rb") as opened:
            empty = not opened.read(1)
    except OSError as error:
        msg = f"cannot read {file}: {error.strerror}"
        raise UsageError(msg) from error
    if empty:
        raise DataError(str(file), None, None, "is empty")


def _damaged(file: Path, error: Exception) -> DataError:
    """Return the error for a file that osmium cannot read to its end."""
    reason = str(error).strip() or type(error).__name__
    stray = re.fullmatch(r"wrong format for coordinate: '(.*)'", reason)
    if stray:
        return DataError(str(file), None, None, _stray_coordinate(file, stray[1]))
    problem = f"cut short, damaged, or no OpenStreetMap file (osmium says: {reason})"
    return DataError(str(file), None, None, problem)


def _stray_coordinate(file: Path, text: str) -> str:
    """Say on which line, at which node and why osmium cannot read a coordinate."""
    try:
        float(text)
        problem = f"coordinates out of range: {text}"
    except ValueError:
        problem = f"expected a coordinate in degrees, got {text!r}"
    openers: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
    opened = openers.get(file.suffix.lower(), open)
    with opened(file, "rt", encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            for node in re.findall(r"<node\b[^>]*", line):
                found = re.search(rf"\b(lat|lon)=([\"']){re.escape(text)}\2", node)
                if found:
                    named = re.search(r"\bid=[\"'](-?\d+)", node)
                    who = f"node {named[1]}, " if named else ""
                    return f"line {number}, {who}{found[1]}: {problem}"
    return problem


def _ways(
    osmium: Any, file: Path
) -> tuple[
    NDArray[np.int64],
    list[dict[str, str]],
    NDArray[np.int64],
    NDArray[np.int64],
    dict[str, int],
]:
    """Read the ways with a railway tag in the order of their numbers; the last version counts."""
    found: dict[int, tuple[dict[str, str], array[int]]] = {}
    again, kept = 0, frozenset(KEPT_KEYS)
    try:
        source = osmium.FileProcessor(str(file), osmium.osm.WAY)
        for way in source.with_filter(osmium.filter.KeyFilter("railway", *LIFECYCLE_KEYS)):
            tags = {tag.k: tag.v for tag in way.tags if tag.k in kept}
            again += way.id in found
            found[way.id] = tags, array("q", (node.ref for node in way.nodes))
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise _damaged(file, error) from error
    order = sorted(found)
    sizes = [len(found[way][1]) for way in order]
    return (
        np.array(order, dtype=np.int64),
        [found[way][0] for way in order],
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([np.empty(0, dtype=np.int64), *(found[way][1] for way in order)]),
        {"ways_twice": again},
    )


def _nodes(
    osmium: Any, file: Path, wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Read the nodes asked for, in the order of their numbers; leave out those not there."""
    # A tree: nodes may come in any order, and of two versions the last one counts.
    table = osmium.index.create_map("sparse_mem_map")
    keep = osmium.NodeLocationsForWays(table)
    try:
        # All of it in osmium: a loop over nodes here would take five times as long.
        with osmium.io.Reader(str(file), osmium.osm.NODE) as reader:
            osmium.apply(reader, osmium.filter.IdFilter(wanted.tolist()), keep)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise _damaged(file, error) from error
    ids, at = array("q"), array("q")
    for node in wanted.tolist():
        try:
            position = table.get(node)
        except KeyError:
            continue
        # As whole numbers, unchecked: out of range is ours to explain.
        if max(position.x, position.y) < _NO_POSITION:
            ids.append(node)
            at.extend((position.x, position.y))
    lon, lat = np.array(at, dtype=np.int64).reshape(-1, 2).T / _PER_DEGREE
    return np.array(ids, dtype=np.int64), lon, lat


def _date(osmium: Any, file: Path) -> str:
    """Return the day of the data if the head of the file says it."""
    header = osmium.io.Reader(str(file), osmium.osm.NOTHING).header()
    for key in ("osmosis_replication_timestamp", "timestamp"):
        text = str(header.get(key, ""))
        if len(text) >= len("2026-01-01"):
            return text[: len("2026-01-01")]
    return ""
