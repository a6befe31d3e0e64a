"""Tables of the user's own: CSV in which only what cannot be guessed must be given.

What is wrong with a file is said with its row, its column, and how to put it right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.atlas.tables import Table, check_widths, parse_csv, table_of
from geo.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from geo.atlas import Atlas
    from geo.atlas.schema import Schema

__all__ = [
    "OwnRow",
    "counted",
    "decode_text",
    "own_source",
    "read_bytes",
    "read_own_csv",
    "rows_of",
    "slug",
]

OwnRow = dict[str, str]
"""The cells of one row by column; a blank cell is ""."""

# What else a table may have been saved in, and letters that tell one from another.
_ENCODINGS: Final = (
    ("cp949", "Korean", re.compile("[가-힣]")),
    ("gb18030", "Chinese", re.compile("[\u4e00-\u9fff]")),
    ("shift_jis", "Japanese", re.compile("[\u3040-\u30ff]")),
    ("cp1251", "Cyrillic", re.compile("[А-яЁё]")),
    ("cp1252", "Western European", re.compile("[À-ÿ]")),
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def decode_text(content: bytes, label: str) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Parameters
    ----------
    content
        The bytes of the file.
    label
        What errors call it.

    Raises
    ------
    DataError
        It is in another encoding; the message says in which it can be read, and how to save it.
    """
    if content.startswith(_UTF16) or b"\0" in content[:200]:
        raise DataError(label, None, None, _advice("expected UTF-8 text, got UTF-16", "utf-16"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problem = f"expected UTF-8 text, got the byte 0x{content[error.start]:02x}"
        likely, language = _guess(content)
        if likely:
            problem += f"; it reads as {likely} ({language})"
        raise DataError(label, row, None, _advice(problem, likely or "ENCODING")) from error


def _guess(content: bytes) -> tuple[str, str]:
    """Return the encoding in which most letters make sense, and whose it is; "" if none does."""
    # Accents stand alone among plain letters; letters of other scripts come in rows or pairs.
    runs = re.findall(rb"[\x80-\xff]+", content)
    accents = len(re.findall(rb"[\xc0-\xff]", content))
    if accents >= 0.7 * sum(map(len, runs)) and sum(map(len, runs)) < 1.5 * len(runs):
        return "cp1252", "Western European"
    best, most = ("", ""), 0.0
    for encoding, language, letters in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = [letter for letter in text if ord(letter) > 0x7F]
        share = len(letters.findall("".join(strange))) / max(1, len(strange))
        if share > most:
            best, most = (encoding, language), share
    return best


def _advice(problem: str, encoding: str) -> str:
    """Add to a problem how a file is saved as UTF-8."""
    return (
        f"{problem}. Save it as UTF-8: in a spreadsheet as 'CSV UTF-8', in a shell with "
        f"`iconv -f {encoding} -t UTF-8 OLD > NEW`"
    )


def read_own_csv(
    path: Path, allowed: Collection[str], *, needed: Sequence[Sequence[str]]
) -> tuple[list[OwnRow], list[int]]:
    """Read the rows of a CSV file of the user.

    Parameters
    ----------
    path
        The file.
    allowed
        Columns that it may have, in any order.
    needed
        Groups of columns, of each of which it must have at least one.

    Returns
    -------
    rows : list of dict
        Cells by column, without blanks at either end; columns that are not there are absent.
    lines : list of int
        The line of each row in the file.

    Raises
    ------
    UsageError
        There is no such file.
    DataError
        It is empty, in another encoding, or no CSV, or has an unknown column or lacks one.
    """
    label = str(path)
    text = decode_text(read_bytes(path), label)
    if not text.strip():
        raise DataError(label, 1, None, f"is empty; expected a header: {_wanted(needed)}")
    header, rows, lines = parse_csv(text, label)
    header = [name.strip() for name in header]
    _check_header(header, allowed, needed, label)
    check_widths(rows, len(header), label, lines)
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if any(map(str.strip, row))]
    if not kept:
        raise DataError(label, 1, None, "has a header and no rows; add one, or leave it out")
    return (
        [{name: cell.strip() for name, cell in zip(header, row, strict=True)} for row, _ in kept],
        [line for _, line in kept],
    )


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that the user named."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror or type(error).__name__}"
        raise UsageError(msg) from error


def _check_header(
    header: Sequence[str], allowed: Collection[str], needed: Sequence[Sequence[str]], label: str
) -> None:
    """Check the columns: each known and once, and none missing."""
    for position, name in enumerate(header):
        if name not in allowed:
            problem = f"unknown column {name!r}; the columns are {', '.join(allowed)}"
            if ";" in name or "\t" in name:
                problem += "; they are parted by commas"
            raise DataError(label, 1, name, problem)
        if name in header[:position]:
            raise DataError(label, 1, name, "the column stands there twice")
    for group in needed:
        if not set(group) & set(header):
            names = " or ".join(group)
            problem = f"the column is missing; the file has {', '.join(header)}"
            raise DataError(label, 1, names, problem)


def _wanted(needed: Sequence[Sequence[str]]) -> str:
    return ",".join(group[0] for group in needed)


def slug(text: str) -> str:
    """Return an id made of a text: small letters and digits, joined by hyphens; "" of none.

    Examples
    --------
    >>> slug("Dry Port, Hwaseong")
    'dry-port-hwaseong'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))


def own_source(kind: str, path: Path, atlas: Atlas) -> tuple[str, Table]:
    """Return the source that a file of the user is: its id and its row of `sources`.

    Parameters
    ----------
    kind
        What the file holds: places, lines or rates.
    path
        The file.
    atlas
        Where the schema of sources stands.
    """
    source_id = "-".join(filter(None, ("own", kind, slug(path.stem))))
    schema = atlas.schema("sources")
    row = {
        "source_id": source_id,
        "title": f"own data: {path.name}",
        "kind": "own",
        "licence": "the user's own",
    }
    return source_id, table_of(rows_of([row], schema), schema, str(path), [1])


def counted(number: int, what: str) -> str:
    """Return a number with what it counts: ``1 line``, ``2 lines``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def rows_of(rows: Sequence[OwnRow], schema: Schema) -> dict[str, list[str]]:
    """Return rows as columns of a schema; a column that a row lacks is blank there."""
    return {name: [row.get(name, "") for row in rows] for name in schema.columns}
