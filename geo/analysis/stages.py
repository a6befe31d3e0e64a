"""Stages: the cost of a way through points, put together from costs between pairs of nodes.

One matrix for each vector of weights tells what lies between every two points; the rest is sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.corridor import Waypoint

__all__ = ["Chain", "Leg", "Stages"]

Leg = tuple[int, int, int]
"""From a position among the starts to one among the ends, then over an arc (-1: over none)."""


@dataclass(frozen=True, eq=False)
class Stages:
    """The nodes between which a way through points is made of cheapest paths.

    Parameters
    ----------
    starts, ends
        Nodes that cheapest paths lead from and to: sources and far sides of points; near sides of
        points and targets; int64.
    rows, columns
        Where those of each stage begin, and the end of the last.
    steps
        For each point, its links from a near side to a far side: int64[links, 3] of near, far
        (positions within the stage) and arc, -1 where the point is a node.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    steps: tuple[NDArray[np.int64], ...]

    @classmethod
    def of(
        cls,
        waypoints: Sequence[Waypoint],
        ends: tuple[NDArray[np.int64], NDArray[np.int64]],
        arcs: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> Stages:
        """Lay out the stages of a way.

        Parameters
        ----------
        waypoints
            To be passed in this order.
        ends
            Sources and targets.
        arcs
            Tail and head of every arc of the graph.
        """
        (sources, targets), (tail, head) = ends, arcs
        starts, stops, steps = [sources], [], []
        for point in waypoints:
            near = np.unique(np.concatenate([point.nodes, tail[point.arcs]]))
            far = np.unique(np.concatenate([point.nodes, head[point.arcs]]))
            links = [(node, node, -1) for node in point.nodes]
            links += [(tail[arc], head[arc], arc) for arc in point.arcs]
            step = np.array(links, dtype=np.int64)
            step[:, 0] = np.searchsorted(near, step[:, 0])
            step[:, 1] = np.searchsorted(far, step[:, 1])
            starts.append(far)
            stops.append(near)
            steps.append(step)
        stops.append(targets)
        return cls(
            np.concatenate(starts),
            np.concatenate(stops),
            tuple(np.cumsum([0, *map(len, starts)]).tolist()),
            tuple(np.cumsum([0, *map(len, stops)]).tolist()),
            tuple(steps),
        )

    @property
    def arcs(self) -> NDArray[np.int64]:
        """Arcs of all points, point after point."""
        found = [step[step[:, 2] >= 0, 2] for step in self.steps]
        return np.concatenate([np.empty(0, dtype=np.int64), *found])

    def chain(self, between: NDArray[np.float64], weights: NDArray[np.float64]) -> Chain:
        """Put the stages together.

        Parameters
        ----------
        between
            What lies between starts and ends; float64[vectors, starts, ends].
        weights
            Weights of `arcs`; float64[vectors, arcs].
        """
        parts = [
            between[:, self.rows[at] : self.rows[at + 1], self.columns[at] : self.columns[at + 1]]
            for at in range(len(self.columns) - 1)
        ]
        reached, links, used = [parts[0]], [], 0
        for step, part in zip(self.steps, parts[1:], strict=True):
            over = np.zeros((len(between), len(step)))
            has_arc = step[:, 2] >= 0
            over[:, has_arc] = weights[:, used : used + int(has_arc.sum())]
            used += int(has_arc.sum())
            far = np.full((len(between), parts[0].shape[1], part.shape[1]), np.inf)
            cost = reached[-1][:, :, step[:, 0]] + over[:, np.newaxis]
            for link, at in enumerate(step[:, 1]):
                np.minimum(far[:, :, at], cost[:, :, link], out=far[:, :, at])
            links.append((cost, far))
            out = np.full((*far.shape[:2], part.shape[2]), np.inf)
            for at in range(part.shape[1]):
                np.minimum(out, far[:, :, at, np.newaxis] + part[:, np.newaxis, at], out=out)
            reached.append(out)
        return Chain(self, tuple(parts), reached[-1], tuple(links))


@dataclass(frozen=True, eq=False)
class Chain:
    """Costs of a way through points, and how they come about.

    Parameters
    ----------
    cost
        float64[vectors, sources, targets].
    """

    stages: Stages
    parts: tuple[NDArray[np.float64], ...]
    cost: NDArray[np.float64]
    links: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]

    def legs(self, vector: int, source: int, target: int) -> list[Leg]:
        """Return the cheapest paths that the way of a pair is made of, in order of travel."""
        rows, columns, steps = self.stages.rows, self.stages.columns, self.stages.steps
        found: list[Leg] = []
        end, arc = target, -1
        for at in range(len(steps) - 1, -1, -1):
            cost, far = self.links[at]
            start = int((far[vector, source] + self.parts[at + 1][vector, :, end]).argmin())
            found.append((rows[at + 1] + start, columns[at + 1] + end, arc))
            into = np.flatnonzero(steps[at][:, 1] == start)
            link = int(into[cost[vector, source, into].argmin()])
            end, arc = int(steps[at][link, 0]), int(steps[at][link, 2])
        found.append((source, columns[0] + end, arc))
        return found[::-1]
