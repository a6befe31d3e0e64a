"""Two tracks: sanctions against integration, each cell of the grid a scenario with its costs.

What a cell does is the sum of what its levels list; no magnitude comes from a bare multiplier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.analysis.levels import TONGS, Ladders
from geo.costing import RateEdit
from geo.costing.rates import weakest
from geo.errors import UnknownNameError, UsageError
from geo.links import LinkBook
from geo.scenario import load_scenario
from geo.scenario_file import DEFAULT_SCENARIO, LegalNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.analysis.levels import Change, Level
    from geo.atlas import Atlas
    from geo.outcome import Outcome
    from geo.scenario import Scenario
    from geo.study import Study

__all__ = [
    "DEFAULT_PAIRS",
    "MODES",
    "Cell",
    "CellCosts",
    "Pair",
    "Step",
    "compose",
    "path_steps",
    "two_track",
]

MODES = ("rail", "sea", "road")
"""The zone's trade went by road: it is allowed throughout, and not only to terminals."""

NORTH = "PRK"
"""Whose exports the Security Council bars."""

Edits = Mapping[tuple[str, str], RateEdit]


@dataclass(frozen=True)
class Pair:
    """Two places to be costed in every cell.

    Attributes
    ----------
    origin, destination : str
        Any name of a place, its id, or `lon,lat`.
    modes : tuple of str
        Of rail, sea and road.
    """

    origin: str
    destination: str
    modes: tuple[str, ...] = MODES


DEFAULT_PAIRS = (
    Pair("gaesong", "seoul"),
    Pair("gaesong", "los-angeles"),
    Pair("busan", "moscow", ("rail", "sea")),
)
"""The zone to Seoul and to the United States, and the Iron Silk Road, which is a railway."""


@dataclass(frozen=True)
class Cell:
    """A state of sanctions, integration and the three tongs.

    Attributes
    ----------
    sanctions, integration : int
        Ranks of the two tracks.
    levels : tuple of Level
        All that are in force, from the first on.
    scenario : Scenario
        What they make of the state of the world of 2026.
    treatment : str
        How the United States treat goods of the zones: banned, column-2, mfn or korus.
    barred : tuple of str
        Goods that the Security Council bars.
    unchanged : tuple of str
        What a level would change if anybody had published by how much.
    """

    sanctions: int
    integration: int
    levels: tuple[Level, ...]
    scenario: Scenario
    treatment: str
    barred: tuple[str, ...]
    unchanged: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "sanctions": self.sanctions,
            "integration": self.integration,
            "scenario": self.scenario.scenario_id,
            "levels": [level.level_id for level in self.levels],
            "treatment_in_usa": self.treatment,
            "goods_barred_by_un": list(self.barred),
            "bans_lifted": list(self.scenario.lifted),
            "unchanged_for_want_of_evidence": list(self.unchanged),
        }


@dataclass(frozen=True, eq=False)
class CellCosts:
    """A cell, and what became of each pair of places in it.

    Attributes
    ----------
    cell : Cell
    outcomes : tuple of Outcome
        In the order of the pairs.
    """

    cell: Cell
    outcomes: tuple[Outcome, ...]

    def law_of(self, outcome: Outcome) -> str:
        """Return what the law says of a way in this cell, with that of the goods in the box.

        "" where there is no way.
        """
        if outcome.route is None:
            return ""
        barred = outcome.route.goods.goods_id in self.cell.barred
        return (
            "prohibited" if barred and outcome.origin.iso3 == NORTH else outcome.route.legal_status
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        pairs = [_outcome_dict(one) | {"legal_status": self.law_of(one)} for one in self.outcomes]
        return self.cell.to_dict() | {"pairs": pairs}


@dataclass(frozen=True)
class Step:
    """A step of a path through the grid.

    Attributes
    ----------
    path : str
    step : int
        Steps since the start; how long one takes is not known.
    sanctions, integration : int
    """

    path: str
    step: int
    sanctions: int
    integration: int


def compose(  # noqa: PLR0913 - an axis each
    atlas: Atlas,
    *,
    sanctions: int = 0,
    integration: int = 0,
    passage: int | None = None,
    customs: int | None = None,
    communications: int | None = None,
    edits: Edits | None = None,
) -> Cell:
    """Make the scenario of a cell from the levels that are in force in it.

    Parameters
    ----------
    atlas : Atlas
    sanctions, integration : int
        Ranks on the two tracks: each level holds what the lower ones opened.
    passage, customs, communications : int, optional
        Ranks of the three tongs; by default those that the level of integration brings.
    edits : mapping (item, measure) -> RateEdit, optional
        Rates that the user sets, in the place of what levels say.

    Returns
    -------
    Cell

    Raises
    ------
    UsageError
        If an axis has no such rank.

    Notes
    -----
    Hours that several axes give to one item (the wait to pass, the customs) are added up, and so
    are their ranges; the item is as uncertain as the least certain of them.
    """
    ladders = Ladders.of(atlas)
    tracks = {"sanctions": sanctions, "integration": integration}
    tops = [ladders.level(axis, rank) for axis, rank in tracks.items()]
    levels = [level for top in tops for level in ladders.by_axis[top.axis][: top.rank + 1]]
    tongs = ladders.tongs_at(integration)
    for axis, own in zip(TONGS, (passage, customs, communications), strict=True):
        if own is not None:
            tongs[axis] = ladders.level(axis, own)
    levels += [tongs[axis] for axis in TONGS if axis in tongs]
    goods = {change.target: change.setting for _, change in _changes(levels, "goods")}
    treatments = [change.setting for _, change in _changes(levels, "treatment")]
    return Cell(
        sanctions=sanctions,
        integration=integration,
        levels=tuple(levels),
        scenario=_scenario(atlas, tracks, levels, edits or {}),
        treatment=treatments[-1],
        barred=tuple(sorted(name for name, status in goods.items() if status == "prohibited")),
        unchanged=tuple(
            f"{level.title}: {change.target}"
            for level, change in _changes(levels, "unknown")
            if (change.target, "hours") not in (edits or {})
        ),
    )


def path_steps(atlas: Atlas, path: str) -> tuple[Step, ...]:
    """Return the steps of a path: parallel, sequential or stalled.

    Raises
    ------
    UnknownNameError
        If there is no such path.
    """
    rows = atlas.track_paths
    known = list(dict.fromkeys(rows["path"]))
    if path not in known:
        kind = "path"
        raise UnknownNameError(kind, path, known)
    return tuple(
        Step(path, int(row["step"]), int(row["sanctions"]), int(row["integration"]))
        for row in rows[rows["path"] == path].sort_values("step").to_dict("records")
    )


def two_track(
    study: Study,
    pairs: Sequence[Pair],
    cells: Iterable[Cell],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[CellCosts, ...]:
    """Cost some pairs of places in each of some cells.

    Parameters
    ----------
    study : Study
        Gives data, network, goods and objective; its own scenario does not count.
    pairs : sequence of Pair
    cells : iterable of Cell
    progress : callable, optional
        Called with (done, all) after each cell.

    Returns
    -------
    tuple of CellCosts
        One a cell, in their order. Cells that open the same links at the same rates and under
        the same law share their outcomes.

    Raises
    ------
    UsageError
        If there is no pair.
    UnknownNameError
        If a place is unknown.
    """
    if not pairs:
        msg = "two tracks need at least one pair of places, such as Gaesong:Seoul"
        raise UsageError(msg)
    asked = list(cells)
    known: dict[str, tuple[Outcome, ...]] = {}
    found = []
    for done, cell in enumerate(asked, start=1):
        if cell.scenario.digest not in known:
            known[cell.scenario.digest] = _costs(study.at(cell.scenario), pairs)
        found.append(CellCosts(cell, known[cell.scenario.digest]))
        if progress is not None:
            progress(done, len(asked))
    return tuple(found)


def _costs(study: Study, pairs: Sequence[Pair]) -> tuple[Outcome, ...]:
    """Ask for each pair, an origin and its modes at a time."""
    by_pair: dict[Pair, Outcome] = {}
    for origin, modes in dict.fromkeys((pair.origin, pair.modes) for pair in pairs):
        same = [pair for pair in pairs if (pair.origin, pair.modes) == (origin, modes)]
        outcomes = study.routes([origin], [pair.destination for pair in same], modes=modes)
        if len(outcomes) != len(same):
            msg = f"a pair needs two places; {origin} is one of its own destinations"
            raise UsageError(msg)
        by_pair |= dict(zip(same, outcomes, strict=True))
    return tuple(by_pair[pair] for pair in pairs)


def _scenario(
    atlas: Atlas, tracks: Mapping[str, int], levels: Sequence[Level], edits: Edits
) -> Scenario:
    """Build the state of the world on top of that of 2026."""
    base = load_scenario(atlas, DEFAULT_SCENARIO)
    links = LinkBook(atlas)
    name = "-".join(f"{axis}-{rank}" for axis, rank in tracks.items())
    own_steps = (
        tuple(
            tuple(change.target for change in level.changes if change.change == kind)
            for kind in ("open", "close")
        )
        for level in levels
    )
    legal = {
        change.target: LegalNote(
            change.setting,
            f"{links.words(change.target)}: {change.setting} once {change.note} and these fall",
            change.source_ids,
        )
        for _, change in _changes(levels, "legal")
    }
    from_levels = _hours(levels)
    return replace(
        base,
        scenario_id=name,
        title=", ".join(level.title for level in levels if level.rank == tracks.get(level.axis)),
        description="; ".join(level.description for level in levels),
        parent=base.scenario_id,
        steps=(
            *base.steps,
            *((opened, closed) for opened, closed in own_steps if opened or closed),
        ),
        rates=(*base.rates, *(rates for rates in (from_levels, edits) if rates)),
        legal=dict(base.legal) | legal,
        source_ids=tuple(dict.fromkeys(name for level in levels for name in level.source_ids)),
        lifted=tuple(change.target for _, change in _changes(levels, "lift")),
    )


def _hours(levels: Sequence[Level]) -> dict[tuple[str, str], RateEdit]:
    """Add up what each axis gives to an item; on one axis the highest level counts."""
    parts: dict[str, dict[str, Change]] = {}
    for level, change in _changes(levels, "hours"):
        parts.setdefault(change.target, {})[level.axis] = change
    return {
        (item, "hours"): RateEdit(
            set=sum(part.value for part in by_axis.values()),
            low=sum(part.low for part in by_axis.values()),
            high=sum(part.high for part in by_axis.values()),
            source_ids=tuple(
                dict.fromkeys(s for part in by_axis.values() for s in part.source_ids)
            ),
            confidence=weakest([part.confidence for part in by_axis.values()]),
        )
        for item, by_axis in parts.items()
    }


def _changes(levels: Sequence[Level], kind: str) -> list[tuple[Level, Change]]:
    return [(level, one) for level in levels for one in level.changes if one.change == kind]


def _outcome_dict(outcome: Outcome) -> dict[str, Any]:
    route = outcome.route
    return {
        "origin": outcome.origin.name,
        "destination": outcome.destination.name,
        "usd_per_feu": None if route is None else round(route.usd_per_feu, 2),
        "hours": None if route is None else round(route.hours, 2),
        "generalised_usd_per_feu": None
        if route is None
        else round(route.generalised_usd_per_feu, 2),
        "reason": outcome.reason,
    }
