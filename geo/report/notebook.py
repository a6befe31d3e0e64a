"""Answers inside a notebook: tables with headings and units, and pages of maps in a frame.

A notebook shows what these return; they need no package of notebooks themselves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from geo.report.wording import number, percent, short_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

__all__ = ["Inset", "Sheet", "inset", "sheet"]

_SHORT = ("origin", "destination")
"""Columns of places, whose names are shown without what stands in brackets."""

_ONE_DECIMAL = ("days",)
_SHARES = ("_share", "p_")
"""A column that ends or begins so holds a part of a whole, or a probability: 0 to 1."""

_TABLE_STYLE = "border-collapse:collapse;font-size:13px;margin:4px 0"
_CELL_STYLE = "padding:3px 12px 3px 0;vertical-align:top;text-align:{}"
_HEAD_STYLE = "border-bottom:1px solid #66737f;font-weight:600;vertical-align:bottom"
_SANDBOX = "allow-scripts allow-popups"
"""Without ``allow-same-origin``: a frame of `srcdoc` would else be the notebook's own origin."""

_NOTE_STYLE = "font-size:12px;color:#51606e;margin:2px 0 10px"


@dataclass(frozen=True)
class Sheet:
    """A table ready to be read.

    Attributes
    ----------
    caption : str
        What it shows, above it.
    heads : tuple of str
    rows : tuple of tuple of str
        As many cells as heads in each.
    numeric : tuple of bool
        Columns set to the right.
    note : str
        Below it.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    note: str = ""

    def __str__(self) -> str:
        """Return it as Markdown."""
        lines = [f"**{self.caption}**", ""] if self.caption else []
        lines.append("| " + " | ".join(map(_pipeless, self.heads)) + " |")
        lines.append("|" + "|".join(" ---: " if one else " --- " for one in self.numeric) + "|")
        lines += ["| " + " | ".join(map(_pipeless, row)) + " |" for row in self.rows]
        return "\n".join(lines + (["", self.note] if self.note else [])) + "\n"

    def _repr_html_(self) -> str:
        """Return it as HTML, which a notebook shows; every text is escaped."""
        sides = ["right" if one else "left" for one in self.numeric]
        heads = "".join(
            f'<th scope="col" style="{_CELL_STYLE.format(side)};{_HEAD_STYLE}">{escape(head)}</th>'
            for head, side in zip(self.heads, sides, strict=True)
        )
        body = "".join(
            "<tr>"
            + "".join(
                f'<td style="{_CELL_STYLE.format(side)}">{escape(cell)}</td>'
                for cell, side in zip(row, sides, strict=True)
            )
            + "</tr>"
            for row in self.rows
        )
        caption = (
            '<caption style="caption-side:top;text-align:left;font-weight:600">'
            f"{escape(self.caption)}</caption>"
            if self.caption
            else ""
        )
        note = f'<p style="{_NOTE_STYLE}">{escape(self.note)}</p>' if self.note else ""
        return (
            f'<table style="{_TABLE_STYLE}">{caption}<thead><tr>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table>{note}"
        )


def sheet(  # noqa: PLR0913 - a table has as many looks
    frame: pd.DataFrame,
    heads: Mapping[str, str],
    *,
    caption: str = "",
    note: str = "",
    decimals: Mapping[str, int] | None = None,
    signed: Collection[str] = (),
    shares: Collection[str] = (),
    grouped: Collection[str] = (),
) -> Sheet:
    """Lay out columns of a table for a reader.

    Parameters
    ----------
    frame : DataFrame
    heads : mapping of str to str
        Columns to show, in order, with their headings; units stand there.
    caption, note : str
        Above and below the table.
    decimals : mapping of str to int, optional
        Digits after the point, by column; none by default, one for `days`.
    signed : collection of str
        Columns of differences: a gain shows its plus sign.
    shares : collection of str
        Parts of a whole from 0 to 1, beside the columns named `p_...` and `..._share`.
    grouped : collection of str
        Leading columns whose value is left blank where the row above has the same.

    Returns
    -------
    Sheet
        Numbers with thin thousands, parts of a whole as per cent, yes and no for truth, a dash for
        what is absent.
    """
    digits = dict.fromkeys(_ONE_DECIMAL, 1) | dict(decimals or {})
    parts = {name for name in heads if name.endswith(_SHARES[0]) or name.startswith(_SHARES[1])}
    columns = []
    for name in heads:
        look = _Look(digits.get(name, 0), name in signed, name in {*parts, *shares}, name in _SHORT)
        columns.append([_cell(value, look) for value in frame[name]])
    rows = [list(row) for row in zip(*columns, strict=True)]
    blank = [at for at, name in enumerate(heads) if name in grouped]
    for row, above in reversed([*zip(rows[1:], rows, strict=False)]):
        for at in blank:
            if row[at] != above[at]:
                break
            row[at] = ""
    return Sheet(
        caption=caption,
        heads=tuple(heads.values()),
        rows=tuple(map(tuple, rows)),
        numeric=tuple(frame[name].dtype.kind in "iuf" for name in heads),
        note=note,
    )


@dataclass(frozen=True)
class Inset:
    """A page of HTML in a frame of its own.

    The frame is a sandbox: scripts of the page run, and it may open windows, but it reaches neither
    the notebook around it nor what the browser keeps for that.

    Attributes
    ----------
    page : str
        HTML.
    height_px : int
    title : str
        For those who do not see it.
    """

    page: str
    height_px: int
    title: str

    def _repr_html_(self) -> str:
        """Return the frame, which a notebook shows."""
        return (
            f'<iframe sandbox="{_SANDBOX}" srcdoc="{escape(self.page)}" '
            f'title="{escape(self.title)}" width="100%" '
            f'height="{self.height_px}" style="border:1px solid #dfe4e8"></iframe>'
        )


def inset(page: str, *, height_px: int = 720, title: str = "Map") -> Inset:
    """Put a page, such as a map, into a notebook.

    Parameters
    ----------
    page : str
        HTML, as the maps of `geo.report.maps` are.
    height_px : int, default 720
    title : str
        For those who do not see it.

    Returns
    -------
    Inset
        A notebook shows it where it is the last value of a cell.
    """
    return Inset(page, height_px, title)


class _Look(NamedTuple):
    """How the values of a column are written."""

    decimals: int
    plus: bool
    share: bool
    short: bool


def _cell(value: object, look: _Look) -> str:
    """Write one value."""
    if isinstance(value, str):
        return short_name(value) if look.short else value
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None:
        return number(None)
    # a truth of numpy is none of Python's
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    amount = float(value)  # type: ignore[arg-type]  # a cell of a numeric column
    if not math.isfinite(amount):
        return number(None)
    text = percent(amount) if look.share else number(amount, look.decimals)
    nothing = not any(digit in text for digit in "123456789")
    return f"+{text}" if look.plus and amount > 0 and not nothing else text


def _pipeless(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
