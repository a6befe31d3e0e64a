"""Building blocks of the network: nodes, and arcs with the quantities that they use.

Each room (rail, crossings, terminals, lanes, services) returns blocks; `network` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["ArcBlock", "NodeBook"]

ARC_COLUMNS: dict[str, Any] = {
    "mode": "",
    "line_id": "",
    "iso3": "",
    "gauge_mm": 0,
    "length_km": 0.0,
    "tariff_km": 0.0,
    "where": "",
    "power": "",
    "shape": -1,
    "reverse": False,
    "schematic": False,
    "unlisted": False,
    "track_name": "",
}


@dataclass
class NodeBook:
    """The nodes of the network in the order in which they were entered.

    A node is a place x mode x gauge: a vertex of track as one gauge of one state sees it, the yard
    of a terminal, or a step at a border.
    """

    lon: list[NDArray[np.float64]] = field(default_factory=list)
    lat: list[NDArray[np.float64]] = field(default_factory=list)
    name: list[NDArray[np.object_]] = field(default_factory=list)
    iso3: list[NDArray[np.object_]] = field(default_factory=list)
    kind: list[NDArray[np.object_]] = field(default_factory=list)
    size: int = 0

    def enter(
        self,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        *,
        name: NDArray[np.object_] | Sequence[str],
        iso3: NDArray[np.object_] | Sequence[str],
        kind: str,
    ) -> NDArray[np.int64]:
        """Enter nodes and return their ids (int64, in the order given)."""
        count = len(lon)
        self.lon.append(np.asarray(lon, dtype=np.float64))
        self.lat.append(np.asarray(lat, dtype=np.float64))
        self.name.append(np.asarray(name, dtype=object))
        self.iso3.append(np.asarray(iso3, dtype=object))
        self.kind.append(np.full(count, kind, dtype=object))
        ids = np.arange(self.size, self.size + count, dtype=np.int64)
        self.size += count
        return ids

    def copy_of(self, node: int, *, kind: str) -> int:
        """Enter a node that stands where another stands, and return its id."""
        ends = np.cumsum([len(part) for part in self.lon])
        part = int(np.searchsorted(ends, node, side="right"))
        at = node - int(ends[part]) + len(self.lon[part])
        (copy,) = self.enter(
            self.lon[part][[at]],
            self.lat[part][[at]],
            name=self.name[part][[at]],
            iso3=self.iso3[part][[at]],
            kind=kind,
        )
        return int(copy)

    def frame(self) -> pd.DataFrame:
        """Return all nodes, one row each: lon and lat in degrees (EPSG:4326), name, iso3, kind."""
        parts = (self.lon, self.lat, self.name, self.iso3, self.kind)
        joined = [np.concatenate(part) if part else np.empty(0) for part in parts]
        columns = dict(zip(("lon", "lat", "name", "iso3", "kind"), joined, strict=True))
        text = {name: columns[name] for name in ("name", "iso3", "kind")}
        return pd.DataFrame(columns).assign(
            **{name: pd.Series(values, dtype=object) for name, values in text.items()}
        )


@dataclass(frozen=True)
class ArcBlock:
    """Arcs of one kind, with what they use and what can close them.

    Attributes
    ----------
    tail, head : int64[arcs]
        Node ids.
    columns : DataFrame, one row an arc
        See `ARC_COLUMNS`; lengths in km, gauge in mm (0: none).
    quantities : list of (arc, item, amount)
        Arrays of one length: local arc number, item id, amount in the item's unit.
    links : list of (arc, link)
        Arrays of one length: local arc number and the name of a link (`crossing:x`, `passage:x`,
        `part:line/3`, ...). An arc is closed while any of its links is.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    columns: pd.DataFrame
    quantities: tuple[tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.float64]], ...] = ()
    links: tuple[tuple[NDArray[np.int64], NDArray[np.object_]], ...] = ()

    @classmethod
    def of(cls, rows: Sequence[dict[str, Any]]) -> ArcBlock:
        """Make a block from one mapping an arc.

        Keys are `tail`, `head`, any of `ARC_COLUMNS`, `uses` (item -> amount) and `links`.
        """
        frame = pd.DataFrame(
            {
                name: pd.Series([row.get(name, default) for row in rows], dtype=type(default))
                if not isinstance(default, str)
                else pd.Series([row.get(name, default) for row in rows], dtype=object)
                for name, default in ARC_COLUMNS.items()
            }
        )
        uses = [
            (arc, item, float(amount))
            for arc, row in enumerate(rows)
            for item, amount in row.get("uses", {}).items()
        ]
        ties = [(arc, link) for arc, row in enumerate(rows) for link in row.get("links", ())]
        return cls(
            tail=np.array([row["tail"] for row in rows], dtype=np.int64),
            head=np.array([row["head"] for row in rows], dtype=np.int64),
            columns=frame,
            quantities=(
                (
                    np.array([use[0] for use in uses], dtype=np.int64),
                    np.array([use[1] for use in uses], dtype=object),
                    np.array([use[2] for use in uses], dtype=np.float64),
                ),
            ),
            links=(
                (
                    np.array([tie[0] for tie in ties], dtype=np.int64),
                    np.array([tie[1] for tie in ties], dtype=object),
                ),
            ),
        )
