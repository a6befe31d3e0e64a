"""Units and headings of columns: the one table of what the names of columns mean.

By the house's rule the unit stands at the end of a name; names without one stand in `_NAMES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["decimals_shown", "heading", "unit_of"]

_PER_FEU = "USD per FEU"
_CO2 = "kg CO2e per FEU"
_SHARE = "0 to 1"
_PER_UNIT = "USD per unit"
_OF_COST = "share of the cost before"

_NAMES = {
    # name: (words for people, unit)
    "ad_valorem": ("ad valorem", _SHARE),
    "agrees_from": ("agrees from", ""),
    "area_km2": ("area", "km2"),
    "at_base": ("at base", _PER_FEU),
    "at_p5": ("at P5", _PER_FEU),
    "at_p95": ("at P95", _PER_FEU),
    "assumed_share": ("assumed", _SHARE),
    "betweenness": ("betweenness", _SHARE),
    "carried_share": ("share carried", _SHARE),
    "days": ("time", "d"),
    "density": ("density", _SHARE),
    "generalised_usd_per_feu": ("generalised cost", _PER_FEU),
    "hours": ("time", "h"),
    "hours_from_busan": ("time from Busan", "h"),
    "jaccard": ("Jaccard index", _SHARE),
    "km": ("length", "km"),
    "kg_co2": ("emissions", _CO2),
    "kg_co2_per_feu": ("emissions", _CO2),
    "lat": ("latitude", "degree"),
    "log_sum_usd": ("log-sum", _PER_FEU),
    "lon": ("longitude", "degree"),
    "margin": ("margin", _SHARE),
    "mean_rise_share": ("mean rise", _OF_COST),
    "median_error": ("median error", _SHARE),
    "people": ("people", "people"),
    "people_within_hours_by_road": ("people within hours by road", "people"),
    "people_within_km": ("people within km", "people"),
    "per_day": ("cost of a day", "share of value per day"),
    "rate_usd": ("rate", _PER_UNIT),
    "share": ("share", _SHARE),
    "share_carried": ("share carried", _SHARE),
    "share_of_world": ("share of the world", _SHARE),
    "shared": ("shared", _SHARE),
    "squeeze": ("squeeze", "ratio"),
    "swing": ("swing", _PER_FEU),
    "teu_year": ("capacity", "TEU per year"),
    "track_km": ("track", "km"),
    "trains_day": ("trains", "per day"),
    "usd": ("money", _PER_FEU),
    "usd_high": ("money, high", _PER_FEU),
    "usd_low": ("money, low", _PER_FEU),
    "usd_per_feu": ("money", _PER_FEU),
    "usd_per_feu_from_busan": ("money from Busan", _PER_FEU),
    "year": ("year", "year"),
}
_ENDINGS = (
    # the longest that fits counts
    ("_usd_per_feu", _PER_FEU),
    ("_usd_per_hour", "USD per h and FEU"),
    ("_kg_co2_per_feu", _CO2),
    ("tonnes_per_feu", "t per FEU"),
    ("_kg_co2", _CO2),
    ("_teu_year", "TEU per year"),
    ("_per_year", "per year"),
    ("_hours", "h"),
    ("_days", "d"),
    ("_share", _SHARE),
    ("_usd", _PER_FEU),
    ("_km2", "km2"),
    ("_kmh", "km/h"),
    ("_deg", "degree"),
    ("_km", "km"),
    ("_mm", "mm"),
    ("_kg", "kg"),
    ("_year", "year"),
    ("_h", "h"),
)
_BEGINNINGS = (
    ("generalised_usd_p", _PER_FEU),
    ("kg_co2_p", _CO2),
    ("hours_p", "h"),
    ("usd_p", _PER_FEU),
    ("p_", _SHARE),
)
_SMALL = 0.1
_FINE = {_SHARE, _OF_COST, "degree", "share of value per day"}


def unit_of(column: str, own: Mapping[str, str] | None = None) -> str:
    """Return the unit of a column.

    Parameters
    ----------
    column
        Its name; what follows a point tells one of several apart and is passed over.
    own
        Units of the table's own, by column, where the name alone does not tell.

    Returns
    -------
    str
        For example ``USD per FEU``; "" where the column has none, or its row tells it.
    """
    return _told(column)[1] if own is None or column not in own else own[column]


def heading(column: str, own: Mapping[str, str] | None = None) -> str:
    """Return the heading of a column for people, with its unit.

    Parameters
    ----------
    column, own
        As in `unit_of`.

    Returns
    -------
    str
        For example ``distance (km)``.
    """
    words, unit = _told(column)[0], unit_of(column, own)
    return f"{words} ({unit})" if unit and unit != words else words


def decimals_shown(
    rows: Sequence[Mapping[str, object]], column: str, own: Mapping[str, str] | None = None
) -> int:
    """Return how many digits after the point people read.

    Parameters
    ----------
    rows
        Rows of a table.
    column, own
        One of its columns, and its own units, as in `unit_of`.

    Returns
    -------
    int
        None where every number is whole, four for shares, degrees and small rates, two otherwise.
    """
    values = [row.get(column) for row in rows]
    if all(value.is_integer() for value in values if isinstance(value, float)):
        return 0
    unit = unit_of(column, own)
    small = any(isinstance(value, float) and 0 < abs(value) < _SMALL for value in values)
    return 4 if unit in _FINE or (small and unit in {"", _PER_UNIT}) else 2


def _told(column: str) -> tuple[str, str]:
    """Return words and unit."""
    name, _, which = column.partition(".")
    change = name.startswith("d_")
    name = name.removeprefix("d_")
    words, unit = _NAMES.get(name) or _by_parts(name)
    words = f"difference in {words}" if change else words
    return (f"{words}, {which.replace('_', ' ')}" if which else words), unit


def _by_parts(name: str) -> tuple[str, str]:
    for start, unit in _BEGINNINGS:
        if name.startswith(start):
            return _words(name), unit
    for ending, unit in _ENDINGS:
        if name.endswith(ending):
            return _words(name.removesuffix(ending) if unit else name) or _words(name), unit
    return _words(name), ""


def _words(name: str) -> str:
    return name.replace("_", " ").strip()
