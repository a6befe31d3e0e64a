"""Robustness: what the loss of a crossing, a line or a passage costs, and what carries most.

Costs are the least of the objective over all ways left (see `geo.analysis.pairs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy import sparse

from geo.analysis.capacity import crossing_capacities
from geo.analysis.connectivity import GATE_KINDS, LinkGraph
from geo.analysis.pairs import Pairs, metrics_by_origin
from geo.errors import UsageError
from geo.routing.betweenness import betweenness
from geo.routing.closures import costs_when_closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.analysis.capacity import CrossingCapacity
    from geo.network import Network
    from geo.routing import Metric
    from geo.study import Study

__all__ = ["KINDS", "PairRoutes", "Robustness", "robustness"]

KINDS: Final = ("crossing", "line", "passage", "port")
"""Kinds of links whose loss is worked out by default."""


@dataclass(frozen=True)
class PairRoutes:
    """How many routes join two places that share no gate.

    Attributes
    ----------
    origin, destination : str
        Names.
    routes : int or None
        None: both are on one piece of ground, which no loss of gates parts.
    cut : tuple of str
        As many links, without which no way is left.
    """

    origin: str
    destination: str
    routes: int | None
    cut: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Robustness:
    """What each link is worth to some pairs of places.

    Attributes
    ----------
    pairs : Pairs
    links : tuple of str
        Open links of the kinds asked for; of a line that is closed in parts, the loss is that of
        its open parts, and one without an open part is none of them.
    names : tuple of str
        The same in words, with the open parts of such a line.
    before : float64[origins, destinations]
        Least cost in the unit of the objective; infinity where there is no way.
    closed : float64[links, origins, destinations]
        The same with each link closed in its turn.
    demand : float64[origins, destinations]
        What each pair sends; 0 for a place and itself.
    carried : float64[links]
        Betweenness: the demand whose best way runs over the link, whichever of its arcs.
    arc_load : float64[arcs]
        The same of each arc of the network.
    unserved : float
        Demand of pairs without a way.
    routes : tuple of PairRoutes
    capacities : tuple of CrossingCapacity
        Of the crossings that are open.
    """

    pairs: Pairs
    links: tuple[str, ...]
    names: tuple[str, ...]
    before: NDArray[np.float64]
    closed: NDArray[np.float64]
    demand: NDArray[np.float64]
    carried: NDArray[np.float64]
    arc_load: NDArray[np.float64]
    unserved: float
    routes: tuple[PairRoutes, ...]
    capacities: tuple[CrossingCapacity, ...]

    def ranking(self) -> pd.DataFrame:
        """Return the links that matter, the most critical first.

        Returns
        -------
        DataFrame
            link, name, pairs_cut (pairs left without a way), demand_cut, mean_rise (rise of the
            cost over all pairs that keep a way, weighted by demand, in the unit of the
            objective), mean_rise_share (of the mean cost before), pairs_dearer, carried and
            carried_share. Ordered by demand cut off, then by mean rise. A link that changes
            nothing and carries nothing is left out.
        """
        had = np.isfinite(self.before) & (self.demand > 0)
        rows = []
        for at, link in enumerate(self.links):
            keeps = had & np.isfinite(self.closed[at])
            weights = np.where(keeps, self.demand, 0.0)
            before = np.where(keeps, self.before, 0.0)
            rise = np.where(keeps, self.closed[at], 0.0) - before
            total = float(weights.sum())
            mean = float((rise * weights).sum() / total) if total else 0.0
            base = float((before * weights).sum() / total) if total else np.nan
            cut = had & ~keeps
            rows.append(
                {
                    "link": link,
                    "name": self.names[at],
                    "pairs_cut": int(cut.sum()),
                    "demand_cut": float(self.demand[cut].sum()),
                    "mean_rise": mean,
                    "mean_rise_share": mean / base if base > 0 else np.nan,
                    "pairs_dearer": int((rise > 1e-9 * np.maximum(before, 1.0)).sum()),
                    "carried": float(self.carried[at]),
                    "carried_share": float(self.carried[at] / self.demand.sum()),
                }
            )
        frame = pd.DataFrame(rows)
        matters = (frame["pairs_cut"] > 0) | (frame["pairs_dearer"] > 0) | (frame["carried"] > 0)
        return frame[matters].sort_values(
            ["demand_cut", "mean_rise", "carried"],
            ascending=False,
            kind="stable",
            ignore_index=True,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the whole answer ready for JSON."""
        records = self.ranking().astype(object)
        return {
            "pairs": int(self.pairs.apart.sum()),
            "pairs_without_way": int((self.pairs.apart & ~np.isfinite(self.before)).sum()),
            "demand": float(self.demand.sum()),
            "demand_unserved": self.unserved,
            "links": records.where(records.notna(), None).to_dict("records"),
            "independent_routes": [
                {
                    "origin": pair.origin,
                    "destination": pair.destination,
                    "routes": pair.routes,
                    "cut": list(pair.cut),
                }
                for pair in self.routes
            ],
            "capacities": [one.to_dict() for one in self.capacities],
        }


def robustness(  # noqa: PLR0913 - each choice is a question of its own
    study: Study,
    origins: Iterable[str],
    destinations: Iterable[str],
    *,
    kinds: Sequence[str] = KINDS,
    demand: ArrayLike | None = None,
    teu_year: float | None = None,
    modes: Sequence[str] | None = None,
) -> Robustness:
    """Work out what the loss of each link costs some pairs of places.

    Parameters
    ----------
    study : Study
    origins, destinations : iterable of str
        Any names of places.
    kinds : sequence of str
        Kinds of links: crossing, road-crossing, line, part, passage, port, service, ...
    demand : float64[origins, destinations], optional
        What each pair sends, >= 0, in any unit; by default every pair sends the same.
    teu_year : float, optional
        TEU a year of all pairs together, by which the trains of a crossing are judged.
    modes : sequence of str, optional

    Returns
    -------
    Robustness

    Raises
    ------
    UnknownNameError, UsageError
        If a place, a kind or a mode is unknown, or the demand does not fit.

    Notes
    -----
    What a link carries is found from one path a pair: demand does not part between equal ways.
    A pair counts once for a link, however many of its arcs it takes.
    """
    pairs = Pairs.of(study, origins, destinations)
    links = _links_of(study, kinds)
    sent = _demand(pairs, demand)
    groups = [study.network.arcs_of(link) for link in links]
    shape = (len(pairs.sources), len(pairs.targets))
    before = np.full(shape, np.inf)
    closed = np.full((len(links), *shape), np.inf)
    carried = np.zeros(len(links))
    arc_load = np.zeros(study.network.graph.n_arcs)
    unserved = 0.0
    routes: dict[int, list[PairRoutes]] = {}
    for rows, metric in metrics_by_origin(pairs, study.choice, modes):
        sources = pairs.sources[rows]
        found = costs_when_closed(metric, groups, sources=sources, targets=pairs.targets)
        before[rows], closed[:, rows] = found.before, found.closed
        load = betweenness(metric, sent[rows], sources=sources, targets=pairs.targets)
        arc_load += load.carried
        unserved += float(load.unserved.sum())
        carried += _carried(study.network, metric, pairs, rows, links, sent[rows])
        graph = LinkGraph.of(study.network, np.isfinite(metric.weights), GATE_KINDS)
        for row in rows.tolist():
            routes[row] = _routes(graph, pairs, row)
    whole = float(sent.sum())
    asked = None if teu_year is None else teu_year / whole
    per_link: Mapping[str, float] = (
        {}
        if asked is None
        else {link: float(load) * asked for link, load in zip(links, carried, strict=True)}
    )
    return Robustness(
        pairs=pairs,
        links=links,
        names=tuple(study.world.links.words_where(link, study.world.closures) for link in links),
        before=before,
        closed=closed,
        demand=sent,
        carried=carried,
        arc_load=arc_load,
        unserved=unserved,
        routes=tuple(pair for row in sorted(routes) for pair in routes[row]),
        capacities=tuple(
            one
            for one in crossing_capacities(study.atlas, demand_teu_year=per_link)
            if one.link not in study.world.closures
        ),
    )


def _links_of(study: Study, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the links of some kinds that have an open arc left to lose."""
    every = {link.partition(":")[0] for link in study.network.links}
    if strange := [kind for kind in kinds if kind not in every]:
        msg = f"unknown kind of link {strange[0]!r}; one of {', '.join(sorted(every))}"
        raise UsageError(msg)
    world = study.world
    return tuple(
        link
        for link in study.network.links
        if link.partition(":")[0] in kinds
        and link not in world.closures
        and not world.closed[study.network.arcs_of(link)].all()
    )


def _demand(pairs: Pairs, demand: ArrayLike | None) -> NDArray[np.float64]:
    """Return what each pair sends; nothing from a place to itself."""
    given = np.ones(pairs.apart.shape) if demand is None else np.asarray(demand, np.float64)
    if given.shape != pairs.apart.shape:
        msg = f"the demand has the shape {given.shape}, expected {pairs.apart.shape}"
        raise UsageError(msg)
    if not (np.isfinite(given) & (given >= 0)).all() or not (given * pairs.apart).sum() > 0:
        msg = "a demand is a finite number >= 0 for each pair, and above 0 for one of them"
        raise UsageError(msg)
    return np.where(pairs.apart, given, 0.0)


def _carried(
    network: Network,
    metric: Metric,
    pairs: Pairs,
    rows: NDArray[np.int64],
    links: Sequence[str],
    sent: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the demand of the pairs whose best way meets each link, once a pair."""
    starts = np.repeat(pairs.sources[rows], len(pairs.targets))
    paths = metric.paths(starts, np.tile(pairs.targets, len(rows)))
    shape = (len(starts), network.graph.n_arcs)
    uses = sparse.csr_array((np.ones(len(paths.arcs)), paths.arcs, paths.first), shape=shape)
    numbers = [network.link_number[link] for link in links]
    met = (uses @ network.links_of_arcs[:, numbers]) > 0
    return np.asarray(met.T @ sent.ravel(), dtype=np.float64)


def _routes(graph: LinkGraph, pairs: Pairs, row: int) -> list[PairRoutes]:
    """Count the independent routes from one origin."""
    found = []
    for column in np.flatnonzero(pairs.apart[row]).tolist():
        names = (pairs.origins[row].name, pairs.destinations[column].name)
        answer = graph.routes_between(int(pairs.sources[row]), int(pairs.targets[column]))
        found.append(PairRoutes(*names, *(answer or (None, ()))))
    return found
