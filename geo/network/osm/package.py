"""Writes an imported network as a folder with a data package.

The folder is made whole beside its place and moved there, or not at all.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import files
from geo.network.imported import LAYERS, NETWORK_NAME, PACKAGE_FILE, is_network

if TYPE_CHECKING:
    from geo.atlas import Atlas
    from geo.network.osm.build import OsmNetwork
    from geo.network.osm.track import Origin

__all__ = ["write_network"]

_LICENCE: Final = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
_STEPS: Final = (
    "read ways with a railway tag and their nodes",
    "drop what has no length, make nodes at one spot one, cut at 180 degrees",
    "save points within 6 m of the course, keep its length",
    "trace known lines, cut at state borders, find crossings and stations",
    "contract chains, write GeoParquet with zstd",
)


def write_network(network: OsmNetwork, folder: str | Path, atlas: Atlas, origin: Origin) -> Path:
    """Write a network.

    Parameters
    ----------
    network
        Its layers and report.
    folder
        Where to; a network that lies there already is replaced.
    atlas
        Where the schemas of the layers are.
    origin
        Where the track comes from.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        It cannot be written, or holds something else. What was there stays as it was.
    """
    with files.whole_folder(folder, replaces=is_network) as temporary:
        frames = (network.edges, network.nodes, network.parts)
        resources = []
        schemas = _schemas(atlas.root)
        for name, frame in zip(LAYERS, frames, strict=True):
            path = temporary / f"{name}.parquet"
            frame.to_parquet(path, index=False, compression="zstd", compression_level=9)
            resources.append(_resource(path, schemas[name], origin))
        text = json.dumps(_package(network, origin, resources), ensure_ascii=False, indent=1)
        files.write_text(temporary / PACKAGE_FILE, text + "\n")
    return Path(folder)


def _schemas(root: Path) -> dict[str, dict[str, Any]]:
    """Read the entries of the layers in the data package that ships."""
    package = json.loads((root / PACKAGE_FILE).read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in package["resources"]}


def _resource(path: Path, shipped: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """Describe a layer."""
    return shipped | {
        "path": path.name,
        "licenses": [_LICENCE],
        "sources": [{"title": origin.title}],
        "steps": list(_STEPS),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{files.sha256_of(path)}",
    }


def _package(
    network: OsmNetwork, origin: Origin, resources: list[dict[str, Any]]
) -> dict[str, Any]:
    """Describe the network: source, licence, date, and what was done."""
    report = network.report
    return {
        "name": NETWORK_NAME,
        "title": f"Railway network: {origin.title}",
        "description": "Layers in the place of those that ship with Crescent: `--network FOLDER`.",
        "licenses": [_LICENCE],
        "sources": [
            {
                "title": origin.title,
                "date": origin.data_date,
                "hash": f"sha256:{origin.sha256}",
            }
        ],
        "report": {
            "counts": {name: round(value, 3) for name, value in report.counts.items()},
            "left_out": dict(report.left_out),
            "not_understood": dict(report.doubts),
            "km": {name: dict(values) for name, values in report.km.items()},
            "crossings": list(report.crossings),
            "crossings_without_track": list(report.crossings_missed),
            "lines": dict(report.lines),
            "parts_left_out": list(report.parts_refused),
        },
        "resources": resources,
    }
