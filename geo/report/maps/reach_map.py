"""The map of reach: what lies within limits of a place, band by band, with a slider.

Bands are isochrones, isocosts or isodistances; the numbers are those of `crescent reach`.
"""

from __future__ import annotations

import json
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely

from geo.report.maps.bands import area_bands, line_bands
from geo.report.maps.frame import LayerLook, MapFrame
from geo.report.maps.labels import MapWords
from geo.report.maps.legend import stroke
from geo.report.maps.looks import dot_look
from geo.report.maps.notes import NoteRow, answer, bar, folded, sentence, table
from geo.report.maps.page_files import page_text
from geo.report.maps.popups import facts, tip
from geo.report.maps.scales import ramp
from geo.report.maps.shapes import feature, light
from geo.report.maps.views import view_of
from geo.report.wording import duration, money, number, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.analysis.reach import Reach
    from geo.study import Study

__all__ = ["band_names", "limit_words", "reach_map"]

_NAMED = {"hours": "Isochrones", "usd": "Isocosts", "km": "Isodistances"}
_LEAST_CITY = 100_000
_PLACES_NAMED = 8
_GROUND = ("states", "features")
_FEW = 60  # places that do not hide the bands yet
_MODE_COLOURS = {"rail": "#22303c", "road": "#7d6b58", "sea": "#33658a"}
_MODE_DASHES = {"rail": "", "road": "5 3", "sea": "1 5"}
_START_COLOUR = "#d55e00"
_DECIMALS = 6  # of a limit, at most

Feature = dict[str, Any]


def reach_map(study: Study, found: Reach, *, tiles: bool = False) -> str:
    """Draw what lies within limits of a place.

    Parameters
    ----------
    study : Study
        What was asked: its layers are the ground of the map.
    found : Reach
        What `geo.analysis.reach` returned.
    tiles : bool, default False
        Whether an online base map lies below; without it the page asks for nothing.

    Returns
    -------
    str
        HTML; the same reach gives the same bytes. The slider shows the bands up to a limit.

    Examples
    --------
    >>> from geo import Study
    >>> from geo.analysis import reach
    >>> study = Study("reopened")
    >>> found = reach(study, "Gaesong", measure="hours", limits=(24, 48, 72))  # doctest: +SKIP
    >>> html = reach_map(study, found)  # doctest: +SKIP
    """
    title = f"{_NAMED[found.measure]} of {short_name(found.place.name)}"
    colours = ramp(len(found.limits), pale=True)
    bands = area_bands(list(found.ground.geometry))
    frame = MapFrame(
        study.layers(),
        title=f"Crescent: {title}",
        told=[study.scenario.title, f"By {' and '.join(found.modes)}, from the door"],
        words=MapWords.of(study.atlas),
        view=view_of(
            [*bands, *found.network[found.network["mode"] != "sea"].geometry, _spot(found)]
        ),
        ground=_GROUND,
        tiles=tiles,
    )
    names = band_names(found)
    frame.add(
        _areas(found, bands, names),
        LayerLook("Ground in reach", ",".join(colours), head="Reach"),
        style=lambda one: {
            "fill": True,
            "fillColor": colours[one["properties"]["band"]],
            "fillOpacity": 0.62,
            "color": colours[one["properties"]["band"]],
            "weight": 0.8,
            "opacity": 0.9,
        },
    )
    looks = []
    for mode in found.modes:
        name = f"{mode.capitalize()} in reach"
        looks.append((stroke(_MODE_DASHES[mode], _MODE_COLOURS[mode], width=1.8), name))
        frame.add(
            _tracks(found, mode, names),
            LayerLook(name, _MODE_COLOURS[mode], head="Reach"),
            style=_track_style(mode),
            popup=False,
        )
    _add_points(frame, found, names, colours)
    frame.note(_note(found, colours, names))
    frame.legend(
        [(bar(colour), name) for colour, name in zip(colours, names, strict=True)],
        head=f"{_NAMED[found.measure]}, {found.unit}",
    )
    frame.legend(looks, head="Lines")
    frame.control(_slider(found), page_text("reach.js"))
    return frame.render()


def _track_style(mode: str) -> dict[str, Any]:
    return {
        "color": _MODE_COLOURS[mode],
        "weight": 1.5 if mode == "rail" else 1.1,
        "opacity": 0.85,
        "dashArray": _MODE_DASHES[mode] or None,
    }


def band_names(found: Reach) -> list[str]:
    """Name each band by its two limits, as a reader says them.

    Parameters
    ----------
    found : Reach
        What `geo.analysis.reach` returned.

    Returns
    -------
    list of str
        One a limit, for example ``up to 24 h``, ``24 h to 48 h``.
    """
    words = [limit_words(limit, found.measure) for limit in found.limits]
    return [f"up to {words[0]}", *(f"{low} to {high}" for low, high in pairwise(words))]


def limit_words(limit: float, measure: str) -> str:
    """Write a limit with its unit, as it was asked for: hours as hours, and no digit lost.

    Parameters
    ----------
    limit : float
        In h, USD per FEU or km.
    measure : str
        ``hours``, ``usd`` or ``km``.

    Returns
    -------
    str
        For example ``48 h``, ``USD 1 500``, ``0.25 km``.
    """
    unit = {"hours": "h", "usd": "USD", "km": "km"}[measure]
    digits = f"{limit:.{_DECIMALS}f}".rstrip("0").partition(".")[2]
    amount = number(limit, len(digits))
    return f"{unit} {amount}" if measure == "usd" else f"{amount} {unit}"


def _spot(found: Reach) -> Any:
    return shapely.Point(found.place.lon, found.place.lat)


def _areas(found: Reach, bands: Sequence[Any], names: Sequence[str]) -> list[Feature]:
    """Make a feature of each band of ground; its figures are those of the whole limit."""
    features = []
    rows = found.ground.to_dict("records")
    for band, (row, shape, name) in enumerate(zip(rows, bands, names, strict=True)):
        if shape.is_empty:
            continue
        popup = facts(
            f"Within {limit_words(row['limit'], found.measure)}",
            {
                "ground": f"{number(row['area_km2'])} km²",
                "people": number(row["people"]),
                "cities of 100 000": number(row["cities"]),
                "states": str(row["states"]).replace(";", " "),
            },
        )
        drawn = feature(shape, kind="band", id=f"band-{band}", band=band)
        drawn["properties"] |= {"tip": tip(name), "popup": popup}
        features.append(drawn)
    # The widest first, so that the nearest lies on top.
    return features[::-1]


def _tracks(found: Reach, mode: str, names: Sequence[str]) -> list[Feature]:
    rows = found.network[found.network["mode"] == mode]
    return [
        feature(shape, kind="track", id=f"{mode}-{band}", band=band, tip=tip(f"{mode}, {name}"))
        for band, (shape, name) in enumerate(
            zip(line_bands(list(rows.geometry)), names, strict=True)
        )
        if not shape.is_empty
    ]


def _add_points(
    frame: MapFrame, found: Reach, names: Sequence[str], colours: Sequence[str]
) -> None:
    """Mark the places and cities in reach, and the place itself."""

    def style(radius: float) -> Any:
        return lambda one: dot_look(colours[one["properties"]["band"]], radius)

    bands = {limit: band for band, limit in enumerate(found.limits)}
    places, cities = _places(found, bands), _cities(found, bands, names)
    look = LayerLook(
        "Places of the atlas", colours[0], head="Reach", shape="dot", show=len(places) <= _FEW
    )
    frame.add(places, look, style=style(4.6), point=True)
    look = LayerLook("Cities of 100 000", colours[-1], head="Reach", shape="dot", show=False)
    frame.add(cities, look, style=style(3.4), point=True)
    start = feature(
        light(_spot(found), tolerance=0.0),
        kind="start",
        id="start",
        tip=tip(found.place.name),
        popup=facts(found.place.name, {"is": "where it begins"}),
    )
    look = LayerLook("Where it begins", _START_COLOUR, head="Reach", shape="dot")
    frame.add([start], look, style=dot_look(_START_COLOUR, 7) | {"weight": 2}, point=True)


def _places(found: Reach, bands: Mapping[float, int]) -> list[Feature]:
    """Make a feature of each place of the atlas in reach, without the one where it begins."""
    return [
        feature(
            light(shapely.Point(row["lon"], row["lat"]), tolerance=0.0),
            kind="place",
            id=str(row["place_id"]),
            band=bands[row["limit"]],
            tip=tip(f"{row['name']}: {_spent(row['spent'], found.measure)}"),
            popup=facts(
                str(row["name"]),
                {"reached for": _spent(row["spent"], found.measure), "in": row["iso3"]},
            ),
        )
        for row in found.places.to_dict("records")
        if row["place_id"] != found.place.place_id
    ]


def _cities(found: Reach, bands: Mapping[float, int], names: Sequence[str]) -> list[Feature]:
    """Make a feature of each large city in reach."""
    features = []
    for order, row in enumerate(found.cities.to_dict("records")):
        if row["population"] < _LEAST_CITY:
            continue
        band = bands[row["limit"]]
        told = {"people": number(row["population"]), "in": row["iso3"], "within": names[band]}
        features.append(
            feature(
                light(shapely.Point(row["lon"], row["lat"]), tolerance=0.0),
                kind="city",
                id=f"city-{order}",
                band=band,
                tip=tip(f"{row['name']}: {names[band]}"),
                popup=facts(str(row["name"]), told),
            )
        )
    return features


def _spent(value: float, measure: str) -> str:
    if measure == "hours":
        return duration(value)
    return f"USD {money(value)}" if measure == "usd" else f"{number(value)} km"


def _note(found: Reach, colours: Sequence[str], names: Sequence[str]) -> str:
    """Write a row a limit, and below it the places that it adds."""
    rows, added = [], []
    for band, (colour, limit) in enumerate(zip(colours, found.limits, strict=True)):
        ground = found.ground[found.ground["limit"] == limit].iloc[0]
        track = found.network[
            (found.network["limit"] == limit) & (found.network["mode"] == found.modes[0])
        ]
        reached = found.places[found.places["limit"] == limit]["name"]
        cells = (
            limit_words(limit, found.measure),
            number(float(ground["area_km2"])),
            number(int(ground["people"])),
            number(float(track["track_km"].sum())),
            number(int((found.places["limit"] <= limit).sum())),
        )
        rows.append(NoteRow(cells, picture=bar(colour), key=f"band-{band}"))
        listed = ", ".join(short_name(str(name)) for name in reached.head(_PLACES_NAMED))
        more = len(reached) - _PLACES_NAMED
        added.append(
            NoteRow((names[band], (listed or "–") + (f" and {more} more" if more > 0 else "")))
        )
    heads = ("Within", "Ground km²", "People", f"{found.modes[0].capitalize()} km", "Places")
    places = folded("Places that each limit adds", table(("Limit", "Places"), added, words=2))
    told = (
        "Ground: where a box can be lifted off and brought by road for what is left of the limit. "
        "People: of GeoNames' places of at least 1,000 only."
    )
    html = table(heads, rows) + places + sentence(told, quiet=True)
    return answer(f"{_NAMED[found.measure]} of {short_name(found.place.name)}", html)


def _slider(found: Reach) -> str:
    """Write the slider, a button to play it, and what it says now."""
    last = len(found.limits) - 1
    words = [limit_words(limit, found.measure) for limit in found.limits]
    return (
        '<div class="cr-slider" role="group" aria-label="Bands of reach">'
        '<button type="button" class="play" aria-pressed="false">Play</button>'
        '<label for="cr-reach">Within</label>'
        f'<input id="cr-reach" type="range" min="0" max="{last}" step="1" value="{last}" '
        f'data-words="{escape(json.dumps(words))}" aria-valuetext="{escape(words[-1])}">'
        f'<output for="cr-reach">{escape(words[-1])}</output></div>'
    )
