"""The paper's three missing figures, drawn from the data for print.

Each function returns a `matplotlib.figure.Figure`, as wide as a page of a journal.
"""

from __future__ import annotations

from geo.report.figures.paper.crescent import crescent_figure
from geo.report.figures.paper.triad import triad_figure
from geo.report.figures.paper.two_track import two_track_figure

__all__ = ["crescent_figure", "triad_figure", "two_track_figure"]
