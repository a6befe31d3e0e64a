"""The sheet that a figure is drawn on: heading, map, room for the legend, caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.report.paper_figures.ground import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.report.paper_figures.ground import Ground

__all__ = ["LEGEND_FOOT", "map_sheet", "write_caption", "write_heading"]

_WIDTH_IN = 10.2
_MAP_LEFT, _MAP_RIGHT = 0.012, 0.71
_HEAD_IN = 0.62
_FOOT_IN = 0.98

LEGEND_FOOT = 0.088
"""Lower edge of the legend, in parts of the sheet."""


def map_sheet(ground: Ground, title: str, subtitle: str) -> tuple[Figure, Axes]:
    """Make a sheet as high as its map needs.

    Parameters
    ----------
    ground
        The map's window and projection.
    title, subtitle
        Heading.

    Returns
    -------
    tuple of (Figure, Axes)
        The sheet and the map on its left; room for panels is on its right.
    """
    from matplotlib.figure import Figure

    map_in = _WIDTH_IN * (_MAP_RIGHT - _MAP_LEFT) / ground.aspect
    height = _HEAD_IN + map_in + _FOOT_IN
    figure = Figure(figsize=(_WIDTH_IN, height))
    place = (_MAP_LEFT, _FOOT_IN / height, _MAP_RIGHT - _MAP_LEFT, map_in / height)
    write_heading(figure, title, subtitle)
    return figure, figure.add_axes(place)


def write_heading(figure: Figure, title: str, subtitle: str) -> None:
    """Write title and subtitle at the head of a sheet."""
    height = figure.get_figheight()
    look: dict[str, Any] = {"va": "center", "ha": "left"}
    figure.text(0.012, 1 - 0.21 / height, title, fontsize=14, fontweight="bold", **look)
    figure.text(0.012, 1 - 0.46 / height, subtitle, fontsize=8.5, color=COLOURS["quiet"], **look)


def write_caption(figure: Figure, text: str) -> None:
    """Write sources and caveats at the foot of a sheet."""
    figure.text(0.012, 0.014, text, fontsize=6.6, color=COLOURS["quiet"], va="bottom")
