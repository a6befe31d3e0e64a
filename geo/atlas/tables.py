"""Reading tables (CSV) and layers (GeoParquet) against their schema.

Blank cells become NA; rows are numbered as in the file, where the header is row 1.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd

from geo.atlas.checks import check_columns, check_rows, check_values, first, quoted
from geo.errors import DataError, MissingDataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.atlas.schema import Field, Schema

__all__ = [
    "Table",
    "check_widths",
    "digest_of",
    "parse_csv",
    "read_layer",
    "read_table",
    "table_of",
]

_REPAIR = "run `crescent data verify` and reinstall crescent"
_COUNTED = 2  # The header is row 1, so the first row of data is row 2.


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its rows, the line of the file on which each begins, and a hash.

    The hash is of the very bytes that were read; "" where the table is not from a file.
    """

    label: str
    frame: pd.DataFrame
    lines: Sequence[int]
    digest: str = ""


def digest_of(content: bytes) -> str:
    """Return the hash that tables are told apart by: BLAKE2b of 20 bytes, in hexadecimal."""
    return blake2b(content, digest_size=20).hexdigest()


def read_table(path: Path, schema: Schema, *, label: str | None = None) -> Table:
    """Read a CSV table and check it against its schema; references are left to the caller.

    Parameters
    ----------
    path
        The file, UTF-8 with a header.
    schema
        Its columns and rules.
    label
        What errors call the file; by default its folder and name.

    Returns
    -------
    Table
        Text as `str`, numbers as `float64`, whole numbers and truth values as `int64` and `bool`
        where they are required and else as the nullable `Int64` and `boolean`.

    Raises
    ------
    MissingDataError
        There is no such file.
    DataError
        The file breaks its schema.
    """
    label = label or f"{path.parent.name}/{path.name}"
    content = _content(path, label)
    header, rows, lines = parse_csv(_decode(content, label), label)
    check_columns(header, schema, label)
    check_widths(rows, len(header), label, lines)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    table = table_of(dict(zip(header, columns, strict=True)), schema, label, lines)
    return replace(table, digest=digest_of(content))


def table_of(
    cells: Mapping[str, Sequence[str]], schema: Schema, label: str, lines: Sequence[int]
) -> Table:
    """Convert columns of text to a table and check it; references are left to the caller.

    Parameters
    ----------
    cells
        The text of every column of the schema, by name; a blank cell is "".
    schema
        The columns and their rules.
    label
        What errors call the file.
    lines
        The line of the file on which each row begins.

    Raises
    ------
    DataError
        A cell or a row breaks the schema.
    """
    frame = pd.DataFrame(
        {field.name: _convert(cells[field.name], field, label, lines) for field in schema.fields}
    )
    for field in schema.fields:
        check_values(frame[field.name], field, label, lines)
    check_rows(frame, schema, label, lines)
    return Table(label, frame, lines)


def _content(path: Path, label: str) -> bytes:
    """Return the bytes of a file."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingDataError(label, None, None, f"there is no such file; {_REPAIR}") from error


def _decode(content: bytes, label: str) -> str:
    """Return the text of a file."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problem = f"expected UTF-8 text, got the byte 0x{content[error.start]:02x}"
        raise DataError(label, row, None, problem) from error


def parse_csv(text: str, label: str) -> tuple[list[str], list[list[str]], list[int]]:
    """Read the text of a CSV file.

    Returns
    -------
    header : list of str
    rows : list of list of str
    lines : list of int
        The line on which each row begins.

    Raises
    ------
    DataError
        The text is empty or no CSV, or a quote is never closed.
    """
    # Not by str.splitlines, which ends a line at U+2028 and at a form feed too.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    begins = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise DataError(label, begins, None, f"cannot be read as CSV: {error}") from error
    if not rows:
        raise DataError(label, 1, None, "expected a header, got an empty file")
    header = rows.pop(0)
    lines.pop(0)
    return header, rows, lines


def check_widths(
    rows: Sequence[Sequence[str]], width: int, label: str, lines: Sequence[int]
) -> None:
    """Check that every row has as many cells as the header."""
    for row, line in zip(rows, lines, strict=True):
        if len(row) != width:
            raise DataError(label, line, None, f"expected {width} cells, got {len(row)}")


def _convert(cells: Sequence[str], field: Field, label: str, lines: Sequence[int]) -> pd.Series:
    """Return the cells of one column in the type of its field, blanks as NA."""
    text = pd.Series([cell or None for cell in cells], dtype="str")
    if field.is_text:
        return text
    values: pd.Series
    if field.type == "boolean":
        truth = text.map({"true": True, "false": False}).astype("boolean")
        values = truth.astype("bool") if field.required and not truth.isna().any() else truth
    else:
        number = pd.to_numeric(text, errors="coerce").astype("float64")
        values = number
        if field.type == "integer":
            number = number.where(number % 1 == 0)
            whole = field.required and not number.isna().any()
            values = number.astype("int64" if whole else "Int64")
    bad = first(values.isna() & text.notna())
    if bad is not None:
        problem = f"expected {field.expectation}, got {quoted(text[bad])}"
        raise DataError(label, lines[bad], field.name, problem)
    return values


def read_layer(
    path: Path, schema: Schema, *, label: str | None = None, geometry: bool = True
) -> Table:
    """Read a layer and check its columns against its schema; references are left to the caller.

    Parameters
    ----------
    path
        The file, Parquet or GeoParquet.
    schema
        Its columns and rules.
    label
        What errors call the file; by default its folder and name.
    geometry
        Whether to read the geometry; without it, reading is several times faster.

    Returns
    -------
    Table
        A GeoDataFrame (EPSG:4326), or a DataFrame if it has no geometry or none is wanted.

    Raises
    ------
    MissingDataError
        There is no such file.
    DataError
        The file is damaged or breaks its schema.
    """
    label = label or f"{path.parent.name}/{path.name}"
    if not path.is_file():
        raise MissingDataError(label, None, None, f"there is no such file; {_REPAIR}")
    # Read once, so that the hash is of what the frame is made from.
    content = _content(path, label)
    shapes = [field.name for field in schema.fields if field.geometry_type]
    stored = _stored_columns(content, schema, label)
    geometric = bool(shapes) and geometry
    wanted = [name for name in schema.columns if name in stored]
    if not geometric:
        wanted = [name for name in wanted if name not in shapes]
    frame = _read_parquet(content, label, wanted, geometry=geometric)
    lines = range(_COUNTED, len(frame) + _COUNTED)
    for field in schema.fields:
        if field.name in frame:
            _check_kind(frame[field.name], field, label)
            check_values(frame[field.name], field, label, lines)
    check_rows(frame, schema, label, lines)
    return Table(label, frame, lines, digest_of(content))


def _stored_columns(content: bytes, schema: Schema, label: str) -> list[str]:
    """Return the columns that a Parquet file says it has, once they are checked."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(io.BytesIO(content)).names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(label, error) from error
    check_columns(names, schema, label)
    return list(names)


def _read_parquet(content: bytes, label: str, names: list[str], *, geometry: bool) -> pd.DataFrame:
    """Return the frame in a Parquet file, with or without its geometry."""
    import pyarrow as pa

    try:
        if geometry:
            import geopandas as gpd

            layer = gpd.read_parquet(io.BytesIO(content), columns=names)
        else:
            return pd.read_parquet(io.BytesIO(content), columns=names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(label, error) from error
    if layer.crs is None or layer.crs.to_epsg() not in {4326, None}:
        found = layer.crs.name if layer.crs else "no reference system"
        raise DataError(label, None, "geometry", f"expected EPSG:4326, got {found}")
    frame: pd.DataFrame = layer
    return frame


def _check_kind(values: pd.Series, field: Field, label: str) -> None:
    """Check that a stored column has the type of its field."""
    kinds = pd.api.types
    right = {
        "number": kinds.is_numeric_dtype(values),
        "integer": kinds.is_integer_dtype(values),
        "boolean": kinds.is_bool_dtype(values),
        "any": True,
    }.get(field.type, kinds.is_string_dtype(values))
    if not right:
        raise DataError(label, 1, field.name, f"expected {field.type}, got {values.dtype}")


def _damaged(label: str, error: Exception) -> DataError:
    """Return the error for a Parquet file that cannot be read."""
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return DataError(label, None, None, f"damaged, cannot be read as Parquet ({reason}); {_REPAIR}")
