"""Which of its names a place, a state or a sea is shown by: a setting, laid over the tables.

Every name is understood whatever is shown; only what is printed and drawn changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.atlas.cells import FIRST_ROW, text_of
from geo.atlas.overlay import Overlay
from geo.atlas.places import fold
from geo.atlas.tables import Table
from geo.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from geo.atlas.atlas import Atlas

__all__ = ["NAME_STYLES", "named"]

NAME_STYLES: Final = ("dual", "english", "korean", "chinese", "russian", "japanese", "local")
"""Settings of names; dual shows every romanisation or name in rival use."""

_LANGUAGES: Final = {"korean": "ko", "chinese": "zh", "russian": "ru", "japanese": "ja"}
# The language that a state's own signs are in, where the tables hold one.
_LOCAL: Final = {
    **dict.fromkeys(("KOR", "PRK"), "ko"),
    **dict.fromkeys(("CHN", "TWN"), "zh"),
    **dict.fromkeys(("RUS", "BLR", "KAZ", "KGZ"), "ru"),
    "JPN": "ja",
    "MNG": "mn",
    "UZB": "uz",
    "VNM": "vi",
    "UKR": "uk",
    "GEO": "ka",
    "ARM": "hy",
    "IRN": "fa",
    "THA": "th",
    "KHM": "km",
    "LAO": "lo",
    "MMR": "my",
    "TUR": "tr",
    "POL": "pl",
    "DEU": "de",
    "AZE": "az",
    "GRC": "el",
}
_SCRIPTS: Final = {"ko": "hangul", "zh": "hans", "ja": "jpan", "ru": "cyrl"}
_STATE_COLUMNS: Final = {"ko": "name_ko", "zh": "name_zh", "ru": "name_ru"}


def named(atlas: Atlas, style: str) -> Atlas:
    """Return an atlas whose names are shown by a setting.

    Parameters
    ----------
    atlas
        The data.
    style
        One of `NAME_STYLES`: ``dual`` (the name of the table, and the romanisation of the South
        beside it where the North writes otherwise), ``english`` (the name of the table alone), a
        language, or ``local`` (the language of the place). What has no name in a language keeps
        that of the table.

    Returns
    -------
    Atlas
        A new atlas; places are still found by every name.

    Raises
    ------
    UsageError
        There is no such setting.
    """
    if style not in NAME_STYLES:
        msg = f"unknown setting of names {style!r}; one of {', '.join(NAME_STYLES)}"
        raise UsageError(msg)
    whole = {"places": _places(atlas, style)}
    if style != "dual" and "features" in atlas.resources:
        whole["features"] = _features(atlas, style)
    rows = {"place_names": _table_names(atlas)}
    if style in _LANGUAGES or style == "local":
        whole["boundaries"] = _boundaries(atlas, style)
    tables = {
        name: Table(name, frame, range(FIRST_ROW, len(frame) + FIRST_ROW))
        for name, frame in whole.items()
    }
    entries = {
        name: Table(name, frame, range(FIRST_ROW, len(frame) + FIRST_ROW))
        for name, frame in rows.items()
    }
    return atlas.over(Overlay(title=f"names: {style}", whole=tables, rows=entries))


def _table_names(atlas: Atlas) -> pd.DataFrame:
    """Return the names of the table of places as names that are understood."""
    places = atlas.places
    names = atlas.place_names.iloc[:0]
    found = places[["place_id", "name", "source_ids"]].rename(columns={"name": "text"})
    found = found.assign(language="en", system=None, preferred=True)
    return found[list(names.columns)].astype(names.dtypes.to_dict()).reset_index(drop=True)


def _places(atlas: Atlas, style: str) -> pd.DataFrame:
    """Return the table of places with the names that are shown."""
    places = atlas.places
    if style == "english":
        return places
    preferred = _preferred(atlas.place_names)
    shown = []
    for place_id, name, iso3 in places[["place_id", "name", "iso3"]].itertuples(index=False):
        mine = preferred.get(place_id, {})
        if style == "dual":
            shown.append(_dual(name, mine.get("RR", "") if iso3 == "PRK" else ""))
        else:
            language = _LANGUAGES.get(style) or _LOCAL.get(iso3, "")
            shown.append(mine.get(language) or name)
    return places.assign(name=shown)


def _dual(name: str, southern: str) -> str:
    """Return a name of the North, and how the South writes it if that is otherwise."""
    if not southern or "(" in name or fold(southern) in fold(name):
        return name
    return f"{name} / {southern}"


def _preferred(names: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return by place the name to show in each language, in its script, and the one in RR."""
    found: dict[str, dict[str, str]] = {}
    columns = ["place_id", "text", "language", "system", "preferred"]
    for place_id, text, language, system, preferred in names[columns].itertuples(index=False):
        if not preferred:
            continue
        mine = found.setdefault(place_id, {})
        script = text_of(system)
        if script == "RR":
            mine.setdefault("RR", text)
        if script == _SCRIPTS.get(language, script) and script != "RR":
            mine.setdefault(language, text)
    return found


def _features(atlas: Atlas, style: str) -> pd.DataFrame:
    """Return the table of features with one name each, in English or a language."""
    features, names = atlas.features, atlas.feature_names
    holder = dict(zip(features["feature_id"], features["held_by"], strict=True))
    wanted: dict[tuple[str, str], str] = {}
    for row in names[names["preferred"]].to_dict("records"):
        wanted.setdefault((row["feature_id"], row["language"]), row["text"])
    shown = []
    for feature_id, name in features[["feature_id", "name"]].itertuples(index=False):
        language = "en" if style == "english" else _LANGUAGES.get(style, "")
        if style == "local":
            language = _LOCAL.get(text_of(holder[feature_id]), "")
        shown.append(wanted.get((feature_id, language), name))
    return features.assign(name=shown)


def _boundaries(atlas: Atlas, style: str) -> pd.DataFrame:
    """Return the layer of boundaries with the names of states in a language."""
    layer = atlas.boundaries
    shown = []
    for row in layer.drop(columns="geometry").to_dict("records"):
        language = _LANGUAGES.get(style) or _LOCAL.get(text_of(row["iso3"]), "")
        column = _STATE_COLUMNS.get(language, "name")
        shown.append(text_of(row[column]) or row["name"])
    frame: pd.DataFrame = layer.assign(name=shown)
    return frame
