"""Names as the map writes them: what a place is called, and in its own script.

Korean places have two names wherever North and South write them differently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.corridor import ANY_WAY, BEST

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MapWords"]

_LOCAL = {"PRK": "ko", "KOR": "ko", "CHN": "zh", "RUS": "ru", "MNG": "mn", "KAZ": "ru"}
_SCRIPTS = ("hangul", "hans", "cyrl")
_ROMANISED = ("DPRK", "RR")


@dataclass(frozen=True)
class MapWords:
    """Words that the map takes from the tables.

    Attributes
    ----------
    names
        Name of each place, by id.
    also
        Its other names, by id: the second romanisation and its own script.
    categories
        Category of each item, by id, to name the charges of a bill.
    corridors
        Name of each corridor, by id.
    every
        Every name of each place in the tables of names, by id.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    corridors: Mapping[str, str] = field(default_factory=dict)
    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, atlas: Any) -> MapWords:
        """Take the words from an atlas: places, place_names, items, corridors."""
        places = atlas.places
        names = dict(zip(places["place_id"], places["name"], strict=True))
        states = dict(zip(places["place_id"], places["iso3"], strict=True))
        roman: dict[str, list[str]] = {}
        own: dict[str, list[str]] = {}
        table = atlas.place_names
        columns = ["place_id", "text", "language", "system"]
        for place, text, language, system in table.loc[
            table["preferred"].astype(bool), columns
        ].itertuples(index=False):
            if language != _LOCAL.get(states.get(place, "")):
                continue
            if system in _SCRIPTS:
                own.setdefault(place, []).append(text)
            elif system in _ROMANISED and text.casefold() not in names[place].casefold():
                roman.setdefault(place, []).append(text)
        also = {
            place: " · ".join(dict.fromkeys(roman.get(place, []) + own.get(place, [])))
            for place in sorted(roman.keys() | own.keys())
        }
        every: dict[str, list[str]] = {}
        for place, text in zip(table["place_id"], table["text"], strict=True):
            every.setdefault(place, []).append(text)
        items = atlas.items
        ways = atlas.corridors
        return cls(
            names,
            also,
            dict(zip(items["item_id"], items["category"], strict=True)),
            {BEST: ANY_WAY.name} | dict(zip(ways["corridor_id"], ways["name"], strict=True)),
            {place: tuple(dict.fromkeys(texts)) for place, texts in every.items()},
        )
