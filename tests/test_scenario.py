"""Scenarios: differences in TOML that close links and edit rates, and the ones refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.costing import RateEdit
from geo.errors import ScenarioError, UnknownNameError
from geo.links import LinkBook
from geo.scenario import Scenario, load_scenario
from geo.scenario_file import scenario_ids
from geo.study import Study
from tests.small import SmallAtlas, study_of
from tests.worlds import study

if TYPE_CHECKING:
    from pathlib import Path

    from geo.scenario import World

HEAD = 'id = "mine"\ntitle = "Mine"\ndate = 2026-11-01\n'
PARENT = 'parent = "severed-2026"\n'


def bind(folder: Path, text: str) -> World:
    """Bind a scenario of one's own to the data that ships."""
    path = folder / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    first = study()
    return load_scenario(first.atlas, path).bind(first.atlas, first.network, first.card)


def test_the_promised_scenarios_ship_and_the_default_comes_first() -> None:
    names = scenario_ids(study().atlas)
    assert names[0] == "severed-2026"
    assert {
        "kaesong-2008",
        "reopened",
        "modernised",
        "russia-transit-closed",
        "red-sea-closed",
    } <= set(names)


@pytest.mark.parametrize("name", scenario_ids(study().atlas))
def test_every_scenario_that_ships_binds_and_cites_known_sources(name: str) -> None:
    world = study(name).world
    known = set(study().atlas.sources["source_id"])
    assert set(world.scenario.source_ids) <= known
    assert {s for note in world.scenario.legal.values() for s in note.source_ids} <= known
    edits = [edit for step in world.scenario.rates for edit in step.values()]
    assert {source for edit in edits for source in edit.source_ids} <= known
    assert world.scenario.title
    assert world.scenario.description


def test_today_closes_the_demarcation_line_to_rail_and_ships() -> None:
    world = study().world
    for crossing in ("dorasan-panmun", "jejin-kamho", "woljeong-pyonggang"):
        assert "severed" in world.closures[f"crossing:{crossing}"]
    assert "sea:KOR-PRK" in world.closures
    assert "crossing:zabaikalsk-manzhouli" not in world.closures


def test_northern_sea_route_and_panama_are_closed_unless_a_scenario_opens_them_by_name() -> None:
    for name in scenario_ids(study().atlas):
        world = study(name).world
        opened = {link for links, _ in world.scenario.steps for link in links}
        shut = {"passage:northern-sea-route", "passage:panama"} - opened
        assert shut <= set(world.closures)
        assert len(shut) == 2 or name == "arctic"


def test_a_switch_can_be_opened(tmp_path: Path) -> None:
    world = bind(tmp_path, PARENT + 'open = ["passage:northern-sea-route"]')
    assert "passage:northern-sea-route" not in world.closures
    assert "passage:panama" in world.closures


def test_a_child_undoes_what_its_parent_closed_and_keeps_the_rest() -> None:
    reopened, severed = study("reopened").world, study().world
    assert "crossing:dorasan-panmun" not in reopened.closures
    assert set(reopened.closures) < set(severed.closures)
    assert reopened.closed.sum() < severed.closed.sum()
    assert not (reopened.closed & ~severed.closed).any()


def test_opening_a_line_opens_its_parts(tmp_path: Path) -> None:
    opened = set(study().world.closures) - set(study("reopened").world.closures)
    assert "part:gyeongui-mdl/1" in opened
    atlas = SmallAtlas(tmp_path)
    atlas.line_stations["status"] = [None, "severed", "closed"]
    (tmp_path / "scenarios" / "opened.toml").write_text(
        HEAD + 'open = ["line:main"]', encoding="utf-8"
    )
    assert {"part:main/1", "part:main/2"} <= set(study_of(atlas).world.closures)
    assert not set(study_of(atlas, "opened").world.closures) & {"part:main/1", "part:main/2"}


def test_the_last_word_of_a_scenario_is_to_close(tmp_path: Path) -> None:
    world = bind(tmp_path, PARENT + 'open = ["passage:panama"]\nclose = ["passage:panama"]')
    assert world.closures["passage:panama"] == "passage Panama Canal closed in mine"


def test_a_pair_of_states_may_be_named_in_either_order(tmp_path: Path) -> None:
    world = bind(tmp_path, PARENT + 'open = ["sea:PRK-KOR"]')
    assert "sea:KOR-PRK" not in world.closures


def test_closures_of_today_say_since_when() -> None:
    closures = LinkBook(study().atlas).actual_closures
    assert closures["crossing:dorasan-panmun"].endswith("severed since 2024-10-15")
    assert "under construction" in " ".join(closures.values())
    assert "closed by default" in closures["passage:panama"]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("passage:suez", "passage Suez Canal"),
        ("port:busan", "port of Busan"),
        ("transit:RUS", "transit through RUS"),
        ("sea:KOR-PRK", "direct ships between KOR and PRK"),
        ("line:gyeongui-mdl", "Gyeongui Line over the demarcation line"),
        ("line:pyongbu", "Pyongbu Line (Kaesong - Sariwon - Pyongyang)"),
        ("line:ubtz", "Ulaanbaatar Railway (Sukhbaatar - Zamyn-Uud - Erenhot)"),
        ("line:jining-erenhot", "Jining - Erenhot line"),
    ],
)
def test_links_are_told_in_words(link: str, words: str) -> None:
    assert LinkBook(study().atlas).words(link) == words


def test_a_part_of_a_line_is_told_by_its_two_stations() -> None:
    words = LinkBook(study().atlas).words("part:gyeongui-mdl/2")
    assert "Panmun" in words
    assert "Kaesong" in words
    assert "part:" not in words


def test_a_line_is_called_one_once() -> None:
    book = LinkBook(study().atlas)
    lines = [book.words(f"line:{line}") for line in study().atlas.lines["line_id"]]
    assert [words for words in lines if words.lower().endswith((" line line", ") line line"))] == []
    assert [words for words in lines if "Line" in words and words.endswith(") line")] == []


@pytest.mark.parametrize(
    ("link", "closures", "words"),
    [
        ("line:gyeongui-mdl", {"part:gyeongui-mdl/1"}, ", open between Panmun and Kaesong"),
        ("line:gyeongui-mdl", {"part:gyeongui-mdl/1", "part:gyeongui-mdl/2"}, ""),
        ("line:gyeongui-mdl", {"part:pyongbu/1"}, ""),
    ],
)
def test_what_is_open_of_a_line_is_told(link: str, closures: set[str], words: str) -> None:
    book = LinkBook(study().atlas)
    assert book.words_where(link, closures) == book.words(link) + words


def test_parts_that_follow_each_other_are_told_as_one_stretch() -> None:
    book = LinkBook(study().atlas)
    parts = (
        study()
        .atlas.line_stations.query("line_id == 'tsr'")
        .merge(study().atlas.places[["place_id", "name"]], on="place_id", how="left")
    )
    names = parts["name"].tolist()
    told = book.words_where("line:tsr", {f"part:tsr/{parts['order'].iloc[3]}"})
    expected = f"open between {names[0]} and {names[2]}, between {names[3]} and {names[-1]}"
    assert told.endswith(expected)


def test_every_closure_of_every_scenario_is_in_words() -> None:
    raw = [
        reason
        for name in scenario_ids(study().atlas)
        for link, reason in study(name).world.closures.items()
        if link in reason
    ]
    assert not raw


def test_rates_are_edited_with_their_sources_and_the_card_stays_as_it_was() -> None:
    edited, before = study("modernised").world.card, study().card
    at = before.position["run-prk-south"]
    assert edited.base[at, 1] == pytest.approx(1 / 55, rel=1e-3)
    assert before.base[at, 1] == pytest.approx(1 / 17.5, rel=1e-3)
    assert edited.rates["run-prk-south", "hours"].source_ids == ("korea-net-2018",)


def test_a_scaled_rate_keeps_its_range(tmp_path: Path) -> None:
    world = bind(
        tmp_path, PARENT + '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nscale = 0.5\n'
    )
    at = world.card.position["haul-rus"]
    for side in ("base", "low", "high"):
        edited, before = getattr(world.card, side), getattr(study().card, side)
        assert edited[at, 0] == pytest.approx(before[at, 0] / 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('close = ["crossing:dorasan-panmum"]', r"unknown link.*nearest: crossing:dorasan-panmun"),
        ('open = ["passage:suezz"]', r"unknown link 'passage:suezz'; nearest: passage:suez"),
        ('close = ["sea:KOR-PRQ"]', "unknown link 'sea:KOR-PRQ'"),
        ('close = ["transit:RUX"]', "unknown link 'transit:RUX'"),
        ('[[rates]]\nitem = "haul-rsu"\nmeasure = "money"\nset = 1.0', "unknown item 'haul-rsu'"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = -1.0', "0 <= low <= set"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nscale = -1.0', "scale >= 0"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = nan', "haul-rus money"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "beauty"\nset = 1.0', "money, hours, co2"),
    ],
)
def test_a_scenario_that_cannot_hold_is_refused_when_bound(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(ScenarioError, match=words):
        bind(tmp_path, PARENT + text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('closed = ["passage:suez"]', "unknown key 'closed'"),
        ("close = [", "not valid TOML"),
        ('[[rates]]\nmeasure = "money"\nset = 1.0', "item"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = 1.0\nlow_ = 0.5', "low_"),
        ('[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = "cheap"', "cheap"),
        ('[[legal]]\nlink = "crossing:dorasan-panmun"\nnote = "x"', "status"),
        ('[[legal]]\nlink = "passage:suez"\nstatus = "fine"\nnote = "x"', "fine"),
        ('close = "passage:suez"', "close"),
    ],
)
def test_a_file_that_says_nothing_clear_is_refused_with_its_spot(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(ScenarioError, match=words):
        bind(tmp_path, PARENT + text)


@pytest.mark.parametrize("key", ["id", "title", "date"])
def test_a_scenario_without_its_head_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "mine.toml"
    lines = [line for line in HEAD.splitlines() if not line.startswith(key)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ScenarioError, match=f"no key '{key}'"):
        load_scenario(study().atlas, path)


def test_a_scenario_may_not_be_its_own_ancestor(tmp_path: Path) -> None:
    for name, parent in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.toml").write_text(
            f'id = "{name}"\ntitle = "x"\ndate = 2026-01-01\nparent = "{tmp_path}/{parent}.toml"',
            encoding="utf-8",
        )
    with pytest.raises(ScenarioError, match="its own ancestor: a -> b -> a"):
        load_scenario(study().atlas, tmp_path / "a.toml")


def test_an_unknown_scenario_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown scenario 'reopend'; did you mean reopened"):
        Study("reopend", atlas=study().atlas)


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown scenario 'severed-2062'"):
        bind(tmp_path, 'parent = "severed-2062"')


def test_a_child_works_on_what_its_parent_left(tmp_path: Path) -> None:
    text = """id = "slower"\ntitle = "Slower"\ndate = 2026-11-01\nparent = "modernised"
[[rates]]\nitem = "run-prk"\nmeasure = "hours"\nscale = 0.5\n"""
    path = tmp_path / "slower.toml"
    path.write_text(text, encoding="utf-8")
    card = study().at(path).world.card
    parent = study("modernised").world.card
    at = card.position["run-prk"]
    assert card.base[at, 1] == pytest.approx(parent.base[at, 1] / 2)
    assert card.assumed[at, 1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[legal]]\nlink = "crossing:nowhere"\nstatus = "permitted"\nnote = "x"', "nowhere"),
        (
            (
                '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = 1.0\n'
                '[[rates]]\nitem = "haul-rus"\nmeasure = "money"\nset = 2.0'
            ),
            "haul-rus money stands twice",
        ),
    ],
)
def test_a_slip_is_never_passed_over(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        bind(tmp_path, PARENT + text)


def test_a_date_is_a_day(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('id = "odd"\ntitle = "Odd"\ndate = "some day"\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match="date expects a day"):
        load_scenario(study().atlas, path)


def test_every_link_of_the_network_can_be_named() -> None:
    assert set(study().network.links) <= LinkBook(study().atlas).known


def _digest(**parts: Any) -> str:
    said: dict[str, Any] = {
        "scenario_id": "x",
        "title": "X",
        "date": "2026-01-01",
        "description": "",
    }
    return Scenario(**{**said, **parts}).digest


def test_a_digest_is_of_what_a_scenario_does_and_not_of_its_words() -> None:
    once = _digest(steps=((("crossing:a", "sea:B-A"), ("passage:p",)),))
    assert once == _digest(
        scenario_id="y", title="Y", steps=((("sea:A-B", "crossing:a"), ()), ((), ("passage:p",)))
    )
    assert once != _digest(steps=((("crossing:a", "sea:A-B"), ()),))
    assert once != _digest(date="2026-02-01", steps=((("crossing:a", "sea:A-B"), ("passage:p",)),))


def test_a_line_opened_after_its_part_is_closed_is_another_world_than_before_it() -> None:
    first = _digest(steps=(((), ("part:l/1",)), (("line:l",), ())))
    assert first == _digest(steps=((("line:l",), ()),))
    assert first != _digest(steps=((("line:l",), ()), ((), ("part:l/1",))))


def test_a_set_rate_makes_edits_before_it_forgotten_and_a_scaled_one_does_not() -> None:
    key = ("haul-rus", "money")
    half, set_to_2 = RateEdit(scale=0.5), RateEdit(set=2.0)
    assert _digest(rates=({key: half}, {key: set_to_2})) == _digest(rates=({key: set_to_2},))
    assert _digest(rates=({key: half}, {key: half})) != _digest(rates=({key: half},))
    assert _digest(rates=({key: RateEdit(set=0.0)},)) != _digest()
