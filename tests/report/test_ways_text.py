"""Several ways told in the terminal: what sets each apart, and which is the least."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from geo.report.ways_text import way_words, ways_view
from geo.route import Way
from tests.fakes import route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.route import Route

NORTH = ("Sinuiju - Dandong (Friendship bridge)", "Zabaikalsk - Manzhouli")


def way(gates: tuple[str, ...], mark: str = "", *, usd: float = 3000.0) -> Route:
    return replace(route(usd=usd), way=Way(gates, mark, 0.37))


def told(routes: Sequence[Route], *, criteria: Sequence[str] = (), width: int = 120) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, highlight=False, color_system=None)
    console.print(ways_view(routes, criteria=criteria, width=width))
    return file.getvalue()


def test_the_first_of_the_same_gates_names_them_and_others_what_differs() -> None:
    ways = [
        way(NORTH),
        way(("ship Busan-Vladivostok",)),
        way(NORTH, "by Jingha Line (Beijing - Harbin)"),
        way(NORTH),
        way((), "by Gyeongbu Line"),
        way(()),
    ]
    assert way_words(ways) == [
        "Sinuiju–Dandong · Zabaikalsk–Manzhouli",
        "ship Busan-Vladivostok",
        "as 1, by Jingha Line",
        "as 1, on other track",
        "by Gyeongbu Line",
        "as 5, on other track",
    ]


def test_alternatives_have_a_row_each_with_their_figures() -> None:
    text = told([way(NORTH), replace(way(("ship Busan-Dalian",)), physical_status="hypothetical")])
    assert "Busan → Moscow   reopened   2 ways that differ" in text
    assert "In the order of choice, by generalised: known freight lines are preferred" in text
    for cell in ("3\u202f000", "10.0 d", "37 %", "hypothetical", "ship Busan-Dalian"):
        assert cell in text
    assert "indicative" not in text


def test_a_front_says_what_it_promises() -> None:
    text = told([way(NORTH), way(())], criteria=("hours", "money", "co2"))
    assert "2 ways that no other beats in hours, money and CO₂" in text
    assert "By hours, ascending." in text
    assert "to within 0.1 %" in text


def test_an_indicative_total_is_explained() -> None:
    found = replace(route(usd=1000.0, assumed_usd=1000.0), way=Way(NORTH, "", 1.0))
    text = told([found])
    assert "1 way" in text
    assert "≈ indicative" in text


def test_a_narrow_terminal_gets_fewer_figures() -> None:
    narrow = told([way(NORTH)], width=80)
    assert "low–high" not in narrow
    assert "low–high" in told([way(NORTH)])
    assert max(map(len, narrow.splitlines())) <= 80


def test_the_least_of_each_column_is_marked() -> None:
    file = io.StringIO()
    console = Console(file=file, width=120, highlight=False, force_terminal=True)
    console.print(ways_view([way(NORTH, usd=3000.0), way((), usd=2000.0)]))
    bold_green = r"\x1b\[1;32m *"
    assert re.search(f"{bold_green}2\u202f000", file.getvalue())
    assert not re.search(f"{bold_green}3\u202f000", file.getvalue())


def test_points_of_a_front_that_hardly_differ_are_one_row() -> None:
    ways = [
        way(NORTH, usd=3000.0),
        way(("ship Busan-Vladivostok",), usd=3010.0),
        way(("ship Busan-Nakhodka",), usd=3020.0),
        way(("ship Busan-Dalian",), usd=3100.0),
    ]
    front = told(ways, criteria=("money", "hours"), width=200)
    assert "(and 2 more within 1 %)" in " ".join(front.split())
    assert "ship Busan-Vladivostok" not in front
    assert re.search(r"^ *4  ship Busan-Dalian", front, re.MULTILINE)
    # Alternatives are those that were asked for, each of them.
    assert "ship Busan-Vladivostok" in told(ways)


def test_a_row_that_others_are_told_by_is_shown() -> None:
    ways = [
        way(("ship Busan-Dalian",), usd=3000.0),
        way(NORTH, usd=3010.0),
        way(NORTH, "with boxes lifted at A", usd=3200.0),
    ]
    front = told(ways, criteria=("money", "hours"))
    assert "as 2, with boxes lifted at A" in front
    assert "Sinuiju–Dandong" in front
