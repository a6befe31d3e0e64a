"""Tables and frames for notebooks, read back as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO

import pandas as pd

from geo.report.notebook import inset, sheet

THIN = "\u202f"


class _Cells(HTMLParser):
    """Collects the text of each cell, row by row, and the attributes of frames."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.frames: list[dict[str, str | None]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag == "iframe":
            self.frames.append(dict(attrs))
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def _read(html: str) -> _Cells:
    cells = _Cells()
    cells.feed(StringIO(html).read())
    return cells


FRAME = pd.DataFrame(
    {
        "origin": ["Busan", "Busan", "Najin (Rajin)"],
        "corridor": ["tkr-tsr", "tkr-tsr", "tkr-tsr"],
        "usd_per_feu": [7658.4, None, 12.0],
        "days": [12.345, None, 3.0],
        "assumed_share": [0.891, None, 0.0],
        "d_hours": [4.4, -4.4, 0.1],
        "open": [True, False, True],
    }
)


def test_a_sheet_shows_the_columns_asked_for_under_their_headings() -> None:
    shown = _read(sheet(FRAME, {"usd_per_feu": "USD per FEU", "origin": "From"})._repr_html_())
    assert shown.rows == [
        ["USD per FEU", "From"],
        [f"7{THIN}658", "Busan"],
        ["–", "Busan"],
        ["12", "Najin"],
    ]


def test_numbers_are_written_by_what_they_are() -> None:
    heads = {name: name for name in ("days", "assumed_share", "d_hours", "open")}
    shown = _read(sheet(FRAME, heads, signed=["d_hours"])._repr_html_())
    assert shown.rows[1:] == [
        ["12.3", "89 %", "+4", "yes"],
        ["–", "–", "-4", "no"],
        ["3.0", "0 %", "0", "yes"],
    ]


def test_what_repeats_in_a_group_is_left_blank_only_within_the_group_before_it() -> None:
    table = sheet(FRAME, {"origin": "From", "corridor": "Way"}, grouped=["origin", "corridor"])
    assert table.rows == (("Busan", "tkr-tsr"), ("", ""), ("Najin", "tkr-tsr"))


def test_a_name_that_is_html_stays_text() -> None:
    frame = pd.DataFrame({"name": ["<script>alert(1)</script>"]})
    shown = _read(sheet(frame, {"name": "<b>"}, caption="<i>", note="<u>")._repr_html_())
    assert shown.rows == [["<b>"], ["<script>alert(1)</script>"]]
    assert not {"script", "b", "i", "u"} & shown.tags


def test_a_sheet_reads_as_markdown_too() -> None:
    frame = pd.DataFrame({"name": ["a|b"], "n": [3]})
    text = str(sheet(frame, {"name": "Name", "n": "Count"}, caption="Some", note="Why."))
    assert text == "**Some**\n\n| Name | Count |\n| --- | ---: |\n| a\\|b | 3 |\n\nWhy.\n"


def test_a_page_in_a_frame_comes_out_as_it_went_in() -> None:
    page = '<!doctype html><p title="x">1 &amp; 2</p><script>let a = "</iframe>";</script>'
    [frame] = _read(inset(page, height_px=300, title='A "map"')._repr_html_()).frames
    assert (frame["srcdoc"], frame["height"], frame["title"]) == (page, "300", 'A "map"')


def test_a_page_in_a_frame_has_an_origin_of_its_own() -> None:
    [frame] = _read(inset("<p>map</p>")._repr_html_()).frames
    # With allow-same-origin its scripts would reach the notebook, and could take the sandbox off.
    assert set((frame["sandbox"] or "").split()) == {"allow-scripts", "allow-popups"}
