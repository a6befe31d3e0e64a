"""The script around the map, its sources, and the labels of its layer control.

Headings of the control fold, and the legend follows the groups of routes that are on.
"""

from __future__ import annotations

from html import escape

from branca.element import MacroElement
from folium.template import Template

__all__ = ["ATTRIBUTION", "PageScript", "swatch"]

_NARROW = 1000  # pixels; below that the legend opens on demand

ATTRIBUTION = (
    "Land: Natural Earth (public domain), boundaries as held on the ground · "
    "Railways: © OpenStreetMap contributors (ODbL) and Natural Earth · "
    "Sea lanes: searoute, Eurostat marnet (EUPL) · Leaflet"
)


class PageScript(MacroElement):
    """Names the sources on the map, sets headings in the layer control, shows names by zoom.

    Parameters
    ----------
    view
        South-west and north-east corner of the first view, (lat, lon) in degrees as Leaflet has it.
    names_from_zoom
        The zoom level from which names of places that stand close together are shown.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map) {
          map.attributionControl.setPrefix(false).addAttribution({{ this.attribution|tojson }});
          if (window.innerWidth < {{ this.narrow }}) {
            document.querySelector(".cr-legend").open = false;
          }
          var wide = window.innerWidth >= {{ this.narrow }};
          var panel = document.querySelector(".leaflet-control-layers");
          function button(kind, words, open, turn) {
            var one = document.createElement("button");
            one.type = "button"; one.className = kind; one.textContent = words;
            function set(now) { one.setAttribute("aria-expanded", now); turn(now); }
            one.onclick = function () { set(one.getAttribute("aria-expanded") !== "true"); };
            set(open);
            return one;
          }
          panel.prepend(button("lc-title", "Layers", wide, function (open) {
            panel.classList.toggle("folded", !open);
          }));
          // A section of which nothing is shown is folded; its heading opens it.
          document.querySelectorAll("[data-head]").forEach(function (mark) {
            var first = mark.closest("label"), section = [first], next = first;
            while ((next = next.nextElementSibling) && !next.querySelector("[data-head]")) {
              section.push(next);
            }
            var shown = section.some(function (row) { return row.querySelector(":checked"); });
            first.before(button("lc-head", mark.dataset.head, shown, function (open) {
              section.forEach(function (row) { row.classList.toggle("folded", !open); });
            }));
          });
          // The panel on the right must not cover Korea.
          map.fitBounds({{ this.view|tojson }}, {
            animate: false, paddingTopLeft: [0, 0],
            paddingBottomRight: [wide ? panel.offsetWidth + 10 : 0, 0]
          });
          function names() {
            map.getContainer().classList.toggle("zoomed", map.getZoom() >= {{ this.zoom }});
          }
          map.on("zoomend", names); names();
          // The legend tells the corridors of the groups that are on.
          function corridors() {
            var drawn = {}, ways = document.querySelector(".cr-legend .ways"), any = false;
            if (!ways) return;
            map.eachLayer(function (layer) {
              if (layer.feature) drawn[layer.feature.properties.corridor] = true;
            });
            ways.querySelectorAll("[data-corridor]").forEach(function (row) {
              row.hidden = !drawn[row.dataset.corridor];
              any = any || !row.hidden;
            });
            ways.hidden = !any;
          }
          map.on("overlayadd overlayremove", corridors); corridors();
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(
        self, *, view: tuple[tuple[float, float], tuple[float, float]], names_from_zoom: float
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "PageScript"
        self.attribution = ATTRIBUTION
        self.zoom = names_from_zoom
        self.view = view
        self.narrow = _NARROW


def swatch(name: str, colour: str, *, head: str = "", shape: str = "", key: str = "") -> str:
    """Write the label of a layer in the control: a swatch of its colour and its name.

    Parameters
    ----------
    name
        The name; it is escaped here.
    colour
        A CSS colour.
    head
        A heading that the control sets above this layer.
    shape
        ``dot`` for a round swatch, else a stroke.
    key
        Tells layers of one name apart; the control keeps one layer a label.

    Returns
    -------
    str
        HTML.
    """
    mark = f' data-head="{escape(head)}"' if head else ""
    mark += f' data-key="{escape(key)}"' if key else ""
    return (
        f'<span{mark}><i class="sw {escape(shape)}" style="background:{escape(colour)}"></i>'
        f"{escape(name)}</span>"
    )
