"""Leads both gauges of a listed crossing to the border, where its gauge is changed.

On the ground the two tracks end side by side in a yard; the network changes gauge at one point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.atlas import ids_of
from geo.earth.nearest import NearestPoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.network.rail_source import RailGraph

__all__ = ["with_gauge_links"]

WITHIN_KM = 30.0
"""How far behind the border the track of the other gauge may begin: yards lie a few km behind."""


def with_gauge_links(
    graph: RailGraph,
    edges: pd.DataFrame,
    *,
    borders: pd.DataFrame,
    crossings: pd.DataFrame,
    usable: NDArray[np.bool_],
) -> tuple[RailGraph, pd.DataFrame, dict[str, float]]:
    """Join the border vertex of each crossing to the track of the gauges that the table lists.

    Parameters
    ----------
    graph, edges
        The track after the cut, and what each edge is: iso3, gauges.
    borders
        Border vertices with their crossing_id.
    crossings
        crossing_id, iso3_a, iso3_b, gauge_a_mm, gauge_b_mm.
    usable
        Which edges goods trains may use.

    Returns
    -------
    graph, edges
        With links of kind ``join`` at the end, each of one state and gauge.
    counts
        gauge_links, gauge_links_km, and gauge_links_missing: sides with no such track within 30 km.
    """
    rows: list[dict[str, Any]] = []
    tails, heads, lengths = [], [], []
    missing = 0
    for vertex, state, gauge in _sides(borders, crossings):
        own = usable & (edges["iso3"] == state).to_numpy()
        own &= np.array([str(gauge) in ids_of(text) for text in edges["gauges"].unique()])[
            pd.factorize(edges["gauges"])[0]
        ]
        ends = np.unique(np.concatenate([graph.tail[own], graph.head[own]]))
        if vertex in ends:
            continue
        near, km = (
            NearestPoints(graph.lon[ends], graph.lat[ends]).query(
                [graph.lon[vertex]], [graph.lat[vertex]]
            )
            if len(ends)
            else (np.zeros(1, dtype=np.int64), np.full(1, np.inf))
        )
        if km[0] > WITHIN_KM:
            missing += 1
            continue
        tails.append(vertex)
        heads.append(int(ends[near[0]]))
        lengths.append(float(km[0]))
        rows.append(_link_row(edges, state, gauge, float(km[0])))
    counts = {
        "gauge_links": len(rows),
        "gauge_links_km": sum(lengths),
        "gauge_links_missing": missing,
    }
    if not rows:
        return graph, edges, counts
    joined = graph.with_edges(
        np.array(tails, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.array(lengths),
        kind="join",
    )
    added = pd.DataFrame(rows)[list(edges)].astype(edges.dtypes.to_dict())
    return joined, pd.concat([edges, added], ignore_index=True), counts


def _sides(borders: pd.DataFrame, crossings: pd.DataFrame) -> Iterator[tuple[int, str, int]]:
    """Yield vertex, state and gauge (mm) of both sides of each crossing that was found."""
    listed = crossings.set_index("crossing_id")
    for vertex, crossing in borders.loc[borders["crossing_id"] != "", "crossing_id"].items():
        for side in "ab":
            gauge = listed[f"gauge_{side}_mm"][crossing]
            if pd.notna(gauge):
                yield int(str(vertex)), str(listed[f"iso3_{side}"][crossing]), int(gauge)


def _link_row(edges: pd.DataFrame, state: str, gauge: int, km: float) -> dict[str, Any]:
    """Describe a link in the columns of the edges."""
    blank: dict[str, Any] = {
        str(name): np.nan if values.dtype.kind == "f" else 0 if values.dtype.kind in "iu" else ""
        for name, values in edges.items()
    }
    return blank | {
        "iso3": state,
        "gauges": str(gauge),
        "kind": "join",
        "use": "freight",
        "status": "open",
        "length_km": km,
    }
