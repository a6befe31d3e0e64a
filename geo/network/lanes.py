"""Sea lanes as arcs between ports: by the lane's own price, or by km where none is known.

A lane has one arc for each set of passages that ships may have to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.atlas import ids_of
from geo.errors import DataError
from geo.network.blocks import ArcBlock
from geo.network.terminals import dwell_uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.network.terminals import Terminals

__all__ = ["lane_block", "superseded_lanes"]

Row = dict[Any, Any]

LANES = "data/lanes.csv"


def _rates_of(rates: pd.DataFrame) -> Iterator[tuple[str, str, frozenset[str], Row]]:
    """Yield (from port, to port, passages in force, row) of the lanes that have a price."""
    for rate in rates.to_dict("records"):
        for origin in ids_of(rate["from_ports"]):
            for target in ids_of(rate["to_ports"]):
                yield origin, target, frozenset(ids_of(rate["passages"])), rate


def superseded_lanes(rates: pd.DataFrame, day: str) -> dict[str, str]:
    """Return the links of prices by sea that another one stands for on a day, with the reason.

    Of several prices for one lane by the same passages, the newest that is not later than the day
    holds; if all are later, the oldest.

    Parameters
    ----------
    rates : DataFrame
        The table `lanes`.
    day : str
        ISO 8601.
    """
    rivals: dict[tuple[str, str, frozenset[str]], list[Row]] = {}
    for origin, target, passages, rate in _rates_of(rates):
        rivals.setdefault((origin, target, passages), []).append(rate)
    closed: dict[str, str] = {}
    for (origin, target, _), known in rivals.items():
        dates = [str(rate["rate_date"]) for rate in known]
        past = [date for date in dates if date <= day]
        held = max(past) if past else min(dates)
        for rate, date in zip(known, dates, strict=True):
            if date != held:
                link = _dated(rate, origin, target)
                closed[link] = f"the price {rate['lane_rate_id']} is not that of {day}"
    return closed


def _dated(rate: Row, origin: str, target: str) -> str:
    return f"dated:{rate['lane_rate_id']}:{origin}-{target}"


def _lane_uses(km: float, worked: tuple[str, str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what a lane uses: (its price by km, its time and energy).

    It is worked as (deep or short sea, item of the wait for a sailing).
    """
    kind, wait = worked
    return (
        {f"sea-{kind}": km},
        {f"run-sea-{kind}": km, wait: 1.0, "energy-sea": km},
    )


def lane_block(
    lanes: pd.DataFrame,
    rates: pd.DataFrame,
    *,
    terminals: Terminals,
    first_shape: int,
    short_sea_km: float,
    waits: Mapping[tuple[str, str], str],
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
    waits : mapping
        Item of the wait for a sailing by ports of loading and discharge, where it is known.

    Returns
    -------
    ArcBlock

    Raises
    ------
    DataError
        If two prices hold for one lane by the same passages at the same date.

    Notes
    -----
    A lane longer than `short_sea_km` exists only between two ports with deep-sea services.
    """
    quays = terminals.quays.to_dict("index")
    priced = _priced(rates)
    rows: list[Row] = []
    table = pd.DataFrame(lanes.drop(columns="geometry")).to_dict("records")
    for shape, lane in enumerate(table, start=first_shape):
        a, b = str(lane["port_a"]), str(lane["port_b"])
        if a not in quays or b not in quays:
            continue
        deep = lane["length_km"] > short_sea_km
        if deep and not (quays[a]["sea"] == quays[b]["sea"] == "deep"):
            continue
        kind = "deep" if deep else "short"
        for origin, target in ((a, b), (b, a)):
            rows += _lane_rows(
                lane,
                (origin, quays[origin]),
                (target, quays[target]),
                worked=(kind, waits.get((origin, target), f"wait-sailing-{kind}")),
                drawn=(shape, origin == b),
                rates=priced.get((origin, target), []),
            )
    return ArcBlock.of(rows)


def _priced(rates: pd.DataFrame) -> dict[tuple[str, str], list[tuple[frozenset[str], Row]]]:
    """Return the through prices of each lane; of several by one way, each has its own date."""
    priced: dict[tuple[str, str], list[tuple[frozenset[str], Row]]] = {}
    for origin, target, passages, rate in _rates_of(rates):
        known = priced.setdefault((origin, target), [])
        if (passages, rate["rate_date"]) in [(by, other["rate_date"]) for by, other in known]:
            problem = f"two prices from {origin} to {target} by the same passages at one date"
            raise DataError(LANES, column="lane_rate_id", problem=problem)
        known.append((passages, rate))
    return priced


def _lane_rows(
    lane: Row,
    start: tuple[str, Row],
    end: tuple[str, Row],
    *,
    worked: tuple[str, str],
    drawn: tuple[int, bool],
    rates: list[tuple[frozenset[str], Row]],
) -> list[Row]:
    """One way of one lane: an arc for each through price, or else the arc priced by km."""
    (origin, quay), (target, far_quay) = start, end
    km = float(lane["length_km"])
    passages = ids_of(lane["passages"])
    price, effort = _lane_uses(km, worked)
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
        through = {str(rate["item"]): 1.0} | dwell_uses(far_quay)
        rivals = [others for others, _ in rates].count(in_force) > 1
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
                    *([_dated(rate, origin, target)] if rivals else []),
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
