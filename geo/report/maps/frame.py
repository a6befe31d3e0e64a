"""The frame of every map: the ground, layers with their looks, panels, and one page of it all.

A kind of map adds its own layers, rows of the legend and controls; the page needs no network.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from geo.report.maps.carrier import CarrierMap
from geo.report.maps.ground import simplified_states
from geo.report.maps.labels import MapWords
from geo.report.maps.legend import LegendRow, legend_section
from geo.report.maps.looks import LayerLook, MapWorld, Style
from geo.report.maps.packed import decimals_of, packed
from geo.report.maps.render import Page
from geo.report.maps.sources import ATTRIBUTION, TILES_ATTRIBUTION
from geo.report.maps.standing import GROUND, draw_standing
from geo.report.maps.views import VIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["GROUND", "VIEW", "LayerLook", "MapFrame", "MapWorld", "Style"]

_OURS = frozenset({"tip", "popup", "find", "label", "worlds", "style"})
_HIGHLIGHT = {"weight": 5, "opacity": 1}


class MapFrame:
    """A map to which layers are added.

    Its `map` is a map of folium: whatever folium has can be added to that, above ours; what needs
    other libraries than Leaflet asks for them itself, and then the page no longer forbids it.

    Parameters
    ----------
    layers
        The layers by name, in the state of the world that is shown first.
    title
        Heading of the page, plain text.
    told
        Lines below it, plain text.
    words
        Names of places; without them ids stand alone.
    view
        South-west and north-east corner of the first view, (lat, lon) in degrees.
    ground
        Which of the layers that stand on every map are drawn.
    tiles
        Whether an online base map lies beneath; only then does the page ask a network.
    worlds
        The states of the world that the map can be switched between; the first is that of
        `layers`, and the one shown when the map opens unless `open_with` says otherwise.
    """

    def __init__(  # noqa: PLR0913 - what a page is told at once
        self,
        layers: Mapping[str, gpd.GeoDataFrame],
        *,
        title: str,
        told: Sequence[str] = (),
        words: MapWords | None = None,
        view: tuple[tuple[float, float], tuple[float, float]] = VIEW,
        ground: Collection[str] = GROUND,
        tiles: bool = False,
        worlds: Sequence[MapWorld] = (),
    ) -> None:
        self.title = title
        self.told = tuple(told)
        self.words = words or MapWords()
        self.worlds = tuple(worlds)
        self._opens_with = 0
        self._view = view
        self.tiles = tiles
        self._texts: dict[str, int] = {"": 0}
        self._styles: dict[str, int] = {}
        self._style_list: list[Style] = []
        self._layers: list[dict[str, Any]] = []
        self._looks: list[LayerLook | None] = []
        self._notes: list[str] = []
        self._controls: list[tuple[str, str]] = []
        self._legend: dict[str, list[LegendRow]] = {}
        self._sources = [*ATTRIBUTION, *((TILES_ATTRIBUTION,) if tiles else ())]
        self._state_shapes: tuple[BaseGeometry, ...] = ()
        self.map = CarrierMap(self._content)
        draw_standing(self, layers, ground)
        self._standing = tuple(self._legend)

    def open_with(self, scenario_id: str) -> None:
        """Show another state of the world than the first when the map opens."""
        self._opens_with = [world.scenario_id for world in self.worlds].index(scenario_id)

    def add(  # noqa: PLR0913 - a layer has as many looks
        self,
        features: Sequence[dict[str, Any]],
        look: LayerLook | None,
        *,
        style: Style | Callable[[dict[str, Any]], Style],
        highlight: Style | None = None,
        tip: bool = True,
        popup: bool = True,
        point: bool = False,
    ) -> None:
        """Add features as a layer; a layer without features is left out.

        Parameters
        ----------
        features
            GeoJSON features, as `geo.report.maps.shapes.feature` makes them. Of their properties
            `tip` and `popup` are HTML, escaped already; `find` are plain names for the search;
            `label` is a plain text that stands beside the feature, and its CSS classes; `worlds`
            maps ids of scenarios to what differs there (style, tip, popup); `style` may be its
            own (see `looks.own_style`). All others reach scripts as
            ``layer.feature.properties``.
        look
            How it stands in the control; None for a layer that is always there. Features of looks
            that are equal are one layer.
        style
            Leaflet's options of a path, or a function that gives them for a feature. ``cross``
            makes a point a cross, ``shift`` moves a line sideways by pixels, ``legend`` are words
            apart by blanks: rows of the legend of such a word show while the feature does.
        highlight
            Options while the pointer is on a feature.
        tip, popup
            Whether there are tooltips, and popups.
        point
            Whether the features are points.
        """
        if not features:
            return
        layer = self._layer(look)
        layer["high"] = self._style(highlight or ({"weight": 3.4} if point else _HIGHLIGHT))
        decimals = decimals_of(one["geometry"] for one in features)
        chunk: list[list[Any]] = []
        for one in features:
            told = one["properties"]
            usual = (
                self._style(style(one) if callable(style) else style),
                self._text(told.get("tip")) if tip else 0,
                self._text(told.get("popup")) if popup else 0,
            )
            entry = [packed(one["geometry"], decimals), *usual]
            extra = self._extra(told, usual)
            chunk.append([*entry, extra] if extra else entry)
        layer["chunks"].append([decimals, chunk])

    def state_shapes(self, states: gpd.GeoDataFrame) -> tuple[BaseGeometry, ...]:
        """Simplify the layer of states, once for all that is drawn from it."""
        if not self._state_shapes:
            self._state_shapes = tuple(simplified_states(states))
        return self._state_shapes

    def note(self, html: str) -> None:
        """Add a panel below the heading; the HTML must be escaped."""
        self._notes.append(html)

    def control(self, html: str, script: str) -> None:
        """Add a control of the kind's own.

        Parameters
        ----------
        html
            Its HTML, escaped.
        script
            A JavaScript function expression of (map, root, layers), called when all layers are
            there: root is the element around the HTML, layers the groups of Leaflet by their name.
        """
        self._controls.append((html, script))

    def legend(self, rows: Sequence[tuple[str, str]], *, head: str, layer: str = "") -> None:
        """Add a section to the legend.

        Parameters
        ----------
        rows
            A picture (HTML) and plain words each.
        head
            Its heading, plain text.
        layer
            Name of the layer with which it is shown and hidden; empty for always.
        """
        # blanks part the words of a row, so a name is one word
        word = f"layer:{layer.replace(' ', '_')}" if layer else ""
        self.legend_rows([LegendRow(*row, on=word) for row in rows], head=head)

    def legend_rows(self, rows: Sequence[LegendRow], *, head: str) -> None:
        """Add a section whose rows show while something of their own words is on the map."""
        self._legend.setdefault(head, []).extend(rows)

    def attribute(self, text: str) -> None:
        """Name a source, plain text."""
        if text not in self._sources:
            self._sources.append(text)

    def render(self) -> str:
        """Write the page.

        Returns
        -------
        str
            HTML; the same map gives the same bytes.
        """
        return str(self.map.get_root().render())

    def _repr_html_(self) -> str:
        """Show the map in a notebook."""
        return str(self.map._repr_html_())

    def _content(self) -> tuple[Page, dict[str, Any], list[str]]:
        """Tell what is on the page: what stands around the map, the data, and their texts."""
        page = Page(
            title=self.title,
            told=self.told,
            notes=tuple(self._notes),
            controls=tuple(self._controls),
            legend=self._legend_sections(),
            sources=tuple(escape(text) for text in self._sources),
            looks=tuple(self._looks),
            worlds=tuple((world.scenario_id, world.title) for world in self.worlds),
            opens_with=self._opens_with,
            tiles=self.tiles,
        )
        data = {
            "view": self._view,
            "world": self._opens_with,
            "tiles": self.tiles,
            "styles": self._style_list,
            "layers": self._layers,
        }
        return page, data, list(self._texts)

    def _legend_sections(self) -> tuple[str, ...]:
        """Write what the kind of map tells first; what stands on every map is folded below it."""
        own = [head for head in self._legend if head not in self._standing]
        return (
            *(legend_section(head, self._legend[head]) for head in own),
            *(
                legend_section(head, self._legend[head], unfolded=not own)
                for head in self._standing
            ),
        )

    def _layer(self, look: LayerLook | None) -> dict[str, Any]:
        if look in self._looks:
            return self._layers[self._looks.index(look)]
        worlds = [world.scenario_id for world in self.worlds]
        layer: dict[str, Any] = {"chunks": []}
        if look is not None:
            layer["name"] = look.name
            layer["show"] = look.show
            layer["words"] = f"layer:{look.name.replace(' ', '_')}"
            if look.scenario in worlds:
                layer["world"] = worlds.index(look.scenario)
        self._looks.append(look)
        self._layers.append(layer)
        return layer

    def _extra(self, told: Mapping[str, Any], usual: tuple[int, ...]) -> dict[str, Any]:
        """Collect what few features have: names, a label, other properties, other worlds."""
        extra: dict[str, Any] = {}
        if told.get("find"):
            extra["f"] = list(told["find"])
        if told.get("label"):
            extra["l"] = list(told["label"])
        own = {name: value for name, value in told.items() if name not in _OURS}
        if own:
            extra["p"] = own
        worlds = [world.scenario_id for world in self.worlds]
        for scenario, change in told.get("worlds", {}).items():
            style, tip, popup = usual
            style = self._style(change["style"]) if "style" in change else style
            tip = self._text(change.get("tip")) if "tip" in change else tip
            popup = self._text(change.get("popup")) if "popup" in change else popup
            if (style, tip, popup) != usual:
                extra.setdefault("w", {})[worlds.index(scenario)] = [style, tip, popup]
        return extra

    def _text(self, text: str | None) -> int:
        return self._texts.setdefault(text or "", len(self._texts))

    def _style(self, style: Style) -> int:
        known = {name: value for name, value in style.items() if value is not None}
        mark = repr(sorted(known.items()))
        if mark not in self._styles:
            self._styles[mark] = len(self._style_list)
            self._style_list.append(known)
        return self._styles[mark]
