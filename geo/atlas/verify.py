"""Verifying the data: is every file there, whole, and true to its schema.

Used by `Atlas.verify`, and so by `crescent data verify`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import files
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.atlas.schema import Resource

__all__ = ["Problem", "verify_file"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one file of the data."""

    path: str
    problem: str

    def __str__(self) -> str:
        """Return path and problem."""
        return f"{self.path}: {self.problem}"


def verify_file(root: Path, resource: Resource, check: Callable[[str], None]) -> list[Problem]:
    """Check one file against the data package.

    Parameters
    ----------
    root
        The folder of the data.
    resource
        The file's entry.
    check
        Function that reads the named resource and raises a `DataError` if it is broken.

    Returns
    -------
    list of Problem
        What is wrong; empty if all is well.
    """
    path, label = root / resource.path, f"{root.name}/{resource.path}"
    if not path.is_file():
        return [Problem(label, "missing; reinstall crescent")]
    problems = []
    size = path.stat().st_size
    if resource.bytes is None or resource.sha256 is None:
        problems.append(Problem(label, "the data package has no size and hash; run `make data`"))
    elif size != resource.bytes:
        problems.append(Problem(label, f"expected {resource.bytes} bytes, got {size}"))
    elif files.sha256_of(path) != resource.sha256:
        problems.append(Problem(label, "its SHA-256 is not that of the data package"))
    if resource.schema is not None:
        try:
            check(resource.name)
        except DataError as error:
            spot = str(error).removeprefix(error.file).lstrip(",: ")
            problems.append(Problem(error.file, spot))
    return problems
