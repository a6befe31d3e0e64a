"""Scenarios: states of the world, written as differences from a parent in TOML.

Bound to a network and a rate card, a scenario is a set of closed links and an edited card.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import pandas as pd
from rapidfuzz import process

from geo.errors import ScenarioError
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

__all__ = ["Scenario", "World", "actual_closures", "describe_link", "load_scenario"]


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

    def bind(self, atlas: Atlas, network: Network, card: RateCard) -> World:
        """Apply the scenario to a network and a rate card.

        Raises
        ------
        ScenarioError
            If it names a link or an item that is not there, or makes a rate negative.
        """
        known = _known_links(atlas)
        reasons = actual_closures(atlas)
        for opened, closed in self.steps:
            for link in _expanded(opened, known, self.scenario_id):
                reasons.pop(link, None)
            for link in _expanded(closed, known, self.scenario_id, whole=True):
                reasons.setdefault(
                    link, f"{describe_link(link, atlas)} closed in {self.scenario_id}"
                )
        edited = card
        try:
            for edits in self.rates:
                edited = edited.edited(edits)
        except ScenarioError as error:
            msg = f"scenario {self.scenario_id!r}: {error}"
            raise ScenarioError(msg) from error
        return World(self, reasons, network.closed_arcs(frozenset(reasons)), edited)


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
    """

    scenario: Scenario
    closures: Mapping[str, str]
    closed: NDArray[np.bool_]
    card: RateCard


def load_scenario(atlas: Atlas, name: str | Path) -> Scenario:
    """Read a scenario and its parents.

    Parameters
    ----------
    atlas : Atlas
    name : str or Path
        The id of a scenario that ships, or the path of a TOML file.

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
    known = _known_links(atlas)
    for file in lineage:
        for links in (file.opened, file.closed, tuple(file.legal)):
            _expanded(links, known, file.scenario_id)
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


def actual_closures(atlas: Atlas) -> dict[str, str]:
    """Return every link that cannot be used today, with the reason.

    Links are crossings, ports and parts of lines whose status is not `open`, lines that carry no
    freight, and passages that ships do not take unless a scenario opens them.
    """
    closures: dict[str, str] = {}
    for table, key, kind in (
        ("crossings", "crossing_id", "crossing"),
        ("ports", "place_id", "port"),
    ):
        frame = getattr(atlas, table)
        for row in frame[frame["actual_status"] != "open"].to_dict("records"):
            since = row.get("actual_from")
            when = "" if since is None or pd.isna(since) else f" since {since}"
            link = f"{kind}:{row[key]}"
            closures[link] = f"{describe_link(link, atlas)} {row['actual_status']}{when}"
    for row in atlas.passages[atlas.passages["default"] == "closed"].to_dict("records"):
        closures[f"passage:{row['passage_id']}"] = f"{row['name']} closed by default"
    for row in atlas.lines[~atlas.lines["freight"].astype(bool)].to_dict("records"):
        closures[f"line:{row['line_id']}"] = f"{row['name']} carries no freight"
    stations = atlas.line_stations
    before = stations.groupby("line_id")["place_id"].shift()
    for row, previous in zip(stations.to_dict("records"), before, strict=True):
        if pd.isna(previous) or pd.isna(row["status"]) or row["status"] in {"open", ""}:
            continue
        status = {"building": "under construction"}.get(row["status"], row["status"])
        part = f"{row['line_id']}/{row['order']}"
        closures[f"part:{part}"] = f"{_describe_part(part, atlas)} {status}"
    return closures


def describe_link(link: str, atlas: Atlas) -> str:
    """Return a link in words."""
    kind, _, key = link.partition(":")
    tables = {
        "crossing": (atlas.crossings, "crossing_id", "border crossing {}"),
        "passage": (atlas.passages, "passage_id", "passage {}"),
        "port": (atlas.places, "place_id", "port of {}"),
        "line": (atlas.lines, "line_id", "{} line"),
        "service": (atlas.services, "service_id", "service {}"),
    }
    if kind in tables:
        frame, column, words = tables[kind]
        found = frame.loc[frame[column] == key, "name"]
        if len(found):
            return words.format(found.iat[0])
    if kind == "part":
        return _describe_part(key, atlas)
    words_of = {
        "transit": f"transit through {key}",
        "state": f"railways of {key}",
        "sea": f"direct ships between {' and '.join(key.split('-'))}",
    }
    return words_of.get(kind, link)


def _describe_part(key: str, atlas: Atlas) -> str:
    """Return a part of a line, `LINE/ORDER`, in words."""
    line_id, _, order = key.partition("/")
    stations = atlas.line_stations[atlas.line_stations["line_id"] == line_id]
    names = atlas.places.set_index("place_id")["name"]
    end = int((stations["order"].astype(str) == order).to_numpy().argmax())
    first, last = stations["place_id"].iloc[end - 1], stations["place_id"].iloc[end]
    line = atlas.lines.set_index("line_id")["name"][line_id]
    return f"{line} between {names[first]} and {names[last]}"


def _known_links(atlas: Atlas) -> set[str]:
    """Return every link that can be opened or closed, whether an arc has it or not."""
    shores = set(atlas.states["iso3"])
    parts = atlas.line_stations
    return {
        *("passage:" + atlas.passages["passage_id"]),
        *("crossing:" + atlas.crossings["crossing_id"]),
        *("line:" + atlas.lines["line_id"]),
        *("port:" + atlas.ports["place_id"]),
        *("arrive:" + atlas.ports["place_id"]),
        *("service:" + atlas.services["service_id"]),
        *("lane:" + atlas.lanes["lane_rate_id"]),
        *("regime:" + atlas.border_regimes["regime_id"]),
        *("part:" + parts["line_id"] + "/" + parts["order"].astype(str)),
        *("transit:" + atlas.states["iso3"]),
        *("state:" + atlas.states["iso3"]),
        *(f"sea:{a}-{b}" for a, b in combinations_with_replacement(sorted(shores), 2)),
    }


def _expanded(
    links: Sequence[str], known: set[str], scenario_id: str, *, whole: bool = False
) -> tuple[str, ...]:
    """Check links, and let a line stand for its parts too.

    Opening a line opens all of its parts; closing it (`whole`) needs the line only.
    """
    expanded: list[str] = []
    for link in links:
        if link.startswith("sea:"):
            link = "sea:" + "-".join(sorted(link.removeprefix("sea:").split("-")))  # noqa: PLW2901
        if link not in known:
            near = process.extract(link, sorted(known), limit=3)
            hint = ", ".join(match[0] for match in near)
            msg = f"scenario {scenario_id!r} names the unknown link {link!r}; nearest: {hint}"
            raise ScenarioError(msg)
        expanded.append(link)
        if link.startswith("line:") and not whole:
            parts = f"part:{link.removeprefix('line:')}/"
            expanded += sorted(name for name in known if name.startswith(parts))
    return tuple(expanded)
