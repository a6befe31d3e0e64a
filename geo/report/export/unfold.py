"""Records as JSON has them, laid out flat: sheets whose rows name the row that they belong to.

One way for every verb, so that no verb writes tables of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.report.export.document import Sheet, plain
from geo.report.export.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["sheets_of"]

_FACTS = "facts"

Row = Mapping[str, Any]


def sheets_of(
    record: Any,
    *,
    name: str,
    keys: Sequence[str] = (),
    apart: Collection[str] = (),
    empty: Mapping[str, Sequence[str]] | None = None,
    units: Mapping[str, str] | None = None,
) -> tuple[Sheet, ...]:
    """Lay a record out flat.

    Parameters
    ----------
    record
        A list of records, or one record whose lists are the tables. Lists of records within
        records become sheets of their own; records within records become columns ``name.part``.
    name
        Name of the sheet of a list, or of that list of one record which comes first.
    keys
        Columns that tell a row apart and are repeated in the sheets that hang on it; by default
        its first.
    apart
        Names of mappings from a key to a number that become rows of a sheet, not columns.
    empty
        Columns of the sheets that may be without a row, so that they still have their headings.
    units
        Units of columns of the main sheet, as in `Sheet`.

    Returns
    -------
    tuple of Sheet
        The main one, then the others in their order, and last what is no list as rows of field,
        value and unit.
    """
    found = _Found(tuple(keys), frozenset(apart))
    if isinstance(record, Mapping):
        rest: dict[str, Any] = {}
        for key, value in record.items():
            rows = _rows_of(str(key), value, apart=found.apart)
            if rows is None:
                rest[str(key)] = value
            else:
                found.add(str(key), rows, {})
        if facts := _fields(rest):
            found.add(_FACTS, facts, {})
    else:
        found.add(name, list(record), {})
    headings = dict(empty or {})
    sheets = [
        _sheet(key, rows, headings.pop(key, ())) for key, rows in found.sheets.items() if rows
    ]
    sheets += [_sheet(key, [], columns) for key, columns in headings.items()]
    sheets = [replace(one, units=units or {}) if one.name == name else one for one in sheets]
    return tuple(sorted(sheets, key=lambda sheet: (sheet.name != name, sheet.name == _FACTS)))


class _Found:
    """The rows found so far, by sheet."""

    def __init__(self, keys: tuple[str, ...], apart: frozenset[str]) -> None:
        self.keys = keys
        self.apart = apart
        self.sheets: dict[str, list[dict[str, Any]]] = {}

    def add(self, name: str, rows: Sequence[Row], parent: Mapping[str, Any]) -> None:
        """Add rows, and those that hang on them."""
        sheet = self.sheets.setdefault(name, [])
        hanging = {
            str(key) for row in rows for key, value in row.items() if self._hangs(str(key), value)
        }
        for row in rows:
            flat = dict(parent)
            children: list[tuple[str, list[Row]]] = []
            for key, value in row.items():
                below = _rows_of(str(key), value, apart=self.apart)
                if below is not None:
                    children.append((str(key), below))
                elif isinstance(value, Mapping):
                    flat |= {f"{key}.{part}": plain(cell) for part, cell in value.items()}
                elif str(key) not in hanging:
                    flat[str(key)] = plain(value)
            sheet.append(flat)
            told = [key for key in self.keys if key in flat] or list(flat)[:1]
            for key, below in children:
                self.add(key, below, {one: flat[one] for one in told})

    def _hangs(self, key: str, value: Any) -> bool:
        return _rows_of(key, value, apart=self.apart) is not None


def _rows_of(key: str, value: Any, *, apart: Collection[str]) -> list[Row] | None:
    """Return the rows of a sheet if a value is one."""
    if isinstance(value, list | tuple):
        return list(value) if value and all(isinstance(one, Mapping) for one in value) else None
    if not isinstance(value, Mapping) or not value:
        return None
    if key in apart:
        return [{"of": part, key: cell} for part, cell in value.items()]
    if all(isinstance(cell, Mapping) for cell in value.values()):
        return [{key: part, **cell} for part, cell in value.items()]
    return None


def _fields(record: Mapping[str, Any]) -> list[Row]:
    """Return what is no table as rows of field, value and unit."""
    rows: list[Row] = []
    for key, value in record.items():
        parts = (
            {f"{key}.{part}": cell for part, cell in value.items()}
            if isinstance(value, Mapping)
            else {key: value}
        )
        rows += [
            {"field": field, "value": plain(cell), "unit": unit_of(field)}
            for field, cell in parts.items()
        ]
    return rows


def _sheet(name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Sheet:
    seen = dict.fromkeys([*columns, *(key for row in rows for key in row)])
    return Sheet(name, tuple(seen), tuple(rows))
