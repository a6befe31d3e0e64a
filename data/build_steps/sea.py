"""The sea network from searoute's marnet, with legs added by hand and passages named.

Its nodes are the vertices of marnet, its edges the straight steps between them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.atlas import Atlas
from geo.earth import NearestPoints, line_length_km
from geo.errors import DataError, MissingDataError
from geo.network.sea import sea_lanes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["build_sea", "name_passages", "sea_edges"]

MARNET = "searoute-1.6.0/searoute/data/marnet_searoute.geojson"
PASSAGES_FILE = "data/passages.csv"
NAMES = {
    "babalmandab": "bab-el-mandeb",
    "northwest": "northwest-passage",
    "ormuz": "hormuz",
    "south_africa": "cape",
}
CANADA = (-125.0, -65.0)
SNAP_KM = 1.0
WHOLE_TURN, HALF_TURN = 360.0, 180.0


def build_sea(
    raw_dir: Path,
    ports: pd.DataFrame,
    passages: pd.DataFrame,
    land: gpd.GeoDataFrame | None = None,
    *,
    additions: pd.DataFrame | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Build the layers `sea_edges` and `sea_lanes`.

    Parameters
    ----------
    raw_dir
        Folder with the unpacked source of searoute 1.6.0 in `searoute-1.6.0/`.
    ports, passages
        The tables of these names.
    land
        The layer `boundaries`; approaches to ports keep off it where they can.
    additions
        The table `sea_additions`; by default the one that ships.
    progress
        Called with (settings of the switches done, all).

    Returns
    -------
    edges, lanes
        Lengths in km on the WGS84 ellipsoid, geometry in EPSG:4326.
    """
    if additions is None:
        additions = Atlas(Path(__file__).resolve().parents[1]).sea_additions
    edges = name_passages(sea_edges(raw_dir, additions), passages)
    return edges, sea_lanes(edges, ports, passages, land=land, progress=progress)


def sea_edges(raw_dir: Path, additions: pd.DataFrame) -> gpd.GeoDataFrame:
    """Read marnet and join the added legs to it.

    Parameters
    ----------
    raw_dir
        Folder with the unpacked source of searoute 1.6.0 in `searoute-1.6.0/`.
    additions
        The table `sea_additions`: points less than 1 km from a node of marnet become that node.

    Returns
    -------
    GeoDataFrame
        from_node, to_node, length_km, passage_id (as marnet names it, in the ids of the study),
        geometry; no edge crosses the 180th meridian.
    """
    starts, ends, names = _marnet(raw_dir / MARNET)
    points, ids = _numbered(np.concatenate((starts, ends)))
    index = NearestPoints(points[:, 0], points[:, 1])
    legs = additions.sort_values(["leg_id", "order"], kind="stable")
    spots = legs[["lon", "lat"]].to_numpy(dtype=np.float64).copy()
    nearest, km = index.query(spots[:, 0], spots[:, 1], k=1)
    spots[km < SNAP_KM] = points[nearest[km < SNAP_KM]]
    goes_on = (legs["leg_id"].to_numpy()[1:] == legs["leg_id"].to_numpy()[:-1]).nonzero()[0]
    points, ids = _numbered(np.concatenate((starts, spots[goes_on], ends, spots[goes_on + 1])))
    tail, head = np.split(ids, 2)
    passage = np.concatenate((names, np.full(len(goes_on), "", dtype=object)))
    frame = pd.DataFrame({"a": np.minimum(tail, head), "b": np.maximum(tail, head), "p": passage})
    # A step drawn twice is kept once, with its name if either has one.
    frame = frame[frame["a"] != frame["b"]].sort_values(
        ["a", "b", "p"], ascending=[True, True, False]
    )
    frame = frame.drop_duplicates(["a", "b"], ignore_index=True)
    lines = _lines(points[frame["a"].to_numpy()], points[frame["b"].to_numpy()])
    return gpd.GeoDataFrame(
        {
            "from_node": frame["a"].astype("int64"),
            "to_node": frame["b"].astype("int64"),
            "length_km": np.round(line_length_km(lines), 3),
            "passage_id": frame["p"].astype("str"),
        },
        geometry=lines,
        crs="EPSG:4326",
    )


def name_passages(edges: gpd.GeoDataFrame, passages: pd.DataFrame) -> gpd.GeoDataFrame:
    """Name the edges that cross the gate of a passage.

    An edge through several passages bears all their ids, joined by `;`.

    Raises
    ------
    DataError
        A passage has a gate that no edge crosses and no edge of its name: it could never be shut.
    """
    named = edges["passage_id"].to_numpy(dtype=object).copy()
    shapes = edges.geometry.to_numpy()
    shapely.prepare(shapes)
    for passage, text in zip(passages["passage_id"], passages["gate"], strict=True):
        gate = shapely.LineString([[float(x) for x in pair.split()] for pair in text.split(",")])
        for edge in np.flatnonzero(shapely.intersects(shapes, gate)):
            ids = {*filter(None, named[edge].split(";")), passage}
            named[edge] = ";".join(sorted(ids))
        if not any(passage in name.split(";") for name in named):
            problem = f"no edge of the sea network crosses the gate of {passage}"
            raise DataError(PASSAGES_FILE, None, "gate", problem)
    known = set(passages["passage_id"])
    kept = [";".join(part for part in name.split(";") if part in known) for name in named]
    return edges.assign(passage_id=pd.Series(kept, dtype="str", index=edges.index))


def _marnet(path: Path) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Return the steps of marnet: where they start, where they end, and their passage."""
    if not path.is_file():
        raise MissingDataError(MARNET, problem=f"there is no such file under {path.parents[3]}")
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    starts: list[list[float]] = []
    ends: list[list[float]] = []
    names: list[str] = []
    for feature in features:
        shape = feature["geometry"]
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        name = feature["properties"].get("passage") or ""
        for line in lines:
            starts += line[:-1]
            ends += line[1:]
            names += [_name(name, lon) for lon, _ in line[:-1]]
    return _cut_at_180(np.array(starts), np.array(ends), np.array(names, dtype=object))


def _name(name: str, lon: float) -> str:
    """Return the id of a passage that marnet names at a longitude.

    Marnet counts the way from Bering Strait to Siberia to the Northwest Passage, so that the
    Northern Sea Route could not be opened alone: only the part in Canada keeps the name.
    """
    if name == "northwest" and not CANADA[0] <= lon <= CANADA[1]:
        return ""
    return NAMES.get(name, name)


def _cut_at_180(
    starts: NDArray[np.float64], ends: NDArray[np.float64], names: NDArray[np.object_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Bring longitudes into [-180, 180] and cut the steps that cross the 180th meridian."""
    west = (starts[:, 0] + HALF_TURN) % WHOLE_TURN - HALF_TURN
    east = west + ((ends[:, 0] - west + HALF_TURN) % WHOLE_TURN - HALF_TURN)
    over = np.abs(east) > HALF_TURN
    side = np.copysign(HALF_TURN, east)
    share = np.divide(side - west, east - west, out=np.zeros_like(east), where=over)
    lat = starts[:, 1] + share * (ends[:, 1] - starts[:, 1])
    a, b = np.column_stack((west, starts[:, 1])), np.column_stack((east, ends[:, 1]))
    cut = np.column_stack((side, lat))
    b_over = b[over] - np.column_stack((side[over] * 2, np.zeros(over.sum())))
    return (
        np.concatenate((a[~over], a[over], cut[over] * [-1, 1])),
        np.concatenate((b[~over], cut[over], b_over)),
        np.concatenate((names[~over], names[over], names[over])),
    )


def _numbered(spots: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the distinct points and the number of each given one; 180 W is 180 E."""
    spots = np.round(spots, 6) + 0.0
    spots[spots[:, 0] == HALF_TURN, 0] = -HALF_TURN
    points, ids = np.unique(spots, axis=0, return_inverse=True)
    return points, ids.reshape(-1).astype(np.int64)


def _lines(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the straight steps, those to the 180th meridian drawn on their own side of it."""
    pairs = np.stack((starts, ends), axis=1)
    for here, there in ((0, 1), (1, 0)):
        edge = (pairs[:, here, 0] == -HALF_TURN) & (pairs[:, there, 0] > 0)
        pairs[edge, here, 0] = HALF_TURN
    return np.asarray(shapely.linestrings(pairs), dtype=np.object_)
