"""Panels of answers: whatever comes from a file is text in them, never markup."""

from __future__ import annotations

import re

from geo.report.maps.notes import NoteRow, answer, bar, folded, mark, sentence, table
from tests.fakes import NASTY

ESCAPED = "Bus&lt;b&gt;an &amp; Co"


def test_every_text_is_escaped() -> None:
    row = NoteRow((NASTY, NASTY), key='a"b')
    html = answer(NASTY, folded(NASTY, table((NASTY, NASTY), [row])) + sentence(NASTY))
    assert NASTY not in html
    assert html.count(ESCAPED) == 7
    assert 'data-key="a&quot;b"' in html


def test_figures_stand_to_the_right_of_words() -> None:
    rows = [NoteRow(("Way", "by sea", "12"), strong=True)]
    html = table(("Name", "By", "USD"), rows, words=2)
    assert re.findall(r'<t[hd](?: scope="col")?( class="n")?>', html) == ["", "", ' class="n"'] * 2
    assert '<tr class="strong">' in html


def test_a_panel_is_open_and_what_is_in_it_folded() -> None:
    html = answer("Head", folded("More", "<p>x</p>"))
    assert html.startswith('<details class="answer" open><summary>Head</summary><details><summary>')
    assert folded("Open", "", is_open=True).startswith("<details open>")


def test_pictures_have_the_look_of_what_they_stand_for() -> None:
    assert 'stroke="#123456" stroke-width="2" stroke-dasharray="3 4"' in mark(
        "#123456", dashes="3 4", width=2.0
    )
    assert 'fill="#123456" stroke="#000000"' in bar("#123456", edge="#000000")
