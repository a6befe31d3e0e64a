"""Links: what a scenario can open or close, each by its name and in words.

A link is `KIND:KEY`, such as `crossing:dorasan-panmun`, `part:gyeongui-mdl/1` or `passage:suez`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.network import TRACK_LINKS

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.atlas import Atlas

__all__ = ["NO_FREIGHT", "LinkBook"]

NO_FREIGHT = "carries no freight"
"""Why a line is closed that no scenario would open: it is for passengers only."""

_NAMED = {
    "crossing": ("crossings", "crossing_id", "border crossing {}"),
    "road-crossing": ("road_crossings", "crossing_id", "road crossing {}"),
    "transfer": ("transfers", "transfer_id", "change of gauge {}"),
    "passage": ("passages", "passage_id", "passage {}"),
    "line": ("lines", "line_id", "{}"),
    "service": ("services", "service_id", "service {}"),
}
"""Kinds of links that are rows of a table with a name: table, key, words."""
_CALLED_A_LINE = re.compile(r"\b(lines?|railways?|rail link|shinkansen|ferry)\b", re.IGNORECASE)
"""What a name holds that says by itself that it is a line."""
_WITH_STATUS = {
    "crossing": ("crossings", "crossing_id"),
    "road-crossing": ("road_crossings", "crossing_id"),
    "transfer": ("transfers", "transfer_id"),
    "port": ("ports", "place_id"),
}
"""Kinds of links that are rows of a table with an actual status: table, key."""


@dataclass(frozen=True)
class LinkBook:
    """The links of an atlas.

    Parameters
    ----------
    atlas : Atlas
    """

    atlas: Atlas

    @cached_property
    def known(self) -> frozenset[str]:
        """Every link that can be opened or closed, whether an arc has it or not."""
        atlas = self.atlas
        states = sorted(atlas.states["iso3"])
        listed = ((kind, getattr(atlas, table)[key]) for kind, (table, key, _) in _NAMED.items())
        return frozenset(
            [
                *TRACK_LINKS,
                *(f"{kind}:{key}" for kind, keys in listed for key in keys),
                *(f"{kind}:{port}" for kind in ("port", "arrive") for port in self._ports),
                *(f"lane:{lane}" for lane in atlas.lanes["lane_rate_id"]),
                *(f"regime:{regime}" for regime in atlas.border_regimes["regime_id"]),
                *self._parts,
                *(f"{kind}:{state}" for kind in ("transit", "state") for state in states),
                *(f"sea:{a}-{b}" for a, b in combinations_with_replacement(states, 2)),
            ]
        )

    @cached_property
    def actual_closures(self) -> dict[str, str]:
        """Every link that cannot be used today, with the reason.

        Crossings, ports and parts of lines whose status is not `open`, lines that carry no
        freight, and passages that ships do not take unless a scenario opens them.
        """
        closures: dict[str, str] = {}
        for kind, (table, key) in _WITH_STATUS.items():
            frame = getattr(self.atlas, table)
            for row in frame[frame["actual_status"] != "open"].to_dict("records"):
                since = row.get("actual_from")
                when = "" if since is None or pd.isna(since) else f" since {since}"
                link = f"{kind}:{row[key]}"
                closures[link] = f"{self.words(link)} {row['actual_status']}{when}"
        passages = self.atlas.passages
        for row in passages[passages["default"] == "closed"].to_dict("records"):
            closures[f"passage:{row['passage_id']}"] = f"{row['name']} closed by default"
        lines = self.atlas.lines
        for row in lines[~lines["freight"].astype(bool)].to_dict("records"):
            closures[f"line:{row['line_id']}"] = f"{row['name']} {NO_FREIGHT}"
        for link, (_, status) in self._parts.items():
            if status and status != "open":
                told = {"building": "under construction"}.get(status, status)
                closures[link] = f"{self.words(link)} {told}"
        return closures | TRACK_LINKS

    def words(self, link: str) -> str:
        """Return a link in words."""
        kind, _, key = link.partition(":")
        if link in self._names:
            return self._names[link]
        if link in self._parts:
            return self._parts[link][0]
        if link in TRACK_LINKS:
            return TRACK_LINKS[link]
        words_of = {
            "transit": f"transit through {key}",
            "state": f"railways and roads of {key}",
            "sea": f"direct ships between {' and '.join(key.split('-'))}",
        }
        return words_of.get(kind, link)

    def words_where(self, link: str, closures: Collection[str]) -> str:
        """Return a link in words, of a line that is closed in parts only what is open of it.

        Parameters
        ----------
        link : str
        closures : collection of str
            The links that are closed, as in `World.closures`.

        Returns
        -------
        str
            For example ``Gyeongui Line over the demarcation line, open between Panmun and
            Kaesong``; the words of the whole line where no part, or every part, is closed.
        """
        kind, _, line = link.partition(":")
        if kind != "line":
            return self.words(link)
        runs: list[tuple[str, str]] = []
        parts = [part for part in self._parts if part.startswith(f"part:{line}/")]
        shut = [part in closures for part in parts]
        if not any(shut) or all(shut):
            return self.words(link)
        for at, part in enumerate(parts):
            start, end = self._part_ends[part]
            if shut[at]:
                continue
            if at and not shut[at - 1]:
                start = runs.pop()[0]
            runs.append((start, end))
        told = ", ".join(f"between {start} and {end}" for start, end in runs)
        return f"{self.words(link)}, open {told}"

    @cached_property
    def _ports(self) -> list[str]:
        return list(self.atlas.ports["place_id"])

    @cached_property
    def _place_names(self) -> dict[str, str]:
        places = self.atlas.places
        return dict(zip(places["place_id"], places["name"], strict=True))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Words of the links that are rows of a table."""
        names = {}
        for kind, (table, key, words) in _NAMED.items():
            frame = getattr(self.atlas, table)
            for row_key, name in zip(frame[key], frame["name"], strict=True):
                told = (
                    f"{name} line" if kind == "line" and not _CALLED_A_LINE.search(name) else name
                )
                names[f"{kind}:{row_key}"] = words.format(told)
        ports = {f"port:{port}": f"port of {self._place_names[port]}" for port in self._ports}
        return names | ports

    @cached_property
    def _parts(self) -> dict[str, tuple[str, str]]:
        """Words and status of each part of a line."""
        line_names = dict(zip(self.atlas.lines["line_id"], self.atlas.lines["name"], strict=True))
        stations = self.atlas.line_stations
        keys = stations["line_id"] + "/" + stations["order"].astype(str)
        status = dict(zip(keys, stations["status"], strict=True))
        parts = {}
        for part, (start, end) in self._part_ends.items():
            key = part.removeprefix("part:")
            told = "" if pd.isna(status[key]) else str(status[key])
            line = key.rpartition("/")[0]
            parts[part] = (f"{line_names[line]} between {start} and {end}", told)
        return parts

    @cached_property
    def _part_ends(self) -> dict[str, tuple[str, str]]:
        """The two stations of each part of a line, in order; the first begins no part."""
        stations: list[dict[Any, Any]] = self.atlas.line_stations.to_dict("records")
        ends = {}
        before: dict[Any, Any] = {}
        for row in stations:
            line, place = str(row["line_id"]), str(row["place_id"])
            if before.get("line_id") == line:
                start = self._place_names[str(before["place_id"])]
                ends[f"part:{line}/{row['order']}"] = (start, self._place_names[place])
            before = row
        return ends
