"""Labels: the partial paths of a search by several criteria, and the search that grows them.

Kernels; `geo.routing.pareto` says what they promise.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.routing.kernel import kernel

if TYPE_CHECKING:
    from geo.routing.incidence import Incidence

__all__ = ["Labels", "fronted"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

OPEN, CLOSED, DEAD = 0, 1, 2
"""To be followed yet; followed already; merged into another, or covered by it."""


class Labels(NamedTuple):
    """Partial paths from the source, by number; room is kept for as many as there may be.

    Attributes
    ----------
    node : int64[labels]
        Where the path has come to.
    by : int64[labels]
        Its last arc.
    parent : int64[labels]
        The label of the path without that arc; -1 at the source.
    state : int64[labels]
    following : int64[labels]
        The next label at the same node; -1 after the last.
    spent : float64[labels, criteria]
        What the path costs.
    apex : float64[labels, criteria]
        No path that the label stands for costs less, in any criterion.
    """

    node: Ints
    by: Ints
    parent: Ints
    state: Ints
    following: Ints
    spent: Floats
    apex: Floats

    @classmethod
    def of(cls, most: int, n_criteria: int) -> Labels:
        """Return room for labels. The system gives memory only for those that are made."""
        node, by, parent, state, following = (np.empty(most, np.int64) for _ in range(5))
        spent, apex = (np.empty((most, n_criteria)) for _ in range(2))
        return cls(node, by, parent, state, following, spent, apex)

    def path(self, label: int) -> Ints:
        """Return the arcs of a label's path, in the order of travel."""
        steps = []
        while self.parent[label] >= 0:
            steps.append(int(self.by[label]))
            label = int(self.parent[label])
        return np.array(steps[::-1], np.int64)


@kernel
def _covered(points: Floats, n_points: int, least: Floats, tolerance: float) -> bool:
    """Say whether a whole path is known that costs hardly more than a lower bound."""
    for at in range(n_points):
        covers = True
        for criterion in range(len(least)):
            covers = covers and points[at, criterion] <= (1 + tolerance) * least[criterion]
        if covers:
            return True
    return False


@kernel
def _stands_for(spent: Floats, apex: Floats, rest: Floats, tolerance: float) -> bool:
    """Say whether a path comes to hardly more than a lower bound, whatever is the rest."""
    for criterion in range(len(spent)):
        least = apex[criterion] + rest[criterion]
        if spent[criterion] + rest[criterion] > (1 + tolerance) * least:
            return False
    return True


@kernel
def _enters(
    label: int,
    labels: tuple[Ints, Ints, Ints, Ints, Ints, Floats, Floats],
    first: Ints,
    rest: Floats,
    tolerance: float,
) -> bool:
    """Put a new label at its node, unless another there stands for it; merge it with others.

    Parameters
    ----------
    label
    labels
        The arrays of `Labels`.
    first : int64[nodes]
        The first label at each node; -1 where there is none.
    rest : float64[nodes, criteria]
    tolerance
    """
    at, by, parent, state, following, spent, apex = labels
    node = at[label]
    before, other = -1, first[node]
    while other >= 0:
        if (apex[other] <= apex[label]).all():
            return False
        joined = np.minimum(apex[other], apex[label])
        if state[other] == OPEN:
            if _stands_for(spent[label], joined, rest[node], tolerance):
                state[other] = DEAD
            elif _stands_for(spent[other], joined, rest[node], tolerance):
                state[other] = DEAD
                by[label], parent[label] = by[other], parent[other]
                spent[label] = spent[other]
        after = following[other]
        if state[other] == DEAD:
            apex[label] = joined
            if before < 0:
                first[node] = after
            else:
                following[before] = after
        else:
            before = other
        other = after
    following[label] = first[node]
    first[node] = label
    state[label] = OPEN
    return True


@kernel
def fronted(  # noqa: PLR0913, PLR0917 - a kernel takes its arrays one by one
    incidence: Incidence,
    costs: Floats,
    rest: Floats,
    ends: tuple[int, int],
    tolerance: float,
    points: Floats,
    labels: tuple[Ints, Ints, Ints, Ints, Ints, Floats, Floats],
) -> tuple[bool, Ints]:
    """Search by several criteria at once.

    Parameters
    ----------
    incidence
        Of arcs by the node that they leave.
    costs : float64[arcs, criteria]
        Infinity in all criteria where closed.
    rest : float64[nodes, criteria]
        The least cost from each node to the target, by each criterion alone.
    ends
        Source and target.
    tolerance
    points : float64[paths, criteria]
        What the whole paths cost that are known beforehand.
    labels
        The arrays of `Labels`.

    Returns
    -------
    whole : bool
        False if the room did not suffice.
    solved : int64[]
        The labels at the target. With the paths known beforehand they are the front.
    """
    begins, arcs, heads = incidence
    node, by, parent, state, following, spent, apex = labels
    source, target = ends
    n_points = len(points)
    first = np.full(len(rest), -1, np.int64)
    scale = np.where(rest[source] > 0, rest[source], 1.0)
    node[0], by[0], parent[0], state[0], following[0] = source, -1, -1, OPEN, -1
    spent[0] = 0.0
    apex[0] = 0.0
    first[source] = 0
    count = 1
    solved = [0][:0]
    frontier = [(0.0, 0)]
    while len(frontier) > 0:
        _, label = heapq.heappop(frontier)
        here = node[label]
        if state[label] != OPEN:
            continue
        state[label] = CLOSED
        if _covered(points, n_points, apex[label] + rest[here], tolerance):
            continue
        if here == target:
            solved.append(label)
            if n_points == len(points):
                points = np.concatenate((points, np.empty_like(points)))
            points[n_points] = spent[label]
            n_points += 1
            continue
        for at in range(begins[here], begins[here + 1]):
            arc, ahead = arcs[at], heads[at]
            least = apex[label] + costs[arc] + rest[ahead]
            if not np.isfinite(least).all() or _covered(points, n_points, least, tolerance):
                continue
            if count == len(node):
                return False, np.array(solved, np.int64)
            node[count], by[count], parent[count] = ahead, arc, label
            spent[count] = spent[label] + costs[arc]
            apex[count] = apex[label] + costs[arc]
            if _enters(count, labels, first, rest, tolerance):
                key = ((apex[count] + rest[ahead]) / scale).sum()
                heapq.heappush(frontier, (key, count))
                count += 1
    return True, np.array(solved, np.int64)
