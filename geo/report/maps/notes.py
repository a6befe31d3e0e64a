"""The panel of a map's own answer: small tables and sentences, escaped here.

A row may have a key, by which a control of the map finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NoteRow", "answer", "bar", "folded", "mark", "sentence", "table"]


@dataclass(frozen=True)
class NoteRow:
    """A row of a small table.

    Attributes
    ----------
    cells
        Plain text, one a column.
    picture
        HTML before the first cell: a stroke or a box in the colour of the map.
    key
        Written as ``data-key``.
    strong
        Whether it is the one to look at.
    """

    cells: Sequence[str]
    picture: str = ""
    key: str = ""
    strong: bool = False


def table(heads: Sequence[str], rows: Sequence[NoteRow], *, words: int = 1) -> str:
    """Write a table.

    Parameters
    ----------
    heads
        Heads of the columns.
    rows
        Rows of as many cells.
    words
        How many columns from the left hold words; figures stand to the right.

    Returns
    -------
    str
        HTML.
    """
    head = "".join(
        f'<th scope="col"{_kind(at, words)}>{escape(text)}</th>' for at, text in enumerate(heads)
    )
    return (
        f'<table class="cr-list"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(_row(row, words) for row in rows)}</tbody></table>"
    )


def _row(row: NoteRow, words: int) -> str:
    key = f' data-key="{escape(row.key)}"' if row.key else ""
    strong = ' class="strong"' if row.strong else ""
    cells = "".join(
        f"<td{_kind(at, words)}>{'' if at else row.picture}{escape(text)}</td>"
        for at, text in enumerate(row.cells)
    )
    return f"<tr{key}{strong}>{cells}</tr>"


def _kind(column: int, words: int) -> str:
    return "" if column < words else ' class="n"'


def sentence(text: str, *, quiet: bool = False) -> str:
    """Write a sentence.

    Parameters
    ----------
    text
        Plain text.
    quiet
        Whether it stands in a lighter tone.

    Returns
    -------
    str
        HTML.
    """
    tone = ' class="quiet"' if quiet else ""
    return f"<p{tone}>{escape(text)}</p>"


def answer(head: str, html: str) -> str:
    """Put a whole panel behind its heading; a narrow window folds it at first.

    Parameters
    ----------
    head
        The heading, plain text.
    html
        The panel, escaped already.

    Returns
    -------
    str
        HTML.
    """
    return f'<details class="answer" open><summary>{escape(head)}</summary>{html}</details>'


def folded(head: str, html: str, *, is_open: bool = False) -> str:
    """Put HTML behind a heading that opens it.

    Parameters
    ----------
    head
        The heading, plain text.
    html
        What it hides, escaped already.
    is_open
        Whether it is open at first.

    Returns
    -------
    str
        HTML.
    """
    return f"<details{' open' if is_open else ''}><summary>{escape(head)}</summary>{html}</details>"


def mark(colour: str, *, dashes: str = "", width: float = 3.0) -> str:
    """Draw a short stroke in the look of a line.

    Parameters
    ----------
    colour
        A CSS colour.
    dashes
        An SVG dash array, lengths in pixels; empty for a full stroke.
    width
        Of the stroke, pixels.

    Returns
    -------
    str
        HTML.
    """
    return (
        '<svg width="24" height="10" viewBox="0 0 24 10" aria-hidden="true">'
        f'<path d="M1 5H23" stroke="{escape(colour)}" stroke-width="{width:g}" '
        f'stroke-dasharray="{escape(dashes)}"/></svg>'
    )


def bar(colour: str, *, edge: str = "") -> str:
    """Draw a small box in the look of an area.

    Parameters
    ----------
    colour
        A CSS colour.
    edge
        Colour of its rim; empty for none.

    Returns
    -------
    str
        HTML.
    """
    rim = f' stroke="{escape(edge)}" stroke-width="1.4"' if edge else ""
    return (
        '<svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">'
        f'<rect x="3" y="1" width="18" height="10" fill="{escape(colour)}"{rim}/></svg>'
    )
