"""The data package `data/datapackage.json`: schemas kept by hand, sizes and hashes kept here.

Build-only code: it is not part of the wheel.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo import files
from geo.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["dump_package", "refresh_package", "unlisted_files"]

PACKAGE_FILE = "datapackage.json"
_DATA_SUFFIXES = frozenset({".csv", ".parquet", ".toml"})


def refresh_package(root: Path) -> list[str]:
    """Write size and SHA-256 of every file into the data package; keep all the rest.

    Scenario files (`scenarios/*.toml`) come and go as resources by themselves; every other file
    must have a schema, written by hand, before it can ship.

    Parameters
    ----------
    root
        The folder `data/`.

    Returns
    -------
    list of str
        Resources whose file is not there, by path. They keep their schema and lose their hash.

    Raises
    ------
    DataError
        A table or a layer lies in the folder without an entry in the data package.
    """
    path = root / PACKAGE_FILE
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    resources: list[dict[str, Any]] = [
        resource
        for resource in package["resources"]
        if not _is_scenario(resource["path"]) or (root / resource["path"]).is_file()
    ]
    known = {resource["path"] for resource in resources}
    for name in unlisted_files(root, known):
        if not _is_scenario(name):
            problem = f"has no resource in data/{PACKAGE_FILE}: describe it"
            label = f"data/{name}"
            raise DataError(label, None, None, problem)
        resources.append(_scenario_resource(name))
    missing = [resource["path"] for resource in resources if not _measure(root, resource)]
    package["resources"] = resources
    files.write_text(path, dump_package(package))
    return missing


def unlisted_files(root: Path, known: set[str]) -> list[str]:
    """Return the data files under `root`, relative and sorted, that are not in `known`."""
    folders = (root, root / "layers", root / "scenarios")
    found = (
        file.relative_to(root).as_posix()
        for folder in folders
        if folder.is_dir()
        for file in folder.iterdir()
        if file.suffix in _DATA_SUFFIXES and not file.name.startswith(".")
    )
    return sorted(name for name in found if name not in known)


def dump_package(package: dict[str, Any]) -> str:
    """Return the data package as JSON text with one column of a table on each line."""
    return _dump(package, "") + "\n"


def _dump(value: Any, indent: str) -> str:
    """Return `value` as JSON, broken into lines wherever it would be longer than 100 characters."""
    flat = json.dumps(value, ensure_ascii=False)
    is_leaf = not isinstance(value, dict | list)
    if is_leaf or _is_field(value) or (len(indent) + len(flat) <= 100 and "{" not in flat[1:]):
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_dump(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _dump(item, inner) for item in value) + f"\n{indent}]"


def _is_field(value: Any) -> bool:
    """Tell whether `value` is small enough in kind to stay on a line: a column or a reference."""
    return isinstance(value, dict) and (
        {"name", "type"} <= value.keys() or {"fields", "reference"} <= value.keys()
    )


def _is_scenario(path: str) -> bool:
    """Tell whether a path of the data package is a scenario."""
    return path.startswith("scenarios/") and path.endswith(".toml")


def _scenario_resource(path: str) -> dict[str, Any]:
    """Return the entry of a scenario file."""
    stem = path.removeprefix("scenarios/").removesuffix(".toml")
    return {
        "name": f"scenario-{stem}",
        "path": path,
        "title": f"Scenario {stem}",
        "format": "toml",
        "mediatype": "application/toml",
        "encoding": "utf-8",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": "Named in the file"}],
        "steps": ["kept by hand"],
    }


def _measure(root: Path, resource: dict[str, Any]) -> bool:
    """Set `bytes` and `hash` of a resource; take them off and return False if it has no file."""
    path = root / resource["path"]
    schema = resource.pop("schema", None)
    resource.pop("bytes", None)
    resource.pop("hash", None)
    there: bool = path.is_file()
    if there:
        resource["bytes"] = path.stat().st_size
        resource["hash"] = f"sha256:{files.sha256_of(path)}"
    if schema is not None:
        resource["schema"] = schema
    return there
