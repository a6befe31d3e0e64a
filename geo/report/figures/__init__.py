"""Figures for notebooks and papers, in one style; the only room that uses matplotlib.

Each function returns a `matplotlib.figure.Figure`; `save_figure` writes it as SVG, PDF or PNG, the
same bytes each time.
"""

from __future__ import annotations

from geo.report.figures.bands import bands_figure
from geo.report.figures.breakdown import cost_breakdown
from geo.report.figures.by_name import FIGURES, Drawing, FigureChoice, draw_figure
from geo.report.figures.distance_cost import distance_cost_figure, mode_lines_figure
from geo.report.figures.paper import crescent_figure, triad_figure, two_track_figure
from geo.report.figures.saving import check_format, save_figure
from geo.report.figures.style import BUCKET_COLOURS, STYLE, Width
from geo.report.figures.time_cost import front_of, time_cost_figure
from geo.report.figures.tornado import tornado_figure, variable_titles

__all__ = [
    "BUCKET_COLOURS",
    "FIGURES",
    "STYLE",
    "Drawing",
    "FigureChoice",
    "Width",
    "bands_figure",
    "check_format",
    "cost_breakdown",
    "crescent_figure",
    "distance_cost_figure",
    "draw_figure",
    "front_of",
    "mode_lines_figure",
    "save_figure",
    "time_cost_figure",
    "tornado_figure",
    "triad_figure",
    "two_track_figure",
    "variable_titles",
]
