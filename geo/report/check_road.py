"""Lengths by road beside the published ones: a check that can fail.

The shortest way by the roads of the layer, over borders that a lorry may pass, open today or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.atlas import ids_of
from geo.network.blocks import NodeBook
from geo.network.roads import roads_of
from geo.report.check import CheckResult, compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Group

    from geo.atlas import Atlas

__all__ = ["ROAD_TOLERANCE", "check_roads", "road_lengths", "road_view"]

ROAD_TOLERANCE = 0.05
"""Ends of published roads are seldom those of the atlas: toll gates, city limits, ring roads."""

ABSOLUTE_TOLERANCE_KM = 5.0


def road_lengths(atlas: Atlas, pairs: pd.DataFrame) -> pd.Series:
    """Compute lengths by road between places.

    Parameters
    ----------
    atlas : Atlas
    pairs : DataFrame
        Columns from_place and to_place, ids of places.

    Returns
    -------
    Series
        km, by the index of `pairs`; NaN where a place has no road or none leads there.
    """
    book = NodeBook()
    members = [ids_of(text) for text in atlas.border_regimes["members"]]
    regimes = {(here, there): ("", "") for group in members for here in group for there in group}
    joins, blocks = roads_of(atlas, book, zone_of={}, regimes=regimes, first_shape=0)
    tail = np.concatenate([block.tail for block in blocks])
    head = np.concatenate([block.head for block in blocks])
    km = np.concatenate([block.columns["length_km"].to_numpy(dtype=float) for block in blocks])
    # A matrix adds up what is parallel: the shortest of each comes first, and only it is kept.
    order = np.lexsort((km, head, tail))
    _, first = np.unique(tail[order] * book.size + head[order], return_index=True)
    pick = order[first]
    matrix = csr_array(
        (np.maximum(km[pick], 1e-9), (tail[pick], head[pick])), shape=(book.size, book.size)
    )
    places = atlas.places.set_index("place_id")
    found: list[float] = []
    for start, goal in zip(pairs["from_place"], pairs["to_place"], strict=True):
        at = places.loc[[start, goal]]
        spots = joins.spots(at["lon"].to_numpy(), at["lat"].to_numpy(), list(at["iso3"]))
        if len(spots) < len(at):
            found.append(np.nan)
            continue
        sources, goals = joins.ends(spots[0]), joins.ends(spots[1])
        cost = dijkstra(matrix, indices=[node for node, _ in sources])
        ways = [
            start_km + float(cost[row, node]) + goal_km
            for row, (_, start_km) in enumerate(sources)
            for node, goal_km in goals
        ]
        found.append(min(ways) if np.isfinite(min(ways)) else np.nan)
    return pd.Series(found, index=pairs.index, dtype=float)


def check_roads(atlas: Atlas) -> CheckResult:
    """Compare every published length of a road with the network.

    Parameters
    ----------
    atlas : Atlas
        Its table `published_road_lengths`, and its roads.

    Returns
    -------
    CheckResult
        One row a published length: within 5 % or 5 km, whichever is more; ``no way`` if no road
        leads there.
    """
    published = atlas.published_road_lengths
    computed = road_lengths(atlas, published)
    rows = pd.DataFrame(
        {
            "check_id": published["check_id"],
            "from": published["from_place"],
            "to": published["to_place"],
            "computed_km": computed,
            "published_km": published["length_km"],
            "source": published["source_ids"],
            "excuse": published["excuse"].fillna(""),
            "kind": np.where(computed.isna(), "no road", "track"),
        }
    )
    judged = compare(rows, relative=ROAD_TOLERANCE, absolute_km=ABSOLUTE_TOLERANCE_KM).rows
    # A line may have no track yet; a road that was published and is not there is a fault.
    return CheckResult(judged.assign(verdict=judged["verdict"].mask(computed.isna(), "no way")))


def road_view(result: CheckResult, names: Mapping[str, str]) -> Group:
    """Draw the comparison for a reader at a terminal.

    Parameters
    ----------
    result : CheckResult
        Of `check_roads`.
    names : mapping of str to str
        Names of places by id.

    Returns
    -------
    rich.console.Group
        Ready to print.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from geo.report.check_view import check_table, excuse_marks

    table = check_table(result.rows, names)
    table.columns[2].header = "Road km"
    excuses = [
        Padding(Text(f"[{mark}] {excuse}", style="dim"), (0, 0, 0, 1))
        for excuse, mark in excuse_marks(result.rows).items()
    ]
    summary = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items())
    word = Text("ok" if result.ok else "FAILED", style="bold green" if result.ok else "bold red")
    rule = "by road: within 5 % or 5 km of the published length, whichever is more"
    return Group(table, *excuses, Text(""), Text.assemble(word, f": {summary} ({rule})"))
