"""The Pareto front between two nodes: the ways that no other way beats in every criterion.

After Zhang, Salzman, Felner, Hernandez Ulloa and Koenig (2022), A*pex: efficient approximate
multi-objective search on graphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import UsageError, WorkLimitError
from geo.routing.incidence import arcs_from
from geo.routing.labels import Labels, fronted
from geo.routing.weights import check_node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.routing.graph import Graph
    from geo.routing.metric import Metric

__all__ = ["MOST_LABELS", "TOLERANCE", "Front", "pareto_front"]

TOLERANCE = 1e-3
"""For every way there is, a front has one that costs at most this share more by each criterion."""

MOST_LABELS = 3_000_000
"""More partial ways than that are not kept; each takes about 0.1 kB."""

MIXES = {2: 8, 3: 4}
"""Into how many steps the weight of one criterion is parted, for the first ways of a front."""


@dataclass(frozen=True, eq=False)
class Front:
    """Ways of which none beats another in every criterion.

    Attributes
    ----------
    paths : tuple of int64[arcs of the path]
        In the order of travel; none passes a node twice.
    costs : float64[paths, criteria]
        What each path costs, ascending by the first criterion.
    """

    paths: tuple[NDArray[np.int64], ...]
    costs: NDArray[np.float64]


def pareto_front(
    metrics: Sequence[Metric],
    *,
    source: int,
    target: int,
    tolerance: float = TOLERANCE,
    most_labels: int = MOST_LABELS,
) -> Front:
    """Return the Pareto front between two nodes, complete within a tolerance.

    Parameters
    ----------
    metrics : sequence of Metric
        One graph under the weights of two or three criteria. An arc closed in one is closed.
    source, target : int
    tolerance : float
        For every path there is, the front has one that costs at most (1 + tolerance) times as much
        in each criterion; 0 for the exact front. A front may be far smaller for it: exact ones
        explode.
    most_labels : int
        How many partial paths to keep before giving up.

    Returns
    -------
    Front
        Empty if no path leads to the target.

    Raises
    ------
    UsageError
        If there are not two or three criteria on one graph, the tolerance is negative, or no
        partial path may be kept.
    WorkLimitError
        If the front would need more partial paths than `most_labels`. Nothing is cut silently.
    GraphError
        If a node does not exist.

    Notes
    -----
    A label is a partial path together with its *apex*: a lower bound of all partial paths that it
    stands for. A* with the exact least rest of each criterion gives what a label at least comes to
    in the end. Three things end a label, and each keeps the promise:

    - another label at the node has an apex no greater: it stands for all of these paths too;
    - it is merged with another: their lower bounds are joined, and one of the two paths stays, if
      it comes to at most (1 + tolerance) times the joined bound, the least rest included. Further
      arcs add the same to both sides, so that this still holds at the target;
    - a whole path is known that costs at most (1 + tolerance) times what the label comes to.

    So a tolerance is spent once, against a true lower bound, however long the path is. The search
    gets half of it. The other half thins what it found: a path is dropped if one that is kept costs
    at most so much more in each criterion; two that hardly differ would else stand side by side.
    The best path by each criterion, to the last bit, is kept.
    """
    graph = _checked(metrics, tolerance, most_labels)
    # The search spends one part of the tolerance, and thinning what it found the other.
    share = float(np.sqrt(1 + tolerance)) - 1
    source = check_node(graph, source)
    backs = [metric.tree(target=target) for metric in metrics]
    rest = np.column_stack([back.cost for back in backs])
    costs = np.column_stack([metric.weights for metric in metrics])
    # Closed for one, closed for all.
    costs[np.isinf(costs).any(axis=1)] = np.inf
    if source == target:
        return Front((np.empty(0, np.int64),), np.zeros((1, len(metrics))))
    known = _first_ways(metrics, costs, rest[source], (source, target))
    if not known:
        return Front((), np.empty((0, len(metrics))))
    labels = Labels.of(most_labels, len(metrics))
    whole, solved = fronted(
        arcs_from(graph),
        costs,
        rest,
        (source, target),
        share,
        np.array([costs[path].sum(axis=0) for path in known]),
        labels[:],
    )
    if not whole:
        message = (
            f"the front holds more than {most_labels:,} partial ways at a tolerance of "
            f"{tolerance:g}; allow more tolerance, ask for fewer criteria, or rule out modes"
        )
        raise WorkLimitError(message)
    found = [_without_loops(graph, labels.path(label)) for label in solved.tolist()]
    return _thinned([*known, *found], costs, share)


def _checked(metrics: Sequence[Metric], tolerance: float, most_labels: int) -> Graph:
    """Return the graph of the criteria, or refuse what makes no question."""
    if len(metrics) not in MIXES:
        message = f"a front needs two or three criteria, not {len(metrics)}"
        raise UsageError(message)
    if not 0 <= tolerance < np.inf:
        message = f"the tolerance must be 0 or more, not {tolerance}"
        raise UsageError(message)
    if most_labels < 1:
        message = f"a front needs room for at least one partial path, not {most_labels}"
        raise UsageError(message)
    graph = metrics[0].graph
    if any(metric.graph is not graph for metric in metrics):
        message = "the criteria of a front must weigh the arcs of one graph"
        raise UsageError(message)
    return graph


def _first_ways(
    metrics: Sequence[Metric],
    costs: NDArray[np.float64],
    least: NDArray[np.float64],
    ends: tuple[int, int],
) -> list[NDArray[np.int64]]:
    """Return the best paths by mixes of the criteria: ways that end many labels early.

    None where no path leads to the target.
    """
    hierarchy = metrics[0].hierarchy
    scale = np.divide(1.0, least, out=np.ones(len(least)), where=(least > 0) & np.isfinite(least))
    steps = MIXES[len(metrics)]
    closed = np.isinf(costs[:, 0])
    ways: dict[bytes, NDArray[np.int64]] = {}
    for shares in product(range(steps + 1), repeat=len(metrics)):
        if sum(shares) != steps:
            continue
        mixed = np.where(closed, 0.0, costs.T).T @ (np.array(shares) / steps * scale)
        metric = hierarchy.customized(np.where(closed, np.inf, mixed))
        if np.isinf(metric.cost(*ends)):
            return []
        path = metric.path(*ends)
        ways[path.tobytes()] = path
    return list(ways.values())


def _without_loops(graph: Graph, path: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cut out what lies between two visits of one node: no criterion gets worse.

    A label that took over the lower bound of another can come to a node again.
    """
    kept: list[int] = []
    seen = {int(graph.tail[path[0]]): 0}
    for arc in path.tolist():
        kept.append(arc)
        node = int(graph.head[arc])
        if node in seen:
            begin = seen[node]
            for cut in kept[begin:]:
                del seen[int(graph.head[cut])]
            del kept[begin:]
        seen[node] = len(kept)
    return np.array(kept, np.int64)


def _thinned(
    paths: Sequence[NDArray[np.int64]], costs: NDArray[np.float64], tolerance: float
) -> Front:
    """Drop each path that is hardly better than one that is kept, in every criterion."""
    totals = np.array([costs[path].sum(axis=0) for path in paths])
    in_turn = np.lexsort(totals.T[::-1])
    kept: list[int] = []
    # Without tolerance first: by all criteria in turn, what beats a path comes before it.
    for at in in_turn.tolist():
        if not (totals[kept] <= totals[at]).all(axis=1).any():
            kept.append(at)
    # The best by each criterion, and then those that are good by all.
    best = [min(kept, key=lambda at: totals[at, criterion]) for criterion in range(totals.shape[1])]
    scale = np.where(totals[best].min(axis=0) > 0, totals[best].min(axis=0), 1.0)
    balanced = sorted(kept, key=lambda at: float((totals[at] / scale).sum()))
    chosen = list(dict.fromkeys(best))
    for at in balanced:
        if not (totals[chosen] <= (1 + tolerance) * totals[at]).all(axis=1).any():
            chosen.append(at)
    chosen.sort(key=lambda at: tuple(totals[at]))
    return Front(tuple(paths[at] for at in chosen), totals[chosen])
