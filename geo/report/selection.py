"""Words that stand for several places, corridors or scenarios: zones, crescent, europe, all.

Everything else is read as a list of names, separated by commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import UsageError
from geo.report.wording import split_ids
from geo.scenario_file import scenario_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.atlas import Atlas

__all__ = ["PLACE_GROUPS", "select_corridors", "select_places", "select_scenarios"]

PLACE_GROUPS = ("zones", "crescent", "europe")

_COORDINATES = re.compile(r"\s*[+-]?\d+(\.\d*)?\s*[,;]\s*[+-]?\d+(\.\d*)?\s*")


def select_places(atlas: Atlas, text: str) -> tuple[str, ...]:
    """Turn a word or a list of names into places.

    Parameters
    ----------
    atlas
        The data.
    text
        ``zones`` (the economic zones), ``crescent`` (capitals of the six Crescent states),
        ``europe`` (cities and ports of Europe), names separated by commas, or any mix.

    Returns
    -------
    tuple of str
        Place ids, or one ``lon,lat``, in order and without repeats.

    Raises
    ------
    UnknownNameError
        If a name is unknown.
    UsageError
        If nothing is named.
    """
    if _COORDINATES.fullmatch(text):
        return (text.strip(),)
    chosen: list[str] = []
    for part in _parts(text):
        if part.casefold() in PLACE_GROUPS:
            chosen += _group(atlas, part.casefold())
        else:
            chosen.append(atlas.find_place(part).place_id)
    if not chosen:
        msg = f"no place is named by {text!r}; name places or one of {', '.join(PLACE_GROUPS)}"
        raise UsageError(msg)
    return tuple(dict.fromkeys(chosen))


def select_corridors(atlas: Atlas, text: str | None) -> tuple[str, ...]:
    """Turn a word or a list of names into corridors.

    Parameters
    ----------
    atlas
        The data.
    text
        ``all``, ids separated by commas, or None for the best way alone.

    Returns
    -------
    tuple of str
        Ids of corridors, the word ``best`` among them where it is asked for.
    """
    if text is None:
        return ("best",)
    if text.strip().casefold() == "all":
        return ("best", *map(str, atlas.corridors["corridor_id"]))
    return tuple(dict.fromkeys(_parts(text))) or ("best",)


def select_scenarios(atlas: Atlas, names: Sequence[str]) -> tuple[str, ...]:
    """Turn names of scenarios into ids or paths; ``all`` stands for every one that ships.

    Parameters
    ----------
    atlas
        The data.
    names
        In this order; the one by default leads where ``all`` is given alone.

    Returns
    -------
    tuple of str
        Each once.
    """
    given = [one for name in names for one in (scenario_ids(atlas) if name == "all" else [name])]
    return tuple(dict.fromkeys(given))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _group(atlas: Atlas, word: str) -> list[str]:
    if word == "zones":
        return [str(place) for place in atlas.zones["place_id"]]
    places = atlas.places
    kinds = places["kinds"].map(lambda cell: set(split_ids(cell)))
    if word == "crescent":
        sets = atlas.state_sets
        six = sets.loc[sets["set_id"] == "crescent-6", "iso3"]
        chosen = places["iso3"].isin(set(six)) & kinds.map(lambda kind: "capital" in kind)
    else:
        europe = atlas.states.loc[atlas.states["tariff_zone"] == "europe", "iso3"]
        chosen = places["iso3"].isin(set(europe)) & kinds.map(
            lambda kind: bool(kind & {"capital", "city", "port"})
        )
    return _ids(places.loc[chosen])


def _ids(places: pd.DataFrame) -> list[str]:
    return [str(place) for place in places["place_id"]]
