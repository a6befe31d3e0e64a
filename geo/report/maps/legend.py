"""The legend: pictures of strokes and marks with their words, in sections that fold.

A row is shown while what it tells of is on the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from geo.report.maps.palette import CRESCENT, NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LegendRow", "circle", "crossed", "legend_section", "state_rows", "stroke"]


@dataclass(frozen=True)
class LegendRow:
    """A row of the legend.

    Attributes
    ----------
    picture
        HTML.
    words
        Plain text.
    on
        A word of the styles with which it is shown; empty for always.
    """

    picture: str
    words: str
    on: str = ""


def legend_section(head: str, rows: Sequence[LegendRow], *, unfolded: bool = True) -> str:
    """Write a section of the legend.

    Parameters
    ----------
    head
        Its heading, plain text.
    rows
        Its rows.
    unfolded
        Whether it is open at first.

    Returns
    -------
    str
        HTML.
    """
    body = "".join(
        f'<div class="row"{_on(row.on)}>{row.picture}<span>{escape(row.words)}</span></div>'
        for row in rows
    )
    state = " open" if unfolded else ""
    return f"<details{state}><summary>{escape(head)}</summary>{body}</details>" if body else ""


def _on(word: str) -> str:
    return f' data-on="{escape(word)}"' if word else ""


def state_rows() -> list[LegendRow]:
    """Return the rows of the states of the study."""
    return [
        LegendRow(_box(CRESCENT), "The six Crescent states", on="states:crescent"),
        LegendRow(_box(NEIGHBOURS), "China, Korea, Japan", on="states:neighbours"),
    ]


def stroke(dashes: str, colour: str, *, width: float = 2.6, opacity: float = 1.0) -> str:
    """Draw a stroke, long enough for its dashes to be told apart.

    Parameters
    ----------
    dashes
        An SVG dash array, lengths in pixels; empty for a full stroke.
    colour
        A CSS colour.
    width
        Of the stroke, pixels.
    opacity
        0 to 1.

    Returns
    -------
    str
        HTML.
    """
    return _svg(
        f'<path d="M1 7H37" stroke="{escape(colour)}" stroke-width="{width:g}" '
        f'stroke-opacity="{opacity:g}" stroke-dasharray="{escape(dashes)}"/>',
        width=38,
    )


def circle(edge: str, fill: str, width: float = 1.6) -> str:
    """Draw a disc with an edge.

    Parameters
    ----------
    edge, fill
        CSS colours.
    width
        Of the edge, pixels.

    Returns
    -------
    str
        HTML.
    """
    return _svg(
        f'<circle cx="13" cy="7" r="4.4" fill="{fill}" stroke="{edge}" stroke-width="{width:g}"/>'
    )


def crossed(colour: str) -> str:
    """Draw a cross.

    Parameters
    ----------
    colour
        A CSS colour.

    Returns
    -------
    str
        HTML.
    """
    return _svg(f'<path d="M9 3L17 11M17 3L9 11" stroke="{colour}" stroke-width="2"/>')


def _svg(body: str, *, width: int = 26) -> str:
    size = f'width="{width}" height="14" viewBox="0 0 {width} 14"'
    return f'<svg {size} aria-hidden="true">{body}</svg>'


def _box(colours: Mapping[str, str]) -> str:
    fill, edge = colours["fill"], colours["edge"]
    return _svg(f'<rect x="3" y="2" width="20" height="10" fill="{fill}" stroke="{edge}"/>')
