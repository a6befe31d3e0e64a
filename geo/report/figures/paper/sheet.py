"""The sheet of the paper's figures, a page wide: heading, map, legend, panel, caption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.report.figures.layout import wrapped
from geo.report.figures.style import COLOURS, SMALL_PT, TEXT_PT, Width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geo.report.figures.paper.ground import Ground

__all__ = ["CAPTION_PT", "Sheet"]

CAPTION_PT: Final = 7.5
"""Size of captions, and of the smallest words on a map, points."""

_EDGE_IN: Final = 0.06
_TITLE_IN: Final = 0.27
_LEGEND_ROW_IN: Final = 0.185
_POINTS_PER_INCH: Final = 72.0
_LEADING: Final = 1.25


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet with its parts, from top to bottom: heading, body, legend, panel, caption.

    Attributes
    ----------
    figure : Figure
    body : tuple of float
        Left, low, width and height of the map or grid, in parts of the sheet.
    panel : tuple of float
        The same of the room below the legend.
    legend_foot : float
        Lower edge of the legend, in parts of the sheet.
    """

    figure: Figure
    body: tuple[float, float, float, float]
    panel: tuple[float, float, float, float]
    legend_foot: float

    @classmethod
    def of(
        cls,
        title: str,
        subtitle: str,
        caption: str,
        *,
        body_in: float,
        legend_rows: int,
        panel_in: float = 0.0,
    ) -> Sheet:
        """Make a sheet as high as its parts need.

        Parameters
        ----------
        title, subtitle
            Heading.
        caption
            Sources and caveats at the foot.
        body_in, panel_in
            Heights of the map or grid, and of the room for a panel, inches.
        legend_rows
            Rows of the legend.
        """
        from matplotlib.figure import Figure

        width = Width.page.inches
        told = wrapped(subtitle, width - 2 * _EDGE_IN, SMALL_PT)
        foot = wrapped(caption, width - 2 * _EDGE_IN, CAPTION_PT)
        head_in = _TITLE_IN + _lines_in(told, SMALL_PT) + _EDGE_IN
        caption_in = _lines_in(foot, CAPTION_PT) + 2 * _EDGE_IN
        legend_in = legend_rows * _LEGEND_ROW_IN + _EDGE_IN
        height = head_in + body_in + legend_in + panel_in + caption_in
        figure = Figure(figsize=(width, height))
        left = _EDGE_IN / width
        look: dict[str, Any] = {"ha": "left", "linespacing": _LEADING}
        figure.text(
            left, 1 - 0.05 / height, title, fontsize=11, fontweight="bold", va="top", **look
        )
        figure.text(
            *(left, 1 - _TITLE_IN / height, told),
            fontsize=SMALL_PT,
            color=COLOURS["quiet"],
            va="top",
            **look,
        )
        figure.text(
            *(left, _EDGE_IN / height, foot),
            fontsize=CAPTION_PT,
            color=COLOURS["quiet"],
            va="bottom",
            **look,
        )
        across = 1 - 2 * left
        panel_low = caption_in / height
        legend_low = panel_low + panel_in / height
        body_low = legend_low + legend_in / height
        return cls(
            figure,
            (left, body_low, across, body_in / height),
            (left, panel_low, across, panel_in / height),
            legend_low,
        )

    @classmethod
    def with_map(
        cls,
        ground: Ground,
        title: str,
        subtitle: str,
        caption: str,
        *,
        legend_rows: int,
        panel_in: float = 0.0,
    ) -> tuple[Sheet, Axes]:
        """Make a sheet as high as its map needs, and the map."""
        body_in = (Width.page.inches - 2 * _EDGE_IN) / ground.aspect
        sheet = cls.of(
            title,
            subtitle,
            caption,
            body_in=body_in,
            legend_rows=legend_rows,
            panel_in=panel_in,
        )
        return sheet, sheet.figure.add_axes(sheet.body)

    def legend(self, handles: Sequence[Artist], columns: int, *, row: int = 0) -> None:
        """Draw a legend below the body, some rows above its lowest one."""
        self.figure.legend(
            handles=list(handles),
            loc="lower left",
            bbox_to_anchor=(0.0, self.legend_foot + row * _LEGEND_ROW_IN / self._height),
            ncols=columns,
            fontsize=SMALL_PT,
            handlelength=2.6,
            columnspacing=1.3,
            labelspacing=0.3,
            borderaxespad=0.3,
            borderpad=0.1,
        )

    @property
    def _height(self) -> float:
        return float(self.figure.get_figheight())

    def write(self, x: float, y_in: float, text: str, **look: Any) -> None:
        """Write a line in the panel: x in parts of its width, y in inches below its upper edge."""
        left, low, across, high = self.panel
        style: dict[str, Any] = {"fontsize": TEXT_PT, "va": "baseline"}
        self.figure.text(
            left + x * across, low + high - y_in / self._height, text, **(style | look)
        )


def _lines_in(text: str, size_pt: float) -> float:
    """Return how high words stand, inches."""
    return (text.count("\n") + 1) * size_pt * _LEADING * 1.16 / _POINTS_PER_INCH
