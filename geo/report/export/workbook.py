"""Documents as XLSX workbooks: a worksheet a table, then `sources` and `notes`.

Written by openpyxl; its dates are taken out, so that the same document gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geo.report.export.document import Sheet, is_numeric
from geo.report.export.units import decimals_shown, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from geo.report.export.about import About
    from geo.report.export.document import Document

__all__ = ["to_xlsx"]

_SOURCES = "sources"
_NOTES = "notes"
_SOURCE_COLUMNS = ("source", "title", "address", "year", "licence", "kind", "accessed")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_WIDEST = 60
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_CORE_TEXT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>Crescent</dc:creator></cp:coreProperties>"
)


def to_xlsx(document: Document) -> bytes:
    """Write a document as a workbook.

    Parameters
    ----------
    document
        The document.

    Returns
    -------
    bytes
        The file. Each table has a row of names, a row of units, and numbers as numbers; every
        text is text, also one that begins like a formula.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    names: list[str] = []
    for sheet in document.sheets:
        names.append(_sheet_name(sheet.name, names))
        _fill(book.create_sheet(names[-1]), sheet)
    if document.about is not None:
        for sheet in _about_sheets(document.about()):
            # where the answer itself is one of sources, it is there already
            if sheet.name not in names:
                _fill(book.create_sheet(sheet.name), sheet, units=False)
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _about_sheets(about: About) -> tuple[Sheet, Sheet]:
    sources = tuple(
        {column: cell or None for column, cell in source.to_dict().items()}
        for source in about.sources
    )
    notes = tuple({"note": name, "text": text} for name, text in about.notes.items())
    return Sheet(_SOURCES, _SOURCE_COLUMNS, sources), Sheet(_NOTES, ("note", "text"), notes)


def _fill(page: Worksheet, sheet: Sheet, *, units: bool = True) -> None:
    from openpyxl.styles import Alignment, Font

    heads = [list(sheet.columns)]
    if units:
        heads.append([unit_of(column, sheet.units) for column in sheet.columns])
    for at, head in enumerate(heads, start=1):
        for place, text in enumerate(head, start=1):
            cell = page.cell(at, place)
            _put(cell, text or None)
            cell.font = Font(bold=at == 1, italic=at == 2)
            if is_numeric(sheet.rows, sheet.columns[place - 1]):
                cell.alignment = Alignment(horizontal="right")
    shown = {column: _number_format(sheet, column) for column in sheet.columns}
    for at, row in enumerate(sheet.rows, start=len(heads) + 1):
        for place, column in enumerate(sheet.columns, start=1):
            cell = page.cell(at, place)
            _put(cell, row.get(column))
            if isinstance(row.get(column), float):
                cell.number_format = shown[column]
    page.freeze_panes = page.cell(len(heads) + 1, 1)
    _set_widths(page, sheet, heads)


def _put(cell: Any, value: object) -> None:
    if isinstance(value, str) and value:
        text = _NO_TEXT.sub("\ufffd", value)
        cell.value = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
        # openpyxl takes what begins with = for a formula
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    elif value != "":
        cell.value = value  # a number, a boolean, or None for a blank


def _number_format(sheet: Sheet, column: str) -> str:
    """Return how a spreadsheet shows numbers; the cell itself keeps every digit."""
    decimals = decimals_shown(sheet.rows, column, sheet.units)
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _set_widths(page: Worksheet, sheet: Sheet, heads: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(sheet.columns):
        texts = [head[place] for head in heads]
        texts += [str(row[column]) for row in sheet.rows if row.get(column) is not None]
        widest = min(_WIDEST, max(map(_width, texts)))
        page.column_dimensions[get_column_letter(place + 1)].width = widest + 2


def _width(text: str) -> int:
    """Return the width of a text, in which a sign of East Asia counts twice."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _sheet_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that a worksheet may have and no other has."""
    known = {one.casefold() for one in taken}
    base = _NO_NAME.sub("-", name)[:_LONGEST_NAME] or "table"
    found, number = base, 1
    while found.casefold() in known:
        number += 1
        ending = f" {number}"
        found = base[: _LONGEST_NAME - len(ending)] + ending
    return found


def _timeless(content: bytes) -> bytes:
    """Pack a workbook anew without the time and the machine at which it was packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            new.writestr(entry, _CORE_TEXT if name == _CORE else old.read(name))
    return out.getvalue()
