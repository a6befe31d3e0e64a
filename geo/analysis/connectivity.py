"""How many independent routes join two places: the least number of links whose loss parts them.

Links, not arcs, are what fails: all arcs of a border crossing fail together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.network import Network

__all__ = ["GATE_KINDS", "LinkGraph", "independent_routes"]

GATE_KINDS: Final = ("crossing", "road-crossing", "port", "passage", "service")
"""Kinds of links that may fail by themselves: gates between states, ports and straits."""

_UNLIMITED: Final = 1_000_000
"""More links than any network has: what cannot fail."""


@dataclass(frozen=True, eq=False)
class LinkGraph:
    """An open network, drawn together to what may fail.

    Ground that is joined by arcs of no such link is one node; each link is a node that one route
    may use. An arc of several links leads through all of them.

    Attributes
    ----------
    links : tuple of str
        What may fail.
    ground_of : int64[nodes]
        The piece of ground of each node of the network.
    n_grounds : int
    steps : int64[steps, 2]
        Directed steps between nodes: ground g is node g, link k enters at ``n_grounds + 2k`` and
        leaves at ``n_grounds + 2k + 1``.
    """

    links: tuple[str, ...]
    ground_of: NDArray[np.int64]
    n_grounds: int
    steps: NDArray[np.int64]

    @classmethod
    def of(
        cls, network: Network, is_open: NDArray[np.bool_], kinds: Sequence[str] = GATE_KINDS
    ) -> LinkGraph:
        """Draw a network together.

        Parameters
        ----------
        network : Network
        is_open : bool[arcs]
            Arcs that may be used.
        kinds : sequence of str
            Kinds of links that may fail, such as crossing, port, passage or part (of a line).

        Raises
        ------
        UsageError
            If no link of these kinds is on an open arc.
        """
        numbers = [
            number for number, link in enumerate(network.links) if link.partition(":")[0] in kinds
        ]
        if not numbers:
            msg = f"the network has no link of the kinds {', '.join(kinds)}"
            raise UsageError(msg)
        table = network.links_of_arcs[:, numbers].tocsr()
        n_links = np.diff(table.indptr)
        tail, head = network.graph.tail, network.graph.head
        plain = np.flatnonzero(is_open & (n_links == 0))
        size = network.graph.n_nodes
        joins = sparse.csr_array(
            (np.ones(len(plain)), (tail[plain], head[plain])), shape=(size, size)
        )
        n_grounds, label = connected_components(joins, directed=False)
        ground_of = label.astype(np.int64)
        steps = []
        for arc in np.flatnonzero(is_open & (n_links > 0)):
            met = table.indices[table.indptr[arc] : table.indptr[arc + 1]].astype(np.int64)
            enter, leave = n_grounds + 2 * met, n_grounds + 2 * met + 1
            froms = np.concatenate(([ground_of[tail[arc]]], leave))
            ends = np.concatenate((enter, [ground_of[head[arc]]]))
            steps.append(np.column_stack((froms, ends)))
        stacked = np.concatenate(steps) if steps else np.empty((0, 2), np.int64)
        links = tuple(network.links[number] for number in numbers)
        return cls(links, ground_of, int(n_grounds), np.unique(stacked, axis=0))

    def routes_between(self, source: int, target: int) -> tuple[int, tuple[str, ...]] | None:
        """Count independent routes between two nodes, and name what parts them.

        Parameters
        ----------
        source, target : int
            Nodes of the network.

        Returns
        -------
        tuple of int and tuple of str, or None
            How many routes there are that share no link, and as many links without which there is
            none (Menger 1927; max-flow min-cut, Ford and Fulkerson 1956). None where the two are
            on one piece of ground: no loss of links parts them.
        """
        start, end = int(self.ground_of[source]), int(self.ground_of[target])
        if start == end:
            return None
        n_links = len(self.links)
        enter = self.n_grounds + 2 * np.arange(n_links)
        rows = np.concatenate((self.steps[:, 0], enter))
        columns = np.concatenate((self.steps[:, 1], enter + 1))
        limits = np.concatenate((np.full(len(self.steps), _UNLIMITED), np.ones(n_links)))
        size = self.n_grounds + 2 * n_links
        capacity = sparse.csr_array((limits, (rows, columns)), shape=(size, size)).astype(np.int32)
        found = maximum_flow(capacity, start, end)
        left = sparse.csr_array(capacity - found.flow)
        left.eliminate_zeros()
        reached = np.zeros(size, np.bool_)
        reached[breadth_first_order(left, start, return_predecessors=False)] = True
        cut = [link for link, at in zip(self.links, enter, strict=True) if reached[at]]
        cut = [link for link in cut if not reached[enter[self.links.index(link)] + 1]]
        return int(found.flow_value), tuple(cut)


def independent_routes(
    network: Network,
    is_open: NDArray[np.bool_],
    ends: tuple[int, int],
    *,
    kinds: Sequence[str] = GATE_KINDS,
) -> tuple[int, tuple[str, ...]] | None:
    """Count the routes between two nodes that share no link of some kinds.

    Parameters
    ----------
    network : Network
    is_open : bool[arcs]
    ends : (int, int)
        Nodes of the network.
    kinds : sequence of str

    Returns
    -------
    tuple of int and tuple of str, or None
        See `LinkGraph.routes_between`.
    """
    return LinkGraph.of(network, is_open, kinds).routes_between(*ends)
