"""Places and their names: finding a place by any of its names, however it is spelt.

Names are compared folded: case, marks, hyphens, apostrophes, spaces and points do not count.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.atlas.nearest import nearest
from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "PlaceIndex", "fold"]

_SUGGESTIONS = 3
_MAX_LON = 180.0
_MAX_LAT = 90.0
_LIKE_SCORE = 75.0
_COORDINATES = re.compile(r"\s*([+-]?\d+(?:\.\d*)?)\s*[,;]\s*([+-]?\d+(?:\.\d*)?)\s*")
# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"})


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place: a station, border, port, zone or city, or a bare point without id and state.

    `lon` and `lat` are degrees in WGS84 (EPSG:4326).
    """

    place_id: str
    name: str
    iso3: str
    lon: float
    lat: float
    kinds: tuple[str, ...] = ()

    @classmethod
    def from_row(cls, row: Any) -> Place:
        """Return the place of a row of the table `places`."""
        return cls(
            place_id=row.place_id,
            name=row.name,
            iso3=row.iso3,
            lon=float(row.lon),
            lat=float(row.lat),
            kinds=tuple(row.kinds.split(";")),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


def fold(text: str) -> str:
    """Return a name as it is compared: letters and digits only, without case and marks.

    Hangul, Hanja and Cyrillic are kept.

    Examples
    --------
    >>> fold("P'yŏngyang-yŏk")
    'pyongyangyok'
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.casefold()))
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    # A modifier letter (Lm) serves as an apostrophe in romanisations.
    kept = (mark for mark in apart if mark.isalnum() and unicodedata.category(mark) != "Lm")
    return unicodedata.normalize("NFC", "".join(kept))


class PlaceIndex:
    """The names of all places, folded.

    Parameters
    ----------
    places, place_names
        The tables of these names.
    """

    def __init__(self, places: pd.DataFrame, place_names: pd.DataFrame) -> None:
        self._places = {row.place_id: Place.from_row(row) for row in _rows(places)}
        self._ids = {fold(place_id): place_id for place_id in self._places}
        # Folded name -> ids, and -> the name as written (the first wins).
        self._bearers: dict[str, list[str]] = {}
        self._written: dict[str, str] = {}
        for place in self._places.values():
            self._add(place.name, place.place_id)
        for row in _rows(place_names):
            self._add(row.text, row.place_id)

    def _add(self, name: str, place_id: str) -> None:
        """Enter one name of one place."""
        key = fold(name)
        if not key:
            return
        bearers = self._bearers.setdefault(key, [])
        if place_id not in bearers:
            bearers.append(place_id)
        self._written.setdefault(key, name)

    def find(self, text: str) -> Place:
        """Return the place called `text`.

        Parameters
        ----------
        text
            An id, a name in any language and spelling, or `lon,lat` in degrees (EPSG:4326).

        Returns
        -------
        Place
            For `lon,lat` a place without id and state.

        Raises
        ------
        UnknownNameError
            Nothing bears the name; it names the nearest ones.
        UsageError
            Several places bear the name, the coordinates are out of range, or the text is blank.
        """
        if not text.strip():
            message = "no place is named: write a name, an id, or lon,lat in degrees"
            raise UsageError(message)
        point = _point(text)
        if point is not None:
            return point
        key = fold(text)
        if key in self._ids:
            return self._places[self._ids[key]]
        bearers = self._bearers.get(key, [])
        if len(bearers) == 1:
            return self._places[bearers[0]]
        if bearers:
            choices = " or ".join(
                f"{place_id} ({self._places[place_id].name}, {self._places[place_id].iso3})"
                for place_id in sorted(bearers)
            )
            message = f"several places are called {text!r}: write {choices}"
            raise UsageError(message)
        kind = "place"
        raise UnknownNameError(kind, text, self._nearest(key))

    def search(self, text: str = "") -> pd.DataFrame:
        """Return the places one of whose names holds `text`, or is near it.

        Parameters
        ----------
        text
            A part of a name or id; blank for all places.

        Returns
        -------
        DataFrame
            place_id, name, iso3, lon, lat (degrees, EPSG:4326), kinds, matched (the name that
            fits), in the order of the table, whole matches first.
        """
        key = fold(text)
        matched: dict[str, str] = {}
        if not key:
            matched = {place_id: place.name for place_id, place in self._places.items()}
        else:
            for name in sorted(self._within(key), key=lambda name: (name != key, len(name))):
                for place_id in self._owners(name):
                    matched.setdefault(place_id, self._written.get(name, place_id))
            if not matched:
                for name in self._near_names(key, most=10):
                    for place_id in self._owners(name):
                        matched.setdefault(place_id, self._written.get(name, place_id))
        places = [self._places[place_id] for place_id in matched]
        columns = ["place_id", "name", "iso3", "lon", "lat", "kinds"]
        found = pd.DataFrame([dataclasses.astuple(place) for place in places], columns=columns)
        found["kinds"] = [";".join(place.kinds) for place in places]
        found["matched"] = list(matched.values())
        return found

    def _within(self, key: str) -> list[str]:
        """Return the folded names and ids that hold `key`."""
        return [name for name in {**self._bearers, **self._ids} if key in name]

    def _owners(self, name: str) -> list[str]:
        """Return the ids of the places with this folded name or id."""
        own = [self._ids[name]] if name in self._ids else []
        return own + [bearer for bearer in self._bearers.get(name, []) if bearer not in own]

    def _near_names(self, key: str, most: int) -> tuple[str, ...]:
        """Return the folded names and ids nearest to `key`, best first."""
        names = {**self._bearers, **self._ids}
        return nearest(key, names, most=most, like=_LIKE_SCORE, parts=False)

    def _nearest(self, key: str) -> tuple[str, ...]:
        """Return the names to suggest, one a place."""
        suggestions: dict[str, str] = {}
        for name in self._near_names(key, most=20):
            for place_id in self._owners(name):
                suggestions.setdefault(place_id, self._places[place_id].name)
        return tuple(dict.fromkeys(suggestions.values()))[:_SUGGESTIONS]


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table as named tuples without an index."""
    rows: Iterator[Any] = frame.itertuples(index=False)
    return rows


def _point(text: str) -> Place | None:
    """Return the bare point that `text` gives as `lon,lat`, None if it is no pair of numbers."""
    match = _COORDINATES.fullmatch(text)
    if match is None:
        return None
    lon, lat = float(match[1]), float(match[2])
    if abs(lon) <= _MAX_LON and abs(lat) <= _MAX_LAT:
        return Place(place_id="", name=f"{lon:g},{lat:g}", iso3="", lon=lon, lat=lat)
    message = f"coordinates {text.strip()!r} are out of range: write lon,lat in degrees"
    if abs(lat) <= _MAX_LON and abs(lon) <= _MAX_LAT:
        message += f"; they seem to be swapped, {lat:g},{lon:g} was meant"
    raise UsageError(message)
