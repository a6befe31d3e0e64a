"""The folium map that carries our page: a reader of notebooks adds layers of folium to it.

folium asks five hosts for scripts and names its elements at random; here Leaflet is embedded from
an installed package, and elements are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from geo.report.maps import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["CarrierMap"]

_Content = tuple["render.Page", "Mapping[str, Any]", "Sequence[str]"]


class CarrierMap(folium.Map):
    """A map of folium on a page of ours.

    Parameters
    ----------
    content
        Gives what is on the page when it is rendered: what stands around the map, the data, and
        the texts that it refers to.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id="map" role="application"
        aria-label="Map: arrow keys move it, plus and minus zoom"></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        var map = L.map("map", {
          zoomAnimation: !calm, fadeAnimation: !calm,
          minZoom: 2, zoomSnap: 0.25, wheelPxPerZoomLevel: 120, zoomControl: false,
          attributionControl: {{ (not this.alone)|tojson }}
        });
        {% endmacro %}
        """
    )

    def __init__(self, content: Callable[[], _Content]) -> None:
        super().__init__(tiles=None)
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        _PageFigure().add_child(self)
        self.add_child(_Ours(self, content), name="ours")

    @property
    def alone(self) -> bool:
        """Whether nothing was added to it that is not ours."""
        return len(self._children) == 1

    def get_name(self) -> str:
        """Return its name in the page, where it is the only one."""
        return "map"


class _Ours(Element):
    """All that we put on the page; it comes before whatever is added to the map."""

    def __init__(self, carrier: CarrierMap, content: Callable[[], _Content]) -> None:
        super().__init__()
        self._name = "Ours"
        self._carrier = carrier
        self._content = content

    def render(self, **_kwargs: Any) -> str:
        """Put it into the parts of the page; here itself stands nothing."""
        page, data, texts = self._content()
        figure: Any = self.get_root()
        head = render.head(page, alone=self._carrier.alone)
        figure.header.add_child(_Verbatim(head), name="ours_head")
        figure.html.add_child(_Verbatim(render.body(page, data, texts)), name="ours_body")
        figure.script.add_child(_Verbatim(render.script(page)), name="ours_script")
        return ""


class _Verbatim(Element):
    """A text put into the page as it is, braces and all."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _PageFigure(Figure):
    """The page itself, in a language; rendered again, it gives the same bytes."""

    _template = Template(
        """<!DOCTYPE html>
<html lang="en">
<head>
{{ this.header.render(**kwargs) }}
</head>
<body>
{{ this.html.render(**kwargs) }}
<script>
{{ this.script.render(**kwargs) }}
</script>
</body>
</html>
"""
    )

    def render(self, **kwargs: Any) -> str:
        """Render the page, its elements counted."""
        for part in (self.header, self.html, self.script):
            part._children.clear()  # noqa: SLF001 - what an earlier rendering left
        self.header.add_child(_Verbatim('<meta charset="utf-8">'), name="charset")
        for count, element in enumerate(_walk(self)):
            element._id = f"{count:04d}"  # noqa: SLF001 - branca has no other door to its ids
        return str(super().render(**kwargs))


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001 - branca's tree
        yield from _walk(child)
