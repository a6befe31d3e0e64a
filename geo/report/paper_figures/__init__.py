"""The paper's three missing figures, drawn from the data for print.

Each function returns a `matplotlib.figure.Figure`; `save_figure` writes it, the same bytes each
time.
"""

from __future__ import annotations

from geo.report.paper_figures.crescent import crescent_figure
from geo.report.paper_figures.drawing import draw_figure
from geo.report.paper_figures.saving import check_format, save_figure
from geo.report.paper_figures.triad import triad_figure
from geo.report.paper_figures.two_track import two_track_figure

__all__ = [
    "check_format",
    "crescent_figure",
    "draw_figure",
    "save_figure",
    "triad_figure",
    "two_track_figure",
]
