"""What an error suggests: by likeness, few, and nothing where all is unlike."""

from __future__ import annotations

from geo.atlas.nearest import nearest, nearest_words

KNOWN = ("sea-suez", "tkr-tsr", "tkr-tmr", "sea-cape")


def test_the_likest_come_first_and_not_too_many() -> None:
    assert nearest("tkr-tsx", KNOWN)[:2] == ("tkr-tsr", "tkr-tmr")
    assert len(nearest("t-r", KNOWN, most=2, like=0)) == 2
    assert nearest("sea-suez", KNOWN, most=1) == ("sea-suez",)


def test_what_is_unlike_can_be_left_out() -> None:
    assert nearest("tkr-tsx", KNOWN, like=80) == ("tkr-tsr",)
    assert nearest("qqq", KNOWN, like=70) == ()
    assert nearest("anything", ()) == ()


def test_nothing_unlike_is_suggested_unasked() -> None:
    assert nearest("nono", KNOWN) == ()
    assert nearest_words("nono", KNOWN) == ""
    assert nearest_words("sea-sues", KNOWN) == "; nearest: sea-suez"


def test_a_part_of_a_long_name_need_not_count() -> None:
    assert nearest("suez", ("the way by the Suez canal, suez",)) != ()
    assert nearest("suez", ("the way by the Suez canal, suez",), parts=False) == ()
