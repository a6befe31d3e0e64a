"""Gives each piece of track its gauges: those of its state, save in listed areas and lines.

Both gauges of dual-gauge track, or of two tracks side by side, are joined as ``"1435;1520"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["GAUGE_AREAS", "GaugeArea", "gauges_at"]


class GaugeArea(NamedTuple):
    """A box in which track has other gauges than its state's.

    Attributes
    ----------
    name
        What lies there.
    states
        The states whose track is meant, iso3.
    box
        West, south, east, north, degrees.
    gauges
        Gauges, mm, smallest first, joined by ``;``.
    """

    name: str
    states: tuple[str, ...]
    box: tuple[float, float, float, float]
    gauges: str


_DUAL = "1435;1520"

# Both gauges run between the last stations on either side of a break of gauge.
GAUGE_AREAS = (
    GaugeArea("Rajin - Tumangang", ("PRK",), (130.27, 42.20, 130.70, 42.435), _DUAL),
    GaugeArea("Khasan", ("RUS",), (130.60, 42.40, 130.67, 42.45), _DUAL),
    GaugeArea("Hunchun - Kamyshovaya", ("CHN", "RUS"), (130.36, 42.68, 130.68, 42.88), _DUAL),
    GaugeArea("Suifenhe - Grodekovo", ("CHN", "RUS"), (131.12, 44.33, 131.45, 44.45), _DUAL),
    GaugeArea("Tongjiang - Nizhneleninskoye", ("CHN", "RUS"), (132.4, 47.6, 132.78, 48.0), _DUAL),
    GaugeArea("Manzhouli - Zabaikalsk", ("CHN", "RUS"), (117.25, 49.55, 117.55, 49.70), _DUAL),
    GaugeArea("Erenhot - Zamyn-Uud", ("CHN", "MNG"), (111.85, 43.62, 112.03, 43.76), _DUAL),
    GaugeArea("Alashankou - Dostyk", ("CHN", "KAZ"), (82.42, 45.10, 82.62, 45.30), _DUAL),
    GaugeArea("Khorgos - Altynkol", ("CHN", "KAZ"), (80.20, 44.05, 80.50, 44.30), _DUAL),
    GaugeArea("Dong Dang - Hanoi, south", ("VNM",), (105.78, 20.98, 106.10, 21.25), "1000;1435"),
    GaugeArea("Dong Dang - Hanoi, middle", ("VNM",), (106.00, 21.15, 106.42, 21.62), "1000;1435"),
    GaugeArea("Dong Dang - Hanoi, north", ("VNM",), (106.30, 21.50, 106.80, 22.05), "1000;1435"),
    GaugeArea("Hekou", ("CHN",), (103.85, 22.45, 104.02, 22.65), "1000;1435"),
    GaugeArea("Thanaleng", ("LAO",), (102.69, 17.86, 102.73, 17.946), "1000;1435"),
    GaugeArea("Brest", ("BLR",), (23.55, 52.00, 23.80, 52.15), _DUAL),
    GaugeArea("Terespol - Malaszewicze", ("POL",), (23.40, 51.95, 23.70, 52.12), _DUAL),
    GaugeArea("Kuznica - Grodno", ("BLR", "POL"), (23.60, 53.45, 23.87, 53.72), _DUAL),
    GaugeArea("Medyka - Mostyska", ("POL", "UKR"), (22.78, 49.74, 23.20, 49.86), _DUAL),
    GaugeArea("Dorohusk - Yahodyn", ("POL", "UKR"), (23.75, 51.10, 23.95, 51.22), _DUAL),
    GaugeArea("Cierna - Zahony - Chop", ("HUN", "SVK", "UKR"), (22.02, 48.35, 22.35, 48.50), _DUAL),
    GaugeArea("Iasi - Ungheni", ("MDA", "ROU"), (27.68, 47.15, 27.85, 47.25), _DUAL),
    GaugeArea("Kaliningrad - Mamonovo", ("RUS",), (19.75, 54.35, 20.55, 54.73), _DUAL),
    GaugeArea("Braniewo", ("POL",), (19.78, 54.33, 20.00, 54.50), _DUAL),
    GaugeArea("Rail Baltica to Kaunas", ("LTU",), (23.15, 54.15, 23.98, 54.93), _DUAL),
    GaugeArea("Trakiszki", ("POL",), (22.95, 54.15, 23.35, 54.30), "1435"),
    GaugeArea("Tornio - Haparanda", ("FIN", "SWE"), (24.08, 65.80, 24.22, 65.87), _DUAL),
    GaugeArea("Akhalkalaki", ("GEO",), (43.20, 41.10, 43.55, 41.45), _DUAL),
    GaugeArea("Julfa", ("IRN",), (45.55, 38.90, 45.70, 39.00), _DUAL),
    GaugeArea("Astara", ("AZE", "IRN"), (48.80, 38.36, 48.92, 38.48), _DUAL),
    GaugeArea("Sarakhs", ("IRN", "TKM"), (61.00, 36.40, 61.30, 36.60), _DUAL),
    GaugeArea("Incheh Borun - Akyayla", ("IRN", "TKM"), (54.60, 37.35, 54.90, 37.55), _DUAL),
    GaugeArea("Herat", ("AFG",), (60.50, 34.00, 62.20, 34.75), "1435"),
    GaugeArea("Zahedan - Mirjaveh", ("IRN",), (60.90, 28.90, 61.80, 29.60), "1676"),
    GaugeArea("Zahedan", ("IRN",), (60.78, 29.40, 60.90, 29.60), "1435;1676"),
    GaugeArea("Irun - Hendaye", ("ESP", "FRA"), (-1.85, 43.31, -1.74, 43.38), "1435;1668"),
    GaugeArea("Portbou - Cerbere", ("ESP", "FRA"), (3.13, 42.41, 3.19, 42.46), "1435;1668"),
    GaugeArea("Figueres - Perthus", ("ESP",), (2.80, 42.25, 2.97, 42.50), "1435;1668"),
    GaugeArea("Northern Ireland", ("GBR",), (-8.2, 54.00, -5.40, 55.40), "1600"),
)


def gauges_at(  # noqa: PLR0913 - the facts are the caller's, each by name
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    iso3: NDArray[np.str_],
    *,
    by_state: Mapping[str, str],
    areas: Sequence[GaugeArea] = GAUGE_AREAS,
    line_id: NDArray[np.str_] | None = None,
    by_line: Mapping[str, str] | None = None,
    otherwise: str = "1435",
) -> NDArray[np.str_]:
    """Give the gauges of track at points.

    Parameters
    ----------
    lon, lat, iso3
        Middle of each piece of track, degrees, and its state.
    by_state
        Gauges of each state's network, mm.
    areas
        Where track has other gauges; a later area goes before an earlier one.
    line_id, by_line
        Line of each piece of track, and the gauges of lines that differ; they go before areas.
    otherwise
        Gauges where a state is not listed.

    Returns
    -------
    NDArray[np.str_]
        Gauges, mm, smallest first, joined by ``;``.
    """
    known = np.array(sorted({*by_state, ""}), dtype=np.str_)
    values = np.array([str(by_state.get(state, otherwise)) for state in known], dtype="<U14")
    place = np.minimum(np.searchsorted(known, iso3), len(known) - 1)
    gauges = np.where(known[place] == iso3, values[place], otherwise).astype("<U14")
    for area in areas:
        west, south, east, north = area.box
        inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        gauges[inside & np.isin(iso3, area.states)] = area.gauges
    if line_id is not None:
        for line, value in (by_line or {}).items():
            gauges[line_id == line] = value
    return gauges
