"""Words are broken to fit, the foot is kept free, and looks differ by more than colour."""

from __future__ import annotations

from geo.report.figures.layout import finish, new_sheet, wrapped
from geo.report.figures.style import HUES, MARKERS, TINTS
from tests.report.figures.drawn import outside


def lightness(colour: str) -> float:
    """Return relative luminance (WCAG 2.1), 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_foot_is_below_the_chart_and_within_the_sheet() -> None:
    figure = new_sheet("column", 2.5)
    axes = figure.add_subplot()
    axes.set_xlabel("km")
    (line,) = axes.plot([0, 1], label="a line with quite some words to it")
    (more,) = axes.plot([1, 0], label="another line with as many words")
    finish(figure, handles=[line, more], note="A caveat that is longer than a column. " * 4)
    (legend,) = figure.legends
    (note,) = figure.texts
    box = axes.get_tightbbox()
    assert box is not None
    assert note.get_window_extent().y1 <= legend.get_window_extent().y0 + 1
    assert legend.get_window_extent().y1 <= box.y0 + 1
    assert outside(figure) == []


def test_words_are_broken_to_a_width() -> None:
    lines = wrapped("one two three four five six", 1.0, 8.0).split("\n")
    assert len(lines) > 1
    assert " ".join(lines) == "one two three four five six"


def test_looks_are_told_apart_without_colour() -> None:
    assert len(set(MARKERS)) == len(MARKERS) >= len(HUES)
    # Black words stand out from every tint: WCAG asks for 4.5 to 1.
    assert all((lightness(tint) + 0.05) / 0.05 > 4.5 for tint in TINTS)
