"""The one schema of every table and layer, as read from `data/datapackage.json`.

Frictionless words are used where they reach; the few others are explained in the package itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import DataError, MissingDataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Field", "Reference", "Requirement", "Resource", "Schema", "read_package"]

PACKAGE_FILE = "datapackage.json"

FieldType = Literal["string", "number", "integer", "boolean", "list", "any"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table.

    For a list, `enum` and `pattern` speak of each of its elements. An optional column may be
    missing from a file altogether.
    """

    name: str
    type: FieldType
    description: str
    unit: str = ""
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    delimiter: str = ";"
    geometry_type: str = ""
    optional: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the column holds text: a string, or several joined by the delimiter."""
        return self.type in {"string", "list"}

    @property
    def expectation(self) -> str:
        """What a cell must hold, for the end of "expected ..."."""
        if self.enum:
            return f"one of {', '.join(self.enum)}"
        if self.type in {"number", "integer"}:
            noun = "a number" if self.type == "number" else "a whole number"
            parts = [
                f"{sign} {bound:g}"
                for sign, bound in ((">=", self.minimum), ("<=", self.maximum))
                if bound is not None
            ]
            return f"{noun} {' and '.join(parts)}".rstrip()
        if self.type == "boolean":
            return "true or false"
        if self.pattern:
            return f"text of the form {self.pattern}"
        return "a value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column whose values must stand in a column of another table.

    With a `prefix`, only elements `prefix:value` are meant, and their value must stand there.
    """

    column: str
    table: str
    target: str
    delimiter: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Columns that must be filled where another column holds a certain value."""

    column: str
    value: str
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The columns of a table and the rules between them."""

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    ordered: tuple[tuple[str, ...], ...] = ()
    requirements: tuple[Requirement, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the column called `name`."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file of the data: where it is, what it holds, whose it is, how it was made."""

    name: str
    path: str
    title: str
    format: str
    licence: str
    licence_title: str
    sources: tuple[str, ...]
    steps: tuple[str, ...]
    bytes: int | None
    sha256: str | None
    schema: Schema | None


def read_package(root: Path) -> dict[str, Resource]:
    """Read the data package.

    Parameters
    ----------
    root
        The folder that holds `datapackage.json`.

    Returns
    -------
    dict of str to Resource
        Every file of the data, by the name of its resource.

    Raises
    ------
    MissingDataError
        There is no data package in the folder.
    DataError
        It cannot be read, or a resource lacks a part.
    """
    path = root / PACKAGE_FILE
    label = f"{root.name}/{PACKAGE_FILE}"
    try:
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        resources = [_resource(entry) for entry in package["resources"]]
    except FileNotFoundError as error:
        problem = f"there is no such file under {root.parent}; reinstall crescent"
        raise MissingDataError(label, None, None, problem) from error
    except json.JSONDecodeError as error:
        raise DataError(label, error.lineno, None, f"is not JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise DataError(label, None, None, "is not UTF-8 text") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(label, None, None, f"lacks or garbles a part: {error}") from error
    return {resource.name: resource for resource in resources}


def _resource(entry: Mapping[str, Any]) -> Resource:
    """Return one resource of the data package."""
    licence = entry["licenses"][0]
    digest: str | None = entry.get("hash")
    return Resource(
        name=entry["name"],
        path=entry["path"],
        title=entry["title"],
        format=entry["format"],
        licence=licence["name"],
        licence_title=licence["title"],
        sources=tuple(source["title"] for source in entry["sources"]),
        steps=tuple(entry["steps"]),
        bytes=entry.get("bytes"),
        sha256=digest.removeprefix("sha256:") if digest else None,
        schema=_schema(entry["schema"]) if "schema" in entry else None,
    )


def _schema(entry: Mapping[str, Any]) -> Schema:
    """Return the schema of one resource."""
    key = entry.get("primaryKey", [])
    return Schema(
        fields=tuple(_field(field) for field in entry["fields"]),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        references=(
            *(
                Reference(
                    column=link["fields"],
                    table=link["reference"]["resource"],
                    target=link["reference"]["fields"],
                )
                for link in entry.get("foreignKeys", [])
            ),
            *(link for field in entry["fields"] for link in _item_references(field)),
        ),
        ordered=tuple(tuple(group) for group in entry.get("ordered", [])),
        requirements=tuple(
            Requirement(column=rule["field"], value=rule["equals"], required=tuple(rule["fields"]))
            for rule in entry.get("requiredWhen", [])
        ),
    )


def _field(entry: Mapping[str, Any]) -> Field:
    """Return one column of a schema."""
    own: Mapping[str, Any] = entry.get("constraints", {})
    limits: Mapping[str, Any] = {**own, **entry.get("itemConstraints", {})}
    return Field(
        name=entry["name"],
        type=entry["type"],
        description=entry["description"],
        unit=entry.get("unit", ""),
        required=own.get("required", False),
        unique=own.get("unique", False),
        enum=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern", ""),
        minimum=own.get("minimum"),
        maximum=own.get("maximum"),
        delimiter=entry.get("delimiter", ";"),
        geometry_type=entry.get("geometryType", ""),
        optional=entry.get("optional", False),
    )


def _item_references(entry: Mapping[str, Any]) -> list[Reference]:
    """Return the references of the elements of a list: `table.column`, or one for each prefix."""
    target: str | Mapping[str, str] = entry.get("itemReference", {})
    targets = {"": target} if isinstance(target, str) else target
    links = []
    for prefix, address in targets.items():
        table, column = address.split(".")
        links.append(
            Reference(
                column=entry["name"],
                table=table,
                target=column,
                delimiter=entry.get("delimiter", ";"),
                prefix=prefix,
            )
        )
    return links
