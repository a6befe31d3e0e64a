"""Scenario files: TOML read key by key, so that a slip is named and never passed over."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geo.atlas.nearest import nearest
from geo.costing import RateEdit
from geo.errors import ScenarioError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.atlas import Atlas

__all__ = ["DEFAULT_SCENARIO", "LEGAL_STATUSES", "LegalNote", "ScenarioFile", "scenario_ids"]

Key = TypeVar("Key")
Value = TypeVar("Value")

DEFAULT_SCENARIO = "severed-2026"

LEGAL_STATUSES = ("permitted", "restricted", "prohibited")

_LISTS = ("open", "close", "source_ids")
_TEXTS = ("id", "title", "parent", "description")
_TABLES = ("rates", "legal")
_KEYS = {*_LISTS, *_TEXTS, *_TABLES, "date"}
_RATE_KEYS = {"item", "measure", "set", "low", "high", "scale", "source_ids", "confidence", "note"}
_LEGAL_KEYS = {"link", "status", "note", "source_ids"}
_NUMBERS = ("set", "low", "high", "scale")


@dataclass(frozen=True)
class LegalNote:
    """What the law says of a link in a scenario, where it differs from the table of crossings."""

    status: str
    note: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioFile:
    """One file, as it stands: a difference from its parent.

    Attributes
    ----------
    scenario_id, title, date, parent, description : str
    opened, closed : tuple of str
    rates : mapping (item, measure) -> RateEdit
    legal : mapping link -> LegalNote
    source_ids : tuple of str
    """

    scenario_id: str
    title: str
    date: str
    parent: str = ""
    description: str = ""
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    rates: Mapping[tuple[str, str], RateEdit] = field(default_factory=dict)
    legal: Mapping[str, LegalNote] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()

    @classmethod
    def find(cls, atlas: Atlas, name: str | Path) -> ScenarioFile:
        """Read the scenario of this id that ships, or the TOML file of this path.

        Raises
        ------
        UnknownNameError
            If there is none.
        ScenarioError
            If the file is not valid TOML, or a key is unknown, absent or of the wrong kind.
        """
        return cls.read(_path_of(atlas, name))

    @classmethod
    def read(cls, path: Path) -> ScenarioFile:
        """Read a file; see `find`."""
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"{path}: not valid TOML: {error}"
            raise ScenarioError(msg) from error
        _check_keys(content, path.name, allowed=_KEYS, required={"id", "title", "date"})
        for key in (*_LISTS, *_TABLES):
            if not isinstance(content.get(key, []), list):
                msg = f"{path.name}: {key} expects a list, got {content[key]!r}"
                raise ScenarioError(msg)
        return cls(
            scenario_id=str(content["id"]),
            title=str(content["title"]),
            date=_date(content, path.name),
            parent=str(content.get("parent", "")),
            description=str(content.get("description", "")).strip(),
            opened=_texts(content, "open", path.name),
            closed=_texts(content, "close", path.name),
            rates=_once((_rate(row, path.name) for row in content.get("rates", [])), path.name),
            legal=_once((_legal(row, path.name) for row in content.get("legal", [])), path.name),
            source_ids=_texts(content, "source_ids", path.name),
        )


def scenario_ids(atlas: Atlas) -> tuple[str, ...]:
    """Return the ids of the scenarios that ship, the default first."""
    found = (path.stem for path in (atlas.root / "scenarios").glob("*.toml"))
    return tuple(sorted(found, key=lambda name: (name != DEFAULT_SCENARIO, name)))


def _path_of(atlas: Atlas, name: str | Path) -> Path:
    """Find the file of a scenario."""
    kind = "scenario"
    if isinstance(name, Path) or name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            msg = f"there is no scenario file {path}"
            raise ScenarioError(msg)
        return path
    if name not in scenario_ids(atlas):
        raise UnknownNameError(kind, name, nearest(name, scenario_ids(atlas)))
    return atlas.root / "scenarios" / f"{name}.toml"


def _check_keys(row: Any, spot: str, *, allowed: set[str], required: set[str]) -> None:
    """Refuse a table with a key that means nothing, or without one that it needs."""
    if not isinstance(row, dict):
        msg = f"{spot}: expected a table, got {row!r}"
        raise ScenarioError(msg)
    if strange := set(row) - allowed:
        problem = f"unknown key {min(strange)!r}"
    elif absent := required - set(row):
        problem = f"no key {min(absent)!r}"
    else:
        return
    msg = f"{spot}: {problem}; the keys are {', '.join(sorted(allowed))}"
    raise ScenarioError(msg)


def _once(pairs: Iterable[tuple[Key, Value]], spot: str) -> dict[Key, Value]:
    """Collect what a file says of each thing, and refuse to be told twice."""
    said: dict[Key, Value] = {}
    for key, value in pairs:
        if key in said:
            msg = f"{spot}: {' '.join(key) if isinstance(key, tuple) else key} stands twice"
            raise ScenarioError(msg)
        said[key] = value
    return said


def _date(content: Mapping[str, Any], spot: str) -> str:
    """Return the date of a scenario, ISO 8601."""
    text = str(content["date"])
    try:
        date.fromisoformat(text)
    except ValueError as error:
        msg = f"{spot}: date expects a day such as 2026-11-01, got {text!r}"
        raise ScenarioError(msg) from error
    return text


def _texts(row: Mapping[str, Any], key: str, spot: str) -> tuple[str, ...]:
    """Return a list of texts."""
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        msg = f"{spot}: {key} expects a list of texts, got {values!r}"
        raise ScenarioError(msg)
    return tuple(values)


def _rate(row: Mapping[str, Any], file: str) -> tuple[tuple[str, str], RateEdit]:
    """Read one `[[rates]]`."""
    spot = f"{file}, [[rates]]"
    _check_keys(row, spot, allowed=_RATE_KEYS, required={"item", "measure"})
    spot = f"{spot} of {row['item']}"
    for key in _NUMBERS:
        value = row.get(key, 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            msg = f"{spot}: {key} expects a number, got {value!r}"
            raise ScenarioError(msg)
    numbers = {key: float(row[key]) for key in _NUMBERS if key in row}
    edit = RateEdit(
        **numbers,
        source_ids=_texts(row, "source_ids", spot),
        confidence=str(row.get("confidence", "")),
    )
    return (str(row["item"]), str(row["measure"])), edit


def _legal(row: Mapping[str, Any], file: str) -> tuple[str, LegalNote]:
    """Read one `[[legal]]`."""
    spot = f"{file}, [[legal]]"
    _check_keys(row, spot, allowed=_LEGAL_KEYS, required={"link", "status", "note"})
    if row["status"] not in LEGAL_STATUSES:
        msg = f"{spot}: status is one of {', '.join(LEGAL_STATUSES)}, got {row['status']!r}"
        raise ScenarioError(msg)
    note = LegalNote(row["status"], str(row["note"]), _texts(row, "source_ids", spot))
    return str(row["link"]), note
