"""The maps that the browser opens, each drawn once: few questions to the data that ships."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from geo.analysis import encircle, reach
from geo.analysis.robustness import robustness
from geo.report.maps import (
    MapWords,
    MapWorld,
    corridor_map,
    criticality_map,
    difference_map,
    encirclement_map,
    reach_map,
    study_map,
)
from geo.report.study_plan import StudyAnswer, route_groups
from tests import worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.analysis import Encirclement, Reach
    from geo.analysis.robustness import Robustness
    from geo.outcome import Outcome
    from geo.route import Route

__all__ = [
    "BY_KOREA_AND_SIBERIA",
    "KINDS",
    "LIMITS_H",
    "SCENARIOS",
    "DrawnMaps",
    "differences",
    "outcomes",
    "reached",
    "ways",
    "weighed",
]

SCENARIOS = ("severed-2026", "reopened")
LIMITS_H = (72, 96, 120)
BY_KOREA_AND_SIBERIA = "Trans-Korean and Trans-Siberian"
"""What the map calls the corridor tkr-tsr."""


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Ask a few of the study's questions in both states of the world."""
    return tuple(
        one
        for scenario in SCENARIOS
        for one in worlds.study(scenario).routes(
            ["busan"], ["moscow", "rotterdam"], corridors=("best", "tkr-tsr", "sea-tsr", "sea-suez")
        )
    )


def _study() -> str:
    studies = [worlds.study(scenario) for scenario in SCENARIOS]
    return study_map(
        studies[0].layers(),
        route_groups(StudyAnswer(outcomes())),
        lines=["A few of the study's questions"],
        words=MapWords.of(studies[0].atlas),
        worlds=[
            MapWorld(one.scenario.scenario_id, one.scenario.title, one.layers()) for one in studies
        ],
    )


@cache
def ways() -> tuple[Route, ...]:
    """Ask for ways between two places that differ."""
    return tuple(worlds.study("reopened").alternatives("busan", "moscow", k=3))


def _corridor() -> str:
    return corridor_map(worlds.study("reopened"), ways())


@cache
def reached() -> Reach:
    """Ask what lies within days of a zone."""
    return reach(worlds.study("reopened"), "gaesong", measure="hours", limits=LIMITS_H)


def _reach() -> str:
    return reach_map(worlds.study("reopened"), reached())


@cache
def _encircled() -> Encirclement:
    return encircle(worlds.study("reopened"))


def _encirclement() -> str:
    return encirclement_map(worlds.study("reopened"), _encircled())


def differences() -> list[Outcome]:
    """Ask the same in both states of the world."""
    return [one for one in outcomes() if one.destination.place_id == "moscow"]


def _difference() -> str:
    found = differences()
    answers = [[one for one in found if one.scenario == scenario] for scenario in SCENARIOS]
    return difference_map([worlds.study(scenario) for scenario in SCENARIOS], answers)


@cache
def weighed() -> Robustness:
    """Ask which links matter most on one way."""
    return robustness(worlds.study("reopened"), ["busan"], ["moscow"])


def _criticality() -> str:
    return criticality_map(worlds.study("reopened"), weighed())


_DRAW: dict[str, Callable[[], str]] = {
    "study": _study,
    "corridor": _corridor,
    "reach": _reach,
    "encirclement": _encirclement,
    "difference": _difference,
    "criticality": _criticality,
}

KINDS = tuple(_DRAW)
"""The kinds of maps."""


@dataclass
class DrawnMaps:
    """Maps as files, drawn when they are first asked for.

    Attributes
    ----------
    folder
        Where they are.
    """

    folder: Path
    _files: dict[str, Path] = field(default_factory=dict)

    def draw(self, kind: str) -> str:
        """Draw a map of a kind."""
        return _DRAW[kind]()

    def file(self, kind: str) -> Path:
        """Return the file of the map of a kind."""
        if kind not in self._files:
            self._files[kind] = self.keep(kind, self.draw(kind))
        return self._files[kind]

    def keep(self, name: str, html: str) -> Path:
        """Write a page to a file of its own."""
        file = self.folder / f"{name}.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        return file
