"""Names as the map writes them: what a place is called, and in its own script.

Korean places have two names wherever North and South write them differently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

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
    """

    names: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, atlas: Any) -> MapWords:
        """Take the words from an atlas: its tables `places`, `place_names` and `items`."""
        places = atlas.places
        names = dict(zip(places["place_id"], places["name"], strict=True))
        states = dict(zip(places["place_id"], places["iso3"], strict=True))
        also = {
            str(place): text
            for place, rows in atlas.place_names.groupby("place_id", sort=True)
            if (text := _also(rows, str(names.get(place, "")), str(states.get(place, ""))))
        }
        items = atlas.items
        return cls(names, also, dict(zip(items["item_id"], items["category"], strict=True)))


def _also(rows: pd.DataFrame, name: str, iso3: str) -> str:
    """Join what a place is called besides its name: romanised otherwise, and in its script."""
    preferred = rows[rows["preferred"].astype(bool)]
    at_home = preferred[preferred["language"] == _LOCAL.get(iso3, "")]
    roman = at_home.loc[at_home["system"].isin(_ROMANISED), "text"]
    own = at_home.loc[at_home["system"].isin(_SCRIPTS), "text"]
    known = name.casefold()
    others = [str(text) for text in roman if str(text).casefold() not in known]
    return " · ".join(dict.fromkeys([*others, *map(str, own)]))
