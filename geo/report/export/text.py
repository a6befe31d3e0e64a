r"""Sheets as text: CSV, GitHub Markdown and LaTeX, with the same bytes every time.

LaTeX needs `booktabs` and is to be put into a document by ``\input``.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from geo.report.export.document import Reading, is_numeric
from geo.report.export.units import decimals_shown, heading
from geo.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.report.export.document import Sheet

__all__ = ["reading_of", "to_csv", "to_latex", "to_markdown"]

_WIDEST_ROW = 8
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\u202f": r"\,",
    "\u00a0": "~",
    "≈": r"$\approx$",
    "→": r"$\rightarrow$",
    "−": "$-$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "–": "--",
    "—": "---",
    "·": r"\textperiodcentered{}",
    "₂": r"\textsubscript{2}",
    "²": r"\textsuperscript{2}",
}
_BLANKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Signs of control and ends of lines: in a table they are a blank."""

# By the specification of GitHub's Markdown, 6.9: what it makes links of without being asked.
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?=://)", re.IGNORECASE)
_NEEDS_A_SPAN = re.compile(r"[$]|(?<=[\w.+-])@(?=[\w\\-])")
"""Signs of formulas and of mail, which GitHub also reads where they are escaped."""


def to_csv(sheet: Sheet) -> str:
    """Write a sheet as CSV (UTF-8, comma, one header row, Unix line ends).

    Parameters
    ----------
    sheet
        The sheet.

    Returns
    -------
    str
        What is absent is blank. A text that a spreadsheet would run as a formula begins with an
        apostrophe, as spreadsheets mark text; numbers, and texts that are numbers, never do.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(column) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_csv_cell(sheet, row.get(column), column) for column in sheet.columns])
    return out.getvalue()


def to_markdown(sheets: Sequence[Sheet]) -> str:
    """Write sheets as GitHub Markdown, each under its name if there are several.

    Parameters
    ----------
    sheets
        The sheets.

    Returns
    -------
    str
        Units stand in the headings, numbers to the right.
    """
    parts = []
    for sheet in sheets:
        reading = reading_of(sheet)
        lines = [f"## {_markdown(_title(sheet))}", ""] if len(sheets) > 1 else []
        lines += [
            "| " + " | ".join(map(_markdown, reading.heads)) + " |",
            "|" + "|".join(" ---: " if right else " --- " for right in reading.right) + "|",
        ]
        lines += ["| " + " | ".join(map(_markdown, row)) + " |" for row in reading.rows]
        if reading.note:
            lines += ["", _markdown(reading.note) + "."]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def to_latex(sheets: Sequence[Sheet]) -> str:
    """Write sheets as LaTeX, a `tabular` with the rules of `booktabs` each.

    Parameters
    ----------
    sheets
        The sheets.

    Returns
    -------
    str
        A fragment. Units stand in the headings, numbers to the right; text is escaped. Names in
        Hangul or Cyrillic need an engine and a font that have them.
    """
    parts = ["% needs \\usepackage{booktabs}; names in other scripts need LuaLaTeX or XeLaTeX\n"]
    for sheet in sheets:
        reading = reading_of(sheet)
        sides = "".join("r" if right else "l" for right in reading.right)
        lines = [f"% {_one_line(_title(sheet))}"] if len(sheets) > 1 else []
        heads = _latex_row(reading.heads, [False] * len(reading.heads))
        rows = [_latex_row(row, reading.right) for row in reading.rows]
        lines += [f"\\begin{{tabular}}{{{sides}}}", "\\toprule", heads]
        lines += ["\\midrule", *rows, "\\bottomrule", "\\end{tabular}"]
        if reading.note:
            lines += ["", f"\\par\\smallskip\\footnotesize {_latex(reading.note)}."]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def reading_of(sheet: Sheet) -> Reading:
    """Return how people read a sheet.

    Parameters
    ----------
    sheet
        The sheet.

    Returns
    -------
    Reading
        Its own, or one with thin thousands and few decimals. A single row that is too wide for a
        page is told line by line.
    """
    if sheet.reading is not None:
        return sheet.reading
    digits = {column: decimals_shown(sheet.rows, column, sheet.units) for column in sheet.columns}
    if len(sheet.rows) == 1 and len(sheet.columns) > _WIDEST_ROW:
        [row] = sheet.rows
        told = tuple(
            (heading(name, sheet.units), _shown(row.get(name), digits[name]))
            for name in sheet.columns
        )
        return Reading(heads=("what", "value"), right=(False, False), rows=told)
    return Reading(
        heads=tuple(heading(column, sheet.units) for column in sheet.columns),
        right=tuple(is_numeric(sheet.rows, column) for column in sheet.columns),
        rows=tuple(
            tuple(_shown(row.get(column), digits[column]) for column in sheet.columns)
            for row in sheet.rows
        ),
    )


def _shown(value: object, decimals: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value, decimals)
    return str(value)


def _csv_cell(sheet: Sheet, value: object, column: str) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, float) and column in sheet.decimals:
        return f"{value:.{sheet.decimals[column]}f}"
    return value


def _safe(text: str) -> str:
    """Mark a text as text where a spreadsheet would run it."""
    if not text.startswith(_STARTS_A_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def _title(sheet: Sheet) -> str:
    return sheet.name.replace("_", " ")


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _markdown(text: str) -> str:
    """Write a text so that GitHub makes no table, tag, link, formula or emphasis of it."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), ("\\", "\\\\"), ("|", "\\|")):
        text = text.replace(sign, name)
    for sign in "`*_[]~":
        text = text.replace(sign, "\\" + sign)
    text = _ADDRESS.sub(r"\\", text)
    return _one_line(_NEEDS_A_SPAN.sub(r"<span>\g<0></span>", text))


def _latex_row(cells: Sequence[str], right: Sequence[bool]) -> str:
    written = [
        f"$-${_latex(cell[1:])}" if number and cell.startswith("-") else _latex(cell)
        for cell, number in zip(cells, right, strict=True)
    ]
    # a bracket or a star after a rule or a row would be read as an option of it
    guard = "{}" if written and written[0].startswith(("[", "*")) else ""
    return guard + " & ".join(written) + r" \\"


def _latex(text: str) -> str:
    escaped = "".join(_LATEX.get(sign, sign) for sign in _one_line(text))
    return escaped.replace("CO2", r"CO\textsubscript{2}")
