"""The page of a map: heading, panels, the data and our scripts, in one file that asks for nothing.

What a browser is told not to ask for (`Content-Security-Policy`) it does not ask for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.report.maps import panels
from geo.report.maps.page_files import leaflet, page_text
from geo.report.maps.palette import BASE, ZONE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.report.maps.looks import LayerLook

__all__ = ["Page", "body", "head", "script"]

_SHEETS = ("page.css", "panels.css", "map.css", "kinds.css", "phone.css", "print.css")
_SCRIPTS = (
    *("decode.js", "marks.js", "strands.js", "layers.js", "control.js", "scenario.js"),
    *("legend.js", "search.js", "measure.js", "tools.js", "main.js"),
)
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_TILE_HOST = " https://tile.openstreetmap.org"
_COLOURS = f":root {{ --sea: {BASE['sea']}; --zone: {ZONE_COLOUR}; }}"


@dataclass(frozen=True)
class Page:
    """What stands around the map.

    Attributes
    ----------
    title
        Plain text.
    told
        Lines below it, plain text.
    notes
        Panels below the heading, HTML.
    controls
        Controls of the kind of map: HTML, and a JavaScript function expression.
    legend
        Sections of the legend, HTML.
    sources
        Who made what is shown, HTML.
    looks
        Of each layer, how it stands in the control; None for one that is always there.
    worlds
        Id and title of each state of the world, where there are several.
    opens_with
        Which of them is shown first.
    tiles
        Whether there is an online base map.
    """

    title: str
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    controls: tuple[tuple[str, str], ...] = ()
    legend: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    looks: tuple[LayerLook | None, ...] = ()
    worlds: tuple[tuple[str, str], ...] = ()
    opens_with: int = 0
    tiles: bool = False


def head(page: Page, *, alone: bool) -> str:
    """Write what stands in the head of the page.

    Parameters
    ----------
    page
        What stands around the map.
    alone
        Whether all that is on the map is ours: then nothing but a base map may be asked for.

    Returns
    -------
    str
        HTML.
    """
    policy = _POLICY + (_TILE_HOST if page.tiles else "")
    forbid = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n' if alone else ""
    _, library_sheet = leaflet()
    sheets = "\n".join([library_sheet, _COLOURS, *(page_text(name) for name in _SHEETS)])
    return (
        f'{forbid}<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{panels.text(page.title)}</title>\n<style>\n{sheets}</style>"
    )


def body(page: Page, data: Mapping[str, Any], texts: Sequence[str]) -> str:
    """Write what stands around the map, the data, and Leaflet.

    Parameters
    ----------
    page
        What stands around the map.
    data
        What `page/main.js` draws, as JSON has it.
    texts
        The HTML that the features refer to by number, escaped already.

    Returns
    -------
    str
        HTML; the same input gives the same bytes.
    """
    library, _ = leaflet()
    return (
        f"{panels.body(page)}\n"
        f'<script type="application/json" id="data">{_data(data)}</script>\n'
        f'<script type="application/json" id="texts">{_texts(texts)}</script>\n'
        f"<script>{library}</script>"
    )


def script(page: Page) -> str:
    """Write what draws on the map, of the name `map`, once it is made.

    Parameters
    ----------
    page
        What stands around the map.

    Returns
    -------
    str
        JavaScript.
    """
    ours = "\n".join(page_text(name) for name in _SCRIPTS)
    controls = ",\n".join(text.strip().rstrip(";") for _, text in page.controls)
    return f'(function () {{\n"use strict";\n{ours}\nstart(map, [{controls}]);\n}})();'


def _data(data: Mapping[str, Any]) -> str:
    """Write plain data; a bracket in a name must not be taken for a tag by anyone."""
    return _json(data).replace("<", "\\u003c").replace("&", "\\u0026")


def _texts(texts: Sequence[str]) -> str:
    """Write HTML so that none of it can end the script that holds it."""
    return _json(texts).replace("</", "<\\/").replace("<!", "\\u003c!")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
