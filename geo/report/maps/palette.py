"""Colours and strokes of the map, chosen to be told apart by colour-blind eyes too.

Hues are those of Okabe and Ito; a status is told by dashes, never by colour alone.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "BASE",
    "BREAK_COLOUR",
    "CRESCENT",
    "CROSSING_COLOUR",
    "DASHES",
    "NEIGHBOURS",
    "PLACE_COLOUR",
    "PORT_COLOUR",
    "ROAD_COLOUR",
    "ROUTE_LOOKS",
    "SCHEMATIC_DASH",
    "SYSTEM_COLOURS",
    "SYSTEM_NAMES",
    "ZONE_COLOUR",
    "RouteLook",
    "corridor_order",
    "dash",
    "route_look",
]

BASE = {"sea": "#e6eef4", "land": "#fbfaf6", "edge": "#cfccc3"}
CRESCENT = {"fill": "#f3dca6", "edge": "#b98a1d"}
NEIGHBOURS = {"fill": "#dfe6ee", "edge": "#8296ab"}

ZONE_COLOUR = "#b3006b"
PORT_COLOUR = "#1f4e79"
PLACE_COLOUR = "#5c6b7a"
CROSSING_COLOUR = "#222222"
BREAK_COLOUR = "#d55e00"
ROAD_COLOUR = "#b3a08c"

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


@dataclass(frozen=True)
class RouteLook:
    """How the routes of a corridor are drawn.

    Attributes
    ----------
    colour
        A CSS colour.
    dashes
        An SVG dash array; empty is a full stroke.
    """

    colour: str
    dashes: str = ""


_FULL, _DASHED, _DOT_DASHED = "", "11 4", "11 4 2 4"

# One hue a family; within it strokes differ, so that no two corridors differ by hue alone.
ROUTE_LOOKS = {
    "best": RouteLook("#111111"),
    "tkr-tsr": RouteLook("#0072b2"),
    "tkr-tmr": RouteLook("#009e73"),
    "tkr-tmgr": RouteLook("#e69f00"),
    "tkr-tcr": RouteLook("#aa4499"),
    "sea-tsr": RouteLook("#56b4e9", _DASHED),
    "sea-tmr": RouteLook("#44aa99", _DASHED),
    "sea-tcr": RouteLook("#cc79a7", _DASHED),
    "sea-suez": RouteLook("#d55e00"),
    "sea-cape": RouteLook("#d55e00", _DASHED),
    "tkr-bam": RouteLook("#0072b2", _DOT_DASHED),
    "sea-bam": RouteLook("#56b4e9", _DOT_DASHED),
    "middle": RouteLook("#882255"),
    "middle-turkmen": RouteLook("#882255", _DASHED),
    "southern": RouteLook("#882255", _DOT_DASHED),
    "road": RouteLook("#5b3a1e"),
    "gyeongui-road": RouteLook("#5b3a1e", _DASHED),
    "tkr-transit": RouteLook("#332288"),
    "sea-transit": RouteLook("#332288", _DASHED),
}
"""Looks of the corridors that ship, in the order of the legend: first full, then by sea."""

_SPARE_COLOURS = ("#661100", "#6699cc", "#888800", "#4b7a3a", "#b0506a", "#5e5e8a", "#806000")
_SPARE_DASHES = ("6 3", "6 3 1 3", "14 3", "14 3 4 3", "3 4 9 4")


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
    """Return corridors in the order of the legend; those without a look of their own come last."""
    known = [corridor for corridor in ROUTE_LOOKS if corridor in corridors]
    return known + sorted(set(corridors) - set(known))


def route_look(corridor: str) -> RouteLook:
    """Return the look of a corridor; one that is not known gets a steady one from its id."""
    if corridor in ROUTE_LOOKS:
        return ROUTE_LOOKS[corridor]
    # A checksum, because the hash of a text differs from run to run.
    which = zlib.crc32(corridor.encode())
    colour = _SPARE_COLOURS[which % len(_SPARE_COLOURS)]
    return RouteLook(colour, _SPARE_DASHES[which // len(_SPARE_COLOURS) % len(_SPARE_DASHES)])
