"""Market access: how much of the markets of others a place has within its reach.

Harris (1954) divides each market by its cost; the gravity form raises the cost to -theta.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.atlas import Atlas, Place

__all__ = ["gravity_access", "harris_access", "market_sizes", "trade_cost_factor"]


def trade_cost_factor(costs_usd: ArrayLike, *, value_usd: float) -> NDArray[np.float64]:
    """Return the factor by which the way raises the price of goods: 1 + cost / value.

    Parameters
    ----------
    costs_usd
        Generalised costs, USD per FEU; infinity where there is no way.
    value_usd
        Value of the goods, USD per FEU.

    Raises
    ------
    UsageError
        If the value is not above 0.
    """
    if not value_usd > 0:
        msg = f"the value of goods must be above 0, got {value_usd:g}"
        raise UsageError(msg)
    return 1.0 + np.asarray(costs_usd, dtype=np.float64) / value_usd


def harris_access(costs: ArrayLike, markets: ArrayLike) -> NDArray[np.float64]:
    """Return the market potential of each origin: the sum of markets over their costs.

    Parameters
    ----------
    costs
        From each origin to each market, above 0 or infinite; float64[origins, markets]. A pair
        that does not count, such as a place and itself, is set to infinity.
    markets
        Size of each market, such as people or USD; float64[markets].

    Returns
    -------
    float64[origins]
        In the unit of the markets per unit of cost.

    Raises
    ------
    UsageError
        If a cost is not above 0, or a market is negative or unknown.

    References
    ----------
    Harris (1954), The market as a factor in the localization of industry in the United States.
    """
    return gravity_access(costs, markets, theta=1.0)


def gravity_access(costs: ArrayLike, markets: ArrayLike, *, theta: float) -> NDArray[np.float64]:
    """Return the market access of each origin: the sum of markets x cost ** -theta.

    Parameters
    ----------
    costs, markets
        As in `harris_access`; the costs of Reed and Trubetskoy are those of `trade_cost_factor`.
    theta
        Elasticity of trade to its cost, above 0.

    Returns
    -------
    float64[origins]

    Raises
    ------
    UsageError
        As in `harris_access`, or if theta is not above 0.

    References
    ----------
    Donaldson and Hornbeck (2016), Railroads and American economic growth: a "market access"
    approach. Reed and Trubetskoy (2019), Assessing the value of market access from Belt and Road
    projects.
    """
    given = np.atleast_2d(np.asarray(costs, dtype=np.float64))
    sizes = np.asarray(markets, dtype=np.float64)
    if not theta > 0:
        msg = f"theta must be above 0, got {theta:g}"
        raise UsageError(msg)
    if not (given > 0).all():
        msg = f"market access needs costs above 0, got {np.nanmin(given):g}"
        raise UsageError(msg)
    if not (np.isfinite(sizes) & (sizes >= 0)).all():
        msg = "market access needs the size of every market, a finite number >= 0"
        raise UsageError(msg)
    return np.asarray(given**-theta @ sizes)


def market_sizes(
    atlas: Atlas, places: Sequence[Place], *, indicator: str = "gdp"
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the market that each place stands for: its state's newest figure, shared out.

    Places of one state share its figure in equal parts: what each of them sells to is not known.

    Parameters
    ----------
    atlas : Atlas
    places : sequence of Place
    indicator : str
        Of `indicators.csv`: gdp (current USD) or population (persons).

    Returns
    -------
    tuple of float64[places] and tuple of str
        The sizes, NaN where the table has no figure for the state; and these states' codes.

    Raises
    ------
    UsageError
        If there is no such indicator.
    """
    table = atlas.indicators
    rows = table[table["indicator"] == indicator]
    if rows.empty:
        known = ", ".join(sorted(table["indicator"].unique()))
        msg = f"unknown indicator {indicator!r}; one of {known}"
        raise UsageError(msg)
    newest = rows.sort_values("year").groupby("iso3")["value"].last()
    states = [place.iso3 for place in places]
    sizes = np.array([newest.get(iso3, np.nan) / states.count(iso3) for iso3 in states])
    missing = {iso3 for iso3, size in zip(states, sizes, strict=True) if np.isnan(size)}
    return sizes, tuple(sorted(missing))
