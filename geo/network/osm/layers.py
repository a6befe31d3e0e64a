"""The layers of an imported network, in the columns of those that ship and a few more.

What differs along a chain is summed up by length: speed by running time, names by the longest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.earth.antimeridian import split_at_antimeridian

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.network.chains import Chains
    from geo.network.matching import LineMatches
    from geo.network.rail_source import RailGraph

__all__ = ["CLASS_COLUMNS", "DIGITS", "edge_layer", "part_layer"]

CLASS_COLUMNS: Final = (
    "iso3",
    "gauges",
    "line_id",
    "part_order",
    "kind",
    "use",
    "status",
    "power",
)
"""What is the same all along an edge of the layer: it ends where one of these changes."""

DIGITS: Final = 5
"""Positions are rounded to so many digits of a degree: a metre, for tracks lie side by side."""

_PART_TYPES: Final = {
    "line_id": "str",
    "part_order": "int64",
    "from_place": "str",
    "to_place": "str",
    "kind": "str",
    "length_km": "float64",
    "drawn_km": "float64",
    "from_snap_km": "float64",
    "to_snap_km": "float64",
}


def edge_layer(graph: RailGraph, chains: Chains, edges: pd.DataFrame) -> gpd.GeoDataFrame:
    """Make the layer of edges, without loops, numbered from 0.

    Parameters
    ----------
    graph
        The track.
    chains
        Its chains.
    edges
        What each edge of the track is: `CLASS_COLUMNS`, tariff_km, speed_kmh, tracks, usage,
        service, name, osm_way.

    Returns
    -------
    GeoDataFrame
        The columns of `rail_edges` with status, power, speed_kmh (length by running time), and
        tracks, usage, service, name and osm_way (of the longest share); EPSG:4326.
    """
    chain, km = chains.edge_chain, graph.length_km
    size = len(chains.tail)
    tariff_km = np.bincount(chain, weights=edges["tariff_km"].to_numpy(), minlength=size)
    first = edges.iloc[chains.first_edge].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "from_node": chains.tail,
            "to_node": chains.head,
            "length_km": np.round(chains.length_km, 3),
            "tariff_km": np.round(tariff_km, 3),
            **{name: first[name] for name in CLASS_COLUMNS},
            "speed_kmh": _speed(edges["speed_kmh"].to_numpy(), chain, km, size),
            **{
                name: _longest(edges[name], chain, km)
                for name in ("tracks", "usage", "service", "name", "osm_way")
            },
        }
    )
    table["tracks"] = table["tracks"].astype("int64")
    lines = chains.lines(np.round(graph.lon, DIGITS), np.round(graph.lat, DIGITS))
    frame = gpd.GeoDataFrame(table, geometry=_cut(lines), crs="EPSG:4326")
    frame = frame[frame["from_node"] != frame["to_node"]].reset_index(drop=True)
    frame.insert(0, "edge_id", np.arange(len(frame), dtype=np.int64))
    return frame


def part_layer(matches: LineMatches) -> pd.DataFrame:
    """Make the layer of the parts of lines, also where there is none."""
    table = matches.part_table().reindex(columns=list(_PART_TYPES))
    return table.astype(_PART_TYPES)


def _speed(
    speed: NDArray[np.float64], chain: NDArray[np.int64], km: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Give the speed of each chain: length over running time, where the speed is known."""
    said = np.isfinite(speed)
    length = np.bincount(chain[said], weights=km[said], minlength=size)
    hours = np.bincount(chain[said], weights=km[said] / speed[said], minlength=size)
    speeds = np.full(size, np.nan)
    np.divide(length, hours, out=speeds, where=hours > 0)
    return np.round(speeds, 1)


def _longest(values: pd.Series, chain: NDArray[np.int64], km: NDArray[np.float64]) -> pd.Series:
    """Give the value that most of each chain's length has; of equals the first by order."""
    code, kinds = pd.factorize(values, sort=True)
    share = pd.DataFrame({"chain": chain, "code": code, "km": km})
    share = share.groupby(["chain", "code"], sort=True)["km"].sum().reset_index()
    share = share.sort_values(["chain", "km", "code"], ascending=[True, False, True])
    best = share.drop_duplicates("chain").set_index("chain")["code"].sort_index()
    return pd.Series(np.asarray(kinds)[best.to_numpy()], index=best.index)


def _cut(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Cut the lines that cross the 180th meridian."""
    coords, line = shapely.get_coordinates(lines, return_index=True)
    jump = (np.abs(np.diff(coords[:, 0])) > 180.0) & (line[1:] == line[:-1])
    for at in np.unique(line[1:][jump]):
        lines[at] = split_at_antimeridian(lines[at])
    return lines
