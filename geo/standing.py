"""Standing: whether what a route uses is open today, and what the law says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.scenario import load_scenario
from geo.scenario_file import DEFAULT_SCENARIO, LEGAL_STATUSES, LegalNote, scenario_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.network import Network
    from geo.scenario import World

__all__ = ["Register", "Standing"]


@dataclass(frozen=True)
class Standing:
    """Physical and legal status of a route, with the reasons.

    Attributes
    ----------
    physical : str
        `open`, or `hypothetical` where a link is used that is not open today.
    legal : str
        `permitted`, `restricted` or `prohibited`.
    notes : tuple of str
    """

    physical: str
    legal: str
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Register:
    """What is known today of every link that is not simply open and permitted.

    Attributes
    ----------
    closures : mapping link -> reason
    legal : mapping link -> LegalNote
    bans : mapping of pairs of states -> LegalNote
        In force on the day of the scenario, whatever way the goods take.
    """

    closures: Mapping[str, str]
    legal: Mapping[str, LegalNote]
    bans: Mapping[frozenset[str], LegalNote]

    @classmethod
    def of(cls, atlas: Atlas, world: World) -> Register:
        """Read the register, with what the scenario says of the law in place of the tables."""
        legal: dict[str, LegalNote] = {}
        for table, key, kind in (
            ("crossings", "crossing_id", "crossing"),
            ("road_crossings", "crossing_id", "road-crossing"),
            ("ports", "place_id", "port"),
        ):
            for row in getattr(atlas, table).to_dict("records"):
                status = row["legal_status"]
                if pd.isna(status) or status == "permitted":
                    continue
                note = "" if pd.isna(row["legal_note"]) else str(row["legal_note"])
                link = f"{kind}:{row[key]}"
                words = f"{world.links.words(link)}: {status}" + (f" ({note})" if note else "")
                legal[link] = LegalNote(str(status), words, ())
        day = world.scenario.date
        bans = {
            frozenset((row["iso3_a"], row["iso3_b"])): LegalNote(row["status"], row["note"], ())
            for row in atlas.trade_bans.to_dict("records")
            if row["valid_from"] <= day and (pd.isna(row["valid_to"]) or day <= row["valid_to"])
            if row["ban_id"] not in world.scenario.lifted
        }
        # Today is the scenario by default: it shuts what no table has a row for, as ships between
        # the two Koreas.
        closures = world.links.actual_closures
        if DEFAULT_SCENARIO in scenario_ids(atlas):
            today = load_scenario(atlas, DEFAULT_SCENARIO, links=world.links)
            closures = today.closures(world.links)
        return cls(closures, legal | dict(world.scenario.legal), bans)

    def standing(
        self, network: Network, path: NDArray[np.int64], *, trade: frozenset[str] = frozenset()
    ) -> Standing:
        """Return the standing of a path, and of the trade between the states at its ends."""
        links = network.links_at(path)
        shut = [self.closures[link] for link in links if link in self.closures]
        law = [self.bans[trade]] if trade in self.bans else []
        law += [self.legal[link] for link in links if link in self.legal]
        strictest = max(
            (note.status for note in law), key=LEGAL_STATUSES.index, default="permitted"
        )
        physical = "hypothetical" if shut else "open"
        notes = [f"today: {reason}" for reason in shut] + [note.note for note in law]
        return Standing(physical, strictest, tuple(dict.fromkeys(notes)))
