"""Pairs of places, and the least that each costs in a state of the world.

Costs are those of the objective, with no preference for known freight lines, as in `reach`: so
that opening a link never makes a pair dearer, and closing one never makes it cheaper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.atlas import Place
    from geo.choice import Choice
    from geo.routing import Metric
    from geo.study import Study

__all__ = ["Pairs", "groups_of_origins", "metrics_by_origin", "pair_costs"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every pair of some origins and destinations, with their nodes in the network.

    Attributes
    ----------
    origins, destinations : tuple of Place
    sources, targets : int64[origins], int64[destinations]
    """

    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]

    @classmethod
    def of(cls, study: Study, origins: Iterable[str], destinations: Iterable[str]) -> Pairs:
        """Find the places of a study.

        Parameters
        ----------
        study : Study
        origins, destinations : iterable of str
            Any name of a place, its id, or `lon,lat`.

        Raises
        ------
        UnknownNameError
            If a place is unknown.
        UsageError
            If no two places are named.
        """
        starts = tuple(study.place(name) for name in origins)
        ends = tuple(study.place(name) for name in destinations)
        doors = study.network.terminals.doors
        found = cls(
            starts,
            ends,
            np.array([doors[place.place_id] for place in starts], dtype=np.int64),
            np.array([doors[place.place_id] for place in ends], dtype=np.int64),
        )
        if not found.apart.any():
            msg = "name at least one origin and one destination that are two places"
            raise UsageError(msg)
        return found

    @property
    def apart(self) -> NDArray[np.bool_]:
        """Whether the two places of a pair differ; bool[origins, destinations]."""
        return np.asarray(self.sources[:, np.newaxis] != self.targets, dtype=np.bool_)


def groups_of_origins(pairs: Pairs, choice: Choice) -> list[NDArray[np.int64]]:
    """Part the origins so that the same links are closed to all of a group.

    A ban on transit does not bind what the state itself sends out.

    Returns
    -------
    list of int64[]
        Positions of origins.
    """
    closures = choice.world.closures
    bound = [p.iso3 if f"transit:{p.iso3}" in closures else "" for p in pairs.origins]
    return [
        np.array([at for at, state in enumerate(bound) if state == one], dtype=np.int64)
        for one in dict.fromkeys(bound)
    ]


def metrics_by_origin(
    pairs: Pairs, choice: Choice, modes: Sequence[str] | None = None
) -> list[tuple[NDArray[np.int64], Metric]]:
    """Return, for each group of origins, what every arc weighs for it.

    Parameters
    ----------
    pairs : Pairs
    choice : Choice
    modes : sequence of str, optional
        Of rail, sea and road; by default rail and sea, with road to the terminals only.

    Returns
    -------
    list of (int64[], Metric)
        Positions of origins, and their metric.
    """
    hierarchy = choice.network.hierarchy
    found = []
    for rows in groups_of_origins(pairs, choice):
        weights, _ = choice.weights(pairs.origins[rows[0]], modes)
        found.append((rows, hierarchy.customized(weights)))
    return found


def pair_costs(
    pairs: Pairs, choice: Choice, modes: Sequence[str] | None = None
) -> NDArray[np.float64]:
    """Return the least that every pair costs.

    Parameters
    ----------
    pairs : Pairs
    choice : Choice
        The world and the objective.
    modes : sequence of str, optional

    Returns
    -------
    float64[origins, destinations]
        In the unit of the objective; infinity where there is no way.
    """
    costs = np.full((len(pairs.sources), len(pairs.targets)), np.inf)
    for rows, metric in metrics_by_origin(pairs, choice, modes):
        costs[rows] = metric.costs(pairs.sources[rows], pairs.targets)
    return costs
