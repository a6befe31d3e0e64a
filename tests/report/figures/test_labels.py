"""Labels find free places: none covers another, and each stays near its point."""

from __future__ import annotations

from matplotlib.text import Annotation

from geo.report.figures.labels import Label, place_labels
from geo.report.figures.layout import finish, new_sheet
from tests.report.figures.drawn import covered


def test_a_crowd_of_points_is_labelled_without_overlap() -> None:
    figure = new_sheet("page", 3.5)
    axes = figure.add_subplot()
    spots = [(float(at % 4) * 0.02, float(at // 4) * 0.05) for at in range(12)]
    axes.plot(*zip(*spots, strict=True), "o")
    axes.set_xlim(-0.4, 0.5)
    axes.set_ylim(-0.4, 0.5)
    finish(figure)
    place_labels(axes, [Label(x, y, f"way number {n}") for n, (x, y) in enumerate(spots)])
    told = [one for one in figure.findobj(Annotation) if one.get_text()]
    assert len(told) == 12
    assert covered(figure, told) == []


def test_a_lone_label_stays_beside_its_point_and_off_the_line() -> None:
    figure = new_sheet("column", 2.5)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 0])
    axes.set_ylim(-1, 1)
    finish(figure)
    (label,) = place_labels(axes, [Label(0.5, 0.0, "here")], lines=[[(0.0, 0.0), (1.0, 0.0)]])
    box = label.get_window_extent()
    _, y = axes.transData.transform((0.5, 0.0))
    assert box.y0 > y or box.y1 < y
    assert min(abs(box.y0 - y), abs(box.y1 - y)) < 20
