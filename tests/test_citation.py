"""CITATION.cff against the Citation File Format 1.2.0, read by a YAML library."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import yaml

import geo

ROOT = Path(__file__).parent.parent

REQUIRED = {"authors", "cff-version", "message", "title"}
KNOWN = REQUIRED | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords"),
    *("license", "license-url", "preferred-citation", "references", "repository"),
    *("repository-artifact", "repository-code", "type", "url", "version"),
}
"""The keys of the format's schema, https://github.com/citation-file-format, version 1.2.0."""


def citation() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return read


def test_it_has_what_the_format_requires_and_nothing_that_it_does_not_know() -> None:
    keys = set(citation())
    assert keys >= REQUIRED
    assert keys <= KNOWN
    assert citation()["cff-version"] == "1.2.0"
    assert citation()["type"] in {"software", "dataset"}


def test_authors_are_an_entity() -> None:
    authors = citation()["authors"]
    assert [set(author) for author in authors] == [{"name"}]


def test_it_agrees_with_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = citation()
    assert cited["version"] == geo.__version__
    assert cited["license"] == project["license"]
    assert cited["keywords"] == project["keywords"]
