"""Nodes and edges of track with new ones among them; edges are split where a line joins them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.atlas import ids_of
from geo.earth import distance_km, line_length_km
from geo.own.ground import positions_km

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.own.ground import Near

__all__ = ["NODE_KM", "TrackBuilder"]

NODE_KM: Final = 0.5
"""Track is joined at a node that is there rather than cut within this distance of it."""


class TrackBuilder:
    """The layers of track, with what is added.

    Parameters
    ----------
    edges, nodes
        The layers `rail_edges` (numbered from 0) and `rail_nodes`.
    """

    def __init__(self, edges: gpd.GeoDataFrame, nodes: pd.DataFrame) -> None:
        self._edges = edges
        self._nodes = nodes.set_index("node_id", drop=False)
        self._next = int(nodes["node_id"].max()) + 1 if len(nodes) else 0
        self._new_nodes: dict[int, dict[str, Any]] = {}
        self._new_edges: list[dict[str, Any]] = []
        self._splits: dict[int, list[tuple[float, int]]] = {}
        self._named: dict[int, str] = {}
        self._stations = {
            place: int(node)
            for node, places in zip(nodes["node_id"], nodes["place_ids"].fillna(""), strict=True)
            for place in ids_of(places)
        }

    def position(self, node: int) -> tuple[float, float]:
        """Return lon and lat of a node, degrees."""
        if node in self._new_nodes:
            new = self._new_nodes[node]
            return new["lon"], new["lat"]
        return float(self._nodes["lon"][node]), float(self._nodes["lat"][node])

    def places_at(self, node: int) -> str:
        """Return the ids of the places at a node, joined by ``;``."""
        if node in self._named:
            return self._named[node]
        if node in self._new_nodes:
            return ""
        found = self._nodes["place_ids"][node]
        return "" if pd.isna(found) else str(found)

    def name_node(self, node: int, place_id: str) -> None:
        """Say that a place stands at a node, unless it stands at another one."""
        if self._stations.setdefault(place_id, node) == node:
            there = ids_of(self.places_at(node))
            self._named[node] = ";".join(dict.fromkeys([*there, place_id]))

    def new_node(self, lon: float, lat: float, kind: str) -> int:
        """Add a node and return its id."""
        node = self._next
        self._next += 1
        self._new_nodes[node] = {"lon": lon, "lat": lat, "kind": kind}
        return node

    def mark_border(self, node: int, states: tuple[str, str], crossing_id: str) -> None:
        """Say between which states a new node lies, and which crossing it is ("" for none)."""
        first, second = sorted(states)
        self._new_nodes[node] |= {
            "kind": "border",
            "iso3_a": first,
            "iso3_b": second,
            "crossing_id": crossing_id,
        }

    def station(
        self,
        place_id: str,
        iso3: str,
        gauges: Collection[str],
        spot: tuple[float, float],
        within_km: float,
    ) -> int:
        """Return the node of a place, if it has track of a state and gauge near a spot, else -1."""
        node = self._stations.get(place_id, -1)
        if node < 0 or node in self._new_nodes:
            return node
        if float(distance_km(*spot, *self.position(node))) > within_km:
            return -1
        at = (self._edges["from_node"] == node) | (self._edges["to_node"] == node)
        own = self._edges.loc[at & (self._edges["iso3"] == iso3), "gauges"]
        fits = any(set(str(found).split(";")) & set(gauges) for found in own)
        return node if fits else -1

    def at(self, near: Near) -> int:
        """Return the node at a point of an edge: one of its ends if near, else a new one."""
        edge = self._edges.iloc[near.edge]
        ends = (int(edge["from_node"]), int(edge["to_node"]))
        away = [float(distance_km(near.lon, near.lat, *self.position(node))) for node in ends]
        if min(away) <= NODE_KM:
            return ends[int(np.argmin(away))]
        for _, node in self._splits.get(near.edge, []):
            if float(distance_km(near.lon, near.lat, *self.position(node))) <= NODE_KM:
                return node
        node = self.new_node(near.lon, near.lat, "junction")
        along = shapely.line_locate_point(edge.geometry, shapely.Point(near.lon, near.lat))
        plane = np.hypot(*np.diff(shapely.get_coordinates(edge.geometry), axis=0).T)
        km = np.interp(
            along, np.concatenate([[0.0], np.cumsum(plane)]), positions_km(edge.geometry)
        )
        self._splits.setdefault(near.edge, []).append((float(km), node))
        return node

    def new_edge(
        self,
        ends: tuple[int, int],
        points: Sequence[tuple[float, float]],
        attributes: Mapping[str, Any],
    ) -> float:
        """Add an edge that leads from node to node through points; return its length, km."""
        path = [self.position(ends[0]), *points, self.position(ends[1])]
        path = [point for at, point in enumerate(path) if at == 0 or point != path[at - 1]]
        shape = shapely.LineString(path)
        length_km = float(line_length_km(shape)[0])
        self._new_edges.append(
            {
                "from_node": ends[0],
                "to_node": ends[1],
                "length_km": round(length_km, 3),
                "geometry": shape,
                **attributes,
            }
        )
        return length_km

    def edges(self) -> gpd.GeoDataFrame:
        """Return the layer of edges, split and with the new ones, numbered from 0."""
        kept = self._edges.drop(index=list(self._splits))
        rows = [piece for edge in sorted(self._splits) for piece in self._pieces(edge)]
        added = pd.DataFrame([*rows, *self._new_edges]).reindex(columns=list(self._edges.columns))
        added["edge_id"] = 0
        for name in self._edges.columns:
            if name != "geometry":
                dtype = self._edges[name].dtype
                # A count or mark that an own line does not have, as an imported network may.
                filled = added[name].fillna(0) if dtype.kind in "iub" else added[name]
                added[name] = filled.astype(dtype)
        frame = gpd.GeoDataFrame(
            pd.concat([kept, added], ignore_index=True), geometry="geometry", crs=self._edges.crs
        )
        frame["edge_id"] = np.arange(len(frame), dtype=np.int64)
        return frame

    def _pieces(self, edge: int) -> list[dict[str, Any]]:
        """Return the pieces of an edge that is split."""
        row = self._edges.iloc[edge].to_dict()
        at_km = positions_km(row["geometry"])
        coords = shapely.get_coordinates(row["geometry"])
        cuts = [
            (0.0, int(row["from_node"])),
            *sorted(self._splits[edge]),
            (float(at_km[-1]), int(row["to_node"])),
        ]
        pieces = []
        for (km, node), (next_km, next_node) in pairwise(cuts):
            between = coords[(at_km > km + 1e-9) & (at_km < next_km - 1e-9)]
            path = [self.position(node), *map(tuple, between), self.position(next_node)]
            share = (next_km - km) / at_km[-1]
            pieces.append(
                row
                | {
                    "from_node": node,
                    "to_node": next_node,
                    "length_km": row["length_km"] * share,
                    "tariff_km": row["tariff_km"] * share,
                    "geometry": shapely.LineString(path),
                }
            )
        return pieces

    def nodes(self, edges: pd.DataFrame) -> tuple[pd.DataFrame, int]:
        """Return the layer of nodes that edges have, and how many of the old ones are left out."""
        blank = dict.fromkeys(("place_ids", "iso3_a", "iso3_b", "crossing_id"), "")
        added = pd.DataFrame(
            [{"node_id": node, **blank, **new} for node, new in self._new_nodes.items()],
            columns=list(self._nodes.columns),
        )
        old = self._nodes.reset_index(drop=True)
        frame = pd.concat([old, added.astype(old.dtypes.to_dict())], ignore_index=True)
        names = frame["node_id"].map(self._named)
        frame["place_ids"] = names.where(names.notna(), frame["place_ids"].fillna("")).astype("str")
        frame.loc[names.notna() & (frame["kind"] != "border"), "kind"] = "station"
        used = frame["node_id"].isin(pd.concat([edges["from_node"], edges["to_node"]]))
        return frame[used].reset_index(drop=True), int((~used).sum())
