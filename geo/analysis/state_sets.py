"""State sets: who belongs to what at a date, and how far sets overlap."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.atlas import Atlas

__all__ = ["in_force", "members_of", "overlaps", "set_rows", "set_summaries"]


def set_rows(
    atlas: Atlas, set_id: str, *, on: str | None = None, roles: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the memberships of a set that are in force.

    Parameters
    ----------
    atlas : Atlas
    set_id : str
        Of `state_sets.csv`: crescent-6, neat, sco, six-party, ...
    on : str, optional
        A date, `2008` or `2008-05` or `2008-05-31`: a year or month counts as its last day.
        Today if left out, which changes the answer only where memberships have dates.
    roles : sequence of str, optional
        Only these roles (member, observer, dialogue-partner, ...); all of them if left out.

    Returns
    -------
    DataFrame
        Rows of `state_sets.csv`.

    Raises
    ------
    UnknownNameError
        If there is no such set.
    UsageError
        If the date or a role is none.
    """
    rows = atlas.state_sets
    known = sorted(rows["set_id"].unique())
    if set_id not in known:
        kind = "set of states"
        raise UnknownNameError(kind, set_id, known)
    rows = rows[rows["set_id"] == set_id]
    if roles is not None:
        strange = sorted(set(roles) - set(rows["role"]))
        if strange:
            has = ", ".join(sorted(rows["role"].unique()))
            msg = f"{set_id} has no role {strange[0]!r}; it has {has}"
            raise UsageError(msg)
        rows = rows[rows["role"].isin(roles)]
    return in_force(rows, on)


def in_force(rows: pd.DataFrame, on: str | None = None) -> pd.DataFrame:
    """Return the rows that are in force at a date.

    Parameters
    ----------
    rows : DataFrame
        With the columns valid_from and valid_to: dates, or blank for without a limit.
    on : str, optional
        As for `set_rows`.

    Returns
    -------
    DataFrame
        Begun on or before that day, and not over by then.

    Raises
    ------
    UsageError
        If the date is none.
    """
    day = _last_day(on) if on else dt.datetime.now(tz=dt.UTC).date()
    begun = [not text or _first_day(text) <= day for text in rows["valid_from"].fillna("")]
    going = [not text or _last_day(text) > day for text in rows["valid_to"].fillna("")]
    return rows[[a and b for a, b in zip(begun, going, strict=True)]]


def members_of(
    atlas: Atlas, set_id: str, *, on: str | None = None, roles: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Return the ISO codes of a set's states, each once, in the order of the table.

    Parameters and errors are those of `set_rows`.
    """
    return tuple(dict.fromkeys(set_rows(atlas, set_id, on=on, roles=roles)["iso3"]))


def set_summaries(atlas: Atlas, *, on: str | None = None) -> list[dict[str, Any]]:
    """Sum up every set at a date.

    Parameters
    ----------
    atlas : Atlas
    on : str, optional
        As for `set_rows`.

    Returns
    -------
    list of dict
        One a set, in the order of the table: set, n (states in force), by_role (role -> ISO
        codes), quote (short words of the paper; empty where it has none).
    """
    found = []
    for name in dict.fromkeys(atlas.state_sets["set_id"]):
        rows = set_rows(atlas, name, on=on)
        quotes = atlas.state_sets[atlas.state_sets["set_id"] == name]["quote"].dropna()
        found.append(
            {
                "set": name,
                "n": rows["iso3"].nunique(),
                "by_role": {
                    role: list(group["iso3"]) for role, group in rows.groupby("role", sort=False)
                },
                "quote": str(quotes.iloc[0]) if len(quotes) else "",
            }
        )
    return found


def overlaps(
    atlas: Atlas, sets: Sequence[str] | None = None, *, on: str | None = None
) -> pd.DataFrame:
    """Compare sets pair by pair at a date.

    Parameters
    ----------
    atlas : Atlas
    sets : sequence of str, optional
        Ids of sets; all of them if left out.
    on : str, optional
        As for `set_rows`.

    Returns
    -------
    DataFrame
        One row a pair: set_a, set_b, common (ISO codes joined by `;`), n_a, n_b, n_common,
        jaccard (states in both over states in either; Jaccard 1901). Empty sets have none.
    """
    names = list(sets) if sets is not None else sorted(atlas.state_sets["set_id"].unique())
    members = {name: set(members_of(atlas, name, on=on)) for name in names}
    rows = []
    for a, b in itertools.combinations(names, 2):
        common, either = members[a] & members[b], members[a] | members[b]
        rows.append(
            {
                "set_a": a,
                "set_b": b,
                "common": ";".join(sorted(common)),
                "n_a": len(members[a]),
                "n_b": len(members[b]),
                "n_common": len(common),
                "jaccard": len(common) / len(either) if either else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def _first_day(text: str) -> dt.date:
    """Read a date; a year or month counts as its first day."""
    parts = _parts(text)
    return dt.date(*([*parts, 1, 1])[:3])


def _last_day(text: str) -> dt.date:
    """Read a date; a year or month counts as its last day.

    Raises
    ------
    UsageError
        If it is no date.
    """
    parts = _parts(text)
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = ([*parts, 12])[:2]
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _parts(text: str) -> list[int]:
    """Split a date of one to three parts, and refuse what is none."""
    try:
        parts = [int(part) for part in text.split("-")]
        dt.date(*([*parts, 1, 1])[:3])
    except (ValueError, TypeError) as error:
        msg = f"{text!r} is no date; write 2008, 2008-05 or 2008-05-31"
        raise UsageError(msg) from error
    return parts
