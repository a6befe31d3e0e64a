"""Keeping: the assembled network on disk, under a hash of all that it is made from.

Other data, other code or another release of a library make another file: what is read is never
older than what it was made from.
"""

from __future__ import annotations

import json
import platform
import sys
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyproj
import shapely
from scipy.sparse import csr_array

from geo.atlas import Atlas
from geo.files import cached_arrays
from geo.network.network import Network
from geo.network.shapes import StoredShapes
from geo.network.terminals import RoadAccess, TerminalNodes
from geo.routing import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place

__all__ = ["build_network", "packed", "unpacked"]

_CODE: Final = ("atlas", "earth", "network", "routing")
"""Packages whose code has a hand in what the network is, beside `geo.files`."""

_LIBRARIES: Final = (
    *("geopandas", "numpy", "pandas", "pyarrow", "pyogrio", "pyproj", "scipy", "shapely"),
)
"""Libraries whose releases may differ in what they read or reckon."""

_WORTH_KEEPING: Final = 1_000_000
"""Data of fewer bytes than this is assembled about as fast as a file is read."""

_KEPT: Final = 6
"""So many networks are kept (63 MB each)."""

_BYTE: Final = 255

_TABLES: Final = ("quantities", "links_of_arcs")


def build_network(atlas: Atlas, *, points: Sequence[Place] = ()) -> Network:
    """Build the network of an atlas, or read it from the disk if it was built before.

    Parameters
    ----------
    atlas : Atlas
    points : sequence of Place
        Further places, by coordinates, to be joined to it; then it is built anew.

    Returns
    -------
    Network

    Raises
    ------
    DataError
        If a table names an item that `items.csv` does not have.
    """
    digest = "" if points else _digest(atlas)
    if not digest:
        return _assembled(atlas, points)
    arrays = cached_arrays(
        f"networks/{digest}.npz",
        lambda: packed(_assembled(atlas)),
        fits=_fits,
        kept=_KEPT,
        # A file that was altered before it was read made another network than is named.
        holds=lambda: _digest(atlas) == digest,
    )
    return unpacked(arrays)


def _assembled(atlas: Atlas, points: Sequence[Place] = ()) -> Network:
    # What it needs takes a while to import, and is not needed where a network is kept.
    from geo.network.assembly import assemble

    return assemble(atlas, points=points)


def _digest(atlas: Atlas) -> str:
    """Return a hash of data, code and libraries; "" where the network is not worth keeping."""
    # Whatever else holds tables may hold other ones than its files.
    if type(atlas) is not Atlas:
        return ""
    # Layers of the user's own have geometry, which is as slow to hash as to use.
    tables = [
        (f"{place} {kind} {name}", table.frame)
        for place, overlay in enumerate(atlas.overlays)
        for kind, held in (("whole", overlay.whole), ("rows", overlay.rows))
        for name, table in sorted(held.items())
    ]
    if any("geometry" in frame for _, frame in tables):
        return ""
    found = blake2b(digest_size=20)
    # The schemas, as they were when the atlas was opened: they say of what type a column is.
    found.update(repr(atlas.resources).encode())
    size = 0
    try:
        for resource in atlas.resources.values():
            found.update(repr((resource.name, atlas.digests(resource.name))).encode())
            size += (atlas.root / resource.path).stat().st_size
    except OSError:
        # Assembling says which file is not there.
        return ""
    if size < _WORTH_KEEPING:
        return ""
    for name, frame in tables:
        types = [(column, str(kind)) for column, kind in frame.dtypes.items()]
        found.update(f"{name} {types} {len(frame)} ".encode())
        found.update(pd.util.hash_pandas_object(frame).to_numpy().tobytes())
    package = Path(__file__).resolve().parent.parent
    code = (one for room in _CODE for one in (package / room).glob("*.py"))
    for path in (package / "files.py", *sorted(code)):
        found.update(path.read_bytes())
    machine = (platform.machine(), sys.version)
    engines = (shapely.geos_version, pyproj.proj_version_str)
    found.update(repr((machine, engines, [_release(one) for one in _LIBRARIES])).encode())
    return found.hexdigest()


def _release(library: str) -> str:
    """Return the release of a library without loading it; "" where it is not there."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def packed(network: Network) -> dict[str, NDArray[Any]]:
    """Return a network as plain arrays: text as numbers, and the words once.

    Parameters
    ----------
    network
        What `assemble` makes.

    Returns
    -------
    dict
        Arrays by name, `words` being JSON.
    """
    arrays: dict[str, NDArray[Any]] = {"tail": network.graph.tail, "head": network.graph.head}
    words: dict[str, Any] = {"items": network.items, "links": network.links}
    for title, frame in (("nodes", network.nodes), ("arcs", network.arcs)):
        words[title] = list(frame.columns)
        for name, values in frame.items():
            column = f"{title}.{name}"
            if values.dtype.kind in "ifb":
                arrays[column] = values.to_numpy()
                continue
            codes, known = pd.factorize(values.to_numpy(dtype=object), use_na_sentinel=False)
            arrays[column] = codes.astype(np.int32)
            words[column] = known.tolist()
    for title in _TABLES:
        table: csr_array = getattr(network, title)
        arrays |= {f"{title}.{part}": getattr(table, part) for part in ("indptr", "indices")}
        # Most are links, which are counted: a byte holds each.
        # What a byte cannot hold must not be turned into one: the outcome is not defined.
        fits = table.nnz and table.data.min() >= 0 and table.data.max() <= _BYTE
        small = table.data.astype(np.uint8) if fits else table.data
        arrays[f"{title}.data"] = small if (small == table.data).all() else table.data
    stored = shapely.to_wkb(network.shapes[np.arange(len(network.shapes))]).tolist()
    arrays["shapes.first"] = np.cumsum([0, *map(len, stored)])
    arrays["shapes.content"] = np.frombuffer(b"".join(stored), dtype=np.uint8)
    places = network.terminals
    words |= {
        "doors": {place: int(node) for place, node in places.doors.items()},
        "yards": {place: int(node) for place, node in places.yards.items()},
        "quays": places.quays.to_dict("split"),
        "access": places.access.to_dict("split"),
        "road": [places.road.bound_km, places.road.circuity],
        "stations": {place: nodes.tolist() for place, nodes in network.station_nodes.items()},
    }
    arrays["words"] = np.frombuffer(json.dumps(words).encode(), dtype=np.uint8)
    return arrays


def unpacked(arrays: dict[str, NDArray[Any]]) -> Network:
    """Return the network that was packed, as it was.

    Parameters
    ----------
    arrays
        What `packed` made.
    """
    words: dict[str, Any] = json.loads(arrays["words"].tobytes())
    nodes, arcs = (_frame(title, arrays, words) for title in ("nodes", "arcs"))
    shape = {"quantities": len(words["items"]), "links_of_arcs": len(words["links"])}
    tables = {
        title: csr_array(
            (
                arrays[f"{title}.data"].astype(np.float64),
                arrays[f"{title}.indices"],
                arrays[f"{title}.indptr"],
            ),
            shape=(len(arcs), shape[title]),
        )
        for title in _TABLES
    }
    quays, access = (pd.DataFrame(**words[title]) for title in ("quays", "access"))
    bound_km, circuity = words["road"]
    return Network(
        graph=Graph(len(nodes), arrays["tail"], arrays["head"]),
        nodes=nodes,
        arcs=arcs,
        quantities=tables["quantities"],
        items=tuple(words["items"]),
        links=tuple(words["links"]),
        links_of_arcs=tables["links_of_arcs"],
        shapes=StoredShapes(arrays["shapes.first"], arrays["shapes.content"]),
        terminals=TerminalNodes(
            doors=words["doors"],
            yards=words["yards"],
            quays=quays,
            access=access,
            road=RoadAccess(bound_km, circuity),
        ),
        station_nodes={
            place: np.array(own, dtype=np.int64) for place, own in words["stations"].items()
        },
    )


def _frame(title: str, arrays: dict[str, NDArray[Any]], words: dict[str, Any]) -> pd.DataFrame:
    """Return the table of nodes or arcs."""
    columns: dict[str, Any] = {}
    for name in words[title]:
        column = f"{title}.{name}"
        values = arrays[column]
        if column in words:
            values = np.array(words[column], dtype=object)[values]
        columns[name] = pd.Series(values, dtype=values.dtype, copy=False)
    return pd.DataFrame(columns, copy=False)


def _fits(arrays: dict[str, NDArray[Any]]) -> bool:
    """Say whether arrays from the disk have what a network needs."""
    return {"words", "tail", "head", "shapes.first", "shapes.content"} <= set(arrays)
