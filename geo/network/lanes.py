"""Sea lanes as arcs between ports: by the lane's own price, or by km where none is known.

A lane has one arc for each set of passages that ships may have to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.atlas import ids_of
from geo.errors import DataError
from geo.network.blocks import ArcBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.network.terminals import Terminals

__all__ = ["lane_block"]

Row = dict[Any, Any]

LANES = "data/lanes.csv"


def _rates_of(rates: pd.DataFrame) -> Iterator[tuple[str, str, frozenset[str], Row]]:
    """Yield (from port, to port, passages in force, row) of the lanes that have a price."""
    for rate in rates.to_dict("records"):
        for origin in ids_of(rate["from_ports"]):
            for target in ids_of(rate["to_ports"]):
                yield origin, target, frozenset(ids_of(rate["passages"])), rate


def _lane_uses(km: float, *, deep: bool) -> tuple[dict[str, float], dict[str, float]]:
    """Return what a lane uses: (its price by km, its time and energy)."""
    kind = "deep" if deep else "short"
    return (
        {f"sea-{kind}": km},
        {f"run-sea-{kind}": km, f"wait-sailing-{kind}": 1.0, "energy-sea": km},
    )


def lane_block(
    lanes: pd.DataFrame,
    rates: pd.DataFrame,
    *,
    terminals: Terminals,
    first_shape: int,
    short_sea_km: float,
) -> ArcBlock:
    """Make the arcs of the sea, both ways.

    Parameters
    ----------
    lanes : DataFrame
        The layer `sea_lanes`.
    rates : DataFrame
        The table `lanes`: through prices, with the passages in force at their date.
    terminals : Terminals
    first_shape : int
        Number of the first lane's geometry among the network's shapes.
    short_sea_km : float
        Up to this length a lane is worked as short sea.

    Returns
    -------
    ArcBlock

    Raises
    ------
    DataError
        If two prices hold for one lane by the same passages.

    Notes
    -----
    A lane longer than `short_sea_km` exists only between two ports with deep-sea services.
    """
    quays = terminals.quays.to_dict("index")
    priced: dict[tuple[str, str], list[tuple[frozenset[str], Row]]] = {}
    for origin, target, passages, rate in _rates_of(rates):
        known = priced.setdefault((origin, target), [])
        if passages in [others for others, _ in known]:
            problem = f"two prices from {origin} to {target} by the same passages"
            raise DataError(LANES, column="lane_rate_id", problem=problem)
        known.append((passages, rate))
    rows: list[Row] = []
    table = pd.DataFrame(lanes.drop(columns="geometry")).to_dict("records")
    for shape, lane in enumerate(table, start=first_shape):
        a, b = str(lane["port_a"]), str(lane["port_b"])
        if a not in quays or b not in quays:
            continue
        deep = lane["length_km"] > short_sea_km
        if deep and not (quays[a]["sea"] == quays[b]["sea"] == "deep"):
            continue
        for origin, target in ((a, b), (b, a)):
            rows += _lane_rows(
                lane,
                (origin, quays[origin]),
                (target, quays[target]),
                deep=deep,
                drawn=(shape, origin == b),
                rates=priced.get((origin, target), []),
            )
    return ArcBlock.of(rows)


def _lane_rows(
    lane: Row,
    start: tuple[str, Row],
    end: tuple[str, Row],
    *,
    deep: bool,
    drawn: tuple[int, bool],
    rates: list[tuple[frozenset[str], Row]],
) -> list[Row]:
    """One way of one lane: an arc for each through price, or else the arc priced by km."""
    (origin, quay), (target, far_quay) = start, end
    km = float(lane["length_km"])
    passages = ids_of(lane["passages"])
    price, effort = _lane_uses(km, deep=deep)
    states = "-".join(sorted((quay["iso3"], far_quay["iso3"])))
    common = {
        "mode": "sea",
        "where": f"{quay['name']}-{far_quay['name']}",
        "length_km": km,
        "tariff_km": km,
        "shape": drawn[0],
        "reverse": drawn[1],
    }
    links = (*(f"passage:{passage}" for passage in passages), f"sea:{states}", f"arrive:{target}")
    by_km = {"tail": quay["outward"], "head": far_quay["inward"], "uses": price | effort}
    rows: list[Row] = []
    for in_force, rate in rates:
        if not in_force <= set(passages):
            continue
        through = {str(rate["item"]): 1.0, str(far_quay["dwell_item"]): 1.0}
        rows.append(
            common
            | {
                "tail": quay["door"],
                "head": far_quay["door"],
                "uses": through | effort | _uncovered(rate, quay, far_quay),
                "links": (
                    *links,
                    f"port:{origin}",
                    f"port:{target}",
                    f"transit:{quay['iso3']}",
                    f"lane:{rate['lane_rate_id']}",
                ),
            }
        )
    # A rate per km is a guess for want of a price: it never undercuts one.
    return rows or [common | by_km | {"links": links}]


def _uncovered(rate: Row, quay: Row, far_quay: Row) -> dict[str, float]:
    """Terminal handling that a through price does not pay."""
    unpaid = {"both": (), "load": (far_quay,), "discharge": (quay,), "none": (quay, far_quay)}
    uses: dict[str, float] = {}
    for port in unpaid[str(rate["covers_handling"])]:
        item = str(port["handling_item"])
        uses[item] = uses.get(item, 0.0) + 1.0
    return uses
