"""The checks of weights and of nodes, before any search sees them.

A weight is a number >= 0, or infinity where the arc is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.routing.graph import Graph

__all__ = ["check_arcs", "check_node", "check_nodes", "check_weights"]


def check_weights(weights: ArrayLike, size: int, *, of: str = "arc") -> NDArray[np.float64]:
    """Return weights as float64, or say which one is wrong.

    Parameters
    ----------
    weights
        One for each arc: >= 0, infinity where it is closed.
    size
        How many there must be.
    of
        What they belong to, for the message.

    Raises
    ------
    GraphError
        If their number is wrong, or one is NaN or negative or no number at all.
    """
    if np.iscomplexobj(weights):
        message = "the weights are complex numbers, not numbers >= 0"
        raise GraphError(message)
    try:
        checked = np.array(weights, np.float64, order="C")
    except (TypeError, ValueError) as error:
        message = f"the weights are not numbers: {error}"
        raise GraphError(message) from error
    if np.shape(weights) != (size,):
        message = f"the weights have the shape {np.shape(weights)}, not ({size},), one per {of}"
        raise GraphError(message)
    # Written so that NaN, which compares false with everything, is found too.
    wrong = np.flatnonzero(~(checked >= 0))
    if wrong.size:
        message = f"the weight of {of} {wrong[0]} is {checked[wrong[0]]}, not a number >= 0"
        raise GraphError(message)
    checked.flags.writeable = False
    return checked


def check_arcs(arcs: ArrayLike, n_arcs: int, *, where: str = "") -> NDArray[np.int64]:
    """Return the ids of a group of arcs, or say which one the graph does not have.

    Parameters
    ----------
    arcs
        Ids in one row; a mask of truth values is none.
    n_arcs
        How many arcs the graph has.
    where
        What the message begins with: "case 1: ".

    Raises
    ------
    GraphError
        If they are not whole numbers in one row, or the graph does not have one of them.
    """
    given = np.asarray(arcs)
    if given.ndim != 1 or (given.size and not np.issubdtype(given.dtype, np.integer)):
        message = f"{where}a group of arcs is a list of whole numbers, not {arcs!r}"
        raise GraphError(message)
    wrong = given[(given < 0) | (given >= n_arcs)]
    if wrong.size:
        message = f"{where}there is no arc {wrong[0]}: the graph has {n_arcs} arcs"
        raise GraphError(message)
    return given.astype(np.int64)


def check_node(graph: Graph, node: int) -> int:
    """Return a node's id, or say that the graph has no such node.

    Raises
    ------
    GraphError
        If it has none, or the id is no whole number.
    """
    given: object = node
    if isinstance(given, bool) or not isinstance(given, (int, np.integer)):
        message = f"a node is called by a whole number, not {given!r}"
        raise GraphError(message)
    if not 0 <= node < graph.n_nodes:
        message = f"there is no node {node}: the graph has {graph.n_nodes} nodes"
        raise GraphError(message)
    return int(node)


def check_nodes(graph: Graph, nodes: ArrayLike, *, what: str) -> NDArray[np.int64]:
    """Return the ids of nodes, or say which one the graph does not have.

    Parameters
    ----------
    graph
    nodes
        Ids in one row.
    what
        What they are called in the message: "sources", "targets".

    Raises
    ------
    GraphError
        If they are not whole numbers in one row, or the graph does not have one of them.
    """
    given = np.asarray(nodes)
    if given.ndim != 1:
        message = f"{what} have the shape {given.shape}, not that of a list"
        raise GraphError(message)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        message = f"{what} are {given.dtype}, not whole numbers"
        raise GraphError(message)
    wrong = np.flatnonzero((given < 0) | (given >= graph.n_nodes))
    if wrong.size:
        message = (
            f"{what}[{wrong[0]}] is node {given[wrong[0]]}: the graph has {graph.n_nodes} nodes"
        )
        raise GraphError(message)
    return given.astype(np.int64)
