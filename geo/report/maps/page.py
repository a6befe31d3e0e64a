"""What stands around the map: style sheet, heading, legend and a little script.

The legend explains strokes and marks; colours of systems stand in the layer control itself.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from branca.element import MacroElement
from folium.template import Template

from geo.report.maps.palette import (
    BASE,
    BREAK_COLOUR,
    CRESCENT,
    CROSSING_COLOUR,
    NEIGHBOURS,
    PORT_COLOUR,
    ZONE_COLOUR,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ATTRIBUTION", "STYLE", "PageScript", "heading_and_legend", "swatch"]

_NARROW = 1000  # pixels; below that the legend opens on demand

ATTRIBUTION = (
    "Land: Natural Earth (public domain) · Railways: © OpenStreetMap contributors (ODbL) and "
    "Natural Earth · Sea lanes: searoute, Eurostat marnet (EUPL) · Leaflet"
)

STYLE = f"""
html, body {{ height: 100%; margin: 0; }}
.folium-map, .leaflet-container {{ background: {BASE["sea"]};
  font: 13px/1.4 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-head {{ position: absolute; z-index: 800; left: 56px; top: 10px; padding: 8px 14px;
  max-width: 46vw; background: rgba(255,255,255,.93); border-radius: 6px;
  box-shadow: 0 1px 5px rgba(0,0,0,.22);
  font: 13px/1.4 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-head h1 {{ margin: 0; font-size: 16px; font-weight: 650; color: #1c2a38; }}
.cr-head p {{ margin: 1px 0 0; color: #51606e; }}
.cr-legend {{ position: absolute; z-index: 800; left: 10px; bottom: 22px; padding: 8px 12px;
  background: rgba(255,255,255,.93); border-radius: 6px; color: #2a3540;
  box-shadow: 0 1px 5px rgba(0,0,0,.22);
  font: 12px/1.5 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-legend summary {{ font-weight: 650; cursor: pointer; }}
.cr-legend .cols {{ display: grid; grid-template-columns: auto auto; column-gap: 18px;
  align-items: start; }}
.cr-legend .row {{ display: flex; align-items: center; gap: 8px; }}
.cr-legend svg {{ flex: none; }}
.leaflet-control-layers-expanded {{ font-size: 12px; line-height: 1.45; padding: 6px 10px 8px;
  max-height: 82vh; overflow-y: auto; border: 0; color: #2a3540; }}
.leaflet-control-layers-overlays label {{ display: block; }}
.leaflet-control-layers label span {{ display: inline; }}
.leaflet-control-layers-selector {{ margin-right: 5px; top: 2px; }}
.lc-head {{ margin: 7px 0 1px; font-weight: 650; color: #1c2a38; }}
.lc-head:first-child {{ margin-top: 0; }}
i.sw {{ display: inline-block; width: 18px; height: 4px; border-radius: 2px; margin-right: 6px;
  vertical-align: middle; }}
i.dot {{ width: 9px; height: 9px; border-radius: 50%; margin: 0 10px 0 5px; }}
.cr {{ font-size: 12px; color: #22303c; min-width: 180px; }}
.cr b {{ font-size: 13px; }}
.cr table {{ border-collapse: collapse; margin-top: 5px; width: 100%; }}
.cr th {{ text-align: left; font-weight: 500; color: #66737f; padding: 1px 10px 1px 0;
  vertical-align: top; white-space: nowrap; }}
.cr td {{ padding: 1px 8px 1px 0; vertical-align: top; }}
.cr th.n {{ text-align: right; padding-right: 8px; }}
.cr td.n {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.cr .w {{ color: #66737f; }}
.cr details.s {{ display: inline; color: #8a949d; font-size: 10px; overflow-wrap: anywhere; }}
.cr details.s summary {{ display: inline; cursor: pointer; list-style: none; margin-left: 4px;
  border-bottom: 1px dotted #b9c2ca; }}
.cr tr.t td {{ border-top: 1px solid #b9c2ca; font-weight: 650; padding-top: 3px; }}
.cr .sum {{ font-size: 14px; font-weight: 650; margin: 3px 0 1px; }}
.cr .sub {{ color: #66737f; }}
.leaflet-popup-content {{ margin: 10px 14px; max-height: 60vh; overflow-y: auto; }}
.leaflet-tooltip, .leaflet-tooltip div, .leaflet-tooltip td {{ font-size: 12px; padding: 1px; }}
.leaflet-tooltip {{ padding: 2px 7px; }}
.leaflet-tooltip.name {{ background: none; border: 0; box-shadow: none; padding: 0 3px;
  font-size: 11px; font-weight: 600; color: #1c2a38;
  text-shadow: 0 0 3px #fff, 0 0 3px #fff, 0 0 4px #fff; }}
.leaflet-tooltip.name::before {{ display: none; }}
.leaflet-tooltip.zone {{ color: {ZONE_COLOUR}; }}
.leaflet-tooltip.near {{ visibility: hidden; }}
.zoomed .leaflet-tooltip.near {{ visibility: visible; }}
.state-name {{ width: auto !important; height: auto !important; white-space: nowrap;
  transform-origin: center; color: #7a6a3e; font-size: 11px; letter-spacing: .16em;
  text-transform: uppercase; pointer-events: none; opacity: .85; }}
.state-name span {{ position: absolute; transform: translate(-50%, -50%); }}
.state-name.small {{ visibility: hidden; }}
.zoomed .state-name.small {{ visibility: visible; }}
.state-name.other {{ color: #64788d; }}
.leaflet-control-attribution {{ font-size: 10px; }}
@media (max-width: 800px) {{ .cr-head {{ max-width: 60vw; }} .cr-head p {{ display: none; }} }}
"""


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
          // The panel on the right must not cover Korea.
          var panel = document.querySelector(".leaflet-control-layers");
          var side = window.innerWidth < {{ this.narrow }} ? 0 : panel.offsetWidth + 10;
          map.fitBounds({{ this.view|tojson }}, {
            animate: false, paddingTopLeft: [0, 0], paddingBottomRight: [side, 0]
          });
          function names() {
            map.getContainer().classList.toggle("zoomed", map.getZoom() >= {{ this.zoom }});
          }
          map.on("zoomend", names); names();
          document.querySelectorAll("[data-head]").forEach(function (mark) {
            var head = document.createElement("div");
            head.className = "lc-head"; head.textContent = mark.dataset.head;
            mark.closest("label").before(head);
          });
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


def heading_and_legend(title: str, lines: Sequence[str], corridors: Mapping[str, str]) -> str:
    """Write the heading and the legend.

    Parameters
    ----------
    title
        The heading; escaped here.
    lines
        Lines below it; escaped here.
    corridors
        Colours of the corridors that are drawn, by id.

    Returns
    -------
    str
        HTML.
    """
    below = "".join(f"<p>{escape(line)}</p>" for line in lines)
    ways = [(_way(name, colour), name) for name, colour in corridors.items()]
    columns = [_rows([("", "Routes by corridor"), *ways])] if ways else []
    columns.insert(0, _rows(_legend_rows()))
    body = "".join(f"<div>{column}</div>" for column in columns)
    return (
        f'<div class="cr-head"><h1>{escape(title)}</h1>{below}</div>'
        f'<details class="cr-legend" open><summary>Legend</summary>'
        f'<div class="cols">{body}</div></details>'
    )


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<div class="row">{picture}{escape(words)}</div>' for picture, words in rows)


def _way(corridor: str, colour: str) -> str:
    look = 'stroke-width="7" stroke-opacity=".28"' if corridor == "best" else 'stroke-width="3.2"'
    return _svg(f'<path d="M1 7H25" stroke="{escape(colour)}" {look}/>')


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


def _svg(body: str) -> str:
    return f'<svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">{body}</svg>'


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
