"""Saving: three formats, the same bytes each time, whole or not at all."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from geo.analysis.distance_cost import ModeLine
from geo.errors import UsageError
from geo.files import sha256_of
from geo.report.figures import (
    bands_figure,
    cost_breakdown,
    mode_lines_figure,
    save_figure,
    time_cost_figure,
)
from tests.fakes import route
from tests.report.figures.drawn import texts, words
from tests.report.figures.test_bands import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.figure import Figure


def bars() -> Figure:
    return cost_breakdown([route(), route(corridor="sea-tsr", assumed_usd=900.0)], {})


def scatter() -> Figure:
    return time_cost_figure([route(), route(corridor="sea-tsr", usd=4000.0)])


def lines() -> Figure:
    return mode_lines_figure([ModeLine("a", 0, 2, 1, 3), ModeLine("b", 300, 1, 1, 3)])


@pytest.mark.parametrize("draw", [bars, scatter, lines])
@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_a_figure_drawn_twice_gives_the_same_bytes(
    tmp_path: Path, draw: Callable[[], Figure], suffix: str
) -> None:
    for name in ("a", "b"):
        save_figure(draw(), tmp_path / f"{name}{suffix}")
    assert sha256_of(tmp_path / f"a{suffix}") == sha256_of(tmp_path / f"b{suffix}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


def test_a_name_with_signs_of_dollar_is_no_formula(tmp_path: Path) -> None:
    name = r"Cap $\nothing{of} & a^b_c$"
    routes = [route(corridor=name, scenario=name), route(corridor="sea", usd=9000.0)]
    drawn = {
        "bars": cost_breakdown(routes, {}, title=name),
        "scatter": time_cost_figure(routes, title=name),
        "lines": mode_lines_figure([ModeLine(name, 0, 2, 1, 3)], note=name),
        "bands": bands_figure(SUMMARY.assign(corridor=name), told=name),
    }
    for what, figure in drawn.items():
        save_figure(figure, tmp_path / f"{what}.svg")
        assert name in words(figure)
        assert not any(text.get_parse_math() for text in texts(figure))


def test_an_svg_is_well_formed_and_as_wide_as_a_page(tmp_path: Path) -> None:
    save_figure(bars(), tmp_path / "a.svg")
    root = ET.parse(tmp_path / "a.svg").getroot()  # noqa: S314 - written just now
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(17 / 2.54 * 72, abs=0.01)
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "dc:date" not in text


def test_a_pdf_has_no_date_and_is_as_wide_as_a_page(tmp_path: Path) -> None:
    save_figure(bars(), tmp_path / "a.pdf")
    content = (tmp_path / "a.pdf").read_bytes()
    assert b"CreationDate" not in content
    (width,) = set(re.findall(rb"/MediaBox \[ 0 0 ([0-9.]+) ", content))
    assert float(width) == pytest.approx(17 / 2.54 * 72, abs=0.01)


def test_a_png_has_300_dots_an_inch(tmp_path: Path) -> None:
    save_figure(bars(), tmp_path / "a.png")
    (width,) = struct.unpack(">I", (tmp_path / "a.png").read_bytes()[16:20])
    assert width == pytest.approx(17 / 2.54 * 300, abs=1)


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.svg.gz"])
def test_another_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.svg, \.pdf, \.png"):
        save_figure(bars(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_what_was_set_before_holds_again() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    bars()
    assert dict(mpl.rcParams) == before
