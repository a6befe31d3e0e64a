"""The problem of a sweep: all that its blocks are computed from, as arrays that travel to workers.

Its digest names the content, so that what was computed from the same content is known again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse

from geo.analysis.totals import totals
from geo.analysis.unknowns import Unknowns
from geo.choice import STEERING, Choice
from geo.corridor import find_corridor
from geo.errors import UsageError
from geo.routing import Graph, Hierarchy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.analysis.pairs import Pairs
    from geo.atlas import Place
    from geo.corridor import Corridor, Waypoint
    from geo.network import Network
    from geo.study import Study

__all__ = ["MODES", "Landmarks", "Problem", "SweptWorld", "Way"]

MODES: Final = ("rail", "sea", "road")
"""What a kilometre of a route may be on; lorries to terminals are road."""

_FORMAT: Final = "sweep 1"
"""Changes whenever the same problem would be computed to other numbers."""

_LANDMARKS: Final = ("crossing", "road-crossing", "passage", "service", "arrive")
_MODE_OF: Final = {"rail": 0, "border": 0, "service": 0, "sea": 1, "road": 2, "access": 2}


@dataclass(frozen=True, eq=False)
class Landmarks:
    """What names a route: the borders, straits, ports and through trains that it passes.

    Parameters
    ----------
    names
        Links that an arc may pass together, e.g. ``("crossing:dostyk-alashankou",)``.
    of_arc
        Position of each arc's landmark in `names`, -1 for none; int64[arcs].
    mode_of_arc
        Position of each arc's mode in `MODES`, -1 for none; int64[arcs].
    length_km
        Geometric length of each arc; float64[arcs].
    """

    names: tuple[tuple[str, ...], ...]
    of_arc: NDArray[np.int64]
    mode_of_arc: NDArray[np.int64]
    length_km: NDArray[np.float64]

    @classmethod
    def of(cls, network: Network) -> Landmarks:
        """Find the landmarks of a network."""
        wanted = [at for at, link in enumerate(network.links) if _is_landmark(link)]
        table = sparse.csr_array(network.links_of_arcs[:, wanted])
        at: dict[tuple[int, ...], int] = {(): -1}
        number = np.full(table.shape[0], -1, dtype=np.int64)
        mode = network.column["mode"]
        for arc in np.flatnonzero(np.diff(table.indptr) > 0):
            if mode[arc] == "transfer":
                continue
            key = tuple(sorted(table.indices[table.indptr[arc] : table.indptr[arc + 1]].tolist()))
            number[arc] = at.setdefault(key, len(at) - 1)
        names = [tuple(network.links[wanted[link]] for link in key) for key in at if key]
        return cls(
            tuple(names),
            number,
            np.array([_MODE_OF.get(str(one), -1) for one in mode], dtype=np.int64),
            np.nan_to_num(network.column["length_km"].astype(np.float64)),
        )

    def routes(
        self,
        pieces: tuple[NDArray[np.int64], NDArray[np.int64]],
        paths: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> list[tuple[str, str, bool]]:
        """Name paths.

        Parameters
        ----------
        pieces
            Where the arcs of each piece begin, with the end, and the arcs.
        paths
            Where the pieces of each path begin, with the end, and the pieces, in order of travel.

        Returns
        -------
        list of tuple of str, str and bool
            Of each path: its landmarks in order of travel, the mode of most of its kilometres, and
            whether any of it is by sea.
        """
        first, arcs = pieces
        of_arc, modes = self.of_arc[arcs], self.mode_of_arc[arcs]
        owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
        marked, on = np.flatnonzero(of_arc >= 0), np.flatnonzero(modes >= 0)
        begins = np.searchsorted(owner[marked], np.arange(len(first)))
        passed = of_arc[marked].tolist()
        on_mode = owner[on] * len(MODES) + modes[on]
        size = (len(first) - 1) * len(MODES)
        km = np.bincount(on_mode, self.length_km[arcs[on]], size).reshape(-1, len(MODES))
        arcs_on = np.bincount(on_mode, minlength=size).reshape(-1, len(MODES))
        bounds, piece = paths
        named: list[tuple[str, str, bool]] = []
        for begin, end in pairwise(bounds):
            mine = piece[begin:end]
            marks = [mark for one in mine for mark in passed[begins[one] : begins[one + 1]]]
            links = [link for mark in dict.fromkeys(marks) for link in self.names[mark]]
            name = " > ".join(dict.fromkeys(links))
            most = MODES[int(km[mine].sum(axis=0).argmax())]
            named.append((name or "direct", most, bool(arcs_on[mine, MODES.index("sea")].any())))
        return named


@dataclass(frozen=True, eq=False)
class Way:
    """A way to go, in one state of the world.

    Parameters
    ----------
    corridor_id
        ``best`` for the open way.
    closed
        Arcs that are closed or ruled out, for each group of origins; bool[groups, arcs].
    group
        Group of each origin; int64[origins].
    waypoints
        Points to be passed, in order.
    offered
        Pairs that the way is offered to; bool[origins, destinations].
    """

    corridor_id: str
    closed: NDArray[np.bool_]
    group: NDArray[np.int64]
    waypoints: tuple[Waypoint, ...]
    offered: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SweptWorld:
    """A state of the world: its ways, and what is unknown in it."""

    scenario_id: str
    scenario_digest: str
    ways: tuple[Way, ...]
    unknowns: Unknowns


@dataclass(frozen=True, eq=False)
class Problem:
    """Arrays of a network, with what is asked of them.

    Parameters
    ----------
    n_nodes, tail, head
        The graph.
    quantities
        Network units of each item that an arc uses; float64[arcs, items].
    steering
        Factor on an arc's cost when a route is chosen, never when it is reported; float64[arcs].
    landmarks
        What names a route.
    origins, destinations
        Place ids.
    sources, targets
        Their nodes.
    objective
        What a route is to have the least of.
    worlds
        States of the world.
    """

    n_nodes: int
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    quantities: sparse.csr_array
    steering: NDArray[np.float64]
    landmarks: Landmarks
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    objective: str
    worlds: tuple[SweptWorld, ...]

    @classmethod
    def of(
        cls,
        studies: Sequence[Study],
        pairs: Pairs,
        *,
        corridors: Sequence[str] = ("best",),
        modes: Sequence[str] | None = None,
    ) -> Problem:
        """Lay out what a sweep is computed from.

        Parameters
        ----------
        studies
            One a state of the world, all of one network, load and objective.
        pairs
            Origins and destinations.
        corridors
            Ways to go, of `corridors.csv`; ``best`` leaves the way open.
        modes
            Of rail, sea and road; by default those of the corridor, rail and sea on the open way.

        Raises
        ------
        DataError
            If a rate is missing, or a range is no distribution.
        UsageError, UnknownNameError
            If a scenario stands twice, or a mode or a corridor is unknown.
        """
        first = studies[0]
        network = first.network
        names = [study.scenario.scenario_id for study in studies]
        if len(set(names)) < len(names):
            msg = f"scenarios must differ in their ids, got {', '.join(names)}"
            raise UsageError(msg)
        quantities = sparse.csr_array(network.quantities, copy=True)
        quantities.eliminate_zeros()
        quantities.sort_indices()
        ways = [find_corridor(first.atlas, name) for name in dict.fromkeys(corridors)]
        unlisted = network.column["unlisted"].astype(bool)
        return cls(
            n_nodes=network.graph.n_nodes,
            tail=network.graph.tail,
            head=network.graph.head,
            quantities=quantities,
            steering=np.where(unlisted, STEERING, 1.0),
            landmarks=Landmarks.of(network),
            origins=tuple(place.place_id for place in pairs.origins),
            destinations=tuple(place.place_id for place in pairs.destinations),
            sources=pairs.sources,
            targets=pairs.targets,
            objective=first.objective,
            worlds=tuple(_world(study, pairs, ways, modes, quantities) for study in studies),
        )

    def __getstate__(self) -> dict[str, Any]:
        """Leave at home what can be made again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The graph, contracted."""
        return Hierarchy.of(Graph(self.n_nodes, self.tail, self.head))

    @cached_property
    def steered(self) -> sparse.csr_array:
        """Quantities times the factor of the choice; float64[arcs, items]."""
        found = self.quantities.copy()
        found.data *= np.repeat(self.steering, np.diff(found.indptr))
        return found

    @property
    def variables(self) -> tuple[str, ...]:
        """Random numbers that some state of the world follows, sorted: columns of every draw."""
        return tuple(sorted({name for one in self.worlds for name in one.unknowns.variables}))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it, in hexadecimal digits."""
        content = hashlib.sha256(_FORMAT.encode())
        _feed(content, self.__getstate__())
        return content.hexdigest()


def _is_landmark(link: str) -> bool:
    return link.partition(":")[0] in _LANDMARKS


def _world(
    study: Study,
    pairs: Pairs,
    corridors: Sequence[Corridor],
    modes: Sequence[str] | None,
    quantities: sparse.csr_array,
) -> SweptWorld:
    """Lay out one state of the world."""
    ways = tuple(_way(study, pairs, corridor, modes) for corridor in corridors)
    open_arcs = ~np.all([way.closed.all(axis=0) for way in ways], axis=0)
    used = np.asarray(abs(quantities).T @ open_arcs.astype(np.float64)) > 0
    return SweptWorld(
        study.scenario.scenario_id,
        study.scenario.digest,
        ways,
        Unknowns.of(study.world.card, study.goods, study.time_value, used=used),
    )


def _way(study: Study, pairs: Pairs, corridor: Corridor, modes: Sequence[str] | None) -> Way:
    """Lay out one way; a corridor is offered where the study finds a route on it."""
    choice = Choice(study.network, study.world, np.zeros(study.network.graph.n_arcs))
    states = [_shut(choice, origin, corridor, modes) for origin in pairs.origins]
    closed, group = np.unique(np.array(states), axis=0, return_inverse=True)
    offered = pairs.apart
    waypoints = corridor.resolve(study.network)
    if waypoints:
        ends = (
            [place.place_id for place in places] for places in (pairs.origins, pairs.destinations)
        )
        found = totals([study], *ends, corridors=[corridor.corridor_id], modes=modes)
        offered = np.isfinite(found.sums[0, 0, :, :, 0])
    return Way(corridor.corridor_id, closed, group.reshape(-1), waypoints, offered)


def _shut(
    choice: Choice, origin: Place, corridor: Corridor, modes: Sequence[str] | None
) -> NDArray[np.bool_]:
    """Return the arcs that what leaves an origin on a corridor cannot use."""
    return np.isinf(choice.weights(origin, modes, corridor)[0])


def _feed(content: Any, value: Any) -> None:
    """Hash a value of plain types, arrays, and dataclasses of these, by its content."""
    content.update(type(value).__name__.encode())
    if isinstance(value, sparse.csr_array):
        rows, columns = value.indptr.astype(np.int64), value.indices.astype(np.int64)
        value = (value.shape, rows, columns, value.data)
    if isinstance(value, np.ndarray):
        content.update(f"{value.dtype.str}{value.shape}".encode())
        content.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        for field in fields(value):
            _feed(content, getattr(value, field.name))
    elif isinstance(value, dict):
        for name in sorted(value):
            content.update(name.encode())
            _feed(content, value[name])
    elif isinstance(value, (tuple, list)):
        content.update(str(len(value)).encode())
        for one in value:
            _feed(content, one)
    else:
        content.update(repr(value).encode())
