"""Levels: sanctions, integration and the three tongs, each a ladder of dated states of things.

A level lists the links, goods, laws and border items that it changes, and nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.atlas import ids_of, text_of
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.atlas import Atlas

__all__ = ["AXES", "TONGS", "Change", "Ladders", "Level"]

AXES = ("sanctions", "integration", "passage", "customs", "communications")
"""What can be moved; a higher rank is more open."""

TONGS = AXES[2:]
"""The three tongs between the two Koreas: passage, customs and communications."""


@dataclass(frozen=True)
class Change:
    """One thing that a level changes.

    Attributes
    ----------
    change : str
        open, close, hours, legal, goods, lift, treatment, or unknown where nobody has published
        a figure from before and after.
    target : str
        The link, item, goods, ban or state.
    setting : str
        Status or treatment that holds then ("" for the other changes).
    value, low, high : float
        Hours per unit of the item; NaN for the other changes.
    confidence : str
    source_ids : tuple of str
    note : str
    """

    change: str
    target: str
    setting: str
    value: float
    low: float
    high: float
    confidence: str
    source_ids: tuple[str, ...]
    note: str

    @classmethod
    def from_row(cls, row: Mapping[Any, Any]) -> Change:
        """Return the change of a row of `level_changes.csv`."""
        return cls(
            change=str(row["change"]),
            target=str(row["target"]),
            setting=text_of(row["setting"]),
            value=float(row["value"]),
            low=float(row["low"]),
            high=float(row["high"]),
            confidence=text_of(row["confidence"]),
            source_ids=ids_of(row["source_ids"]),
            note=text_of(row["note"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        figures = (("value", self.value), ("low", self.low), ("high", self.high))
        return {
            "change": self.change,
            "target": self.target,
            "setting": self.setting or None,
            **{name: None if math.isnan(figure) else figure for name, figure in figures},
            "confidence": self.confidence or None,
            "source_ids": list(self.source_ids),
            "note": self.note,
        }


@dataclass(frozen=True)
class Level:
    """One rung of an axis.

    Attributes
    ----------
    level_id, axis : str
    rank : int
        From 0; a higher one is more open.
    title, description : str
    includes : tuple of str
        Levels of the tongs that it brings with it.
    source_ids : tuple of str
    changes : tuple of Change
    """

    level_id: str
    axis: str
    rank: int
    title: str
    description: str
    includes: tuple[str, ...]
    source_ids: tuple[str, ...]
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "level": self.level_id,
            "axis": self.axis,
            "rank": self.rank,
            "title": self.title,
            "description": self.description,
            "includes": list(self.includes),
            "changes": [change.to_dict() for change in self.changes],
            "source_ids": list(self.source_ids),
        }


@dataclass(frozen=True)
class Ladders:
    """The levels of every axis, by rank.

    Attributes
    ----------
    by_axis : dict, axis -> tuple of Level
    """

    by_axis: dict[str, tuple[Level, ...]]

    @classmethod
    def of(cls, atlas: Atlas) -> Ladders:
        """Read `levels.csv` and `level_changes.csv`."""
        changes: dict[str, list[Change]] = {}
        for row in atlas.level_changes.to_dict("records"):
            changes.setdefault(str(row["level_id"]), []).append(Change.from_row(row))
        rungs: dict[str, list[Level]] = {axis: [] for axis in AXES}
        for row in atlas.levels.sort_values("rank").to_dict("records"):
            rungs[row["axis"]].append(
                Level(
                    level_id=str(row["level_id"]),
                    axis=str(row["axis"]),
                    rank=int(row["rank"]),
                    title=str(row["title"]),
                    description=str(row["description"]),
                    includes=ids_of(row["includes"]),
                    source_ids=ids_of(row["source_ids"]),
                    changes=tuple(changes.get(str(row["level_id"]), ())),
                )
            )
        return cls({axis: tuple(levels) for axis, levels in rungs.items()})

    def level(self, axis: str, rank: int) -> Level:
        """Return a level.

        Raises
        ------
        UsageError
            If the axis or the rank is none.
        """
        if axis not in self.by_axis:
            msg = f"unknown axis {axis!r}; one of {', '.join(AXES)}"
            raise UsageError(msg)
        levels = self.by_axis[axis]
        if not 0 <= rank < len(levels):
            names = ", ".join(f"{level.rank} {level.title.lower()}" for level in levels)
            msg = f"{axis} has no level {rank}; it has {names}"
            raise UsageError(msg)
        return levels[rank]

    def tongs_at(self, integration: int) -> dict[str, Level]:
        """Return the levels of the tongs that a level of integration brings with it."""
        named = {level.level_id: level for axis in TONGS for level in self.by_axis[axis]}
        brought = (
            named[level_id]
            for level in self.by_axis["integration"][: integration + 1]
            for level_id in level.includes
        )
        return {level.axis: level for level in brought}
