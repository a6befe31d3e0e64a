"""Documents written: to text, or to files whole or not at all, in the format of the ending."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.files import whole_file, write_bytes
from geo.report.export.text import to_csv, to_latex, to_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from geo.report.export.document import Document

__all__ = ["FORMATS", "content_of", "format_of", "render_document", "write_document"]

FORMATS = {"csv": ".csv", "xlsx": ".xlsx", "md": ".md", "latex": ".tex", "json": ".json"}
"""Endings of files by format."""


_NO_NAME = re.compile(r'[\\/:*?"<>|\[\]\s]+')


def format_of(path: str | PathLike[str]) -> str:
    """Read the format from a file's ending.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        A key of `FORMATS`.

    Raises
    ------
    UsageError
        If the ending is none of theirs.
    """
    suffix = Path(path).suffix.lower()
    for name, ending in FORMATS.items():
        if suffix == ending:
            return name
    *most, last = FORMATS.values()
    msg = (
        f"cannot tell the format of {path}: give --format or end the name in "
        f"{', '.join(most)} or {last}"
    )
    raise UsageError(msg)


def render_document(document: Document, text_format: str) -> str:
    """Write a document as text.

    Parameters
    ----------
    document
        The document.
    text_format
        ``csv`` (its first sheet alone), ``md``, ``latex`` or ``json``.

    Returns
    -------
    str
        Ending in a new line.

    Raises
    ------
    UsageError
        If there is no such format, or it is none of text.
    """
    if text_format == "csv":
        return to_csv(document.sheets[0])
    if text_format == "md":
        return to_markdown(document.sheets)
    if text_format == "latex":
        return to_latex(document.sheets)
    if text_format == "json":
        return json.dumps(document.json, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if text_format == "xlsx":
        msg = "a workbook is no text to print: name a file by -o FILE.xlsx"
        raise UsageError(msg)
    msg = f"unknown table format {text_format!r}; known: {', '.join(FORMATS)}"
    raise UsageError(msg)


def content_of(document: Document, file_format: str) -> bytes:
    """Return the content of a file in any format; of CSV, that of its first sheet.

    Parameters
    ----------
    document
        The document.
    file_format
        A key of `FORMATS`.

    Raises
    ------
    UsageError
        If there is no such format.
    """
    if file_format == "xlsx":
        from geo.report.export.workbook import to_xlsx

        return to_xlsx(document)
    return render_document(document, file_format).encode("utf-8")


def write_document(
    document: Document, path: str | PathLike[str], *, file_format: str | None = None
) -> tuple[Path, ...]:
    """Write a document to a file.

    A CSV file holds one table: the further ones of a document lie beside it, as ``NAME-SHEET.csv``,
    with a number at the end where two would have the same name.

    Parameters
    ----------
    document
        The document.
    path
        Where to.
    file_format
        A key of `FORMATS`; by default that of the file's ending.

    Returns
    -------
    tuple of Path
        What was written, the named file first.

    Raises
    ------
    UsageError
        If there is no such format.
    OutputError
        If a file cannot be written. Each is whole or not at all; several are all written beside
        their places before the first is moved there, so none is there if one cannot be written.
        Only if a move itself fails then, those already moved stay.
    """
    final = Path(path)
    chosen = file_format or format_of(final)
    if chosen != "csv":
        write_bytes(final, content_of(document, chosen))
        return (final,)
    files = [final, *_beside(final, [sheet.name for sheet in document.sheets[1:]])]
    with ExitStack() as together:
        for file, sheet in zip(files, document.sheets, strict=True):
            temporary = together.enter_context(whole_file(file))
            temporary.write_text(to_csv(sheet), encoding="utf-8", newline="\n")
    return tuple(files)


def _beside(file: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield the files of further tables, by names that every system takes and keeps apart."""
    taken: set[str] = set()
    for name in names:
        base = _NO_NAME.sub("-", name)
        found, number = base, 1
        while found.casefold() in taken:
            number += 1
            found = f"{base}-{number}"
        taken.add(found.casefold())
        yield file.with_stem(f"{file.stem}-{found}")
