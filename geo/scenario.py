"""Scenarios: states of the world, written as differences from a parent in TOML.

Bound to a network and a rate card, a scenario is a set of closed links and an edited card.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rapidfuzz import process

from geo.costing import RateCard, RateEdit
from geo.errors import ScenarioError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.atlas import Atlas
    from geo.network import Network

__all__ = ["LegalNote", "Scenario", "World", "actual_closures", "load_scenario", "scenario_ids"]

DEFAULT_SCENARIO = "severed-2026"

_KEYS = {
    "id",
    "title",
    "date",
    "parent",
    "description",
    "source_ids",
    "open",
    "close",
    "rates",
    "legal",
}


@dataclass(frozen=True)
class LegalNote:
    """What the law says of a link in a scenario, where it differs from the table of crossings."""

    status: str
    note: str
    source_ids: tuple[str, ...]


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
    rates : mapping (item, measure) -> RateEdit
    legal : mapping link -> LegalNote
    source_ids : tuple of str
    """

    scenario_id: str
    title: str
    date: str
    description: str
    parent: str = ""
    steps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    rates: Mapping[tuple[str, str], RateEdit] = field(default_factory=dict)
    legal: Mapping[str, LegalNote] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()

    def bind(self, atlas: Atlas, network: Network, card: RateCard) -> World:
        """Apply the scenario to a network and a rate card.

        Raises
        ------
        ScenarioError
            If it names a link or an item that is not there, or makes a rate negative.
        """
        known = set(network.links) | _table_links(atlas)
        reasons = actual_closures(atlas)
        for opened, closed in self.steps:
            for link in _expanded(opened, known, self.scenario_id):
                reasons.pop(link, None)
            for link in _expanded(closed, known, self.scenario_id, whole=True):
                reasons.setdefault(
                    link, f"{describe_link(link, atlas)} closed in {self.scenario_id}"
                )
        edited = card.edited(self.rates) if self.rates else card
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


def scenario_ids(atlas: Atlas) -> tuple[str, ...]:
    """Return the ids of the scenarios that ship, the default first."""
    found = sorted(path.stem for path in (atlas.root / "scenarios").glob("*.toml"))
    return tuple(sorted(found, key=lambda name: (name != DEFAULT_SCENARIO, name)))


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
    lineage: list[dict[str, Any]] = []
    seen: list[str] = []
    wanted: str | Path = name
    while wanted:
        content = _read(_path_of(atlas, wanted))
        if content["id"] in seen:
            loop = " -> ".join([*seen, content["id"]])
            msg = f"scenario {content['id']!r} is its own ancestor: {loop}"
            raise ScenarioError(msg)
        seen.append(content["id"])
        lineage.insert(0, content)
        wanted = content.get("parent", "")
    rates: dict[tuple[str, str], RateEdit] = {}
    legal: dict[str, LegalNote] = {}
    for content in lineage:
        rates |= {
            (edit["item"], edit["measure"]): _rate_edit(edit) for edit in content.get("rates", [])
        }
        legal |= {
            row["link"]: LegalNote(row["status"], row["note"], tuple(row.get("source_ids", ())))
            for row in content.get("legal", [])
        }
    own = lineage[-1]
    return Scenario(
        scenario_id=own["id"],
        title=own["title"],
        date=str(own["date"]),
        description=own.get("description", "").strip(),
        parent=own.get("parent", ""),
        steps=tuple(
            (tuple(content.get("open", ())), tuple(content.get("close", ()))) for content in lineage
        ),
        rates=rates,
        legal=legal,
        source_ids=tuple(own.get("source_ids", ())),
    )


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


def _path_of(atlas: Atlas, name: str | Path) -> Path:
    """Find the file of a scenario."""
    kind = "scenario"
    if isinstance(name, Path) or name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise UnknownNameError(kind, str(name), scenario_ids(atlas))
        return path
    if name not in scenario_ids(atlas):
        near = process.extract(name, scenario_ids(atlas), limit=3)
        raise UnknownNameError(kind, name, tuple(match[0] for match in near))
    return atlas.root / "scenarios" / f"{name}.toml"


def _read(path: Path) -> dict[str, Any]:
    """Read one file and check its keys."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: not valid TOML: {error}"
        raise ScenarioError(msg) from error
    strange = set(content) - _KEYS
    absent = {"id", "title", "date"} - set(content)
    if strange or absent:
        problem = f"unknown key {min(strange)!r}" if strange else f"no key {min(absent)!r}"
        msg = f"{path}: {problem}; a scenario has {', '.join(sorted(_KEYS))}"
        raise ScenarioError(msg)
    return content


def _rate_edit(row: Mapping[str, Any]) -> RateEdit:
    """Read one rate of a scenario."""
    known = {"set", "low", "high", "scale", "source_ids", "confidence"}
    given = {key: value for key, value in row.items() if key in known}
    given["source_ids"] = tuple(given.get("source_ids", ()))
    return RateEdit(**given)


def _table_links(atlas: Atlas) -> set[str]:
    """Return the links that tables name, whether an arc has them or not."""
    return {
        *("passage:" + atlas.passages["passage_id"]),
        *("crossing:" + atlas.crossings["crossing_id"]),
        *("line:" + atlas.lines["line_id"]),
        *("port:" + atlas.ports["place_id"]),
        *("transit:" + atlas.states["iso3"]),
        *("state:" + atlas.states["iso3"]),
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
        if link not in known and not link.startswith("sea:"):
            near = process.extract(link, sorted(known), limit=3)
            hint = ", ".join(match[0] for match in near)
            msg = f"scenario {scenario_id!r} names the unknown link {link!r}; nearest: {hint}"
            raise ScenarioError(msg)
        expanded.append(link)
        if link.startswith("line:") and not whole:
            parts = f"part:{link.removeprefix('line:')}/"
            expanded += sorted(name for name in known if name.startswith(parts))
    return tuple(expanded)
