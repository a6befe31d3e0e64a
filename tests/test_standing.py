"""Standing: open today or not, and what the law says, told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.small import SmallAtlas, small_study, study_of
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_open_and_permitted_needs_no_note(tmp_path: Path) -> None:
    route = small_study(tmp_path).route("alpha", "isle")
    assert (route.physical_status, route.legal_status) == ("open", "permitted")
    assert route.status_notes == ()


def test_the_law_of_a_crossing_is_told_with_its_reason(tmp_path: Path) -> None:
    route = small_study(tmp_path).route("alpha", "beta")
    assert (route.physical_status, route.legal_status) == ("open", "restricted")
    assert route.status_notes == ("border crossing A-B: restricted (by a list)",)


def test_the_strictest_law_on_the_way_counts(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.ports["legal_status"] = ["prohibited", "permitted"]
    route = study_of(atlas).route("isle", "beta")
    assert route.legal_status == "prohibited"
    assert len(route.status_notes) == 2


def test_a_link_of_tomorrow_makes_a_route_hypothetical(tmp_path: Path) -> None:
    atlas = SmallAtlas(tmp_path)
    atlas.crossings.loc[0, "actual_status"] = "severed"
    atlas.crossings["actual_from"] = ["2024-10-15", None]
    (tmp_path / "scenarios" / "opened.toml").write_text(
        'id = "opened"\ntitle = "x"\ndate = 2026-01-01\nopen = ["crossing:a-b"]\n'
        '[[legal]]\nlink = "crossing:a-b"\nstatus = "permitted"\nnote = "allowed again"\n',
        encoding="utf-8",
    )
    route = study_of(atlas, "opened").route("alpha", "beta")
    assert (route.physical_status, route.legal_status) == ("hypothetical", "permitted")
    assert route.status_notes == (
        "today: border crossing A-B severed since 2024-10-15",
        "allowed again",
    )


def test_the_two_statuses_of_the_reopened_line_are_told_apart() -> None:
    route = study("reopened").route("Seoul", "Pyongyang", modes=["rail"])
    assert (route.physical_status, route.legal_status) == ("hypothetical", "prohibited")
    assert any("Dorasan" in note and note.startswith("today") for note in route.status_notes)
    assert any("2397" in note for note in route.status_notes)


def test_a_ban_on_trade_holds_whatever_way_the_goods_take() -> None:
    round_about = study().route("Seoul", "Pyongyang")
    assert (round_about.physical_status, round_about.legal_status) == ("open", "prohibited")
    assert any("24 May 2010" in note for note in round_about.status_notes)
    assert study().route("Pyongyang", "Moscow").legal_status == "restricted"


def test_the_freight_train_of_2008_was_permitted() -> None:
    route = study("kaesong-2008").route("Seoul", "gaesong", modes=["rail"])
    assert (route.physical_status, route.legal_status) == ("hypothetical", "permitted")
    assert any("2007" in note for note in route.status_notes)


def test_a_status_is_never_stricter_for_what_is_not_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    atlas = SmallAtlas(tmp_path)
    atlas.crossings.loc[1, "legal_status"] = "prohibited"
    assert study_of(atlas).route("alpha", "gamma").legal_status == "restricted"


@pytest.mark.parametrize("modes", [["sea"], ["rail", "sea"], ["sea", "road", "rail"]])
def test_the_law_of_a_trade_is_the_same_by_every_way(modes: list[str]) -> None:
    by_ship = study().route("Busan", "Vladivostok", modes=modes)
    assert by_ship.legal_status == "restricted"
    assert sum("1,402 items" in note for note in by_ship.status_notes) == 1
    # The list binds Korea and Russia, and not the track between China and Russia.
    assert study().route("Manzhouli", "Chita", modes=["rail"]).legal_status == "permitted"


def test_ukraine_trades_nothing_with_russia_since_april_2022() -> None:
    route = study().route("Warsaw", "Kyiv")
    assert route.legal_status != "prohibited"
    bans = study().atlas.trade_bans.set_index("ban_id").loc["ukrainian-embargo"]
    assert ({bans["iso3_a"], bans["iso3_b"]}, bans["valid_from"]) == ({"RUS", "UKR"}, "2022-04-09")


def test_ships_between_the_two_koreas_are_not_of_today() -> None:
    route = study("korean-waters").route("Busan", "Moscow", via=["najin:reload"])
    assert route.physical_status == "hypothetical"
    assert any("KOR and PRK" in note and note.startswith("today") for note in route.status_notes)
    assert study("korean-waters").route("Busan", "Moscow").physical_status == "open"
