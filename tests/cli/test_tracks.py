"""The verbs of zones and tracks: what is asked for is what is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import geo.study
from geo.cli.main import app
from tests.worlds import study

if TYPE_CHECKING:
    from typer.testing import Result

    from geo.study import Study


@pytest.fixture(autouse=True)
def _shared_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the verbs use the studies of all tests: the network is built once."""

    def shared(scenario: str = "severed-2026", *, goods: str = "general", **_: object) -> Study:
        return study(scenario).carrying(goods)

    monkeypatch.setattr(geo.study, "Study", shared)


def crescent(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("verb", ["zones", "tracks"])
def test_help_has_an_example_and_json(verb: str) -> None:
    text = crescent(verb, "--help").output
    assert "Example: crescent " + verb in text
    assert "--json" in text


def test_a_path_as_json_with_a_rate_of_the_users_own() -> None:
    done = crescent(
        *("tracks", "--path", "stalled", "--pairs", "Gaesong:Seoul", "--json"),
        *("--set", "road-border-gyeongui:hours=9"),
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["path"] == "stalled"
    hours = [cell["pairs"][0]["hours"] for cell in told["cells"]]
    assert hours[1] > 9
    assert hours[1] == hours[2] == hours[4]


def test_levels_as_json() -> None:
    told = json.loads(crescent("tracks", "--levels", "--json").stdout)
    assert {level["axis"] for level in told} >= {"sanctions", "integration", "passage"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pairs", "Gaesong"), "ORIGIN:DESTINATION"),
        (("--set", "road-border-gyeongui=4"), "ITEM:MEASURE=VALUE"),
        (("--set", "road-border-gyeongui:hours=long"), "ITEM:MEASURE=VALUE"),
        (("--passage", "7"), "passage has no level 7"),
    ],
)
def test_a_slip_is_named(words: tuple[str, ...], said: str) -> None:
    done = crescent("tracks", *words)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_a_zone_as_json() -> None:
    done = crescent("zones", "Kaesong Industrial Complex", "--scenario", "reopened", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["zone"] == "gaesong"
