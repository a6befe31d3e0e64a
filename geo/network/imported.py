"""Reads the folder of an imported network, to lie over the railways that ship.

`crescent osm import` writes such folders; what they hold is checked before it is used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo import files
from geo.atlas.overlay import Overlay
from geo.atlas.tables import read_layer
from geo.errors import DataError, MissingDataError, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from geo.atlas import Atlas

__all__ = [
    "LAYERS",
    "NETWORK_NAME",
    "PACKAGE_FILE",
    "is_imported",
    "is_network",
    "network_overlay",
]

LAYERS: Final = ("rail_edges", "rail_nodes", "line_parts")
PACKAGE_FILE: Final = "datapackage.json"
NETWORK_NAME: Final = "crescent-network"
"""What the data package of an imported network calls itself."""


def is_network(folder: Path) -> bool:
    """Whether a folder holds an imported network."""
    try:
        package = json.loads((folder / PACKAGE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(package, dict) and package.get("name") == NETWORK_NAME


def network_overlay(folder: str | Path, atlas: Atlas) -> Overlay:
    """Read an imported network as an overlay of the atlas.

    Parameters
    ----------
    folder
        What `crescent osm import` wrote.
    atlas
        The atlas that it shall lie over; its places, crossings and lines must be there.

    Raises
    ------
    UsageError
        The folder holds no network.
    DataError
        A file of it is not there, was changed, or does not fit the atlas.
    """
    path = Path(folder)
    if not is_network(path):
        what = "is no folder" if not path.is_dir() else "holds no imported network"
        msg = f"{path} {what}; `crescent osm import` makes one"
        raise UsageError(msg)
    package = json.loads((path / PACKAGE_FILE).read_text(encoding="utf-8"))
    entries = {entry.get("name"): entry for entry in package.get("resources", ())}
    tables = {}
    for name in LAYERS:
        file, label = path / f"{name}.parquet", str(path / f"{name}.parquet")
        if not file.is_file() or name not in entries:
            raise MissingDataError(label, None, None, "there is no such file; import it again")
        if f"sha256:{files.sha256_of(file)}" != entries[name].get("hash"):
            problem = f"is not the file that {PACKAGE_FILE} beside it tells of; import it again"
            raise DataError(label, None, None, problem)
        tables[name] = read_layer(file, atlas.schema(name), label=label)
        _check_known(tables[name].frame, label, atlas)
    title = package["sources"][0]["title"]
    return Overlay(title=f"network: {path} ({title})", whole=tables)


def _check_known(frame: pd.DataFrame, label: str, atlas: Atlas) -> None:
    """Refuse a layer that names a place, crossing or line which the atlas does not have."""
    tables = {
        "place_ids": ("places", "place_id"),
        "crossing_id": ("crossings", "crossing_id"),
        "line_id": ("lines", "line_id"),
    }
    for column, (table, key) in tables.items():
        if column not in frame:
            continue
        values = frame[column].fillna("").astype(str)
        named = {part for text in values.unique() for part in text.split(";") if part}
        lost = named - set(atlas.table(table)[key])
        if lost:
            problem = f"{min(lost)!r} is not among the {table} of the data; import it again"
            raise DataError(label, None, column, problem)


def is_imported(atlas: Atlas) -> bool:
    """Whether the railways of an atlas are an imported network: only such track has its ways."""
    return "osm_way" in atlas.rail_edges
