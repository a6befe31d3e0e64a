"""Gives each piece of track its gauges: those of its state, save in listed areas and lines.

Both gauges of dual-gauge track, or of two tracks side by side, are joined as ``"1435;1520"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.atlas import ids_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["GaugeArea", "gauge_areas_of", "gauges_at"]


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


def gauge_areas_of(table: pd.DataFrame) -> tuple[GaugeArea, ...]:
    """Read the table `gauge_areas`, in its order."""
    return tuple(
        GaugeArea(
            name=row["name"],
            states=ids_of(row["states"]),
            box=(row["west"], row["south"], row["east"], row["north"]),
            gauges=row["gauges"],
        )
        for row in table.to_dict("records")
    )


def gauges_at(  # noqa: PLR0913 - the facts are the caller's, each by name
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    iso3: NDArray[np.str_],
    *,
    by_state: Mapping[str, str],
    areas: Sequence[GaugeArea] = (),
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
