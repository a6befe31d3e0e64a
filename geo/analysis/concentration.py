"""Concentration of import sources, and aid by sector: for what could be sourced.

Left out, as no page with the figures was found: uranium, coal and ores by supplier, Korea's aid
by recipient and year, and the development fund's loans to energy, ports, airports and mining.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.atlas import Atlas

__all__ = ["aid_by_sector", "hhi", "hhi_bounds", "import_concentration"]

_SLACK = 1e-9


def hhi(shares: Iterable[float]) -> float:
    """Return the Herfindahl-Hirschman index of shares that add up to one.

    Parameters
    ----------
    shares : iterable of float
        Each from 0 to 1.

    Returns
    -------
    float
        Sum of the squares: 1/n for n equal shares, 1 for a single one (Hirschman 1945).

    Raises
    ------
    UsageError
        If a share is negative, or they do not add up to one (within 0.5 %).
    """
    values = _checked(shares)
    if abs(sum(values) - 1) > 0.005:
        msg = f"shares add up to {sum(values):.4f}, not to 1; hhi_bounds takes named shares alone"
        raise UsageError(msg)
    return math.fsum(value * value for value in values)


def hhi_bounds(named: Iterable[float], *, ranked: bool) -> tuple[float, float]:
    """Bound the index where only some suppliers are named.

    Parameters
    ----------
    named : iterable of float
        Shares of the named suppliers, which may add up to less than one.
    ranked : bool
        Whether they are the largest: then no other supplier is larger than the least of them.

    Returns
    -------
    tuple of float
        Least value, as if the rest came in crumbs, and greatest, as if it came from as few others
        as may be.

    Raises
    ------
    UsageError
        If there is no share, one is negative, or they add up to more than one.
    """
    values = _checked(named)
    rest = 1 - math.fsum(values)
    if not values or rest < -_SLACK:
        msg = f"named shares must be at least one and add up to at most 1, got {values}"
        raise UsageError(msg)
    rest = max(rest, 0.0)
    low = math.fsum(value * value for value in values)
    cap = min(values) if ranked and min(values) > 0 else rest
    if rest <= _SLACK:
        return low, low
    full, left = divmod(rest, cap)
    return low, low + full * cap * cap + left * left


def import_concentration(atlas: Atlas) -> pd.DataFrame:
    """Work out how concentrated the import sources in `import_sources.csv` are.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    DataFrame
        A row for each importer, commodity and year: importer, commodity, period, suppliers (named
        ones, largest first, joined by `;`), named_share, hhi_low, hhi_high (0 to 1), source_ids.
    """
    rows = []
    for (importer, commodity, period), group in atlas.import_sources.groupby(
        ["importer", "commodity", "period"], sort=True
    ):
        ordered = group.sort_values("share", ascending=False, kind="stable")
        shares = [float(share) for share in ordered["share"]]
        low, high = hhi_bounds(shares, ranked=bool(group["ranked"].all()))
        ids = dict.fromkeys(name for cell in group["source_ids"] for name in str(cell).split(";"))
        rows.append(
            {
                "importer": importer,
                "commodity": commodity,
                "period": str(period),
                "suppliers": ";".join(ordered["supplier"]),
                "named_share": math.fsum(shares),
                "hhi_low": low,
                "hhi_high": high,
                "source_ids": ";".join(ids),
            }
        )
    return pd.DataFrame(rows)


def aid_by_sector(atlas: Atlas) -> pd.DataFrame:
    """Return the flows of `aid_flows.csv`, with the share of each in all of its channel.

    Parameters
    ----------
    atlas : Atlas

    Returns
    -------
    DataFrame
        The table, with `share`: of the flow to all recipients and sectors through the same channel
        in the same years and currency; NaN where no such total is known. Sectors may lie within
        one another (road and rail within transport), so shares do not add up.
    """
    flows = atlas.aid_flows
    same = ["donor", "channel", "from_year", "to_year", "currency"]
    whole = flows[flows["recipient"].isna() & (flows["sector"] == "all")]
    totals = whole.groupby(same)["amount"].sum().rename("total").reset_index()
    joined = flows.merge(totals, on=same, how="left")
    return joined.assign(share=joined["amount"] / joined["total"]).drop(columns="total")


def _checked(shares: Iterable[float]) -> list[float]:
    values = [float(share) for share in shares]
    if any(not 0 <= value <= 1 for value in values):
        msg = f"a share lies between 0 and 1, got {values}"
        raise UsageError(msg)
    return values
