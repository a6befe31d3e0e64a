"""What `crescent sources` can be asked about, and the rows of every table that speak of it.

Which table refers to which is read from the schema, so that a new table needs no word here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.atlas import fold, ids_of, text_of
from geo.atlas.nearest import nearest
from geo.errors import UnknownNameError
from geo.scenario_file import scenario_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.atlas import Atlas, Resource

__all__ = ["Row", "Subject", "Table", "find_subject", "id_column", "rows_about", "tables_of"]

Row = dict[str, Any]
"""Cells by column; blank ones are left out."""

Table = tuple[str, tuple[Row, ...], bool]
"""A table's name, rows of it, and whether they are the subject itself."""

_KINDS: Final = {
    "places": "place",
    "states": "state",
    "lines": "line",
    "crossings": "crossing",
    "ports": "port",
    "zones": "zone",
    "items": "item",
    "lanes": "lane",
    "services": "service",
    "corridors": "corridor",
    "passages": "passage",
    "claims": "claim",
    "sources": "source",
    "goods": "goods",
    "parameters": "parameter",
    "state_sets": "set of states",
    "published_lengths": "published length",
    "features": "feature",
}
_OF_STATES: Final = (
    ("state_sets", "iso3"),
    ("border_regimes", "members"),
    ("gauge_areas", "states"),
    ("services", "states"),
)
"""Columns that name states without a reference in the schema."""
_OF_ZONES: Final = ("haul", "run", "energy", "entry", "wait-train", "rail-handling")
"""Items that a tariff zone has, by the beginning of their ids."""
_CLASS: Final = "class_item"
_NAMED: Final = ("name", "title")
_LIKE: Final = 70.0
_SHOWN: Final = 3


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What was asked about.

    Attributes
    ----------
    text
        As it was written.
    kind, name
        What it is, and what it is called.
    keys
        Tables and ids of the rows that are it: a port is a place too.
    table
        The table or layer, if one was asked for.
    scenario
        The scenario, if one was asked for.
    """

    text: str
    kind: str
    name: str
    keys: tuple[tuple[str, str], ...] = ()
    table: str = ""
    scenario: str = ""
    ids: frozenset[str] = field(default_factory=frozenset)


def tables_of(atlas: Atlas) -> Iterator[Resource]:
    """Return the resources that are tables, in their order."""
    return (one for one in atlas.resources.values() if one.schema and one.format == "csv")


def id_column(atlas: Atlas, table: str) -> str:
    """Return the column that says which thing a row is about; "" if it only refers to others."""
    schema = atlas.schema(table)
    if not schema.primary_key:
        return ""
    first = schema.primary_key[0]
    refers = any(link.column == first for link in schema.references)
    return "" if refers and len(schema.primary_key) > 1 else first


def find_subject(atlas: Atlas, text: str) -> Subject:
    """Find what a text means: a file, a scenario, an id of any table, a name, or a place.

    Raises
    ------
    UnknownNameError
        Nothing is called so; it names the nearest.
    UsageError
        Several places are called so.
    """
    table = _table_named(atlas, text)
    if table is not None:
        return Subject(text=text, kind="table", name=table.title, table=table.name)
    if text in scenario_ids(atlas):
        return Subject(text=text, kind="scenario", name=text, scenario=text)
    keys = tuple(dict.fromkeys([*_by_id(atlas, text), *_by_name(atlas, text)]))
    if not keys:
        keys = _by_place(atlas, text)
    kinds = [_KINDS[table] for table, _ in keys if table in _KINDS]
    kinds = kinds or [table.replace("_", " ") for table, _ in keys]
    return Subject(
        text=text,
        kind=", ".join(dict.fromkeys(kinds)),
        name=_called(atlas, keys),
        keys=keys,
        ids=frozenset(key for _, key in keys),
    )


def _table_named(atlas: Atlas, text: str) -> Resource | None:
    """Return the table or layer of a name or path."""
    bare = text.strip().removeprefix("./").removeprefix("data/")
    for resource in atlas.resources.values():
        stem = resource.path.rsplit("/", 1)[-1].rpartition(".")[0]
        if resource.schema and bare in {resource.name, resource.path, stem}:
            return resource
    return None


def _by_id(atlas: Atlas, text: str) -> tuple[tuple[str, str], ...]:
    """Return the tables in which a text is an id."""
    wanted = text.strip().casefold()
    found = []
    for resource in tables_of(atlas):
        column = id_column(atlas, resource.name)
        if not column:
            continue
        ids = dict.fromkeys(atlas.table(resource.name)[column].astype(str))
        found += [(resource.name, value) for value in ids if value.casefold() == wanted]
    return tuple(found)


def _by_name(atlas: Atlas, text: str) -> tuple[tuple[str, str], ...]:
    """Return the tables in which a thing is called so, with the ids of all that are it."""
    wanted = fold(text)
    found: list[tuple[str, str]] = []
    for resource in tables_of(atlas):
        column = id_column(atlas, resource.name)
        frame = atlas.table(resource.name)
        for name in _NAMED:
            if column and wanted and name in frame:
                same = [fold(text_of(cell)) == wanted for cell in frame[name]]
                for key in frame[column][same]:
                    found += _by_id(atlas, str(key))
    names = atlas.feature_names
    same = [fold(name) == wanted for name in names["text"]]
    found += [("features", str(key)) for key in names["feature_id"][same] if wanted]
    return tuple(dict.fromkeys(found))


def _by_place(atlas: Atlas, text: str) -> tuple[tuple[str, str], ...]:
    """Return the tables that the place called so is in; a place without id is refused."""
    try:
        place = atlas.find_place(text)
    except UnknownNameError as error:
        near = nearest(text, sorted(_every_name(atlas)), most=_SHOWN, like=_LIKE)
        kind = "file, item, place or other subject"
        raise UnknownNameError(
            kind, text, tuple(dict.fromkeys([*near, *error.suggestions]))[:_SHOWN]
        ) from error
    if not place.place_id:
        kind = "file, item, place or other subject"
        raise UnknownNameError(kind, text)
    return _by_id(atlas, place.place_id)


def _every_name(atlas: Atlas) -> set[str]:
    """Return all ids and the names of the tables."""
    names = {resource.name for resource in atlas.resources.values()}
    for resource in tables_of(atlas):
        column = id_column(atlas, resource.name)
        if column:
            names |= set(atlas.table(resource.name)[column].astype(str))
    return names


def _called(atlas: Atlas, keys: Iterable[tuple[str, str]]) -> str:
    """Return the name of a thing: that of the first of its tables that has one."""
    last = ""
    for table, key in keys:
        frame = atlas.table(table)
        row = frame[frame[id_column(atlas, table)].astype(str) == key].iloc[0]
        for column in _NAMED:
            if column in frame and text_of(row[column]):
                return text_of(row[column])
        last = key
    return last


def rows_about(atlas: Atlas, subject: Subject) -> list[Table]:
    """Return the rows about a subject: itself, what refers to it, and the rates that it names."""
    found: list[Table] = []
    main: dict[str, list[Row]] = {}
    for table, key in subject.keys:
        frame = atlas.table(table)
        main.setdefault(table, []).extend(
            _rows(frame[frame[id_column(atlas, table)].astype(str) == key])
        )
    found += [(table, tuple(rows), True) for table, rows in main.items()]
    for resource in tables_of(atlas):
        if resource.name not in main and (rows := _referring(atlas, resource, subject)):
            found.append((resource.name, rows, False))
    items = _items_named(atlas, main)
    for resource in tables_of(atlas):
        if items and _prices_items(resource):
            frame = atlas.table(resource.name)
            own = set() if "items" not in main else {key for _, key in subject.keys}
            rows = tuple(_rows(frame[frame["item_id"].isin(items - own)]))
            if rows:
                found.append((resource.name, rows, False))
    return found


def _referring(atlas: Atlas, resource: Resource, subject: Subject) -> tuple[Row, ...]:
    """Return the rows of a table that refer to a subject."""
    tables = dict.fromkeys(table for table, _ in subject.keys)
    frame = atlas.table(resource.name)
    hit = pd.Series(data=False, index=frame.index)
    for link in atlas.schema(resource.name).references:
        if link.table in tables and link.target == id_column(atlas, link.table):
            wanted = {key for table, key in subject.keys if table == link.table}
            hit |= _holds(frame[link.column], wanted, link.prefix)
    if "states" in tables:
        wanted = {key for table, key in subject.keys if table == "states"}
        for table, column in _OF_STATES:
            if table == resource.name:
                hit |= _holds(frame[column], wanted, "")
    return tuple(_rows(frame[hit]))


def _holds(cells: pd.Series, wanted: set[str], prefix: str) -> pd.Series:
    """Tell which cells hold one of some ids, alone or among others."""
    marked = {f"{prefix}:{key}" for key in wanted} if prefix else wanted
    return cells.map(lambda cell: bool(marked & set(ids_of(cell)))).astype(bool)


def _prices_items(resource: Resource) -> bool:
    """Tell whether the rows of a table say what an item costs or what that is derived from."""
    schema = resource.schema
    return bool(
        schema
        and schema.primary_key[:1] == ("item_id",)
        and any(link.column == "item_id" for link in schema.references)
    )


def _items_named(atlas: Atlas, main: dict[str, list[Row]]) -> set[str]:
    """Return the items that the rows of a subject name, those of a state's tariff zone too."""
    items: set[str] = set()
    for table, rows in main.items():
        links = [link for link in atlas.schema(table).references if link.table == "items"]
        items |= {item for row in rows for link in links for item in ids_of(row.get(link.column))}
    for row in main.get("states", []):
        items |= {f"{start}-{row['tariff_zone']}" for start in _OF_ZONES}
    items |= {item for row in main.get("items", []) for item in ids_of(row.get(_CLASS))}
    # A thing without a rate of its own takes that of its class.
    vocabulary = atlas.items
    if _CLASS in vocabulary:
        stands_for = dict(zip(vocabulary["item_id"], vocabulary[_CLASS], strict=True))
        items |= {text_of(stands_for[item]) for item in items & stands_for.keys()} - {""}
    return items


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Return rows without their blank cells, numbers and truth values as plain Python's."""
    return [
        {
            str(name): value.item() if hasattr(value, "item") else value
            for name, value in row.items()
            if text_of(value) != ""
        }
        for row in frame.to_dict("records")
    ]
