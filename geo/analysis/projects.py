"""Projects: what links opened or rates changed bring, one at a time, jointly and in shares.

A project is the difference that a scenario file states; its effect is worked over every subset.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.analysis.pairs import groups_of_origins
from geo.analysis.shapley import alone, last, pair_interactions, shapley_shares, subset_members
from geo.choice import Choice, objective_of
from geo.costing import price_arcs
from geo.errors import UsageError
from geo.routing import costs_batch
from geo.scenario_file import ScenarioFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from geo.analysis.pairs import Pairs
    from geo.atlas import Atlas
    from geo.costing import RateEdit
    from geo.scenario import Scenario
    from geo.study import Study

__all__ = [
    "Effects",
    "Project",
    "SubsetCosts",
    "find_projects",
    "project_of",
    "subset_costs",
]

_BLOCK = 32
"""Subsets that are worked at once: so many arrays of arcs are in memory at a time."""


@dataclass(frozen=True, eq=False)
class Project:
    """Links that are opened together, and rates that change with them.

    Attributes
    ----------
    project_id, name : str
    opened : tuple of str
        Links.
    rates : mapping (item, measure) -> RateEdit
    source_ids : tuple of str
    """

    project_id: str
    name: str
    opened: tuple[str, ...]
    rates: Mapping[tuple[str, str], RateEdit] = field(default_factory=dict)
    source_ids: tuple[str, ...] = ()


def project_of(atlas: Atlas, name: str) -> Project:
    """Read a project: what the file of a scenario states, without its parents.

    Parameters
    ----------
    atlas : Atlas
    name : str
        Id of a scenario that ships, or the path of a TOML file.

    Raises
    ------
    UnknownNameError, ScenarioError
        If there is no such file, or it cannot be read.
    UsageError
        If it closes links, or changes nothing: a project opens links or edits rates.
    """
    file = ScenarioFile.find(atlas, name)
    if file.closed:
        msg = (
            f"{file.scenario_id!r} closes {file.closed[0]!r}: a project opens links or edits rates"
        )
        raise UsageError(msg)
    if not file.opened and not file.rates:
        msg = f"{file.scenario_id!r} opens no link and edits no rate: it is no project"
        raise UsageError(msg)
    return Project(file.scenario_id, file.title, file.opened, file.rates, file.source_ids)


def find_projects(atlas: Atlas, names: Iterable[str] | None = None) -> tuple[Project, ...]:
    """Read several projects.

    Parameters
    ----------
    atlas : Atlas
    names : iterable of str, optional
        Ids of scenarios or paths of files; by default the rows of the table `projects`.

    Raises
    ------
    UsageError
        If two projects edit the same rate, for their joint effect would hang on the order, or
        one is named twice.
    """
    wanted = list(atlas.projects["project_id"]) if names is None else list(names)
    projects = tuple(project_of(atlas, name) for name in wanted)
    edited: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for project in projects:
        if project.project_id in seen:
            msg = f"project {project.project_id!r} is named twice"
            raise UsageError(msg)
        seen.add(project.project_id)
        for key in project.rates:
            if key in edited:
                msg = (
                    f"projects {edited[key]!r} and {project.project_id!r} both edit the rate "
                    f"{' '.join(key)}: what they do jointly would hang on their order"
                )
                raise UsageError(msg)
            edited[key] = project.project_id
    return projects


@dataclass(frozen=True, eq=False)
class SubsetCosts:
    """The least that every pair costs with each subset of some projects.

    Attributes
    ----------
    projects : tuple of Project
    pairs : Pairs
    costs : float64[2 ** projects, origins, destinations]
        In the unit of the objective; infinity where there is no way. Bit i of the first position
        says whether project i is there.
    """

    projects: tuple[Project, ...]
    pairs: Pairs
    costs: NDArray[np.float64]

    @property
    def comparable(self) -> NDArray[np.bool_]:
        """Pairs of two places that have a way without any project; bool[origins, destinations]."""
        return np.asarray(self.pairs.apart & np.isfinite(self.costs[0]), dtype=np.bool_)

    @property
    def joined(self) -> Effects:
        """How many pairs without a way before get one."""
        new = self.pairs.apart & ~np.isfinite(self.costs[0])
        counts = (np.isfinite(self.costs) & new).sum(axis=(1, 2))
        return Effects(self.projects, counts.astype(np.float64))

    def savings(self, demand: ArrayLike | None = None) -> Effects:
        """Return the mean saving over the pairs that have a way before.

        Parameters
        ----------
        demand : float64[origins, destinations], optional
            Weights of the pairs, >= 0; by default every pair counts the same.

        Raises
        ------
        UsageError
            If no pair can be compared, or the weights are not fit for the pairs.
        """
        counts = self.comparable
        weights = np.where(counts, 1.0 if demand is None else np.asarray(demand, float), 0.0)
        if not (np.isfinite(weights) & (weights >= 0)).all() or not weights.sum() > 0:
            msg = "no pair that has a way before the projects has a weight above 0"
            raise UsageError(msg)
        before = np.where(counts, self.costs[0], 0.0)
        saved = before - np.where(counts, self.costs, 0.0)
        return Effects(self.projects, (saved * weights).sum(axis=(1, 2)) / weights.sum())

    def gains(self, measure: Callable[[NDArray[np.float64]], float]) -> Effects:
        """Return the effects on any figure of the costs, such as market access.

        Parameters
        ----------
        measure : callable
            Takes float64[origins, destinations], returns a number.
        """
        return Effects(self.projects, np.array([measure(costs) for costs in self.costs]))


@dataclass(frozen=True, eq=False)
class Effects:
    """Effects of every subset of some projects, in one unit.

    Attributes
    ----------
    projects : tuple of Project
    values : float64[2 ** projects]
        Bit i of the position says whether project i is there.
    """

    projects: tuple[Project, ...]
    values: NDArray[np.float64]

    @property
    def joint(self) -> float:
        """Effect of all projects together."""
        return float(self.values[-1] - self.values[0])

    @cached_property
    def alone(self) -> NDArray[np.float64]:
        """Effect of each project alone; float64[projects]."""
        return alone(self.values)

    @cached_property
    def last(self) -> NDArray[np.float64]:
        """What each project adds to all the others; float64[projects]."""
        return last(self.values)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Shapley share of each project; they add up to the joint effect; float64[projects]."""
        return shapley_shares(self.values)

    @property
    def interaction(self) -> float:
        """Joint effect less the sum of the effects alone."""
        return self.joint - float(self.alone.sum())

    @cached_property
    def pair_interactions(self) -> NDArray[np.float64]:
        """What two projects bring beyond what each brings alone; float64[projects, projects]."""
        return pair_interactions(self.values)

    def ranking(self, by: str = "share") -> pd.DataFrame:
        """Return the projects, the best first.

        Parameters
        ----------
        by : str
            alone, last (as one of the whole system) or share.

        Returns
        -------
        DataFrame
            project, name, alone, last, share and the ranks rank_alone, rank_system (by share).

        Raises
        ------
        UsageError
            If there is no such order.
        """
        if by not in {"alone", "last", "share"}:
            msg = f"unknown order {by!r}; one of alone, last, share"
            raise UsageError(msg)
        frame = pd.DataFrame(
            {
                "project": [project.project_id for project in self.projects],
                "name": [project.name for project in self.projects],
                "alone": self.alone,
                "last": self.last,
                "share": self.shares,
            }
        )
        for rank, column in (("rank_alone", "alone"), ("rank_system", "share")):
            # Equal to the last digits of a float is equal.
            frame[rank] = frame[column].round(9).rank(ascending=False, method="min").astype(int)
        return frame.sort_values(by, ascending=False, kind="stable", ignore_index=True)

    def to_dict(self) -> dict[str, Any]:
        """Return the effects ready for JSON."""
        pairs = [
            {"projects": [one.project_id, other.project_id], "interaction": float(value)}
            for row, one in enumerate(self.projects)
            for column, other in enumerate(self.projects[:row])
            if (value := self.pair_interactions[row, column])
        ]
        return {
            "joint": self.joint,
            "interaction": self.interaction,
            "projects": self.ranking().to_dict("records"),
            "pairs": pairs,
        }


def subset_costs(
    study: Study,
    projects: Sequence[Project],
    pairs: Pairs,
    *,
    modes: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SubsetCosts:
    """Work the least cost of every pair with each subset of some projects.

    Parameters
    ----------
    study : Study
        The state of the world without the projects, the goods and the objective.
    projects : sequence of Project
        At most `geo.analysis.shapley.MOST_PROJECTS`.
    pairs : Pairs
        Of the same study.
    modes : sequence of str, optional
    progress : callable, optional
        Called with (done, all).

    Returns
    -------
    SubsetCosts

    Raises
    ------
    UsageError, WorkLimitError
        If there are none, or too many.
    ScenarioError
        If a project names a link or an item that is not there.
    """
    members = subset_members(len(projects))
    priced: dict[bytes, NDArray[np.float64]] = {}
    edits = np.array([bool(project.rates) for project in projects])
    # Projects open links and close none, so nothing parts the origins that does not do so now.
    groups = groups_of_origins(pairs, study.choice)
    costs = np.full((len(members), len(pairs.sources), len(pairs.targets)), np.inf)
    for first in range(0, len(members), _BLOCK):
        block = range(first, min(first + _BLOCK, len(members)))
        choices = []
        for at in block:
            chosen = [p for p, there in zip(projects, members[at], strict=True) if there]
            key = (members[at] & edits).tobytes()
            choices.append(_choice(study, _joined(study.scenario, chosen), priced, key))
        for rows in groups:
            origin = pairs.origins[rows[0]]
            vectors = np.stack([choice.weights(origin, modes)[0] for choice in choices])
            found = costs_batch(
                study.network.hierarchy, vectors, pairs.sources[rows], pairs.targets
            )
            costs[first : block.stop, rows] = found
        if progress is not None:
            progress(block[-1] + 1, len(members))
    return SubsetCosts(tuple(projects), pairs, costs)


def _joined(scenario: Scenario, projects: Sequence[Project]) -> Scenario:
    """Return a scenario with some projects."""
    if not projects:
        return scenario
    opened = tuple(link for project in projects for link in project.opened)
    rates = {key: edit for project in projects for key, edit in project.rates.items()}
    return replace(
        scenario,
        steps=(*scenario.steps, (opened, ())),
        rates=(*scenario.rates, rates) if rates else scenario.rates,
    )


def _choice(
    study: Study, scenario: Scenario, priced: dict[bytes, NDArray[np.float64]], key: bytes
) -> Choice:
    """Return the choice in a scenario; subsets with the same edits of rates share their prices."""
    world = scenario.bind(study.atlas, study.network, study.card, links=study.world.links)
    if key not in priced:
        prices = price_arcs(study.network.quantities, world.card.bind(study.goods))
        priced[key] = objective_of(prices, study.objective, study.goods, study.time_value)
    return Choice(study.network, world, priced[key])
