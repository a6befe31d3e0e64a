"""Scenarios: states of the world, written as differences from a parent in TOML.

Bound to a network and a rate card, a scenario is a set of closed links and an edited card.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from geo.atlas.nearest import nearest_words
from geo.errors import ScenarioError
from geo.links import LinkBook
from geo.network.lanes import superseded_lanes
from geo.network.services import superseded_services
from geo.scenario_file import ScenarioFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.costing import RateCard, RateEdit
    from geo.network import Network
    from geo.scenario_file import LegalNote

__all__ = ["Scenario", "World", "load_scenario"]


@dataclass(frozen=True)
class Scenario:
    """A state of the world, with what its parents say already applied.

    Attributes
    ----------
    scenario_id, title, date, description : str
        The date is ISO 8601: the day on which this state of the world holds.
    parent : str
        The scenario that this one differs from ("" for none).
    steps : tuple of (opened, closed)
        Links to open and then to close, from the first ancestor to this scenario.
    rates : tuple of mappings (item, measure) -> RateEdit
        Edits of the rate card, from the first ancestor to this scenario: each works on what the
        one before it left.
    legal : mapping link -> LegalNote
    source_ids : tuple of str
    lifted : tuple of str
        Ids of `trade_bans.csv` that do not bind in it.
    """

    scenario_id: str
    title: str
    date: str
    description: str
    parent: str = ""
    steps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    rates: tuple[Mapping[tuple[str, str], RateEdit], ...] = ()
    legal: Mapping[str, LegalNote] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of what the scenario does, whatever it is called and however it was written.

        It covers the date, the links as they stand in the end, every edit of a rate that counts,
        and the law; not the titles and the parents. Hexadecimal.
        """
        links: dict[str, str] = {}
        for opened, closed in self.steps:
            for link in opened:
                # Opening a line opens its parts, whatever was said of them before.
                parts = f"part:{link.removeprefix('line:')}/" if link.startswith("line:") else "\n"
                links = {name: now for name, now in links.items() if not name.startswith(parts)}
                links[_in_order(link)] = "open"
            links |= dict.fromkeys(map(_in_order, closed), "closed")
        edits: dict[str, list[dict[str, object]]] = {}
        for step in self.rates:
            for key, edit in step.items():
                before = edits.setdefault(" ".join(key), [])
                if edit.scale is None:
                    before.clear()
                before.append(asdict(edit))
        law = {link: (note.status, note.note) for link, note in self.legal.items()}
        said = {"date": self.date, "links": links, "rates": edits, "law": law}
        if self.lifted:
            said["lifted"] = sorted(self.lifted)
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def closures(self, links: LinkBook) -> dict[str, str]:
        """Return every link that is closed in it, with the words that an error uses.

        Raises
        ------
        ScenarioError
            If it names a link that is not there.
        """
        known = links.known
        reasons = dict(links.actual_closures)
        for opened, closed in self.steps:
            for link in _expanded(opened, known, self.scenario_id):
                reasons.pop(link, None)
            for link in _expanded(closed, known, self.scenario_id, whole=True):
                reasons.setdefault(link, f"{links.words(link)} closed in {self.scenario_id}")
        return reasons

    def bind(
        self, atlas: Atlas, network: Network, card: RateCard, *, links: LinkBook | None = None
    ) -> World:
        """Apply the scenario to a network and a rate card.

        A book of the atlas's links saves reading it again, where many scenarios are bound.

        Raises
        ------
        ScenarioError
            If it names a link or an item that is not there, or makes a rate negative.
        """
        links = links or LinkBook(atlas)
        reasons = self.closures(links)
        reasons |= superseded_lanes(atlas.lanes, self.date)
        reasons |= superseded_services(atlas.services, self.date)
        edited = card
        try:
            for edits in self.rates:
                edited = edited.edited(edits)
        except ScenarioError as error:
            msg = f"scenario {self.scenario_id!r}: {error}"
            raise ScenarioError(msg) from error
        return World(self, reasons, network.closed_arcs(frozenset(reasons)), edited, links)


@dataclass(frozen=True, eq=False)
class World:
    """A scenario bound to a network and a rate card.

    Attributes
    ----------
    scenario : Scenario
    closures : mapping link -> reason
        Every closed link, with the words that an error uses.
    closed : bool[arcs]
        Arcs that have a closed link.
    card : RateCard
    links : LinkBook
        All that can be open or closed, and how it is today.
    """

    scenario: Scenario
    closures: Mapping[str, str]
    closed: NDArray[np.bool_]
    card: RateCard
    links: LinkBook


def load_scenario(atlas: Atlas, name: str | Path, *, links: LinkBook | None = None) -> Scenario:
    """Read a scenario and its parents.

    Parameters
    ----------
    atlas : Atlas
    name : str or Path
        The id of a scenario that ships, or the path of a TOML file.
    links : LinkBook, optional
        The atlas's links, which saves reading them again.

    Raises
    ------
    UnknownNameError
        If there is no such scenario.
    ScenarioError
        If a file is not valid TOML, has a key that means nothing, or is its own ancestor.
    """
    lineage: list[ScenarioFile] = []
    wanted: str | Path = name
    while wanted:
        file = ScenarioFile.find(atlas, wanted)
        names = [one.scenario_id for one in reversed(lineage)]
        if file.scenario_id in names:
            msg = (
                f"scenario {file.scenario_id!r} is its own ancestor: "
                f"{' -> '.join([*names, file.scenario_id])}"
            )
            raise ScenarioError(msg)
        _check_sources(file, atlas)
        lineage.insert(0, file)
        wanted = file.parent
    known = (links or LinkBook(atlas)).known
    for file in lineage:
        for named in (file.opened, file.closed, tuple(file.legal)):
            _expanded(named, known, file.scenario_id)
    own = lineage[-1]
    return Scenario(
        scenario_id=own.scenario_id,
        title=own.title,
        date=own.date,
        description=own.description,
        parent=own.parent,
        steps=tuple((file.opened, file.closed) for file in lineage),
        rates=tuple(file.rates for file in lineage if file.rates),
        legal={link: note for file in lineage for link, note in file.legal.items()},
        source_ids=own.source_ids,
    )


def _check_sources(file: ScenarioFile, atlas: Atlas) -> None:
    """Refuse a source that the table of sources does not have."""
    cited = [*file.source_ids]
    cited += [source for edit in file.rates.values() for source in edit.source_ids]
    cited += [source for note in file.legal.values() for source in note.source_ids]
    lost = set(cited) - set(atlas.sources["source_id"])
    if lost:
        msg = f"scenario {file.scenario_id!r} cites {min(lost)!r}, which data/sources.csv lacks"
        raise ScenarioError(msg)


def _in_order(link: str) -> str:
    """Return a link between two states' seas with its ends in order; any other as it is."""
    if link.startswith("sea:"):
        return "sea:" + "-".join(sorted(link.removeprefix("sea:").split("-")))
    return link


def _expanded(
    links: Sequence[str], known: frozenset[str], scenario_id: str, *, whole: bool = False
) -> tuple[str, ...]:
    """Check links, and let a line stand for its parts too.

    Opening a line opens all of its parts; closing it (`whole`) needs the line only.
    """
    expanded: list[str] = []
    for link in links:
        link = _in_order(link)  # noqa: PLW2901
        if link not in known:
            hint = nearest_words(link, sorted(known))
            msg = f"scenario {scenario_id!r} names the unknown link {link!r}{hint}"
            raise ScenarioError(msg)
        expanded.append(link)
        if link.startswith("line:") and not whole:
            parts = f"part:{link.removeprefix('line:')}/"
            expanded += sorted(name for name in known if name.startswith(parts))
    return tuple(expanded)
