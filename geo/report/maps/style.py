"""The style sheet of the page around the map."""

from __future__ import annotations

from geo.report.maps.palette import BASE, ZONE_COLOUR

__all__ = ["STYLE"]

STYLE = f"""
html, body {{ height: 100%; margin: 0; }}
.folium-map, .leaflet-container {{ background: {BASE["sea"]};
  font: 13px/1.4 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-head {{ position: absolute; z-index: 1100; left: 56px; top: 10px; padding: 8px 14px;
  max-width: 46vw; background: #fff; border-radius: 6px;
  box-shadow: 0 1px 5px rgba(0,0,0,.22);
  font: 13px/1.4 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-head h1 {{ margin: 0; font-size: 16px; font-weight: 650; color: #1c2a38; }}
.cr-head p {{ margin: 1px 0 0; color: #51606e; }}
.cr-legend {{ position: absolute; z-index: 1100; left: 10px; bottom: 22px; padding: 8px 12px;
  max-height: 68vh; max-width: 70vw; overflow-y: auto; box-sizing: border-box;
  background: #fff; border-radius: 6px; color: #2a3540;
  box-shadow: 0 1px 5px rgba(0,0,0,.22);
  font: 12px/1.5 system-ui, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }}
.cr-legend summary {{ font-weight: 650; cursor: pointer; }}
.cr-legend .signs {{ margin-top: 4px; }}
.cr-legend .col b {{ display: block; margin-top: 4px; font-weight: 650; }}
.cr-legend .row[hidden], .cr-legend .ways[hidden] {{ display: none; }}
.cr-legend .row {{ display: flex; align-items: center; gap: 8px; }}
.cr-legend svg {{ flex: none; }}
.leaflet-control-layers-expanded {{ font-size: 12px; line-height: 1.45; padding: 6px 10px 8px;
  max-height: 82vh; overflow-y: auto; border: 0; color: #2a3540; }}
.leaflet-control-layers-overlays label {{ display: block; }}
.leaflet-control-layers label span {{ display: inline; }}
.leaflet-control-layers-selector {{ margin-right: 5px; top: 2px; }}
.lc-head, .lc-title {{ display: block; width: 100%; margin: 6px 0 1px; padding: 0; border: 0;
  background: none; text-align: left; font: inherit; font-weight: 650; color: #1c2a38;
  cursor: pointer; }}
.lc-title {{ margin: 0; font-size: 13px; }}
.lc-head::before, .lc-title::before {{ content: "▾ "; }}
[aria-expanded="false"].lc-head::before, [aria-expanded="false"].lc-title::before {{
  content: "▸ "; }}
.leaflet-control-layers.folded .leaflet-control-layers-list, label.folded {{
  display: none !important; }}
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
.feature-name {{ width: auto !important; height: auto !important; white-space: nowrap;
  color: #5d7f99; font-size: 10.5px; font-style: italic; letter-spacing: .04em;
  line-height: 1.15; text-align: center; text-shadow: 0 0 3px #fff, 0 0 3px #fff; }}
.feature-name span {{ position: absolute; transform: translate(-50%, -50%); }}
.feature-name.small {{ visibility: hidden; }}
.zoomed .feature-name.small {{ visibility: visible; }}
.leaflet-control-attribution {{ font-size: 10px; }}
@media (max-width: 800px) {{ .cr-head {{ max-width: 44vw; }} .cr-legend {{ bottom: 58px; }}
  .cr-head h1 {{ font-size: 13px; }}
  .cr-head p {{ display: none; }} }}
"""
