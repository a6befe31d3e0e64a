"""Changes of gauge away from a border: between the tracks of one yard, as a table lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.atlas import ids_of
from geo.network.blocks import ArcBlock

if TYPE_CHECKING:
    import pandas as pd

    from geo.network.rail import RailLayer
    from geo.network.terminals import Terminals

__all__ = ["transfer_block"]

Row = dict[Any, Any]


def transfer_block(
    transfers: pd.DataFrame, places: pd.DataFrame, *, rail: RailLayer, terminals: Terminals
) -> ArcBlock:
    """Make the arcs between two gauges of a yard, both ways, one for each method.

    The box stays in its consignment: neither entry nor the wait for a train is charged anew, as
    it would be if it were unloaded and loaded there.

    Parameters
    ----------
    transfers, places : DataFrame
        The tables of these names.
    rail : RailLayer
    terminals : Terminals

    Returns
    -------
    ArcBlock
        Without the transfers of places that have no track of the gauge that the table says.
    """
    iso3_of = places.set_index("place_id")["iso3"].to_dict()
    vertex_of = terminals.access["vertex"].to_dict()
    rows: list[Row] = []
    for transfer in transfers.to_dict("records"):
        ends = []
        for side in ("a", "b"):
            place, gauge = str(transfer[f"place_{side}"]), int(transfer[f"gauge_{side}_mm"])
            vertex = int(vertex_of[place])
            at = rail.nodes_at(vertex) if vertex >= 0 else {}
            node = at.get((str(iso3_of[place]), gauge))
            # An imported network may end before it: no track, no transfer.
            if node is not None:
                ends.append((node, gauge, str(iso3_of[place])))
        if len(ends) < 2:
            continue
        for (tail, _, _), (head, gauge, iso3) in (ends, ends[::-1]):
            rows += [
                {
                    "tail": tail,
                    "head": head,
                    "mode": "transfer",
                    "iso3": iso3,
                    "where": str(transfer["name"]),
                    "gauge_mm": gauge,
                    "uses": {item: 1.0},
                    "links": (f"transfer:{transfer['transfer_id']}",),
                }
                for item in ids_of(transfer["gauge_items"])
            ]
    return ArcBlock.of(rows)
