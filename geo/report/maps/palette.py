"""Colours and strokes of the map, chosen to be told apart by colour-blind eyes too.

Hues are those of Okabe and Ito; a status is told by dashes, never by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "BASE",
    "CRESCENT",
    "DASHES",
    "NEIGHBOURS",
    "PORT_COLOUR",
    "ROUTE_COLOURS",
    "SYSTEM_COLOURS",
    "SYSTEM_NAMES",
    "ZONE_COLOUR",
    "corridor_order",
    "dash",
    "route_colour",
]

BASE = {"sea": "#e6eef4", "land": "#fbfaf6", "edge": "#cfccc3"}
CRESCENT = {"fill": "#f3dca6", "edge": "#b98a1d"}
NEIGHBOURS = {"fill": "#dfe6ee", "edge": "#8296ab"}

ZONE_COLOUR = "#b3006b"
PORT_COLOUR = "#1f4e79"
CROSSING_COLOUR = "#222222"
BREAK_COLOUR = "#d55e00"

# Codes are spelt out: TSR also means a temporary speed restriction.
SYSTEM_NAMES = {
    "TKR": "Trans-Korean Railway",
    "TSR": "Trans-Siberian Railway",
    "BAM": "Baikal-Amur Mainline",
    "TMR": "Trans-Manchurian Railway",
    "TMGR": "Trans-Mongolian Railway",
    "TCR": "Trans-China Railway",
    "middle-corridor": "Middle Corridor",
    "central-asia": "Central Asia",
    "crescent-south": "Southern Crescent",
    "europe": "Europe",
    "other": "Other lines",
}
SYSTEM_COLOURS = {
    "TKR": "#cc3311",
    "TSR": "#0072b2",
    "BAM": "#56b4e9",
    "TMR": "#009e73",
    "TMGR": "#e69f00",
    "TCR": "#aa4499",
    "middle-corridor": "#8c6d1f",
    "central-asia": "#b59a3c",
    "crescent-south": "#44aa99",
    "europe": "#5c6b7a",
    "other": "#9a9a9a",
}

DASHES = {"open": "", "severed": "2 7", "closed": "2 7", "building": "8 5", "planned": "8 5"}
SCHEMATIC_DASH = "1 6"

ROUTE_COLOURS = {
    "best": "#111111",
    "tkr-tsr": "#0072b2",
    "tkr-tmr": "#009e73",
    "tkr-tmgr": "#e69f00",
    "tkr-tcr": "#aa4499",
    "sea-tsr": "#56b4e9",
    "sea-tmr": "#44aa99",
    "sea-tcr": "#cc79a7",
    "sea-suez": "#d55e00",
    "sea-cape": "#8b4a1c",
    "tkr-transit": "#332288",
    "sea-transit": "#999933",
}


def dash(status: str, drawn: str) -> str:
    """Return the dash pattern of a stretch of line.

    Parameters
    ----------
    status
        ``open``, ``severed``, ``closed``, ``building`` or ``planned``.
    drawn
        ``matched``, ``curated`` or ``schematic``.

    Returns
    -------
    str
        An SVG dash array; empty is a full stroke.
    """
    broken = DASHES.get(status, DASHES["closed"])
    return broken or (SCHEMATIC_DASH if drawn == "schematic" else "")


def corridor_order(corridors: Collection[str]) -> list[str]:
    """Return corridors in the order of the legend; those without a colour come last."""
    known = [corridor for corridor in ROUTE_COLOURS if corridor in corridors]
    return known + sorted(set(corridors) - set(known))


def route_colour(corridor: str) -> str:
    """Return the colour of a corridor, black for one without its own."""
    return ROUTE_COLOURS.get(corridor, ROUTE_COLOURS["best"])
