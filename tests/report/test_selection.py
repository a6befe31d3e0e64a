"""Words that stand for several places or corridors."""

from __future__ import annotations

import pytest

from geo.atlas import Atlas
from geo.errors import UnknownNameError, UsageError
from geo.report.selection import select_corridors, select_places, select_scenarios
from tests.fakes import FakeAtlas


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("zones", ("gaesong",)),
        ("crescent", ("tashkent", "hanoi")),
        ("europe", ("rotterdam",)),
        ("Busan, moscow", ("busan", "moscow")),
        ("zones,busan,GAESONG", ("gaesong", "busan")),
        ("127.0,37.5", ("127.0,37.5",)),
    ],
)
def test_places(text: str, places: tuple[str, ...]) -> None:
    assert select_places(FakeAtlas(), text) == places  # type: ignore[arg-type]  # a fake


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean Busan"):
        select_places(FakeAtlas(), "busn")  # type: ignore[arg-type]  # a fake


def test_nothing_named_is_refused() -> None:
    with pytest.raises(UsageError, match="no place is named"):
        select_places(FakeAtlas(), " , ")  # type: ignore[arg-type]  # a fake


@pytest.mark.parametrize(
    ("text", "corridors"),
    [
        (None, ("best",)),
        ("all", ("best", "tkr-tsr", "sea-suez")),
        ("sea-suez, tkr-tsr", ("sea-suez", "tkr-tsr")),
    ],
)
def test_corridors(text: str | None, corridors: tuple[str, ...]) -> None:
    assert select_corridors(FakeAtlas(), text) == corridors  # type: ignore[arg-type]  # a fake


def test_all_stands_for_every_scenario_that_ships() -> None:
    atlas = Atlas()
    shipped = select_scenarios(atlas, ["all"])
    assert shipped[0] == "severed-2026"
    assert {f"{name}.toml" for name in shipped} == {
        path.name for path in (atlas.root / "scenarios").iterdir()
    }
    assert select_scenarios(atlas, ["reopened", "all", "mine.toml"])[:2] == (
        "reopened",
        "severed-2026",
    )
    assert select_scenarios(atlas, ["reopened", "mine.toml"]) == ("reopened", "mine.toml")
