"""The heading of the page and the legend of strokes, marks and routes.

Colours of systems stand in the layer control itself.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.corridor import BEST
from geo.report.maps.palette import (
    BREAK_COLOUR,
    CRESCENT,
    CROSSING_COLOUR,
    NEIGHBOURS,
    PORT_COLOUR,
    ZONE_COLOUR,
    route_look,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["heading_and_legend"]


def heading_and_legend(title: str, lines: Sequence[str], corridors: Mapping[str, str]) -> str:
    """Write the heading and the legend.

    Parameters
    ----------
    title
        The heading; escaped here.
    lines
        Lines below it; escaped here.
    corridors
        Names of the corridors that are drawn, by id; the page shows those of the groups
        that are on.

    Returns
    -------
    str
        HTML.
    """
    below = "".join(f"<p>{escape(line)}</p>" for line in lines)
    ways = "".join(
        f'<div class="row" data-corridor="{escape(corridor)}">{_way(corridor)}{escape(name)}</div>'
        for corridor, name in corridors.items()
    )
    routes = f'<div class="ways"><b>Routes by corridor</b>{ways}</div>' if ways else ""
    return (
        f'<div class="cr-head"><h1>{escape(title)}</h1>{below}</div>'
        f'<details class="cr-legend" open><summary>Legend</summary>'
        f'<div class="col">{routes}<details class="signs">'
        f"<summary>Ground and signs</summary>{_rows(_legend_rows())}</details></div></details>"
    )


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<div class="row">{picture}{escape(words)}</div>' for picture, words in rows)


def _way(corridor: str) -> str:
    look = route_look(corridor)
    width = 'stroke-width="7" stroke-opacity=".28"' if corridor == BEST else 'stroke-width="3"'
    stroke = f'stroke="{escape(look.colour)}" stroke-dasharray="{escape(look.dashes)}"'
    return _svg(f'<path d="M1 7H37" {stroke} {width}/>', width=38)


def _legend_rows() -> list[tuple[str, str]]:
    return [
        (_box(CRESCENT), "The six Crescent states"),
        (_box(NEIGHBOURS), "China, Korea, Japan"),
        (_stroke(""), "Line, open"),
        (_stroke("8 5"), "being built or planned"),
        (_stroke("2 7"), "closed or severed"),
        (_stroke("1 6"), "drawn by hand (schematic)"),
        (_circle(CROSSING_COLOUR, "#fff"), "Border crossing"),
        (_circle(BREAK_COLOUR, "#fff", 2.6), "with a break of gauge"),
        (_cross(), "closed crossing"),
        (_circle(ZONE_COLOUR, ZONE_COLOUR), "Special economic zone"),
        (_circle("#fff", PORT_COLOUR), "Port"),
    ]


def _svg(body: str, *, width: int = 26) -> str:
    size = f'width="{width}" height="14" viewBox="0 0 {width} 14"'
    return f'<svg {size} aria-hidden="true">{body}</svg>'


def _box(colours: dict[str, str]) -> str:
    fill, edge = colours["fill"], colours["edge"]
    return _svg(f'<rect x="3" y="2" width="20" height="10" fill="{fill}" stroke="{edge}"/>')


def _stroke(dashes: str) -> str:
    return _svg(
        f'<path d="M1 7H25" stroke="#0072b2" stroke-width="2.6" stroke-dasharray="{dashes}" '
        'stroke-linecap="round"/>'
    )


def _circle(edge: str, fill: str, width: float = 1.6) -> str:
    return _svg(
        f'<circle cx="13" cy="7" r="4.4" fill="{fill}" stroke="{edge}" stroke-width="{width}"/>'
    )


def _cross() -> str:
    return _svg(f'<path d="M9 3L17 11M17 3L9 11" stroke="{CROSSING_COLOUR}" stroke-width="2"/>')
