"""Sheets of a given width, with their headline and their foot of legend and caveats.

Everything is measured in the letters that are drawn, so that nothing is cut off in print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.report.figures.style import COLOURS, SMALL_PT, Width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

__all__ = ["finish", "headline", "new_sheet", "renderer_of", "wrapped"]

_MARGIN_IN: Final = 0.05
_TITLE_PT: Final = 9.5
_FILLED: Final = 0.98
"""So much of a line is filled: letters on a screen are a little wider than in print."""

_POINTS_PER_INCH: Final = 72.0


def new_sheet(width: Width | str, height_in: float) -> Figure:
    """Make an empty figure of a width that journals print, its parts laid out to fit.

    Parameters
    ----------
    width : Width or str
        ``page`` or ``column``.
    height_in : float
        Height, inches.

    Raises
    ------
    ValueError
        If the width is none of these.
    """
    from matplotlib.figure import Figure

    return Figure(figsize=(Width(width).inches, height_in), layout="constrained")


def headline(figure: Figure, text: str) -> None:
    """Write the title at the left end of a sheet, wrapped to its width.

    Parameters
    ----------
    figure : Figure
        A sheet of `new_sheet`.
    text : str
        The title, drawn in bold letters of 9.5 points; "" for none.
    """
    if text:
        width = figure.get_figwidth()
        told = wrapped(text, width - 2 * _MARGIN_IN, _TITLE_PT, weight="bold")
        figure.suptitle(
            told, x=_MARGIN_IN / width, ha="left", fontsize=_TITLE_PT, fontweight="bold"
        )


def wrapped(
    text: str, width_in: float, size_pt: float = SMALL_PT, *, weight: str = "normal"
) -> str:
    """Break words into lines that fit into a width, as the font draws them.

    Parameters
    ----------
    text : str
        A line break in it stays.
    width_in : float
        Width, inches.
    size_pt : float
        Size of the letters, points.
    weight : str
        ``normal`` or ``bold``.

    Returns
    -------
    str
        The same words, lines parted by line breaks. A word wider than a line stays whole.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size_pt, weight=weight)
    room = width_in * _POINTS_PER_INCH * _FILLED

    def fits(line: str) -> bool:
        return bool(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] <= room)

    lines = []
    # A number and its sign of per cent stay together.
    for part in text.replace(" %", "\u00a0%").split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and not fits(longer):
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return "\n".join(lines)


def finish(figure: Figure, *, handles: Sequence[Artist] = (), note: str = "") -> None:
    """Write legend and caveats at the foot of a sheet, and keep that room free of all else.

    The sheet grows by the foot: what was drawn keeps its height.

    Parameters
    ----------
    figure : Figure
        A sheet of `new_sheet`.
    handles : sequence of Artist
        What the legend explains, each with its label.
    note : str
        Caveats and sources; a line break starts a new line.
    """
    width, drawn = figure.get_size_inches()
    scale = figure.get_dpi()
    foot = _MARGIN_IN
    if note:
        words = figure.text(
            *(0.0, 0.0),
            wrapped(note, width - 2 * _MARGIN_IN),
            fontsize=SMALL_PT,
            color=COLOURS["quiet"],
            linespacing=1.2,
            va="bottom",
        )
        words.set_in_layout(False)
        note_in = words.get_window_extent(renderer_of(figure)).height / scale
        foot += note_in + _MARGIN_IN
    legend = _legend(figure, handles, width) if handles else None
    legend_in = 0.0 if legend is None else _height(figure, legend) / scale + 2 * _MARGIN_IN
    height = drawn + foot + legend_in
    figure.set_size_inches(width, height)
    if note:
        words.set_position((_MARGIN_IN / width, _MARGIN_IN / height))
    if legend is not None:
        legend.set_bbox_to_anchor((0.0, foot / height), transform=figure.transFigure)
    bottom = (foot + legend_in) / height
    engine: Any = figure.get_layout_engine()
    engine.set(rect=(0.0, bottom, 1.0, 1.0 - bottom))
    figure.draw_without_rendering()


def _legend(figure: Figure, handles: Sequence[Artist], width_in: float) -> Any:
    """Draw the legend in as many columns as the sheet holds."""
    for columns in range(len(handles), 0, -1):
        legend = figure.legend(
            handles=list(handles),
            loc="lower left",
            ncols=columns,
            borderaxespad=0.2,
            borderpad=0.2,
            handlelength=2.2,
            columnspacing=1.3,
        )
        legend.set_in_layout(False)
        extent = legend.get_window_extent(renderer_of(figure))
        if columns == 1 or extent.width <= width_in * figure.get_dpi():
            break
        legend.remove()
    return legend


def _height(figure: Figure, artist: Any) -> float:
    return float(artist.get_window_extent(renderer_of(figure)).height)


def renderer_of(figure: Figure) -> Any:
    """Return what measures letters, at the figure's own dots per inch."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    return canvas.get_renderer()
