"""Alliances: hub and spokes against the mesh, as a network with its measures.

Ties are those of `alliances.csv`; an organisation of `state_sets.csv` ties its members pairwise.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.analysis.state_sets import in_force, members_of
from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.atlas import Atlas

__all__ = ["KINDS", "NetworkMeasures", "alliance_network", "network_measures", "ties_at"]

KINDS = ("defence-treaty", "security-partnership", "strategic-partnership", "proposed")
"""What a tie binds to, from the strongest to what the paper proposes."""


@dataclass(frozen=True)
class NetworkMeasures:
    """Measures of an undirected network of states.

    Attributes
    ----------
    states : tuple of str
        ISO codes, sorted.
    ties : int
    density : float or None
        Ties over possible ties; None for fewer than two states.
    degree_centralisation, betweenness_centralisation : float or None
        1 for a star, 0 where all states are alike (Freeman 1978); None for fewer than three.
    degree : dict, iso3 -> int
    betweenness : dict, iso3 -> float
        Share of the pairs of other states whose shortest ways lead through it, 0 to 1; where a
        pair has several, each counts in part.
    groups : int
        Parts that no tie joins.
    """

    states: tuple[str, ...]
    ties: int
    density: float | None
    degree_centralisation: float | None
    betweenness_centralisation: float | None
    degree: dict[str, int]
    betweenness: dict[str, float]
    groups: int

    @property
    def hub(self) -> str | None:
        """The state with the greatest betweenness; None where no state lies between others."""
        best = max(self.states, key=lambda one: self.betweenness[one], default=None)
        return best if best is not None and self.betweenness[best] > 0 else None

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "states": list(self.states),
            "ties": self.ties,
            "density": _rounded(self.density),
            "degree_centralisation": _rounded(self.degree_centralisation),
            "betweenness_centralisation": _rounded(self.betweenness_centralisation),
            "hub": self.hub,
            "groups": self.groups,
            "degree": self.degree,
            "betweenness": {iso3: round(value, 4) for iso3, value in self.betweenness.items()},
        }


def ties_at(
    atlas: Atlas,
    *,
    on: str | None = None,
    kinds: Sequence[str] = KINDS[:1],
    organisations: Sequence[str] = (),
    among: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the ties in force at a date.

    Parameters
    ----------
    atlas : Atlas
    on : str, optional
        A date as for `geo.analysis.members_of`; today if left out.
    kinds : sequence of str
        Of `KINDS`; by default defence treaties alone.
    organisations : sequence of str
        Sets of states whose members (in the role `member`) count as tied to one another.
    among : iterable of str, optional
        Only ties between these states.

    Returns
    -------
    DataFrame
        Columns a, b (ISO codes, a < b), kind, tie (id of the tie or the organisation); a pair may
        have several.

    Raises
    ------
    UsageError
        If a kind or the date is none.
    UnknownNameError
        If there is no such organisation.
    """
    strange = sorted(set(kinds) - set(KINDS))
    if strange:
        msg = f"unknown kind of tie {strange[0]!r}; kinds are {', '.join(KINDS)}"
        raise UsageError(msg)
    table = in_force(atlas.alliances, on)
    table = table[table["kind"].isin(kinds)]
    rows = [
        (*sorted((str(row["a"]), str(row["b"]))), str(row["kind"]), str(row["alliance_id"]))
        for row in table.to_dict("records")
    ]
    for name in organisations:
        members = sorted(members_of(atlas, name, on=on, roles=["member"]))
        rows += [(a, b, "organisation", name) for a, b in itertools.combinations(members, 2)]
    found = pd.DataFrame(rows, columns=["a", "b", "kind", "tie"])
    if among is not None:
        inside = set(among)
        found = found[found["a"].isin(inside) & found["b"].isin(inside)]
    return found.sort_values(["a", "b", "tie"]).reset_index(drop=True)


def alliance_network(
    atlas: Atlas,
    *,
    on: str | None = None,
    kinds: Sequence[str] = KINDS[:1],
    organisations: Sequence[str] = (),
    among: Iterable[str] | None = None,
) -> NetworkMeasures:
    """Measure the network of ties in force at a date.

    Parameters and errors are those of `ties_at`; with `among`, states without a tie count too.
    """
    states = None if among is None else tuple(among)
    ties = ties_at(atlas, on=on, kinds=kinds, organisations=organisations, among=states)
    return network_measures(zip(ties["a"], ties["b"], strict=True), states=states or ())


def network_measures(
    pairs: Iterable[tuple[str, str]], *, states: Iterable[str] = ()
) -> NetworkMeasures:
    """Measure an undirected, unweighted network.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Tied states; a pair counts once, in either order.
    states : iterable of str
        States that belong to it even without a tie.

    Returns
    -------
    NetworkMeasures

    Raises
    ------
    UsageError
        If a state is tied to itself.

    Notes
    -----
    Betweenness is worked out by the algorithm of Brandes (2001). Degree centralisation is
    sum(d* - d) / ((n - 1)(n - 2)), that of betweenness sum(b* - b) / (n - 1) of relative values;
    both reach 1 in a star of the same size alone (Freeman 1978).
    """
    around: dict[str, set[str]] = {state: set() for state in states}
    for a, b in pairs:
        if a == b:
            msg = f"{a} is tied to itself"
            raise UsageError(msg)
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)
    names = tuple(sorted(around))
    n = len(names)
    degree = {name: len(around[name]) for name in names}
    ties = sum(degree.values()) // 2
    between = _betweenness({name: sorted(around[name]) for name in names})
    most, largest = max(degree.values(), default=0), max(between.values(), default=0.0)
    return NetworkMeasures(
        states=names,
        ties=ties,
        density=2 * ties / (n * (n - 1)) if n > 1 else None,
        degree_centralisation=sum(most - one for one in degree.values()) / ((n - 1) * (n - 2))
        if n > 2
        else None,
        betweenness_centralisation=sum(largest - one for one in between.values()) / (n - 1)
        if n > 2
        else None,
        degree=degree,
        betweenness=between,
        groups=_groups(around),
    )


def _betweenness(around: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the relative betweenness of every state (Brandes 2001)."""
    total = dict.fromkeys(around, 0.0)
    for source in around:
        order, before, ways = _shortest(around, source)
        share = dict.fromkeys(order, 0.0)
        for state in reversed(order):
            for earlier in before[state]:
                share[earlier] += ways[earlier] / ways[state] * (1 + share[state])
            if state != source:
                total[state] += share[state]
    n = len(around)
    # Each pair was met from both of its ends.
    scale = (n - 1) * (n - 2)
    return {state: value / scale if scale > 0 else 0.0 for state, value in total.items()}


def _shortest(
    around: Mapping[str, Sequence[str]], source: str
) -> tuple[list[str], dict[str, list[str]], dict[str, int]]:
    """Search breadth first: states by distance, those before each, and the number of ways to it."""
    away, ways = {source: 0}, {source: 1}
    before: dict[str, list[str]] = {source: []}
    order, queue = [], deque([source])
    while queue:
        state = queue.popleft()
        order.append(state)
        for other in around[state]:
            if other not in away:
                away[other], ways[other], before[other] = away[state] + 1, 0, []
                queue.append(other)
            if away[other] == away[state] + 1:
                ways[other] += ways[state]
                before[other].append(state)
    return order, before, ways


def _groups(around: Mapping[str, set[str]]) -> int:
    """Count the parts that no tie joins."""
    left, count = set(around), 0
    while left:
        count += 1
        reached = {left.pop()}
        while reached:
            near = set().union(*(around[state] for state in reached)) & left
            left -= near
            reached = near
    return count


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
