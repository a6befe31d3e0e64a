"""The page around a folium map: Leaflet inside the file, and ids that never change.

folium asks five hosts for scripts and names its elements at random; here the one library that
our maps use is embedded from the installed package, and elements are counted.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING

from branca.element import Element, Figure
from folium.template import Template

from geo.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import folium

__all__ = ["render_page"]

_COORDINATES = re.compile(r'"coordinates": \[[-\d., \[\]e]*\]')
_SPARED = (
    ("\\u0026", "&"),
    ("\\u2013", "–"),
    ('}, "id": "', '},"id":"'),
    ('", "properties": {"', '","properties":{"'),
    ('}, "type": "Feature"}, {"geometry": {', '},"type":"Feature"},{"geometry":{'),
)
_TAG = re.compile(
    r"(?<!\\)\\u003c(/?)(b|br|table|tr|th|td|div|span|details|summary)"
    r"((?: class=\\\"[a-z ]*\\\")?)\\u003e"
)


class _Verbatim(Element):
    """A text put into the page as it is, braces and all."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def render_page(
    leaflet_map: folium.Map, *, title: str, style: str, body: str, script: str = ""
) -> str:
    """Render a map as one page that needs no network.

    Parameters
    ----------
    leaflet_map
        The map; its elements are renamed, and it can be rendered only once.
    title
        Title of the page, escaped already.
    style
        CSS of the page.
    body
        HTML to put before the map (legend, heading), escaped already.
    script
        JavaScript to run after Leaflet is loaded and before the map is made.

    Returns
    -------
    str
        HTML; the same map gives the same bytes.
    """
    leaflet_map.default_js = []
    leaflet_map.default_css = []
    root = leaflet_map.get_root()
    if not isinstance(root, Figure):
        msg = "the map is already part of another page"
        raise TypeError(msg)
    leaflet, sheet = _leaflet()
    root.title = title
    root.header.add_child(_Verbatim(f"<style>{sheet}</style>"), name="leaflet_css")
    root.header.add_child(_Verbatim(f"<script>{leaflet}</script>"), name="leaflet_js")
    if script:
        root.header.add_child(_Verbatim(f"<script>{script}</script>"), name="page_js")
    root.header.add_child(_Verbatim(f"<style>{style}</style>"), name="page_css")
    root.html.add_child(_Verbatim(body), name="page_body")
    for count, element in enumerate(_walk(root)):
        element._id = f"{count:04d}"  # noqa: SLF001 - branca has no other door to its ids
    return _shorter(root.render())


def _shorter(html: str) -> str:
    """Write coordinates without blanks, and our own tags inside scripts as they are.

    A tag in JSON takes six bytes a bracket; those that could end a script stay as they are.
    """
    html = _COORDINATES.sub(lambda found: found.group(0).replace(" ", ""), html)
    for wide, narrow in _SPARED:
        html = html.replace(wide, narrow)
    return _TAG.sub(r"<\1\2\3>", html)


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001 - branca's tree
        yield from _walk(child)


def _leaflet() -> tuple[str, str]:
    """Read Leaflet's script and its style sheet with the pictures inside."""
    try:
        from xstatic.pkg import leaflet
    except ImportError as error:
        package = "xstatic-leaflet"
        raise MissingDataError(package, problem="not installed; reinstall") from error
    folder = Path(leaflet.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=\S*", "", script).replace("</script", "<\\/script")
    sheet = (folder / "leaflet.css").read_text(encoding="utf-8")

    def inline(match: re.Match[str]) -> str:
        picture = folder / match.group(1)
        if not picture.is_file():
            return match.group(0)
        kind = mimetypes.guess_type(picture.name)[0] or "image/png"
        return f"url(data:{kind};base64,{base64.b64encode(picture.read_bytes()).decode()})"

    return script, re.sub(r"url\((images/[^)]+)\)", inline, sheet)
