"""Numbers and words as a reader meets them, the same in the terminal, in Markdown and on the map.

Money has no decimals, thousands are set apart by a thin space, long times are told in days.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from geo.costing import PRICE_YEAR
from geo.route import INDICATIVE_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "INDICATIVE_MARK",
    "INDICATIVE_NOTE",
    "USD_PER_FEU",
    "duration",
    "is_indicative",
    "money",
    "number",
    "percent",
    "short_name",
    "span",
    "split_ids",
    "status_words",
]

INDICATIVE_MARK = "≈"
INDICATIVE_NOTE = "≈ indicative: over 20 % of the money rests on assumptions"
USD_PER_FEU = f"USD of {PRICE_YEAR} per FEU"

_THIN = "\u202f"  # narrow no-break space: never breaks a number at the end of a line
_ABSENT = "–"
_DAYS_FROM_HOURS = 72.0


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number with thin thousands.

    Parameters
    ----------
    value : float or None
        The number; None or NaN is written as a dash.
    decimals : int, default 0
        Digits after the point.

    Returns
    -------
    str
        For example ``12 024``.
    """
    if value is None or math.isnan(value):
        return _ABSENT
    text = f"{value:,.{decimals}f}".replace(",", _THIN)
    # -0 would read as a loss where there is none
    return text.removeprefix("-") if float(text.replace(_THIN, "")) == 0 else text


def money(value: float | None, *, indicative: bool = False) -> str:
    """Write an amount of US dollars, marked where it is indicative.

    Parameters
    ----------
    value : float or None
        US dollars.
    indicative : bool, default False
        Whether over a fifth of it rests on assumptions.

    Returns
    -------
    str
        For example ``≈ 7 410``.
    """
    text = number(value)
    return f"{INDICATIVE_MARK}{_THIN}{text}" if indicative and text != _ABSENT else text


def span(low: float | None, high: float | None) -> str:
    """Write a range from low to high.

    Parameters
    ----------
    low, high : float or None
        The ends, in one unit.

    Returns
    -------
    str
        For example ``5 100–8 900``, or a dash when an end is missing.
    """
    ends = (number(low), number(high))
    return _ABSENT if _ABSENT in ends else "–".join(ends)


def duration(hours: float | None) -> str:
    """Write a time: hours below three days, days from there on.

    Parameters
    ----------
    hours : float or None
        Hours.

    Returns
    -------
    str
        For example ``41 h`` or ``16.3 d``.
    """
    if hours is None or math.isnan(hours):
        return _ABSENT
    if abs(hours) < _DAYS_FROM_HOURS:
        return f"{number(hours, 1 if abs(hours) < 10 else 0)} h"
    return f"{number(hours / 24.0, 1)} d"


def percent(share: float | None) -> str:
    """Write a share as whole per cent.

    Parameters
    ----------
    share : float or None
        Between 0 and 1.

    Returns
    -------
    str
        For example ``34 %``.
    """
    if share is None or math.isnan(share):
        return _ABSENT
    return f"{number(100.0 * share)} %"


def is_indicative(assumed_share: float | None) -> bool:
    """Tell whether a total is to be marked as indicative.

    Parameters
    ----------
    assumed_share : float or None
        The part of the money that rests on assumptions, between 0 and 1.

    Returns
    -------
    bool
        True above 20 per cent.
    """
    return assumed_share is not None and assumed_share > INDICATIVE_SHARE


def split_ids(value: object) -> tuple[str, ...]:
    """Part a cell of ids joined by semicolons or, as modes are, by plus signs.

    Parameters
    ----------
    value : object
        A text such as ``rail;sea``, an iterable of ids, or an absent value.

    Returns
    -------
    tuple of str
        The ids in their order.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ()
    parts = re.split(r"[;+]", value) if isinstance(value, str) else _as_iterable(value)
    return tuple(text for part in parts if (text := str(part).strip()))


def short_name(name: str) -> str:
    """Drop what stands in brackets in a name, and what follows a comma.

    Parameters
    ----------
    name : str
        For example ``Gyeongbu Line (Seoul - Busan, conventional)``.

    Returns
    -------
    str
        For example ``Gyeongbu Line``; the whole name where nothing else would be left.
    """
    bare = re.sub(r"\s+\([^()]*\)", "", name)
    return bare.partition(", ")[0].strip() or name


def status_words(physical: str, legal: str) -> str:
    """Say a physical and a legal status together, each only where it matters.

    Parameters
    ----------
    physical, legal : str
        For example ``open`` and ``restricted``.

    Returns
    -------
    str
        For example ``open, law: restricted``.
    """
    physical = physical or "unknown"
    return physical if legal in {"", "permitted"} else f"{physical}, law: {legal}"


def _as_iterable(value: object) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)
